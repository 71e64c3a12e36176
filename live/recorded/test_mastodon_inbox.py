"""Mentions, follows and threads as real Mastodon servers tell of them."""

from __future__ import annotations

from datetime import datetime

from live.recorded.mastodon import (
    NOTIFICATIONS,
    SERVER,
    SOCIAL,
    STATUSES,
    Replay,
    missing,
    recorded,
    says,
    with_json,
)
from samspill.networks.base import Account, Kind, Ref
from samspill.networks.mastodon.network import Mastodon

mastodon = Mastodon()


def test_mention_reaches_us(us: Account, outside: Replay) -> None:
    answer = recorded("cassettes/test_notifications", "GET", NOTIFICATIONS)
    (notice,) = says(answer)
    outside.answers("GET", NOTIFICATIONS, answer)

    page = mastodon.fetch(us, "")

    (item,) = page.items
    status = notice["status"]
    assert (item.id, item.kind, item.text) == (status["id"], Kind.MENTION, "@mastodonpy_test hello!")
    assert (item.parent_id, item.root_id, item.url) == ("", status["id"], status["url"])
    assert item.at == datetime.fromisoformat(status["created_at"])
    assert item.author.handle == "admin@localhost:3000"
    assert item.author.name == "admin", "who has no name is called by the handle"
    assert item.ref is not None
    assert item.public
    assert (page.cursor, page.more) == (notice["id"], False)


def test_only_what_is_new_is_asked_for(us: Account, outside: Replay) -> None:
    answer = recorded("cassettes/test_notifications", "GET", NOTIFICATIONS)
    outside.answers("GET", NOTIFICATIONS, with_json(answer, []))

    page = mastodon.fetch(us, "20")

    assert "min_id=20" in outside.asked[-1].url
    assert "min_id=20" in answer.headers["link"], "as the server itself says in its link to what is new"
    assert (page.items, page.cursor, page.more) == ([], "20", False)


def test_follow_reaches_us_and_what_is_nothing_to_us_does_not(us: Account, outside: Replay) -> None:
    answer = recorded("cassettes/test_notification_requests_accept", "GET", NOTIFICATIONS)
    assert [each["type"] for each in says(answer)] == ["follow", *["admin.sign_up"] * 3]
    outside.answers("GET", NOTIFICATIONS, answer)

    page = mastodon.fetch(us, "1")

    (item,) = page.items
    assert (item.kind, item.text, item.ref) == (Kind.FOLLOW, "", None)
    assert page.cursor == "10"


def test_mentions_whose_status_is_gone_are_passed_over(outside: Replay) -> None:
    """A page of forty from mastodon.social, all but one of which were deleted by their authors."""
    answer = recorded("cassettes_entity_tests/test_entity_notification", "GET", NOTIFICATIONS)
    outside.answers("GET", NOTIFICATIONS, answer)
    us = Account(SOCIAL, "halcy@mastodon.social", "43@mastodon.social", {"token": "a token"})

    page = mastodon.fetch(us, "1")

    (item,) = page.items
    assert item.kind == Kind.MENTION
    assert item.author.handle == "halcy@hachyderm.io"
    assert not item.public, "a direct message is not for everybody's eyes"
    assert item.text.startswith("@halcy@mastodon.social @halcy@glitch.social @latencyobs ____LATENCY"[:40])
    assert page.cursor == max((each["id"] for each in says(answer)), key=int)
    assert page.more, "a full page: there may be more"


def test_reply_reaches_us_as_part_of_its_thread(outside: Replay) -> None:
    """The mention as it was recorded, carrying the recorded reply to a status of ours."""
    question = says(recorded("cassettes/test_status_reply", "POST", STATUSES))
    reply = says(recorded("cassettes/test_status_reply", "POST", STATUSES, nth=1))
    answer = recorded("cassettes/test_notifications", "GET", NOTIFICATIONS)
    context = recorded("cassettes/test_status_context", "GET", f"{STATUSES}/…")
    outside.answers("GET", NOTIFICATIONS, with_json(answer, [{**says(answer)[0], "status": reply}]))
    outside.answers(
        "GET",
        f"{STATUSES}/{reply['id']}/context",
        with_json(context, {"ancestors": [question], "descendants": []}),
    )
    us = Account(SERVER, "", f"{question['account']['id']}@localhost:3000", {"token": "a token"})

    (item,) = mastodon.fetch(us, "").items

    assert (item.id, item.kind, item.text) == (reply["id"], Kind.REPLY, "@mastodonpy_test_2 same!")
    assert item.parent_id == item.root_id == question["id"]


def test_everything_below_a_status_of_ours_is_read(outside: Replay) -> None:
    place = f"{STATUSES}/110446983926957470/context"
    answer = recorded("cassettes_entity_tests/test_entity_context", "GET", place)
    outside.answers("GET", place, answer)
    us = Account(SOCIAL, "halcy@mastodon.social", "43@mastodon.social", {"token": "a token"})

    (item,) = mastodon.thread(us, Ref("110446983926957470"))

    (above,) = says(answer)["ancestors"]
    assert (item.text, item.kind, item.public) == ("final status", Kind.REPLY, False)
    assert (item.parent_id, item.root_id) == ("110446983926957470", above["id"])
    assert item.author.remote_id == us.remote_id, "an answer of our own is known as ours"


def test_thread_of_a_status_that_is_gone_is_empty(us: Account, outside: Replay) -> None:
    outside.answers("GET", f"{STATUSES}/0/context", missing())

    assert list(mastodon.thread(us, Ref("0"))) == []
