"""All streams of an installation in one process: a reader each, one writer, and a second reader that follows.

What comes goes through one bounded basket: when the writer cannot keep up, the readers stop reading and the
servers wait. Nothing is lost by a kill at any moment: a cursor moves only in the transaction that keeps what
came before it.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from django.db import connection

from samspill.archive.arrivals import Basket, Hole, verified
from samspill.archive.bluesky import Handles
from samspill.archive.feed import FeedFetch
from samspill.archive.fetch import Fetch, HashtagFetch
from samspill.archive.kinds import Kind
from samspill.archive.pace import Pace
from samspill.archive.poller import Poller
from samspill.archive.reader import Reader
from samspill.archive.store import Labels, Store
from samspill.archive.verify import Second
from samspill.archive.writer import Books, Choose, Tally, Writer
from samspill.networks.bluesky.jetstream import Place

log = logging.getLogger(__name__)
Holes = Callable[[str], Sequence[Hole]]  # of a stream those that are to be filled now
ENDING = 10.0  # seconds that a thread has to end in


@dataclass(frozen=True)
class Source:
    """What to stream. `key` as the archive knows it; `servers` in the order in which they are tried: of all
    but a firehose there is one. `tag` is that of a hashtag; `begin` is where a firehose that is new begins,
    in microseconds since 1970, 0 for now."""

    key: str
    kind: Kind
    servers: tuple[str, ...]
    tag: str = ""
    begin: int = 0


@dataclass(frozen=True)
class Standing:
    """How a stream goes. `at`: how far it is read, in microseconds since 1970; `error`: a sentence, or '';
    `stopped`: it ends here, and why."""

    connected: bool
    idle: bool
    at: int
    error: str
    stopped: str = ""


def fetch_of(source: Source) -> Fetch | None:
    """How a source is asked; None for one that streams by itself."""
    if source.kind == Kind.HASHTAG:
        return HashtagFetch(source.servers[0], source.tag)
    if source.kind in (Kind.FEED, Kind.COMMENTS):
        return FeedFetch(source.servers[0], is_comments=source.kind == Kind.COMMENTS)
    return None


@dataclass
class _Running:
    source: Source
    reader: Reader | Poller
    threads: Sequence[threading.Thread] = ()


class Collector:
    """Runs the sources it is told to. Every method is for one thread, that of its owner."""

    def __init__(
        self,
        store: Store,
        books: Books,
        holes: Holes,
        choose: Choose,
        pace: Pace | None = None,
        labels: Labels | None = None,
    ) -> None:
        self.store, self.holes, self.pace = store, holes, pace or Pace()
        self.basket, self.handles = Basket(), Handles()
        self.writer = Writer(store, self.basket, books, choose, self.pace, labels)
        self.running: dict[str, _Running] = {}
        self.writing = threading.Thread(target=self.writer.run, name="writer", daemon=True)
        self.writing.start()

    def apply(self, sources: Iterable[Source]) -> None:
        """Run exactly these: what is new begins where it had got to, what has changed begins again there."""
        wanted = {source.key: source for source in sources}
        for key, running in list(self.running.items()):
            if wanted.get(key) != running.source:
                self._end([running])
                del self.running[key]
        for key, source in wanted.items():
            if key not in self.running:
                self.running[key] = self._begin(source)

    def standing(self, key: str) -> Standing:
        """How a stream that runs goes."""
        reader = self.running[key].reader
        error = self.writer.error or reader.error
        stopped = reader.stopped if isinstance(reader, Poller) else ""
        return Standing(reader.connected, reader.idle, reader.at, error, stopped)

    def tally(self, key: str) -> tuple[Tally, int]:
        """What came of a stream since this was last asked; how many posts only the second reader has seen."""
        return self.writer.tally(key), self.writer.tally(verified(key)).posts

    def is_well(self) -> bool:
        """Whether all that should run does. If not, the process is to end and be started again."""
        threads = [self.writing, *(thread for each in self.running.values() for thread in each.threads)]
        return all(thread.is_alive() for thread in threads)

    def stop(self) -> None:
        """Read no more, and write what has been read."""
        self._end(self.running.values())
        self.running = {}
        self.writer.stopping.set()
        self.writing.join(ENDING)

    def _begin(self, source: Source) -> _Running:
        key, cursor = source.key, self.store.cursor(source.key)
        reader: Reader | Poller
        if fetch := fetch_of(source):
            reader = Poller(key, fetch, cursor, self.basket, self.pace)
            works = [reader.run]
        else:
            place = Place.read(cursor) if cursor else Place(source.begin)
            reader = Reader(
                key, source.servers, place, self.basket, self.pace, self.handles, is_new=not cursor
            )
            second = Second(key, source.servers, self.basket, self.pace, self.handles, reader.stopping)
            works = [reader.run, partial(self._follow, second)]
        threads = [threading.Thread(target=work, name=f"stream {key}", daemon=True) for work in works]
        for thread in threads:
            thread.start()
        return _Running(source, reader, threads)

    def _follow(self, second: Second) -> None:
        """The second reader's thread: verify again and again, and fill what gaps there are."""
        key = second.key
        while not second.stopping.wait(self.pace.verify_every):
            try:
                second.at = Place.read(self.store.cursor(verified(key))).at
                second.follow(Place.read(self.store.cursor(key)).at)
                for hole in self.holes(key):
                    second.fill(hole.since, hole.until)
            except Exception:  # whatever it is, it is written down, and the next round comes
                log.exception("Stream %s: a fault of the second reader.", key)
        connection.close()

    def _end(self, them: Iterable[_Running]) -> None:
        ending = list(them)
        for each in ending:
            each.reader.stop()
        for each in ending:
            for thread in each.threads:
                thread.join(ENDING)
