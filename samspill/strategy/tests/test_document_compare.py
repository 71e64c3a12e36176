"""Two documents side by side, and the editions that are compared."""

from __future__ import annotations

import copy
import uuid
from datetime import date

import pytest

from samspill.strategy.document.compare import What, compare, counted
from samspill.strategy.document.editions import Damaged, keep, opened, standing
from samspill.strategy.document.write import document
from samspill.strategy.models import Edition, Goal, Record, Trait


@pytest.fixture
def goal(cast):
    return Goal.objects.create(
        strategy=cast.strategy, statement="Alle får svar innen et døgn", owner=cast.bob
    )


def test_nothing_differs_from_itself(cast, goal):
    assert compare(document(cast.strategy), document(cast.strategy)) == []


def test_what_is_new_gone_and_changed_is_told_by_section_with_the_words_that_changed(cast, goal):
    trait = Trait.objects.create(strategy=cast.strategy, name="Åpen")
    old = document(cast.strategy)
    goal.statement, goal.owner = "Alle får svar innen fire timer", None
    goal.save()
    trait.delete()
    Record.objects.create(strategy=cast.strategy, kind="capacity", data={"hours_a_week": 20.0})
    parts = compare(old, document(cast.strategy))
    assert [(str(part.title), [change.what for change in part.changes]) for part in parts] == [
        ("Where do we stand?", [What.NEW]),
        ("What shall we achieve?", [What.CHANGED]),
        ("Which personality do we show?", [What.GONE]),
    ]
    said, owner = parts[1].changes[0].fields
    assert ("gone", "et døgn") in said.runs
    assert ("new", "fire timer") in said.runs
    assert (owner.label, owner.before, owner.after) == ("Owner", "Bob", "")
    assert counted(parts) == {"new": 1, "gone": 1, "changed": 1}


def test_a_row_that_only_moved_is_told_as_moved(cast):
    for place, name in enumerate(("Åpen", "Rett fram")):
        Trait.objects.create(strategy=cast.strategy, name=name, position=place)
    old = document(cast.strategy)
    new = copy.deepcopy(old)
    new["sections"]["voice"]["trait"].reverse()
    changes = compare(old, new)[0].changes
    assert [(change.title, change.moved, list(change.fields)) for change in changes] == [
        ("Rett fram", True, []),
        ("Åpen", True, []),
    ]


def test_the_strategys_own_words_and_references_are_compared_in_words(cast, goal):
    old = document(cast.strategy)
    new = copy.deepcopy(old)
    new["strategy"]["ambition"] = "Best i landet"
    new["sections"]["goals"]["goal"][0]["parent"] = str(uuid.uuid4())
    about, goals = compare(old, new)
    assert [(each.label, each.after) for each in about.changes[0].fields] == [("Ambition", "Best i landet")]
    assert goals.changes[0].fields[0].after == "something in another strategy"


def test_an_edition_holds_the_whole_strategy_and_stays(cast, goal):
    first = keep(cast.strategy, cast.bob, note="Første")
    before = document(cast.strategy)
    goal.statement = "Noe annet"
    goal.save()
    second = keep(cast.strategy, cast.bob)
    assert (first.number, second.number) == (1, 2)
    assert opened(Edition.objects.get(number=1)) == before
    assert opened(second) != before


def test_an_edition_that_was_tampered_with_is_not_shown_as_what_it_was(cast, goal):
    edition = keep(cast.strategy, cast.bob)
    Edition.objects.update(sha256="0" * 64)
    with pytest.raises(Damaged):
        opened(Edition.objects.get())
    Edition.objects.update(document=bytes(edition.document)[:-9])
    with pytest.raises(Damaged):
        opened(Edition.objects.get())


def test_a_strategy_is_a_draft_then_adopted_then_revised_then_expired(cast, goal):
    strategy = cast.strategy
    assert standing(strategy).state == "draft"
    keep(strategy, cast.bob)
    assert standing(strategy).state == "draft"
    keep(strategy, cast.bob, adopted_by="styret", adopted_on=date(2026, 1, 2))
    stands = standing(strategy)
    assert (stands.state, stands.adopted and stands.adopted.number) == ("adopted", 2)
    goal.statement = "Noe annet"
    goal.save()
    assert standing(strategy).state == "revised"
    strategy.valid_to = goal.created_at.date().replace(year=2020)
    assert standing(strategy).state == "expired"
