"""What a goal's page says of it: the gravest first, then what is in order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from samspill.strategy.lint import RULES, Facts
from samspill.strategy.lint.facts import Links
from samspill.strategy.lint.report import checks
from samspill.strategy.models import Goal
from samspill.strategy.tests.lint.rows import STRATEGY, TODAY, WHOLE, changed, document, goal, passage, record


def sentences(facts: Facts, *, hold: bool = False) -> list[str]:
    found = checks(facts.goals[0], facts, RULES.values())
    return [one.sentence for one in found if one.holds is hold]


def test_a_bare_goal_is_told_what_it_lacks():
    bare = Facts(STRATEGY, TODAY, rows={"goal": [Goal(pk=1, strategy=STRATEGY, statement="Mål")]})
    assert sentences(bare) == [
        "No passage: nothing the organisation has decided asks for it.",
        "No audience: whom is it meant for?",
        "Nobody owns it.",
        "There is no measure yet, so nobody can see how it goes.",
        "There is no target yet: when is it good enough?",
        "There is no deadline yet.",
        "It does not say whether it is about what we send out, what people take in, or what they do.",
    ]
    assert sentences(bare, hold=True) == []


def test_a_whole_goal_is_praised():
    assert sentences(WHOLE) == []
    assert sentences(WHOLE, hold=True) == [
        "The organisation has decided what it builds on.",
        "It is meant for Huseiere.",
        "The measure is Answered.",
        "It says from where and to where.",
        "The deadline is ahead.",
    ]


def test_the_gravest_stands_first():
    facts = changed({"goal": [goal(owner_id=None, deadline=date(2026, 5, 31), level="")]})
    found = [
        one.finding.rule.severity.value
        for one in checks(facts.goals[0], facts, RULES.values())
        if one.finding
    ]
    assert found == ["wrong", "weak", "advice"]


def test_what_was_put_aside_is_neither_blamed_nor_praised():
    loose = goal(passage=None, deadline=date(2026, 5, 31))
    aside = record("exception", rule="goal-deadline-passed", part=loose.part, reason="x", until="2026-07-01")
    facts = changed({"goal": [loose], "exception": [aside]})
    assert sentences(facts) == ["No passage: nothing the organisation has decided asks for it."]
    assert "The deadline is ahead." not in sentences(facts, hold=True)


@pytest.mark.parametrize(
    ("until", "back"), [("2026-06-01", True), ("2026-06-02", False), ("", True), ("x", True)]
)
def test_a_finding_comes_back_on_the_day(until, back):
    loose = goal(owner_id=None)
    aside = record("exception", rule="goal-owner", part=loose.part, reason="x", until=until)
    facts = changed({"goal": [loose], "exception": [aside]})
    assert ("Nobody owns it." in sentences(facts)) is back


def test_an_exception_holds_for_its_own_goal_only():
    aside = record("exception", rule="goal-owner", part=goal().part, reason="x", until="2026-07-01")
    facts = changed({"goal": [goal(owner_id=None)], "exception": [aside]})
    assert sentences(facts) == ["Nobody owns it."]


def test_a_document_out_of_force_is_not_praised():
    facts = changed({"goal": [goal(passage=passage(document=document(valid_to=date(2026, 5, 31))))]})
    assert sentences(facts) == ["The document it builds on, “Plan”, is no longer in force."]
    assert "The organisation has decided what it builds on." not in sentences(facts, hold=True)


def test_an_audience_of_another_strategy_still_counts():
    facts = replace(WHOLE, links=Links(goal_audience=frozenset({(1, 99)})), rows={"goal": [goal()]})
    assert "No audience: whom is it meant for?" not in sentences(facts)
