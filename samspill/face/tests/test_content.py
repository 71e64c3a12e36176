"""What the strategy's face is made of: everything, in order, in words; and nothing that must stay inside."""

from __future__ import annotations

from datetime import date

import pytest

from samspill.face import reach
from samspill.face.blocks import Adopted
from samspill.face.content import ALL_PARTS, Choices, content
from samspill.face.tests.conftest import told
from samspill.strategy.models import Audience, Goal, Record, Strategy, Tactic
from samspill.strategy.sections import KINDS, SECTIONS

INSIDE = Choices(people=True, inside=True)


def test_every_kind_a_strategy_contains_has_a_reach():
    kinds = {kind.key for section in SECTIONS.values() for kind in section.kinds}
    assert set(reach.REACH) == kinds, "say in reach.py how far the new kind may go"
    for key, names in [(key, one.anyone | one.people) for key, one in reach.REACH.items()]:
        fields = {field.name for field in KINDS[key].fields} | {"presences"}
        assert names <= fields, f"{key} has no field {names - fields}"
    for key, inside in reach.INSIDE_PEOPLE.items():
        assert set(inside.split()) <= {field.name for field in KINDS[key].fields}


def test_those_inside_are_told_everything(filled):
    found = " ".join(told(content(filled, INSIDE)))
    for section in SECTIONS.values():
        for kind in section.kinds:
            for field in kind.fields:
                if field.is_words and field.name != "segment":
                    assert f"canary-{kind.key}-{field.name}" in found, f"{kind.key}.{field.name} is missing"


def test_strangers_are_told_only_what_may_go_out(filled):
    found = " ".join(told(content(filled, Choices())))
    assert "canary-goal-statement" in found
    for section in SECTIONS.values():
        for kind in section.kinds:
            shown = {field.name for field in reach.fields(kind, people=False, inside=False)}
            for field in kind.fields:
                if field.name not in shown:
                    assert f"canary-{kind.key}-{field.name}" not in found
    for secret in ("risk", "seed", "access", "capacity", "staffrule", "crisisplan", "edition"):
        assert f"canary-{secret}-" not in found
    assert "canary-person" not in found
    assert "12.5" not in content(filled, Choices()).rows("channelchoice")[0].of("hours_a_week")


def test_people_are_named_only_where_that_is_wanted(filled):
    assert "canary-person" in told(content(filled, Choices(people=True)))
    without = content(filled, Choices(inside=True))
    assert "canary-person" not in told(without)
    assert not without.rows("speaker"), "a row about somebody says nothing without the name"
    assert content(filled, Choices(people=True)).adopted == Adopted(3, date(2026, 6, 1), "canary-edition-by")
    assert without.adopted == Adopted(3, date(2026, 6, 1), "")


@pytest.mark.parametrize("part", ALL_PARTS)
def test_a_part_that_is_left_out_is_told_nowhere(part, filled):
    found = " ".join(told(content(filled, Choices(parts=[one for one in ALL_PARTS if one != part]))))
    keys = [kind.key for kind in SECTIONS[part].kinds] if part in SECTIONS else ["document", "passage"]
    assert not [key for key in keys if f"canary-{key}-" in found]


def test_parts_come_in_the_readers_order_and_in_the_chosen_language(filled):
    bokmal = content(filled, Choices("nb", inside=True))
    assert [part.key for part in bokmal.parts] == list(SECTIONS)
    goals = next(part for part in bokmal.parts if part.key == "goals")
    assert (goals.title, goals.groups[0].naming) == ("Hva skal vi oppnå?", "Mål")
    assert "What shall we achieve?" in [part.title for part in content(filled, Choices("en")).parts]
    assert bokmal.rows("criticalmass")[0].of("by") == "1. juni 2026"


def test_a_goal_says_where_it_stands_and_whom_it_serves(filled):
    goal = content(filled, Choices(charts=1)).rows("goal")[0]
    assert goal.figures
    assert goal.reason
    assert goal.figures.measure == "Answered"
    assert (goal.figures.baseline, goal.figures.target) == ("12.5%", "12.5%")
    assert goal.figures.standing == "no figures"
    assert goal.reason.document == "canary-document-title"
    assert goal.reason.text == "canary-passage-text"
    document = content(filled, Choices()).documents[0]
    assert document.passages[0].goals == ("canary-goal-statement",)


def test_a_figure_the_system_does_not_compute_is_told_as_a_line(cast):
    Goal.objects.create(strategy=cast.strategy, statement="Ro", baseline=3, target=7)
    row = content(cast.strategy, Choices()).rows("goal")[0]
    assert (row.figures, row.of("baseline"), row.of("target")) == (None, "3", "7")


def test_what_is_inherited_says_from_where(cast):
    Audience.objects.create(strategy=cast.strategy, name="Huseierne")
    Record.objects.create(strategy=cast.strategy, kind="dialogue", data={"languages": "norsk"})
    campaign = Strategy.objects.create(workspace=cast.fjord, parent=cast.strategy, title="Varm vinter")
    Audience.objects.create(strategy=campaign, name="Leietakerne")
    Record.objects.create(strategy=campaign, kind="dialogue", data={"languages": "polsk"})
    found = content(campaign, Choices())
    names = [(row.name, row.above) for row in found.rows("audience")]
    assert names == [("Leietakerne", ""), ("Huseierne", cast.strategy.title)]
    assert [row.of("languages") for row in found.rows("dialogue")] == ["polsk"]
    campaign.own_sections = ["audiences"]
    assert [row.name for row in content(campaign, Choices()).rows("audience")] == ["Leietakerne"]


def test_numbers_are_set_in_groups_but_years_are_not(cast):
    Audience.objects.create(strategy=cast.strategy, name="Huseierne", size=6900, size_year=2025)
    row = content(cast.strategy, Choices("nb")).rows("audience")[0]
    assert (row.of("size"), row.of("size_year")) == ("6\xa0900", "2025")


def test_closed_goals_are_told_nowhere(cast):
    gone = Goal.objects.create(strategy=cast.strategy, statement="Forlatt")
    Audience.objects.create(strategy=cast.strategy, name="Huseierne").goals.add(gone)
    gone.close()
    assert "Forlatt" not in " ".join(told(content(cast.strategy, Choices())))


def test_rows_stand_under_their_step_in_its_order(cast):
    for step in ("contributes", "sees"):
        Tactic.objects.create(strategy=cast.strategy, step=step, what=step)
    rows = content(cast.strategy, Choices()).rows("tactic")
    assert [row.under for row in rows] == ["Sees us", "Contributes"]


def test_an_unwritten_strategy_is_empty(cast):
    found = content(Strategy.of(cast.fjord), Choices())
    assert found.is_empty
    assert found.parts == ()


@pytest.mark.parametrize(
    ("typed", "told_as"),
    [
        ("Ro\u202ereverse\x07\x00", "Roreverse"),
        ("مرحبا بالعالم", "مرحبا بالعالم"),
        ("👩🏽‍🚒 og 🏳️‍🌈", "👩🏽‍🚒 og 🏳️‍🌈"),
        ("a\ud800b", "ab"),
    ],
)
def test_text_passes_without_the_controls_that_hide_or_reverse(typed, told_as, cast):
    strategy = Strategy(workspace=cast.fjord, title=typed)
    assert content(strategy, Choices()).title == told_as
