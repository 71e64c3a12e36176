"""The closed list of measures a goal can have; how each is computed stands in measurement/measures.py.

Figures, baselines and targets are kept as they are read: 96 for 96 %, 4.5 for four and a half hours.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext


class Unit(StrEnum):
    COUNT = "count"
    PER_POST = "per_post"
    PERCENT = "percent"
    HOURS = "hours"


@dataclass(frozen=True)
class Measure:
    """`days`: how long a stretch one figure looks back on; 0: the figure is a level, such as followers."""

    key: str
    name: Promise
    unit: Unit
    formula: Promise
    days: int = 28
    lower_is_better: bool = False

    def show(self, value: float | None) -> str:
        """The figure as the reader writes it, with its unit; no data is said, never zero."""
        if value is None:
            return _("no figures")
        if self.unit is Unit.HOURS and 0 < value < 1:
            minutes = max(1, round(value * 60))
            return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}
        rounded = round(value, 0 if self.unit is Unit.COUNT else 1)
        number = number_format(rounded, decimal_pos=1 if rounded % 1 else 0, force_grouping=True)
        if self.unit is Unit.PERCENT:
            return _("%(number)s%%") % {"number": number}
        if self.unit is Unit.HOURS:
            hours = ngettext("%(number)s hour", "%(number)s hours", 1 if rounded == 1 else 2)
            return hours % {"number": number}
        return number


MEASURES: dict[str, Measure] = {
    measure.key: measure
    for measure in (
        Measure(
            "followers",
            gettext_lazy("Followers"),
            Unit.COUNT,
            gettext_lazy("The newest number of followers that each channel reports, added together."),
            days=0,
        ),
        Measure(
            "posts",
            gettext_lazy("Posts"),
            Unit.COUNT,
            gettext_lazy(
                "The number of our posts published in the last 28 days; answers to others are not counted."
            ),
        ),
        Measure(
            "reactions",
            gettext_lazy("Reactions"),
            Unit.COUNT,
            gettext_lazy(
                "The likes on the posts we published in the last 28 days, as the networks last reported them."
            ),
        ),
        Measure(
            "replies",
            gettext_lazy("Replies"),
            Unit.COUNT,
            gettext_lazy("The number of replies and mentions others sent us in the last 28 days."),
        ),
        Measure(
            "reactions_per_post",
            gettext_lazy("Reactions per post"),
            Unit.PER_POST,
            gettext_lazy(
                "The likes on the posts we published in the last 28 days, divided by the number of posts "
                "that have figures."
            ),
        ),
        Measure(
            "response_rate",
            gettext_lazy("Answered"),
            Unit.PERCENT,
            gettext_lazy(
                "Of the messages of the last 28 days that needed an answer and are older than the promise, "
                "the share that has been answered."
            ),
        ),
        Measure(
            "answered_in_time",
            gettext_lazy("Answered in time"),
            Unit.PERCENT,
            gettext_lazy(
                "Of the messages of the last 28 days that needed an answer and are older than the promise, "
                "the share that was answered before the promise ran out."
            ),
        ),
        Measure(
            "response_time",
            gettext_lazy("Time to an answer"),
            Unit.HOURS,
            gettext_lazy(
                "The time within which half of the messages of the last 28 days that needed an answer "
                "got one; those still waiting count as waiting (Kaplan–Meier median)."
            ),
            lower_is_better=True,
        ),
        Measure(
            "conversations",
            gettext_lazy("Conversations"),
            Unit.COUNT,
            gettext_lazy("The number of conversations that somebody else began in the last 28 days."),
        ),
        Measure(
            "voices_returning",
            gettext_lazy("Returning voices"),
            Unit.PERCENT,
            gettext_lazy(
                "Of the people who wrote to us in the last 182 days, the share that did so in two or more "
                "different months."
            ),
            days=182,
        ),
    )
}


def choices() -> Iterable[tuple[str, Promise]]:
    """For a form field: key and name."""
    return [(measure.key, measure.name) for measure in MEASURES.values()]
