"""EARS: does today's count stand out from the days before? Needs no more than nine days of history.

Hutwagner, Thompson, Seeman & Treadwell, J Urban Health 80 (2003), i89-i96.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import mean, stdev

BASELINE = 7  # days
GUARD = 2  # days between the baseline and today, so that what begins slowly does not become usual


@dataclass(frozen=True)
class Ears:
    """C1, C2 and C3 of a day; None where there are too few days before it. Usual limits are 3, 3 and 2."""

    c1: float | None
    c2: float | None
    c3: float | None


def ears(counts: Sequence[float], *, floored: bool = False) -> list[Ears]:
    """For each day of `counts`, oldest first.

    C1 = (y - mean) / sd over the seven days before; C2 the same over the seven days that end two days before;
    C3 = the sum of max(0, C2 - 1) over today and two days before. sd has n - 1 below. `floored`: it is at
    least 1 and at least √mean, as small counts vary by chance alone; otherwise a day after seven that are
    all alike has no C1.
    """
    first = [_standardised(counts, day, day - BASELINE, floored) for day in range(len(counts))]
    second = [_standardised(counts, day, day - BASELINE - GUARD, floored) for day in range(len(counts))]
    return [Ears(first[day], second[day], _third(second, day)) for day in range(len(counts))]


def _standardised(counts: Sequence[float], day: int, start: int, floored: bool) -> float | None:
    if start < 0:
        return None
    before = counts[start : start + BASELINE]
    middle, spread = mean(before), stdev(before)
    if floored:
        spread = max(spread, 1.0, math.sqrt(middle))
    return (counts[day] - middle) / spread if spread else None


def _third(second: Sequence[float | None], day: int) -> float | None:
    last = [each for each in second[max(day - 2, 0) : day + 1] if each is not None]
    return sum(max(0.0, each - 1) for each in last) if len(last) == 3 else None
