"""The work as the strategy's pages ask for it: what serves a part, and what hangs loose."""

from __future__ import annotations

import pytest
from django.urls import reverse

from samspill.networks.models import Channel
from samspill.publishing.models import Draft, Version
from samspill.strategy.models import Audience, ChannelChoice, Goal, LaunchAction, Strategy


def address(name: str, *args: object) -> str:
    return reverse(f"publishing:{name}", args=("fjord", *args))


@pytest.fixture
def goal(cast) -> Goal:
    return Goal.objects.create(strategy=cast.strategy, statement="Alle får svar")


@pytest.fixture
def draft(cast, goal) -> Draft:
    return Draft.objects.create(workspace=cast.fjord, author=cast.alice, title="Tre ting", goal=goal)


@pytest.fixture
def viewer(as_person, cast):
    return as_person(cast.vera)


def test_the_work_for_whatever_hangs_on_a_goal(cast, viewer, goal, draft):
    audience = Audience.objects.create(strategy=cast.strategy, name="Unge")
    action = LaunchAction.objects.create(strategy=cast.strategy, phase="soft", what="Inviter")
    for kind, row in (("audience", audience), ("launchaction", action)):
        assert "Nothing has been written" in viewer.get(address("work", kind, row.pk)).content.decode()
        row.goals.add(goal)
        shown = viewer.get(address("work", kind, row.pk)).content.decode()
        assert address("draft", draft.pk) in shown
        assert reverse("strategy:goal", args=("fjord", goal.pk)) in shown
        assert 'id="thread-work" hx-swap-oob="true"' in shown


def test_a_closed_goal_asks_for_no_work(cast, viewer, goal, draft):
    audience = Audience.objects.create(strategy=cast.strategy, name="Unge")
    audience.goals.add(goal)
    goal.close()
    assert "Tre ting" not in viewer.get(address("work", "audience", audience.pk)).content.decode()


def test_of_a_channel_what_goes_out_there(cast, viewer, draft):
    choice = ChannelChoice.objects.create(strategy=cast.strategy, name="Fjord", choice="use")

    def shown() -> str:
        return str(viewer.get(address("work", "channelchoice", choice.pk)).content.decode())

    assert "No account is connected" in shown(), "not the drafts that have no channel yet"
    choice.channel = Channel.objects.create(
        workspace=cast.fjord, network="demo", handle="h", remote_id="h", name="Fjord"
    )
    choice.save()
    assert "for this channel yet" in shown()
    Version.objects.create(draft=draft, channel=choice.channel, text="Tre ting")
    assert "Tre ting" in shown()


def test_other_kinds_and_rows_of_others_are_not_found(cast, viewer):
    foreign = Audience.objects.create(strategy=cast.abroad, name="De")
    assert viewer.get(address("work", "audience", foreign.pk)).status_code == 404
    assert viewer.get(address("work", "trait", 1)).status_code == 404


def test_drafts_are_counted_for_many_goals_at_once(cast, viewer, goal, draft):
    idle = Goal.objects.create(strategy=cast.strategy, statement="Ingen gjør noe")
    foreign = Goal.objects.create(strategy=cast.abroad, statement="De andres")
    Draft.objects.create(workspace=cast.fjord, author=cast.alice, goal=goal, is_reply=True)
    asked = {"goal": [goal.pk, idle.pk, foreign.pk, "x"]}
    shown = viewer.get(address("goals_work"), asked).content.decode()
    assert f'id="work-{goal.pk}"' in shown
    assert "1 draft<" in shown, "an answer is no draft of its own"
    assert "none yet" in shown
    assert f"work-{foreign.pk}" not in shown


def test_goals_without_work_and_work_without_goal(cast, viewer, goal, draft):
    idle = Goal.objects.create(strategy=cast.strategy, statement="Ingen gjør noe")
    Draft.objects.create(workspace=cast.fjord, author=cast.alice, title="Bare et innfall")
    shown = viewer.get(address("loose")).content.decode()
    assert (idle.statement in shown, goal.statement in shown) == (True, False)
    assert ("Bare et innfall" in shown, "Tre ting" in shown) == (True, False)


def test_where_nothing_hangs_loose_it_says_so(cast, viewer, draft):
    shown = viewer.get(address("loose")).content.decode()
    assert "None. A draft serves every goal." in shown
    assert "None. Every draft serves a goal." in shown


def test_a_strategy_below_has_loose_goals_of_its_own(cast, viewer, goal):
    campaign = Strategy.objects.create(workspace=cast.fjord, parent=cast.strategy, title="Kampanje")
    Goal.objects.create(strategy=campaign, statement="Flere på dugnad")
    shown = viewer.get(address("loose"), {"strategy": campaign.pk}).content.decode()
    assert ("Flere på dugnad" in shown, goal.statement in shown) == (True, False)
    assert "Flere på dugnad" not in viewer.get(address("loose")).content.decode()


@pytest.mark.parametrize("said", ["x", "-1", "9" * 30, "²"])
def test_a_strategy_that_is_none_is_the_organisations(viewer, goal, said):
    assert goal.statement in viewer.get(address("loose"), {"strategy": said}).content.decode()
