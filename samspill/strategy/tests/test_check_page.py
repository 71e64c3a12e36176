"""The page of the check: what should be better, the gravest first, and what was put aside."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from samspill.accounts.models import Event
from samspill.strategy.answers import answers
from samspill.strategy.check import completeness
from samspill.strategy.lint import RULES
from samspill.strategy.models import Goal, Record, Strategy, Trait


@pytest.fixture
def goal(cast) -> Goal:
    return Goal.objects.create(strategy=cast.strategy, statement="Alle får svar", target=90, baseline=60)


def soon(days: int = 30) -> date:
    return timezone.localdate() + timedelta(days=days)


def html(answer: Any) -> str:
    assert answer.status_code == 200, answer.content
    return str(answer.content.decode())


def test_says_in_a_sentence_how_much_there_is(viewer, page, goal):
    shown = html(viewer.get(page("check")))
    assert "are weak and" in shown
    assert "Goal without a deadline" in shown
    assert shown.index("This is weak") < shown.index("Worth a thought")


def test_a_new_strategy_is_not_praised_for_breaking_no_rule(viewer, page):
    shown = html(viewer.get(page("check")))
    assert "Nothing is written yet" in shown
    assert "all of them hold" not in shown
    assert Strategy.objects.count() == 0


def test_an_editor_gets_a_way_to_mend_and_a_viewer_none(editor, viewer, page, goal):
    assert page("goal_edit", goal.pk) in html(editor.get(page("check")))
    shown = html(viewer.get(page("check")))
    assert page("goal_edit", goal.pk) not in shown
    assert "Put aside" not in shown


def test_many_findings_of_one_rule_stand_on_its_page(viewer, page, cast):
    for n in range(7):
        Goal.objects.create(strategy=cast.strategy, statement=f"Mål nummer {n}")
    shown = html(viewer.get(page("check")))
    assert page("check_rule", "goal-deadline") in shown
    assert html(viewer.get(page("check_rule", "goal-deadline"))).count("Mål nummer") == 7


def test_an_unknown_rule_is_not_found(viewer, page):
    assert viewer.get(page("check_rule", "no-such-rule")).status_code == 404


def test_all_rules_stand_with_their_reasons(viewer, page):
    shown = html(viewer.get(page("check_rules")))
    assert str(RULES["trait-bad-example"].reason) in shown


def test_the_overview_gets_its_line(viewer, page, goal):
    assert "are weak" in html(viewer.get(page("check_count")))


def test_puts_a_finding_aside_with_a_reason_until_a_day(editor, page, goal):
    address = page("check_aside", "goal-deadline", goal.part)
    form = html(editor.get(address))
    assert "Alle får svar" in form
    said = {"reason": "Kommer i høst", "until": soon()}
    assert editor.post(address, said).status_code == 302
    assert Event.objects.filter(action="record.aside").count() == 1
    shown = html(editor.get(page("check")))
    assert "Kommer i høst" in shown
    assert "Goal without a deadline" not in shown.split('id="aside"')[0]
    assert editor.post(page("check_take_up", "goal-deadline", goal.part)).status_code == 302
    assert "Goal without a deadline" in html(editor.get(page("check")))
    assert not Record.objects.filter(kind="exception").exists()


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"reason": ""}, "This field is required."),
        ({"until": soon(0)}, "Choose a day that is still to come."),
        ({"until": soon(732)}, "Choose a day within two years."),
    ],
)
def test_bad_input_stays_with_a_sentence_beside_it(editor, page, goal, change, says):
    address = page("check_aside", "goal-deadline", goal.part)
    said = {"reason": "Kommer", "until": soon()} | change
    answer = editor.post(address, said)
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert not Record.objects.filter(kind="exception").exists()


@pytest.mark.parametrize("days", [1, 731])
def test_the_first_and_the_last_day_will_do(editor, page, goal, days):
    address = page("check_aside", "goal-deadline", goal.part)
    said = {"reason": "Kommer", "until": soon(days)}
    assert editor.post(address, said).status_code == 302


def test_the_page_decides_what_is_put_aside_not_the_form(editor, page, goal):
    address = page("check_aside", "goal-deadline", goal.part)
    said = {"rule": "goal-owner", "part": "goal/other", "reason": "Kommer", "until": soon()}
    editor.post(address, said)
    row = Record.objects.get(kind="exception")
    assert (row.data["rule"], row.data["part"]) == ("goal-deadline", goal.part)


def test_putting_aside_again_changes_the_reason(editor, page, goal):
    address = page("check_aside", "goal-deadline", goal.part)
    said = {"reason": "Kommer", "until": soon(), "version": 1}
    editor.post(address, said)
    editor.post(address, said | {"reason": "Kommer likevel"})
    assert [row.data["reason"] for row in Record.objects.filter(kind="exception")] == ["Kommer likevel"]
    stale = editor.post(address, said | {"reason": "Kommer ikke"})
    assert stale.status_code == 409
    assert "Kommer likevel" in stale.content.decode()


@pytest.mark.parametrize(
    "part", ["goal", "goal/x", "trait/6f9619ff-8b86-d011-b42d-00c04fc964ff", "section/goals", "goal/{other}"]
)
def test_only_a_part_the_rule_is_about_can_be_put_aside(editor, page, cast, goal, part):
    other = Goal.objects.create(strategy=cast.abroad, statement="Deres")
    part = part.replace("{other}", str(other.uuid))
    assert editor.get(page("check_aside", "goal-deadline", part)).status_code == 404


def test_a_finding_about_the_whole_can_be_put_aside(editor, page, cast):
    Trait.objects.create(strategy=cast.strategy, name="Åpen")
    address = page("check_aside", "voice-few", "section/voice")
    assert editor.post(address, {"reason": "To er nok", "until": soon()}).status_code == 302
    assert "Fewer than three traits" not in html(editor.get(page("check"))).split('id="aside"')[0]


def test_a_record_of_the_check_has_no_page_among_the_records(editor, page, cast):
    row = Record.objects.create(strategy=cast.strategy, kind="exception", data={"rule": "goal-owner"})
    assert editor.get(page("record_edit", row.pk)).status_code == 404
    assert editor.get(page("record_add", "exception")).status_code == 404


def test_what_is_inherited_is_mended_where_it_stands(viewer, page, cast, goal):
    Trait.objects.create(strategy=cast.strategy, name="Åpen")
    below = Strategy.objects.create(workspace=cast.fjord, parent=cast.strategy, title="Kampanjen")
    shown = html(viewer.get(page("check", below.pk)))
    assert "Trait without a bad example" not in shown
    assert "Fewer than three traits" in shown


def test_reads_a_large_strategy_in_few_queries(viewer, page, cast, django_assert_max_num_queries):
    Goal.objects.bulk_create(Goal(strategy=cast.strategy, statement=f"Mål {n}") for n in range(500))
    with django_assert_max_num_queries(30):
        viewer.get(page("check"))


def test_what_is_inherited_counts_as_answered(cast):
    Trait.objects.create(strategy=cast.strategy, name="Åpen")
    Record.objects.create(strategy=cast.strategy, kind="tone", data={"situation": "crisis", "tone": "Rolig"})
    below = Strategy.objects.create(workspace=cast.fjord, parent=cast.strategy, title="Kampanjen")
    assert (
        completeness(answers(below)).of("voice").filled
        == completeness(answers(cast.strategy)).of("voice").filled
        > 0
    )
    below.own_sections = ["voice"]
    assert completeness(answers(below)).of("voice").filled == 0
