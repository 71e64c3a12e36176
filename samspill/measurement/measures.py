"""Every measure as a pure function of what the system holds. The list of them stands in strategy/measures.py.

A figure knows what it rests on: how many cases, which stretch of time, how sure, how fresh, what is missing.
No data is None, never zero. docs/measures.md says the same in prose.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, tzinfo
from statistics import fmean

from samspill.measurement import survival
from samspill.measurement.intervals import mean_of_counts, wilson
from samspill.strategy.measures import MEASURES, Measure, Unit

FEW = 30  # fewer cases than this: the interval is shown, and that it is too few to lean on
LATE = timedelta(hours=26)  # a day, and some patience
HOUR = 3600.0


@dataclass(frozen=True)
class Span:
    """A channel of ours and how long we have held it."""

    pk: int
    since: datetime
    until: datetime | None = None
    heard_at: datetime | None = None  # when it last answered us


@dataclass(frozen=True)
class Post:
    pk: int
    channel: int
    at: datetime
    reactions: Sequence[tuple[datetime, int]] = ()  # each time the number was told anew, oldest first


@dataclass(frozen=True)
class Said:
    """Something somebody said to us."""

    pk: int
    channel: int
    author: str
    at: datetime
    needs_answer: bool = False
    answered_at: datetime | None = None


@dataclass(frozen=True)
class Record:
    """What the system holds, oldest first: all that a figure may rest on."""

    channels: Sequence[Span]
    promise: timedelta
    zone: tzinfo
    followers: Mapping[int, Sequence[tuple[datetime, int]]]  # by channel
    posts: Sequence[Post]
    said: Sequence[Said]
    began: Sequence[tuple[datetime, int]]  # when a conversation began, on which channel

    def only(self, channel: int) -> Record:
        """The same for one channel."""
        return replace(
            self,
            channels=[span for span in self.channels if span.pk == channel],
            followers={pk: levels for pk, levels in self.followers.items() if pk == channel},
            posts=[post for post in self.posts if post.channel == channel],
            said=[said for said in self.said if said.channel == channel],
            began=[(at, pk) for at, pk in self.began if pk == channel],
        )

    def held(self, end: datetime) -> list[Span]:
        """The channels we had at that moment."""
        return [span for span in self.channels if span.since < end and (not span.until or span.until >= end)]


@dataclass(frozen=True)
class Figure:
    """`n`: cases it rests on; `hits`: for a share, how many of them; `missing`: cases without figures."""

    measure: Measure
    value: float | None
    start: datetime
    end: datetime
    n: int = 0
    hits: int | None = None
    low: float | None = None
    high: float | None = None
    as_of: datetime | None = None
    missing: int = 0
    since: datetime | None = None  # we have held a channel only since then, which is after `start`
    slowest: float | None = None  # of a time: within this many hours nine of ten were answered

    @property
    def too_few(self) -> bool:
        return self.value is not None and self.measure.unit is not Unit.COUNT and self.n < FEW

    @property
    def late(self) -> bool:
        """The channels have been silent for more than a day before the end of the period."""
        return self.as_of is not None and self.as_of < self.end - LATE


def figure(record: Record, key: str, end: datetime, *, days: int | None = None) -> Figure:
    """The measure's figure for the stretch that ends at `end`; `days`: a length other than its own."""
    measure = MEASURES[key]
    length = measure.days if days is None else days
    bare = Figure(measure, None, start=end - timedelta(days=length), end=end)
    held = record.held(end)
    if not held:
        return bare
    heard = min((span.heard_at for span in held if span.heard_at), default=None)
    first = min(span.since for span in held)
    since = first if first > bare.start and length else None
    return COMPUTE[key](record, replace(bare, as_of=min(heard, end) if heard else None, since=since))


def series(record: Record, key: str, now: datetime, *, weeks: int = 26) -> list[Figure]:
    """The figure at the end of each of the last weeks, oldest first; the last one ends now."""
    return [figure(record, key, now - timedelta(weeks=back)) for back in range(weeks - 1, -1, -1)]


def daily(record: Record, key: str, now: datetime, *, days: int = 182) -> list[Figure]:
    """The same by day, for what is a level."""
    return [figure(record, key, now - timedelta(days=back)) for back in range(days - 1, -1, -1)]


def _at(row: Post | Said) -> datetime:
    return row.at


def _within(rows: Sequence[Post | Said], bare: Figure) -> slice:
    """Where the stretch [start, end) lies in rows that are ordered by `at`."""
    return slice(bisect_left(rows, bare.start, key=_at), bisect_left(rows, bare.end, key=_at))


def _last(levels: Sequence[tuple[datetime, int]], moment: datetime) -> tuple[datetime, int] | None:
    """What was last told at that moment."""
    place = bisect_right(levels, moment, key=lambda level: level[0])
    return levels[place - 1] if place else None


