"""The long forms: every field of the table is asked with a sentence, what contradicts is said beside it."""

from __future__ import annotations

from typing import Any

import pytest
import time_machine
from django import forms
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from samspill.strategy.duties import DESIGN
from samspill.strategy.models import (
    Audience,
    ChannelChoice,
    Goal,
    GoverningDocument,
    LaunchAction,
    Strategy,
)
from samspill.strategy.questions import QUESTIONS
from samspill.strategy.sections import KINDS

CORE = list(QUESTIONS.values())
LEAST: dict[str, dict[str, str]] = {
    "goals": {"statement": "Alle får svar"},
    "audiences": {"name": "Unge"},
    "channel_choices": {"name": "Bluesky", "choice": "wait"},
    "launch": {"phase": "soft", "what": "Inviter"},
}


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2026-06-01T12:00:00Z", tick=False):
        yield


def faults(cast, question: str, row: Any = None, **said: Any) -> dict[str, list[str]]:
    data = QueryDict(mutable=True)
    for name, value in (LEAST[question] | said).items():
        data.setlist(name, value if isinstance(value, list) else [value])
    written = QUESTIONS[question].form(data, strategy=cast.strategy, instance=row)
    return {name: [str(words) for words in found] for name, found in written.errors.items()}


@pytest.mark.parametrize("question", CORE, ids=lambda question: question.key)
def test_every_field_of_the_table_is_asked_with_a_sentence(cast, question):
    form = question.form(strategy=cast.strategy)
    # A sub-goal is chosen on the page before, and what it says of a passage is searched for.
    for field in KINDS[question.model._meta.model_name].fields:
        asked = form.fields[field.name]
        if not isinstance(asked.widget, forms.HiddenInput):
            assert str(asked.help_text).endswith((".", "”")), field.name


@pytest.mark.parametrize("question", CORE, ids=lambda question: question.key)
def test_every_field_stands_in_one_part_of_the_form(cast, question):
    Audience.objects.create(strategy=cast.strategy, name="Unge")
    form = question.form(strategy=cast.strategy)
    names = [field.name for part in form.parts() for field in part.fields]
    assert sorted(names) == sorted(form.fields)


def test_a_part_says_how_much_of_it_is_filled_in(page, editor, cast):
    row = ChannelChoice.objects.create(
        strategy=cast.strategy, name="Bluesky", choice="use", hours_a_week=0, staffed="Bjørn"
    )
    shown = editor.get(page("channel_choice_edit", row.pk)).content.decode()
    assert "2 of 6 filled in" in shown, "no hours at all is an answer, too"


def test_a_part_with_a_fault_is_open(page, editor, cast):
    said = LEAST["channel_choices"] | {"risk": "measures", "risk_on": "2026-01-01"}
    shown = editor.post(page("channel_choice_add"), said).content.decode()
    assert shown.count('<details class="part" open>') == 1
    assert "It can be used with measures, so say which." in shown


