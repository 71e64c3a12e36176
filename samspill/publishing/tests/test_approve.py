"""A yes holds for exactly the words that were read, and only while its giver may give it."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from conftest import Cast
from samspill.accounts.models import Event
from samspill.networks.models import Channel
from samspill.publishing import approve, write
from samspill.publishing.models import Approval, Delivery, Draft
from samspill.publishing.schedule import schedule, wish
from samspill.publishing.tests.clock import Clock

State = Draft.State
Drafted = Callable[..., Draft]


@pytest.fixture
def asked(drafted: Drafted, cast: Cast, bluesky: Channel) -> Draft:
    draft = drafted("Hei", bluesky)
    approve.ask(draft, by=cast.alice, approver=cast.bob)
    draft.refresh_from_db()
    return draft


def decision(draft: Draft, do: str, **more: Any) -> dict[str, Any]:
    return {"do": do, "content_sha256": draft.content_sha256(), "page": str(uuid.uuid4()), "note": "", **more}


def at(draft: Draft) -> str:
    return f"/w/fjord/publishing/{draft.pk}/approve/"


def test_a_contributor_asks_and_an_editor_approves(asked: Draft, cast: Cast, as_person: Any) -> None:
    assert list(Draft.objects.to_approve(cast.bob)) == [asked]
    assert not Draft.objects.to_approve(cast.olga)
    page = as_person(cast.bob).get(at(asked))
    assert "Hei" in page.content.decode()
    as_person(cast.bob).post(at(asked), decision(asked, "approve"))
    asked.refresh_from_db()
    assert asked.state == State.APPROVED
    assert approve.standing_approval(asked) == Approval.objects.get()
    assert Event.objects.filter(action="draft.approve", user=cast.bob).exists()


@pytest.mark.parametrize("who", ["alice", "vera"])
def test_only_editors_decide(asked: Draft, cast: Cast, as_person: Any, who: str) -> None:
    person = getattr(cast, who)
    assert as_person(person).post(at(asked), decision(asked, "approve")).status_code == 403
    with pytest.raises(PermissionDenied):
        approve.approve(asked, by=person, content_sha256=asked.content_sha256())
    assert not Approval.objects.exists()


def test_a_contributor_cannot_be_asked_to_approve(drafted: Drafted, cast: Cast, bluesky: Channel) -> None:
    with pytest.raises(ValidationError, match="Choose an editor"):
        approve.ask(drafted("Hei", bluesky), by=cast.alice, approver=cast.vera)


def test_words_changed_since_they_were_read_are_not_approved(
    asked: Draft, cast: Cast, as_person: Any, bluesky: Channel
) -> None:
    said = decision(asked, "approve")
    words = write.Words(title=asked.title, text="Hei igjen", versions={bluesky: None})
    write.save(asked, words, by=cast.alice, version=asked.version, page="x")
    answer = as_person(cast.bob).post(at(asked), said)
    assert answer.status_code == 422
    assert "changed since you opened" in answer.content.decode()
    assert "Hei igjen" in answer.content.decode()
    assert not Approval.objects.exists()
    # The page now shows the new words, and the yes is to these.
    form = answer.context["form"]
    said = {name: form[name].value() for name in form.fields} | {"do": "approve"}
    assert as_person(cast.bob).post(at(asked), said).status_code == 302


def test_sent_back_takes_a_note(asked: Draft, cast: Cast, as_person: Any) -> None:
    bob = as_person(cast.bob)
    answer = bob.post(at(asked), decision(asked, "return", note="  "))
    assert answer.status_code == 422
    assert "what should be different" in answer.content.decode()
    bob.post(at(asked), decision(asked, "return", note="Nevn vedtaket."))
    asked.refresh_from_db()
    assert asked.state == State.RETURNED
    page = as_person(cast.alice).get(f"/w/fjord/publishing/{asked.pk}/").content.decode()
    assert "Nevn vedtaket." in page
    assert "Bob sent it back" in page


def test_a_note_of_2000_is_taken_and_of_2001_refused(asked: Draft, cast: Cast, as_person: Any) -> None:
    bob = as_person(cast.bob)
    assert bob.post(at(asked), decision(asked, "return", note="n" * 2001)).status_code == 422
    assert bob.post(at(asked), decision(asked, "return", note="n" * 2000)).status_code == 302


def test_any_change_after_the_yes_takes_it_away(asked: Draft, cast: Cast, bluesky: Channel) -> None:
    approve.approve(asked, by=cast.bob, content_sha256=asked.content_sha256())
    schedule(asked, by=cast.bob, when=None, request_id=uuid.uuid4())
    asked.refresh_from_db()
    words = write.Words(title=asked.title, text="Hei!", versions={bluesky: None})
    write.save(asked, words, by=cast.alice, version=asked.version, page="x")
    asked.refresh_from_db()
    assert asked.state == State.WRITING
    assert approve.standing_approval(asked) is None
    assert Delivery.objects.get().state == Delivery.State.CANCELLED


def test_a_new_title_or_goal_leaves_the_yes_alone(asked: Draft, cast: Cast, bluesky: Channel) -> None:
    approve.approve(asked, by=cast.bob, content_sha256=asked.content_sha256())
    asked.refresh_from_db()
    words = write.Words(title="Annen tittel", text="Hei", versions={bluesky: None})
    write.save(asked, words, by=cast.alice, version=asked.version, page="x")
    asked.refresh_from_db()
    assert approve.standing_approval(asked) is not None


def test_approve_and_let_it_go_out_at_the_wished_time(
    clock: Clock, asked: Draft, cast: Cast, as_person: Any
) -> None:
    wish(asked, datetime(2026, 12, 1, 14, 0))  # noqa: DTZ001 - wall time
    as_person(cast.bob).post(at(asked), decision(asked, "schedule"))
    assert Delivery.objects.get().due_at.isoformat() == "2026-12-01T13:00:00+00:00"


def test_a_wish_that_has_passed_is_said_and_nothing_is_approved(
    clock: Clock, asked: Draft, cast: Cast, as_person: Any
) -> None:
    wish(asked, datetime(2026, 11, 1, 14, 0))  # noqa: DTZ001
    answer = as_person(cast.bob).post(at(asked), decision(asked, "schedule"))
    assert "This time has passed" in answer.content.decode()
    assert not Approval.objects.exists()
    assert not Delivery.objects.exists()


def test_a_second_click_is_no_second_yes(asked: Draft, cast: Cast, as_person: Any) -> None:
    said = decision(asked, "approve")
    for _click in range(2):
        as_person(cast.bob).post(at(asked), said)
    assert Approval.objects.count() == 1


def test_taken_back_it_can_be_changed(asked: Draft, cast: Cast, as_person: Any) -> None:
    approve.approve(asked, by=cast.bob, content_sha256=asked.content_sha256())
    schedule(asked, by=cast.bob, when=None, request_id=uuid.uuid4())
    as_person(cast.alice).post(f"/w/fjord/publishing/{asked.pk}/reopen/")
    asked.refresh_from_db()
    assert asked.state == State.WRITING
    assert not Delivery.objects.living().exists()


@pytest.mark.parametrize(
    ("text", "has_channel", "sentence"),
    [
        ("", True, "There is no text yet"),
        ("Hei", False, "Choose at least one channel"),
        ("a" * 301, True, "1 character too long for Fjordkraftlaget (Bluesky)"),
    ],
)
def test_what_is_not_ready_is_not_asked_for_and_says_why(
    drafted: Drafted,
    cast: Cast,
    as_person: Any,
    bluesky: Channel,
    text: str,
    has_channel: bool,
    sentence: str,
) -> None:
    draft = drafted(text, *([bluesky] if has_channel else []), title="Tittel")
    said = {
        "uuid": str(draft.uuid), "page": str(uuid.uuid4()), "version": draft.version, "title": "Tittel",
        "text": text, "channels": [bluesky.pk] if has_channel else [], "approver": cast.bob.pk, "do": "ask",
    }  # fmt: skip
    answer = as_person(cast.alice).post(f"/w/fjord/publishing/{draft.pk}/", said)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert text in answer.content.decode()
    draft.refresh_from_db()
    assert draft.state == State.WRITING


def test_whom_to_ask_must_be_said(drafted: Drafted, cast: Cast, as_person: Any, bluesky: Channel) -> None:
    draft = drafted("Hei", bluesky)
    said = {
        "uuid": str(draft.uuid), "page": str(uuid.uuid4()), "version": draft.version, "title": "",
        "text": "Hei", "channels": [bluesky.pk], "do": "ask",
    }  # fmt: skip
    answer = as_person(cast.alice).post(f"/w/fjord/publishing/{draft.pk}/", said)
    assert "Choose who shall approve it" in answer.content.decode()
    said |= {"approver": cast.bob.pk}
    assert as_person(cast.alice).post(f"/w/fjord/publishing/{draft.pk}/", said).status_code == 302
    draft.refresh_from_db()
    assert (draft.state, draft.approver) == (State.ASKED, cast.bob)
