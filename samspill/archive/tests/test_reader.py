"""A reader gets on, whatever its server does: nothing is lost, and what may be missing is said."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from samspill.archive.arrivals import Arrived, Basket, verified
from samspill.archive.bluesky import Handles
from samspill.archive.pace import SECOND, Overlap, Pace
from samspill.archive.posts import Post
from samspill.archive.reader import Reader
from samspill.networks.bluesky.jetstream import Place
from samspill.networks.bluesky.tests.firehose import Event, Faults, Firehose, post, running

pytestmark = pytest.mark.enable_socket

DID = "did:plc:" + "a" * 24
HURRIED = Pace(pauses=(0.01, 0.05), healthy=5.0, silent=0.6, overlap=1.0, overlap_elsewhere=2.0)
STEP = 1000  # microseconds between two events


def posts(count: int, *, until: int | None = None) -> list[Event]:
    """So many posts, the last of them just now or at `until`."""
    last = until or time.time_ns() // 1000
    return [post(DID, last - STEP * (count - 1 - each), f"k{each}", f"post {each}") for each in range(count)]


class Caught:
    """All that a reader has put into its basket."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.arrived: list[Arrived] = []

    def until(self, done: Callable[[], bool], seconds: float = 10) -> bool:
        end = time.monotonic() + seconds
        while not done() and time.monotonic() < end:
            self.arrived += self.reader.basket.take(5000, 0.02)
        return done()

    def texts(self) -> list[str]:
        return [each.text for arrived in self.arrived for each in arrived.events if isinstance(each, Post)]

    def has(self, count: int) -> Callable[[], bool]:
        return lambda: sum(len(each.events) for each in self.arrived) >= count == len(set(self.texts()))


@pytest.fixture
def allow(settings):
    def allow_server(firehose: Firehose) -> str:
        place = f"127.0.0.1:{firehose.port}"
        settings.PRIVATE_HOSTS = [*settings.PRIVATE_HOSTS, place]
        return f"ws://{place}"

    return allow_server


@contextmanager
def reading(
    servers: list[str],
    place: Place,
    pace: Pace = HURRIED,
    basket: Basket | None = None,
    *,
    is_new: bool = False,
) -> Iterator[Caught]:
    reader = Reader("bluesky/1", servers, place, basket or Basket(), pace, Handles(), is_new=is_new)
    thread = threading.Thread(target=reader.run)
    thread.start()
    try:
        yield Caught(reader)
    finally:
        reader.stop()
        thread.join(5)
        assert not thread.is_alive()


def wanted(count: int) -> set[str]:
    return {f"post {each}" for each in range(count)}


@pytest.mark.parametrize("version", [1, 2])
def test_nothing_is_lost_over_connections_that_break(allow, version):
    events = posts(3000)
    hose = Firehose(events, version=version, faults=Faults(cuts=(200, 700), silences=0.1, refusals=0.2))
    with running(hose), reading([allow(hose)], Place(events[0].at)) as caught:
        assert caught.until(caught.has(3000))
        assert set(caught.texts()) == wanted(3000)
        assert hose.counts["connections"] > 4
        assert caught.reader.place.at == events[-1].at
        assert caught.arrived[-1].cursor == caught.reader.place.written()


def test_overlap_never_keeps_short_connections_from_getting_on(allow):
    """Each connection covers less than the overlap one would wish for."""
    events = posts(2000)
    hose = Firehose(events, faults=Faults(cuts=(100, 100)))
    slow = replace(HURRIED, overlap=5.0)
    with running(hose), reading([allow(hose)], Place(events[0].at), slow) as caught:
        assert caught.until(caught.has(2000), 20)


def test_overlap_is_less_than_half_of_the_shortest_stretch():
    overlap = Overlap(Pace())
    assert overlap.back() == SECOND
    overlap.ended(100 * SECOND)
    assert overlap.back() == 5 * SECOND
    assert overlap.back(elsewhere=True) == 30 * SECOND
    overlap.ended(4 * SECOND)
    assert overlap.back() == overlap.back(elsewhere=True) == (4 * SECOND - 1) // 2
    overlap.ended(0)
    assert overlap.back() == 1


def test_connection_begins_before_the_place_one_had_got_to(allow):
    events = posts(3000)
    hose = Firehose(events)
    with running(hose), reading([allow(hose)], Place(events[2000].at)) as caught:
        assert caught.until(caught.has(2000))
        assert min(int(text.split()[1]) for text in caught.texts()) == 1000


def test_new_stream_begins_now_and_the_second_reader_where_it_begins(allow):
    hose = Firehose(posts(500), rate=1000)
    with running(hose), reading([allow(hose)], Place()) as caught:
        assert caught.until(lambda: bool(hose.asked))
        hose.hurry(0)
        assert caught.until(caught.has(500))
        assert caught.arrived[0].key == verified("bluesky/1")
        assert Place.read(caught.arrived[0].cursor).at <= Place.read(caught.arrived[1].cursor).at
        assert sum(each.key == verified("bluesky/1") for each in caught.arrived) == 1


