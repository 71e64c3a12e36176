"""Rules of the critical mass: what it is, whether the plan comes near it, and what happens if it does not."""

from __future__ import annotations

from django.utils.formats import date_format, localize
from django.utils.translation import gettext_lazy as _

from samspill.strategy.lint import held
from samspill.strategy.lint.facts import Facts
from samspill.strategy.lint.rule import Mend, Rule, Severity, Values

LEAST, MOST = (
    0.5,
    3.0,
)  # times the critical mass: outside these the plan and the aim are about different things
_MEND = Mend("record_add", ("criticalmass",))


def _undefined(facts: Facts) -> bool:
    """Asked where a start is planned."""
    return bool(facts.actions) and not held.is_critical_mass_said(facts)


def _far_off(facts: Facts) -> Values | None:
    expected = sum(row.expected_followers or 0 for row in facts.actions)
    mass = held.critical_mass(facts)
    if not mass or not expected or LEAST * mass <= expected <= MOST * mass:
        return None
    return {"expected": localize(expected), "mass": localize(int(mass))}


def _no_plan_for_less(facts: Facts) -> bool:
    return held.is_critical_mass_said(facts) and not facts.says("criticalmass", "if_missed")


def _no_day(facts: Facts) -> bool:
    return held.is_critical_mass_said(facts) and not facts.says("criticalmass", "by")


def _day_passed(facts: Facts) -> Values | None:
    rows = facts.records("criticalmass")
    by = held.day(rows[0], "by") if rows else None
    return {"day": date_format(by)} if by is not None and by < facts.today else None


RULES = (
    Rule(
        "mass-undefined",
        "launch",
        Severity.WEAK,
        _("Critical mass nobody has said what is"),
        _("How many followers or answers it takes before it carries itself is not written down."),
        _("Without it the start is never over, and never seen to have failed."),
        _("Say how many it takes, and by when."),
        _undefined,
        mend=_MEND,
    ),
    Rule(
        "mass-far-off",
        "launch",
        Severity.WEAK,
        _("Plan that is far from the critical mass"),
        _("The actions should bring %(expected)s followers, and critical mass takes %(mass)s."),
        _("Either the plan or the aim is not meant."),
        _("Change the plan, or say the critical mass anew."),
        _far_off,
    ),
    Rule(
        "mass-if-missed",
        "launch",
        Severity.ADVICE,
        _("No plan for when it does not come"),
        _("What you do if the critical mass does not come is not written down."),
        _("Decided beforehand it is a plan; decided afterwards it is a defeat."),
        _("Write what you do then, and who decides."),
        _no_plan_for_less,
        mend=_MEND,
    ),
    Rule(
        "mass-day",
        "launch",
        Severity.WEAK,
        _("Critical mass without a day"),
        _("By when the critical mass should be there is not written down."),
        _("Without a day one always waits a little longer."),
        _("Set the day."),
        _no_day,
        mend=_MEND,
    ),
    Rule(
        "mass-day-passed",
        "launch",
        Severity.WEAK,
        _("The day of the critical mass has passed"),
        _("The critical mass should have been there on %(day)s."),
        _("Now is the time to go on, to change, or to stop."),
        _("Decide, write it down, and set a new day if you go on."),
        _day_passed,
        mend=_MEND,
    ),
)
