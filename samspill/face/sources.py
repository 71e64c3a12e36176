"""Where the content comes from: records by kind, and the governing documents with what serves them."""

from __future__ import annotations

from collections import defaultdict

from django.db.models import Prefetch
from django.utils.text import capfirst

from samspill.face.blocks import Document, Passage
from samspill.lib.plain import plain, web_address
from samspill.strategy.models import Goal, GoverningDocument, Record, Strategy
from samspill.strategy.models import Passage as PassageRow
from samspill.strategy.sections.fields import PAGE

DOCUMENTS = "documents"  # what the strategy is derived from, beside the keys of SECTIONS


def clean(text: str) -> str:
    """A person's text without controls that hide, reverse or break what stands beside it."""
    return plain(text, PAGE)


def records(strategies: list[int | None]) -> dict[str, list[Record]]:
    """All records of these strategies by kind, in the order people gave them."""
    found: dict[str, list[Record]] = defaultdict(list)
    rows = Record.objects.filter(strategy_id__in=[pk for pk in strategies if pk])
    for row in rows.order_by("position", "pk"):
        found[row.kind].append(row)
    return found


def documents(strategy: Strategy, name_goals: bool) -> tuple[Document, ...]:
    """Those in force; of each the passages that goals of the strategy serve, and which goals those are."""
    goals = Goal.objects.of(strategy).filter(closed_at=None).order_by("position", "pk")
    passages = PassageRow.objects.filter(gone_in=None, goals__in=goals).distinct()
    rows = GoverningDocument.objects.in_workspace(strategy.workspace).standing().counted()
    rows = rows.prefetch_related(
        Prefetch("passages", passages.prefetch_related(Prefetch("goals", goals)), to_attr="serves")
    )
    return tuple(
        Document(
            clean(row.title),
            str(capfirst(row.get_sort_display())) if row.sort else "",
            clean(row.adopted),
            web_address(row.link, 300),
            row.said,  # type: ignore[attr-defined]
            tuple(
                Passage(
                    clean(each.text),
                    each.place,
                    clean(" › ".join(filter(None, (each.chapter, each.heading)))),
                    tuple(clean(goal.statement) for goal in each.goals.all()) if name_goals else (),
                )
                for each in row.serves  # type: ignore[attr-defined]
            ),
        )
        for row in rows
    )
