"""A feed fills the archive: what is new, changed or taken away, asked for as the site wants it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from samspill.archive.feed import EVERY, FeedFetch, Position
from samspill.archive.models import Stream
from samspill.archive.posts import Gone, Post
from samspill.networks import http, robots
from samspill.networks.errors import Reconnect, TryLater
from samspill.networks.feed.tests.test_feed import Site

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
URL = "https://blogg.example/feed"


@pytest.fixture
def site():
    site = Site()
    robots.forget()
    with http.replaced(site), time_machine.travel(NOW, tick=False):
        yield site
    robots.forget()


def item(number: int, words: str = "<p>Hei</p>", **more: str) -> str:
    said = {
        "guid": f"https://blogg.example/?p={number}",
        "link": f"https://blogg.example/{number}/",
        "title": f"Nr {number}",
        "pubDate": (NOW - timedelta(days=40 - number)).strftime("%a, %d %b %Y %H:%M:%S +0000"),
    } | more
    inside = "".join(f"<{name}>{value}</{name}>" for name, value in said.items())
    return f"<item>{inside}<description><![CDATA[{words}]]></description></item>"


def rss(*items: str, head: str = "") -> bytes:
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<channel><title>Vannbloggen</title><link>https://blogg.example</link><language>nb-NO</language>{head}"
        f"{''.join(items)}</channel></rss>"
    ).encode()


def fetch(cursor: str = "", *, is_comments: bool = False):
    return FeedFetch(URL, is_comments=is_comments)(cursor)


def asked(site: Site, path: str = "/feed") -> http.Request:
    return [each for each in site.seen if each.url.endswith(path)][-1]


def test_articles_come_with_all_that_is_searched_for(site):
    words = '<p>Les <a href="https://nve.example/a">dette</a> om #Vannkraft</p><script>x()</script>'
    site.gives("/feed", rss(item(1, words, **{"dc:creator": "Kari", "category": "Energi"})))
    (post,) = fetch().events
    assert isinstance(post, Post)
    assert (post.network, post.key) == ("feed", "https://blogg.example/?p=1")
    assert post.at == int((NOW - timedelta(days=39)).timestamp() * 1000)
    assert (post.handle, post.name, post.lang) == ("blogg.example", "Kari", "nb")
    assert post.text == "Nr 1\n\nLes dette om #Vannkraft"
    assert (post.tags, post.links) == (("Energi", "Vannkraft"), ("https://nve.example/a",))
    assert post.url == "https://blogg.example/1/"


def test_comments_are_told_from_their_article(site):
    link = "https://blogg.example/1/#comment-3"
    site.gives("/feed", rss(item(3, "<p>Enig!</p>", guid=link, link=link, **{"dc:creator": "Ola"})))
    (post,) = fetch(is_comments=True).events
    assert isinstance(post, Post)
    assert (post.text, post.name, post.handle) == ("Enig!", "Ola", "")
    assert (post.url, post.root) == (link, "https://blogg.example/1/")


def test_what_is_known_comes_once_and_a_change_is_a_later_version(site):
    site.gives("/feed", rss(item(2), item(1)))
    first = fetch()
    assert [post.key[-1] for post in first.events] == ["1", "2"]
    assert fetch(first.cursor).events == []
    site.gives("/feed", rss(item(2, "<p>Rettet</p>"), item(1)))
    (changed,) = fetch(first.cursor).events
    assert isinstance(changed, Post)
    assert (changed.text, changed.edited) == ("Nr 2\n\nRettet", int(NOW.timestamp() * 1000))
    assert changed.at == first.events[1].at


def test_entry_is_taken_away_only_where_older_ones_still_stand(site):
    site.gives("/feed", rss(*(item(n) for n in (6, 5, 4, 3, 2, 1))))
    first = fetch()
    site.gives("/feed", rss(*(item(n) for n in (6, 5, 3, 2))))  # 1 has slid out, 4 is gone with two older
    second = fetch(first.cursor)
    assert second.events == []
    site.gives("/feed", rss(*(item(n) for n in (6, 3, 2, 1))))
    (gone,) = fetch(first.cursor).events[-1:]
    assert isinstance(gone, Gone)
    assert gone.key == "https://blogg.example/?p=5"


def test_marks_go_back_byte_for_byte(site):
    mark = 'W/"bl\xe5b\xe6r' + "x" * 600 + '"'
    site.gives("/feed", rss(item(1)), etag=mark, last_modified="Sun, 01 Mar 2026 01:00:00 GMT")
    first = fetch()
    site.gives("/feed", b"", 304)
    again = fetch(first.cursor)
    assert (again.events, again.cursor) == ((), first.cursor)
    sent = asked(site).headers
    assert (sent["if-none-match"], sent["if-modified-since"]) == (mark, "Sun, 01 Mar 2026 01:00:00 GMT")


def test_feed_says_how_often_it_is_read(site):
    site.gives("/feed", rss(item(1), head="<ttl>120</ttl>"))
    first = fetch()
    assert (first.wait, Position.read(first.cursor).wait) == (7200.0, 7200.0)
    site.gives("/feed", rss(item(1), head="<ttl>1</ttl>"))
    assert fetch().wait == EVERY


def test_gone_is_gone_and_busy_is_later(site):
    site.gives("/feed", b"", 410)
    with pytest.raises(Reconnect, match="for good"):
        fetch()
    site.gives("/feed", b"", 429, retry_after="7200")
    with pytest.raises(TryLater) as later:
        fetch()
    assert later.value.retry_at == NOW + timedelta(hours=2)
    site.gives("/feed", b"<html>ingen feed</html>")
    with pytest.raises(TryLater, match="no feed"):
        fetch()


def test_what_has_no_date_was_said_when_it_was_seen(site):
    site.gives("/feed", rss(item(1, pubDate="i går"), item(2, pubDate="Sun, 01 Mar 2099 01:00:00 GMT")))
    assert {post.at for post in fetch().events} == {int(NOW.timestamp() * 1000)}


def test_robots_are_asked_once_a_day_and_obeyed(site):
    site.gives("/feed", rss(item(1)))
    site.gives("/robots.txt", b"User-agent: samspill\nDisallow: /feed")
    with pytest.raises(TryLater, match=r"robots\.txt") as later:
        fetch()
    assert later.value.retry_at == NOW + timedelta(days=1)
    site.gives("/robots.txt", b"User-agent: *\nDisallow: /wp-admin/")
    with pytest.raises(TryLater):
        fetch()
    with time_machine.travel(NOW + timedelta(hours=25), tick=False):
        assert fetch().events


@pytest.mark.parametrize(("status", "reads"), [(404, True), (403, True), (500, False), (429, False)])
def test_site_without_the_file_allows_all_and_one_in_trouble_nothing(site, status, reads):
    site.gives("/feed", rss(item(1)))
    site.gives("/robots.txt", b"", status)
    if reads:
        assert fetch().events
    else:
        with pytest.raises(TryLater) as later:
            fetch()
        assert later.value.retry_at == NOW + timedelta(hours=1)


PAGE = b"""<html><head><link rel="alternate" type="application/rss+xml" title="Blogg" href="/feed">
<link rel="alternate" type="application/rss+xml" title="Blogg &raquo; Kommentarer" href="/kfeed">
</head></html>"""


def add(editor, cast, **values: str):
    return editor.post(reverse("archive:new_feed", args=(cast.fjord.slug,)), values)


@pytest.mark.parametrize(
    ("what", "url", "name"),
    [("articles", "/feed", "Vannbloggen"), ("comments", "/kfeed", "Comments: Vannbloggen")],
)
def test_feed_is_found_from_its_site_and_becomes_a_stream(site, as_person, cast, what, url, name):
    site.gives("", PAGE)
    site.gives("/feed", rss(item(1)))
    site.gives("/kfeed", rss(item(1)))
    answer = add(as_person(cast.bob), cast, source="blogg.example", is_comments=what)
    row = Stream.objects.get()
    assert answer.status_code == 302
    assert (row.source, row.name, row.network) == (f"https://blogg.example{url}", name, "feed")
    page = as_person(cast.vera).get(reverse("archive:stream", args=(cast.fjord.slug, row.pk)))
    assert name in page.content.decode()


def test_site_without_a_feed_or_against_programs_is_said_beside_the_field(site, as_person, cast):
    site.gives("", b"<html></html>")
    answer = add(as_person(cast.bob), cast, source="blogg.example", is_comments="comments")
    assert answer.status_code == 422
    assert "no feed of its comments" in answer.content.decode()
    assert 'value="blogg.example"' in answer.content.decode()
    site.gives("/feed", rss(item(1)))
    site.gives("/robots.txt", b"User-agent: *\nDisallow: /")
    answer = add(as_person(cast.bob), cast, source=URL, is_comments="articles")
    assert "robots.txt" in answer.content.decode()
    assert not Stream.objects.exists()


def test_ended_stream_says_so_and_a_person_tries_again(as_person, cast):
    row = Stream.objects.create(
        workspace=cast.fjord, network="feed", source=URL, title="Vannbloggen", stopped_at=NOW,
        state=Stream.State.STOPPED, last_error="The feed has been taken away for good.",
    )  # fmt: skip
    assert list(Stream.objects.on()) == []
    editor = as_person(cast.bob)
    page = editor.get(reverse("archive:stream", args=(cast.fjord.slug, row.pk))).content.decode()
    assert "It has ended" in page
    assert "taken away for good" in page
    editor.post(reverse("archive:pause", args=(cast.fjord.slug, row.pk)))
    row.refresh_from_db()
    assert (row.stopped_at, row.paused_at, row.state, row.last_error) == (None, None, "new", "")
