"""The whole strategy on one page."""

from __future__ import annotations

import pytest

from samspill.accounts.models import Event
from samspill.strategy.models import Audience, Goal, Strategy, Trait


def test_the_first_visit_is_an_invitation(page, editor, viewer):
    shown = editor.get(page("strategy")).content.decode()
    assert "Begin with what the organisation has already decided" in shown
    assert page("upload") in shown
    assert page("goal_add") in shown
    assert page("goal_add") not in viewer.get(page("strategy")).content.decode()


def test_six_questions_are_answered_in_short(page, viewer, cast, plan):
    goal = Goal.objects.create(
        strategy=cast.strategy, statement="Alle får svar", passage=plan.passages.first()
    )
    Goal.objects.create(strategy=cast.strategy, statement="Løst mål")
    Goal.objects.create(strategy=cast.strategy, statement="Lukket mål", closed_at="2026-01-01T00:00Z")
    for name in ("Unge", "Gamle"):
        Audience.objects.create(strategy=cast.strategy, name=name)
    Trait.objects.create(strategy=cast.strategy, name="Åpen")
    shown = viewer.get(page("strategy")).content.decode()
    assert "We want to reach Unge and Gamle." in shown
    assert "We are åpen." in shown
    assert "None of the six questions is answered in full yet." in shown
    assert "The weakest is" in shown
    assert f'hx-get="/w/fjord/measurement/goals/{goal.pk}/row/"' in shown
    assert "1 goal serves no passage:" in shown
    assert "3 passages, 1 served by a goal" in " ".join(shown.split())
    assert "Lukket mål" not in shown


def test_what_is_missing_stands_with_the_easiest_first(page, editor, viewer, cast):
    goal = Goal.objects.create(strategy=cast.strategy, statement="Mål")
    shown = editor.get(page("strategy"))
    assert shown.context["gaps"][0].sentence == "Nobody owns the goal “Mål”."
    assert page("goal_edit", goal.pk) in shown.content.decode()
    assert page("goal_edit", goal.pk) not in viewer.get(page("strategy")).content.decode()


def test_the_strategy_gets_a_name(page, editor, viewer, cast):
    assert "Fjordkraftlaget in social media" in viewer.get(page("strategy")).content.decode()
    assert editor.get(page("strategy_edit")).status_code == 200
    assert not Strategy.objects.exists(), "looking writes nothing"
    assert editor.post(page("strategy_edit"), {"title": "Slik er vi", "version": "1"}).status_code == 302
    assert "Slik er vi" in viewer.get(page("strategy")).content.decode()
    clash = editor.post(page("strategy_edit"), {"title": "Noe annet", "version": "1"})
    assert (clash.status_code, "Slik er vi" in clash.content.decode()) == (409, True)
    assert Event.objects.get().action == "strategy.change"


@pytest.mark.parametrize("count", [1, 30])
def test_the_page_asks_the_database_the_same_few_times(
    page, viewer, cast, plan, count, django_assert_max_num_queries
):
    for n in range(count):
        goal = Goal.objects.create(
            strategy=cast.strategy, statement=f"Mål {n}", passage=plan.passages.first()
        )
        audience = Audience.objects.create(strategy=cast.strategy, name=f"Gruppe {n}")
        audience.goals.add(goal)
    with django_assert_max_num_queries(25):
        viewer.get(page("strategy"))


def test_many_goals_are_shown_a_few_at_a_time(page, viewer, cast):
    for n in range(60):
        Goal.objects.create(strategy=cast.strategy, statement=f"Mål nummer {n:02}.", position=n)
    whole = viewer.get(page("strategy")).content.decode()
    assert ("Mål nummer 06." in whole, "Mål nummer 07." in whole) == (True, False)
    assert "All 60" in whole
    first = viewer.get(page("goals")).content.decode()
    second = viewer.get(page("goals"), {"page": 2}).content.decode()
    assert ("Mål nummer 49." in first, "Mål nummer 50." in first, "Mål nummer 50." in second) == (
        True,
        False,
        True,
    )
