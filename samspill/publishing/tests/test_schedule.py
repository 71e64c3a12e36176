"""When it goes out: in the workspace's zone, through daylight saving, once however often one clicks."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from conftest import Cast
from samspill.accounts.models import Member, Role, User, Workspace
from samspill.networks.base import Ref
from samspill.networks.models import Channel
from samspill.publishing.deliver import deliver_due
from samspill.publishing.forms import NO_TIME
from samspill.publishing.models import Approval, Delivery, Draft
from samspill.publishing.schedule import follow_zone_rules, plan, publish_reply, schedule, unschedule
from samspill.publishing.tests.clock import Clock
from samspill.publishing.tests.outside import Outside

Drafted = Callable[..., Draft]
Going = Callable[..., Delivery]
GAP, FOLD = "2027-03-28T02:30", "2027-10-31T02:30"


def wall(text: str) -> datetime:
    return datetime.fromisoformat(text)


def at(draft: Draft, what: str) -> str:
    return f"/w/fjord/publishing/{draft.pk}/{what}/"


def test_goes_out_at_the_wall_time_of_the_workspace(
    clock: Clock, drafted: Drafted, cast: Cast, bluesky: Channel, mastodon: Channel
) -> None:
    draft = drafted("Hei", bluesky, mastodon)
    made = schedule(draft, by=cast.bob, when=wall("2026-11-24T11:30"), request_id=uuid.uuid4())
    assert [each.due_at for each in made] == [datetime(2026, 11, 24, 10, 30, tzinfo=UTC)] * 2
    assert {each.channel for each in made} == {bluesky, mastodon}
    assert len({each.key for each in made}) == 2


def test_the_same_request_twice_is_one(clock: Clock, drafted: Drafted, cast: Cast, bluesky: Channel) -> None:
    draft, request_id = drafted("Hei", bluesky), uuid.uuid4()
    first = schedule(draft, by=cast.bob, when=None, request_id=request_id)
    deliver_due()
    assert schedule(draft, by=cast.bob, when=None, request_id=request_id) == first
    assert Delivery.objects.count() == 1


def test_a_double_click_publishes_once(
    clock: Clock, outside: Outside, drafted: Drafted, cast: Cast, bluesky: Channel, as_person: Any
) -> None:
    draft, bob = drafted("Hei", bluesky), as_person(cast.bob)
    said = {"page": str(uuid.uuid4()), "when": ""}
    for _click in range(2):
        assert bob.post(at(draft, "publish-now"), said).status_code == 302
        deliver_due()
    assert outside.texts() == ["Hei"]
    assert Delivery.objects.count() == 1


def test_two_who_press_at_once_publish_once(
    clock: Clock, outside: Outside, drafted: Drafted, cast: Cast, bluesky: Channel
) -> None:
    draft = drafted("Hei", bluesky)
    schedule(draft, by=cast.bob, when=None, request_id=uuid.uuid4())
    deliver_due()
    with pytest.raises(ValidationError):
        schedule(draft, by=cast.olga, when=None, request_id=uuid.uuid4())
    assert outside.texts() == ["Hei"]


def test_the_database_refuses_a_second_living_delivery(
    clock: Clock, drafted: Drafted, cast: Cast, bluesky: Channel
) -> None:
    draft = drafted("Hei", bluesky)
    schedule(draft, by=cast.bob, when=None, request_id=uuid.uuid4())
    with pytest.raises(ValidationError, match="on its way already"):
        plan(draft.versions.get(), due_at=timezone.now())


def test_an_editors_own_draft_is_approved_by_letting_it_go(
    clock: Clock, drafted: Drafted, cast: Cast, bluesky: Channel
) -> None:
    draft = drafted("Hei", bluesky, by=cast.bob)
    schedule(draft, by=cast.bob, when=None, request_id=uuid.uuid4())
    approval = Approval.objects.get()
    assert (approval.by, approval.yes, approval.content_sha256) == (cast.bob, True, draft.content_sha256())


def test_a_contributor_lets_nothing_go(
    clock: Clock, drafted: Drafted, cast: Cast, bluesky: Channel, as_person: Any
) -> None:
    draft = drafted("Hei", bluesky)
    with pytest.raises(PermissionDenied):
        schedule(draft, by=cast.alice, when=None, request_id=uuid.uuid4())
    said = {"page": str(uuid.uuid4()), "when": "2026-12-01T10:00"}
    assert as_person(cast.alice).post(at(draft, "schedule"), said).status_code == 403
    assert not Delivery.objects.exists()


def test_a_time_that_has_passed_is_refused_and_the_next_minute_taken(
    clock: Clock, drafted: Drafted, cast: Cast, bluesky: Channel, as_person: Any
) -> None:
    draft, bob = drafted("Hei", bluesky), as_person(cast.bob)  # it is 10.00 in Oslo
    answer = bob.post(at(draft, "schedule"), {"page": str(uuid.uuid4()), "when": "2026-11-24T10:00"})
    assert answer.status_code == 422
    assert "This time has passed" in answer.content.decode()
    assert "2026-11-24T10:00" in answer.content.decode()
    answer = bob.post(at(draft, "schedule"), {"page": str(uuid.uuid4()), "when": "2026-11-24T10:01"})
    assert answer.status_code == 302
    assert Delivery.objects.count() == 1


def test_two_years_ahead_is_far_enough(clock: Clock, drafted: Drafted, cast: Cast, bluesky: Channel) -> None:
    draft = drafted("Hei", bluesky)
    with pytest.raises(ValidationError, match="two years"):
        schedule(draft, by=cast.bob, when=wall("2028-11-24T11:00"), request_id=uuid.uuid4())
    assert schedule(draft, by=cast.bob, when=wall("2028-11-24T10:00"), request_id=uuid.uuid4())


@pytest.mark.parametrize("typed", ["i morgen", "2026-13-01T10:00", "2026-11-31T10:00"])
def test_what_is_no_time_is_said_and_stays(
    clock: Clock, drafted: Drafted, cast: Cast, bluesky: Channel, as_person: Any, typed: str
) -> None:
    answer = as_person(cast.bob).post(
        at(drafted("Hei", bluesky), "schedule"), {"page": str(uuid.uuid4()), "when": typed}
    )
    assert str(NO_TIME) in answer.content.decode()
    assert typed in answer.content.decode()


@pytest.mark.parametrize(
    "typed", ["2026-12-01T10:30", "2026-12-01 10:30", "01.12.2026 10:30", "01.12.2026 10.30"]
)
def test_a_time_may_be_typed_as_people_write_it(
    clock: Clock, drafted: Drafted, cast: Cast, bluesky: Channel, as_person: Any, typed: str
) -> None:
    said = {"page": str(uuid.uuid4()), "when": typed}
    as_person(cast.bob).post(at(drafted("Hei", bluesky), "schedule"), said)
    assert Delivery.objects.get().due_at == datetime(2026, 12, 1, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "shift", "words", "at_utc"),
    [
        (GAP, "gap", "does not come", datetime(2027, 3, 28, 1, 0, tzinfo=UTC)),
        (FOLD, "fold", "comes twice", datetime(2027, 10, 31, 0, 30, tzinfo=UTC)),
    ],
)
def test_a_time_that_daylight_saving_moves_is_shown_before_it_is_taken(
    clock: Clock, drafted: Drafted, cast: Cast, bluesky: Channel, as_person: Any,
    typed: str, shift: str, words: str, at_utc: datetime,
) -> None:  # fmt: skip
    draft, bob = drafted("Hei", bluesky), as_person(cast.bob)
    answer = bob.post(at(draft, "schedule"), {"page": str(uuid.uuid4()), "when": typed})
    page = answer.content.decode()
    assert words in page
    assert f'name="shift" value="{shift}"' in page
    assert not Delivery.objects.exists()
    bob.post(at(draft, "schedule"), {"page": str(uuid.uuid4()), "when": typed, "shift": shift})
    assert Delivery.objects.get().due_at == at_utc


def test_the_chosen_time_is_shown_in_every_zone_that_matters(cast: Cast, as_person: Any) -> None:
    User.objects.filter(pk=cast.bob.pk).update(time_zone="America/New_York")
    page = as_person(cast.bob).get("/w/fjord/publishing/when/?when=2030-01-15T11:30").content.decode()
    assert "11:30</b> in Europe/Oslo" in page
    assert "10:30" in page
    assert "America/New_York" in page
    assert "05:30" in page or "5:30" in page
    page = as_person(cast.olga).get("/w/fjord/publishing/when/?when=2030-01-15T11:30").content.decode()
    assert "For you" not in page


def test_a_chosen_time_that_has_passed_is_said_at_once(cast: Cast, as_person: Any) -> None:
    page = as_person(cast.bob).get("/w/fjord/publishing/when/?when=2020-01-15T11:30").content.decode()
    assert "This time has passed" in page
    assert "It goes out" not in page


def test_all_that_is_wrong_is_said_at_once_and_that_the_text_is_saved(
    clock: Clock, drafted: Drafted, cast: Cast, bluesky: Channel, as_person: Any
) -> None:
    draft = drafted("Hei", by=cast.bob)
    said = {
        "uuid": str(draft.uuid), "page": str(uuid.uuid4()), "version": draft.version, "title": "",
        "text": "Hei igjen", "do": "schedule", "when": "2020-01-01T10:00",
    }  # fmt: skip
    page = as_person(cast.bob).post(f"/w/fjord/publishing/{draft.pk}/", said).content.decode()
    assert "This time has passed" in page
    assert "Choose at least one channel" in page
    assert "What you have written is saved" in page
    draft.refresh_from_db()
    assert draft.text == "Hei igjen"


def test_another_time_takes_the_place_of_the_first(
    clock: Clock, drafted: Drafted, cast: Cast, bluesky: Channel
) -> None:
    draft = drafted("Hei", bluesky)
    schedule(draft, by=cast.bob, when=wall("2026-12-01T10:00"), request_id=uuid.uuid4())
    schedule(draft, by=cast.bob, when=wall("2026-12-02T10:00"), request_id=uuid.uuid4())
    living = Delivery.objects.living().get()
    assert living.due_at == datetime(2026, 12, 2, 9, 0, tzinfo=UTC)


def test_taken_away_it_stays_approved(clock: Clock, drafted: Drafted, cast: Cast, bluesky: Channel) -> None:
    draft = drafted("Hei", bluesky)
    schedule(draft, by=cast.bob, when=wall("2026-12-01T10:00"), request_id=uuid.uuid4())
    unschedule(draft, by=cast.bob)
    draft.refresh_from_db()
    assert draft.state == Draft.State.APPROVED
    assert draft.wish is None
    clock.advance(30 * 86_400)
    assert deliver_due() is None


def test_a_worker_that_holds_what_is_taken_away_sends_nothing(
    clock: Clock, outside: Outside, going: Going, cast: Cast, mastodon: Channel, monkeypatch: Any
) -> None:
    from samspill.publishing import crash

    delivery = going("Hei", mastodon)

    def take_away(name: str) -> None:
        if name == "before_intent":
            unschedule(delivery.version.draft, by=cast.bob)

    monkeypatch.setattr(crash, "reached", take_away)
    deliver_due()
    assert outside.texts() == []
    delivery.refresh_from_db()
    assert delivery.state == Delivery.State.CANCELLED


def test_new_zone_rules_move_what_waits_for_its_wall_time(
    clock: Clock, drafted: Drafted, cast: Cast, bluesky: Channel
) -> None:
    draft = drafted("Hei", bluesky)
    schedule(draft, by=cast.bob, when=wall("2026-12-01T10:00"), request_id=uuid.uuid4())
    assert follow_zone_rules() == 0
    right = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
    Delivery.objects.update(due_at=right + timedelta(hours=1))  # as the rules of yesterday had it
    assert follow_zone_rules() == 1
    assert Delivery.objects.get().due_at == right


# ---------- answers ----------


def reply(cast: Cast, channel: Channel, **more: Any) -> Delivery:
    said = {"text": "Takk!", "parent": Ref("109000", "", "public nabo"), "root": None, "by": cast.alice}
    return publish_reply(
        workspace=cast.fjord, channel=channel, **{"request_id": uuid.uuid4(), **said, **more}
    )


def test_a_contributors_answer_goes_out_at_once(
    clock: Clock, outside: Outside, cast: Cast, mastodon: Channel
) -> None:
    outside.server.keep("2", "Når kommer strømmen?")
    delivery = reply(cast, mastodon)
    deliver_due()
    delivery.refresh_from_db()
    assert delivery.state == Delivery.State.PUBLISHED
    status = outside.server.statuses[delivery.remote_id]
    assert status["in_reply_to_id"] == "109000"
    assert not Draft.objects.in_workspace(cast.fjord).listed().exists()


def test_a_viewer_does_not_answer(clock: Clock, cast: Cast, mastodon: Channel) -> None:
    with pytest.raises(PermissionDenied):
        reply(cast, mastodon, by=cast.vera)


def test_an_answer_stays_when_its_writer_may_answer_no_more(
    clock: Clock, outside: Outside, cast: Cast, mastodon: Channel
) -> None:
    delivery = reply(cast, mastodon)
    Member.objects.filter(user=cast.alice).update(role=Role.VIEWER)
    deliver_due()
    delivery.refresh_from_db()
    assert delivery.state == Delivery.State.NEEDS_HUMAN
    assert outside.publishing == []


def test_the_same_answer_twice_is_one(clock: Clock, cast: Cast, mastodon: Channel) -> None:
    request_id = uuid.uuid4()
    assert reply(cast, mastodon, request_id=request_id) == reply(cast, mastodon, request_id=request_id)


def test_an_answer_at_the_limit_is_taken_and_one_over_refused(
    clock: Clock, cast: Cast, mastodon: Channel
) -> None:
    assert reply(cast, mastodon, text="a" * 500)
    with pytest.raises(ValidationError, match="1 character"):
        reply(cast, mastodon, text="a" * 501)
    with pytest.raises(ValidationError, match="Write an answer"):
        reply(cast, mastodon, text=" \n")


def test_another_workspaces_member_does_not_answer(clock: Clock, cast: Cast, mastodon: Channel) -> None:
    assert Workspace.objects.count() == 2
    with pytest.raises(PermissionDenied):
        reply(cast, mastodon, by=cast.charlie)
