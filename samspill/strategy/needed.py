"""What each answer to the six questions must say to be whole, and the sentence where it does not."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from samspill.strategy.models import Audience, Record


def _is_sourced(audience: Audience) -> bool:
    """Source and year, whichever field says the year."""
    return bool(audience.size_source) and audience.size_said_in is not None


# What every row must say beside its name: which rows lack it, the minutes it takes to mend one, the sentence.
Needed = tuple[Callable[[Any], bool], int, Callable[[int], str]]

GOAL: tuple[Needed, ...] = (
    (
        lambda goal: not goal.owner_id,
        1,
        lambda n: ngettext(
            "Nobody owns the goal “%(name)s”.", "%(n)d goals have no owner; the first is “%(name)s”.", n
        ),
    ),
    (
        lambda goal: goal.deadline is None,
        1,
        lambda n: ngettext(
            "The goal “%(name)s” has no deadline.",
            "%(n)d goals have no deadline; the first is “%(name)s”.",
            n,
        ),
    ),
    (
        lambda goal: not goal.level,
        1,
        lambda n: ngettext(
            "How far from your own desk the goal “%(name)s” is seen is not chosen.",
            "How far from your own desk %(n)d goals are seen is not chosen; the first is “%(name)s”.",
            n,
        ),
    ),
    (
        lambda goal: not (goal.measure or goal.data_source),
        2,
        lambda n: ngettext(
            "The goal “%(name)s” has no measure.", "%(n)d goals have no measure; the first is “%(name)s”.", n
        ),
    ),
    (
        lambda goal: goal.target is None,
        3,
        lambda n: ngettext(
            "The goal “%(name)s” has no target.", "%(n)d goals have no target; the first is “%(name)s”.", n
        ),
    ),
    (
        lambda goal: goal.passage_id is None,
        3,
        lambda n: ngettext(
            "The goal “%(name)s” serves no passage of a governing document.",
            "%(n)d goals serve no passage of a governing document; the first is “%(name)s”.",
            n,
        ),
    ),
    (
        lambda goal: goal.baseline is None or goal.baseline_at is None,
        5,
        lambda n: ngettext(
            "Where the goal “%(name)s” starts from is not written down.",
            "Where %(n)d goals start from is not written down; the first is “%(name)s”.",
            n,
        ),
    ),
)
AUDIENCE: tuple[Needed, ...] = (
    (
        lambda audience: not audience.is_not and not audience.needs,
        3,
        lambda n: ngettext(
            "What the audience “%(name)s” needs is not written down.",
            "What %(n)d audiences need is not written down; the first is “%(name)s”.",
            n,
        ),
    ),
    (
        lambda audience: not audience.is_not and audience.size is None,
        5,
        lambda n: ngettext(
            "How many the audience “%(name)s” counts is not written down.",
            "How many %(n)d audiences count is not written down; the first is “%(name)s”.",
            n,
        ),
    ),
    (
        lambda audience: audience.size is not None and not _is_sourced(audience),
        2,
        lambda n: ngettext(
            "The size of “%(name)s” has no source and year.",
            "The sizes of %(n)d audiences have no source and year; the first is “%(name)s”.",
            n,
        ),
    ),
)
TACTIC: tuple[Needed, ...] = (
    (
        lambda tactic: not tactic.why_follow,
        3,
        lambda n: ngettext(
            "What people get from “%(name)s” is not written down.",
            "What people get from %(n)d of our moves is not written down; the first is “%(name)s”.",
            n,
        ),
    ),
)
TRAIT: tuple[Needed, ...] = (
    (
        lambda trait: not trait.we_are,
        2,
        lambda n: ngettext(
            "What we are when we are “%(name)s” is not written down.",
            "What we are is not written down for %(n)d traits; the first is “%(name)s”.",
            n,
        ),
    ),
    (
        lambda trait: not trait.we_are_not,
        2,
        lambda n: ngettext(
            "What we are not when we are “%(name)s” is not written down.",
            "What we are not is not written down for %(n)d traits; the first is “%(name)s”.",
            n,
        ),
    ),
    (
        lambda trait: not trait.good_example,
        4,
        lambda n: ngettext(
            "The trait “%(name)s” has no example of how we would say it.",
            "%(n)d traits have no example of how we would say it; the first is “%(name)s”.",
            n,
        ),
    ),
    (
        lambda trait: not trait.bad_example,
        4,
        lambda n: ngettext(
            "The trait “%(name)s” has no example of how we would not say it.",
            "%(n)d traits have no example of how we would not say it; the first is “%(name)s”.",
            n,
        ),
    ),
)
CHANNEL_CHOICE: tuple[Needed, ...] = (
    (
        lambda choice: not choice.purpose,
        2,
        lambda n: ngettext(
            "What “%(name)s” is for, or why not, is not written down.",
            "What %(n)d channels are for, or why not, is not written down; the first is “%(name)s”.",
            n,
        ),
    ),
    (
        lambda choice: choice.is_active and not choice.responsible_id,
        1,
        lambda n: ngettext(
            "Nobody is responsible for “%(name)s”.",
            "Nobody is responsible for %(n)d channels; the first is “%(name)s”.",
            n,
        ),
    ),
    (
        lambda choice: choice.is_active and choice.hours_a_week is None,
        2,
        lambda n: ngettext(
            "How many hours a week “%(name)s” may take is not decided.",
            "How many hours a week %(n)d channels may take is not decided; the first is “%(name)s”.",
            n,
        ),
    ),
    (
        lambda choice: choice.is_active and choice.review_on is None,
        1,
        lambda n: ngettext(
            "When to look at “%(name)s” again is not decided.",
            "When to look at %(n)d channels again is not decided; the first is “%(name)s”.",
            n,
        ),
    ),
    (
        lambda choice: choice.is_active and not choice.exit_when,
        3,
        lambda n: ngettext(
            "When you leave “%(name)s” is not decided.",
            "When you leave %(n)d channels is not decided; the first is “%(name)s”.",
            n,
        ),
    ),
    (
        lambda choice: choice.is_elsewhere and not choice.risk,
        20,
        lambda n: ngettext(
            "The risk of “%(name)s” is not assessed.",
            "The risk of %(n)d channels is not assessed; the first is “%(name)s”.",
            n,
        ),
    ),
    (
        lambda choice: choice.is_active and not choice.evidence,
        5,
        lambda n: ngettext(
            "Nothing shows that the people we want to reach are on “%(name)s”.",
            "Nothing shows that the people we want to reach are on %(n)d channels; the first is “%(name)s”.",
            n,
        ),
    ),
)
LAUNCH_ACTION: tuple[Needed, ...] = (
    (
        lambda action: action.on is None,
        1,
        lambda n: ngettext(
            "The action “%(name)s” has no date.", "%(n)d actions have no date; the first is “%(name)s”.", n
        ),
    ),
    (
        lambda action: not action.owner_id,
        1,
        lambda n: ngettext(
            "Nobody owns the action “%(name)s”.", "%(n)d actions have no owner; the first is “%(name)s”.", n
        ),
    ),
)


@dataclass(frozen=True)
class Beside:
    """Something a question needs beside its rows, kept as records of a kind."""

    kind: str
    minutes: int
    sentence: Promise
    says: Callable[[Mapping[str, Any]], bool] = bool  # of one record's data: is this the one?


@dataclass(frozen=True)
class Beyond:
    """What a question needs beside its rows: how much in all, and what of it is missing."""

    count: int
    missing: Sequence[Beside]


def beside(question: str, records: Mapping[str, Sequence[Record]]) -> Beyond:
    asked = _BESIDE[question]
    missing = [one for one in asked if not any(one.says(row.data) for row in records.get(one.kind, ()))]
    return Beyond(len(asked), missing)


def _tone(situation: str, sentence: Promise) -> Beside:
    return Beside("tone", 5, sentence, lambda data: data.get("situation") == situation)


def _is_measured(data: Mapping[str, Any]) -> bool:
    return any(data.get(name) for name in ("followers", "answers", "active_share", "organic_share"))


_BESIDE: dict[str, tuple[Beside, ...]] = {
    "tactics": (
        Beside("promise", 5, _("How fast you answer is not promised.")),
        Beside("pillar", 15, _("Which themes you come back to is not written down.")),
    ),
    "voice": (
        Beside("untouched", 5, _("Which topics you do not comment on is not written down.")),
        _tone("complaint", _("How you sound when somebody complains is not written down.")),
        _tone("mistake", _("How you sound after a mistake of yours is not written down.")),
        _tone("crisis", _("How you sound in a crisis is not written down.")),
    ),
    "launch": (
        Beside(
            "criticalmass",
            10,
            _("How many followers or answers it takes before it carries itself is not written down."),
            _is_measured,
        ),
    ),
}
KINDS_BESIDE: frozenset[str] = frozenset(one.kind for asked in _BESIDE.values() for one in asked)