@pytest.mark.parametrize(
    ("question", "said", "name", "sentence"),
    [
        ("audiences", {"size": "10", "size_year": "2027"}, "size_year", "Write a year from 1900 to 2026"),
        ("audiences", {"size": "10", "size_year": "1899"}, "size_year", "Write a year from 1900 to 2026"),
        ("audiences", {"size_year": "2025"}, "size", "Say how many there were that year"),
        ("channel_choices", {"link": "bluesky profile"}, "link", "This is no web address."),
        ("channel_choices", {"link": "javascript:alert(1)"}, "link", "This is no web address."),
        ("channel_choices", {"web_twin": "ftp://example.org"}, "web_twin", "This is no web address."),
        ("channel_choices", {"risk_link": "http://"}, "risk_link", "This is no web address."),
        ("channel_choices", {"reply_within": "720.1"}, "reply_within", "less than or equal to 720"),
        ("channel_choices", {"reply_within": "-1"}, "reply_within", "greater than or equal to 0"),
        (
            "channel_choices",
            {"choice": "use", "risk": "not", "risk_on": "2026-01-01"},
            "choice",
            "The risk assessment says that it must not be used.",
        ),
        ("channel_choices", {"risk": "use"}, "risk_on", "Say on which day the risk was assessed."),
        ("channel_choices", {"risk_on": "2026-01-01"}, "risk", "Say what the risk assessment came to"),
        ("channel_choices", {"risk": "use", "risk_on": "2026-06-02"}, "risk_on", "This day is yet to come."),
        (
            "channel_choices",
            {"risk": "use", "risk_on": "2026-06-01", "risk_review_on": "2026-06-01"},
            "risk_review_on",
            "The next one must come after the last, on 1 June 2026.",
        ),
        ("channel_choices", {"review_on": "2026-05-31"}, "review_on", "This day has passed."),
        ("channel_choices", {"place": "myspace"}, "place", "myspace is not one of the available choices"),
        ("channel_choices", {"blocks": ["identity", "x"]}, "blocks", "x is not one of the available choices"),
        ("channel_choices", {"design_alt_text": "perhaps"}, "design", "Say of each whether it is in place"),
        (
            "launch",
            {"expected_followers": "40", "expected_low": "41"},
            "expected_low",
            "You expect 40, so “at least” cannot be more than that.",
        ),
        (
            "launch",
            {"expected_followers": "40", "expected_high": "39"},
            "expected_high",
            "You expect 40, so “at most” cannot be less than that.",
        ),
        (
            "launch",
            {"expected_low": "1,200", "expected_high": "1,199"},
            "expected_high",
            "“At most” must be at least 1,200, which you have written as the least.",
        ),
        ("launch", {"result_followers": "-1"}, "result_followers", "greater than or equal to 0"),
        ("goals", {"strength": "direct"}, "passage", "Choose the passage that you say it serves."),
        ("goals", {"passage_why": "Fordi"}, "passage", "Choose the passage that you say it serves."),
    ],
)
def test_what_contradicts_is_said_beside_its_field(cast, question, said, name, sentence):
    found = faults(cast, question, **said)
    assert found.keys() == {name}
    assert sentence in found[name][0]


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("audiences", {"size": "10", "size_year": "2026"}),
        ("audiences", {"size": "0", "size_year": "1900"}),
        ("channel_choices", {"link": "https://bsky.app/profile/fjord.no"}),
        ("channel_choices", {"link": "https://blåbær.no/søk?q=æ"}),
        ("channel_choices", {"reply_within": "720"}),
        ("channel_choices", {"choice": "end", "risk": "not", "risk_on": "2026-06-01"}),
        ("channel_choices", {"risk": "use", "risk_on": "2026-06-01", "risk_review_on": "2026-06-02"}),
        ("channel_choices", {"review_on": "2026-06-01"}),
        ("launch", {"expected_followers": "40", "expected_low": "40", "expected_high": "40"}),
        ("launch", {"expected_low": "0", "expected_high": "0"}),
    ],
)
def test_what_is_just_inside_is_let_in(cast, question, said):
    assert faults(cast, question, **said) == {}


def test_people_leave_out_https(cast):
    data = LEAST["channel_choices"] | {"link": " fjord.no/nytt "}
    form = QUESTIONS["channel_choices"].form(data, strategy=cast.strategy)
    assert form.errors == {}
    assert form.save().link == "https://fjord.no/nytt"


def test_whom_we_leave_out_has_no_goals(cast):
    goal = Goal.objects.create(strategy=cast.strategy, statement="Mål")
    found = faults(cast, "audiences", is_not="on", goals=[str(goal.pk)])
    assert found == {
        "is_not": ["You have tied goals to them. Take away the goals, or speak to them after all."]
    }
    assert faults(cast, "audiences", is_not="on") == {}


def test_goals_never_go_in_a_circle(cast):
    first, second, third = (Goal.objects.create(strategy=cast.strategy, statement=name) for name in "abc")
    for below, above in ((second, first), (third, second)):
        below.parent = above
        below.save()
    sentence = "“c” is itself a step towards this goal. Choose another, or none."
    assert faults(cast, "goals", first, parent=str(third.pk)) == {"parent": [sentence]}
    assert "parent" in faults(cast, "goals", first, parent=str(first.pk)), "nor is it a step towards itself"
    assert faults(cast, "goals", third, parent=str(first.pk)) == {}


def test_a_circle_that_came_in_another_way_ends_the_walk(cast):
    first, second, third, last = (
        Goal.objects.create(strategy=cast.strategy, statement=name) for name in "abcd"
    )
    for below, above in ((first, second), (second, first), (third, first)):
        below.parent = above
        below.save()
    assert faults(cast, "goals", last, parent=str(third.pk)) == {}


@pytest.fixture
def campaign(cast) -> Strategy:
    return Strategy.objects.create(workspace=cast.fjord, parent=cast.strategy, title="Kampanje")


def test_a_goal_below_serves_one_above_and_never_the_other_way(cast, campaign):
    above = Goal.objects.create(strategy=cast.strategy, statement="Stort")
    below = Goal.objects.create(strategy=campaign, statement="Lite")
    form = QUESTIONS["goals"].form
    assert form({"statement": "Lite", "parent": above.pk}, strategy=campaign, instance=below).errors == {}
    assert "parent" in form({"statement": "Stort", "parent": below.pk}, strategy=cast.strategy).errors


