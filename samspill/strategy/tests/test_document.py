"""A strategy written as a document and read back is the same strategy."""

from __future__ import annotations

import json
import uuid
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.conf import settings

from samspill.networks.models import Channel
from samspill.strategy.document.guide import table
from samspill.strategy.document.read import read
from samspill.strategy.document.take_in import take_in, try_in
from samspill.strategy.document.write import ABOUT, FORMAT, as_json, document
from samspill.strategy.document.yaml_text import as_yaml
from samspill.strategy.models import (
    Audience,
    ChannelChoice,
    Decision,
    Goal,
    LaunchAction,
    Presence,
    Record,
    Strategy,
    Tactic,
    Trait,
)
from samspill.strategy.sections import KINDS, SECTION_OF
from samspill.strategy.tests.large import fill, said


@pytest.fixture
def whole(cast, plan) -> Strategy:
    """A strategy that uses every kind and every sort of reference."""
    strategy = cast.strategy
    strategy.title, strategy.ambition, strategy.owner = "Vår strategi", "Best i landet.\nAlltid. 😀", cast.bob
    strategy.valid_from, strategy.own_sections = date(2026, 1, 1), ["voice"]
    strategy.save()
    ours = Channel.objects.create(
        workspace=cast.fjord, network="demo", handle="laget", remote_id="1", name="Laget"
    )
    larger = Goal.objects.create(strategy=strategy, statement="Større mål", position=2)
    goal = Goal.objects.create(
        strategy=strategy, statement="Alle får svar", why="Fordi.\n\n  Innrykk ", measure="followers",
        baseline=0.0, target=12.5, deadline=date(2027, 1, 1), owner=cast.alice, channel=ours, parent=larger,
        passage=plan.passages.all()[0], position=1, source="styret",
    )  # fmt: skip
    Goal.objects.create(
        strategy=strategy, statement="Lukket", position=3, closed_at=datetime(2026, 2, 1, tzinfo=UTC)
    )
    young = Audience.objects.create(strategy=strategy, name="שלום عربي", size=0, is_not=True, priority=2)
    young.goals.set([goal, larger])
    Presence.objects.create(
        audience=young, place="tiktok", use="daily", share=41.0, year=2022, source="Ipsos"
    )
    Tactic.objects.create(strategy=strategy, step="sees", what="Spør", audience=young)
    Trait.objects.create(strategy=strategy, name="Åpen", we_are="- ikke en liste", bad_example="no")
    choice = ChannelChoice.objects.create(
        strategy=strategy, name="Bluesky", choice="use", channel=ours, hours_a_week=0.0,
        risk_on=date(2026, 3, 1), blocks=["identity"], design={"alt_text": True}, responsible=cast.bob,
    )  # fmt: skip
    choice.audiences.add(young)
    action = LaunchAction.objects.create(
        strategy=strategy,
        phase="soft",
        what="Inviter",
        channel_choice=choice,
        done_at=datetime(2026, 2, 1, tzinfo=UTC),
    )
    action.goals.add(goal)
    for kind in KINDS.values():
        if kind.model is None:
            for n in range(1 if kind.single else 2):
                Record.objects.create(
                    strategy=strategy, kind=kind.key, data=said(kind, n), position=n, source="møte"
                )
    Decision.objects.create(
        strategy=strategy, title="Vi gjør det", decided_on=date(2026, 1, 2), part=goal.part
    )
    return Strategy.objects.get(pk=strategy.pk)


def both_ways(plain):
    return as_json(plain).encode(), as_yaml(plain).encode()


def test_a_document_says_every_kind(whole):
    kinds = {key for section in document(whole)["sections"].values() for key in section}
    assert kinds == set(KINDS)


def test_reading_into_the_same_strategy_changes_nothing(whole, cast):
    plain = document(whole)
    for content in both_ways(plain):
        reading = read(content)
        assert reading.faults == []
        outcome = take_in(reading, Strategy.objects.get(pk=whole.pk), cast.bob, leave_open=False)
        assert (outcome.absent, outcome.faults, outcome.is_copy) == ([], [], False)
        assert outcome.after == outcome.before == plain


def test_reading_into_an_empty_workspace_gives_the_same_document(whole, cast):
    plain = document(whole)
    contents = both_ways(plain)
    for content in contents:
        Decision.objects.all().delete()
        Strategy.objects.all().delete()
        empty = Strategy.objects.create(workspace=cast.fjord, title="Tom")
        outcome = take_in(read(content), empty, cast.bob, leave_open=False)
        assert outcome.after == plain


