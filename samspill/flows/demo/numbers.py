"""How the data name a part of the strategy: a kind and a number, which becomes the row's lasting name."""

from __future__ import annotations

from typing import Any

from samspill.strategy.models import Strategy
from samspill.strategy.parts import SECTION
from samspill.strategy.sections import KINDS


def row_of(strategy: Strategy, said: str) -> Any:
    """The row that "trait/0" names: the first trait, as the data list them."""
    key, _, number = said.partition("/")
    kind = KINDS[key]
    rows = kind.table._default_manager.filter(strategy=strategy)
    rows = rows if kind.model else rows.filter(kind=key)
    return rows.order_by("position", "pk")[int(number)]


def part_of(strategy: Strategy, said: str) -> str:
    """As comments and decisions keep it; "section/voice" and nothing are kept as they are."""
    return said if not said or said.startswith(f"{SECTION}/") else str(row_of(strategy, said).part)
