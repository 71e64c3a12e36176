"""A feed of our own: found, read politely, counted honestly."""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from samspill.networks import http
from samspill.networks.base import Can, Outgoing, Payload, Ref
from samspill.networks.errors import Reconnect, Refused, TryLater, WrongAnswer
from samspill.networks.feed.network import Feed

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
PAGE = b"""<html><head><link rel="stylesheet" href="/a.css">
<link rel="alternate" type="application/rss+xml" title="Blogg" href="/blogg/feed"></head><p>Hei</p></html>"""


def rss(*titles: str) -> bytes:
    items = "".join(
        f"<item><title>{title}</title><guid>{title}</guid>"
        f"<pubDate>Sun, 01 Mar 2026 0{number}:00:00 +0000</pubDate></item>"
        for number, title in enumerate(titles)
    )
    head = "<title>Fjordkraftbloggen</title><link>https://blogg.example</link>"
    return f'<?xml version="1.0"?><rss version="2.0"><channel>{head}{items}</channel></rss>'.encode()


ATOM = b"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Atom</title><id>x</id>
<entry><id>a</id><title>En</title><updated>2026-03-01T05:00:00Z</updated></entry>
<entry><title>Uten id</title></entry></feed>"""


class Site:
    """One web site at the transport; `answers` by path."""

    def __init__(self) -> None:
        self.answers: dict[str, http.Answer] = {}
        self.seen: list[http.Request] = []

    def __call__(self, sent, limit, seconds):
        self.seen.append(sent)
        return self.answers.get(sent.url.removeprefix("https://blogg.example"), http.Answer(404, {}, b""))

    def gives(self, path: str, body: bytes, status: int = 200, **headers: str) -> None:
        self.answers[path] = http.Answer(
            status, {name.replace("_", "-"): value for name, value in headers.items()}, body
        )


@pytest.fixture
def site():
    site = Site()
    with http.replaced(site), time_machine.travel(NOW, tick=False):
        yield site


@pytest.fixture
def feed():
    return Feed()


def connected(feed, site):
    site.gives("/feed", rss("En", "To"), etag='W/"1 2"', last_modified="Sun, 01 Mar 2026 01:00:00 GMT")
    kept: dict[str, str] = {}
    account = feed.sign_in({"url": "blogg.example/feed"}).account
    return replace(account, keep=kept.update), kept


def test_feed_is_found_and_named(feed, site):
    site.gives("/feed", rss("En", "To"))
    signed_in = feed.sign_in({"url": " blogg.example/feed "})
    assert signed_in.name == "Fjordkraftbloggen"
    assert signed_in.url == "https://blogg.example"
    assert signed_in.account.remote_id == "https://blogg.example/feed"
    assert signed_in.account.handle == "blogg.example/feed"


def test_page_leads_to_its_feed(feed, site):
    site.gives("/blogg", PAGE)
    site.gives("/blogg/feed", rss("En"))
    assert (
        feed.sign_in({"url": "https://blogg.example/blogg"}).account.remote_id
        == "https://blogg.example/blogg/feed"
    )


def test_atom_is_a_feed(feed, site):
    site.gives("/atom", ATOM)
    account = feed.sign_in({"url": "blogg.example/atom"}).account
    assert feed.numbers(account).posts == 2
    assert feed.numbers(account).last_post_at == datetime(2026, 3, 1, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "says_so"),
    [
        ("", "Write the address"),
        ("blogg.example/nothing", "cannot be read"),
        ("blogg.example/page", "tells of none"),
        ("blogg.example/gone", "taken away"),
        ("https://127.0.0.1/feed", "private network"),
        ("file:///etc/passwd", "not a web address"),
        ("blogg.example/trap", "tells of none"),
    ],
)
def test_wrong_address_is_said_beside_it(feed, site, typed, says_so):
    site.gives("/page", b"<html>Hei</html>")
    site.gives("/gone", b"", 410)
    site.gives("/trap", b"/etc/passwd")
    outside = http.carry if "127" in typed else site
    with http.replaced(outside), pytest.raises(WrongAnswer, match=says_so) as caught:
        feed.sign_in({"url": typed})
    assert caught.value.field == "url"


def test_body_that_names_a_file_opens_none(feed, site, tmp_path):
    secret = tmp_path / "feed.xml"
    secret.write_bytes(rss("Hemmelig"))
    site.gives("/trap", str(secret).encode())
    with pytest.raises(WrongAnswer, match="tells of none"):
        feed.sign_in({"url": "blogg.example/trap"})


def test_entities_that_grow_are_not_grown(feed, site):
    lines = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "ha">{lines}]>'.encode() + rss("&a9;")[21:]
    site.gives("/bomb", bomb)
    started = time.process_time()
    with suppress(WrongAnswer):
        assert len(feed.sign_in({"url": "blogg.example/bomb"}).name) <= 100
    assert time.process_time() - started < 20


def test_validators_go_back_byte_for_byte(feed, site):
    account, _kept = connected(feed, site)
    with time_machine.travel(NOW + timedelta(hours=2), tick=False):
        feed.numbers(account)
    assert site.seen[-1].headers["if-none-match"] == 'W/"1 2"'
    assert site.seen[-1].headers["if-modified-since"] == "Sun, 01 Mar 2026 01:00:00 GMT"


def test_feed_is_asked_once_an_hour_at_most(feed, site):
    account, _kept = connected(feed, site)
    for minutes, visits in ((59, 1), (60, 2)):
        with time_machine.travel(NOW + timedelta(minutes=minutes), tick=False):
            assert feed.numbers(account).posts == 2
        assert len(site.seen) == visits


def test_new_entries_are_counted_once(feed, site):
    account, kept = connected(feed, site)
    site.gives("/feed", rss("To", "Tre", "Fire"))
    with time_machine.travel(NOW + timedelta(hours=2), tick=False):
        assert feed.numbers(account).posts == 4
    site.gives("/feed", b"", 304)
    with time_machine.travel(NOW + timedelta(hours=4), tick=False):
        later = replace(account, secrets=dict(kept))
        assert feed.numbers(later).posts == 4
        assert feed.numbers(later).last_post_at == datetime(2026, 3, 1, 2, tzinfo=UTC)


def test_feed_that_is_gone_stops(feed, site):
    account, _kept = connected(feed, site)
    site.gives("/feed", b"", 410)
    with time_machine.travel(NOW + timedelta(hours=2)), pytest.raises(Reconnect):
        feed.numbers(account)


@pytest.mark.parametrize("status", [429, 503])
def test_server_that_asks_to_wait_is_obeyed(feed, site, status):
    account, _kept = connected(feed, site)
    site.gives("/feed", b"", status, retry_after="7200")
    with time_machine.travel(NOW + timedelta(hours=2), tick=False), pytest.raises(TryLater) as caught:
        feed.numbers(account)
    assert caught.value.retry_at == NOW + timedelta(hours=4)


def test_page_in_place_of_the_feed_is_told(feed, site):
    account, kept = connected(feed, site)
    site.gives("/feed", b"<html>New design!</html>")
    with (
        time_machine.travel(NOW + timedelta(hours=2)),
        pytest.raises(TryLater, match="no feed at this address"),
    ):
        feed.numbers(account)
    assert not kept


def test_nothing_is_published_to_a_feed_and_nothing_invented_from_it(feed, site):
    account, _kept = connected(feed, site)
    assert feed.can == {Can.READ, Can.NUMBERS}
    for act in (
        lambda: feed.prepare(account, Outgoing("k", NOW, "Hei")),
        lambda: feed.send(account, Payload(b""), "k"),
        lambda: feed.find(account, Payload(b""), "k", NOW),
        lambda: feed.delete(account, Ref("1")),
    ):
        with pytest.raises(Refused):
            act()
    assert feed.fetch(account, "c").items == ()
    assert feed.thread(account, Ref("1")) == feed.post_numbers(account, []) == ()
    assert feed.limits(account).text == 0
