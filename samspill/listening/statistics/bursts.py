"""Bursts: from when to when did things come thicker than otherwise, and how much thicker?

Kleinberg, Bursty and Hierarchical Structure in Streams, Data Mining and Knowledge Discovery 7 (2003),
373-397: states whose gaps are exponential, each s times as fast as the one below; climbing costs, falling is
free; the cheapest way through the states is found by dynamic programming.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

MOST_STATES = 12


@dataclass(frozen=True)
class Burst:
    """Events `first` to `last`, both counted from 0 and both in it; level 1 is the slowest burst."""

    level: int
    first: int
    last: int


def gap_states(gaps: Sequence[float], s: float = 2.0, gamma: float = 1.0) -> list[int]:
    """The state of each gap, 0 where nothing is out of the ordinary. Gaps are above 0, in any unit.

    Climbing j states costs j · gamma · ln(number of gaps).
    """
    if not gaps:
        return []
    if min(gaps) <= 0:
        raise ValueError("a gap is above 0")
    total = math.fsum(gaps)
    states = min(math.ceil(1 + math.log(total, s) + math.log(1 / min(gaps), s)), MOST_STATES)
    rates = [s**state * len(gaps) / total for state in range(max(states, 1))]
    climb = gamma * math.log(len(gaps))
    costs = [0.0] + [math.inf] * (len(rates) - 1)
    came_from: list[list[int]] = []
    for gap in gaps:
        best, froms = [], []
        for state, rate in enumerate(rates):
            ways = [cost + max(state - old, 0) * climb for old, cost in enumerate(costs)]
            cheapest = min(range(len(ways)), key=ways.__getitem__)
            best.append(ways[cheapest] - math.log(rate) + rate * gap)
            froms.append(cheapest)
        costs = best
        came_from.append(froms)
    state = min(range(len(costs)), key=costs.__getitem__)
    found = []
    for froms in reversed(came_from):
        found.append(state)
        state = froms[state]
    return found[::-1]


def bursts(moments: Sequence[float], s: float = 2.0, gamma: float = 1.0) -> list[Burst]:
    """The bursts in events at these moments, which rise; those of one moment count as apart by a thousandth
    of the mean gap."""
    if len(moments) < 3:
        return []
    least = (moments[-1] - moments[0]) / (len(moments) - 1) / 1000
    if not least:
        return []
    states = gap_states([max(b - a, least) for a, b in pairwise(moments)], s, gamma)
    return sorted(
        (burst for level in range(1, max(states) + 1) for burst in _of_level(states, level)),
        key=lambda burst: (burst.first, burst.level),
    )


def _of_level(states: Sequence[int], level: int) -> list[Burst]:
    found, start = [], None
    for at, state in enumerate([*states, 0]):
        if state >= level and start is None:
            start = at
        elif state < level and start is not None:
            found.append(Burst(level, start, at))
            start = None
    return found