def test_what_a_strategy_below_has_tied_to_a_row_stays(cast, campaign):
    audience = Audience.objects.create(strategy=cast.strategy, name="Unge")
    goal = Goal.objects.create(strategy=campaign, statement="Lite")
    other = Goal.objects.create(strategy=campaign, statement="Et annet")
    audience.goals.add(goal)
    form: Any = QUESTIONS["audiences"].form(strategy=cast.strategy, instance=audience)
    offered = list(form.fields["goals"].queryset)
    assert (goal in offered, other in offered) == (True, False)


def test_what_is_universally_designed_is_kept_as_seen(page, editor, cast):
    said = LEAST["channel_choices"] | {
        "design_alt_text": "yes",
        "design_captions": "no",
        "design_contrast": "",
    }
    editor.post(page("channel_choice_add"), said)
    row = ChannelChoice.objects.get()
    assert row.design == {"alt_text": True, "captions": False}
    shown = editor.get(page("channel_choice_edit", row.pk)).content.decode()
    assert shown.count(" checked></td>") == len(DESIGN)
    editor.post(page("channel_choice_edit", row.pk), LEAST["channel_choices"] | {"version": "1"})
    assert ChannelChoice.objects.get().design == {}, "what is looked at no more is taken away"


def test_two_people_are_shown_lists_in_words(page, editor, cast):
    row = ChannelChoice.objects.create(
        strategy=cast.strategy,
        name="X",
        choice="wait",
        blocks=["groups"],
        design={"captions": True},
        version=2,
    )
    said = LEAST["channel_choices"] | {"version": "1", "blocks": ["sharing"], "design_captions": "no"}
    shown = editor.post(page("channel_choice_edit", row.pk), said).content.decode()
    assert "Groups: People gather around something they share." in shown
    assert "In place: Recorded video has captions." in shown
    assert "Missing: Recorded video has captions." in shown


def test_a_document_ends_after_it_begins(page, editor, plan):
    said = {"title": "Plan", "version": "1", "valid_from": "2026-01-02", "valid_to": "2026-01-01"}
    answer = editor.post(page("document_edit", plan.pk), said)
    assert answer.context["form"].errors == {
        "valid_to": ["The document cannot end before it begins, on 2 January 2026."]
    }
    answer = editor.post(page("document_edit", plan.pk), said | {"valid_to": "2026-01-02", "sort": "plan"})
    assert answer.status_code == 302
    assert GoverningDocument.objects.get().sort == "plan"


def test_an_action_says_what_it_brought(page, editor, cast):
    row = LaunchAction.objects.create(strategy=cast.strategy, phase="soft", what="Inviter")
    said = LEAST["launch"] | {"version": "1", "result_followers": "32", "result": "Halvparten kom samme dag."}
    editor.post(page("launch_action_edit", row.pk), said)
    assert LaunchAction.objects.get().result_followers == 32


def test_what_is_chosen_among_is_shown_as_it_was_typed(page, editor, cast):
    goal = Goal.objects.create(strategy=cast.strategy, statement="<script>x</script>")
    row = Audience.objects.create(strategy=cast.strategy, name="Unge")
    row.goals.add(goal)
    shown = editor.get(page("audience_edit", row.pk)).content.decode()
    assert "<script>x" not in shown
    assert f'value="{goal.pk}" id="id_goals_0" checked> &lt;script&gt;' in shown
    other = Goal.objects.create(strategy=cast.strategy, statement="Et steg", parent=goal)
    shown = editor.get(page("goal_edit", other.pk)).content.decode()
    assert "<script>x" not in shown
    assert f'<option value="{goal.pk}" selected>&lt;script&gt;' in shown


def test_what_was_ticked_stays_ticked_when_something_is_wrong(page, editor, cast):
    goal = Goal.objects.create(strategy=cast.strategy, statement="Mål")
    shown = editor.post(page("audience_add"), {"name": "", "goals": [goal.pk]}).content.decode()
    assert f'value="{goal.pk}" id="id_goals_0" checked>' in shown


def test_forms_of_a_large_strategy_ask_the_database_little(page, editor, cast):
    strategy = cast.strategy
    Goal.objects.bulk_create(Goal(strategy=strategy, statement=f"Mål {at}") for at in range(500))
    rows = {
        "goal": Goal.objects.all()[0],
        "audience": Audience.objects.create(strategy=strategy, name="Unge"),
        "channel_choice": ChannelChoice.objects.create(strategy=strategy, name="X", choice="use"),
        "launch_action": LaunchAction.objects.create(strategy=strategy, phase="soft", what="Inviter"),
    }
    for name, row in rows.items():
        with CaptureQueriesContext(connection) as asked:
            assert editor.get(page(f"{name}_edit", row.pk)).status_code == 200
        assert len(asked) <= 30, name