def test_what_the_document_lacks_goes_and_goals_are_closed(whole, cast):
    plain = document(whole)
    plain["sections"] = {"goals": {"goal": plain["sections"]["goals"]["goal"][:1]}}
    del plain["sections"]["goals"]["goal"][0]["parent"]
    take_in(read(as_json(plain).encode()), whole, cast.bob, leave_open=False)
    assert not Audience.objects.exists()
    assert not Record.objects.exists()
    assert [goal.statement for goal in Goal.objects.open()] == ["Alle får svar"]
    assert Goal.objects.count() == 3


def test_trying_changes_nothing_and_tells_what_would(whole, cast):
    plain = document(whole)
    changed = json.loads(json.dumps(plain))
    changed["sections"]["voice"]["trait"][0]["name"] = "Modig"
    outcome = try_in(read(as_json(changed).encode()), whole, cast.bob)
    assert outcome.after["sections"]["voice"]["trait"][0]["name"] == "Modig"
    assert document(Strategy.objects.get(pk=whole.pk)) == plain


def test_a_document_of_another_strategy_is_taken_in_as_a_copy(whole, cast):
    below = Strategy.objects.create(workspace=cast.fjord, parent=whole, title="Kampanje", scope="campaign")
    outcome = take_in(read(as_json(document(whole)).encode()), below, cast.bob, leave_open=False)
    assert outcome.is_copy
    ids = {row["id"] for row in outcome.after["sections"]["goals"]["goal"]}
    assert not ids & {
        row["id"] for row in outcome.before.get("sections", {}).get("goals", {}).get("goal", [])
    }
    copied = Goal.objects.of(below).get(statement="Alle får svar")
    assert copied.parent is not None
    assert copied.parent.strategy == below
    assert (below.scope, below.parent) == ("campaign", whole)


def test_people_channels_and_passages_that_are_not_here_are_told_and_left_open_only_on_request(whole, cast):
    content = as_json(document(whole)).encode()
    abroad = cast.abroad
    outcome = take_in(read(content), abroad, cast.charlie, leave_open=False)
    assert {each.what for each in outcome.absent} == {"person", "channel", "passage"}
    assert not Goal.objects.of(abroad).exists()
    take_in(read(content), abroad, cast.charlie, leave_open=True)
    goal = Goal.objects.of(abroad).get(statement="Alle får svar")
    assert (goal.owner, goal.channel, goal.passage) == (None, None, None)


def test_names_without_addresses_find_the_people_again(whole, cast):
    plain = document(whole, addresses=False)
    assert "example.org" not in json.dumps(plain["strategy"])
    outcome = take_in(read(as_json(plain).encode()), whole, cast.bob, leave_open=False)
    assert outcome.absent == []


FAULTS = [
    ("format: x\n", 1, "format"),
    ("- 1\n", 1, "names with values"),
    ("format: samspill-strategy/1\n", 1, "“strategy” is missing"),
    ("format: samspill-strategy/1\nstrategy:\n  titel: X\n", 3, "Did you mean “title”?"),
    ("format: samspill-strategy/1\nstrategy:\n  title: ''\n", 3, "“title” is missing"),
    ("@\n  title: X\n  scope: planet\n", 4, "none of the answers"),
    ("@\n  title: 5\n", 3, "takes text"),
    ("@\n  title: X\n  title: Y\n", 4, "stands twice"),
    ("@\n  title: X\n  review_on: 1.2.2026\n", 4, "year first"),
    ("@\n  title: X\nextra: 1\n", 4, "not known"),
    ("@\n  title: X\nsections:\n  planets: {}\n", 5, "not known"),
    ("@\n  title: X\nsections:\n  goals:\n    trait: []\n", 6, "belongs in “voice”"),
    ("@\n  title: X\nsections:\n  goals:\n    goal: {}\n", 6, "takes a list"),
    ("+why: Y\n", 7, "“statement” is missing"),
    ("+{statement: Y, target: -1}\n", 7, "from 0 up"),
    ("+{statement: Y, target: '5'}\n", 7, "without quotes"),
    ("+{statement: Y, id: 7}\n", 7, "no id"),
    ("+{statement: Y, owner: {name: Z, phone: 1}}\n", 7, "not known"),
    ("+{statement: Y, closed_at: today}\n", 7, "moment"),
    ("+statement: " + "x" * 201 + "\n", 7, "at most 200 signs"),
    ("@\n  title: X\ndecisions:\n- {title: Y}\n", 5, "“decided_on” is missing"),
]  # fmt: skip
HEAD = "format: samspill-strategy/1\nstrategy:"
GOALS = "@\n  title: X\nsections:\n  goals:\n    goal:\n    - "  # what “+” begins with


