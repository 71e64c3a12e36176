"""Rules that need what only the data know: each goal's figure, what it varies within, the work for it."""

from __future__ import annotations

from datetime import timedelta

from django.utils.formats import localize
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from samspill.strategy.lint.facts import Facts
from samspill.strategy.lint.rule import Mend, Rule, Severity, Values
from samspill.strategy.measures import MEASURES
from samspill.strategy.models import Goal

NEW = timedelta(days=28)  # so long a goal may be without work
ENOUGH = 8  # pieces of work, before their share says anything


def _no_figures(goal: Goal, facts: Facts) -> bool:
    """Nothing known of a measure that Samspill computes."""
    reading = (facts.readings or {}).get(goal.pk)
    return goal.measure in MEASURES and reading is not None and reading.value is None


def _within_variation(goal: Goal, facts: Facts) -> Values | None:
    """The target lies where the figure wanders by itself (Wheeler's natural process limits)."""
    reading = (facts.readings or {}).get(goal.pk)
    if reading is None or reading.limits is None or goal.target is None or _is_reached(goal, facts):
        return None
    low, high = reading.limits
    if not low <= goal.target <= high or goal.measured is None:
        return None
    return {"low": goal.measured.show(max(low, 0)), "high": goal.measured.show(high)}


def _is_reached(goal: Goal, facts: Facts) -> bool:
    reading = (facts.readings or {}).get(goal.pk)
    if reading is None or reading.value is None or goal.target is None or goal.measured is None:
        return False
    return reading.value <= goal.target if goal.measured.lower_is_better else reading.value >= goal.target


def _reached_early(goal: Goal, facts: Facts) -> Values | None:
    """More than four weeks before the deadline."""
    if goal.deadline is None or goal.deadline <= facts.today + NEW or not _is_reached(goal, facts):
        return None
    value = (facts.readings or {})[goal.pk].value
    return {"value": goal.measured.show(value)} if goal.measured else None


def _no_work(goal: Goal, facts: Facts) -> Values | None:
    if facts.work is None or facts.work.by_goal.get(goal.pk):
        return None
    return {"n": facts.work.weeks} if goal.created_at.date() <= facts.today - NEW else None


def _loose_work(facts: Facts) -> Values | None:
    """More than half of it serves nothing; asked of the organisation's strategy, which all work is under."""
    work = facts.work
    if work is None or not facts.strategy.is_main or work.total < ENOUGH or work.loose * 2 <= work.total:
        return None
    return {"loose": localize(work.loose), "total": localize(work.total)}


RULES = (
    Rule(
        "target-in-variation",
        "goals",
        Severity.WRONG,
        _("Target inside normal variation"),
        _("The figure wanders between %(low)s and %(high)s by itself, and the target lies there."),
        _("Reaching it would prove nothing: mean ± 2.66 × the mean moving range (Wheeler 1993, XmR chart)."),
        _("Set a target outside what the figure does by itself."),
        _within_variation,
        each="goal",
        needs="readings",
    ),
    Rule(
        "goal-no-figures",
        "goals",
        Severity.WEAK,
        _("Goal without figures"),
        _("There are no figures of its measure yet."),
        _("A goal nobody can see the figure of steers nothing."),
        _("Connect the channel the figure comes from, or choose another measure."),
        _no_figures,
        each="goal",
        needs="readings",
    ),
    Rule(
        "goal-reached-early",
        "goals",
        Severity.ADVICE,
        _("Goal that is reached already"),
        _("It stands at %(value)s, with the deadline still ahead."),
        _("A goal that is reached asks nothing of anyone."),
        _("Raise the target, or close the goal and say so."),
        _reached_early,
        each="goal",
        needs="readings",
    ),
    Rule(
        "goal-no-work",
        "goals",
        Severity.WEAK,
        _("Goal without work"),
        lambda values: (
            ngettext(
                "Nothing has been written or published for it in the last week.",
                "Nothing has been written or published for it in the last %(n)s weeks.",
                values["n"],
            )
            % values
        ),
        _("What nobody works for is reached by chance."),
        _("Write something that serves it, or close the goal."),
        _no_work,
        each="goal",
        needs="work",
    ),
    Rule(
        "work-no-goal",
        "goals",
        Severity.WEAK,
        _("Work without a goal"),
        _("%(loose)s of the last %(total)s drafts and posts serve no goal."),
        _("Work that serves no goal may be good, but it is not by the strategy that it is."),
        _("Say which goal each serves; what serves none may be a sign of a goal that is missing."),
        _loose_work,
        mend=Mend("goals"),
        needs="work",
    ),
)
