"""The decision log: what was decided about which part, when, and which line puts another right."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from samspill.strategy import parts
from samspill.strategy.models import Decision, Goal, Strategy
from samspill.strategy.sections import SECTIONS

CORRECTS = "decision"  # "decision/uuid" as a part: the line puts that one right
NOTHING = "none"  # of the filter: about nothing in particular


@dataclass(frozen=True)
class Line:
    """A decision with what it is about, the line it puts right, and those that put it right."""

    decision: Decision
    part: parts.Part | None
    corrects: Decision | None
    corrected_by: Sequence[Decision]


@dataclass(frozen=True)
class _Short:
    """As much of a decision as the filters look at."""

    pk: int
    part: str
    on: date
    has_pattern: bool


def keys(strategy: Strategy, about: str = "", year: int | None = None) -> list[int]:
    """The decisions, the newest first: all, or those about a section with its rows, a part, or nothing.

    A line that puts another right is about what that one is about.
    """
    fields = ("uuid", "pk", "part", "decided_on", "pattern_id")
    found: dict[uuid.UUID, _Short] = {
        name: _Short(pk, part, on, pattern is not None)
        for name, pk, part, on, pattern in Decision.objects.of(strategy).values_list(*fields)
    }
    return [
        one.pk
        for one in found.values()
        if (year is None or one.on.year == year) and (not about or _is_about(_first(one, found), about))
    ]


def years(strategy: Strategy) -> list[int]:
    """Those in which something was decided, the newest first."""
    days = Decision.objects.of(strategy).order_by("-decided_on").values_list("decided_on", flat=True)
    return list(dict.fromkeys(day.year for day in days))


def lines(strategy: Strategy, chosen: Iterable[int]) -> list[Line]:
    """The decisions of the keys, in the order of the log, with what each refers to."""
    rows = list(Decision.objects.filter(pk__in=list(chosen)).select_related("written_by", "pattern"))
    wrong = [row.part.partition("/")[2] for row in rows if _corrects(row.part)]
    righted = {
        f"{CORRECTS}/{row.uuid}": row for row in Decision.objects.of(strategy).filter(uuid__in=_uuids(wrong))
    }
    names = [f"{CORRECTS}/{row.uuid}" for row in rows]
    right = list(Decision.objects.of(strategy).filter(part__in=names))
    found = parts.find_all(strategy, {row.part for row in rows if row.part and not _corrects(row.part)})
    return [
        Line(
            row,
            found.get(row.part),
            righted.get(row.part),
            [one for one in right if one.part == f"{CORRECTS}/{row.uuid}"],
        )
        for row in rows
    ]


def of_part(strategy: Strategy, part: parts.Part) -> list[int]:
    """What was decided about a part; for a goal that grew out of a pattern also what was decided there."""
    found = keys(strategy, part.key) if strategy.pk else []
    if isinstance(part.row, Goal) and part.row.pattern_id:
        rows = Decision.objects.filter(Q(pk__in=found) | Q(pattern=part.row.pattern_id))
        return list(rows.values_list("pk", flat=True))
    return found


def _corrects(part: str) -> bool:
    return part.startswith(f"{CORRECTS}/")


def _first(one: _Short, found: dict[uuid.UUID, _Short]) -> _Short:
    """The line that it, perhaps by way of others, puts right; itself where it does not."""
    seen = set()
    while _corrects(one.part) and one.pk not in seen:
        seen.add(one.pk)
        names = _uuids([one.part.partition("/")[2]])
        before = found.get(names[0]) if names else None
        if before is None:
            break
        one = before
    return one


def _is_about(one: _Short, about: str) -> bool:
    if about == NOTHING:
        return not one.part and not one.has_pattern
    if about == one.part:
        return True
    kind, _slash, key = about.partition("/")
    section = SECTIONS.get(key) if kind == parts.SECTION else None
    if section is None:
        return False
    if section.key == "emergence" and one.has_pattern:
        return True
    return one.part.partition("/")[0] in {kind.key for kind in section.kinds}


def _uuids(names: Iterable[str]) -> list[uuid.UUID]:
    found = []
    for name in names:
        try:
            found.append(uuid.UUID(name))
        except ValueError:
            continue
    return found
