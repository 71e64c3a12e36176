"""What a frame of Bluesky's becomes: said, edited, taken back, an account gone."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from samspill.archive.bluesky import Handles, event
from samspill.archive.posts import Closed, Gone, Post
from samspill.networks.bluesky import frames
from samspill.networks.bluesky.frames import Poison, micros
from samspill.networks.bluesky.tests import firehose

DID = "did:plc:" + "a" * 24
KEY = f"at://{DID}/app.bsky.feed.post/3k"
AT = micros(datetime(2026, 3, 2, 8, 0, tzinfo=UTC))


def kept(happened: firehose.Event, handles: Handles | None = None) -> Any:
    frame = frames.decode(happened.raw)
    assert frame is not None
    return event(frame, handles or Handles(), AT + 10**6)


def feature(kind: str, **more: str) -> dict[str, Any]:
    return {"features": [{"$type": f"app.bsky.richtext.facet#{kind}", **more}]}


def test_post_is_kept_with_its_tags_links_mentions_and_thread():
    marks = [
        feature("tag", tag="Blåbær"),
        feature("link", uri="https://example.org/a?b=1"),
        feature("mention", did="did:plc:bob"),
        feature("tag", tag="Blåbær"),
    ]
    reply = {"root": {"uri": "at://root"}, "parent": {"uri": "at://parent"}}
    shown = {
        "media": {"external": {"uri": "https://example.org/card"}},
        "record": {"record": {"uri": "at://q"}},
    }
    more: dict[str, Any] = {
        "facets": marks,
        "reply": reply,
        "embed": shown,
        "langs": ["nb-NO", "en"],
        "tags": ["skjult"],
    }
    assert kept(firehose.post(DID, AT, "3k", "Hei #Blåbær", **more)) == Post(
        network="bluesky",
        key=KEY,
        at=AT // 1000,
        author=DID,
        text="Hei #Blåbær",
        lang="nb",
        tags=("Blåbær", "skjult"),
        links=("https://example.org/a?b=1", "https://example.org/card"),
        mentions=("did:plc:bob",),
        reply_to="at://parent",
        root="at://root",
        url=f"https://bsky.app/profile/{DID}/post/3k",
    )


def test_edit_is_the_same_post_with_other_words():
    first, later = (
        kept(firehose.post(DID, AT, "3k", text, operation=how))
        for text, how in (("a", "create"), ("b", "update"))
    )
    assert (first.key, first.edited) == (KEY, 0)
    assert (later.key, later.edited, later.text) == (KEY, AT // 1000, "b")


def test_post_of_pictures_alone_is_told_by_what_they_show():
    pictures = {"images": [{"alt": "En fjord"}, {"alt": ""}, {"alt": "Et fjell"}]}
    assert kept(firehose.post(DID, AT, "3k", "", embed=pictures)).text == "En fjord\nEt fjell"


def test_repost_says_of_what_and_one_that_does_not_is_poison():
    there = kept(firehose.commit(DID, AT, "3r", {"subject": {"uri": "at://x"}}, kind="repost"))
    assert (there.repost_of, there.text) == ("at://x", "")
    assert there.key == f"at://{DID}/app.bsky.feed.repost/3r"
    with pytest.raises(Poison):
        kept(firehose.commit(DID, AT, "3r", {"subject": "x"}, kind="repost"))


def test_removal_takes_back_a_post_or_a_repost():
    assert kept(firehose.commit(DID, AT, "3k", None)) == Gone(network="bluesky", key=KEY, at=AT // 1000)
    there = kept(firehose.commit(DID, AT, "3r", None, kind="repost"))
    assert there.key == f"at://{DID}/app.bsky.feed.repost/3r"


@pytest.mark.parametrize("status", ["deleted", "takendown", "suspended", "deactivated", ""])
def test_account_that_is_no_longer_there_takes_all_along(status):
    gone = kept(firehose.account(DID, AT, active=False, status=status))
    assert gone == Closed(network="bluesky", author=DID, at=AT // 1000)


def test_account_that_stands_takes_nothing_along():
    assert kept(firehose.account(DID, AT, active=True)) is None
    assert kept(firehose.account(DID, AT, active=False, status="throttled")) is None


def test_handle_is_known_once_it_was_announced():
    handles = Handles()
    assert kept(firehose.post(DID, AT, "1", "a"), handles).handle == ""
    assert kept(firehose.identity(DID, AT, "anna.example"), handles) is None
    assert kept(firehose.post(DID, AT, "2", "b"), handles).handle == "anna.example"


@pytest.mark.parametrize(
    ("created", "counts"),
    [
        ("2026-03-02T07:59:00Z", "2026-03-02T07:59:00Z"),
        ("2026-03-02T08:59:00+01:00", "2026-03-02T07:59:00Z"),
        ("2014-05-17T12:00:00Z", "2014-05-17T12:00:00Z"),  # brought along from elsewhere
        ("2026-03-02T08:04:00Z", "2026-03-02T08:04:00Z"),  # a clock that is a little ahead
        ("2031-01-01T00:00:00Z", "2026-03-02T08:00:00Z"),
        ("1969-01-01T00:00:00Z", "2026-03-02T08:00:00Z"),
        ("0001-01-01T00:00:00Z", "2026-03-02T08:00:00Z"),
        ("9999-12-31T23:59:59Z", "2026-03-02T08:00:00Z"),
        ("soon", "2026-03-02T08:00:00Z"),
    ],
)
def test_time_is_the_authors_where_it_can_be(created, counts):
    at = kept(firehose.post(DID, AT, "3k", "Hei", createdAt=created)).at
    assert datetime.fromtimestamp(at / 1000, UTC) == datetime.fromisoformat(counts)


def test_server_that_lies_about_the_time_does_not_move_the_post():
    honest = kept(firehose.post(DID, AT, "3k", "Hei"))
    for lie in (AT + 10**12, 1):
        frame = frames.decode(
            firehose.post(DID, AT, "3k", "Hei").raw.replace(b'"time_us":%d' % AT, b'"time_us":%d' % lie)
        )
        assert frame is not None
        assert event(frame, Handles(), AT + 10**6) == honest


def test_post_with_no_date_that_can_be_is_poison():
    far = firehose.post(DID, AT + 10**13, "3k", "Hei")
    with pytest.raises(Poison, match="No date in it can be"):
        kept(far)
