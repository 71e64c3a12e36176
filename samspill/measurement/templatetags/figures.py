"""Figures on a page: their value, what they rest on, a small line. {% load figures %}"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import template

from samspill.measurement import words
from samspill.measurement.chart import starts_at_zero
from samspill.measurement.measures import Figure
from samspill.measurement.status import Status

register = template.Library()
register.filter("basis", words.basis)
register.filter("interval", words.interval)
register.filter("reservations", words.reservations)
register.filter("left_out", words.left_out)
register.filter("what_it_shows", words.shown)
register.filter("standing", words.standing)
register.filter("standing_word", words.standing_word)
register.filter("standing_tag", words.standing_tag)
register.filter("trend", words.trend)
register.filter("moved", words.moved)
register.filter("noise", words.noise)
register.filter("since_last", words.since_last)
register.filter("day", words.day)
register.filter("period", words.period)
register.filter("weekday", words.weekday)

WIDTH, HEIGHT, EDGE = 132, 56, 5


@register.filter
def value(figure: Figure) -> str:
    return figure.measure.show(figure.value)


@register.filter
def target(status: Status) -> str:
    return status.measure.show(status.goal.target)


@register.inclusion_tag("measurement/_spark.html")
def spark(figures: Sequence[Figure], target: float | None = None) -> dict[str, Any]:
    """A line of 132 × 56 without axes; its first and last figure are said to those who do not see it."""
    known = [(place, figure.value) for place, figure in enumerate(figures) if figure.value is not None]
    if len(known) < 2:
        return {}
    levels = [level for _, level in known] + ([] if target is None else [target])
    low, high = min(levels), max(levels)
    if starts_at_zero(figures[0].measure):
        low = min(low, 0)

    def y(level: float) -> str:
        reach = (level - low) / (high - low) if high > low else 0.5
        return f"{HEIGHT - EDGE - reach * (HEIGHT - 2 * EDGE):.1f}"

    def x(place: int) -> str:
        return f"{place / (len(figures) - 1) * (WIDTH - EDGE):.1f}"

    return {
        "points": " ".join(f"{x(place)},{y(level)}" for place, level in known),
        "x": x(known[-1][0]),
        "y": y(known[-1][1]),
        "target": None if target is None else y(target),
        "said": words.shown(figures),
    }
