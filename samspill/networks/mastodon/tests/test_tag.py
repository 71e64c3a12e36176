"""A hashtag is followed from page to page, and nothing on the way is skipped."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from samspill.networks import http
from samspill.networks.errors import Blocked, Reconnect, TryLater
from samspill.networks.mastodon.tag import Page, page, typed_tag
from samspill.networks.mastodon.tests.server import SERVER, answer, no
from samspill.networks.mastodon.tests.timeline import Timeline


@pytest.fixture
def timeline():
    world = Timeline()
    with http.replaced(world):
        yield world


def test_status_is_read_with_all_that_stands_in_it(timeline):
    timeline.say(
        "Hei <a href='https://x.example'>#blåbær</a>",
        spoiler_text="Mat",
        edited_at="2026-03-03T08:00:00Z",
        card={"url": "https://example.org/oppskrift"},
        mentions=[{"acct": "kari@tredje.example", "url": "https://tredje.example/@kari"}],
    )
    found = page(SERVER, "blåbær")
    (status,) = found.statuses
    assert (status.text, status.tags, status.lang) == ("Mat\n\nHei #blåbær", ("blåbær",), "nb")
    assert (status.uri, found.last) == ("https://annet.example/users/nabo/statuses/1000", "1000")
    assert (status.author, status.handle, status.name) == (
        "https://annet.example/users/nabo",
        "nabo@annet.example",
        "Nabo",
    )
    assert (status.links, status.mentions) == (("https://example.org/oppskrift",), ("kari@tredje.example",))
    assert status.edited == datetime(2026, 3, 3, 8, 0, tzinfo=UTC)
    assert (status.likes, status.shares, status.replies) == (3, 2, 1)
    assert "/api/v1/timelines/tag/bl%C3%A5b%C3%A6r?limit=40" in timeline.asked[0]


def test_pages_follow_each_other_and_skip_nothing(timeline):
    for number in range(100):
        timeline.say(f"nr {number}")
    found, seen = page(SERVER, "x", after="999"), []
    while found.last:
        seen += [status.text for status in found.statuses]
        last, found = found.last, page(SERVER, "x", after=found.last)
    assert seen == [f"nr {number}" for number in range(100)]
    assert last == "1099"


def test_pages_lead_back_as_well(timeline):
    for number in range(100):
        timeline.say(f"nr {number}")
    newest = page(SERVER, "x")
    before = page(SERVER, "x", before=newest.first)
    assert (newest.first, newest.last) == ("1060", "1099")
    assert [status.text for status in before.statuses] == [f"nr {number}" for number in range(20, 60)]


@pytest.mark.parametrize(
    "how",
    [
        {"visibility": "unlisted"},
        {"visibility": "private"},
        {"account": {"noindex": True}},
        {"created_at": "x"},
    ],
)
def test_what_is_not_for_everyone_to_find_is_left_out_and_passed(timeline, how):
    timeline.say("for oss", **how)
    assert page(SERVER, "x", after="1") == Page([], "1000", "1000")


def test_refusal_is_told_in_the_servers_words(timeline):
    timeline.answers = [
        no(401, "This method requires an authenticated user"),
        answer({}, 429),
        answer([], 503),
    ]
    with pytest.raises(Reconnect, match="requires an authenticated user"):
        page(SERVER, "x")
    for _each in range(2):
        with pytest.raises(TryLater):
            page(SERVER, "x")


def test_tag_is_read_as_people_write_it():
    assert [typed_tag(typed) for typed in (" #Blåbær ", "＃3d", "å_b", "b·c")] == [
        "Blåbær",
        "3d",
        "å_b",
        "b·c",
    ]
    for wrong in ("", "#", "#2026", "to ord", "a/b", "x" * 101):
        with pytest.raises(Blocked):
            typed_tag(wrong)
