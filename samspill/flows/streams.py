"""Listening without end: the process that runs the streams which are on, and writes down how they go.

One process of an installation writes the archive. It looks at the settings again and again, so a stream that
is added, paused or changed on its page begins, ends or begins anew within seconds.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Sequence
from datetime import datetime

from django.db import Error, connection
from django.db.models import F
from django.utils import timezone

from samspill.archive.books import Books, moment
from samspill.archive.collect import Collector, Source, Standing
from samspill.archive.keeping import erase, erase_again, put_away
from samspill.archive.models import Stream, StreamHour, hour_of
from samspill.archive.open import open_archive
from samspill.archive.pace import Pace
from samspill.archive.posts import Post
from samspill.archive.store import Unavailable
from samspill.archive.store.sqlite import SqliteStore
from samspill.archive.writer import Tally, in_sample
from samspill.flows.clock import STREAMS, Every, beat
from samspill.flows.folder import sentence
from samspill.listening.watching import Watching
from samspill.networks.registry import NETWORKS

log = logging.getLogger(__name__)
LOOK = 2.0  # seconds between two looks at the settings
CATCH_UP = 1.0  # seconds of a turn for what was kept before a watch
LIVE = 60.0  # seconds that a stream which is up to date may lag behind


class Streams:
    """Runs until it is stopped. `store` is the archive that this process alone writes."""

    def __init__(self, store: SqliteStore, pace: Pace | None = None) -> None:
        self.store, self.pace = store, pace or Pace()
        self.keeps: dict[str, Stream] = {}
        books = Books(self.pace)
        self.watching = Watching(store)
        self.collector = Collector(
            store, books, books.due_holes, self.choose, self.pace, lambda post: self.watching.labels(post)
        )
        self.stopping = threading.Event()
        self.hourly = Every(3_600, bool)
        self.is_left = True  # something old is still to be put away
        self.is_new = True  # this process has not looked at what was erased before
        self.sweep = Every(86_400, lambda: store.forget_tombstones(time.time_ns() // 1_000_000))

    def run(self) -> None:
        """Look after the streams. Raises SystemExit when a part has died: whoever supervises begins anew."""
        try:
            self.store.bring_forward(lambda: beat(STREAMS))
            while not self.stopping.is_set():
                self.turn()
                if not self.collector.is_well():
                    raise SystemExit(1)
                self.stopping.wait(LOOK)
        finally:
            self.collector.stop()
            connection.close()

    def stop(self) -> None:
        self.stopping.set()

    def turn(self) -> None:
        """Run what is on, and note how it goes. A database that cannot be written now can be later."""
        try:
            self.watching.refresh()
            streams = list(Stream.objects.on().order_by("pk"))
            self.keeps = {stream.key: stream for stream in streams}
            self.collector.apply(
                Source(stream.key, stream.kind, tuple(stream.servers()), stream.tag, stream.begin)
                for stream in streams
            )
            for stream in streams:
                self._note(stream)
            if streams:
                self.sweep()
            self.watching.catch_up(CATCH_UP)
            self._put_away()
            beat(STREAMS)
        except (Error, OSError, Unavailable) as error:
            log.error("The streams could not be looked after, and are again: %s", sentence(error) or error)
            connection.close()

    def _put_away(self) -> None:
        """What is erased on request, and what is older than it shall be kept."""
        if self.is_new:
            erase_again(self.store)
            self.is_new = False
        erase(self.store)
        if self.hourly() or self.is_left:
            self.is_left = put_away(self.store, list(NETWORKS), timezone.now(), CATCH_UP)

    def choose(self, key: str, posts: Sequence[Post]) -> Sequence[Post]:
        """Of a stream's posts those that it keeps."""
        stream = self.keeps.get(key)
        if stream is not None and stream.keep == Stream.Keep.SAMPLE:
            return [post for post in posts if in_sample(post, stream.one_in)]
        if stream is not None and stream.keep == Stream.Keep.MATCHES:
            return [post for post in posts if self.watching.meets(post, stream.workspace_id)]
        return posts

    def _note(self, stream: Stream) -> None:
        """What came, and how the stream stands, where it has changed or was noted long ago."""
        tally, late = self.collector.tally(stream.key)
        now, standing = timezone.now(), self.collector.standing(stream.key)
        values: dict[str, object] = {
            "state": state_of(standing, stream.state, now),
            "last_error": standing.error,
        }
        if standing.stopped:
            values["stopped_at"] = now
        if tally.at:
            values["reached_at"] = min(moment(tally.at), now)
        if late:
            values |= {"late_found_total": F("late_found_total") + late, "late_found_at": now}
            log.warning("Stream %s: the second reader has found %d posts that were lost.", stream.key, late)
        Stream.objects.filter(pk=stream.pk).update(**values, minded_at=now)
        if tally.frames:
            _add(stream, tally, now)


def state_of(standing: Standing, before: str, now: datetime) -> str:
    """How a stream stands, in one word of Stream.State."""
    if standing.stopped:
        return Stream.State.STOPPED
    if not standing.connected:
        return Stream.State.AWAY if standing.error else before
    behind = (now - moment(standing.at)).total_seconds() if standing.at else 0.0
    return Stream.State.LIVE if standing.idle or behind < LIVE else Stream.State.BEHIND


def _add(stream: Stream, tally: Tally, now: datetime) -> None:
    counts = {"posts": tally.posts, "frames": tally.frames, "bytes": tally.bytes}
    rows = StreamHour.objects.filter(stream=stream, hour=hour_of(now))
    if not rows.update(**{name: F(name) + count for name, count in counts.items()}):
        StreamHour.objects.create(stream=stream, hour=hour_of(now), **counts)


def streams() -> Streams:
    """The process for streams, over this installation's own archive."""
    return Streams(open_archive())
