"""A rule of the check, as data: what it looks at, why it matters, how it is mended."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samspill.strategy.lint.facts import Facts
from samspill.strategy.models import Record, Row
from samspill.strategy.questions import QUESTIONS
from samspill.strategy.sections import SECTIONS
from samspill.strategy.sections.shown import name_of

Values = Mapping[str, Any]
EDIT_PAGES = {str(question.model._meta.model_name): f"{question.row}_edit" for question in QUESTIONS.values()}


class Severity(models.TextChoices):
    WRONG = "wrong", _("does not hold")
    WEAK = "weak", _("weak")
    ADVICE = "advice", _("advice")


@dataclass(frozen=True)
class Mend:
    """Where a finding is mended: a page of this app. Without `is_row` it is a page within the strategy."""

    page: str
    args: tuple[object, ...] = ()
    is_row: bool = False


@dataclass(frozen=True)
class Rule:
    """`finds` is pure: true where the rule does not hold, a mapping where `says` has more to fill in.

    With `each` it is asked of every row of that kind, finds(row, facts), and `says` speaks of it as “it”;
    without, it is asked once of the whole, finds(facts). So a rule finds one thing at most in any part.
    """

    key: str
    section: str  # a key of SECTIONS; "" where it is about the strategy as a whole
    severity: Severity
    title: Promise  # what it finds, as a heading over many
    says: Promise | Callable[[Values], str]  # one sentence
    reason: Promise  # one sentence: why it matters, with the source where there is one
    fix: Promise  # what to do
    finds: Callable[..., Values | bool | None]
    each: str = ""  # the key of a kind
    mend: Mend | Callable[[Any], Mend] | None = None  # where to; left out: the row's form, or the section
    fine: Promise | Callable[[Any, Facts], str] | None = None  # what a row's page says where it holds
    source: str = ""  # an address
    needs: str = ""  # "readings" or "work": the facts it cannot do without
    profile: str = ""  # of the strategies it is for; "": all

    @property
    def whole(self) -> str:
        """The part its finding is about where it is asked of no row."""
        return f"section/{self.section}" if self.section else "strategy"

    def is_for(self, facts: Facts) -> bool:
        if self.needs and getattr(facts, self.needs) is None:
            return False
        return not self.profile or self.profile == facts.strategy.profile

    def look(self, facts: Facts) -> Iterator[Finding]:
        """All that it finds; of inherited rows nothing."""
        if not self.is_for(facts):
            return
        if not self.each:
            found = self.finds(facts)
            if found:
                yield self._finding(None, found)
            return
        for row in facts.rows.get(self.each, ()):
            if facts.is_own(row):
                found = self.finds(row, facts)
                if found:
                    yield self._finding(row, found)

    def praise(self, row: Row, facts: Facts) -> str:
        """What to say of a row in which it finds nothing; mostly nothing."""
        return str(self.fine(row, facts) if callable(self.fine) else self.fine or "")

    def _finding(self, row: Any, found: Values | bool) -> Finding:
        values = dict(found) if isinstance(found, Mapping) else {}
        part = self.whole if row is None else row.part
        return Finding(self, part, _name(row), values, self._mended_at(row))

    def _mended_at(self, row: Any) -> Mend:
        if self.mend is not None:
            return self.mend(row) if callable(self.mend) else self.mend
        if row is not None:
            return Mend(EDIT_PAGES.get(row.kind_key, "record_edit"), (row.pk,), is_row=True)
        if not self.section:
            return Mend("strategy_edit")
        section = SECTIONS[self.section]
        return Mend(section.question) if section.question else Mend("section", (section.key,))


def _name(row: Any) -> str:
    if row is None:
        return ""
    return name_of(row) if isinstance(row, Record) else str(row)


@dataclass(frozen=True)
class Finding:
    """A rule that does not hold in a part of the strategy."""

    rule: Rule
    part: str  # as Row.part, "section/<key>", or "strategy"
    name: str  # of the row; "" where it is about the whole
    values: Values
    mend: Mend

    @property
    def key(self) -> tuple[str, str]:
        return self.rule.key, self.part

    @property
    def says_more(self) -> bool:
        """The sentence tells of this row what the rule's title does not."""
        return bool(self.values)

    @property
    def sentence(self) -> str:
        says = self.rule.says
        return says(self.values) if callable(says) else str(says) % self.values if self.values else str(says)
