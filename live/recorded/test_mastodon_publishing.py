"""A status goes out, is found again and is deleted, as real Mastodon servers answer."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from live.recorded.mastodon import (
    MEDIA,
    NOW,
    SERVER,
    STATUSES,
    US,
    Replay,
    payload_of,
    recorded,
    says,
    with_json,
)
from samspill.networks.base import Account, Image, Outgoing, Payload, Ref
from samspill.networks.contract import png
from samspill.networks.http import Answer
from samspill.networks.mastodon.network import Mastodon

mastodon = Mastodon()


def outgoing(text: str, **more: Any) -> Outgoing:
    return Outgoing(key="our key", due_at=NOW, text=text, **more)


def test_status_that_was_taken_is_told_by_its_id_and_address(us: Account, outside: Replay) -> None:
    answer = recorded("cassettes/test_status_post[None-public]", "POST", STATUSES)
    outside.answers("POST", STATUSES, answer)

    payload = mastodon.prepare(us, outgoing("Toot!", language="nb"))
    ref = mastodon.send(us, payload, "our key")

    assert (ref.id, ref.url) == (says(answer)["id"], says(answer)["url"])
    sent = outside.asked[-1]
    assert json.loads(sent.body) == {"status": "Toot!", "visibility": "public", "language": "nb"}
    assert sent.headers["idempotency-key"] == "our key"
    assert sent.headers["authorization"] == "Bearer a token"


def test_picture_that_is_ready_at_once_goes_along(us: Account, outside: Replay) -> None:
    media = recorded("cassettes/test_status_delete_media", "POST", MEDIA)
    outside.answers("POST", MEDIA, media)
    outside.answers("POST", STATUSES, recorded("cassettes/test_status_delete_media", "POST", STATUSES, nth=1))

    payload = mastodon.prepare(us, outgoing("Status with media", images=[picture()]))

    assert json.loads(payload.body)["media_ids"] == [says(media)["id"]]
    assert mastodon.send(us, payload, "our key").id


def test_picture_that_takes_its_time_is_waited_for(us: Account, outside: Replay) -> None:
    """202 when taken, 206 while it is being prepared, 200 when it is ready."""
    name = "cassettes/test_media_post[True]"
    accepted = recorded(name, "POST", MEDIA)
    place = f"/api/v1/media/{says(accepted)['id']}"
    # Nobody recorded the 206 to this question; the server gives the same one to a change of the picture.
    working = recorded("cassettes/test_media_update", "PUT", "/api/v1/media/…")
    assert (accepted.status, working.status) == (202, 206)
    outside.answers("POST", MEDIA, accepted)
    outside.answers("GET", place, working, working, recorded(name, "GET", place))

    payload = mastodon.prepare(us, outgoing("LOL check this out", images=[picture()]))

    assert outside.count("GET", place) == 3
    assert json.loads(payload.body)["media_ids"] == [says(accepted)["id"]]


def test_answer_names_whom_it_answers_and_stands_below_it(us: Account, outside: Replay) -> None:
    question = recorded("cassettes/test_status_reply", "POST", STATUSES)
    answer = recorded("cassettes/test_status_reply", "POST", STATUSES, nth=1)
    outside.answers("POST", STATUSES, question, answer)
    asked = mastodon.send(us, Payload(b"{}"), "their key")

    payload = mastodon.prepare(us, outgoing("same!", reply_to=asked))
    ref = mastodon.send(us, payload, "our key")

    assert json.loads(payload.body) == {
        "status": "@mastodonpy_test_2 same!",
        "in_reply_to_id": says(question)["id"],
        "visibility": "public",
    }
    assert ref.id == says(answer)["id"]


def test_own_status_is_found_by_its_words(us: Account, outside: Replay) -> None:
    answer = recorded(
        "cassettes/test_account_statuses_exclude_direct", "GET", f"/api/v1/accounts/{US}/statuses"
    )
    (status,) = says(answer)
    outside.answers("GET", f"/api/v1/accounts/{US}/statuses", answer, with_json(answer, []))
    outside.answers("GET", f"{STATUSES}/{status['id']}/source", source(status["id"], "Public account status"))
    since = datetime.fromisoformat(status["created_at"])

    found = mastodon.find(us, payload_of("Public account status"), "our key", since)

    assert found is not None
    assert (found.id, found.url) == (status["id"], status["url"])


def test_own_statuses_are_looked_through_to_the_end(us: Account, outside: Replay) -> None:
    pages, since = ten_statuses(outside)

    assert mastodon.find(us, payload_of("Toot number 10!"), "our key", since) is None

    asked = [each.url for each in outside.asked if "/statuses?" in each.url]
    assert len(asked) == 3
    assert [f"max_id={says(page)[-1]['id']}" in url for page, url in zip(pages, asked[1:], strict=False)] == [
        True,
        True,
    ]


def test_own_status_is_found_on_a_later_page(us: Account, outside: Replay) -> None:
    pages, since = ten_statuses(outside)

    found = mastodon.find(us, payload_of("Toot number 3!"), "our key", since)

    assert found is not None
    assert found.id in [status["id"] for status in says(pages[1])]


def ten_statuses(outside: Replay) -> tuple[list[Answer], datetime]:
    """Our own statuses on two pages as they were recorded, and when the first was written."""
    place = f"/api/v1/accounts/{US}/statuses"
    pages = [recorded("cassettes/test_fetch_next_previous", "GET", place, nth=nth) for nth in range(2)]
    outside.answers("GET", place, *pages, with_json(pages[0], []))
    statuses = [status for page in pages for status in says(page)]
    for status in statuses:
        text = status["content"].removeprefix("<p>").removesuffix("</p>")
        outside.answers("GET", f"{STATUSES}/{status['id']}/source", source(status["id"], text))
    return pages, datetime.fromisoformat(statuses[-1]["created_at"])


def test_source_of_an_edited_status_is_the_newest(us: Account, outside: Replay) -> None:
    place = f"/api/v1/accounts/{US}/statuses"
    status = recorded("cassettes/test_status_edit", "GET", f"{STATUSES}/…", nth=-3)
    words = recorded("cassettes/test_status_edit", "GET", f"{STATUSES}/{says(status)['id']}/source")
    outside.answers("GET", place, with_json(status, [says(status)]), with_json(status, []))
    outside.answers("GET", f"{STATUSES}/{says(status)['id']}/source", words)

    found = mastodon.find(us, payload_of(says(words)["text"]), "our key", NOW)

    assert found is not None
    assert found.id == says(status)["id"]


def test_deleted_status_is_gone_and_deleting_again_is_harmless(us: Account, outside: Replay) -> None:
    name = "cassettes/test_status_delete_media"
    gone = recorded(name, "DELETE", f"{STATUSES}/…", nth=-2)
    place = http_path(gone)
    outside.answers("DELETE", place, recorded(name, "DELETE", place), gone)
    ref = Ref(place.rpartition("/")[2])

    mastodon.delete(us, ref)
    mastodon.delete(us, ref)

    assert (gone.status, outside.count("DELETE", place)) == (404, 2)


def picture() -> Image:
    return Image(png(), "image/png", "Fjorden i morgenlys", 4, 3)


def source(status: str, text: str) -> Answer:
    """A status's source, in the shape that was recorded."""
    usual = recorded("cassettes/test_status_edit", "GET", f"{STATUSES}/117440831413709748/source")
    return with_json(usual, {**says(usual), "id": status, "text": text})


def http_path(answer: Answer) -> str:
    return answer.url.removeprefix(SERVER)
