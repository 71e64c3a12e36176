"""How much stands in each part of a strategy, for a line about each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count

from samspill.strategy.models import Record, Strategy
from samspill.strategy.sections import SECTIONS, Kind, Section


@dataclass(frozen=True)
class Counted:
    """A part with how many records of each kind hold in it."""

    section: Section
    kinds: Sequence[tuple[Kind, int]]

    @property
    def written(self) -> list[tuple[Kind, int]]:
        return [(kind, count) for kind, count in self.kinds if count]

    @property
    def empty(self) -> list[Kind]:
        return [kind for kind, count in self.kinds if not count]


def counted(strategy: Strategy) -> list[Counted]:
    """Every part with the kinds that are kept as records, in one query; what is inherited counts."""
    within = [each.pk for each in (strategy, *strategy.above()) if each.pk]
    rows = Record.objects.filter(strategy_id__in=within).order_by()
    counts = {
        (row["strategy_id"], row["kind"]): row["count"]
        for row in rows.values("strategy_id", "kind").annotate(count=Count("pk"))
    }
    found = []
    for section in SECTIONS.values():
        chain = strategy.chain(section.key) if section.inherits else [strategy]
        kinds = []
        for kind in section.kinds:
            if kind.model is None:
                count = sum(counts.get((each.pk, kind.key), 0) for each in chain)
                kinds.append((kind, min(count, 1) if kind.single else count))
        found.append(Counted(section, kinds))
    return found
