"""The pages of the streams say how each goes, and what is said there is what happens."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from samspill.accounts.models import Event
from samspill.archive import views
from samspill.archive.models import DeadLetter, Gap, Stream, StreamHour, hour_of
from samspill.archive.open import open_archive
from samspill.archive.posts import Post

NOW = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)


@pytest.fixture
def stream(cast) -> Stream:
    return Stream.objects.create(
        workspace=cast.fjord, source="wss://a.example\nwss://b.example", added_by=cast.bob
    )


def page(name: str, *args: object) -> str:
    return reverse(f"archive:{name}", args=["fjord", *args])


def said(client, stream: Stream, **values: object) -> str:
    Stream.objects.filter(pk=stream.pk).update(**values)
    return str(client.get(page("stream", stream.pk)).content.decode())


def test_empty_page_says_what_a_stream_is(cast, as_person):
    assert "Hear what is said in public" in as_person(cast.vera).get(page("streams")).content.decode()
    assert "Listen to Bluesky" in as_person(cast.bob).get(page("streams")).content.decode()


def test_stream_of_bluesky_is_added_with_its_own_servers_filled_in(cast, as_person):
    client = as_person(cast.bob)
    shown = client.get(page("new"))
    assert b"wss://jetstream1.us-east.bsky.network" in shown.content
    typed = {
        "source": "jetstream1.us-east.bsky.network, wss://b.example/\nb.example",
        "keep": "sample",
        "one_in": "5",
    }
    typed["source"] = typed["source"].replace(",", "\n")
    answer = client.post(page("new"), typed)
    row = Stream.objects.get()
    assert answer["location"] == page("stream", row.pk)
    assert row.servers() == ["wss://jetstream1.us-east.bsky.network", "wss://b.example"]
    assert (row.keep, row.one_in, row.workspace, row.added_by) == ("sample", 5, cast.fjord, cast.bob)
    assert row.begin == 0
    assert Event.objects.filter(action="stream.create", user=cast.bob).exists()


def test_stream_may_look_back_when_it_is_new_and_only_then(cast, as_person):
    client = as_person(cast.bob)
    client.post(page("new"), {"source": "a.example", "keep": "everything", "look_back": "6"})
    row = Stream.objects.get()
    assert row.begin == int((row.added_at - timedelta(hours=6)).timestamp() * 1_000_000)
    assert b"look_back" not in client.get(page("change", row.pk)).content
    client.post(page("change", row.pk), {"source": "b.example", "keep": "everything", "look_back": "24"})
    row.refresh_from_db()
    assert (row.source, row.look_back) == ("wss://b.example", 6)
    answer = client.post(page("new"), {"source": "a.example", "keep": "everything", "look_back": "48"})
    assert "valid choice" in answer.content.decode()


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"source": "wss://a.example:8443"}, "usual ports"),
        ({"source": "wss://user:secret@a.example"}, "Leave the name and password out"),
        ({"source": "wss://a%20b.example"}, "This is not a web address"),
        ({"source": " "}, "This field is required"),
        ({"source": "\n".join(f"s{n}.example" for n in range(11))}, "At most ten servers"),
        ({"source": "a.example", "keep": "sample", "one_in": "1"}, "from 2 to 1,000"),
        ({"source": "a.example", "keep": "nothing"}, "valid choice"),
    ],
)
def test_what_makes_no_sense_is_said_beside_the_field(cast, as_person, typed, wrong):
    answer = as_person(cast.bob).post(page("new"), {"keep": "everything", "one_in": "10", **typed})
    assert answer.status_code == 422
    assert wrong in answer.content.decode()
    assert not Stream.objects.exists()


def test_hashtag_on_a_server_of_mastodons_is_followed(cast, as_person):
    client = as_person(cast.bob)
    assert b"as one server has heard of it" in client.get(page("new_tag")).content
    wrong = client.post(page("new_tag"), {"source": "mastodon.example:99", "tag": "#2026"})
    assert wrong.status_code == 422
    assert "not digits alone" in wrong.content.decode()
    client.post(page("new_tag"), {"source": "Mastodon.example/", "tag": "#Blåbær"})
    row = Stream.objects.get()
    assert (row.network, row.servers(), row.tag) == ("mastodon", ["https://mastodon.example"], "Blåbær")
    assert "#Blåbær" in client.get(page("streams")).content.decode()
    assert "nothing is skipped" in said(client, row)
    assert client.get(page("change", row.pk)).status_code == 404


def test_change_is_kept_and_written_down(cast, as_person, stream):
    as_person(cast.bob).post(
        page("change", stream.pk), {"source": "c.example", "keep": "everything", "one_in": ""}
    )
    stream.refresh_from_db()
    assert (stream.servers(), stream.one_in) == (["wss://c.example"], 10)
    assert Event.objects.filter(action="stream.change").exists()


def test_pause_lets_go_and_takes_up_again(cast, as_person, stream):
    client = as_person(cast.bob)
    client.post(page("pause", stream.pk))
    assert not Stream.objects.on().exists()
    assert "Paused since" in said(client, stream)
    client.post(page("pause", stream.pk))
    assert Stream.objects.on().exists()
    assert [event.action for event in Event.objects.order_by("pk")] == ["stream.pause", "stream.resume"]


def test_remove_asks_first_and_keeps_the_posts(cast, as_person, stream):
    client = as_person(cast.bob)
    assert b"Remove the stream?" in client.get(page("remove", stream.pk)).content
    assert Stream.objects.exists()
    client.post(page("remove", stream.pk))
    assert not Stream.objects.exists()


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({}, "It begins within seconds"),
        ({"state": "live", "minded": 1, "reached": 5}, "It is up to date."),
        ({"state": "behind", "minded": 1, "reached": 5}, "It is catching up."),
        (
            {"state": "away", "minded": 1, "last_error": "The server does not answer."},
            "The server does not answer.",
        ),
        ({"state": "live", "minded": 600, "reached": 5}, "the process for streams does not run"),
    ],
)
def test_state_is_told_in_plain_words(cast, as_person, stream, values, sentence):
    now = timezone.now()
    for name, field in (("minded", "minded_at"), ("reached", "reached_at")):
        if name in values:
            values = {**values, field: now - timedelta(seconds=values[name])}
            del values[name]
    assert sentence in said(as_person(cast.vera), stream, **values)


def test_what_came_and_what_may_be_missing_is_told(cast, as_person, stream):
    now = timezone.now()
    for hours, posts in ((0, 120), (3, 1000), (30, 50_000)):
        StreamHour.objects.create(stream=stream, hour=hour_of(now) - timedelta(hours=hours), posts=posts)
    Gap.objects.create(stream=stream, since=NOW, until=NOW + timedelta(hours=4), tries=2)
    Gap.objects.create(
        stream=stream,
        since=NOW - timedelta(days=3),
        until=NOW,
        closed_at=now,
        filled_by="wss://b.example",
        filled_posts=7,
    )
    DeadLetter.objects.create(stream=stream, raw=b"<b>\xff", size=4, digest="x", error="no JSON")
    shown = said(as_person(cast.vera), stream)
    for words in (
        "120 posts",
        "1,120 posts",
        "Tried 2 times",
        "from wss://b.example: 7 posts were missing",
        "1 frame",
    ):
        assert words in shown
    assert "&lt;b&gt;\\xff" in shown
    assert "1 open gap" in as_person(cast.vera).get(page("streams")).content.decode()


def test_cost_is_told_from_what_was_measured_here(cast, as_person, stream, monkeypatch):
    monkeypatch.setattr(views, "ENOUGH", 100)
    client = as_person(cast.bob)
    assert "told here once a full hour" in said(client, stream)
    store = open_archive()
    store.keep(
        [Post(network="x", key=f"k{n}", at=1_772_438_400_000 + n, author="a", text="hei") for n in range(200)]
    )
    store.close()
    _posts, size = store.size()
    assert "has not been measured here yet. Each post a second" in client.get(page("new")).content.decode()
    StreamHour.objects.create(stream=stream, hour=hour_of(timezone.now()) - timedelta(hours=2), posts=100_000)
    gigabytes = 100_000 * 24 * 30 * size / 200 / 1e9
    assert f"{gigabytes:,.1f} GB" in said(client, stream)
    assert "2,400,000 posts a day × 30 days" in client.get(page("new")).content.decode()


def test_stream_of_another_workspace_is_not_there(cast, as_person, stream):
    client = as_person(cast.charlie)
    assert client.get(reverse("archive:stream", args=["utland", stream.pk])).status_code == 404
