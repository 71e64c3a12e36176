"""The advice: which channels, in which order, within which hours, and what became of every other one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from samspill.strategy.advice.break_even import BreakEven, break_even
from samspill.strategy.advice.coverage import (
    Chosen,
    Option,
    Problem,
    add,
    at_most,
    bounds,
    choose,
    gain,
    per_hour,
    start,
)
from samspill.strategy.advice.facts import Candidate, Facts

HUB = "website"
OPEN = ("feed", "newsletter", "mastodon")  # nobody needs an account to follow these


class Verdict(StrEnum):
    HUB = "hub"  # the website, which everything points to
    OPEN = "open"  # open to whoever has no account anywhere
    USE = "use"
    FIRST = "first"  # recommended, and something must be in place first
    SHUT = "shut"  # not now, because
    CLOSE = "close"  # it cannot keep its promise within its hours
    NO_ROOM = "no_room"  # the hours go further elsewhere
    NO_FIT = "no_fit"  # it serves none of the goals
    RANKED = "ranked"  # only an order, as long as nobody says how many hours there are
    UNKNOWN = "unknown"


RECOMMENDED = (Verdict.HUB, Verdict.OPEN, Verdict.USE, Verdict.FIRST)


@dataclass(frozen=True)
class Judged:
    """A channel and what the advice says of it. `score`: its coverage alone; None where it is not known."""

    candidate: Candidate
    verdict: Verdict
    fit: float | None
    reach: float | None  # Σ w · r over the audiences of whom something is known
    score: float | None
    adds: float | None = None  # on top of those that stand before it
    turn: BreakEven | None = None

    @property
    def hours(self) -> float:
        return self.candidate.hours.counted

    @property
    def an_hour(self) -> float | None:
        return None if self.score is None else per_hour(self.score, self.hours)

    @property
    def is_partly_known(self) -> bool:
        """Of some audiences nothing is known, so that it reaches at least what is counted."""
        return self.score is not None and any(each.counted is None for each in self.candidate.reaches)

    @property
    def differs(self) -> bool:
        """Is the decision that stands another than the advice?"""
        choice = self.candidate.choice
        if choice is None or self.verdict in (Verdict.UNKNOWN, Verdict.RANKED):
            return False
        return choice.is_active != (self.verdict in RECOMMENDED)


@dataclass(frozen=True)
class Advice:
    """`problem`: what was solved, of the channels that can be compared and have no gate shut."""

    facts: Facts
    judged: Sequence[Judged]
    problem: Problem
    chosen: Chosen
    given_hours: float

    def of(self, *verdicts: Verdict) -> list[Judged]:
        return [each for each in self.judged if each.verdict in verdicts]

    @cached_property
    def hours(self) -> float:
        return self.given_hours + self.chosen.hours

    @property
    def is_short(self) -> bool:
        """Not even what must be there fits into the hours."""
        return self.facts.capacity is not None and self.given_hours > self.facts.capacity + 1e-9

    @cached_property
    def between(self) -> tuple[float, float]:
        """The coverage however the audiences overlap."""
        return bounds(self.problem.weights, [*self.problem.given, *self.chosen.options])

    @cached_property
    def at_most(self) -> float:
        return at_most(self.problem, self.chosen)

    @property
    def promised(self) -> float:
        """The hours that the channels in use are said to take."""
        active = [each for each in self.judged if each.candidate.is_active]
        return sum(each.candidate.hours.written or 0 for each in active)


def advise(facts: Facts) -> Advice:
    weights = tuple(each.weight for each in facts.audiences)
    hub = next(each for each in facts.candidates if each.key == HUB)
    way_in = _open(facts)
    given = (_option(facts, hub), _option(facts, way_in))
    given_hours = sum(option.hours for option in given)
    fixed = {each.key: _fixed(each, facts, hub, way_in) for each in facts.candidates}
    options = tuple(_option(facts, each) for each in facts.candidates if fixed[each.key] is None)
    room = sum(option.hours for option in options) if facts.capacity is None else facts.capacity - given_hours
    problem = Problem(weights, options, max(0.0, room), given)
    chosen = choose(problem)
    turns = break_even(problem) if facts.capacity is not None else {}
    ranked, chosen = chosen, chosen if facts.capacity is not None else start(problem)
    adds = _adds(problem, ranked)
    judged = [_judged(facts, each, fixed[each.key], adds, turns) for each in facts.candidates]
    return Advice(facts, _in_order(judged, ranked), problem, chosen, given_hours)


def _adds(problem: Problem, ranked: Chosen) -> dict[str, float]:
    """What each adds to the coverage of what is there and of those before it."""
    found, sofar = {}, start(problem)
    for option in ranked.options:
        found[option.key] = gain(problem, sofar, option)
        sofar = add(problem, sofar, option)
    return found


def _open(facts: Facts) -> Candidate:
    """The channel that asks for no account: one in use, else what reaches most an hour, else what takes
    fewest hours."""
    able = {each.key: each for each in facts.candidates if each.key in OPEN}
    fit = [each for each in able.values() if not each.is_shut and each.hours.keeps_promise]

    def worth(each: Candidate) -> tuple[bool, float, float]:
        return each.is_active, per_hour(_score(facts, each) or 0.0, each.hours.counted), -each.hours.counted

    return max(fit or list(able.values()), key=worth)


def _fixed(each: Candidate, facts: Facts, hub: Candidate, way_in: Candidate) -> Verdict | None:
    """What is settled before anything is compared; None for what can be."""
    if each in (hub, way_in):
        return Verdict.HUB if each is hub else Verdict.OPEN
    if each.is_shut:
        return Verdict.SHUT
    if not each.hours.keeps_promise:
        return Verdict.CLOSE
    fit = each.fit(facts.goals)
    if fit is None or not each.is_reach_known:
        return Verdict.UNKNOWN
    return Verdict.NO_FIT if fit == 0 else None


def _judged(
    facts: Facts,
    each: Candidate,
    fixed: Verdict | None,
    adds: Mapping[str, float],
    turns: Mapping[str, BreakEven],
) -> Judged:
    verdict = fixed
    if verdict is None and facts.capacity is None:
        verdict = Verdict.RANKED
    elif verdict is None and each.key in adds:
        verdict = Verdict.FIRST if each.gates else Verdict.USE
    return Judged(
        each,
        verdict or Verdict.NO_ROOM,
        each.fit(facts.goals),
        _reach(facts, each),
        _score(facts, each),
        adds.get(each.key),
        turns.get(each.key),
    )


def _reach(facts: Facts, each: Candidate) -> float | None:
    """R = Σ w · r over the audiences."""
    if not each.is_reach_known:
        return None
    pairs = zip(facts.audiences, each.reaches, strict=True)
    return sum(audience.weight * (reach.counted or 0.0) for audience, reach in pairs)


def _score(facts: Facts, each: Candidate) -> float | None:
    """R × F."""
    reach, fit = _reach(facts, each), each.fit(facts.goals)
    return None if reach is None or fit is None else reach * fit


def _option(facts: Facts, each: Candidate) -> Option:
    """As the mathematics has it: what is not known adds nothing, and is shown as not known."""
    fit = each.fit(facts.goals) or 0.0
    return Option(each.key, each.hours.counted, tuple((reach.counted or 0.0) * fit for reach in each.reaches))


def _in_order(judged: Sequence[Judged], ranked: Chosen) -> list[Judged]:
    """The chosen in the order in which each adds most an hour, then the others, the best an hour first."""
    place = {option.key: at for at, option in enumerate(ranked.options)}
    last = len(place)
    return sorted(
        judged,
        key=lambda each: (place.get(each.candidate.key, last), -(each.an_hour or 0.0), each.candidate.name),
    )
