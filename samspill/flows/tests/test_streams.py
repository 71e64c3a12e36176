"""The process for streams runs what is on, and writes down how it goes."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from samspill.archive.arrivals import verified
from samspill.archive.books import moment
from samspill.archive.collect import Standing
from samspill.archive.models import Stream, StreamHour
from samspill.archive.open import open_archive
from samspill.archive.pace import Pace
from samspill.archive.query import Since
from samspill.flows.clock import STREAMS, is_alive
from samspill.flows.streams import Streams, state_of
from samspill.networks.bluesky.frames import micros
from samspill.networks.bluesky.jetstream import Place
from samspill.networks.bluesky.tests.firehose import Event, Firehose, commit, post, running

NOW = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)
DID = "did:plc:" + "a" * 24
HURRIED = Pace(
    pauses=(0.01, 0.05), overlap=0.1, verify_every=0.1, verify_behind=0.1, quiet=0.2, patience=0.02
)


@pytest.fixture
def process() -> Iterator[Streams]:
    made = Streams(open_archive(), HURRIED)
    yield made
    made.collector.stop()
    made.collector.store.close()  # type: ignore[attr-defined]


@pytest.fixture
def stream(cast) -> Stream:
    return Stream.objects.create(workspace=cast.fjord, source="wss://a.example")


def until(process: Streams, done: Callable[[], bool], seconds: float = 10) -> bool:
    end = time.monotonic() + seconds
    while not done() and time.monotonic() < end:
        process.turn()
        time.sleep(0.05)
    return done()


def texts() -> set[str]:
    return {hit.post.text for hit in open_archive().find(Since(0), limit=5000).hits}


def aim(stream: Stream, hose: Firehose, at: int) -> None:
    """Let the stream begin at a moment of this server's."""
    place = f"127.0.0.1:{hose.port}"
    settings.PRIVATE_HOSTS = [place]
    Stream.objects.filter(pk=stream.pk).update(source=f"ws://{place}")
    store = open_archive()
    for key in (stream.key, verified(stream.key)):
        store.keep([], stream=key, cursor=Place(at).written())
    store.close()


def posts(count: int) -> list[Event]:
    last = time.time_ns() // 1000
    return [post(DID, last - 1000 * (count - each), f"k{each}", f"post {each}") for each in range(count)]


@pytest.mark.enable_socket
@pytest.mark.django_db(transaction=True)
def test_stream_that_is_on_fills_the_archive_and_says_how_it_goes(process, stream):
    events = posts(500)
    events.append(commit(DID, events[-1].at + 1, "k7", None))
    with running(Firehose(events)) as hose:
        aim(stream, hose, events[0].at)
        assert until(process, lambda: len(texts()) == 499)
        assert until(process, lambda: Stream.objects.get().reached_at == moment(events[-1].at))
        assert Stream.objects.get().state == Stream.State.LIVE
        assert Stream.objects.get().is_minded()
        assert until(process, lambda: StreamHour.objects.get().posts == 499)
        assert StreamHour.objects.get().frames >= 501
        assert is_alive(STREAMS)


@pytest.mark.enable_socket
@pytest.mark.django_db(transaction=True)
def test_stream_is_paused_and_goes_on_where_it_was(process, stream):
    events = posts(400)
    with running(Firehose(events, rate=1000)) as hose:
        aim(stream, hose, events[0].at)
        hose.hurry(100)
        assert until(process, lambda: len(texts()) >= 100)
        Stream.objects.update(paused_at=timezone.now())
        process.turn()
        assert not process.collector.running
        hose.hurry(400)
        Stream.objects.update(paused_at=None)
        assert until(process, lambda: len(texts()) == 400)


@pytest.mark.enable_socket
@pytest.mark.django_db(transaction=True)
def test_sample_keeps_its_share(process, stream):
    events = posts(1000)
    with running(Firehose(events)) as hose:
        aim(stream, hose, events[0].at)
        Stream.objects.update(keep=Stream.Keep.SAMPLE, one_in=4)
        assert until(process, lambda: Stream.objects.get().reached_at == moment(events[-1].at))
        assert 180 < len(texts()) < 320


@pytest.mark.django_db(transaction=True)
def test_server_that_is_not_reached_is_said(process, stream):
    Stream.objects.update(source="ws://127.0.0.1:9")
    assert until(process, lambda: Stream.objects.get().state == Stream.State.AWAY)
    assert (
        "private network" in Stream.objects.get().last_error
        or "usual ports" in Stream.objects.get().last_error
    )


@pytest.mark.django_db(transaction=True)
def test_process_ends_when_a_part_of_it_has_died(process, stream, monkeypatch):
    monkeypatch.setattr(process.collector, "is_well", lambda: False)
    with pytest.raises(SystemExit):
        process.run()


@pytest.mark.parametrize(
    ("connected", "idle", "behind", "error", "state"),
    [
        (False, False, 0, "", "new"),
        (False, False, 0, "no", "away"),
        (True, False, 10, "", "live"),
        (True, False, 3600, "", "behind"),
        (True, True, 3600, "", "live"),  # a quiet network: all there is has come
    ],
)
def test_state_follows_from_how_it_stands(connected, idle, behind, error, state):
    at = micros(NOW - timedelta(seconds=behind))
    assert state_of(Standing(connected, idle, at, error), "new", NOW) == state
