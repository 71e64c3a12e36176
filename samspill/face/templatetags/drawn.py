"""Figures of the public page as small drawings that need neither a script nor a style. {% load drawn %}"""

from __future__ import annotations

from typing import Any

from django import template

from samspill.face.blocks import Figures

register = template.Library()
WIDTH, HEIGHT, EDGE = 600, 120, 6


@register.inclusion_tag("face/_line.html")
def line_of(now: Figures) -> dict[str, Any]:
    """The last half year as a line with its target; nothing where fewer than two figures are known."""
    known = [(place, level) for place, level in enumerate(now.line) if level is not None]
    if len(known) < 2:
        return {}
    levels = [level for _place, level in known] + ([] if now.target_value is None else [now.target_value])
    low, high = min(levels), max(levels)
    low = min(low, 0) if now.from_zero else low

    def y(level: float) -> str:
        reach = (level - low) / (high - low) if high > low else 0.5
        return f"{HEIGHT - EDGE - reach * (HEIGHT - 2 * EDGE):.1f}"

    def x(place: int) -> str:
        return f"{place / (len(now.line) - 1) * (WIDTH - EDGE):.1f}"

    return {
        "points": " ".join(f"{x(place)},{y(level)}" for place, level in known),
        "x": x(known[-1][0]),
        "y": y(known[-1][1]),
        "target": None if now.target_value is None else y(now.target_value),
        "said": now.shows,
    }


@register.inclusion_tag("face/_way.html")
def way_of(now: Figures) -> dict[str, Any]:
    """How much of the way from baseline to target has been gone, and how much of the time."""
    if now.share is None:
        return {}
    gone = None if now.calendar is None else f"{_within(now.calendar):.1f}"
    return {"share": f"{_within(now.share):.1f}", "gone": gone}


def _within(share: float) -> float:
    return 100 * max(0.0, min(1.0, share))
