"""Whom a set of channels covers, and the set that covers most within the hours: pure functions of numbers.

Coverage f(S) = Σ_s w_s · [1 − Π_{c∈S} (1 − a_cs)], where w_s is the weight of an audience and a_cs the share
of it that channel c reaches, counted for what the channel is good for. It never falls when a channel is
added, and each channel adds less the more there are: f is monotone and submodular. docs/advice.md proves the
bound of the greedy choice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import inf, prod

ENUMERATED = 12  # so many channels are tried in every combination: 4 096 sets
GREEDY_BOUND = 0.5  # of the best possible, which the greedy choice never falls below
SLACK = 1e-9  # hours: sums of thirds must not lose a channel to the last bit
LEAST = 1e-12  # coverage: less is nothing


@dataclass(frozen=True)
class Option:
    """A channel one may choose. `reach`: for each audience the share counted as reached, from 0 to 1."""

    key: str
    hours: float
    reach: tuple[float, ...]


@dataclass(frozen=True)
class Problem:
    """`weights`: of the audiences, together 1. `given`: channels that are there whatever is chosen; their
    hours are spent already, so that `capacity` is what the others may share."""

    weights: tuple[float, ...]
    options: tuple[Option, ...]
    capacity: float
    given: tuple[Option, ...] = ()

    @property
    def is_enumerated(self) -> bool:
        return len(self.options) <= ENUMERATED

    def fits(self, hours: float) -> bool:
        return hours <= self.capacity + SLACK


@dataclass(frozen=True)
class Chosen:
    """A set of options. `missed`: of each audience the share that neither it nor what is given reaches."""

    options: tuple[Option, ...]
    hours: float
    missed: tuple[float, ...]
    value: float  # coverage, together with the given channels

    @property
    def keys(self) -> frozenset[str]:
        return frozenset(option.key for option in self.options)

    @property
    def rank(self) -> tuple[float, float, int]:
        """The larger the better: most coverage, and of equals the fewest hours, then the fewest channels."""
        return round(self.value, 12), -round(self.hours, 9), -len(self.options)


def coverage(weights: Sequence[float], options: Sequence[Option]) -> float:
    """f(S): the weighted share reached by at least one, if who is where is independent between channels."""
    return sum(
        weight * (1 - prod(1 - option.reach[at] for option in options)) for at, weight in enumerate(weights)
    )


def bounds(weights: Sequence[float], options: Sequence[Option]) -> tuple[float, float]:
    """Between which f(S) lies however the audiences overlap: max a … min(1, Σ a) in each (Fréchet 1935)."""
    low = sum(
        weight * max((option.reach[at] for option in options), default=0.0)
        for at, weight in enumerate(weights)
    )
    high = sum(
        weight * min(1.0, sum(option.reach[at] for option in options)) for at, weight in enumerate(weights)
    )
    return low, high


def start(problem: Problem) -> Chosen:
    """Nothing but what is given."""
    missed = tuple(prod(1 - given.reach[at] for given in problem.given) for at in range(len(problem.weights)))
    return Chosen((), 0.0, missed, _value(problem, missed))


def _value(problem: Problem, missed: Sequence[float]) -> float:
    return sum(weight * (1 - left) for weight, left in zip(problem.weights, missed, strict=True))


def add(problem: Problem, chosen: Chosen, option: Option) -> Chosen:
    missed = tuple(left * (1 - share) for left, share in zip(chosen.missed, option.reach, strict=True))
    hours = chosen.hours + option.hours
    return Chosen((*chosen.options, option), hours, missed, _value(problem, missed))


def taken(problem: Problem, options: Sequence[Option]) -> Chosen:
    chosen = start(problem)
    for option in options:
        chosen = add(problem, chosen, option)
    return chosen


def gain(problem: Problem, chosen: Chosen, option: Option) -> float:
    """What the option adds to the coverage of what is chosen."""
    return sum(
        weight * left * share
        for weight, left, share in zip(problem.weights, chosen.missed, option.reach, strict=True)
    )


def per_hour(value: float, hours: float) -> float:
    """What costs nothing is worth any of its hours."""
    return value / hours if hours > 0 else (inf if value > 0 else 0.0)


def choose(problem: Problem) -> Chosen:
    """The set with the greatest coverage that the hours allow; among more than ENUMERATED one that is never
    below GREEDY_BOUND of it. Its options stand in the order in which each adds most an hour."""
    found = exact(problem) if problem.is_enumerated else greedy(problem)
    return _in_order(problem, found.options)


def fitting(problem: Problem) -> list[Chosen]:
    """Every set that the hours allow, the empty one too. At most 2 ** options."""
    found = [start(problem)]
    for option in problem.options:
        found += [
            add(problem, chosen, option) for chosen in found if problem.fits(chosen.hours + option.hours)
        ]
    return found


def exact(problem: Problem) -> Chosen:
    """The best of all sets."""
    return max(fitting(problem), key=lambda chosen: chosen.rank)


def greedy(problem: Problem) -> Chosen:
    """Take what adds most an hour and still fits, again and again; before each step, see what the single
    channel that adds most would make of it; keep the best that was seen.

    At least half of the best possible: Yaroslavtsev, Zhou and Avdiukhin, “Bring Your Own Greedy”+Max (AISTATS
    2020, PMLR 108, 3263–3274). It sees all that the better of the plain greedy choice and the best single
    channel sees, ½ (1 − 1/e) in Khuller, Moss and Naor (Information Processing Letters 70, 1999, 39–45).
    Plain greedy alone has no bound at all.
    """
    best = chosen = start(problem)
    for step in _greedily(problem, problem.options):
        room = [option for option in problem.options if option.key not in chosen.keys]
        room = [option for option in room if problem.fits(chosen.hours + option.hours)]
        one_more = max(room, key=lambda option: gain(problem, chosen, option))
        best = max(best, add(problem, chosen, one_more), step, key=lambda each: each.rank)
        chosen = step
    return _lean(problem, best)


def _lean(problem: Problem, chosen: Chosen) -> Chosen:
    """Without what adds nothing once the others are there, the dearest first."""
    for option in sorted(chosen.options, key=lambda each: each.hours, reverse=True):
        fewer = taken(problem, [each for each in chosen.options if each is not option])
        chosen = fewer if fewer.value >= chosen.value - LEAST else chosen
    return chosen


def _greedily(problem: Problem, options: Sequence[Option]) -> Iterator[Chosen]:
    """Step by step, the option that adds most an hour among those that fit, until none adds anything."""
    chosen, rest = start(problem), list(options)
    while rest := [option for option in rest if problem.fits(chosen.hours + option.hours)]:
        gains = [(gain(problem, chosen, option), option) for option in rest]
        adding = [(per_hour(adds, option.hours), option) for adds, option in gains if adds > LEAST]
        if not adding:
            return
        _worth, option = max(adding, key=lambda pair: (pair[0], -pair[1].hours))
        rest.remove(option)
        chosen = add(problem, chosen, option)
        yield chosen


def _in_order(problem: Problem, options: Sequence[Option]) -> Chosen:
    ordered = start(problem)
    for ordered in _greedily(problem, options):  # noqa: B007  # the last step is the whole
        pass
    return ordered


def at_most(problem: Problem, chosen: Chosen) -> float:
    """What no set can pass: f(S) and the best fractional filling of all the hours with what each channel
    adds to S (Leskovec et al., “Cost-effective outbreak detection in networks”, KDD 2007, section 3.2)."""
    value, room = chosen.value, problem.capacity
    rest = [option for option in problem.options if option.key not in chosen.keys]
    gains = [(gain(problem, chosen, option), option.hours) for option in rest if problem.fits(option.hours)]
    for worth, hours in sorted(gains, key=lambda pair: per_hour(*pair), reverse=True):
        if hours > room:
            return min(1.0, value + worth * room / hours)
        value, room = value + worth, room - hours
    return min(1.0, value)