@pytest.mark.parametrize(("content", "line", "words"), FAULTS)
def test_every_fault_is_named_with_its_line(content, line, words):
    reading = read(content.replace("+", GOALS, 1).replace("@", HEAD).encode())
    assert [(fault.line, words in fault.sentence) for fault in reading.faults][:1] == [(line, True)], (
        reading.faults
    )


def test_all_faults_are_told_at_once_in_the_order_of_their_lines():
    reading = read(f"{HEAD}\n  titel: X\n  scope: planet\nextra: 1\n".encode())
    assert [fault.line for fault in reading.faults] == [3, 3, 4, 5]


def test_the_longest_text_is_taken_in():
    content = f"{HEAD}\n  title: X\nsections:\n  goals:\n    goal:\n    - statement: {'x' * 200}\n"
    assert read(content.encode()).faults == []


def with_goals(goals):
    said = {
        "format": "samspill-strategy/1",
        "strategy": {"title": "X"},
        "sections": {"goals": {"goal": goals}},
    }
    return as_yaml(said).encode()


def test_ids_that_stand_twice_and_goals_that_go_in_circles_are_faults():
    one, two = str(uuid.uuid4()), str(uuid.uuid4())
    rows = [
        {"id": one, "statement": "A", "parent": two},
        {"id": two, "statement": "B", "parent": one},
        {"id": two, "statement": "C"},
    ]
    assert any("part of itself" in fault.sentence for fault in read(with_goals(rows[:2])).faults)
    assert any("stands already" in fault.sentence for fault in read(with_goals(rows)).faults)


def test_a_reference_to_nothing_is_a_fault_and_nothing_is_stored(whole, cast):
    plain = document(whole)
    plain["sections"]["tactics"]["tactic"][0]["audience"] = str(uuid.uuid4())
    plain["strategy"]["title"] = "Ny tittel"
    outcome = take_in(read(as_json(plain).encode()), whole, cast.bob, leave_open=True)
    assert "no such row" in outcome.faults[0].sentence
    assert Strategy.objects.get(pk=whole.pk).title == "Vår strategi"


def test_a_large_strategy_is_written_in_few_questions(cast, django_assert_max_num_queries):
    strategy = fill(cast.fjord, cast.olga)
    with django_assert_max_num_queries(30):
        plain = document(strategy)
    assert len(plain["sections"]["goals"]["goal"]) == 500


def test_the_guide_to_the_format_knows_every_kind_and_field():
    guide = Path(settings.BASE_DIR, "docs/format.md").read_text(encoding="utf-8")
    assert guide.endswith(table()), (
        "Put the table that samspill.strategy.document.guide.table() gives at the end"
    )
    assert all(f"`{field.name}`" in guide for field in ABOUT)


def test_a_decision_that_stands_twice_is_told_with_both_lines():
    id_ = uuid.uuid4()
    one = {"id": str(id_), "decided_on": "2026-01-01", "title": "Vi åpner", "reason": "Fordi"}
    made = {"format": FORMAT, "strategy": {"title": "X"}, "decisions": [one, dict(one)]}
    faults = read(as_yaml(made).encode()).faults
    assert [("stands already in line 5" in each.sentence, each.line) for each in faults] == [(True, 9)]


def test_a_row_may_become_one_of_another_kind_and_keep_its_id(cast):
    old, new = KINDS["comparator"], KINDS["risk"]
    row = Record.objects.create(strategy=cast.strategy, kind=old.key, data=said(old, 0))
    written = {"id": str(row.uuid), "what": "Vi blir ikke hørt"}
    made = {
        "format": FORMAT,
        "strategy": {"title": "X"},
        "sections": {SECTION_OF[new.key].key: {new.key: [written]}},
    }
    reading = read(as_yaml(made).encode())
    assert not reading.faults
    take_in(reading, cast.strategy, cast.alice, leave_open=False)
    assert Record.objects.get(strategy=cast.strategy).kind == new.key
