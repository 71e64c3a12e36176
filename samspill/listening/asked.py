"""What a person asks of the archive, as the address of the page says it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.utils import timezone

from samspill.archive.query import Node, Or
from samspill.archive.query_parse import LONGEST, Wrong, parse, tidy
from samspill.archive.store import Order
from samspill.lib.numbers import row_number


@dataclass(frozen=True)
class Asked:
    """`typed`: tidied, for the field. `node` is None while there is nothing to look for, or it is `wrong`."""

    typed: str
    node: Node | None
    wrong: Wrong | None
    order: Order
    before: int | None

    @property
    def narrowed(self) -> str:
        """The query as another term may be written after it."""
        return f"({self.typed}) " if isinstance(self.node, Or) else f"{self.typed} "

    @property
    def pointed(self) -> tuple[str, str, str]:
        """What was typed, cut before and after what cannot be read."""
        wrong = self.wrong or Wrong(0, 0, "")
        at, end = wrong.at, wrong.at + wrong.length
        return (
            self.typed[max(at - 60, 0) : at],
            self.typed[at : min(end, at + 60)],
            self.typed[end : end + 60],
        )


def asked(said: Mapping[str, str]) -> Asked:
    typed = tidy(said.get("q", "")[: 2 * LONGEST])
    order = said.get("order", "")
    node, wrong = None, None
    if typed:
        try:
            node = parse(typed, timezone.now(), zone())
        except Wrong as error:
            wrong = error
    return Asked(
        typed,
        node,
        wrong,
        Order(order) if order in list(Order) else Order.NEWEST,
        row_number(said.get("before", "")),
    )


def zone() -> ZoneInfo:
    """The reader's: days are theirs."""
    return ZoneInfo(timezone.get_current_timezone_name())
