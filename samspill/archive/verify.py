"""The second reader: it follows behind, always in replay, never where a stream is new, and keeps all again.

A server that loses events where its replay meets the present loses them on one connection; another connection
that reads only what has been gives them. What it adds is counted as found late. Gaps are filled the same way.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from samspill.archive.arrivals import Arrived, Basket, Filled, filling, verified
from samspill.archive.bluesky import Handles
from samspill.archive.pace import SECOND, Overlap, Pace
from samspill.archive.reader import AT_ONCE, LOOK, decode
from samspill.networks.bluesky.jetstream import Jetstream, Place, Stream
from samspill.networks.errors import NetworkError

log = logging.getLogger(__name__)
NEVER = 2**62
TRIES = 20  # connections to one server for one gap


@dataclass
class Second:
    """The second reader of one stream. `at` is how far it has read, in microseconds since 1970 UTC."""

    key: str
    servers: Sequence[str]
    basket: Basket
    pace: Pace
    handles: Handles
    stopping: threading.Event
    at: int = 0
    turn: int = 1  # it begins with another server than the first reader
    overlap: Overlap = field(init=False)

    def __post_init__(self) -> None:
        self.overlap = Overlap(self.pace)

    def follow(self, kept: int) -> None:
        """Read again what came until `verify_behind` before `kept`, which is how far the stream is kept."""
        until = kept - int(self.pace.verify_behind * SECOND)
        if not self.at or until <= self.at:
            return
        server, came = Jetstream(self.servers[self.turn % len(self.servers)]), Came()
        try:
            self._replay(came, server, self.at, self.overlap.back(), until, verified(self.key))
        except NetworkError as error:
            log.info("Stream %s, second reader, %s: %s", self.key, server.host, error)
        if came.last:
            self.overlap.ended(came.last - came.first)
        self.turn += 1

    def fill(self, since: int, until: int) -> bool:
        """Read a gap again from the first server that still has all of it. False: none has."""
        for host in self.servers:
            came = self._read_through(Jetstream(host), since, until)
            if came.is_whole and came.first <= since + self.pace.tolerance * SECOND:
                done = Arrived(filling(self.key), (), filled=Filled(since, host))
                return self.basket.put(done, self.stopping)
        return False

    def _read_through(self, server: Jetstream, since: int, until: int) -> Came:
        """A stretch from one server, going on where a connection broke off as long as it gets on."""
        came, at = Came(), since
        for _try in range(TRIES):
            try:
                self._replay(came, server, at, SECOND, until, filling(self.key))
            except NetworkError as error:
                log.info("Stream %s, gap, %s: %s", self.key, server.host, error)
            if came.is_whole or came.last <= at:
                break
            at = came.last
        return came

    def _replay(self, came: Came, server: Jetstream, since: int, back: int, until: int, key: str) -> None:
        """Keep again what a server has from `since` until `until`. Raises NetworkError when it breaks off."""
        with server.open(Place(since), back) as stream:
            heard = time.monotonic()
            while not self.stopping.is_set() and not came.is_whole:
                raws = stream.read(LOOK)
                if raws:
                    heard = time.monotonic()
                elif time.monotonic() - heard > self.pace.quiet:
                    break
                for first in range(0, len(raws), AT_ONCE):
                    self._take(stream, raws[first : first + AT_ONCE], until, key, came)

    def _take(self, stream: Stream, raws: Sequence[bytes], until: int, key: str, came: Came) -> None:
        now = time.time_ns() // 1000
        honest_until = now + int(self.pace.ahead * SECOND)
        newer = range(
            until + 1, honest_until + 1
        )  # a time beyond that is a lie about what came before `until`
        events, letters, places = decode(stream, raws, Place(self.at), self.handles, now, _pass_over, newer)
        honest = [place.at for place in places if place.at <= honest_until]
        if not honest:
            return
        came.first, came.last = min(came.first, *honest), max(came.last, *honest)
        came.is_whole = came.last >= until
        arrived = Arrived(key, events, letters=letters)
        if key == verified(self.key):
            self.at = max(self.at, min(came.last, until))
            arrived.cursor, arrived.at = Place(self.at).written(), self.at
        self.basket.put(arrived, self.stopping)


@dataclass
class Came:
    """What a replay has brought: its first and last moment, in microseconds, and whether that is all."""

    first: int = NEVER
    last: int = 0
    is_whole: bool = False


def _pass_over(name: str) -> None:
    """What a server says about the place that was asked for shows in where it begins."""
