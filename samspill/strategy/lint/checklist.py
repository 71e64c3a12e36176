"""What a municipality's strategy should have thought of, point by point, and whether this one has.

After the contents of KS, Veikart for sosiale medier i kommunesektoren (2012).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samspill.strategy.lint import held
from samspill.strategy.lint.facts import Facts
from samspill.strategy.lint.rule import Mend

SOURCE = "http://docplayer.me/1883633-Veikart-for-sosiale-medier-i-kommunesektoren.html"


@dataclass(frozen=True)
class Point:
    name: Promise
    is_met: Callable[[Facts], bool]
    mend: Mend


def _records(*kinds: str) -> Callable[[Facts], bool]:
    """Something is written of each of these kinds."""
    return lambda facts: all(facts.records(kind) for kind in kinds)


def _promised(facts: Facts) -> bool:
    return bool(facts.records("promise")) or any(row.reply_within is not None for row in facts.active)


def _decided(facts: Facts) -> bool:
    return bool(facts.choices) and all(row.purpose for row in facts.choices)


def _archived(facts: Facts) -> bool:
    return bool(facts.active) and all(row.archive for row in facts.active)


CHECKLIST = (
    Point(
        _("It builds on what the organisation has decided"),
        lambda facts: any(goal.passage_id for goal in facts.goals),
        Mend("documents", is_row=True),
    ),
    Point(
        _("There are goals with figures, and somebody looks at how it goes"),
        lambda facts: any(goal.target is not None for goal in facts.goals) and _records("evaluation")(facts),
        Mend("section", ("evaluation",)),
    ),
    Point(
        _("It says how many hours there are, and who has which role"),
        lambda facts: held.capacity(facts) is not None and _records("role")(facts),
        Mend("section", ("roles",)),
    ),
    Point(_("It says where you are, and for what"), _decided, Mend("channel_choices")),
    Point(_("It says how fast people get an answer"), _promised, Mend("record_add", ("promise",))),
    Point(
        _("There are routines for every day, and for passing enquiries on"),
        lambda facts: bool(facts.says("organisation", "routines")),
        Mend("record_add", ("organisation",)),
    ),
    Point(
        _("There are rules for the debate, and for what is hidden"),
        lambda facts: bool(facts.says("dialogue", "debate_rules") and facts.says("dialogue", "moderation")),
        Mend("record_add", ("dialogue",)),
    ),
    Point(
        _("There are rules for those who work here"),
        _records("staffrule"),
        Mend("record_add", ("staffrule",)),
    ),
    Point(_("What the law asks is written down"), _records("duty"), Mend("section", ("rails",))),
    Point(_("Every channel in use has a routine for archiving"), _archived, Mend("channel_choices")),
    Point(_("There is a plan for crises"), _records("crisisplan"), Mend("record_add", ("crisisplan",))),
    Point(
        _("It says what you always do, and never"), _records("boundary"), Mend("record_add", ("boundary",))
    ),
)
