"""From a passage one walks to goal, audience, channel, action, work and figure, and back again."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samspill.strategy import thread
from samspill.strategy.models import Audience, ChannelChoice, Goal, LaunchAction, Passage


@dataclass
class Whole:
    passage: Passage
    goal: Goal
    audience: Audience
    choice: ChannelChoice
    action: LaunchAction

    def pages(self, page) -> dict[str, str]:
        return {
            "passage": page("passage", self.passage.pk),
            "goal": page("goal", self.goal.pk),
            "audience": page("audience", self.audience.pk),
            "choice": page("channel_choice", self.choice.pk),
            "action": page("launch_action", self.action.pk),
        }


@pytest.fixture
def whole(cast, plan) -> Whole:
    strategy, passage = cast.strategy, plan.passages.get(text="Vi skal svare alle.")
    goal = Goal.objects.create(
        strategy=strategy, statement="Alle får svar", passage=passage, measure="response_rate"
    )
    audience = Audience.objects.create(strategy=strategy, name="Nye huseiere")
    choice = ChannelChoice.objects.create(strategy=strategy, name="Bluesky", choice="use")
    action = LaunchAction.objects.create(
        strategy=strategy, phase="soft", what="Inviter", channel_choice=choice
    )
    goal.audiences.add(audience)
    goal.channel_choices.add(choice)
    goal.launch_actions.add(action)
    choice.audiences.add(audience)
    return Whole(passage, goal, audience, choice, action)


@pytest.mark.parametrize("start", ["passage", "goal", "audience", "choice", "action"])
def test_every_place_links_to_all_the_others(whole, page, viewer, start):
    pages = whole.pages(page)
    shown = viewer.get(pages[start]).content.decode()
    strip = shown[shown.index('<ol class="thread">') : shown.index("</ol>")]
    for name, href in pages.items():
        if name != start:
            assert f'href="{href}"' in strip, name
    assert strip.count('aria-current="true"') == 1
    assert "hx-get=" in shown[shown.index('id="work"') :][:80]
    if start != "goal":
        assert "/measurement/measures/response_rate/" in strip


def test_where_nothing_hangs_the_thread_is_open(page, viewer, cast):
    audience = Audience.objects.create(strategy=cast.strategy, name="Unge")
    shown = viewer.get(page("audience", audience.pk)).content.decode()
    for words in ("No passage yet", "No goal yet", "No channel yet", "No action yet", "No figure yet"):
        assert words in shown


def test_a_loose_end_leads_an_editor_to_the_form(page, editor, viewer, cast):
    choice = ChannelChoice.objects.create(strategy=cast.strategy, name="X", choice="wait")
    loose = f'<a href="{page("channel_choice_edit", choice.pk)}">No goal yet</a>'
    assert loose in editor.get(page("channel_choice", choice.pk)).content.decode()
    assert loose not in viewer.get(page("channel_choice", choice.pk)).content.decode()


def test_many_of_a_kind_are_counted_and_listed_below(whole, page, viewer, cast):
    other = Audience.objects.create(strategy=cast.strategy, name="Borettslag")
    whole.goal.audiences.add(other)
    shown = viewer.get(page("goal", whole.goal.pk)).content.decode()
    assert '<a href="#audiences">2 audiences</a>' in shown
    below = shown[shown.index('id="audiences"') :]
    assert page("audience", other.pk) in below
    assert page("audience", whole.audience.pk) in below


def test_closed_goals_hang_on_nothing(whole):
    whole.goal.close()
    assert thread.of_audience(whole.audience).goals == []
    assert thread.of_passage(whole.passage).channels == []
    assert thread.of_action(whole.action).goals == []


def test_each_row_hangs_once(whole, cast):
    second = Goal.objects.create(strategy=cast.strategy, statement="Et til", passage=whole.passage)
    second.audiences.add(whole.audience)
    found = thread.of_passage(whole.passage)
    assert list(found.goals) == [whole.goal, second]
    assert list(found.audiences) == [whole.audience]


def test_an_audience_has_the_channels_meant_for_it_only(whole, cast):
    other = ChannelChoice.objects.create(strategy=cast.strategy, name="X", choice="use")
    other.goals.add(whole.goal)
    assert list(thread.of_audience(whole.audience).channels) == [whole.choice]
    assert list(thread.of_goal(thread.woven(Goal.objects.all()).get()).channels) == [whole.choice, other]


def test_larger_and_smaller_goals_find_each_other(whole, page, viewer, cast):
    small = Goal.objects.create(strategy=cast.strategy, statement="Et steg", parent=whole.goal)
    assert page("goal", small.pk) in viewer.get(page("goal", whole.goal.pk)).content.decode()
    shown = viewer.get(page("goal", small.pk)).content.decode()
    assert "It is a step towards" in shown
    assert page("goal", whole.goal.pk) in shown


def test_a_goal_says_when_its_document_no_longer_applies(whole, page, viewer):
    whole.passage.document.valid_to = "2020-12-31"
    whole.passage.document.save()
    assert (
        "The document applied until 31 December 2020."
        in viewer.get(page("goal", whole.goal.pk)).content.decode()
    )


def test_a_channel_says_all_it_was_given(page, viewer, cast):
    row = ChannelChoice.objects.create(
        strategy=cast.strategy,
        name="Facebook",
        choice="use",
        place="facebook",
        blocks=["groups", "sharing"],
        reply_within=24,
        risk="measures",
        risk_measures="Ingen personopplysninger.",
        design={"captions": True, "contrast": False},
        archive="Arkivet lagrer.",
        web_twin="https://fjord.no/nytt",
        exit_when="Ingen svarer.",
        review_on="2020-01-01",
    )
    shown = viewer.get(page("channel_choice", row.pk)).content.decode()
    for words in (
        "Groups, Sharing",
        "Can be used with measures",
        "Ingen personopplysninger.",
        "Recorded video has captions.",
        "Arkivet lagrer.",
        'href="https://fjord.no/nytt"',
        "Ingen svarer.",
        "You wanted to look at this decision again by 1 January 2020.",
    ):
        assert words in shown, words


@pytest.mark.parametrize(
    ("brought", "words"),
    [(14, "fewer than we thought"), (15, None), (90, None), (91, "more than we thought")],
)
def test_an_action_says_when_it_surprised(page, viewer, cast, brought, words):
    row = LaunchAction.objects.create(
        strategy=cast.strategy,
        phase="soft",
        what="Inviter",
        expected_low=15,
        expected_followers=40,
        expected_high=90,
        result_followers=brought,
    )
    shown = viewer.get(page("launch_action", row.pk)).content.decode()
    assert "from 15 to 90" in shown
    assert ("than we thought possible" in shown) is bool(words)
    assert words is None or words in shown


def test_rows_of_others_are_out_of_reach(page, viewer, cast):
    for name, row in {
        "audience": Audience.objects.create(strategy=cast.abroad, name="De"),
        "channel_choice": ChannelChoice.objects.create(strategy=cast.abroad, name="X", choice="use"),
        "launch_action": LaunchAction.objects.create(strategy=cast.abroad, phase="soft", what="De"),
    }.items():
        assert viewer.get(page(name, row.pk)).status_code == 404


def test_pages_of_a_large_strategy_ask_the_database_little(whole, page, viewer, cast):
    goals = Goal.objects.bulk_create(
        Goal(strategy=cast.strategy, statement=f"Mål {at}", passage=whole.passage, parent=whole.goal)
        for at in range(500)
    )
    whole.audience.goals.add(*goals)
    whole.choice.goals.add(*goals)
    whole.action.goals.add(*goals)
    for name, href in whole.pages(page).items():
        with CaptureQueriesContext(connection) as asked:
            assert viewer.get(href).status_code == 200
        assert len(asked) <= 30, name


def test_what_is_missing_of_universal_design_stands_before_what_is_in_place(page, viewer, cast):
    row = ChannelChoice.objects.create(
        strategy=cast.strategy, name="X", choice="use", design={"captions": True, "contrast": False}
    )
    shown = viewer.get(page("channel_choice", row.pk)).content.decode()
    assert shown.index("Text stands out") < shown.index("Pictures have") < shown.index("Recorded video has")
    assert "1 of 10 in place" in shown


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"expected_low": 5}, "at least 5"),
        ({"expected_high": 9}, "at most 9"),
        ({}, "Nothing is written down"),
    ],
)
def test_an_action_says_what_was_said_of_followers(page, viewer, cast, said, words):
    row = LaunchAction.objects.create(strategy=cast.strategy, phase="soft", what="Inviter", **said)
    assert words in viewer.get(page("launch_action", row.pk)).content.decode()
