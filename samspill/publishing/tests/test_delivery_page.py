"""What a person can decide where the machine must not, and what the evidence shows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from conftest import Cast
from samspill.accounts.models import Event, Member, Role
from samspill.networks.base import Ref
from samspill.networks.models import Channel
from samspill.publishing import decide
from samspill.publishing.deliver import deliver_due
from samspill.publishing.models import OVERDUE, Approval, Delivery
from samspill.publishing.tests.clock import Clock
from samspill.publishing.tests.outside import Outside
from samspill.publishing.tests.rounds import run
from samspill.publishing.tests.test_schedule import reply

State = Delivery.State
Going = Callable[..., Delivery]


@pytest.fixture
def unsure(clock: Clock, outside: Outside, going: Going, mastodon: Channel) -> Delivery:
    """Sent six times, never answered: a person's turn."""
    outside.faults.extend(["cut_before"] * 6)
    return run(clock, going("Hei", mastodon))


def at(delivery: Delivery, what: str = "") -> str:
    return f"/w/fjord/publishing/deliveries/{delivery.pk}/{what}"


def test_the_page_shows_every_attempt_and_the_three_ways_out(
    unsure: Delivery, cast: Cast, as_person: Any
) -> None:
    page = as_person(cast.bob).get(at(unsure)).content.decode()
    assert "has not confirmed it" in page
    assert page.count("<tr>") == 1 + 6 * 2 + 6
    assert "The server took too long to answer" in page
    for button in ("It is out, here is the link", "It is not out, post it again", "Let it be"):
        assert button in page


def test_a_viewer_sees_the_evidence_and_decides_nothing(unsure: Delivery, cast: Cast, as_person: Any) -> None:
    page = as_person(cast.vera).get(at(unsure)).content.decode()
    assert "The server took too long" in page
    assert "post it again" not in page
    for what in ("confirm/", "resend/", "cancel/"):
        assert as_person(cast.vera).post(at(unsure, what), {"url": "https://example.org"}).status_code == 403
        assert as_person(cast.alice).post(at(unsure, what), {"url": "https://example.org"}).status_code == 403


def test_it_is_out(unsure: Delivery, cast: Cast, as_person: Any) -> None:
    bob = as_person(cast.bob)
    answer = bob.post(at(unsure, "confirm/"), {"url": "ikke en adresse"})
    assert answer.status_code == 422
    assert "ikke en adresse" in answer.content.decode()
    bob.post(at(unsure, "confirm/"), {"url": "https://mastodon.example/@x/1"})
    unsure.refresh_from_db()
    assert unsure.state == State.PUBLISHED
    assert unsure.remote_url == "https://mastodon.example/@x/1"
    last = unsure.attempts.last()
    assert last is not None
    assert (last.by, last.answer) == (cast.bob, "It is out.")
    assert Event.objects.filter(action="delivery.confirm", user=cast.bob).exists()


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "ftp://x.example/1", "https://", "https://x/" + "a" * 700]
)
def test_only_a_web_address_is_evidence(unsure: Delivery, cast: Cast, as_person: Any, url: str) -> None:
    as_person(cast.bob).post(at(unsure, "confirm/"), {"url": url})
    unsure.refresh_from_db()
    assert unsure.state == State.NEEDS_HUMAN


def test_found_on_the_network(unsure: Delivery, cast: Cast) -> None:
    decide.confirm(unsure, by=cast.bob, found=Ref("109", "https://mastodon.example/@x/109", "public x"))
    assert (unsure.state, unsure.remote_id, unsure.remote_token) == (State.PUBLISHED, "109", "public x")


def test_posted_again_under_a_new_key(
    clock: Clock, outside: Outside, unsure: Delivery, cast: Cast, as_person: Any
) -> None:
    old = unsure.key
    as_person(cast.bob).post(at(unsure, "resend/"))
    unsure.refresh_from_db()
    assert (unsure.state, unsure.generation) == (State.SCHEDULED, 2)
    assert unsure.key != old
    assert unsure.payload is None
    assert run(clock, unsure).state == State.PUBLISHED
    assert outside.texts() == ["Hei"]


def test_what_is_out_or_on_its_way_is_not_posted_again(
    clock: Clock, outside: Outside, going: Going, cast: Cast, bluesky: Channel
) -> None:
    delivery = going("Hei", bluesky)
    for _state in range(2):
        with pytest.raises(ValidationError, match="moved on"):
            decide.resend(delivery, by=cast.bob)
        deliver_due()
        delivery.refresh_from_db()
    assert delivery.state == State.PUBLISHED
    assert delivery.generation == 1


