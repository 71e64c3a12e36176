"""What real Mastodon servers refuse, and in which words: told by what we do next."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
import time_machine

from live.recorded.mastodon import (
    INSTANCE,
    ME,
    NOTIFICATIONS,
    NOW,
    STATUSES,
    US,
    Replay,
    missing,
    payload_of,
    recorded,
    revoked,
    says,
    with_json,
)
from samspill.networks.base import Account, Ref
from samspill.networks.errors import NetworkError, OutcomeUnknown, Reconnect, Refused, TryLater
from samspill.networks.http import Answer
from samspill.networks.mastodon.network import Mastodon

mastodon = Mastodon()


def invalid() -> Answer:
    return recorded("cassettes/test_home_tl_anonymous_throws", "GET", "/api/v1/timelines/home")


def too_long() -> Answer:
    return recorded("cassettes/test_lang_for_errors", "POST", STATUSES, nth=1)


def test_token_that_does_not_hold_asks_for_a_reconnect(us: Account, outside: Replay) -> None:
    outside.answers("GET", NOTIFICATIONS, invalid())
    outside.answers("POST", STATUSES, revoked())

    with pytest.raises(Reconnect, match="The access token is invalid"):
        mastodon.fetch(us, "")
    with pytest.raises(Reconnect) as caught:
        mastodon.send(us, payload_of("Hei"), "our key")
    assert str(caught.value) == says(revoked())["error"], "in the server's own words"
    assert caught.value.status == 401


def test_refusal_is_told_in_the_servers_own_words(us: Account, outside: Replay) -> None:
    outside.answers("POST", STATUSES, too_long())

    with pytest.raises(Refused) as caught:
        mastodon.send(us, payload_of("a" * 501), "our key")

    assert (str(caught.value), caught.value.status) == (says(too_long())["error"], 422)


def test_picture_that_was_used_up_is_refused(us: Account, outside: Replay) -> None:
    """So a second status with the same picture is never taken: what was sent before is looked up instead."""
    answer = recorded("cassettes/test_status_delete_media", "POST", STATUSES, nth=-1)
    outside.answers("POST", STATUSES, answer)

    with pytest.raises(Refused):
        mastodon.send(us, payload_of("Trying to repost deleted media"), "our key")

    assert answer.status == 422


def test_answer_to_a_status_that_is_gone_is_refused(us: Account, outside: Replay) -> None:
    outside.answers("POST", STATUSES, missing())

    with pytest.raises(Refused):
        mastodon.send(us, payload_of("Hei"), "our key")


@time_machine.travel(datetime(2026, 10, 14, 19, 5, tzinfo=UTC), tick=False)
def test_server_that_has_had_enough_is_asked_again_when_it_says(us: Account, outside: Replay) -> None:
    """Nobody has recorded a 429; its headers are those that every answer carries."""
    usual = recorded("cassettes/test_status_post[None-public]", "POST", STATUSES)
    enough = with_json(replace(usual, status=429), {"error": "Too many requests"})
    outside.answers("POST", STATUSES, enough)

    with pytest.raises(TryLater) as caught:
        mastodon.send(us, payload_of("Hei"), "our key")

    assert caught.value.retry_at == datetime.fromisoformat(usual.headers["x-ratelimit-reset"])


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_trouble_of_the_server_leaves_it_open_whether_it_was_published(
    us: Account, outside: Replay, status: int
) -> None:
    page = Answer(status, {"content-type": "text/html"}, b"<h1>We're sorry, but something went wrong</h1>")
    outside.answers("POST", STATUSES, page)
    outside.answers("GET", NOTIFICATIONS, page)

    with pytest.raises(OutcomeUnknown):
        mastodon.send(us, payload_of("Hei"), "our key")
    with pytest.raises(TryLater):
        mastodon.fetch(us, "")


@pytest.mark.parametrize("cut", [0, 1, 100, -1])
def test_answer_that_was_cut_short_leaves_it_open(us: Account, outside: Replay, cut: int) -> None:
    answer = recorded("cassettes/test_status_post[None-public]", "POST", STATUSES)
    outside.answers("POST", STATUSES, replace(answer, body=answer.body[:cut]))

    with pytest.raises(OutcomeUnknown):
        mastodon.send(us, payload_of("Toot!"), "our key")


@pytest.mark.parametrize("verb", ["fetch", "numbers", "thread", "delete", "find", "post_numbers", "limits"])
def test_odd_answers_end_in_an_error_of_ours(us: Account, outside: Replay, verb: str) -> None:
    """What is no answer of a Mastodon server stops a verb with a sentence, never with a fault."""
    calls = {
        "fetch": ("GET", NOTIFICATIONS, lambda: mastodon.fetch(us, "")),
        "numbers": ("GET", ME, lambda: mastodon.numbers(us)),
        "thread": ("GET", f"{STATUSES}/1/context", lambda: mastodon.thread(us, Ref("1"))),
        "delete": ("DELETE", f"{STATUSES}/1", lambda: mastodon.delete(us, Ref("1"))),
        "find": (
            "GET",
            f"/api/v1/accounts/{US}/statuses",
            lambda: mastodon.find(us, payload_of("x"), "our key", NOW),
        ),
        "post_numbers": ("GET", f"{STATUSES}/1", lambda: mastodon.post_numbers(us, [Ref("1")])),
        "limits": ("GET", INSTANCE, lambda: mastodon.limits(us)),
    }
    method, path, call = calls[verb]
    outside.waiting.pop((method, path), None)
    outside.answers("GET", "/api/v1/instance", missing())
    outside.answers(method, path, Answer(200, {"content-type": "text/html"}, b"<!doctype html><p>Welcome"))

    with pytest.raises(NetworkError) as caught:
        call()

    assert str(caught.value)
