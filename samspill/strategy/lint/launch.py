"""Rules of the start: phases in their order, days that hold, and numbers that can be right."""

from __future__ import annotations

from itertools import pairwise

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from samspill.strategy.lint.facts import Facts
from samspill.strategy.lint.rule import Rule, Severity, Values
from samspill.strategy.models import LaunchAction


def _no_listening(facts: Facts) -> bool:
    """Asked where the plan has been begun."""
    return bool(facts.actions) and not any(row.phase == LaunchAction.Phase.LISTEN for row in facts.actions)


def _nobody_expected(facts: Facts) -> bool:
    return bool(facts.actions) and not any(row.expected_followers for row in facts.actions)


def _overdue(action: LaunchAction, facts: Facts) -> Values | None:
    if action.done_at is not None or action.on is None or action.on >= facts.today:
        return None
    return {"day": date_format(action.on)}


def _after_deadline(action: LaunchAction, facts: Facts) -> Values | None:
    """Later than every deadline of the goals it should help."""
    days = [
        facts.deadlines[goal] for goal in facts.goals_of_action.get(action.pk, ()) if goal in facts.deadlines
    ]
    if action.on is None or not days or action.on <= max(days):
        return None
    return {"day": date_format(action.on), "deadline": date_format(max(days))}


def _outside_the_range(action: LaunchAction, facts: Facts) -> bool:
    order = [action.expected_low, action.expected_followers, action.expected_high]
    said = [number for number in order if number is not None]
    return said != sorted(said)


def _in_disorder(facts: Facts) -> Values | None:
    """A phase whose first day comes before the first day of the phase before it."""
    first = {
        phase: min(days)
        for phase in LaunchAction.Phase
        if (days := [row.on for row in facts.actions if row.phase == phase and row.on])
    }
    for before, after in pairwise(first):
        if first[after] < first[before]:
            return {"before": before.label, "after": after.label}
    return None


def _nothing_learnt(action: LaunchAction, facts: Facts) -> bool:
    return action.done_at is not None and not action.result and action.result_followers is None


def _outside_the_strategy(action: LaunchAction, facts: Facts) -> Values | None:
    end = facts.strategy.valid_to
    if action.on is None or end is None or action.on <= end:
        return None
    return {"day": date_format(action.on), "end": date_format(end)}


RULES = (
    Rule(
        "launch-listen",
        "launch",
        Severity.WEAK,
        _("Launch without listening"),
        _("The plan has no action in the phase “listen”."),
        _("Whoever speaks before they have listened answers questions nobody asked."),
        _("Begin with some weeks in which you read and write down what people say."),
        _no_listening,
    ),
    Rule(
        "launch-order",
        "launch",
        Severity.WRONG,
        _("Phases in the wrong order"),
        _("“%(after)s” begins before “%(before)s”."),
        _("Each phase builds on the one before it."),
        _("Move the dates, or the action to another phase."),
        _in_disorder,
    ),
    Rule(
        "launch-expected",
        "launch",
        Severity.WEAK,
        _("Launch plan that expects nobody"),
        _("The plan does not say how many followers it should bring."),
        _("A plan that promises nothing can teach nothing: what was expected is what one learns against."),
        _("Write for each action how many new followers you think it brings."),
        _nobody_expected,
    ),
    Rule(
        "action-overdue",
        "launch",
        Severity.WEAK,
        _("Action that is overdue"),
        _("It was to be done on %(day)s."),
        _("A plan with old days in it is read by nobody."),
        _("Tick it off, or give it a new day."),
        _overdue,
        each="launchaction",
    ),
    Rule(
        "action-day",
        "launch",
        Severity.WEAK,
        _("Action without a day"),
        _("There is no day for it."),
        _("What has no day is done when there is time, and there never is."),
        _("Set a day."),
        lambda action, facts: action.on is None,
        each="launchaction",
    ),
    Rule(
        "action-owner",
        "launch",
        Severity.WEAK,
        _("Action nobody owns"),
        _("Nobody owns it."),
        _("What everybody sees to, nobody sees to."),
        _("Choose one person."),
        lambda action, facts: action.owner_id is None,
        each="launchaction",
    ),
    Rule(
        "action-after-deadline",
        "launch",
        Severity.WRONG,
        _("Action that comes too late"),
        _("It is planned for %(day)s, after the deadline of the goal it should help, %(deadline)s."),
        _("What comes after the deadline cannot help to reach it."),
        _("Move the action, or the deadline."),
        _after_deadline,
        each="launchaction",
    ),
    Rule(
        "action-after-strategy",
        "launch",
        Severity.WEAK,
        _("Action after the strategy has ended"),
        _("It is planned for %(day)s, yet the strategy is in force only until %(end)s."),
        _("Nobody will be there to carry it out."),
        _("Move the action, or say how long the strategy is in force."),
        _outside_the_strategy,
        each="launchaction",
    ),
    Rule(
        "action-range",
        "launch",
        Severity.WRONG,
        _("Expectation outside its own range"),
        _("What is expected does not lie between “at least” and “at most”."),
        _("The forecast is computed from these three, and can only be nonsense."),
        _("Correct the three numbers."),
        _outside_the_range,
        each="launchaction",
    ),
    Rule(
        "action-result",
        "launch",
        Severity.ADVICE,
        _("Action nothing was learnt from"),
        _("It is done, and how it went is not written down."),
        _("Set against what was expected, it makes the next plan better."),
        _("Write how many came, and in a sentence why."),
        _nothing_learnt,
        each="launchaction",
    ),
)
