"""All that the rules find in a strategy: what stands, and what was put aside."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby

from django.utils.dateparse import parse_date
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samspill.strategy.lint.facts import Facts
from samspill.strategy.lint.rule import Finding, Rule, Severity
from samspill.strategy.models import Record, Row
from samspill.strategy.sections import SECTIONS

_HEADINGS = {
    Severity.WRONG: _("This does not hold"),
    Severity.WEAK: _("This is weak"),
    Severity.ADVICE: _("Worth a thought"),
}
_WHOLE = _("The strategy as a whole")


@dataclass(frozen=True)
class Aside:
    """A finding somebody has put aside, and the record in which they said why and until when."""

    finding: Finding
    record: Record

    @property
    def reason(self) -> str:
        return str(self.record.data.get("reason", ""))

    @property
    def until(self) -> date | None:
        return until(self.record)


@dataclass(frozen=True)
class ByRule:
    rule: Rule
    findings: Sequence[Finding]


@dataclass(frozen=True)
class BySection:
    title: Promise | str
    rules: Sequence[ByRule]


@dataclass(frozen=True)
class BySeverity:
    severity: Severity
    heading: Promise | str
    count: int
    sections: Sequence[BySection]


@dataclass(frozen=True)
class Report:
    standing: Sequence[Finding]
    aside: Sequence[Aside]

    @cached_property
    def counts(self) -> Mapping[Severity, int]:
        return {each: sum(one.rule.severity == each for one in self.standing) for each in Severity}

    @property
    def by_rule(self) -> list[ByRule]:
        return _by_rule(self.standing)

    @property
    def groups(self) -> list[BySeverity]:
        """The gravest first, then as the strategy is read, then rule by rule."""
        order = {key: at for at, key in enumerate(["", *SECTIONS])}
        rows = sorted(self.standing, key=lambda one: order[one.rule.section])
        found = []
        for severity in Severity:
            same = [one for one in rows if one.rule.severity == severity]
            sections = [
                BySection(_title(key), _by_rule(list(part)))
                for key, part in groupby(same, key=lambda one: one.rule.section)
            ]
            if same:
                found.append(BySeverity(severity, _HEADINGS[severity], len(same), sections))
        return found


def report(facts: Facts, rules: Iterable[Rule]) -> Report:
    """What the rules find in the facts."""
    put = {
        (record.data.get("rule"), record.data.get("part")): record
        for record in facts.records("exception")
        if _holds(record, facts.today)
    }
    standing: list[Finding] = []
    aside: list[Aside] = []
    for rule in rules:
        for finding in rule.look(facts):
            record = put.get(finding.key)
            if record is None:
                standing.append(finding)
            else:
                aside.append(Aside(finding, record))
    return Report(standing, aside)


def until(record: Record) -> date | None:
    """The day a finding comes back."""
    said = record.data.get("until")
    return parse_date(said) if isinstance(said, str) else None


def _holds(record: Record, today: date) -> bool:
    day = until(record)
    return day is not None and today < day


def _title(section: str) -> Promise | str:
    return SECTIONS[section].title if section else _WHOLE


def _by_rule(findings: Sequence[Finding]) -> list[ByRule]:
    found: dict[str, list[Finding]] = {}
    for one in findings:
        found.setdefault(one.rule.key, []).append(one)
    return [ByRule(same[0].rule, same) for same in found.values()]


@dataclass(frozen=True)
class Check:
    """What a row's page says of it: a finding, or that something is in order."""

    sentence: str
    finding: Finding | None = None

    @property
    def holds(self) -> bool:
        return self.finding is None


def checks(row: Row, facts: Facts, rules: Iterable[Rule]) -> list[Check]:
    """Of one row: what to look at, the gravest first, then what is in order; nothing that was put aside."""
    asked = [rule for rule in rules if rule.each == row.kind_key]
    found = report(facts, asked)
    aside = {one.finding.rule.key for one in found.aside if one.finding.part == row.part}
    mine = [one for one in found.standing if one.part == row.part]
    mine.sort(key=lambda one: list(Severity).index(one.rule.severity))
    broken = {one.rule.key for one in mine} | aside
    praise = (rule.praise(row, facts) for rule in asked if rule.key not in broken)
    return [*(Check(one.sentence, one) for one in mine), *(Check(said) for said in praise if said)]
