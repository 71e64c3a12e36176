"""What would have to change for a channel to come in, or to fall out: its hours, and its reach."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from samspill.strategy.advice.coverage import (
    ENUMERATED,
    LEAST,
    Chosen,
    Option,
    Problem,
    choose,
    fitting,
    gain,
    taken,
)


@dataclass(frozen=True)
class BreakEven:
    """`hours`: at most so many a week, and the channel is among the best; None: not even for nothing.
    `reach`: so many times its reach, and it is; None: no reach makes room for its hours."""

    hours: float | None
    reach: float | None


def break_even(problem: Problem) -> dict[str, BreakEven]:
    """Of each option, with everything else as it is: exact where the problem is enumerated, else against the
    sets within what was chosen.

    With T for the sets without channel c and V for the best of them, c belongs where some T that leaves room
    for it has f(T ∪ c) ≥ V. So its hours may rise to capacity − min hours(T). And since f(T ∪ c) = f(T) + t ·
    gain for t times its reach, the reach may fall to the least (V − f(T)) ÷ gain.
    """
    if problem.is_enumerated:
        sets = fitting(problem)
        return {option.key: _of(problem, option, sets) for option in problem.options}
    found = choose(problem)
    within = _within(problem, found)
    made = {}
    for option in problem.options:
        others = tuple(each for each in problem.options if each.key != option.key)
        other = choose(replace(problem, options=others)) if option.key in found.keys else found
        made[option.key] = _of(problem, option, [*within, other], found.value)
    return made


def _within(problem: Problem, found: Chosen) -> list[Chosen]:
    """Every set within what was chosen; of a long one those that lack the last, or one or two anywhere."""
    if len(found.options) <= ENUMERATED:
        return fitting(replace(problem, options=found.options))
    begun = [found.options[:size] for size in range(len(found.options))]
    lacking = [
        [each for each in found.options if each not in pair] for pair in combinations(found.options, 2)
    ]
    one = [[each for each in found.options if each is not left] for left in found.options]
    return [taken(problem, options) for options in (*begun, *lacking, *one)]


def _of(problem: Problem, option: Option, sets: Sequence[Chosen], most: float = 1.0) -> BreakEven:
    """`most`: what was reached with it; a greedy choice may by chance do better without."""
    without = [(each.value, each.hours, gain(problem, each, option)) for each in sets if _lacks(each, option)]
    best = min(most, max(value for value, _hours, _more in without))
    beside = [each for each in without if each[2] > LEAST]
    enough = [hours for value, hours, more in beside if value + more >= best - LEAST]
    factors = [
        max(0.0, best - value) / more for value, hours, more in beside if problem.fits(hours + option.hours)
    ]
    return BreakEven(
        max(0.0, problem.capacity - min(enough)) if enough else None, min(factors) if factors else None
    )


def _lacks(chosen: Chosen, option: Option) -> bool:
    return all(each.key != option.key for each in chosen.options)
