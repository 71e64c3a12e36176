"""How much of an audience a place reaches on a day: the share, what is taken off it, and where it is from.

Only use every day is counted. What is not known is None, never zero.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from samspill.strategy.advice.figures import DAILY, Figure
from samspill.strategy.advice.groups import Group, group

BROADER = 0.8  # of a share that is of a broader group than the audience
YEARLY = 0.9  # of a share for each year beyond the first that has gone since it was measured


class From(StrEnum):
    """Whose share it is."""

    OURS = "ours"  # written of the audience itself
    SAME = "same"  # of just that group
    BROADER = "broader"  # of a broader group
    UNKNOWN = "unknown"
    TOO_YOUNG = "too_young"  # they may not have an account there


@dataclass(frozen=True)
class Reach:
    """`share`: as the source has it, 0 to 1. `beside`: other figures that answer the same and differ."""

    origin: From
    share: float | None = None
    year: int = 0
    segment: str = ""
    source: str = ""
    link: str = ""
    penalty: float = 1.0
    discount: float = 1.0
    beside: tuple[float, ...] = ()
    other_use: str = ""  # a kind of use that is known where daily use is not

    @property
    def counted(self) -> float | None:
        return None if self.share is None else self.share * self.penalty * self.discount


def discount(year: int, today: int) -> float:
    """0.9 for every year beyond the first: figures age as habits change."""
    return float(YEARLY ** max(0, today - year - 1))


def reach(
    segment: str, ours: Sequence[tuple[str, float, int, str]], figures: Sequence[Figure], today: int
) -> Reach:
    """Of one audience at one place. `ours`: (kind of use, percent, year, source) as written of the audience;
    `figures`: those of the place in the country."""
    daily = [each for each in ours if each[0] == DAILY]
    if daily:
        _use, percent, year, source = max(daily, key=lambda each: each[2])
        return Reach(From.OURS, percent / 100, year, segment, source, discount=discount(year, today))
    found = _nearest(segment, [figure for figure in figures if figure.use == DAILY])
    if found:
        return _of(segment, found, today)
    others = [each[0] for each in ours] or [each.use for each in figures if _meets(segment, each) is not None]
    return Reach(From.UNKNOWN, other_use=others[0] if others else "")


def _of(segment: str, found: Sequence[Figure], today: int) -> Reach:
    """The lowest of those that answer the same, for where sources differ the careful one counts."""
    least = min(found, key=lambda figure: figure.value)
    is_same = _meets(segment, least) == 0
    return Reach(
        From.SAME if is_same else From.BROADER,
        least.value / 100,
        least.year,
        least.segment,
        least.source,
        least.link,
        1.0 if is_same else BROADER,
        discount(least.year, today),
        tuple(sorted(figure.value / 100 for figure in found if figure.value != least.value)),
    )


def _nearest(segment: str, figures: Sequence[Figure]) -> list[Figure]:
    """The newest of the narrowest group that holds the audience; several where sources differ."""
    near = [(width, figure) for figure in figures if (width := _meets(segment, figure)) is not None]
    if not near:
        return []
    narrowest = min(width for width, _figure in near)
    nearest = [figure for width, figure in near if width == narrowest]
    newest = max(figure.until for figure in nearest)
    newest_ones = [figure for figure in nearest if figure.until == newest]
    return [figure for figure in newest_ones if figure.question == newest_ones[0].question]


def _meets(segment: str, figure: Figure) -> float | None:
    """0 where the figure is of the very group, the breadth of its group where that holds the audience.

    An audience that says no group is held by whatever is of all who were asked.
    """
    said, theirs = segment.strip().lower(), group(figure.segment, figure.population)
    if theirs is None:
        return None
    is_all = figure.segment == "all"
    if said in ("", "all"):
        return (0.0 if said else theirs.width) if is_all else None
    wanted = group(said, figure.population)
    if wanted is None:
        return theirs.width if is_all else None
    if wanted == theirs:
        return 0.0
    return theirs.width if theirs.holds(wanted) else None


def is_below(segment: str, age: int) -> bool:
    """Is everyone of the group younger than that?"""
    ages: Group | None = group(segment) if segment else None
    return ages is not None and ages.high < age
