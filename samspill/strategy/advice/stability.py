"""How steady the advice is: every number is moved a little, a thousand times, and the choice made anew."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from random import Random

from samspill.strategy.advice import search
from samspill.strategy.advice.coverage import Option, Problem, greedy

DRAWS = 1000
MOVED = 0.2  # each number by at most a fifth, up or down, all values alike
SEED = 2016  # the same numbers give the same answer


def stability(problem: Problem, draws: int = DRAWS, seed: int = SEED) -> dict[str, float]:
    """For each option the share of the draws in which it is chosen; its hours, its reach in each audience
    and the weight of each audience are moved, the capacity is not."""
    chance, times = Random(seed), Counter[int]()  # noqa: S311
    found: Sequence[int] = ()
    for _draw in range(draws):
        found = _best(_moved(problem, chance), found)
        times.update(found)
    return {option.key: times[at] / draws for at, option in enumerate(problem.options)}


def _moved(problem: Problem, chance: Random) -> Problem:
    def move(value: float) -> float:
        return value * (1 - MOVED + 2 * MOVED * chance.random())

    weights = [move(weight) for weight in problem.weights]
    whole = sum(weights) or 1.0
    options = tuple(
        Option(each.key, move(each.hours), tuple(min(1.0, move(share)) for share in each.reach))
        for each in problem.options
    )
    return replace(problem, weights=tuple(weight / whole for weight in weights), options=options)


def _best(problem: Problem, hint: Sequence[int]) -> list[int]:
    if problem.is_enumerated:
        return search.best(problem, hint)
    keys = greedy(problem).keys
    return [at for at, option in enumerate(problem.options) if option.key in keys]
