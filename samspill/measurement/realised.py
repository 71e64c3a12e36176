"""Planned, grown or unlinked: which share of what was published serves what, and how fast we answer to signs.

After Mintzberg and Waters (1985, Strategic Management Journal 6:257-272): what is realised of a strategy is
partly deliberate and partly emergent. docs/measures.md says the same in prose.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from statistics import median

from django.db.models import Min, Q
from django.utils import timezone

from samspill.accounts.models import Workspace
from samspill.measurement.intervals import wilson
from samspill.publishing.models import Delivery, Draft
from samspill.strategy.models import Decision, Observation

FEWEST = 10  # posts before "all" or "none" is a finding


class Way(StrEnum):
    PLANNED = "planned"  # it serves a goal somebody set
    GROWN = "grown"  # it serves a goal that was adopted from a pattern of observations
    UNLINKED = "unlinked"  # it serves no goal


@dataclass(frozen=True)
class Post:
    """One draft, the first time any of it was out; on three channels it is still one."""

    draft: int
    title: str
    at: datetime
    way: Way


@dataclass(frozen=True)
class Signal:
    """Something that happened around us, the day it was seen, and the day it had led to a decision."""

    seen_on: date
    decided_on: date | None


@dataclass(frozen=True)
class Share:
    way: Way
    n: int
    of: int

    @property
    def value(self) -> float | None:
        """From 0 to 1; no posts is no share."""
        return self.n / self.of if self.of else None

    @property
    def interval(self) -> tuple[float, float] | None:
        return wilson(self.n, self.of)


@dataclass(frozen=True)
class Realised:
    """Both days count in."""

    start: date
    end: date
    posts: Sequence[Post]
    signals: Sequence[Signal]

    @property
    def shares(self) -> list[Share]:
        ways = [post.way for post in self.posts]
        return [Share(way, ways.count(way), len(ways)) for way in Way]

    def share(self, way: Way) -> Share:
        return next(share for share in self.shares if share.way is way)

    @property
    def all_planned(self) -> bool:
        return len(self.posts) >= FEWEST and self.share(Way.PLANNED).n == len(self.posts)

    @property
    def all_unlinked(self) -> bool:
        return len(self.posts) >= FEWEST and self.share(Way.UNLINKED).n == len(self.posts)

    @property
    def days(self) -> list[int]:
        """From sign to decision, for each sign that led to one within the period."""
        done = (one for one in self.signals if one.decided_on and self.start <= one.decided_on <= self.end)
        return sorted((one.decided_on - one.seen_on).days for one in done if one.decided_on)

    @property
    def median_days(self) -> float | None:
        return median(self.days) if self.days else None

    @property
    def seen(self) -> int:
        """Signs seen within the period."""
        return sum(self.start <= one.seen_on <= self.end for one in self.signals)

    @property
    def waiting(self) -> int:
        """Signs seen by the end of the period that had led to no decision by then."""
        return sum(
            one.seen_on <= self.end and (one.decided_on is None or one.decided_on > self.end)
            for one in self.signals
        )


def realised(workspace: Workspace, start: date, end: date) -> Realised:
    """What the rows of a workspace say of the days from `start` to `end`."""
    return Realised(start, end, _posts(workspace, start, end), _signals(workspace))


def _posts(workspace: Workspace, start: date, end: date) -> list[Post]:
    path = "versions__deliveries"
    out = Min(f"{path}__published_at", filter=Q(**{f"{path}__state": Delivery.State.PUBLISHED}))
    rows = Draft.objects.in_workspace(workspace).listed().annotate(out=out)
    rows = rows.filter(out__gte=_morning(start), out__lt=_morning(end + timedelta(days=1)))
    fields = ("pk", "title", "out", "goal_id", "goal__pattern_id")
    return [
        Post(pk, title, at, _way(goal, pattern))
        for pk, title, at, goal, pattern in rows.order_by("-out", "-pk").values_list(*fields)
    ]


def _way(goal: int | None, pattern: int | None) -> Way:
    if goal is None:
        return Way.UNLINKED
    return Way.PLANNED if pattern is None else Way.GROWN


def _morning(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _signals(workspace: Workspace) -> list[Signal]:
    decided: dict[int, list[date]] = {}
    decisions = Decision.objects.in_workspace(workspace).exclude(pattern=None).order_by("decided_on")
    for pattern, day in decisions.values_list("pattern_id", "decided_on"):
        decided.setdefault(pattern, []).append(day)
    seen = Observation.objects.in_workspace(workspace).filter(sort=Observation.Sort.SIGNAL).order_by()
    return [
        signal(timezone.localtime(at).date(), decided.get(pattern, []))
        for pattern, at in seen.values_list("pattern_id", "seen_at")
    ]


def signal(seen_on: date, decided: Iterable[date]) -> Signal:
    """With the first decision about its pattern that did not come before it; `decided` in order."""
    return Signal(seen_on, next((day for day in decided if day >= seen_on), None))


@dataclass(frozen=True)
class Stretch:
    """A week, month or year of the period, from its first day, with how many posts went each way."""

    start: date
    counts: dict[Way, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())


def stretches(found: Realised) -> tuple[str, list[Stretch]]:
    """The period in weeks, months or years (the first of the two says which), also those without posts."""
    days = (found.end - found.start).days + 1
    unit = "week" if days <= 100 else "month" if days <= 1100 else "year"
    counts: dict[date, dict[Way, int]] = {}
    day = _first_day(found.start, unit)
    while day <= found.end:
        counts[day] = dict.fromkeys(Way, 0)
        day = _next(day, unit)
    for post in found.posts:
        counts[_first_day(timezone.localtime(post.at).date(), unit)][post.way] += 1
    return unit, [Stretch(start, each) for start, each in counts.items()]


def _first_day(day: date, unit: str) -> date:
    if unit == "week":
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if unit == "month" else day.replace(month=1, day=1)


def _next(day: date, unit: str) -> date:
    far = {"week": 7, "month": 31, "year": 366}[unit]
    return _first_day(day + timedelta(days=far), unit)
