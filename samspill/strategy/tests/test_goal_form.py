"""A goal holds together: its figures fit its measure, its target the direction, its days each other."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import time_machine
from django.http import QueryDict
from django.utils import translation

from samspill.accounts.models import User
from samspill.networks.models import Channel
from samspill.strategy.forms import FigureField
from samspill.strategy.goal_form import GoalForm
from samspill.strategy.models import Audience, Goal, Passage
from samspill.strategy.subgoals import SUB_GOALS
from samspill.strategy.take_in import new_document, open_upload

TODAY = date(2026, 6, 1)


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2026-06-01T12:00:00Z", tick=False):
        yield


def form(cast, instance: Goal | None = None, **said: Any) -> GoalForm:
    data = QueryDict(mutable=True)
    data.update({"statement": "Alle får svar", **said})
    return GoalForm(data, strategy=cast.strategy, instance=instance)


def errors(cast, **said: Any) -> dict[str, list[str]]:
    return {name: [str(word) for word in words] for name, words in form(cast, **said).errors.items()}


WHOLE: dict[str, Any] = {
    "measure": "response_rate",
    "baseline": "64",
    "baseline_at": "2026-03-01",
    "target": "90 %",
    "deadline": "2026-12-31",
}


def test_a_whole_goal_is_kept(cast, plan):
    audience = Audience.objects.create(strategy=cast.strategy, name="Unge")
    passage = plan.passages.get(text="Vi skal svare alle.")
    more: dict[str, Any] = {
        "owner": str(cast.bob.pk),
        "passage": str(passage.pk),
        "audiences": str(audience.pk),
    }
    written = form(cast, **WHOLE, **more)
    assert written.errors == {}
    goal = written.save()
    assert (goal.baseline, goal.target, goal.deadline) == (64, 90, date(2026, 12, 31))
    assert (goal.owner, goal.passage, list(goal.audiences.all())) == (cast.bob, passage, [audience])
    assert goal.passage_seen_at is not None


@pytest.mark.parametrize(
    ("language", "said", "meant"),
    [
        ("en", "1,200", 1200),
        ("en", "1200.5", 1200.5),
        ("en", "18,4", 18.4),
        ("nb", "18,4", 18.4),
        ("nb", "18.4", 18.4),
        ("nb", "1\u00a0200,5", 1200.5),
        ("nb", "1,200", 1.2),
        ("nb", "1.200", 1200),
        ("nb", "1.200,5 %", 1200.5),
        ("en", "1,200.5", 1200.5),
        ("en", "1.200", 1.2),
    ],
)
def test_a_comma_is_read_as_it_was_meant(language, said, meant):
    with translation.override(language):
        assert FigureField().clean(said) == meant


def test_only_the_statement_must_be_there(cast):
    assert errors(cast) == {}
    assert errors(cast, statement="") == {"statement": ["This field is required."]}


@pytest.mark.parametrize(("length", "fits"), [(200, True), (201, False)])
def test_a_statement_has_a_longest_length(cast, length, fits):
    assert (errors(cast, statement="x" * length) == {}) is fits


def test_norwegians_write_figures_with_a_comma(cast):
    with translation.override("nb"):
        written = form(cast, **(WHOLE | {"baseline": "63,5 %", "target": "90,5"}))
        assert written.errors == {}
        assert (written.cleaned_data["baseline"], written.cleaned_data["target"]) == (63.5, 90.5)
        counted = form(cast, measure="followers", target="1 200")
        assert counted.errors == {}
        assert counted.cleaned_data["target"] == 1200


@pytest.mark.parametrize(
    ("said", "name", "sentence"),
    [
        ({"measure": ""}, "measure", "Say what the figures are of: choose a measure."),
        ({"measure": "likes"}, "measure", "There is no such measure. Choose one from the list."),
        ({"target": "mange"}, "target", "Enter a number."),
        ({"target": "nan"}, "target", "Enter a number."),
        ({"target": "100,1"}, "target", "“Answered” is a share, so it is at most 100 %."),
        ({"target": "1,2,3"}, "target", "Enter a number."),
        ({"target": "101"}, "target", "“Answered” is a share, so it is at most 100 %."),
        ({"target": "-1"}, "target", "Ensure this value is greater than or equal to 0."),
        (
            {"measure": "followers", "baseline": "10", "target": "12.5"},
            "target",
            "“Followers” is counted in whole numbers.",
        ),
        (
            {"target": "50"},
            "target",
            "For “Answered” more is better, yet the target 50% is below the baseline 64%."
            " Write a higher target, or correct the baseline.",
        ),
        (
            {"measure": "response_time", "baseline": "4", "target": "5"},
            "target",
            "For “Time to an answer” lower is better, yet the target 5 hours is above the baseline 4 hours."
            " Write a lower target, or correct the baseline.",
        ),
        ({"baseline_at": ""}, "baseline_at", "Say on which day the baseline was so."),
        (
            {"baseline_at": "2026-06-02"},
            "baseline_at",
            "The baseline says where you stand, so its day cannot be in the future.",
        ),
        (
            {"baseline_at": "2026-03-01", "deadline": "2026-03-01"},
            "deadline",
            "The deadline must come after the baseline's day, 1 March 2026.",
        ),
        ({"deadline": "2026-05-31"}, "deadline", "This day has passed. Choose a day to come."),
    ],
)
def test_what_contradicts_is_said_beside_its_field(cast, said, name, sentence):
    assert errors(cast, **(WHOLE | said)).get(name) == [sentence]


@pytest.mark.parametrize(
    "said",
    [
        {"target": "100"},
        {"target": "64"},
        {"measure": "response_time", "baseline": "4", "target": "4"},
        {"measure": "followers", "baseline": "0", "target": "12"},
        {"baseline_at": "2026-06-01"},
        {"deadline": "2026-06-01"},
        {"baseline_at": "2026-05-31", "deadline": "2026-06-01"},
    ],
)
def test_what_is_just_inside_is_let_in(cast, said):
    assert errors(cast, **(WHOLE | said)) == {}


def test_a_deadline_that_has_passed_since_can_stand(cast):
    goal = Goal.objects.create(strategy=cast.strategy, statement="Mål", deadline=date(2026, 5, 1))
    assert form(cast, goal, deadline="2026-05-01").errors == {}
    assert "deadline" in form(cast, goal, deadline="2026-05-02").errors


def test_nothing_of_another_workspace_can_be_chosen(cast):
    foreign = new_document(cast.utland, cast.charlie, open_upload(b"# Plan\n\nHemmelig.", "plan.md"))
    channel = Channel.objects.create(
        workspace=cast.utland, network="demo", handle="u", remote_id="u", name="Utland"
    )
    audience = Audience.objects.create(strategy=cast.abroad, name="De andre")
    said: dict[str, Any] = {
        "passage": str(Passage.objects.get(document=foreign).pk),
        "channel": str(channel.pk),
        "owner": str(cast.charlie.pk),
        "audiences": str(audience.pk),
    }
    assert set(errors(cast, **said)) == set(said)


def test_every_sub_goal_proposes_what_the_form_takes(cast):
    for key, template in SUB_GOALS.items():
        said: dict[str, Any] = {
            "sub_goal": key,
            "statement": str(template.statement),
            "measure": template.measure,
        }
        target: dict[str, Any] = (
            {"target": str(template.target_value)} if template.target_value is not None else {}
        )
        written = form(cast, **said, **target)
        assert written.errors == {}
        assert written.save().template is template
        choices: Any = written["measure"].field
        keys = [value for _name, group in choices.choices[1:] for value, _label in group]
        assert keys[0] == template.measure
        assert len(keys) == len(set(keys))


def test_an_unknown_sub_goal_is_a_free_goal(cast):
    assert form(cast, sub_goal="x").save().sub_goal == ""


def test_a_goal_looks_again_only_when_its_passage_is_chosen_anew(cast, plan):
    first, second = plan.passages.all()[:2]
    owner: User = cast.bob
    goal = Goal.objects.create(strategy=cast.strategy, statement="Mål", passage=first)
    form(cast, goal, passage=str(first.pk), owner=str(owner.pk)).save()
    assert Goal.objects.get().passage_seen_at is None
    form(cast, goal, passage=str(second.pk)).save()
    assert Goal.objects.get().passage_seen_at is not None
