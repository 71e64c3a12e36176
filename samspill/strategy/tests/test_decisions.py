"""The decision log: about any part or nothing in particular, with a reason, written once."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from samspill.accounts.models import Event
from samspill.strategy import decisions as decided
from samspill.strategy.models import Decision, Goal, Pattern, Record, Strategy

SAID = {
    "title": "We close the account on X",
    "reason": "Few are there",
    "decided_by": "The board",
    "decided_on": "2026-03-02",
}


@pytest.fixture
def goal(cast):
    return Goal.objects.create(strategy=cast.strategy, statement="Everyone gets an answer")


def line(strategy, title, **more):
    more.setdefault("decided_on", date(2026, 3, 2))
    return Decision.objects.create(strategy=strategy, title=title, reason="So it is", **more)


def titles(strategy, *args):
    return {Decision.objects.get(pk=pk).title for pk in decided.keys(strategy, *args)}


def test_a_decision_about_nothing_in_particular_is_kept_with_its_reason(cast, editor, viewer, page):
    assert editor.post(page("decision_add"), {**SAID, "about": ""}).status_code == 302
    row = Decision.objects.get()
    assert (row.title, row.reason, row.decided_by, row.part) == (*list(SAID.values())[:3], "")
    assert (row.decided_on, row.written_by, row.strategy) == (date(2026, 3, 2), cast.bob, cast.strategy)
    event = Event.objects.get()
    assert (event.action, event.subject) == ("decision.create", SAID["title"])
    text = viewer.get(page("decisions")).content.decode()
    for words in (SAID["title"], SAID["reason"], "The board", "2 March 2026"):
        assert words in text
    assert "decisions/add" not in text, "who reads does not write"


def test_a_decision_about_a_section_or_a_row_leads_there(cast, editor, page, goal):
    for part in ("section/voice", goal.part):
        address = page("decision_add") + f"?part={part}"
        assert editor.get(address).context["form"]["about"].value() == part
        assert editor.post(address, {**SAID, "about": part}).status_code == 302
    assert set(Decision.objects.values_list("part", flat=True)) == {"section/voice", goal.part}
    text = editor.get(page("decisions")).content.decode()
    assert goal.get_absolute_url() in text
    assert "Which personality do we show?" in text


@pytest.mark.parametrize("part", ["goal/7", "section/nowhere", "x" * 200, "²"])
def test_a_part_that_is_not_there_cannot_be_decided_about(editor, page, cast, part):
    assert editor.get(page("decision_add") + f"?part={part}").status_code == 404
    answer = editor.post(page("decision_add"), {**SAID, "about": part})
    assert answer.status_code == 422
    assert not Decision.objects.exists()


def test_another_workspace_s_row_cannot_be_decided_about(cast, editor, page):
    foreign = Goal.objects.create(strategy=cast.abroad, statement="Theirs")
    assert editor.get(page("decision_add") + f"?part={foreign.part}").status_code == 404


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({"title": ""}, "This field is required"),
        ({"reason": " "}, "Say why"),
        ({"title": "x" * 201}, "at most 200"),
        ({"decided_by": "x" * 121}, "at most 120"),
        ({"decided_on": ""}, "This field is required"),
        ({"decided_on": "3026-01-01"}, "still to come"),
        ({"decided_on": "26-01-01"}, "valid date"),
        ({"decided_on": "0026-01-01"}, "four digits"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(editor, page, cast, change, wrong):
    answer = editor.post(page("decision_add"), {**SAID, "about": "", **change})
    assert answer.status_code == 422
    text = answer.content.decode()
    assert wrong in text
    assert "Few are there" in text or "reason" in change
    assert not Decision.objects.exists()


def test_today_is_the_last_day(editor, page, cast):
    today = timezone.localdate()
    tomorrow = {**SAID, "about": "", "decided_on": (today + timedelta(days=1)).isoformat()}
    assert editor.post(page("decision_add"), tomorrow).status_code == 422
    assert editor.post(page("decision_add"), tomorrow | {"decided_on": today.isoformat()}).status_code == 302


def test_a_mistake_is_put_right_by_a_new_line_and_both_stay(cast, editor, page, goal):
    wrong = line(cast.strategy, "We answer within two days", part=goal.part)
    address = page("decision_add") + f"?corrects={wrong.uuid}"
    asked = editor.get(address).content.decode()
    assert "We answer within two days" in asked
    editor.post(address, {**SAID, "title": "We answer within one day"})
    right = Decision.objects.get(title="We answer within one day")
    assert right.part == f"decision/{wrong.uuid}"
    text = editor.get(page("decisions")).content.decode()
    assert "Puts right" in text
    assert "Put right on 2 March 2026" in text
    assert titles(cast.strategy, goal.part) == {wrong.title, right.title}, "it is about the same"
    wrong.refresh_from_db()
    assert wrong.title == "We answer within two days"


def test_a_correction_of_a_correction_is_about_what_the_first_was(cast, goal):
    first = line(cast.strategy, "First", part=goal.part)
    second = line(cast.strategy, "Second", part=f"decision/{first.uuid}")
    line(cast.strategy, "Third", part=f"decision/{second.uuid}")
    line(cast.strategy, "Of nothing", part="decision/not-there")
    assert titles(cast.strategy, "section/goals") == {"First", "Second", "Third"}


@pytest.mark.parametrize("name", ["x", "0" * 36, "6f1ed002-ab55-4a1c-9c39-000000000000"])
def test_what_is_not_there_cannot_be_put_right(editor, page, cast, name):
    assert editor.get(page("decision_add") + f"?corrects={name}").status_code == 404


def test_another_strategy_s_line_cannot_be_put_right(cast, editor, page):
    foreign = line(cast.abroad, "Theirs")
    assert editor.get(page("decision_add") + f"?corrects={foreign.uuid}").status_code == 404


def test_the_log_is_narrowed_by_part_and_by_year(cast, viewer, page, goal):
    pattern = Pattern.objects.create(strategy=cast.strategy, name="Grown")
    record = Record.objects.create(strategy=cast.strategy, kind="tone", data={})
    line(cast.strategy, "About the goal", part=goal.part, decided_on=date(2024, 1, 1))
    line(cast.strategy, "About goals", part="section/goals")
    line(cast.strategy, "About a tone", part=record.part)
    line(cast.strategy, "About a pattern", pattern=pattern)
    line(cast.strategy, "About nothing")
    assert titles(cast.strategy, "section/goals") == {"About the goal", "About goals"}
    assert titles(cast.strategy, goal.part) == {"About the goal"}
    assert titles(cast.strategy, "section/voice") == {"About a tone"}
    assert titles(cast.strategy, "section/emergence") == {"About a pattern"}
    assert titles(cast.strategy, "none") == {"About nothing"}
    assert titles(cast.strategy, "", 2024) == {"About the goal"}
    assert titles(cast.strategy, "section/voice", 2024) == set()
    assert decided.years(cast.strategy) == [2026, 2024]
    text = viewer.get(page("decisions"), {"part": "section/goals", "year": "2024"}).content.decode()
    assert "About the goal" in text
    assert "About goals" not in text
    none = viewer.get(page("decisions"), {"part": "section/crisis"}).content.decode()
    assert "Nothing was decided about that" in none


def test_a_decision_about_a_removed_part_can_still_be_read(cast, viewer, page, goal):
    line(cast.strategy, "Stays", part=goal.part)
    part = goal.part
    goal.delete()
    assert "goal that is removed" in viewer.get(page("decisions")).content.decode()
    assert "Stays" in viewer.get(page("decisions"), {"part": part}).content.decode()


def test_a_long_log_is_turned_page_by_page(cast, viewer, page, django_assert_max_num_queries):
    for n in range(70):
        line(
            cast.strategy,
            f"Decision {n:03}",
            part="section/voice",
            decided_on=date(2020, 1, 1) + timedelta(n),
        )
    with django_assert_max_num_queries(20):
        first = viewer.get(page("decisions")).content.decode()
    assert "Decision 069" in first
    assert "Decision 010" not in first
    assert "Decision 010" in viewer.get(page("decisions"), {"page": 2}).content.decode()


def test_a_strategy_below_has_a_log_of_its_own(cast, viewer, editor, page):
    below = Strategy.objects.create(workspace=cast.fjord, parent=cast.strategy, title="Summer")
    editor.post(page("decision_add", below.pk), {**SAID, "about": ""})
    assert SAID["title"] in viewer.get(page("decisions", below.pk)).content.decode()
    assert SAID["title"] not in viewer.get(page("decisions")).content.decode()
