"""The one who writes the archive: batches, each in one transaction with its cursor, never the cursor first.

What is poison is put aside and the stream goes on. A fault of a database is never poison: it is said, and
tried again until it is over, while the basket fills and the streams wait.
"""

from __future__ import annotations

import logging
import sqlite3
import threading
import zlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import groupby
from typing import Protocol, TypeVar

import msgspec
from django.db import InterfaceError, OperationalError, connection

from samspill.archive.arrivals import Arrived, Basket, Filled, Hole, Letter, stream_of
from samspill.archive.pace import Pace
from samspill.archive.posts import Event, Post
from samspill.archive.store import Kept, Labels, Store, Unavailable

log = logging.getLogger(__name__)
T = TypeVar("T")
# Faults of what is written to, not of what is written.
DATABASE = (Unavailable, sqlite3.OperationalError, OperationalError, InterfaceError, OSError, MemoryError)
Choose = Callable[[str, Sequence[Post]], Sequence[Post]]  # of a stream's posts those that are kept


class Books(Protocol):
    """Where is noted what a person must know. The same again changes nothing."""

    def put_aside(self, key: str, letters: Sequence[Letter]) -> None: ...

    def note_hole(self, key: str, hole: Hole) -> None: ...

    def close_hole(self, key: str, filled: Filled, posts: int) -> None: ...


@dataclass
class Tally:
    """What came of a stream since it was last asked."""

    posts: int = 0
    frames: int = 0
    bytes: int = 0
    at: int = 0  # how far it is kept, in microseconds since 1970 UTC


@dataclass
class Writer:
    """Takes from the basket until told to stop. `error` is a sentence while nothing can be written."""

    store: Store
    basket: Basket
    books: Books
    choose: Choose
    pace: Pace
    labels: Labels | None = None
    error: str = ""
    tallies: dict[str, Tally] = field(default_factory=dict)
    stopping: threading.Event = field(default_factory=threading.Event)
    counting: threading.Lock = field(default_factory=threading.Lock)

    def run(self) -> None:
        """Until told to stop; then what lies in the basket is written, too."""
        try:
            while (batch := self._next()) or not self.stopping.is_set():
                self.write(batch)
        finally:
            connection.close()

    def _next(self) -> list[Arrived]:
        return self.basket.take(self.pace.batch, self.pace.patience)

    def write(self, batch: Sequence[Arrived]) -> None:
        """Each stream's part of the batch: first what a person must know, then the events with the cursor."""
        for key, group in groupby(sorted(batch, key=lambda each: each.key), key=lambda each: each.key):
            part, stream = list(group), stream_of(key)
            if letters := [letter for arrived in part for letter in arrived.letters]:
                self._insist(partial(self.books.put_aside, stream, letters))
            for arrived in part:
                if arrived.hole:
                    self._insist(partial(self.books.note_hole, stream, arrived.hole))
            cursor = next((arrived.cursor for arrived in reversed(part) if arrived.cursor), "")
            self._count(key, part, self._keep(key, self._chosen(stream, part), cursor))
            for arrived in part:
                if arrived.filled:
                    posts = self.tally(key).posts
                    self._insist(partial(self.books.close_hole, stream, arrived.filled, posts))

    def tally(self, key: str) -> Tally:
        """What came of a stream since this was last asked."""
        with self.counting:
            return self.tallies.pop(key, Tally())

    def _chosen(self, key: str, part: Sequence[Arrived]) -> list[Event]:
        events = [event for arrived in part for event in arrived.events]
        posts = [event for event in events if isinstance(event, Post)]
        chosen = self.choose(key, posts) if posts else posts
        if len(chosen) == len(posts):
            return events
        kept = {id(post) for post in chosen}
        return [event for event in events if not isinstance(event, Post) or id(event) in kept]

    def _keep(self, key: str, events: Sequence[Event], cursor: str) -> Kept:
        """In one transaction; where an event makes that fail, all others, and the cursor last."""
        try:
            return self._insist(
                lambda: self.store.keep(
                    events, stream=key if cursor else "", cursor=cursor, labels=self.labels
                )
            )
        except DATABASE:
            raise
        except Exception as error:
            if not events:
                raise
            log.warning("Stream %s: a batch of %d cannot be kept: %r", key, len(events), error)
            kept = self._keep_halves(key, events, cursor)
            if cursor:
                self._insist(lambda: self.store.keep([], stream=key, cursor=cursor))
            return kept

    def _keep_halves(self, key: str, events: Sequence[Event], cursor: str) -> Kept:
        try:
            return self._insist(lambda: self.store.keep(events, labels=self.labels))
        except DATABASE:
            raise
        except Exception as error:
            if len(events) == 1:
                letter = Letter(cursor, _as_bytes(events[0]), f"It cannot be kept: {error!r}"[:500])
                self._insist(lambda: self.books.put_aside(stream_of(key), [letter]))
                return Kept()
        middle = len(events) // 2
        return _sum(self._keep_halves(key, half, cursor) for half in (events[:middle], events[middle:]))

    def _insist(self, action: Callable[[], T]) -> T:
        """Do it, and while the database does not take it, say so and try again."""
        fails = 0
        while True:
            try:
                done = action()
            except DATABASE as error:
                fails += 1
                if self.stopping.is_set() and fails > 3:
                    raise
                self.error = str(error)
                log.error("The archive cannot be written, and this is tried again: %s", error)
                self.stopping.wait(self.pace.pause(fails))
            else:
                self.error = ""
                return done

    def _count(self, key: str, part: Sequence[Arrived], kept: Kept) -> None:
        with self.counting:
            tally = self.tallies.setdefault(key, Tally())
            tally.posts += kept.new
            tally.frames += sum(arrived.frames for arrived in part)
            tally.bytes += sum(arrived.bytes for arrived in part)
            tally.at = max(tally.at, *(arrived.at for arrived in part))


def in_sample(post: Post, one_in: int) -> bool:
    """Whether a post belongs to a sample of one in so many: always the same ones, by their key."""
    return zlib.crc32(post.key.encode("utf-8", "replace")) % max(one_in, 1) == 0


def _sum(parts: Iterable[Kept]) -> Kept:
    found = list(parts)
    return Kept(*(sum(getattr(part, name) for part in found) for name in ("new", "edited", "gone")))


def _as_bytes(event: Event) -> bytes:
    try:
        return msgspec.json.encode(event)
    except (TypeError, ValueError, OverflowError):
        return repr(event).encode("utf-8", "backslashreplace")
