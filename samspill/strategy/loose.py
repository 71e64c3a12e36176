"""What hangs loose in a strategy: ends of the red thread that are tied to nothing, read from the database.

However large the strategy is, each end is one query, and a page reads the first of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from django.db.models import Exists, OuterRef, Q, QuerySet

from samspill.strategy.models import Audience, ChannelChoice, Goal, GoalQuerySet, GoverningDocument, Strategy
from samspill.strategy.models.channels import ACTIVE

SHOWN = 12


@dataclass(frozen=True)
class End:
    """The first of what hangs loose in one way, and how many there are."""

    rows: Sequence[Any]
    count: int

    @property
    def more(self) -> int:
        return self.count - len(self.rows)


@dataclass(frozen=True)
class Unserved:
    """A document, how many passages it has, and how many of them nobody serves."""

    pk: int
    title: str
    said: int
    left: int


def end(rows: QuerySet[Any]) -> End:
    """Counted only where there are more than are shown."""
    first = list(rows[: SHOWN + 1])
    return End(first[:SHOWN], len(first) if len(first) <= SHOWN else rows.count())


def goals(strategy: Strategy) -> GoalQuerySet:
    found: GoalQuerySet = Goal.objects.of(strategy).open()
    return found


def tied_through(strategy: Strategy) -> int:
    """Goals that are tied the whole way: to a passage, an audience, a channel in use and a measure."""
    audience = Audience.goals.through.objects.filter(goal=OuterRef("pk"))
    channel = ChannelChoice.objects.filter(goals=OuterRef("pk"), choice__in=ACTIVE)
    whole = goals(strategy).exclude(Q(passage=None) | Q(measure=""))
    return whole.filter(Exists(audience), Exists(channel)).count()


def unasked(strategy: Strategy) -> End:
    """Goals that no governing document asks for."""
    return end(goals(strategy).filter(passage=None))


def unreached(strategy: Strategy) -> End:
    """Audiences that no channel in use is meant for."""
    rows = Audience.objects.filter(strategy__in=_chain(strategy, "audiences"), is_not=False)
    reached = ChannelChoice.objects.filter(audiences=OuterRef("pk"), choice__in=ACTIVE)
    return end(rows.filter(~Exists(reached)))


def aimless(strategy: Strategy) -> End:
    """Channels in use that serve no goal."""
    rows = ChannelChoice.objects.filter(strategy__in=_chain(strategy, "channel_choices"), choice__in=ACTIVE)
    return end(rows.filter(~Exists(Goal.objects.filter(channel_choices=OuterRef("pk"), closed_at=None))))


def to_look_at(strategy: Strategy, today: date) -> End:
    """Goals whose passage changed or went since somebody looked, or whose document no longer applies."""
    touched = goals(strategy).touched().values("pk")
    over = Q(passage__document__valid_to__lt=today) | Q(passage__document__closed_at__isnull=False)
    return end(goals(strategy).filter(over | Q(pk__in=touched)).with_thread())


def unserved(strategy: Strategy) -> list[Unserved]:
    """Documents in force with passages that nobody serves, those with most of them first."""
    documents = GoverningDocument.objects.in_workspace(strategy.workspace).standing().counted()
    counted = cast("Iterable[dict[str, Any]]", documents.values())
    found = [Unserved(row["id"], row["title"], row["said"], row["said"] - row["served"]) for row in counted]
    return sorted((each for each in found if each.left), key=lambda each: -each.left)


def _chain(strategy: Strategy, section: str) -> list[int]:
    return [each.pk for each in strategy.chain(section) if each.pk]
