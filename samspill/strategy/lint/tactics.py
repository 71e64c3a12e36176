"""Rules of how people are got along: each step of the ladder, what they get, what they are asked to do."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from samspill.strategy.answers import listed
from samspill.strategy.lint.facts import Facts
from samspill.strategy.lint.rule import Mend, Rule, Severity, Values
from samspill.strategy.models import Tactic


def _missing_steps(facts: Facts) -> Values | None:
    """Asked where the ladder has been begun."""
    taken = {row.step for row in facts.tactics}
    missing = [f"“{step.label}”" for step in Tactic.Step if step not in taken]
    return {"steps": listed(missing)} if taken and missing else None


def _no_call(facts: Facts) -> Values | None:
    """Steps with something on them, none of which asks people to do anything."""
    taken = {row.step for row in facts.tactics}
    asking = {row.step for row in facts.tactics if row.asks}
    silent = [f"“{step.label}”" for step in Tactic.Step if step in taken - asking]
    return {"steps": listed(silent)} if silent else None


def _for_a_stranger(tactic: Tactic, facts: Facts) -> Values | None:
    """Audiences that are not an audience are found among the audiences."""
    rows = facts.rows.get("audience", ())
    found = next((row for row in rows if row.pk == tactic.audience_id and row.is_not), None)
    return {"audience": found.name} if found else None


RULES = (
    Rule(
        "ladder-step",
        "tactics",
        Severity.WEAK,
        _("Ladder with a missing step"),
        _("Nothing brings people to %(steps)s."),
        _("People climb one step at a time; where one is missing, they stop."),
        _("Write one thing you do for each step that is missing."),
        _missing_steps,
        mend=Mend("tactic_add"),
    ),
    Rule(
        "ladder-call",
        "tactics",
        Severity.WEAK,
        _("Nothing people are asked to do"),
        _("Nobody is asked to do anything at %(steps)s."),
        _("People who are not asked go on scrolling; every step needs a call to action."),
        _("Write in one line what you ask people to do."),
        _no_call,
    ),
    Rule(
        "tactic-worth",
        "tactics",
        Severity.WEAK,
        _("Nothing in it for them"),
        _("What people get from it is not written down."),
        _("Nobody follows anyone for the other's sake."),
        _("Write what they get from it that they do not get elsewhere."),
        lambda tactic, facts: not tactic.why_follow,
        each="tactic",
    ),
    Rule(
        "tactic-stranger",
        "tactics",
        Severity.WRONG,
        _("Something we do for those we do not speak to"),
        _("It is meant for “%(audience)s”, which is not an audience."),
        _("One of the two is not true any more."),
        _("Choose another audience, or take this one in."),
        _for_a_stranger,
        each="tactic",
    ),
)