def followers(record: Record, bare: Figure) -> Figure:
    held = record.held(bare.end)
    told = [_last(record.followers.get(span.pk, ()), bare.end) for span in held]
    known = [level for level in told if level]
    if not known:
        return replace(bare, missing=len(held))
    return replace(
        bare,
        value=sum(value for _, value in known),
        n=len(known),
        missing=len(held) - len(known),
        as_of=min(at for at, _ in known),
    )


def posts(record: Record, bare: Figure) -> Figure:
    number = len(record.posts[_within(record.posts, bare)])
    return replace(bare, value=number, n=number, as_of=bare.end)


def _reactions(record: Record, bare: Figure) -> tuple[list[int], Figure]:
    ours = record.posts[_within(record.posts, bare)]
    told = [_last(post.reactions, bare.end) for post in ours]
    known = [level[1] for level in told if level]
    return known, replace(bare, n=len(known), missing=len(ours) - len(known))


def reactions(record: Record, bare: Figure) -> Figure:
    known, with_n = _reactions(record, bare)
    # No post with figures: nothing is known, unless there was no post at all, which is a true zero.
    value = None if with_n.missing and not known else sum(known)
    return replace(with_n, value=value)


def reactions_per_post(record: Record, bare: Figure) -> Figure:
    known, with_n = _reactions(record, bare)
    if not known:
        return with_n
    low, high = mean_of_counts(known) or (None, None)
    return replace(with_n, value=fmean(known), low=low, high=high)


def replies(record: Record, bare: Figure) -> Figure:
    number = len(record.said[_within(record.said, bare)])
    return replace(bare, value=number, n=number)


def conversations(record: Record, bare: Figure) -> Figure:
    number = sum(bare.start <= at < bare.end for at, _ in record.began)
    return replace(bare, value=number, n=number)


def _asked(record: Record, bare: Figure) -> list[Said]:
    return [said for said in record.said[_within(record.said, bare)] if said.needs_answer]


def _share(bare: Figure, hits: int, cases: int, missing: int = 0) -> Figure:
    interval = wilson(hits, cases)
    if interval is None:
        return replace(bare, missing=missing)
    low, high = (100 * bound for bound in interval)
    return replace(bare, value=100 * hits / cases, hits=hits, n=cases, low=low, high=high, missing=missing)


def _closed(record: Record, bare: Figure) -> tuple[list[Said], int]:
    """Those whose promise had run out by the end, and how many were too new to count."""
    asked = _asked(record, bare)
    closed = [said for said in asked if said.at + record.promise <= bare.end]
    return closed, len(asked) - len(closed)


def response_rate(record: Record, bare: Figure) -> Figure:
    closed, new = _closed(record, bare)
    hits = sum(said.answered_at is not None and said.answered_at <= bare.end for said in closed)
    return _share(bare, hits, len(closed), new)


def answered_in_time(record: Record, bare: Figure) -> Figure:
    closed, new = _closed(record, bare)
    hits = sum(
        said.answered_at is not None and said.answered_at <= said.at + record.promise for said in closed
    )
    return _share(bare, hits, len(closed), new)


def response_time(record: Record, bare: Figure) -> Figure:
    asked = _asked(record, bare)
    steps = survival.kaplan_meier(_wait(said, bare.end) for said in asked)
    low, high = survival.median_interval(steps)
    return replace(
        bare,
        value=survival.within(steps, 0.5),
        slowest=survival.within(steps, 0.9),
        n=len(asked),
        hits=sum(_wait(said, bare.end)[1] for said in asked),
        low=low,
        high=high,
    )


def _wait(said: Said, end: datetime) -> tuple[float, bool]:
    """Hours until the answer, or until `end` with none."""
    seen = said.answered_at is not None and said.answered_at <= end
    until = said.answered_at if said.answered_at is not None and seen else end
    return max((until - said.at).total_seconds(), 0) / HOUR, seen


def voices_returning(record: Record, bare: Figure) -> Figure:
    heard: Counter[tuple[int, str]] = Counter()
    for start, end in _months(bare.start, bare.end, record.zone):
        month = record.said[_within(record.said, replace(bare, start=start, end=end))]
        heard.update({(said.channel, said.author) for said in month})
    return _share(bare, sum(months > 1 for months in heard.values()), len(heard))


def _months(start: datetime, end: datetime, zone: tzinfo) -> Iterator[tuple[datetime, datetime]]:
    """The stretch cut where the calendar there turns a leaf."""
    while start < end:
        local = start.astimezone(zone)
        turn = datetime(local.year + local.month // 12, local.month % 12 + 1, 1, tzinfo=zone)
        yield start, min(turn, end)
        start = turn


COMPUTE: dict[str, Callable[[Record, Figure], Figure]] = {
    "followers": followers,
    "posts": posts,
    "reactions": reactions,
    "replies": replies,
    "reactions_per_post": reactions_per_post,
    "response_rate": response_rate,
    "answered_in_time": answered_in_time,
    "response_time": response_time,
    "conversations": conversations,
    "voices_returning": voices_returning,
}


def values(figures: Iterable[Figure]) -> list[float]:
    """Those that are known."""
    return [figure.value for figure in figures if figure.value is not None]
