"""Read a stream without end: begin a little before the place one had got to, and begin again when it breaks.

A thread of its own for each stream. It touches no database: what it reads goes into the basket, in order,
with the cursor that is kept together with it.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence

from django.utils.translation import gettext_noop

from samspill.archive.arrivals import Arrived, Basket, Hole, Letter, verified
from samspill.archive.bluesky import Handles, event
from samspill.archive.pace import SECOND, Overlap, Pace
from samspill.archive.posts import Event
from samspill.networks.bluesky.frames import Info, Poison
from samspill.networks.bluesky.jetstream import Jetstream, Place, Stream, TooOld
from samspill.networks.errors import NetworkError

log = logging.getLogger(__name__)
AT_ONCE = 500  # events that go into the basket together
LOOK = 0.2  # seconds until one looks whether one is to stop
BUSY = 1.0  # events a second from which on silence is suspicious
SILENT = gettext_noop("Nothing has come for a while, though the stream is a busy one.")
AHEAD = gettext_noop("The server's clock is ahead of this machine's. Look at the clock of both.")


class Reader:
    """One stream. `place` is how far it has read; `error` is a sentence while it does not get through. One
    that `is_new` may begin at a place in the past."""

    def __init__(
        self,
        key: str,
        servers: Sequence[str],
        place: Place,
        basket: Basket,
        pace: Pace,
        handles: Handles,
        *,
        is_new: bool = False,
    ) -> None:
        self.is_new = is_new or not place.at
        self.key, self.place, self.basket, self.pace, self.handles = key, place, basket, pace, handles
        self.servers = [Jetstream(host) for host in servers]
        self.overlap = Overlap(pace)
        self.turn = self.fails = 0
        self.last_server: Jetstream | None = None
        self.error = ""
        self.connected = False
        self.idle = False  # it has read all there is
        self.stopping = threading.Event()

    @property
    def at(self) -> int:
        """How far it has read, in microseconds since 1970 UTC."""
        return self.place.at

    def run(self) -> None:
        while not self.stopping.is_set():
            server = self.servers[self.turn % len(self.servers)]
            began = time.monotonic()
            try:
                self._stream(server)
            except NetworkError as error:
                self.error = str(error)
                log.info("Stream %s, %s: %s", self.key, server.host, error)
            except Exception:  # whatever it is, it is written down, and the stream goes on
                self.error = gettext_noop("An unexpected fault; it is in the log.")
                log.exception("Stream %s, %s: a fault.", self.key, server.host)
            self.connected = False
            if time.monotonic() - began > self.pace.healthy:
                self.fails = 0
            else:
                self.turn += 1
            self.fails += 1
            self.stopping.wait(self.pace.pause(self.fails))

    def stop(self) -> None:
        self.stopping.set()

    def _stream(self, server: Jetstream) -> None:
        """One connection, until it ends. Raises NetworkError with the reason."""
        start = self.place
        elsewhere = self.last_server not in (None, server)
        try:
            opened = server.open(start, self.overlap.back(elsewhere=elsewhere))
        except TooOld:
            self.place = start = Place(start.at)  # by time the server begins with the oldest it has
            opened = server.open(start, self.overlap.back(elsewhere=True))
        self.last_server = server
        listening = _Listening(self, opened, start)
        with opened:
            try:
                listening.run()
            finally:
                listening.tell_overlap()


class _Listening:
    """One connection of a reader."""

    def __init__(self, reader: Reader, stream: Stream, start: Place) -> None:
        self.reader, self.stream, self.start = reader, stream, start
        self.first = self.last = 0  # microseconds, of what this connection brought
        self.clamped = False
        self.frames = 0
        self.began = self.heard = time.monotonic()

    def run(self) -> None:
        reader = self.reader
        while not reader.stopping.is_set():
            raws = self.stream.read(LOOK)
            reader.connected, reader.idle = True, not raws
            if not raws:
                self._mind_silence()
            for first in range(0, len(raws), AT_ONCE):
                if not all(reader.basket.put(each, reader.stopping) for each in self._read(raws[first:])):
                    return
            if raws:
                self.heard = time.monotonic()

    def tell_overlap(self) -> None:
        if self.first and not self.stream.exact:
            self.reader.overlap.ended(self.last - self.first)

    def _read(self, raws: Sequence[bytes]) -> list[Arrived]:
        """The first so many of the frames, as they go into the basket."""
        reader, now = self.reader, time.time_ns() // 1000
        raws = raws[:AT_ONCE]
        events, letters, places = decode(self.stream, raws, reader.place, reader.handles, now, self._info)
        honest = [place for place in places if place.at <= now + reader.pace.ahead * SECOND]
        reader.error = AHEAD if places and not honest else ""
        arrived = Arrived(reader.key, events, letters=letters, frames=len(raws), bytes=sum(map(len, raws)))
        self.frames += len(places)
        if not honest:
            return [arrived]
        is_new, reader.is_new = reader.is_new, False
        arrived.hole = self._hole(min(honest).at, now)
        self.last = max(self.last, max(honest).at)
        reader.place = max(reader.place, *honest)
        arrived.cursor, arrived.at = reader.place.written(), reader.place.at
        # Where a new stream begins, the second reader begins, too.
        second = Arrived(verified(reader.key), (), cursor=Place(min(honest).at).written())
        return [second, arrived] if is_new else [arrived]

    def _hole(self, first: int, now: int) -> Hole | None:
        """Once a connection has brought something: what may be missing before it."""
        if self.first:
            return None
        self.first, since, pace = first, self.start.at, self.reader.pace
        if not since:
            return None
        if first - since > pace.tolerance * SECOND or (self.clamped and first > since):
            return Hole(since, first)
        return Hole(since, now) if now - since > pace.longest * SECOND else None

    def _info(self, name: str) -> None:
        self.clamped = self.clamped or name == "OutdatedCursor"
        if name == "FutureCursor":  # the server has begun to count anew: go by the time
            self.reader.place = Place(self.reader.place.at)
            raise NetworkError(name)

    def _mind_silence(self) -> None:
        now, pace = time.monotonic(), self.reader.pace
        flow = self.frames / max(self.heard - self.began, 1.0)
        if now - self.heard > pace.silent and flow >= BUSY:
            raise NetworkError(SILENT)


def decode(
    stream: Stream,
    raws: Sequence[bytes],
    place: Place,
    handles: Handles,
    now: int,
    info: Callable[[str], None],
    leave_out: range = range(0),
) -> tuple[list[Event], list[Letter], list[Place]]:
    """What is in the frames, what of them could not be read, and the places they stand at.

    Of what happened at a time in `leave_out`, microseconds since 1970 UTC, only the place is given.
    """
    events: list[Event] = []
    letters: list[Letter] = []
    places: list[Place] = []
    for raw in raws:
        try:
            frame = stream.decode(raw)
            if frame is None:
                continue
            places.append(stream.place(frame))
            found = None if frame.time_us in leave_out else event(frame, handles, now)
            if found is not None:
                events.append(found)
        except Poison as error:
            after = places[-1] if places else place
            letters.append(Letter(after.written(), raw, str(error)))
        except Info as error:
            info(str(error))
    return events, letters, places
