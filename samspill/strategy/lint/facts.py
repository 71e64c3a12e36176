"""What the rules look at: all that a strategy says, and what whoever asks knows from the data."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from samspill.networks.models import Channel
from samspill.strategy.models import (
    Audience,
    ChannelChoice,
    Goal,
    GoverningDocument,
    LaunchAction,
    Presence,
    Record,
    Row,
    Strategy,
    Tactic,
    Trait,
    fold,
)

Pairs = frozenset[tuple[int, int]]


@dataclass(frozen=True)
class Reading:
    """A goal's figure now, and what it varies within by itself; None where too little is known."""

    value: float | None
    limits: tuple[float, float] | None


@dataclass(frozen=True)
class Work:
    """What was published, or is being written, in the last weeks: for each goal, for none, and in all."""

    by_goal: Mapping[int, int]
    loose: int
    total: int
    weeks: int


@dataclass(frozen=True)
class Links:
    """Which rows belong together, as pairs of their keys."""

    goal_audience: Pairs = frozenset()
    choice_audience: Pairs = frozenset()
    choice_goal: Pairs = frozenset()
    action_goal: Pairs = frozenset()


@dataclass(frozen=True)
class Facts:
    """`rows`: by kind, its own and what it inherits. `answer_within`: hours, for everyone.

    `readings` and `work` are None where nobody has looked; rules that need them then say nothing.
    """

    strategy: Strategy
    today: date
    answer_within: float = 24
    rows: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    links: Links = Links()
    presences: Sequence[Presence] = ()
    documents: Sequence[GoverningDocument] = ()  # in force, with `said` and `served`
    channels: Sequence[Channel] = ()  # connected
    readings: Mapping[int, Reading] | None = None  # by goal
    work: Work | None = None

    @property
    def goals(self) -> Sequence[Goal]:
        return self.rows.get("goal", ())

    @cached_property
    def audiences(self) -> Sequence[Audience]:
        """Those we want to reach."""
        return [row for row in self.rows.get("audience", ()) if not row.is_not]

    @property
    def tactics(self) -> Sequence[Tactic]:
        return self.rows.get("tactic", ())

    @property
    def traits(self) -> Sequence[Trait]:
        return self.rows.get("trait", ())

    @property
    def choices(self) -> Sequence[ChannelChoice]:
        return self.rows.get("channelchoice", ())

    @cached_property
    def active(self) -> Sequence[ChannelChoice]:
        """The channels we use or try."""
        return [choice for choice in self.choices if choice.is_active]

    @property
    def actions(self) -> Sequence[LaunchAction]:
        return self.rows.get("launchaction", ())

    def records(self, kind: str) -> Sequence[Record]:
        return self.rows.get(kind, ())

    def says(self, kind: str, name: str) -> Any:
        """What the one record of a single kind says; None where nothing is said."""
        rows = self.records(kind)
        return rows[0].data.get(name) if rows else None

    @property
    def has_begun(self) -> bool:
        """Something is answered, so that what is missing beside it can be missed."""
        return bool(self.goals or self.audiences or self.choices)

    def is_own(self, row: Row) -> bool:
        """Not inherited: what is wrong with an inherited row is mended where it stands."""
        return row.strategy_id == self.strategy.pk

    @cached_property
    def audiences_of_goal(self) -> Mapping[int, set[int]]:
        return _by_first(self.links.goal_audience)

    @cached_property
    def goals_of_audience(self) -> Mapping[int, set[int]]:
        return _by_first((audience, goal) for goal, audience in self.links.goal_audience)

    @cached_property
    def audiences_of_choice(self) -> Mapping[int, set[int]]:
        return _by_first(self.links.choice_audience)

    @cached_property
    def goals_of_choice(self) -> Mapping[int, set[int]]:
        return _by_first(self.links.choice_goal)

    @cached_property
    def goals_of_action(self) -> Mapping[int, set[int]]:
        return _by_first(self.links.action_goal)

    @cached_property
    def reached(self) -> set[int]:
        """The audiences that a channel in use is meant for."""
        return {audience for row in self.active for audience in self.audiences_of_choice.get(row.pk, ())}

    @cached_property
    def carried(self) -> set[int]:
        """The goals that a channel in use serves."""
        return {goal for row in self.active for goal in self.goals_of_choice.get(row.pk, ())}

    @cached_property
    def names(self) -> Mapping[int, str]:
        """Of the audiences, by key."""
        return {row.pk: row.name for row in self.rows.get("audience", ())}

    @cached_property
    def first_said(self) -> Mapping[str, int]:
        """The goal that said a thing first, by what it says."""
        found: dict[str, int] = {}
        for goal in self.goals:
            found.setdefault(fold(goal.statement), goal.pk)
        return found

    @cached_property
    def deadlines(self) -> Mapping[int, date]:
        """Of the goals that have one, by key."""
        return {goal.pk: goal.deadline for goal in self.goals if goal.deadline}


def _by_first(pairs: Iterable[tuple[int, int]]) -> Mapping[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for first, second in pairs:
        found[first].add(second)
    return dict(found)
