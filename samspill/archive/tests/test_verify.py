"""The second reader finds what a connection lost, never reads where a stream is new, and fills gaps."""

from __future__ import annotations

import threading
import time
from dataclasses import replace

import pytest

from samspill.archive.arrivals import Arrived, Basket, Filled, filling, verified
from samspill.archive.bluesky import Handles
from samspill.archive.pace import SECOND, Pace
from samspill.archive.tests.test_reader import allow, posts
from samspill.archive.verify import Second
from samspill.networks.bluesky.jetstream import Place
from samspill.networks.bluesky.tests.firehose import Faults, Firehose, running

pytestmark = pytest.mark.enable_socket
__all__ = ["allow"]

KEY = "bluesky/1"
PACE = Pace(verify_behind=0.2, overlap=0.1, quiet=0.3)


def second(*servers: str, at: int = 0, pace: Pace = PACE) -> Second:
    return Second(KEY, servers, Basket(most_events=10**6), pace, Handles(), threading.Event(), at)


def came(reader: Second) -> list[Arrived]:
    return reader.basket.take(10**6, 0)


def texts(arrived: list[Arrived]) -> list[str]:
    return [event.text for each in arrived for event in each.events]  # type: ignore[union-attr]


def test_it_reads_again_until_a_while_before_what_is_kept(allow):
    events = posts(1000)
    with running(Firehose(events)) as hose:
        reader = second(allow(hose), at=events[200].at)
        reader.follow(events[800].at)
    found = came(reader)
    numbers = [int(text.split()[1]) for text in texts(found)]
    assert set(numbers) >= set(range(200, 600))
    assert max(numbers) == 600  # 0.2 s before what is kept; nothing newer is touched
    assert reader.at == events[600].at
    assert {each.key for each in found} == {verified(KEY)}
    assert Place.read(found[-1].cursor).at == events[600].at


def test_post_of_which_the_server_lies_about_the_time_is_read_again_too(allow):
    events = posts(1000)
    ahead = b'"time_us":%d' % (time.time_ns() // 1000 + 5 * 24 * 3600 * SECOND)
    said = events[300]
    events[300] = replace(said, raw=said.raw.replace(b'"time_us":%d' % said.at, ahead))
    with running(Firehose(events)) as hose:
        reader = second(allow(hose), at=events[200].at)
        reader.follow(events[800].at)
    assert "post 300" in texts(came(reader))
    assert reader.at == events[600].at


def test_it_does_not_ask_when_there_is_nothing_to_verify(allow):
    events = posts(100)
    with running(Firehose(events)) as hose:
        reader = second(allow(hose), at=events[50].at)
        reader.follow(events[60].at)
        second(allow(hose)).follow(events[60].at)
        assert not hose.asked


def test_it_gets_on_over_connections_that_break(allow):
    events = posts(2000)
    with running(Firehose(events, faults=Faults(cuts=(150, 150)))) as hose:
        reader = second(allow(hose), at=events[0].at)
        found: list[str] = []
        for _round in range(40):
            reader.follow(events[-1].at)
            found += texts(came(reader))
    assert set(found) >= {f"post {number}" for number in range(1799)}


def test_it_reads_from_another_server_each_time(allow):
    events = posts(1000)
    with running(Firehose(events)) as one, running(Firehose(events)) as other:
        reader = second(allow(one), allow(other), at=events[0].at)
        reader.follow(events[500].at)
        assert other.asked
        assert not one.asked
        reader.follow(events[900].at)
        assert one.asked


def test_silent_server_does_not_hold_it_for_ever(allow):
    events = posts(1000)
    with running(Firehose(events, faults=Faults(cuts=(100, 100), silences=1.0))) as hose:
        reader = second(allow(hose), at=events[0].at)
        began = time.monotonic()
        reader.follow(events[-1].at)
        assert time.monotonic() - began < 3


def test_gap_is_filled_from_the_server_that_still_has_it(allow):
    events = posts(500)
    with running(Firehose(events, floor=events[300].at)) as short, running(Firehose(events)) as long:
        reader = second(allow(short), allow(long), pace=replace(PACE, tolerance=0.01))
        since, until = events[100].at, events[400].at
        assert reader.fill(since, until)
        found = came(reader)
        assert found[-1].filled == Filled(since, f"ws://127.0.0.1:{long.port}")
        assert set(texts(found)) >= {f"post {number}" for number in range(100, 401)}
        assert {each.key for each in found} == {filling(KEY)}
        assert all(not each.cursor for each in found)


def test_gap_that_no_server_has_stays_open(allow):
    events = posts(500)
    with running(Firehose(events, floor=events[300].at)) as hose:
        reader = second(allow(hose), pace=replace(PACE, tolerance=0.01))
        assert not reader.fill(events[100].at, events[400].at)
        assert not any(each.filled for each in came(reader))


def test_gap_is_filled_over_connections_that_break(allow):
    events = posts(4000)
    with running(Firehose(events, faults=Faults(cuts=(1500, 1500)))) as hose:
        reader = second(allow(hose))
        assert reader.fill(events[0].at, events[-1].at)
    assert set(texts(came(reader))) == {f"post {number}" for number in range(4000)}


def test_gap_that_is_read_only_half_stays_open(allow):
    events = posts(500)
    with running(Firehose(events)) as hose:
        reader = second(allow(hose))
        assert not reader.fill(events[0].at, events[-1].at + SECOND)
    assert texts(came(reader))
