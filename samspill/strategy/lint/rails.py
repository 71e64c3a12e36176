"""Rules of what we keep within, what we listen to, and what we try."""

from __future__ import annotations

from datetime import timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from samspill.strategy import public_sector
from samspill.strategy.lint import held
from samspill.strategy.lint.facts import Facts
from samspill.strategy.lint.rule import Mend, Rule, Severity, Values
from samspill.strategy.models import Record, Strategy

TWO_YEARS = timedelta(days=731)


def _old_duty(duty: Record, facts: Facts) -> Values | None:
    read = held.day(duty, "as_of")
    return {"day": date_format(read)} if read is not None and read < facts.today - TWO_YEARS else None


def _argued_afterwards(experiment: Record, facts: Facts) -> bool:
    """A result, and nothing that was said before it."""
    before = ("hypothesis", "measure", "stop_rule")
    return not held.lacks(experiment, "result") and any(held.lacks(experiment, name) for name in before)


def _duties_wait(facts: Facts) -> Values | None:
    waiting = public_sector.missing(facts.records(public_sector.KIND))
    return {"n": len(waiting)} if waiting else None


RULES = (
    Rule(
        "duties-waiting",
        "rails",
        Severity.WEAK,
        _("Duties nobody has taken in"),
        lambda values: (
            ngettext(
                "%(n)d duty of a public body is not written down.",
                "%(n)d duties of a public body are not written down.",
                values["n"],
            )
            % values
        ),
        _("What nobody has written down is seen when somebody complains."),
        _("Look through what lies ready, and take in what concerns you."),
        _duties_wait,
        mend=Mend("duties"),
        profile=Strategy.Profile.PUBLIC_SECTOR,
    ),
    Rule(
        "boundaries-none",
        "rails",
        Severity.WEAK,
        _("No boundaries"),
        _("What is always so, and what never, is not written down."),
        _("Within clear boundaries people may act without asking (Mintzberg and Waters 1985, umbrella)."),
        _("Write the few things you would stop even if they worked."),
        lambda facts: facts.has_begun and not facts.records("boundary"),
        mend=Mend("record_add", ("boundary",)),
    ),
    Rule(
        "duty-how",
        "rails",
        Severity.WEAK,
        _("Duty nobody knows how to keep"),
        _("How you do it is not written down."),
        _("A rule one only knows of is broken on an ordinary day."),
        _("Write what happens on an ordinary day so that it is kept."),
        lambda duty, facts: held.lacks(duty, "how"),
        each="duty",
    ),
    Rule(
        "duty-undated",
        "rails",
        Severity.ADVICE,
        _("Duty without a day"),
        _("On which day somebody last read the rule is not written down."),
        _("Laws change; one must know which text you went by."),
        _("Read it at the source, and write the day."),
        lambda duty, facts: held.lacks(duty, "as_of"),
        each="duty",
    ),
    Rule(
        "duty-old",
        "rails",
        Severity.WEAK,
        _("Duty to be read again"),
        _("The rule was last read on %(day)s."),
        _("In two years a rule may have become another."),
        _("Read it at the source, and write the new day."),
        _old_duty,
        each="duty",
    ),
    Rule(
        "watched-none",
        "learning",
        Severity.ADVICE,
        _("Nobody listens"),
        _("What somebody reads regularly is not written down."),
        _("Whoever only speaks learns of it last."),
        _("Write a few words, hashtags or accounts, who reads them, and how often."),
        lambda facts: bool(facts.active) and not facts.records("watched"),
        mend=Mend("record_add", ("watched",)),
    ),
    Rule(
        "lesson-consequence",
        "learning",
        Severity.ADVICE,
        _("Lesson that led to nothing"),
        _("What follows from it is not written down."),
        _("Without a consequence it must be learnt again."),
        _("Write what you do differently; “nothing” is an answer, too."),
        lambda lesson, facts: held.lacks(lesson, "consequence"),
        each="lesson",
    ),
    Rule(
        "experiment-afterwards",
        "experiments",
        Severity.WEAK,
        _("Experiment set up afterwards"),
        _("It has a result, but what you believed, what you measured or when you would stop is missing."),
        _("What was not said beforehand can be argued into any result."),
        _("Write it down before the next one starts; say in this one that it was not."),
        _argued_afterwards,
        each="experiment",
    ),
)
