"""A hashtag on a Mastodon server is asked for again and again, and what it brings is kept with its cursor."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from samspill.archive.arrivals import Arrived, Basket
from samspill.archive.fetch import HashtagFetch
from samspill.archive.mastodon import post
from samspill.archive.pace import Pace
from samspill.archive.poller import Poller
from samspill.networks import http
from samspill.networks.mastodon.tag import page
from samspill.networks.mastodon.tests.server import SERVER, answer, no
from samspill.networks.mastodon.tests.timeline import BEGIN, Timeline

PACE = Pace(poll=0.01, next_page=0.0, pauses=(0.01, 0.02))


@pytest.fixture
def timeline():
    world = Timeline()
    with http.replaced(world):
        yield world


def poller(cursor: str = "", pace: Pace = PACE) -> Poller:
    return Poller("mastodon/1", HashtagFetch(SERVER, "blåbær"), cursor, Basket(), pace)


def run(poller: Poller, until: int) -> list[Arrived]:
    """Let it ask so many times."""
    asked = 0

    class Enough:
        def wait(self, seconds: float | None = None) -> None:
            waits.append(seconds)

        def is_set(self) -> bool:
            nonlocal asked
            asked += 1
            return asked > until

        def set(self) -> None: ...

    waits: list[float | None] = []
    poller.stopping = Enough()  # type: ignore[assignment]
    poller.run()
    poller.waits = waits  # type: ignore[attr-defined]
    return poller.basket.take(5000, 0)


def texts(arrived: list[Arrived]) -> list[str]:
    return [event.text for each in arrived for event in each.events]  # type: ignore[union-attr]


@pytest.mark.parametrize(("before", "kept"), [(60, 60), (400, 400), (450, 400)])
def test_new_one_looks_back_and_goes_on_from_there(timeline, before, kept):
    for number in range(before):
        timeline.say(f"nr {number}")
    one = poller()
    assert texts(run(one, 1)) == [f"nr {number}" for number in range(before - kept, before)]
    assert one.idle
    timeline.say("ny")
    again = poller(one.cursor)
    arrived = run(again, 2)
    assert texts(arrived) == ["ny"]
    assert arrived[0].cursor == again.cursor == str(1000 + before)


def test_look_back_that_breaks_off_keeps_what_came(timeline):
    for number in range(100):
        timeline.say(f"nr {number}")
    first = page(SERVER, "x")
    assert len(first.statuses) == 40
    replies = iter([None, answer({}, 503)])
    with http.replaced(lambda sent, limit, seconds: next(replies, None) or timeline(sent, limit, seconds)):
        one = poller()
        assert texts(run(one, 1)) == [f"nr {number}" for number in range(60, 100)]
    assert (one.cursor, one.error) == ("1099", "")


def test_it_walks_through_all_pages_without_resting(timeline):
    for number in range(100):
        timeline.say(f"nr {number}")
    one = poller("999", replace(PACE, poll=60.0))
    arrived = run(one, 4)
    assert texts(arrived) == [f"nr {number}" for number in range(100)]
    assert [each.cursor for each in arrived] == ["1039", "1079", "1099"]
    assert one.waits == [0.0, 0.0, 0.0, 60.0]  # type: ignore[attr-defined]


def test_server_that_wants_an_account_says_so_and_is_asked_no_more(timeline):
    timeline.answers = [no(401, "This method requires an authenticated user")] * 3
    one = poller()
    assert run(one, 1) == []
    assert (one.connected, one.stopped) == (False, "This method requires an authenticated user")
    assert one.waits[0] is None, "it rests until a person says otherwise"  # type: ignore[attr-defined]


@pytest.mark.parametrize("hours", [0.1, 3])
def test_server_that_asks_us_to_wait_is_left_alone_so_long(timeline, hours):
    soon = (datetime.now(UTC) + timedelta(hours=hours)).isoformat()
    timeline.answers = [answer({"error": "Too many requests"}, 429, **{"x-ratelimit-reset": soon})]
    one = poller()
    run(one, 1)
    assert hours * 3600 - 30 < one.waits[0] <= hours * 3600 + 1  # type: ignore[attr-defined]


def test_status_becomes_a_post_that_is_the_same_from_every_server(timeline):
    timeline.say("Hei", edited_at="2026-03-03T08:00:00Z", language="nb-NO")
    (status,) = page(SERVER, "x").statuses
    there = post(status)
    assert (there.network, there.key) == ("mastodon", "https://annet.example/users/nabo/statuses/1000")
    assert there.at == int((BEGIN + timedelta(minutes=1000)).timestamp() * 1000)
    assert there.edited == int(datetime(2026, 3, 3, 8, tzinfo=UTC).timestamp() * 1000)
    assert (there.lang, there.handle, there.shares) == ("nb", "nabo@annet.example", 2)
