"""What is a change and what is noise. Pure functions."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, pairwise
from statistics import fmean, median

ENOUGH = 8


def natural_limits(values: Sequence[float]) -> tuple[float, float] | None:
    """The band within which the values vary by themselves: mean ± 2.66 × the mean moving range.

    Wheeler, Understanding Variation, 1993 (XmR chart); None for fewer than eight values.
    """
    if len(values) < ENOUGH:
        return None
    reach = 2.66 * fmean(abs(b - a) for a, b in pairwise(values))
    return fmean(values) - reach, fmean(values) + reach


def slope(points: Sequence[tuple[float, float]]) -> float | None:
    """The median of the slopes between all pairs of points, which a single odd point does not sway.

    Theil 1950; Sen 1968, JASA 63:1379-1389. None for fewer than four points.
    """
    if len(points) < 4:
        return None
    slopes = [(y2 - y1) / (x2 - x1) for (x1, y1), (x2, y2) in combinations(points, 2) if x1 != x2]
    return median(slopes) if slopes else None
