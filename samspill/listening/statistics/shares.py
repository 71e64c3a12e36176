"""Shares of a whole that is counted, each with what it may as well be."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist


@dataclass(frozen=True)
class Share:
    """`share` of all, and from `low` to `high` with 95 % confidence for all of them together; 0 to 1."""

    count: int
    share: float
    low: float
    high: float


def shares(counts: Sequence[int], confidence: float = 0.95) -> list[Share]:
    """Simultaneous confidence intervals for multinomial shares; none where nothing is counted.

    Goodman, On Simultaneous Confidence Intervals for Multinomial Proportions, Technometrics 7 (1965),
    247-254: each share's score interval, with the quantile of chi-square at 1 - (1 - confidence) / k.
    """
    total = sum(counts)
    if not total:
        return []
    tail = (1 - confidence) / len(counts)
    b = NormalDist().inv_cdf(1 - tail / 2) ** 2  # a chi-square with one degree is a normal deviate squared
    found = []
    for n in counts:
        root = math.sqrt(b * (b + 4 * n * (total - n) / total))
        low, high = (b + 2 * n - root) / (2 * (total + b)), (b + 2 * n + root) / (2 * (total + b))
        found.append(Share(n, n / total, max(low, 0.0), min(high, 1.0)))
    return found
