"""What has come and is not yet kept: a bounded place between those who read and the one who writes."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Sequence

from msgspec import Struct

from samspill.archive.posts import Event

MOST_EVENTS = 5000
MOST_BYTES = 16 * 2**20


def verified(key: str) -> str:
    """The key under which the archive knows how far the second reader of a stream is."""
    return f"{key}/verified"


def filling(key: str) -> str:
    """The key under which comes what fills a stream's gaps."""
    return f"{key}/gap"


def stream_of(key: str) -> str:
    """The stream that one of these keys belongs to: network and id."""
    return "/".join(key.split("/")[:2])


class Letter(Struct, frozen=True):
    """A frame that nobody could read, and after which cursor it came."""

    cursor: str
    raw: bytes
    error: str


class Hole(Struct, frozen=True):
    """A stretch that may be missing, in microseconds since 1970 UTC."""

    since: int
    until: int


class Filled(Struct, frozen=True):
    """The gap that begins at `since` has been read again to its end, from the server `by`."""

    since: int
    by: str


class Arrived(Struct):
    """What one look at a stream brought, in order. `cursor` is kept with the events; '' leaves it alone."""

    key: str
    events: Sequence[Event]
    cursor: str = ""
    at: int = 0  # how far the stream has come with it, in microseconds since 1970 UTC; 0: not known
    letters: Sequence[Letter] = ()
    hole: Hole | None = None
    filled: Filled | None = None
    frames: int = 0
    bytes: int = 0


class Basket:
    """`put` waits while it is full, so that its caller stops reading and the server waits, too."""

    def __init__(self, most_events: int = MOST_EVENTS, most_bytes: int = MOST_BYTES) -> None:
        self.most_events, self.most_bytes = most_events, most_bytes
        self.waiting: deque[Arrived] = deque()
        self.events = self.bytes = 0
        self.first_at = 0.0  # when the oldest that waits was put
        self.changed = threading.Condition()

    def put(self, arrived: Arrived, stopping: threading.Event) -> bool:
        """Wait for room and leave it; False: one is to stop, and it was not left."""
        with self.changed:
            while self._is_full():
                if stopping.is_set():
                    return False
                self.changed.wait(0.5)
            if not self.waiting:
                self.first_at = time.monotonic()
            self.waiting.append(arrived)
            self._count(arrived, 1)
            self.changed.notify_all()
            return True

    def take(self, most: int, patience: float) -> list[Arrived]:
        """What has come: as soon as there are `most` events, or `patience` seconds after the first came.

        At most `most` events; [] when nothing has come in `patience` seconds.
        """
        with self.changed:
            until = time.monotonic() + patience
            while self.events < most and not self._is_full() and (left := self._until(until, patience)) > 0:
                self.changed.wait(left)
            taken: list[Arrived] = []
            count = 0
            while self.waiting and (not taken or count + len(self.waiting[0].events) <= most):
                taken.append(self.waiting.popleft())
                count += len(taken[-1].events)
                self._count(taken[-1], -1)
            self.first_at = time.monotonic()
            self.changed.notify_all()
            return taken

    def _until(self, until: float, patience: float) -> float:
        return (self.first_at + patience if self.waiting else until) - time.monotonic()

    def _is_full(self) -> bool:
        return self.events >= self.most_events or self.bytes >= self.most_bytes

    def _count(self, arrived: Arrived, sign: int) -> None:
        self.events += sign * len(arrived.events)
        self.bytes += sign * arrived.bytes
