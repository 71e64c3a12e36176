"""The narrow face of the archive: all that a store is asked, whatever engine stands behind it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import Protocol

from msgspec import Struct

from samspill.archive.posts import Event, Post
from samspill.archive.query import Node


class Unavailable(Exception):
    """The store cannot be read or written now. `str(error)` is a sentence; to be tried again."""


class TooSlow(Exception):
    """The question would take longer than anybody waits. A narrower one may do."""


class Order(StrEnum):
    NEWEST = "newest"
    SHARED = "shared"
    RELEVANT = "relevant"


class Kept(Struct, frozen=True):
    """What became of a batch. `new` counts posts not held before."""

    new: int = 0
    edited: int = 0
    gone: int = 0


class Hit(Struct, frozen=True):
    """A post that was found, and its id in the store: larger is later; ids never change."""

    id: int
    post: Post


class Found(Struct, frozen=True):
    """A page of hits. `more`: there are others behind the last. `among` is 0, or how many of the newest
    matches were looked at where all would take too long (most shared, most relevant)."""

    hits: Sequence[Hit]
    more: bool
    among: int = 0


class Bar(Struct, frozen=True):
    """`posts` from `at` (ms since 1970 UTC) until the next bar."""

    at: int
    posts: int


class Row(Struct, frozen=True):
    """Something that stands beside what was found, such as a tag. `people` are distinct authors."""

    says: str
    posts: int
    people: int = 0


class Beside(Struct, frozen=True):
    """Rows, largest first, counted over the newest `among` matches; `whole` says whether those are all."""

    rows: Sequence[Row]
    among: int
    whole: bool


class Trend(Struct, frozen=True):
    """A tag now against what is usual at this time of the week. `score` as in domain F.2."""

    tag: str
    posts: int
    usual: float
    people: int
    score: float
    alike: bool = False  # few authors or one text: perhaps coordinated


Labels = Callable[[Post], Sequence[int]]  # of a post the numbers of the saved queries it meets


class Store(Protocol):
    """Readers in any number of threads and processes; one writer at a time.

    Times are milliseconds since 1970 UTC. Each method raises `Unavailable` with a sentence when the store
    cannot be read or written now.
    """

    def keep(
        self, events: Sequence[Event], *, stream: str = "", cursor: str = "", labels: Labels | None = None
    ) -> Kept:
        """Events, their labels and the stream's cursor in one transaction. The same events again change
        nothing. `labels` is asked for each post that is new or changed."""

    def label(self, label: int, query: Node, *, before: int | None = None, limit: int = 2000) -> int | None:
        """Label so many of the newest matches before the id `before`; the id of the last one, to go on
        before it, or None where that were all. The same again changes nothing."""

    def forget_label(self, label: int, *, most: int = 20_000) -> bool:
        """Take a label from so many posts; whether that were all. Until then its counts stay."""

    def veil(self, network: str, before: int, *, limit: int = 500) -> int:
        """Put away who said what a network's people said before this moment (ms since 1970): accounts, names,
        addresses, who was spoken to. Words, hashtags and counts stay, and deletions are still followed. So
        many posts are looked at, the oldest first; 0 when all is done."""

    def drop(self, network: str, before: int, *, limit: int = 500) -> int:
        """Remove what a network's people said before this moment, in steps as `veil`."""

    def erase(self, network: str, author: str, until: int) -> int:
        """Remove all somebody has said, on their request; nothing they said until then comes back. How many
        posts that were."""

    def said_by(self, network: str, author: str) -> list[Post]:
        """All that is kept of what somebody has said, also where it no longer says who."""

    def tally(self, labels: Sequence[int], since: int, until: int, step: int) -> Mapping[int, Sequence[int]]:
        """Posts in each `step` from `since` to before `until`, for each label; all are whole hours in ms."""

    def cursor(self, stream: str) -> str: ...

    def find(
        self, query: Node, order: Order = Order.NEWEST, *, before: int | None = None, limit: int = 20
    ) -> Found:
        """`before`: the id of the last hit of the page before, for the next one."""

    def since(self, query: Node, after: int) -> int:
        """How many matches have an id after `after`, at most 1000: “12 new”."""

    def count(self, query: Node, *, most: int = 1_000_000) -> int: ...

    def histogram(self, query: Node, since: int, until: int, step: int) -> Sequence[Bar]: ...

    def beside(self, query: Node, what: str, limit: int = 10) -> Beside:
        """`what`: tags, links, domains, voices, networks or languages."""

    def variants(self, key: str, limit: int = 6) -> Sequence[Row]:
        """Other tags that are this one without marks on its letters, as most write them, the most used
        first (lib/tags.tag_folds)."""

    def trends(self, now: int, hours: int, limit: int = 20) -> Sequence[Trend]: ...

    def post(self, id: int) -> Post | None: ...

    def thread(self, id: int) -> Sequence[Hit]:
        """What is kept of the thread a post stands in, oldest first."""
