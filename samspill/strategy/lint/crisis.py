"""Rules of being ready for a crisis: a plan, first words, people, and exercises."""

from __future__ import annotations

from datetime import timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from samspill.strategy.lint import held
from samspill.strategy.lint.facts import Facts
from samspill.strategy.lint.rule import Mend, Rule, Severity, Values
from samspill.strategy.models import Record, Strategy

YEAR = timedelta(days=366)
_DSB = "https://www.dsb.no/ros-og-beredskap/beredskap-og-krisehandtering/krisekommunikasjon/veileder-krisekommunikasjon"
PUBLIC = Strategy.Profile.PUBLIC_SECTOR


def _no_plan(facts: Facts) -> bool:
    return facts.has_begun and not facts.records("crisisplan")


def _no_exercise(facts: Facts) -> bool:
    """Asked where there is a plan to try."""
    held_lately = any(day >= facts.today - YEAR for _row, day in held.held_exercises(facts))
    return bool(facts.records("crisisplan")) and not held_lately


def _nothing_learnt(exercise: Record, facts: Facts) -> bool:
    on = held.day(exercise, "on")
    return on is not None and on <= facts.today and held.lacks(exercise, "learnt")


def _exercise_due(exercise: Record, facts: Facts) -> Values | None:
    """Its next day has passed, and none was held since."""
    due = held.day(exercise, "next_on")
    if due is None or due >= facts.today or any(day >= due for _row, day in held.held_exercises(facts)):
        return None
    return {"day": date_format(due)}


def _slow_first_word(facts: Facts) -> Values | None:
    minutes = facts.says("crisisplan", "first_minutes")
    return {"minutes": minutes} if isinstance(minutes, int) and minutes > held.FIRST_WORD else None


def _no_second(role: Record, facts: Facts) -> bool:
    return held.lacks(role, "first_substitute") or held.lacks(role, "second_substitute")


def _no_page(facts: Facts) -> bool:
    return bool(facts.records("crisisplan")) and not facts.says("crisisplan", "source_page")


RULES = (
    Rule(
        "crisis-plan",
        "crisis",
        Severity.WEAK,
        _("No crisis plan"),
        _("What you do in a crisis is not written down."),
        _("In the first hour nobody has time to decide who decides."),
        _("Write the plan on a quiet day: whom you inform, the clock, the roles."),
        lambda facts: facts.strategy.profile != PUBLIC and _no_plan(facts),
        mend=Mend("record_add", ("crisisplan",)),
        source=_DSB,
    ),
    Rule(
        "crisis-plan-duty",
        "crisis",
        Severity.WRONG,
        _("No crisis plan, which the law asks for"),
        _("There is no plan for how you inform people, the media and your own staff in a crisis."),
        _("Municipalities must have one (regulation on municipal preparedness, section 4)."),
        _("Write the plan, or say where it is kept."),
        _no_plan,
        mend=Mend("record_add", ("crisisplan",)),
        source=_DSB,
        profile=PUBLIC,
    ),
    Rule(
        "crisis-first-words",
        "crisis",
        Severity.WEAK,
        _("No first words"),
        _("No first word lies ready."),
        _("A first word takes an hour to write and approve, and you do not have the hour."),
        _("Write one for the event you fear most, with gaps for the facts."),
        lambda facts: facts.has_begun and not facts.records("holding"),
        mend=Mend("record_add", ("holding",)),
    ),
    Rule(
        "crisis-first-hour",
        "crisis",
        Severity.ADVICE,
        _("First word after the first hour"),
        _("The plan lets %(minutes)s minutes pass before the first word."),
        _("After an hour others have told it: the facts in 15 minutes, a first word inside the hour."),
        _("Say the first word within 60 minutes, even if it says little."),
        _slow_first_word,
        mend=Mend("record_add", ("crisisplan",)),
    ),
    Rule(
        "crisis-page",
        "crisis",
        Severity.ADVICE,
        _("No one page in a crisis"),
        _("Which page on your own site has the newest is not written down."),
        _("Many channels that say slightly different things make people doubt all of them."),
        _("Choose the page all channels point to."),
        _no_page,
        mend=Mend("record_add", ("crisisplan",)),
    ),
    Rule(
        "crisis-substitutes",
        "crisis",
        Severity.ADVICE,
        _("Role in a crisis without two substitutes"),
        _("Fewer than two step in for it."),
        _("A crisis lasts longer than two people can stay awake."),
        _("Write a first and a second substitute."),
        _no_second,
        each="crisisrole",
    ),
    Rule(
        "crisis-exercise",
        "crisis",
        Severity.WEAK,
        _("Plan nobody has tried"),
        _("No exercise has been held in the last twelve months."),
        _("A plan nobody has tried is a draft."),
        _("Hold a small exercise, and write what did not work."),
        _no_exercise,
        mend=Mend("record_add", ("exercise",)),
    ),
    Rule(
        "exercise-learnt",
        "crisis",
        Severity.ADVICE,
        _("Exercise nothing was learnt from"),
        _("What was learnt is not written down."),
        _("What did not work in the exercise does not work in the crisis."),
        _("Write what did not work, and what was done about it."),
        _nothing_learnt,
        each="exercise",
    ),
    Rule(
        "exercise-due",
        "crisis",
        Severity.WEAK,
        _("Exercise that is due"),
        _("The next was to be held on %(day)s."),
        _("Numbers, names and habits grow old within the year."),
        _("Hold it, or set a new day."),
        _exercise_due,
        each="exercise",
    ),
)
