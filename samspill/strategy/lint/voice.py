"""Rules of the voice: a few traits with both sides, and a tone for the hard hours."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from samspill.strategy.lint.facts import Facts
from samspill.strategy.lint.rule import Rule, Severity, Values
from samspill.strategy.models import Trait, fold

FEWEST, MOST = 3, 5


def _few(facts: Facts) -> Values | None:
    """Asked where the voice has been begun."""
    return {"n": len(facts.traits)} if 0 < len(facts.traits) < FEWEST else None


def _many(facts: Facts) -> Values | None:
    return {"n": len(facts.traits)} if len(facts.traits) > MOST else None


def _same_example(trait: Trait, facts: Facts) -> bool:
    return bool(trait.good_example) and fold(trait.good_example) == fold(trait.bad_example)


RULES = (
    Rule(
        "voice-few",
        "voice",
        Severity.WEAK,
        _("Fewer than three traits"),
        lambda values: (
            ngettext("There is only %(n)d trait.", "There are only %(n)d traits.", values["n"]) % values
        ),
        _("With one or two traits, every organisation sounds like you."),
        _("Write three to five that would not suit your neighbour."),
        _few,
    ),
    Rule(
        "voice-many",
        "voice",
        Severity.ADVICE,
        _("More than five traits"),
        lambda values: ngettext("There is %(n)d trait.", "There are %(n)d traits.", values["n"]) % values,
        _("Nobody who writes in a hurry remembers more than five."),
        _("Keep those you would miss, and let the others go."),
        _many,
    ),
    Rule(
        "trait-bad-example",
        "voice",
        Severity.WEAK,
        _("Trait without a bad example"),
        _("There is no example of how you would not say it."),
        _("Everyone agrees on a fine word; where it ends is seen from what one would not write."),
        _("Write a sentence somebody might have posted, and should not have."),
        lambda trait, facts: not trait.bad_example,
        each="trait",
    ),
    Rule(
        "trait-good-example",
        "voice",
        Severity.WEAK,
        _("Trait without a good example"),
        _("There is no example of how you would say it."),
        _("People write as they see others write, not as a list of words tells them."),
        _("Write a sentence as you would post it."),
        lambda trait, facts: not trait.good_example,
        each="trait",
    ),
    Rule(
        "trait-meaning",
        "voice",
        Severity.WEAK,
        _("Trait without a meaning"),
        _("What it means that you are so is not written down."),
        _("“Open” means something else to each who writes."),
        _("Finish the sentence “we are …”."),
        lambda trait, facts: not trait.we_are,
        each="trait",
    ),
    Rule(
        "trait-opposite",
        "voice",
        Severity.WEAK,
        _("Trait without an opposite"),
        _("What you are not is not written down."),
        _("A trait whose opposite nobody would choose says nothing."),
        _("Finish the sentence “we are not …”, with something others gladly are."),
        lambda trait, facts: not trait.we_are_not,
        each="trait",
    ),
    Rule(
        "trait-same-example",
        "voice",
        Severity.WRONG,
        _("The same example for and against"),
        _("The good and the bad example are the same."),
        _("One cannot both say it so and not say it so."),
        _("Write another bad example."),
        _same_example,
        each="trait",
    ),
)
