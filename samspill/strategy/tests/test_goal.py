"""A goal's page: the red thread from passage to figure, and what to look at."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from samspill.accounts.models import Event
from samspill.strategy.models import Goal
from samspill.strategy.take_in import new_version, open_upload
from samspill.strategy.tests.conftest import PLAN


@pytest.fixture
def goal(cast, plan) -> Goal:
    passage = plan.passages.get(text="Vi skal svare alle.")
    return Goal.objects.create(
        strategy=cast.strategy, statement="Alle får svar", passage=passage, why="Fordi"
    )


def test_the_thread_runs_from_the_passage_to_the_figure(page, viewer, goal):
    shown = viewer.get(page("goal", goal.pk)).content.decode()
    assert "“Vi skal svare alle.”" in shown
    assert page("passage", goal.passage.pk) in shown
    for fragment in ("measurement", "publishing", "conversations"):
        assert f'hx-get="/w/fjord/{fragment}/' in shown
    assert "There is no measure yet, so nobody can see how it goes." in shown
    assert page("goal_edit", goal.pk) not in shown


def test_an_editor_is_led_to_what_is_missing(page, editor, goal):
    shown = editor.get(page("goal", goal.pk)).content.decode()
    assert shown.count(page("goal_edit", goal.pk)) >= 5


def test_a_goal_is_made_from_one_of_eight_or_free(page, editor, plan):
    start = editor.get(page("goal_add"), {"passage": plan.passages.first().pk}).content.decode()
    assert start.count("Begin here") == 8
    assert "sub_goal=crisis" in start
    assert f"passage={plan.passages.first().pk}&amp;sub_goal=crisis" in start
    proposed = editor.get(page("goal_add"), {"sub_goal": "customers"}).content.decode()
    assert "Everybody who writes to us gets an answer" in proposed
    assert '<option value="response_rate" selected>' in proposed
    assert 'value="90"' in proposed
    assert 'value=""' in editor.get(page("goal_add"), {"sub_goal": ""}).content.decode()


def test_a_goal_begun_at_a_passage_points_to_it(page, editor, plan):
    passage = plan.passages.last()
    shown = editor.get(page("goal_add"), {"sub_goal": "", "passage": passage.pk}).content.decode()
    assert f'name="passage" value="{passage.pk}" checked' in shown
    editor.post(page("goal_add"), {"statement": "Lytte", "passage": passage.pk})
    assert Goal.objects.get().passage == passage


def test_passages_are_searched_without_losing_what_was_typed(page, editor, plan):
    said = {"statement": "Uferdig mål", "target": "tull", "words": "dele", "look": "yes"}
    answer = editor.post(page("goal_add"), said)
    shown = answer.content.decode()
    assert answer.status_code == 200
    assert "Uferdig mål" in shown
    assert "Vi skal dele det vi vet." in shown
    assert "Vi skal lytte." not in shown
    assert 'class="error"' not in shown
    assert not Goal.objects.exists()


def test_the_search_keeps_the_chosen_passage_in_sight(page, editor, plan):
    chosen = plan.passages.get(text="Vi skal lytte.")
    shown = editor.get(page("passage_choices"), {"words": "DELE vet", "passage": chosen.pk}).content.decode()
    assert f'value="{chosen.pk}" checked' in shown
    assert "Vi skal dele det vi vet." in shown
    assert "Vi skal svare alle." not in shown


@pytest.mark.parametrize("chosen", ["", "x", "999999", "-1", "²"])
def test_a_passage_that_is_none_is_no_passage(page, editor, plan, chosen):
    assert editor.get(page("passage_choices"), {"passage": chosen}).status_code == 200


def test_passages_of_others_are_never_offered(page, as_person, cast, plan):
    shown = as_person(cast.charlie).get("/w/utland/strategy/passage-choices/", {"words": "skal"})
    assert "Vi skal" not in shown.content.decode()


def test_a_goal_is_closed_and_taken_up_again(page, editor, goal):
    editor.post(page("goal_remove", goal.pk))
    assert Goal.objects.get().closed_at is not None
    assert "Take it up again" in editor.get(page("goal", goal.pk)).content.decode()
    editor.post(page("goal_reopen", goal.pk))
    assert Goal.objects.get().closed_at is None
    assert [event.action for event in Event.objects.order_by("pk")] == ["goal.close", "goal.reopen"]


def test_a_changed_passage_asks_to_be_looked_at_until_somebody_has(page, editor, viewer, cast, plan, goal):
    Goal.objects.update(created_at=datetime(2020, 1, 1, tzinfo=UTC))
    changed = PLAN.replace("Vi skal svare alle.", "Vi skal svare nesten alle.")
    new_version(plan, cast.bob, open_upload(changed.encode(), "plan.md"))
    shown = viewer.get(page("goal", goal.pk)).content.decode()
    assert "Version 2 of the document says this in other words" in shown
    assert "Look at it again" in viewer.get(page("strategy")).content.decode()
    editor.post(page("goal_passage_seen", goal.pk))
    assert not Goal.objects.touched().exists()
    assert "in other words" not in viewer.get(page("goal", goal.pk)).content.decode()


def test_another_workspaces_goal_is_out_of_reach(page, as_person, cast, goal):
    assert as_person(cast.charlie).get(page("goal", goal.pk)).status_code == 404
    assert as_person(cast.charlie).get(f"/w/utland/strategy/goals/{goal.pk}/").status_code == 404
    assert as_person(cast.charlie).post(f"/w/utland/strategy/goals/{goal.pk}/reopen/").status_code == 404
