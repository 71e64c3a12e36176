"""Rules of the goals: is it known when they are reached, and do they agree with one another?"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from samspill.strategy.lint.facts import Facts
from samspill.strategy.lint.rule import Rule, Severity, Values
from samspill.strategy.lint.words import is_vague
from samspill.strategy.measures import MEASURES
from samspill.strategy.models import Goal, fold

MOST_GOALS = 8
FAR = timedelta(days=548)  # a year and a half
STALE = timedelta(days=731)
OUTPUT_MEASURES = {"posts"}  # what we send out ourselves


def _no_measure(goal: Goal, facts: Facts) -> bool:
    return not goal.measure and not goal.data_source


def _measured_by(goal: Goal, facts: Facts) -> str:
    return gettext("The measure is %(measure)s.") % {"measure": goal.measured.name} if goal.measured else ""


def _no_figure_source(goal: Goal, facts: Facts) -> bool:
    return bool(goal.measure) and goal.measure not in MEASURES and not goal.data_source


def _no_baseline(goal: Goal, facts: Facts) -> bool:
    """Where there is no target either, that comes first."""
    return goal.target is not None and goal.baseline is None


def _from_and_to(goal: Goal, facts: Facts) -> str:
    whole = goal.target is not None and goal.baseline is not None
    return gettext("It says from where and to where.") if whole else ""


def _deadline_passed(goal: Goal, facts: Facts) -> bool:
    return goal.deadline is not None and goal.deadline < facts.today


def _ahead(goal: Goal, facts: Facts) -> str:
    return gettext("The deadline is ahead.") if goal.deadline and goal.deadline >= facts.today else ""


def _ends_before_it_begins(goal: Goal, facts: Facts) -> bool:
    return None not in (goal.deadline, goal.baseline_at) and goal.deadline <= goal.baseline_at  # type: ignore[operator]


def _after_the_strategy(goal: Goal, facts: Facts) -> Values | None:
    end = facts.strategy.valid_to
    if goal.deadline is None or end is None or goal.deadline <= end:
        return None
    return {"deadline": date_format(goal.deadline), "end": date_format(end)}


def _before_the_strategy(goal: Goal, facts: Facts) -> Values | None:
    begin = facts.strategy.valid_from
    if goal.deadline is None or begin is None or goal.deadline >= begin:
        return None
    return {"deadline": date_format(goal.deadline), "begin": date_format(begin)}


def _stands_still(goal: Goal, facts: Facts) -> bool:
    return goal.target is not None and goal.target == goal.baseline


def _wrong_way(goal: Goal, facts: Facts) -> Values | None:
    measure = goal.measured
    if measure is None or goal.target is None or goal.baseline is None or goal.target == goal.baseline:
        return None
    if (goal.target < goal.baseline) == measure.lower_is_better:
        return None
    return {"target": goal.target_shown, "baseline": goal.baseline_shown}


def _too_many(facts: Facts) -> Values | None:
    return {"n": len(facts.goals)} if len(facts.goals) > MOST_GOALS else None


def _twice(goal: Goal, facts: Facts) -> bool:
    """Found in the later one."""
    return facts.first_said.get(fold(goal.statement), goal.pk) != goal.pk


def _disagree(facts: Facts) -> Values | None:
    """Two targets for the same figure on the same day."""
    targets: dict[tuple[str, int | None, date], dict[float, str]] = defaultdict(dict)
    for goal in facts.goals:
        if goal.measured and goal.target is not None and goal.deadline:
            same = targets[(goal.measure, goal.channel_id, goal.deadline)]
            same.setdefault(goal.target, goal.statement)
    apart = next((names for names in targets.values() if len(names) > 1), None)
    if apart is None:
        return None
    return {"names": get_text_list([f"“{name}”" for name in list(apart.values())[:4]], gettext("and"))}


def _no_level(goal: Goal, facts: Facts) -> bool:
    return not goal.level


def _outputs_only(facts: Facts) -> bool:
    """Goals that say their level, or count what we send out ourselves; one beyond that is enough."""
    levels = [
        goal.level or (Goal.Level.OUTPUT if goal.measure in OUTPUT_MEASURES else "") for goal in facts.goals
    ]
    return bool(levels) and all(level == Goal.Level.OUTPUT for level in levels)


def _no_sign(goal: Goal, facts: Facts) -> bool:
    return goal.deadline is not None and goal.deadline > facts.today + FAR and not goal.leading


def _old_baseline(goal: Goal, facts: Facts) -> Values | None:
    if goal.baseline_at is None or goal.baseline_at >= facts.today - STALE:
        return None
    return {"day": date_format(goal.baseline_at)}


def _undated_baseline(goal: Goal, facts: Facts) -> bool:
    return goal.baseline is not None and goal.baseline_at is None


def _vague(goal: Goal, facts: Facts) -> bool:
    return goal.target is None and is_vague(goal.statement)


RULES = (
    Rule(
        "goal-measure",
        "goals",
        Severity.WEAK,
        _("Goal without a measure"),
        _("There is no measure yet, so nobody can see how it goes."),
        _("A goal says what, how much and by when; without a figure it is a wish (Barcelona Principles)."),
        _("Choose a measure, or say where the figure comes from."),
        _no_measure,
        each="goal",
        fine=_measured_by,
    ),
    Rule(
        "goal-figure-source",
        "goals",
        Severity.WEAK,
        _("Figure that comes from nowhere"),
        _("Samspill does not compute its measure, and nothing says where the figure comes from."),
        _("A figure nobody fetches is a figure nobody sees."),
        _("Say where the figure comes from, and who looks."),
        _no_figure_source,
        each="goal",
    ),
    Rule(
        "goal-target",
        "goals",
        Severity.WEAK,
        _("Goal without a target"),
        _("There is no target yet: when is it good enough?"),
        _("Without a target the work is never done, and never seen to fail."),
        _("Say when it is good enough, in figures."),
        lambda goal, facts: goal.target is None,
        each="goal",
    ),
    Rule(
        "goal-baseline",
        "goals",
        Severity.WEAK,
        _("Goal without a baseline"),
        _("There is no baseline: where does it start from?"),
        _("Without a start nobody can tell a change from how it always was."),
        _("Look up how it stands now, and write down the day."),
        _no_baseline,
        each="goal",
        fine=_from_and_to,
    ),
    Rule(
        "goal-baseline-day",
        "goals",
        Severity.WEAK,
        _("Baseline without a day"),
        _("The baseline does not say on which day it was so."),
        _("How fast it goes can only be seen from a day to a day."),
        _("Write down the day of the baseline."),
        _undated_baseline,
        each="goal",
    ),
    Rule(
        "goal-deadline",
        "goals",
        Severity.WEAK,
        _("Goal without a deadline"),
        _("There is no deadline yet."),
        _("Without a day nobody can say that it was reached in time, or was not."),
        _("Set the day when the target should be reached."),
        lambda goal, facts: goal.deadline is None,
        each="goal",
        fine=_ahead,
    ),
    Rule(
        "goal-deadline-passed",
        "goals",
        Severity.WRONG,
        _("Deadline that has passed"),
        _("The deadline has passed. Close the goal, or set a new deadline."),
        _("A goal past its day steers nothing, and the strategy looks as if nobody reads it."),
        _("Close the goal and write down what came of it, or set a new day."),
        _deadline_passed,
        each="goal",
    ),
    Rule(
        "goal-dates-cross",
        "goals",
        Severity.WRONG,
        _("Deadline before the baseline"),
        _("The deadline comes before the day of the baseline, or on it."),
        _("There is no time left between where it starts and where it should end."),
        _("Correct the deadline, or the day of the baseline."),
        _ends_before_it_begins,
        each="goal",
    ),
    Rule(
        "goal-after-strategy",
        "goals",
        Severity.WEAK,
        _("Deadline after the strategy has ended"),
        _("The deadline is %(deadline)s, yet the strategy is in force only until %(end)s."),
        _("Nobody will be there to answer for it."),
        _("Move the deadline, or say how long the strategy is in force."),
        _after_the_strategy,
        each="goal",
    ),
    Rule(
        "goal-before-strategy",
        "goals",
        Severity.WRONG,
        _("Deadline before the strategy begins"),
        _("The deadline is %(deadline)s, yet the strategy is in force only from %(begin)s."),
        _("What should be reached before the strategy begins is no part of it."),
        _("Move the deadline, or say from when the strategy is in force."),
        _before_the_strategy,
        each="goal",
    ),
    Rule(
        "goal-stands-still",
        "goals",
        Severity.ADVICE,
        _("Target that is reached already"),
        _("The target is where it stands already."),
        _("To hold what you have can be a goal, but then say so, so that nobody waits for a change."),
        _("Raise the target, or put this aside with the reason."),
        _stands_still,
        each="goal",
    ),
    Rule(
        "goal-wrong-way",
        "goals",
        Severity.WRONG,
        _("Target that is worse than the baseline"),
        _("The target %(target)s is worse than the baseline %(baseline)s."),
        _("Reached, it would be a step back."),
        _("Correct the target, or the baseline."),
        _wrong_way,
        each="goal",
    ),
    Rule(
        "goals-too-many",
        "goals",
        Severity.WEAK,
        _("More goals than anyone can keep in mind"),
        lambda values: (
            ngettext(
                "There is %(n)d goal. Which come first?",
                "There are %(n)d goals. Which come first?",
                values["n"],
            )
            % values
        ),
        _("When everything is a goal, nothing comes first; the eight typical sub-goals together are plenty."),
        _("Keep the ones you would defend, and close the others."),
        _too_many,
    ),
    Rule(
        "goal-twice",
        "goals",
        Severity.WRONG,
        _("The same goal twice"),
        _("Another goal says the very same."),
        _("Two goals with one name get half the attention, and two figures to argue about."),
        _("Close one of them."),
        _twice,
        each="goal",
    ),
    Rule(
        "goals-disagree",
        "goals",
        Severity.WRONG,
        _("Goals that want different things of the same figure"),
        _("These have the same measure and the same deadline, yet different targets: %(names)s."),
        _("One figure can only be at one place on one day."),
        _("Give them one target, different days, or a channel each."),
        _disagree,
    ),
    Rule(
        "goals-outputs-only",
        "goals",
        Severity.WEAK,
        _("Only what you send out yourselves"),
        _("Every goal is about what we send out. None says what people should take in, do or think."),
        _("Measure outcomes, not only outputs (Barcelona Principles; AMEC's evaluation framework)."),
        _("Write one goal about what people take in, or do differently."),
        _outputs_only,
        source="http://www.themeasurementstandard.com/2016/07/a-trial-run-of-the-new-amec-integrated-evaluation-framework/",
    ),
    Rule(
        "goal-level",
        "goals",
        Severity.ADVICE,
        _("Goal without a level"),
        _("It does not say whether it is about what we send out, what people take in, or what they do."),
        _("The level shows how far from your own desk the change is seen."),
        _("Choose the level."),
        _no_level,
        each="goal",
    ),
    Rule(
        "goal-early-sign",
        "goals",
        Severity.ADVICE,
        _("Far goal without an early sign"),
        _("The deadline is more than a year and a half away, and there is no early sign to steer by."),
        _("Whoever sees it first at the deadline sees it too late."),
        _("Write down a sign that shows itself within weeks."),
        _no_sign,
        each="goal",
    ),
    Rule(
        "goal-baseline-old",
        "goals",
        Severity.ADVICE,
        _("Old baseline"),
        _("The baseline is from %(day)s, more than two years ago."),
        _("So much else has changed since then that the way from it says little."),
        _("Look up how it stands now."),
        _old_baseline,
        each="goal",
    ),
    Rule(
        "goal-vague",
        "goals",
        Severity.WEAK,
        _("Better than what?"),
        _("It says “better” or “more”, and no target says how much."),
        _("Everyone agrees with such a sentence, and everyone means something of their own by it."),
        _("Say what will be so, or set a target."),
        _vague,
        each="goal",
    ),
)
