"""The one thing to do next, for whoever has ten quiet minutes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from samspill.strategy.check import Completeness
from samspill.strategy.models import Strategy
from samspill.strategy.sections import Kind

QUIET = 10  # minutes


@dataclass(frozen=True)
class Step:
    """What to do, why, the minutes it takes, and where: a URL name of this app."""

    sentence: str
    minutes: int
    page: str
    args: Sequence[object] = ()
    is_of_a_row: bool = False  # the page is a row's, and has the short address


def next_step(strategy: Strategy, whole: Completeness, empty: Sequence[Kind], today: date) -> Step | None:
    """What is overdue first, then the weakest question's easiest gap, then what nobody has begun.

    `empty`: the kinds of records nothing is written of yet, in the order of the strategy.
    """
    if strategy.review_on and strategy.review_on <= today:
        words = _("It should have been looked at again on %(day)s. Is it still right?")
        return Step(words % {"day": date_format(strategy.review_on)}, QUIET, "strategy_edit")
    if whole.weakest.gaps:
        gap = whole.weakest.gaps[0]
        args = tuple(each for each in (gap.pk, gap.kind) if each)  # a row to change, or a kind to write
        return Step(gap.sentence, gap.minutes, gap.page, args, is_of_a_row=bool(gap.pk))
    if empty:
        words = _("Nothing stands under “%(kind)s” yet. %(purpose)s")
        said = words % {"kind": empty[0].title, "purpose": empty[0].purpose}
        return Step(said, QUIET, "record_add", (empty[0].key,))
    return None