def test_a_decision_on_an_old_page_is_not_taken(unsure: Delivery, cast: Cast) -> None:
    old = Delivery.objects.get(pk=unsure.pk)
    decide.resend(unsure, by=cast.bob)
    with pytest.raises(ValidationError, match="moved on"):
        decide.confirm(old, by=cast.olga, url="https://example.org/1")


def test_let_be(clock: Clock, unsure: Delivery, cast: Cast, as_person: Any) -> None:
    as_person(cast.bob).post(at(unsure, "cancel/"))
    unsure.refresh_from_db()
    assert unsure.state == State.CANCELLED
    assert deliver_due() is None
    assert not Delivery.objects.in_workspace(cast.fjord).troubled().exists()


def test_what_waits_for_its_time_is_taken_back(going: Going, cast: Cast, bluesky: Channel) -> None:
    delivery = going("Hei", bluesky)
    decide.cancel(delivery, by=cast.bob)
    assert delivery.state == State.CANCELLED


def test_what_has_been_sent_is_not_taken_back(
    clock: Clock, outside: Outside, going: Going, cast: Cast, mastodon: Channel
) -> None:
    outside.faults.append("cut_after")
    delivery = going("Hei", mastodon)
    deliver_due()
    delivery.refresh_from_db()
    with pytest.raises(ValidationError, match="sent already"):
        decide.cancel(delivery, by=cast.bob)


def test_sending_again_what_lost_its_approval_is_an_approval(
    clock: Clock, outside: Outside, going: Going, cast: Cast, bluesky: Channel
) -> None:
    delivery = going("Hei", bluesky)
    Member.objects.filter(user=cast.bob).update(role=Role.VIEWER)
    deliver_due()
    delivery.refresh_from_db()
    with pytest.raises(PermissionDenied):
        decide.resend(delivery, by=cast.bob)
    decide.resend(delivery, by=cast.olga)
    assert Approval.objects.last().by == cast.olga  # type: ignore[union-attr]
    assert run(clock, delivery).state == State.PUBLISHED


def test_a_contributor_decides_on_an_answer(
    clock: Clock, outside: Outside, cast: Cast, mastodon: Channel, as_person: Any
) -> None:
    outside.server.keep("2", "Når kommer strømmen?")
    outside.faults.append("400")
    delivery = reply(cast, mastodon)
    deliver_due()
    delivery.refresh_from_db()
    assert delivery.state == State.FAILED
    as_person(cast.alice).post(at(delivery, "resend/"))
    assert run(clock, delivery).state == State.PUBLISHED


# ---------- what other apps ask ----------


def test_troubled_is_what_went_wrong_and_what_is_late_without_a_word(
    clock: Clock, going: Going, cast: Cast, bluesky: Channel
) -> None:
    delivery = going("Hei", bluesky)
    troubled = Delivery.objects.in_workspace(cast.fjord).troubled()
    clock.advance(OVERDUE.total_seconds())
    assert not troubled.exists()
    clock.advance(1)
    assert Delivery.objects.in_workspace(cast.fjord).troubled().get() == delivery
    for state, is_trouble in (
        ("uncertain", True), ("failed", True), ("needs_human", True),
        ("published", False), ("cancelled", False),
    ):  # fmt: skip
        Delivery.objects.update(state=state)
        assert Delivery.objects.in_workspace(cast.fjord).troubled().exists() is is_trouble
    assert not Delivery.objects.in_workspace(cast.utland).troubled().exists()


def test_going_out_counts_from_the_first_moment_up_to_the_last(
    clock: Clock, outside: Outside, going: Going, cast: Cast, bluesky: Channel, mastodon: Channel
) -> None:
    delivery = going("Hei", bluesky)
    reply(cast, mastodon)
    rows, now = Delivery.objects.in_workspace(cast.fjord), delivery.due_at
    assert list(rows.going_out(now, now + timedelta(days=1))) == [delivery]
    assert not rows.going_out(now - timedelta(days=1), now).exists()
    deliver_due()
    assert not rows.going_out(now, now + timedelta(days=1)).filter(pk=delivery.pk).exists()
    assert list(rows.published()) == [delivery]
    assert timezone.now() == now
