"""The list: what needs somebody first, calm, filtered, by pages; and the work that serves a goal."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from conftest import Cast
from samspill.networks.models import Channel
from samspill.publishing import approve
from samspill.publishing.deliver import deliver_due
from samspill.publishing.models import Delivery, Draft, Stage
from samspill.publishing.schedule import schedule
from samspill.publishing.tests.clock import Clock
from samspill.publishing.tests.outside import Outside
from samspill.strategy.models import Goal

Drafted = Callable[..., Draft]
LIST = "/w/fjord/publishing/"


@pytest.fixture
def each_stage(
    clock: Clock, outside: Outside, drafted: Drafted, cast: Cast, bluesky: Channel
) -> dict[str, Draft]:
    """One draft at every stage."""
    made = {stage: drafted(f"Om {stage}", bluesky, title=f"Om {stage}") for stage in Stage.values}
    for stage in (Stage.ASKED, Stage.RETURNED):
        approve.ask(made[stage], by=cast.alice, approver=cast.bob)
    back = made[Stage.RETURNED]
    approve.send_back(back, by=cast.bob, content_sha256=back.content_sha256(), note="Kortere.")
    yes = made[Stage.APPROVED]
    approve.approve(yes, by=cast.bob, content_sha256=yes.content_sha256())
    later = datetime(2026, 12, 1, 10, 0)  # noqa: DTZ001 - wall time
    schedule(made[Stage.GOING], by=cast.bob, when=later, request_id=uuid.uuid4())
    for stage, fault in ((Stage.OUT, ""), (Stage.TROUBLED, "400")):
        schedule(made[stage], by=cast.bob, when=None, request_id=uuid.uuid4())
        outside.faults.append(fault)
        deliver_due()
    return made


def test_each_draft_stands_at_its_stage(each_stage: dict[str, Draft]) -> None:
    for stage, draft in each_stage.items():
        assert Draft.objects.stage_of(draft) == stage
        assert list(Draft.objects.staged().at(stage)) == [draft]


def test_what_needs_somebody_comes_first(each_stage: dict[str, Draft], cast: Cast, as_person: Any) -> None:
    answer = as_person(cast.bob).get(LIST)
    stages = [group.stage for group in answer.context["groups"]]
    assert stages == ["troubled", "asked", "going", "approved", "returned", "writing", "out"]
    page = answer.content.decode()
    assert "1 draft needs a look" in page
    assert "1 draft waits for your approval" in page
    assert "Next goes out “Om going”" in page


def test_a_contributor_sees_whom_it_waits_for(
    each_stage: dict[str, Draft], cast: Cast, as_person: Any
) -> None:
    page = as_person(cast.alice).get(LIST).content.decode()
    assert "waits for Bob" in page
    assert "Read and decide" not in page


@pytest.mark.parametrize("stage", Stage.values)
def test_filtered_by_stage(each_stage: dict[str, Draft], cast: Cast, as_person: Any, stage: str) -> None:
    answer = as_person(cast.vera).get(LIST, {"stage": stage})
    assert list(answer.context["page"].object_list) == [each_stage[stage]]


def test_filtered_by_goal_and_channel(
    drafted: Drafted, cast: Cast, as_person: Any, bluesky: Channel, mastodon: Channel
) -> None:
    goal = Goal.objects.create(strategy=cast.strategy, statement="Styrke posisjonen")
    one, two = drafted("En", bluesky, goal=goal), drafted("To", mastodon)
    vera = as_person(cast.vera)
    assert list(vera.get(LIST, {"goal": goal.pk}).context["page"].object_list) == [one]
    assert list(vera.get(LIST, {"channel": mastodon.pk}).context["page"].object_list) == [two]
    assert not vera.get(LIST, {"goal": goal.pk, "channel": mastodon.pk}).context["page"].object_list
    assert vera.get(LIST, {"goal": "x", "channel": "²", "page": "-1"}).status_code == 200


def test_fifty_on_a_page_and_the_next_on_the_next(drafted: Drafted, cast: Cast, as_person: Any) -> None:
    for number in range(51):
        drafted(f"Utkast {number}")
    pages = [as_person(cast.vera).get(LIST, {"stage": "writing", "page": n}).context["page"] for n in (1, 2)]
    assert [len(page.object_list) for page in pages] == [50, 1]


def test_a_long_list_asks_the_database_no_more_than_a_short_one(
    drafted: Drafted, cast: Cast, as_person: Any, bluesky: Channel
) -> None:
    counts = []
    for number in range(2):
        for _draft in range(1 + 6 * number):
            drafted("Hei", bluesky)
        vera = as_person(cast.vera)
        vera.get(LIST)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            vera.get(LIST)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_an_empty_list_says_what_will_be_here(cast: Cast, as_person: Any) -> None:
    page = as_person(cast.alice).get(LIST).content.decode()
    assert "Nothing has been written yet" in page
    assert "Write the first draft" in page
    assert "Write the first draft" not in as_person(cast.vera).get(LIST).content.decode()


def test_another_workspaces_drafts_are_not_listed(drafted: Drafted, cast: Cast, as_person: Any) -> None:
    drafted("Vårt")
    assert "Vårt" not in as_person(cast.charlie).get("/w/utland/publishing/").content.decode()


def test_the_work_for_a_goal_shows_how_far_it_has_come(
    each_stage: dict[str, Draft], cast: Cast, as_person: Any
) -> None:
    goal = Goal.objects.create(strategy=cast.strategy, statement="Styrke posisjonen")
    Draft.objects.filter(pk__in=[each_stage["out"].pk, each_stage["writing"].pk]).update(goal=goal)
    page = as_person(cast.vera).get(f"{LIST}goals/{goal.pk}/").content.decode()
    assert "Om out" in page
    assert "Om writing" in page
    assert "Om asked" not in page
    assert f"/w/fjord/publishing/deliveries/{Delivery.objects.published().get().pk}/" in page
    assert "New draft for the goal" not in page
    assert f"new/?goal={goal.pk}" in as_person(cast.alice).get(f"{LIST}goals/{goal.pk}/").content.decode()


@pytest.mark.parametrize("stage", Stage.values)
@pytest.mark.parametrize("who", ["vera", "alice", "bob"])
def test_every_stage_has_a_page_for_everybody(
    each_stage: dict[str, Draft], cast: Cast, as_person: Any, stage: str, who: str
) -> None:
    answer = as_person(getattr(cast, who)).get(f"{LIST}{each_stage[stage].pk}/")
    assert answer.status_code == 200
    assert f"Om {stage}" in answer.content.decode()
    writes = stage in (Stage.WRITING, Stage.ASKED, Stage.RETURNED) and who != "vera"
    assert ('name="text"' in answer.content.decode()) is writes
