"""Rules of the voice beside its traits: the hard hours, what is left alone, who speaks."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from samspill.strategy.answers import listed
from samspill.strategy.lint import held
from samspill.strategy.lint.facts import Facts
from samspill.strategy.lint.rule import Mend, Rule, Severity, Values
from samspill.strategy.sections import KINDS


def _no_tone(facts: Facts) -> Values | None:
    """Asked where the voice has been begun."""
    names = dict(KINDS["tone"].field("situation").choices)
    missing = [str(names[key]) for key in held.HARD_HOURS if key not in held.tones(facts)]
    return {"situations": listed(missing)} if facts.traits and missing else None


RULES = (
    Rule(
        "tone-hard-hours",
        "voice",
        Severity.WEAK,
        _("No tone for the hard hours"),
        _("How you sound is not written down for %(situations)s."),
        _("Where the tone matters most, nobody has time to find it."),
        _("Write in two lines how you sound then, with an example."),
        _no_tone,
        mend=Mend("record_add", ("tone",)),
    ),
    Rule(
        "untouched-none",
        "voice",
        Severity.WEAK,
        _("Nothing is left alone"),
        _("Which topics you do not comment on is not written down."),
        _("Somebody will ask about a person, a court case or an election, and guess at the answer."),
        _("Write the topics, and who does answer."),
        lambda facts: bool(facts.active) and not facts.records("untouched"),
        mend=Mend("record_add", ("untouched",)),
    ),
    Rule(
        "untouched-who",
        "voice",
        Severity.ADVICE,
        _("Topic nobody answers for"),
        _("Who does answer is not written down."),
        _("“No comment” is only bearable with somebody to ask instead."),
        _("Write who answers, and how they are reached."),
        lambda topic, facts: held.lacks(topic, "who"),
        each="untouched",
    ),
    Rule(
        "speaker-none",
        "voice",
        Severity.ADVICE,
        _("Nobody is said to speak"),
        _("Who speaks, about what and where, is not written down."),
        _("Then everyone does, or nobody dares."),
        _("Write who speaks, and who when they are away."),
        lambda facts: bool(facts.active) and not facts.records("speaker"),
        mend=Mend("record_add", ("speaker",)),
    ),
    Rule(
        "staff-rules",
        "voice",
        Severity.ADVICE,
        _("No rules for those who work here"),
        _("What those who work here should know when they write is not written down."),
        _("They write in any case; a few rules make them safer, and you."),
        _("Write a few short rules that everyone remembers."),
        lambda facts: bool(facts.active) and not facts.records("staffrule"),
        mend=Mend("record_add", ("staffrule",)),
    ),
)
