"""What each answer to the six questions must say to be whole, and the sentence where it does not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import ngettext

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
        lambda goal: not goal.measure,
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
        lambda audience: not audience.needs,
        3,
        lambda n: ngettext(
            "What the audience “%(name)s” needs is not written down.",
            "What %(n)d audiences need is not written down; the first is “%(name)s”.",
            n,
        ),
    ),
    (
        lambda audience: audience.size is None,
        5,
        lambda n: ngettext(
            "How many the audience “%(name)s” counts is not written down.",
            "How many %(n)d audiences count is not written down; the first is “%(name)s”.",
            n,
        ),
    ),
    (
        lambda audience: audience.size is not None and not audience.size_source,
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
