"""A part of a strategy is found by the one string that everything outside keeps of it."""

from __future__ import annotations

import pytest

from samspill.strategy import parts
from samspill.strategy.models import Audience, ChannelChoice, Goal, LaunchAction, Record, Strategy, Trait
from samspill.strategy.sections import SECTIONS


@pytest.fixture
def goal(cast):
    return Goal.objects.create(strategy=cast.strategy, statement="Everyone gets an answer")


def test_a_row_with_a_page_of_its_own_is_found_there(cast, goal, viewer):
    part = parts.find(cast.strategy, goal.part)
    assert (part.key, part.name, part.sort, part.row) == (goal.part, "Everyone gets an answer", "goal", goal)
    assert not part.is_gone
    rows = [
        goal,
        Audience.objects.create(strategy=cast.strategy, name="The young"),
        ChannelChoice.objects.create(strategy=cast.strategy, name="Bluesky", choice="use"),
        LaunchAction.objects.create(strategy=cast.strategy, what="Invite", phase="soft"),
    ]
    for row in rows:
        assert f"<h1>{row}" in viewer.get(parts.find(cast.strategy, row.part).url).content.decode()


def test_a_row_is_found_in_its_place_in_its_section(cast, viewer):
    trait = Trait.objects.create(strategy=cast.strategy, name="Open")
    record = Record.objects.create(strategy=cast.strategy, kind="boundary", data={"what": "No shouting"})
    for row in (trait, record):
        part = parts.find(cast.strategy, row.part)
        page, mark = part.url.split("#")
        assert f'id="{mark}"' in viewer.get(page).content.decode()
        assert part.name == str(row)


@pytest.mark.parametrize("key", SECTIONS)
def test_a_section_is_found_on_its_page(cast, key, viewer):
    part = parts.find(cast.strategy, f"section/{key}")
    assert part.name == str(SECTIONS[key].title)
    assert viewer.get(part.url).status_code == 200
    below = Strategy.objects.create(workspace=cast.fjord, parent=cast.strategy, title="Summer")
    assert f"/{below.pk}/" in parts.find(below, f"section/{key}").url
    assert viewer.get(parts.find(below, f"section/{key}").url).status_code == 200


def test_a_removed_row_is_still_called_something(cast, goal):
    part = goal.part
    goal.delete()
    found = parts.find(cast.strategy, part)
    assert (found.is_gone, found.name, found.row) == (True, "goal that is removed", None)
    assert found.url == "/w/fjord/strategy/goals/"


@pytest.mark.parametrize(
    "part",
    [
        "",
        "/",
        "goal",
        "goal/",
        "goal/7",
        "section/",
        "section/nowhere",
        "unheard/9cb62d67",
    ],
)
def test_what_names_no_part_is_gone_and_not_an_error(cast, part):
    assert parts.find(cast.strategy, part).is_gone


def test_a_part_has_one_name_only(cast, goal):
    assert parts.find(cast.strategy, goal.part.upper().replace("GOAL", "goal")).is_gone


def test_another_kind_with_the_same_uuid_is_not_it(cast, goal):
    """Records of every kind lie in one table; the kind is part of the name."""
    record = Record.objects.create(strategy=cast.strategy, kind="boundary", data={"what": "x"})
    assert parts.find(cast.strategy, f"duty/{record.uuid}").is_gone
    assert parts.find(cast.strategy, f"audience/{goal.uuid}").is_gone


def test_another_workspace_s_rows_are_not_found(cast, goal):
    assert parts.find(cast.abroad, goal.part).is_gone


def test_a_row_of_a_strategy_above_is_found_with_its_own_strategy(cast, goal):
    below = Strategy.objects.create(workspace=cast.fjord, parent=cast.strategy, title="Summer")
    assert parts.find(below, goal.part).strategy == cast.strategy


def test_many_are_found_with_one_query_a_table(cast, goal, django_assert_num_queries):
    rows: list[Goal | Record] = [goal]
    for kind in ("boundary", "duty", "guideline"):
        rows += [Record.objects.create(strategy=cast.strategy, kind=kind, data={}) for _ in range(5)]
    with django_assert_num_queries(2):
        found = parts.find_all(cast.strategy, [row.part for row in rows])
    assert {part.row for part in found.values()} == set(rows)


def test_a_strategy_that_is_not_kept_yet_has_its_sections(cast, django_assert_num_queries):
    assert parts.find(Strategy.of(cast.fjord), "section/voice").url == "/w/fjord/strategy/voice/"
    assert not Strategy.objects.exists()
