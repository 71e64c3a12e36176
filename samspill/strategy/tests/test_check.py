"""Completeness is the weakest question's; what is missing stands in order of effort."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from samspill.networks.models import Channel
from samspill.strategy.check import Answers, completeness
from samspill.strategy.models import (
    Audience,
    ChannelChoice,
    Goal,
    LaunchAction,
    Record,
    Tactic,
    Trait,
)

DAY = date(2026, 6, 1)


def goal(**more) -> Goal:
    whole = {
        "pk": 1,
        "statement": "Alle får svar",
        "level": "outcome",
        "measure": "response_rate",
        "baseline": 60,
        "baseline_at": DAY,
        "target": 90,
        "deadline": date(2026, 12, 31),
        "owner_id": 1,
        "passage_id": 1,
    }
    return Goal(**(whole | more))


def audience(**more) -> Audience:
    return Audience(**({"name": "Unge", "needs": "Svar", "size": 10, "size_source": "SSB 2025"} | more))


def tactic(step: str, **more) -> Tactic:
    return Tactic(**({"what": "Spør", "why_follow": "De blir hørt", "step": step} | more))


def trait(**more) -> Trait:
    whole = {"name": "Åpen", "we_are": "a", "we_are_not": "b", "good_example": "c", "bad_example": "d"}
    return Trait(**(whole | more))


def choice(**more) -> ChannelChoice:
    whole = {
        "name": "Bluesky",
        "choice": "use",
        "purpose": "Svare",
        "evidence": "SSB",
        "responsible_id": 1,
        "hours_a_week": 3,
        "exit_when": "Færre enn 5 svar i uka",
        "risk": "use",
        "review_on": DAY,
    }
    return ChannelChoice(**(whole | more))


def action(phase: str, **more) -> LaunchAction:
    return LaunchAction(**({"what": "Inviter", "phase": phase, "on": DAY, "owner_id": 1} | more))


def record(kind: str, **data: Any) -> Record:
    return Record(kind=kind, data=data)


RECORDS = {
    "promise": [record("promise", channel="Bluesky", hours=24)],
    "pillar": [record("pillar", name="Strøm")],
    "untouched": [record("untouched", topic="Personsaker")],
    "tone": [record("tone", situation=key, tone="Rolig") for key in ("complaint", "mistake", "crisis")],
    "criticalmass": [record("criticalmass", followers=400)],
}


def whole(**more: Any) -> Answers:
    phases = [action(phase, expected_followers=10) for phase in LaunchAction.Phase]
    rows: dict[str, Any] = {
        "goals": [goal()],
        "audiences": [audience()],
        "tactics": [tactic(step) for step in Tactic.Step],
        "voice": [trait(), trait(), trait()],
        "channel_choices": [choice()],
        "launch": phases,
        "records": RECORDS,
    }
    return Answers(**(rows | more))


def test_nothing_is_nothing_and_the_easiest_comes_first():
    found = completeness(Answers())
    assert [part.filled for part in found.parts] == [0] * 6
    assert all(part.required > 0 for part in found.parts)
    assert found.weakest.question == "goals"
    assert [gap.question for gap in found.gaps][:3] == ["goals", "audiences", "channel_choices"]
    assert [gap.minutes for gap in found.gaps] == sorted(gap.minutes for gap in found.gaps)


def test_a_whole_strategy_lacks_nothing():
    found = completeness(whole())
    assert found.gaps == []
    assert len(found.complete) == 6


def test_the_weakest_question_counts_and_not_the_mean():
    found = completeness(whole(voice=[trait(we_are="", good_example="")]))
    assert found.weakest.question == "voice"
    assert (found.weakest.filled, found.weakest.required) == (7, 19)


@pytest.mark.parametrize(
    ("question", "row", "sentence", "page"),
    [
        ("goals", goal(owner_id=None), "Nobody owns the goal “Alle får svar”.", "goal_edit"),
        ("goals", goal(deadline=None), "The goal “Alle får svar” has no deadline.", "goal_edit"),
        (
            "goals",
            goal(level=""),
            "How far from your own desk the goal “Alle får svar” is seen is not chosen.",
            "goal_edit",
        ),
        ("goals", goal(measure=""), "The goal “Alle får svar” has no measure.", "goal_edit"),
        ("goals", goal(target=None), "The goal “Alle får svar” has no target.", "goal_edit"),
        (
            "goals",
            goal(passage_id=None),
            "The goal “Alle får svar” serves no passage of a governing document.",
            "goal_edit",
        ),
        (
            "goals",
            goal(baseline=None),
            "Where the goal “Alle får svar” starts from is not written down.",
            "goal_edit",
        ),
        (
            "audiences",
            audience(needs=""),
            "What the audience “Unge” needs is not written down.",
            "audience_edit",
        ),
        (
            "audiences",
            audience(size=None),
            "How many the audience “Unge” counts is not written down.",
            "audience_edit",
        ),
        (
            "audiences",
            audience(size_source=""),
            "The size of “Unge” has no source and year.",
            "audience_edit",
        ),
        (
            "audiences",
            audience(size_source="SSB"),
            "The size of “Unge” has no source and year.",
            "audience_edit",
        ),
        (
            "channel_choices",
            choice(exit_when=""),
            "When you leave “Bluesky” is not decided.",
            "channel_choice_edit",
        ),
        (
            "channel_choices",
            choice(risk=""),
            "The risk of “Bluesky” is not assessed.",
            "channel_choice_edit",
        ),
        (
            "channel_choices",
            choice(purpose=""),
            "What “Bluesky” is for, or why not, is not written down.",
            "channel_choice_edit",
        ),
        (
            "channel_choices",
            choice(responsible_id=None),
            "Nobody is responsible for “Bluesky”.",
            "channel_choice_edit",
        ),
        (
            "channel_choices",
            choice(hours_a_week=None),
            "How many hours a week “Bluesky” may take is not decided.",
            "channel_choice_edit",
        ),
        (
            "channel_choices",
            choice(review_on=None),
            "When to look at “Bluesky” again is not decided.",
            "channel_choice_edit",
        ),
        (
            "channel_choices",
            choice(evidence=""),
            "Nothing shows that the people we want to reach are on “Bluesky”.",
            "channel_choice_edit",
        ),
    ],
)
def test_a_missing_field_is_one_gap_with_its_sentence(question, row, sentence, page):
    part = completeness(whole(**{question: [row]})).of(question)
    assert [gap.sentence for gap in part.gaps] == [sentence]
    assert part.gaps[0].page == page
    assert part.required - part.filled == 1


def test_whom_we_do_not_speak_to_needs_no_size_and_no_needs():
    stranger = audience(is_not=True, needs="", size=None, size_source="")
    assert completeness(whole(audiences=[audience(), stranger])).gaps == []


def test_several_rows_that_lack_the_same_are_one_gap():
    part = completeness(whole(goals=[goal(), goal(pk=2, owner_id=None), goal(pk=3, owner_id=None)])).of(
        "goals"
    )
    assert [(gap.sentence, gap.pk) for gap in part.gaps] == [
        ("2 goals have no owner; the first is “Alle får svar”.", 2)
    ]
    assert part.required - part.filled == 2


@pytest.mark.parametrize("decision", ["wait", "end", "not"])
def test_a_channel_we_are_not_on_needs_only_a_reason(decision):
    without = {"responsible_id": None, "hours_a_week": None, "review_on": None, "evidence": ""}
    row = choice(choice=decision, exit_when="", risk="", **without)
    assert completeness(whole(channel_choices=[row])).of("channel_choices").is_complete


def test_each_connected_channel_needs_a_decision():
    channels = [Channel(pk=7, name="Fjord på Bluesky"), Channel(pk=8, name="Fjord på Mastodon")]
    part = completeness(whole(channel_choices=[choice(channel_id=7)], channels=channels)).of(
        "channel_choices"
    )
    assert [gap.sentence for gap in part.gaps] == [
        "Fjord på Mastodon is connected, yet nothing says what we use it for."
    ]


def test_each_step_and_each_phase_needs_something():
    answers = whole(tactics=[tactic("sees")], launch=[action("listen")])
    assert len(completeness(answers).of("tactics").gaps) == 3
    sentences = [gap.sentence for gap in completeness(answers).of("launch").gaps]
    assert len(sentences) == 4
    assert "The plan does not say how many followers it should bring." in sentences


@pytest.mark.parametrize(("traits", "more"), [(2, "One more trait makes a personality."), (3, None)])
def test_three_traits_make_a_personality(traits, more):
    part = completeness(whole(voice=[trait()] * traits)).of("voice")
    assert [gap.sentence for gap in part.gaps] == ([more] if more else [])
    assert part.is_complete is (more is None)


@pytest.mark.parametrize(
    ("question", "kind", "sentence"),
    [
        ("tactics", "promise", "How fast you answer is not promised."),
        ("tactics", "pillar", "Which themes you come back to is not written down."),
        ("voice", "untouched", "Which topics you do not comment on is not written down."),
        (
            "launch",
            "criticalmass",
            "How many followers or answers it takes before it carries itself is not written down.",
        ),
    ],
)
def test_what_stands_beside_the_rows_counts_too(question, kind, sentence):
    part = completeness(whole(records={**RECORDS, kind: []})).of(question)
    assert [(gap.sentence, gap.page, gap.kind) for gap in part.gaps] == [(sentence, "record_add", kind)]
    assert part.required - part.filled == 1


@pytest.mark.parametrize("situation", ["complaint", "mistake", "crisis"])
def test_each_hard_hour_needs_its_tone(situation):
    tones = [row for row in RECORDS["tone"] if row.data["situation"] != situation]
    part = completeness(whole(records={**RECORDS, "tone": tones})).of("voice")
    assert [(gap.kind, gap.minutes) for gap in part.gaps] == [("tone", 5)]


def test_a_critical_mass_without_a_figure_is_none():
    rows = [record("criticalmass", if_missed="Vi slutter")]
    assert not completeness(whole(records={**RECORDS, "criticalmass": rows})).of("launch").is_complete


def test_who_is_not_an_audience_needs_no_number():
    row = audience(is_not=True, size=None, needs="")
    assert completeness(whole(audiences=[row])).of("audiences").is_complete


def test_our_own_site_needs_no_risk_assessment():
    assert (
        completeness(whole(channel_choices=[choice(place="website", risk="")]))
        .of("channel_choices")
        .is_complete
    )


def test_a_measure_of_ones_own_counts_with_its_source():
    row = goal(measure="", data_source="Undersøkelsen i november")
    assert completeness(whole(goals=[row])).of("goals").is_complete
