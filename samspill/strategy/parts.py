"""A part of a strategy by what it is called from outside: its name and where it is read.

A part is "kind/uuid", as `Row.part` says it, or "section/<key>". Comments, decisions, findings, editions and
imports keep that string, which outlives the row: a part that is removed still has a name to be read by.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from samspill.strategy.models import Audience, ChannelChoice, Goal, LaunchAction, Record, Strategy
from samspill.strategy.sections import KINDS, SECTION_OF, SECTIONS, Section
from samspill.strategy.views.chosen import address

SECTION = "section"
LONGEST = 70  # characters, as Comment.part and Decision.part keep
OWN_PAGES: dict[type[Any], str] = {
    Goal: "goal",
    Audience: "audience",
    ChannelChoice: "channel_choice",
    LaunchAction: "launch_action",
}


@dataclass(frozen=True)
class Part:
    """`strategy` is the row's own, which for an inherited row is another than the one asked from."""

    key: str
    name: str
    sort: str  # what kind of thing it is, in a word or two; "" for a section
    url: str
    strategy: Strategy
    row: Any = None
    is_gone: bool = False  # removed, or never there

    def __str__(self) -> str:
        return self.name


def find(strategy: Strategy, part: str) -> Part:
    """The part, looked for in the strategy's workspace; one that is not there `is_gone`."""
    return find_all(strategy, [part])[part]


def find_all(strategy: Strategy, parts: Iterable[str]) -> dict[str, Part]:
    """Many at once, with one query for each table they lie in."""
    asked = set(parts)
    by_kind: dict[str, set[uuid.UUID]] = defaultdict(set)
    for part in asked:
        kind, _slash, name = part.partition("/")
        if kind in KINDS and (known := _uuid(name)):
            by_kind[kind].add(known)
    rows = {row.part: row for row in _rows(strategy, by_kind)}
    return {part: _part(strategy, part, rows.get(part)) for part in asked}


def of_section(strategy: Strategy, section: Section) -> Part:
    return Part(f"{SECTION}/{section.key}", str(section.title), "", section_url(strategy, section), strategy)


def of_row(row: Any) -> Part:
    """A row, read with its strategy and workspace."""
    kind = KINDS[row.kind_key]
    return Part(row.part, str(row), str(kind.name), row_url(row), row.strategy, row)


def section_url(strategy: Strategy, section: Section) -> str:
    """The page of a section in a strategy."""
    if section.question:
        return reverse(f"strategy:{section.question}", args=address(strategy))
    return reverse("strategy:section", args=(*address(strategy), section.key))


def row_url(row: Any) -> str:
    """Where a row is read: on its own page, or in its place in its section."""
    if page := OWN_PAGES.get(type(row)):
        return reverse(f"strategy:{page}", args=(row.workspace.slug, row.pk))
    mark = "record" if isinstance(row, Record) else "row"
    return f"{section_url(row.strategy, SECTION_OF[row.kind_key])}#{mark}-{row.pk}"


def _uuid(name: str) -> uuid.UUID | None:
    """Only as Row.part writes it: one part has one name."""
    try:
        found = uuid.UUID(name)
    except ValueError:
        return None
    return found if str(found) == name else None


def _rows(strategy: Strategy, by_kind: dict[str, set[uuid.UUID]]) -> Iterable[Any]:
    """The rows by kind; those kept as records in one go."""
    tables: dict[Any, set[uuid.UUID]] = defaultdict(set)
    for kind, names in by_kind.items():
        tables[KINDS[kind].model or Record] |= names
    for model, names in tables.items():
        found = model.objects.in_workspace(strategy.workspace).filter(uuid__in=names)
        yield from found.select_related("strategy__workspace", "strategy__parent")


def _part(strategy: Strategy, part: str, row: Any) -> Part:
    if row is not None:
        return of_row(row)
    kind, _slash, name = part.partition("/")
    if kind == SECTION and name in SECTIONS:
        return of_section(strategy, SECTIONS[name])
    if kind in KINDS:
        words = _("%(kind)s that is removed") % {"kind": KINDS[kind].name}
        url = section_url(strategy, SECTION_OF[kind])
        return Part(part, words, str(KINDS[kind].name), url, strategy, is_gone=True)
    url = reverse("strategy:strategy", args=address(strategy))
    return Part(part, _("something that is removed"), "", url, strategy, is_gone=True)
