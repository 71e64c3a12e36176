"""Every rule breaks where it should, and holds where it only just should."""

from __future__ import annotations

import pytest

from samspill.strategy.lint import RULES, Facts
from samspill.strategy.lint.report import report
from samspill.strategy.sections import KINDS, SECTIONS
from samspill.strategy.tests.lint import channels, figures, goals, parts, people, whole
from samspill.strategy.tests.lint.rows import ROWS, STRATEGY, TODAY, WHOLE, changed, goal, record

CASES = [*goals.CASES, *people.CASES, *channels.CASES, *parts.CASES, *whole.CASES, *figures.CASES]


def test_each_rule_has_its_case_and_each_case_a_rule():
    assert sorted(case.rule for case in CASES) == sorted(RULES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.rule)
def test_the_rule_breaks_where_it_should(case):
    found = list(RULES[case.rule].look(changed(case.breaks)))
    assert [one.sentence for one in found] == [case.says]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.rule)
def test_the_rule_holds_where_it_only_just_should(case):
    assert list(RULES[case.rule].look(changed(case.holds))) == []


def test_a_whole_strategy_breaks_nothing():
    assert [one.sentence for one in report(WHOLE, RULES.values()).standing] == []


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.key)
def test_a_rule_says_what_why_and_what_to_do(rule):
    assert rule.section in {"", *SECTIONS}
    assert rule.each in {"", *KINDS}
    for words in (rule.title, rule.reason, rule.fix):
        assert str(words)
    assert str(rule.reason).endswith(".")
    assert str(rule.fix).endswith(".")
    assert not rule.source or rule.source.startswith("http")


@pytest.mark.parametrize("nonsense", [None, "", "x", 7, -1.5, True, [], ["x"], {"x": "y"}], ids=repr)
def test_no_rule_stumbles_over_what_a_file_may_bring(nonsense):
    """Records come in from files and older versions; a rule may find nothing, yet never fails."""
    rows = {
        key: [record(key, **{field.name: nonsense for field in kind.fields})]
        for key, kind in KINDS.items()
        if kind.model is None
    }
    for one in report(changed(rows), RULES.values()).standing:
        assert one.sentence


@pytest.mark.parametrize("kind", [key for key, kind in KINDS.items() if kind.model is not None])
def test_no_rule_stumbles_over_a_bare_row(kind):
    model = KINDS[kind].model
    assert model is not None
    facts = changed({kind: [model(pk=1, strategy=STRATEGY)], "links": {"goal_audience": []}})
    for one in report(facts, RULES.values()).standing:
        assert one.sentence


def test_no_two_findings_have_the_same_name():
    """What is put aside is found again by rule and part."""
    facts = Facts(STRATEGY, TODAY, rows={**ROWS, "goal": [goal(owner_id=None), goal(pk=2, owner_id=None)]})
    found = [one.key for one in report(facts, RULES.values()).standing]
    assert len(found) == len(set(found)) > 2