def test_new_stream_that_looks_back_brings_the_second_reader_with_it(allow):
    hose = Firehose(posts(5000))
    begin = hose.events[4000].at
    with running(hose), reading([allow(hose)], Place(begin), is_new=True) as caught:
        assert caught.until(lambda: "post 4999" in caught.texts())
        assert caught.arrived[0].key == verified("bluesky/1")
        first = Place.read(caught.arrived[0].cursor).at
        assert begin - HURRIED.overlap * SECOND <= first <= begin
        assert {f"post {number}" for number in range(4000, 5000)} <= set(caught.texts())
        assert "post 0" not in caught.texts()


@pytest.mark.parametrize("version", [1, 2])
def test_what_the_server_no_longer_has_is_a_gap(allow, version):
    """40 hours away, and the server goes back 36."""
    now = time.time_ns() // 1000
    away, floor = now - 40 * 3600 * SECOND, now - 36 * 3600 * SECOND
    events = [*posts(10, until=away), *posts(10, until=floor + SECOND), *posts(10, until=now)]
    hose = Firehose(events, version=version, floor=floor)
    with running(hose):
        start = Place(away, 10 if version == 2 else 0, allow(hose) if version == 2 else "")
        with reading([allow(hose)], start) as caught:
            assert caught.until(lambda: any(each.hole for each in caught.arrived))
            hole = next(each.hole for each in caught.arrived if each.hole)
            assert (hole.since, hole.until) == (away, events[10].at)
            assert caught.until(lambda: caught.reader.place.at == events[-1].at)
            assert sum(each.hole is not None for each in caught.arrived) == 1


@pytest.mark.parametrize("hours", [20, 31])
def test_long_absence_is_a_gap_until_a_second_reader_says_otherwise(allow, hours):
    now = time.time_ns() // 1000
    since = now - hours * 3600 * SECOND
    hose = Firehose([*posts(10, until=since), *posts(10, until=now)])
    with running(hose), reading([allow(hose)], Place(since)) as caught:
        assert caught.until(lambda: sum(len(each.events) for each in caught.arrived) >= 10)
        holes = [each.hole for each in caught.arrived if each.hole]
        assert [hole.since for hole in holes] == ([since] if hours == 31 else [])


def test_short_absence_of_which_the_server_has_all_is_no_gap(allow):
    events = posts(100)
    hose = Firehose(events)
    with running(hose), reading([allow(hose)], Place(events[50].at)) as caught:
        assert caught.until(lambda: caught.reader.place.at == events[-1].at)
        assert not any(each.hole for each in caught.arrived)


def test_server_that_lies_about_the_time_moves_no_cursor(allow):
    events = posts(200)
    future = b"%d" % (time.time_ns() // 1000 + 10**12)
    for number in (50, 120):
        at = b'"time_us":%d' % events[number].at
        events[number] = replace(events[number], raw=events[number].raw.replace(at, b'"time_us":' + future))
    hose = Firehose(events)
    with running(hose), reading([allow(hose)], Place(events[0].at)) as caught:
        assert caught.until(caught.has(200))
        assert caught.reader.place.at == events[-1].at


def test_poison_is_put_aside_and_the_stream_goes_on(allow):
    events = posts(300)
    for number in (10, 11, 200):
        events[number] = replace(events[number], raw=b"poison %d" % number)
    hose = Firehose(events)
    with running(hose), reading([allow(hose)], Place(events[0].at)) as caught:
        assert caught.until(caught.has(297))
        letters = [letter for each in caught.arrived for letter in each.letters]
        assert [letter.raw for letter in letters] == [b"poison 10", b"poison 11", b"poison 200"]
        assert Place.read(letters[0].cursor).at == events[9].at


def test_busy_stream_that_falls_silent_is_left(allow):
    events = posts(400)
    hose = Firehose(events, faults=Faults(cuts=(200, 200), silences=1.0))
    with running(hose), reading([allow(hose)], Place(events[0].at)) as caught:
        assert caught.until(caught.has(400), 10)
        assert hose.counts["silences"] >= 1


def test_another_server_takes_over(allow):
    events = posts(200)
    dead, alive = Firehose(events, faults=Faults(refusals=1.0)), Firehose(events)
    with running(dead), running(alive), reading([allow(dead), allow(alive)], Place(events[0].at)) as caught:
        assert caught.until(caught.has(200))
        assert dead.counts["connections"] >= 1


def test_sentence_tells_why_it_does_not_get_through(allow):
    hose = Firehose([], version=2, faults=Faults(refusals=1.0))
    with running(hose), reading([allow(hose)], Place()) as caught:
        assert caught.until(lambda: bool(caught.reader.error))
        assert caught.reader.error == "The server does not open a stream here."
        assert not caught.reader.connected


def test_full_basket_makes_the_server_wait_and_loses_nothing(allow):
    events = posts(30_000)
    hose = Firehose(events)
    basket, patient = Basket(most_events=1000), replace(HURRIED, silent=30.0)
    with running(hose), reading([allow(hose)], Place(events[0].at), patient, basket) as caught:
        time.sleep(0.7)
        assert basket.events < 2000
        assert not caught.texts()
        assert caught.until(caught.has(30_000), 20)
        assert sum(target.startswith("/subscribe") for target in hose.asked) == 1
