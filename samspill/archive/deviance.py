"""How far a count lies from what is usual."""

from __future__ import annotations

import math

FLOOR = 0.5  # that are thought usual of what nobody has said before: the first post is no trend


def deviance(observed: float, expected: float) -> float:
    """The signed Poisson deviance, sign(o - e) · √(2 (o ln(o/e) - (o - e))), about a standard normal deviate
    where nothing is out of the ordinary. McCullagh & Nelder, Generalized Linear Models (1989), 2.3.4."""
    expected = max(expected, FLOOR)
    part = observed * math.log(observed / expected) if observed else 0.0
    return math.copysign(math.sqrt(max(2 * (part - (observed - expected)), 0.0)), observed - expected)
