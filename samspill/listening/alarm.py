"""Is clearly more said than usual? Counts by the hour go in, an alarm with its figures comes out, or none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import mean

from samspill.archive.deviance import deviance
from samspill.listening.statistics.ears import BASELINE, GUARD, ears

WEEK, DAY = 168, 24  # hours
HOURS = 4 * WEEK + DAY  # that are looked at, the running one included
WINDOWS = (1, 3, 24)  # hours up to now that are held against the same of other weeks
FEWEST = 5  # posts
WEEKS, DAYS = 2, 3  # that must be known at the least: other weeks, or else the days before


@dataclass(frozen=True)
class Limits:
    """`sudden`: of the Poisson deviance; `c1`, `c2`, `c3` of EARS."""

    sudden: float
    c1: float
    c2: float
    c3: float


# A single look errs about once in a thousand, in thirty thousand, in a billion. EARS as published: normal.
LIMITS = {
    "keen": Limits(3.0, 2.5, 2.5, 1.5),
    "normal": Limits(4.0, 3.0, 3.0, 2.0),
    "calm": Limits(6.0, 5.0, 5.0, 4.0),
}


@dataclass(frozen=True)
class Rule:
    """A rule that found something: `value` is above its `limit`; `posts` in the last `hours`, and `usual`."""

    name: str
    value: float
    limit: float
    hours: int
    posts: int
    usual: float


def alarms(counts: Sequence[int], kept: Sequence[int], elapsed: float, limits: Limits) -> list[Rule]:
    """The rules that find more than usual, the one with the largest excess first.

    `counts`: posts an hour, oldest first, the running hour last; `kept`: all that was kept in the same hours,
    whatever it was about: an hour with nothing is not known. `elapsed`: the part of the running hour that is
    over, above 0 and at most 1.
    """
    found = [*_sudden(counts, kept, elapsed, limits), *_ears(counts, kept, limits)]
    return sorted(found, key=lambda rule: -(rule.value / rule.limit))


def _sudden(counts: Sequence[int], kept: Sequence[int], elapsed: float, limits: Limits) -> Iterator[Rule]:
    for hours in WINDOWS:
        posts = sum(counts[-hours:])
        usual = _usual(counts, kept, hours, elapsed)
        if posts < FEWEST or usual is None:
            continue
        value = deviance(posts, usual)
        if value >= limits.sudden:
            yield Rule("sudden", round(value, 2), limits.sudden, hours, posts, round(usual, 2))


def _usual(counts: Sequence[int], kept: Sequence[int], hours: int, elapsed: float) -> float | None:
    """Posts in as many hours at this time of other weeks; of other days where too few weeks are known."""
    for step, least in ((WEEK, WEEKS), (DAY, DAYS)):
        known: list[float] = []
        for end in range(len(counts) - step, hours - 1, -step):
            stretch = slice(end - hours, end)
            if all(kept[stretch]) and len(known) < 7:
                part = counts[end - 1] * elapsed  # as much of the hour as is over now
                known.append(sum(counts[end - hours : end - 1]) + part)
        if len(known) >= least:
            return mean(known)
    return None


def _ears(counts: Sequence[int], kept: Sequence[int], limits: Limits) -> Iterator[Rule]:
    """Days that end now: 24 hours each."""
    days = BASELINE + GUARD + 3
    if len(counts) < days * DAY or not all(_days(kept, days)):
        return
    daily = _days(counts, days)
    today, posts = ears(daily, floored=True)[-1], round(daily[-1])
    usual = mean(daily[-1 - BASELINE : -1])
    if posts < FEWEST or posts <= usual:
        return
    for name, value, limit in (
        ("c1", today.c1, limits.c1),
        ("c2", today.c2, limits.c2),
        ("c3", today.c3, limits.c3),
    ):
        if value is not None and value > limit:
            yield Rule(name, round(value, 2), limit, DAY, posts, round(usual, 2))


def _days(counts: Sequence[int], days: int) -> list[float]:
    """The sums of so many stretches of 24 hours, the last of which ends now."""
    end = len(counts)
    return [float(sum(counts[end - (n + 1) * DAY : end - n * DAY])) for n in reversed(range(days))]
