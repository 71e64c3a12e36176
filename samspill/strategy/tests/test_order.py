"""People and objectives before ways, ways before channels, channels before a launch: said, never forced."""

from __future__ import annotations

import pytest

from samspill.strategy.models import Audience, ChannelChoice, Goal, LaunchAction, Strategy
from samspill.strategy.order import too_early

WORDS = "You can write here all the same."


def lacking(strategy: Strategy, question: str) -> list[str]:
    found = too_early(strategy, question)
    return [each.key for each in found.first] if found else []


@pytest.mark.parametrize("question", ["goals", "audiences", "voice"])
def test_what_comes_first_is_never_too_early(cast, question):
    assert lacking(cast.strategy, question) == []


def test_each_question_waits_for_those_it_follows_from(cast):
    strategy = cast.strategy
    assert lacking(strategy, "tactics") == ["goals", "audiences"]
    assert lacking(strategy, "launch") == ["goals", "audiences", "channel_choices"]
    goal = Goal.objects.create(strategy=strategy, statement="Mål")
    assert lacking(strategy, "channel_choices") == ["audiences"]
    Audience.objects.create(strategy=strategy, name="Unge")
    assert (lacking(strategy, "tactics"), lacking(strategy, "launch")) == ([], ["channel_choices"])
    ChannelChoice.objects.create(strategy=strategy, name="X", choice="not")
    assert lacking(strategy, "launch") == []
    goal.close()
    assert lacking(strategy, "launch") == ["goals"]


def test_what_is_inherited_is_an_answer(cast):
    Audience.objects.create(strategy=cast.strategy, name="Unge")
    below = Strategy.objects.create(workspace=cast.fjord, parent=cast.strategy, title="Kampanje")
    assert lacking(below, "tactics") == ["goals"]
    below.own_sections = ["audiences"]
    assert lacking(below, "tactics") == ["goals", "audiences"]


@pytest.mark.parametrize(
    ("question", "row"),
    [("tactics", "tactic"), ("channel_choices", "channel_choice"), ("launch", "launch_action")],
)
def test_the_page_and_the_form_say_it_and_let_one_write(page, editor, cast, question, row):
    for name in (question, f"{row}_add"):
        shown = editor.get(page(name)).content.decode()
        assert WORDS in shown
        assert page("audiences") in shown


def test_a_row_that_stands_is_not_too_early(page, editor, cast):
    action = LaunchAction.objects.create(strategy=cast.strategy, phase="soft", what="Inviter")
    assert WORDS not in editor.get(page("launch_action_edit", action.pk)).content.decode()
