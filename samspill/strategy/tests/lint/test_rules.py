"""Every rule breaks where it should, and holds where it only just should."""

from __future__ import annotations

import pytest

from samspill.strategy.lint import RULES
from samspill.strategy.lint.report import report
from samspill.strategy.sections import KINDS, SECTIONS
from samspill.strategy.tests.lint import channels, goals, people
from samspill.strategy.tests.lint.rows import WHOLE, changed

CASES = [*goals.CASES, *people.CASES, *channels.CASES]


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
