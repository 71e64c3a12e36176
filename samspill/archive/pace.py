"""How fast and how patient the streams are, all in one place: a test is in more of a hurry."""

from __future__ import annotations

import random
from collections import deque
from dataclasses import dataclass, field

SECOND = 1_000_000  # microseconds, in which streams count


@dataclass(frozen=True)
class Pace:
    """Seconds, unless it says otherwise."""

    pauses: tuple[float, float] = (1.0, 60.0)  # between tries to connect: the first, and the longest
    healthy: float = 60.0  # who has streamed as long begins again with the first pause
    silent: float = 30.0  # without an event, on a stream that is busy
    overlap: float = 5.0  # by which one begins again before the place one had got to
    overlap_elsewhere: float = 30.0  # the same on another server
    tolerance: float = 60.0  # a stream that begins again later than this after its place has a gap
    longest: float = 30 * 3600.0  # away for longer: there may be a gap, whatever the server says
    ahead: float = 300.0  # a time further ahead than this is a lie, and moves no cursor
    verify_every: float = 300.0
    verify_behind: float = 60.0  # the second reader stays as far behind what is kept
    quiet: float = 10.0  # without an event, in a replay: it is over
    fill_every: float = 3600.0  # between two tries to fill a gap
    poll: float = 60.0  # between two questions to a server that does not stream
    next_page: float = 1.0  # the same while it has more
    batch: int = 2000  # events in a transaction
    patience: float = 0.2  # until a smaller batch is written

    def pause(self, fails: int) -> float:
        """Before the next try, after so many that failed: full jitter, so that nobody comes in step."""
        first, longest = self.pauses
        return random.uniform(0, min(longest, first * 2 ** min(fails - 1, 16)))  # noqa: S311 - to spread


@dataclass
class Overlap:
    """How far back, in microseconds, a connection begins: of what came last, not all may have come.

    Always less than half of the shortest stretch that a connection has covered of late: with more,
    connections that break off soon would read the same over and over and never get on.
    """

    pace: Pace
    covered: deque[int] = field(default_factory=lambda: deque(maxlen=10))

    def back(self, *, elsewhere: bool = False) -> int:
        wanted = self.pace.overlap_elsewhere if elsewhere else self.pace.overlap
        if not self.covered:
            wanted = min(wanted, 1.0)  # whoever ran before us may have fallen often
        return max(1, min(int(wanted * SECOND), (min(self.covered, default=2**62) - 1) // 2))

    def ended(self, covered: int) -> None:
        """A connection that brought something has ended, and covered so much of the stream."""
        self.covered.append(max(0, covered))
