"""The rows of a strategy by kind, its own and those it inherits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import prefetch_related_objects

from samspill.strategy.models import Goal, Record, Strategy
from samspill.strategy.sections import KINDS, SECTION_OF
from samspill.strategy.sections.fields import Kind, Section


def records(strategy: Strategy, section: Section) -> dict[str, list[Record]]:
    """The records of a section by kind: its own, then what it inherits (`strategy_id` tells which).

    Of a single kind only the nearest stands.
    """
    found = every_record(strategy, [kind.key for kind in section.kinds if kind.model is None])
    prefetch_related_objects([row for rows in found.values() for row in rows], "changed_by")
    return found


def every_record(strategy: Strategy, kinds: Iterable[str] = KINDS) -> dict[str, list[Record]]:
    """The records of all its sections by kind, or of some kinds, in one query; as `records` gives them."""
    known = {each.pk: each for each in (strategy, *strategy.above()) if each.pk}
    found: dict[str, list[Record]] = defaultdict(list)
    rows = Record.objects.filter(strategy_id__in=known, kind__in=kinds)
    for row in rows:
        row.strategy = known[row.strategy_id]
        found[row.kind].append(row)
    return {key: _standing(strategy, KINDS[key], rows) for key, rows in found.items()}


def _standing(strategy: Strategy, kind: Kind, rows: list[Record]) -> list[Record]:
    """Those that hold for the strategy, its own first; of a single kind only the nearest."""
    section = SECTION_OF[kind.key]
    chain = [each.pk for each in (strategy.chain(section.key) if section.inherits else [strategy])]
    shown = [row for row in rows if row.strategy_id in chain]
    shown.sort(key=lambda row: chain.index(row.strategy_id))
    return shown[:1] if kind.single else shown


def names(strategy: Strategy, kind: str) -> list[str]:
    """What the rows of a kind with a table of its own are called, the strategy's own and those above it."""
    section, model = SECTION_OF[kind], KINDS[kind].model
    if model is None:
        return []
    chain = [each.pk for each in strategy.chain(section.key) if each.pk]
    rows = model._default_manager.filter(strategy_id__in=chain)
    rows = rows.filter(closed_at=None) if model is Goal else rows
    return list(dict.fromkeys(str(row) for row in rows))


def single(strategy: Strategy, section: Section, kind: Kind) -> dict[str, Any]:
    """What the one record of a single kind says; {} where nobody has written it."""
    rows = records(strategy, section).get(kind.key, [])
    return rows[0].data if rows else {}
