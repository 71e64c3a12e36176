"""The whole thread on one page: every goal from passage to figure, and what hangs loose."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samspill.networks.models import Channel
from samspill.strategy import loose
from samspill.strategy.models import Audience, ChannelChoice, Goal, Strategy
from samspill.strategy.take_in import new_version, open_upload
from samspill.strategy.tests.conftest import PLAN

TODAY = date(2026, 6, 1)


@pytest.fixture
def goal(cast, plan) -> Goal:
    passage = plan.passages.get(text="Vi skal svare alle.")
    return Goal.objects.create(
        strategy=cast.strategy, statement="Alle får svar", passage=passage, measure="response_rate"
    )


@pytest.fixture
def campaign(cast) -> Strategy:
    return Strategy.objects.create(workspace=cast.fjord, parent=cast.strategy, title="Kampanje")


def names(end: loose.End) -> list[str]:
    return [str(row) for row in end.rows]


def test_a_goal_is_tied_when_nothing_is_missing_from_passage_to_figure(cast, goal):
    assert loose.tied_through(cast.strategy) == 0
    goal.audiences.add(Audience.objects.create(strategy=cast.strategy, name="Unge"))
    choice = ChannelChoice.objects.create(strategy=cast.strategy, name="X", choice="wait")
    goal.channel_choices.add(choice)
    assert loose.tied_through(cast.strategy) == 0, "a channel we wait with reaches nobody"
    choice.choice = "pilot"
    choice.save()
    assert loose.tied_through(cast.strategy) == 1
    goal.measure = ""
    goal.save()
    assert loose.tied_through(cast.strategy) == 0


def test_goals_nobody_asked_for(cast, goal):
    other = Goal.objects.create(strategy=cast.strategy, statement="Et innfall")
    assert names(loose.unasked(cast.strategy)) == ["Et innfall"]
    other.close()
    assert names(loose.unasked(cast.strategy)) == []


@pytest.mark.parametrize(
    ("choice", "reached"), [("use", True), ("pilot", True), ("wait", False), ("end", False)]
)
def test_audiences_no_channel_reaches(cast, choice, reached):
    audience = Audience.objects.create(strategy=cast.strategy, name="Unge")
    Audience.objects.create(strategy=cast.strategy, name="Bedrifter", is_not=True)
    row = ChannelChoice.objects.create(strategy=cast.strategy, name="X", choice=choice)
    row.audiences.add(audience)
    assert names(loose.unreached(cast.strategy)) == ([] if reached else ["Unge"])


def test_channels_without_goal(cast, goal):
    for name, choice in (("I bruk", "use"), ("Ikke", "not")):
        ChannelChoice.objects.create(strategy=cast.strategy, name=name, choice=choice)
    assert names(loose.aimless(cast.strategy)) == ["I bruk"]
    goal.channel_choices.add(*ChannelChoice.objects.all())
    assert names(loose.aimless(cast.strategy)) == []
    goal.close()
    assert names(loose.aimless(cast.strategy)) == ["I bruk"], "a closed goal is no goal"


def test_passages_nobody_serves_are_counted_by_document(cast, goal, plan):
    assert [(row.pk, row.said, row.left) for row in loose.unserved(cast.strategy)] == [(plan.pk, 3, 2)]
    for passage in plan.passages.all():
        Goal.objects.create(strategy=cast.strategy, statement="Mål", passage=passage)
    assert loose.unserved(cast.strategy) == []


@pytest.mark.parametrize(("days", "again"), [(0, []), (1, ["Alle får svar"])])
def test_a_document_that_applies_no_longer_asks_for_a_look(cast, goal, plan, days, again):
    plan.valid_to = TODAY - timedelta(days=days)
    plan.save()
    assert names(loose.to_look_at(cast.strategy, TODAY)) == again


def test_a_document_that_changed_or_closed_asks_for_a_look(cast, goal, plan):
    assert names(loose.to_look_at(cast.strategy, TODAY)) == []
    changed = PLAN.replace("Vi skal svare alle.", "Vi skal svare alle innen en dag.")
    new_version(plan, cast.bob, open_upload(changed.encode(), "plan.md"))
    assert names(loose.to_look_at(cast.strategy, TODAY)) == ["Alle får svar"]
    goal.refresh_from_db()
    goal.see_passage()
    assert names(loose.to_look_at(cast.strategy, TODAY)) == []


def test_a_strategy_below_is_judged_by_its_own_goals_and_what_it_inherits(cast, goal, campaign):
    Audience.objects.create(strategy=cast.strategy, name="Unge")
    Goal.objects.create(strategy=campaign, statement="Flere på dugnad")
    assert names(loose.unasked(campaign)) == ["Flere på dugnad"]
    assert names(loose.unreached(campaign)) == ["Unge"]
    campaign.own_sections = ["audiences"]
    assert names(loose.unreached(campaign)) == []


def test_what_is_not_kept_yet_has_no_ends(cast):
    about = Strategy.of(cast.utland)
    assert about.pk is None
    assert (loose.tied_through(about), names(loose.unasked(about)), names(loose.unreached(about))) == (
        0,
        [],
        [],
    )


@pytest.mark.parametrize(("there", "more"), [(loose.SHOWN, 0), (loose.SHOWN + 1, 1)])
def test_the_first_are_shown_and_the_others_counted(cast, there, more):
    Goal.objects.bulk_create(Goal(strategy=cast.strategy, statement=f"Mål {at}") for at in range(there))
    found = loose.unasked(cast.strategy)
    assert (len(found.rows), found.count, found.more) == (loose.SHOWN, there, more)


def test_the_page_ties_every_goal_to_all_it_has(cast, goal, page, viewer):
    audience = Audience.objects.create(strategy=cast.strategy, name="Unge")
    goal.audiences.add(audience)
    shown = viewer.get(page("trace")).content.decode()
    for href in (
        page("passage", goal.passage.pk),
        page("goal", goal.pk),
        page("audience", audience.pk),
        f"/w/fjord/publishing/goals/?goal={goal.pk}",
        f"/w/fjord/measurement/goals/?goal={goal.pk}",
    ):
        assert href in shown
    assert "0 of 1 goal is tied the whole way" in shown
    assert page("trace") in viewer.get(page("strategy")).content.decode()


def test_an_empty_strategy_is_shown_what_will_be_there(page, editor, viewer):
    assert page("goal_add") in editor.get(page("trace")).content.decode()
    shown = viewer.get(page("trace")).content.decode()
    assert "Here every goal will stand" in shown
    assert page("goal_add") not in shown


def test_of_many_two_are_named(cast, goal, page, viewer):
    goal.audiences.add(*(Audience.objects.create(strategy=cast.strategy, name=name) for name in "abc"))
    assert "and 1 more" in viewer.get(page("trace")).content.decode()


def test_a_connected_channel_says_why_we_are_there(cast, goal, page, viewer):
    channel = Channel.objects.create(
        workspace=cast.fjord, network="demo", handle="h", remote_id="h", name="K"
    )
    address = page("channel_decision", channel.pk)
    assert "does not say yet" in viewer.get(address).content.decode()
    choice = ChannelChoice.objects.create(
        strategy=cast.strategy, name="K", choice="use", channel=channel, purpose="Svare."
    )
    choice.goals.add(goal)
    shown = viewer.get(address).content.decode()
    for words in (page("channel_choice", choice.pk), page("goal", goal.pk), "Svare."):
        assert words in shown


def test_the_page_asks_little_of_the_database_however_large_the_strategy(cast, goal, page, viewer):
    goals = Goal.objects.bulk_create(
        Goal(strategy=cast.strategy, statement=f"Mål {at}", passage=goal.passage) for at in range(500)
    )
    audience = Audience.objects.create(strategy=cast.strategy, name="Unge")
    audience.goals.add(*goals)
    with CaptureQueriesContext(connection) as asked:
        assert viewer.get(page("trace")).status_code == 200
    assert len(asked) <= 30
