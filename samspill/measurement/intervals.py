"""How sure a figure is: intervals for shares and for means of counts. Pure functions."""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import NormalDist, fmean, stdev

Z95 = NormalDist().inv_cdf(0.975)


def wilson(hits: int, cases: int) -> tuple[float, float] | None:
    """The 95 % score interval of a share, both ends from 0 to 1; None without cases.

    Wilson 1927, JASA 22:209-212; method 3 of Newcombe 1998, Statistics in Medicine 17:857-872.
    """
    if cases == 0:
        return None
    share, square = hits / cases, Z95**2
    middle = share + square / (2 * cases)
    reach = Z95 * math.sqrt(share * (1 - share) / cases + square / (4 * cases**2))
    whole = 1 + square / cases
    # At no hits, or nothing but hits, the end is exact; rounding must not take it past.
    low = 0.0 if hits == 0 else (middle - reach) / whole
    high = 1.0 if hits == cases else (middle + reach) / whole
    return low, high


def mean_of_counts(values: Sequence[float]) -> tuple[float, float] | None:
    """The 95% interval of the mean of skewed counts, made on the logarithm so that it stays above zero.

    The mean times and divided by exp(t · s / (mean · √n)): the delta method for the logarithm of a mean.
    None for fewer than two values, or when all are zero.
    """
    if len(values) < 2 or (mean := fmean(values)) <= 0:
        return None
    factor = math.exp(t95(len(values) - 1) * stdev(values) / (mean * math.sqrt(len(values))))
    return mean / factor, mean * factor


def t95(freedom: int) -> float:
    """Student's t at 97.5 %, by the expansion of Abramowitz & Stegun 1964, 26.7.5; exact for 1 and 2."""
    if freedom == 1:
        return math.tan(math.pi * 0.475)
    if freedom == 2:
        return 0.95 / math.sqrt(2 * 0.975 * 0.025)
    z, v = Z95, freedom
    return (
        z
        + (z**3 + z) / (4 * v)
        + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * v**2)
        + (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * v**3)
        + (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / (92160 * v**4)
    )
