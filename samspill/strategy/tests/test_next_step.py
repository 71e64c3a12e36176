"""Whoever has ten quiet minutes is shown one thing to do."""

from __future__ import annotations

from datetime import date

from samspill.strategy.check import Answers, Completeness, Gap, Part, completeness
from samspill.strategy.models import (
    Audience,
    ChannelChoice,
    Goal,
    LaunchAction,
    Record,
    Strategy,
    Tactic,
    Trait,
)
from samspill.strategy.next_step import next_step
from samspill.strategy.questions import QUESTIONS
from samspill.strategy.sections import KINDS
from samspill.strategy.sections.counted import counted

TODAY = date(2026, 5, 1)
WHOLE = Completeness([Part(key, 4, 4) for key in QUESTIONS])


def test_the_weakest_question_comes_before_the_easiest_gap():
    easy = Part("goals", 9, 10, [Gap("goals", "Nobody owns it.", 1, "goal_edit", 7)])
    weak = Part("voice", 1, 10, [Gap("voice", "No example.", 4, "trait_edit", 3)])
    step = next_step(Strategy(), Completeness([easy, weak]), [], TODAY)
    assert step is not None
    assert (step.sentence, step.minutes, step.page, list(step.args)) == ("No example.", 4, "trait_edit", [3])


def test_what_is_overdue_comes_first():
    for day, overdue in ((date(2026, 5, 2), False), (TODAY, True)):
        step = next_step(Strategy(review_on=day), completeness(Answers()), [], TODAY)
        assert step is not None
        assert (step.page == "strategy_edit") == overdue


def test_when_all_is_answered_the_other_parts_come_and_then_nothing():
    step = next_step(Strategy(), WHOLE, [KINDS["role"], KINDS["risk"]], TODAY)
    assert step is not None
    assert (step.page, list(step.args)) == ("record_add", ["role"])
    assert "“Roles”" in step.sentence
    assert next_step(Strategy(), WHOLE, [], TODAY) is None


def test_the_overview_leads_to_it(page, editor, viewer, cast):
    goal = Goal.objects.create(strategy=cast.strategy, statement="Alle får svar")
    for n in range(3):
        Audience.objects.create(
            strategy=cast.strategy, name=f"Gruppe {n}", needs="x", size=1, size_source="x"
        )
    answer = editor.get(page("strategy"))
    assert "Ten quiet minutes" in answer.content.decode()
    assert answer.context["step"].sentence not in [gap.sentence for gap in answer.context["gaps"]], (
        "said once"
    )
    assert "Ten quiet minutes" not in viewer.get(page("strategy")).content.decode()
    assert str(goal) in answer.content.decode()


def test_each_part_says_what_stands_there(page, viewer, cast):
    below = Strategy.objects.create(workspace=cast.fjord, parent=cast.strategy, title="Kampanje")
    for strategy, kind, count in (
        (cast.strategy, "risk", 2),
        (cast.strategy, "capacity", 1),
        (below, "risk", 1),
    ):
        for _n in range(count):
            Record.objects.create(strategy=strategy, kind=kind, data={KINDS[kind].fields[0].name: "x"})

    def said(strategy: Strategy) -> dict[str, int]:
        return {kind.key: count for part in counted(strategy) for kind, count in part.written}

    assert said(cast.strategy) == {"risk": 2, "capacity": 1}
    assert said(below) == {"risk": 3, "capacity": 1}
    below.own_sections = ["situation"]
    assert said(below) == {"risk": 1}
    text = " ".join(viewer.get(page("strategy")).content.decode().split())
    assert "What can go wrong 2" in text
    assert "What we have to do it with</span>" in text
    assert str(KINDS["holding"].title) not in text


def test_a_record_that_a_question_lacks_is_written_on_the_page_of_its_kind():
    lacking = Part(
        "launch", 1, 10, [Gap("launch", "No critical mass.", 5, "record_add", kind="criticalmass")]
    )
    step = next_step(Strategy(), Completeness([lacking]), [], TODAY)
    assert step is not None
    assert (step.page, list(step.args), step.is_of_a_row) == ("record_add", ["criticalmass"], False)


def test_the_page_of_the_strategy_stands_at_every_step_of_writing_it(cast, page, editor):
    """Each question answered in its turn, so that the suggestion goes through all sorts of gaps."""
    goal = Goal.objects.create(strategy=cast.strategy, statement="Alle får svar", owner=cast.bob)
    rows = (
        lambda: Audience.objects.create(strategy=cast.strategy, name="Unge", needs="Svar"),
        lambda: Tactic.objects.create(strategy=cast.strategy, step="answers", what="Spør", why_follow="Hørt"),
        lambda: Trait.objects.create(strategy=cast.strategy, name="Rett fram", we_are="Klare"),
        lambda: ChannelChoice.objects.create(
            strategy=cast.strategy, name="Bluesky", choice="use", purpose="Svar"
        ),
        lambda: LaunchAction.objects.create(strategy=cast.strategy, phase="soft", what="Inviter", on=TODAY),
    )
    for write in (lambda: goal, *rows):
        write()
        assert editor.get(page("strategy")).status_code == 200
