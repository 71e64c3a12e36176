"""What is on the move now: hashtags against other weeks, words nobody used last week, what goes together."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import combinations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samspill.archive.query import And, Tag
from samspill.archive.store import Hit, Store, Trend
from samspill.lib.tags import tag_key
from samspill.listening.reasons import stretch
from samspill.listening.reasons import words as words_of
from samspill.listening.statistics.terms import pmi

HOUR_MS = 3_600_000
TRENDS = 20
CLEAR = 3.0  # of the score: below, chance may do it
MAP_TAGS = 14  # in the drawing
LOOKED_AT = 2000  # of the newest posts with a hashtag of the map
WIDE, HIGH = 640, 420  # of the drawing


@dataclass(frozen=True)
class Period:
    key: str
    hours: int
    title: Promise


PERIODS = (
    Period("now", 3, _("Now")),
    Period("day", 24, _("Day")),
    Period("week", 7 * 24, _("Week")),
)


def period_of(key: str) -> Period:
    return next((each for each in PERIODS if each.key == key), PERIODS[1])


def trends(store: Store, period: Period, now: datetime) -> Sequence[Trend]:
    """Hashtags that clearly more is said with than at the same time of other weeks, by at least 3 people."""
    return store.trends(int(now.timestamp() * 1000), period.hours, TRENDS)


@dataclass(frozen=True)
class NewWord:
    word: str
    posts: int
    before: int
    people: int


def new_words(store: Store, period: Period, now: datetime) -> list[NewWord]:
    """Words said clearly more than in the week before, among at most the newest 2,000 posts of each."""
    everything = And(())
    since = now - timedelta(hours=period.hours)
    during = stretch(store, everything, _ms(since), _ms(now))
    before = stretch(store, everything, _ms(since - timedelta(days=7)), _ms(since))
    return [
        NewWord(word, here, there, people)
        for word, here, there, people, _z in words_of(during.hits, before.hits)
    ]


@dataclass(frozen=True)
class Spot:
    """A hashtag in the drawing."""

    tag: str
    posts: int
    x: float
    y: float
    size: float


@dataclass(frozen=True)
class Tie:
    """Two hashtags that stand together more than by chance: `bits` of mutual information."""

    one: Spot
    other: Spot
    posts: int
    bits: float
    thick: float


@dataclass(frozen=True)
class TagMap:
    spots: Sequence[Spot]
    ties: Sequence[Tie]
    among: int

    @property
    def box(self) -> str:
        return f"0 0 {WIDE} {HIGH}"


def tag_map(hits: Sequence[Hit], without: str = "") -> TagMap:
    """The most used hashtags of these posts in a ring, and a tie between two that go together. Each post
    counts once; who writes the same again and again counts once."""
    said: dict[str, set[tuple[str, str]]] = {}
    shown: dict[str, str] = {}
    pairs: Counter[tuple[str, str]] = Counter()
    people = {(hit.post.network, hit.post.author) for hit in hits}
    for (who, tags), written in _sets(hits).items():
        shown |= {key: form for key, form in written.items() if key not in shown}
        for key in tags:
            said.setdefault(key, set()).add(who)
        pairs.update(combinations(sorted(tags), 2))
    said.pop(without, None)
    top = sorted(said, key=lambda key: (-len(said[key]), key))[:MAP_TAGS]
    spots = {key: _spot(shown[key], len(said[key]), at, len(top)) for at, key in enumerate(top)}
    together = Counter[tuple[str, str]]()
    for (one, other), n in pairs.items():
        if one in spots and other in spots:
            together[one, other] += n
    ties = [
        Tie(spots[one], spots[other], n, round(bits, 1), min(1 + n / 10, 6))
        for (one, other), n in together.most_common()
        if (bits := pmi(n, len(said[one]), len(said[other]), max(len(people), 1))) is not None and bits > 0
    ]
    return TagMap(list(spots.values()), ties, len(hits))


def _sets(hits: Sequence[Hit]) -> dict[tuple[tuple[str, str], frozenset[str]], dict[str, str]]:
    """Who has used which hashtags together, each once, and how they were written."""
    found: dict[tuple[tuple[str, str], frozenset[str]], dict[str, str]] = {}
    for hit in hits:
        written = {tag_key(tag): tag for tag in hit.post.tags}
        if written:
            found.setdefault(((hit.post.network, hit.post.author), frozenset(written)), written)
    return found


def _spot(tag: str, posts: int, at: int, of: int) -> Spot:
    angle = 2 * math.pi * at / of - math.pi / 2
    x, y = WIDE / 2 + math.cos(angle) * WIDE * 0.36, HIGH / 2 + math.sin(angle) * HIGH * 0.4
    return Spot(tag, posts, round(x, 1), round(y, 1), round(min(4 + math.sqrt(posts) * 1.6, 22), 1))


def newest_tagged(store: Store, tags: Sequence[str]) -> list[Hit]:
    """The newest posts with any of the hashtags."""
    hits: dict[int, Hit] = {}
    for tag in tags[:MAP_TAGS]:
        for hit in store.find(Tag(tag_key(tag)), limit=LOOKED_AT // MAP_TAGS).hits:
            hits[hit.id] = hit
    return list(hits.values())


def _ms(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)
