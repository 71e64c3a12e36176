"""Where a piece can go: a new row of a kind, or a field of words that is written on in.

A spot has a name that a form can send: "new/goal", "new/tactic/sees" where a kind asks for a choice too,
"one/voicerules/address" for a kind there is one of, "row/goal/<uuid>/why" for a row that stands.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.text import capfirst

from samspill.strategy.models import Goal, Record, Strategy, fold
from samspill.strategy.sections import KINDS, SECTIONS
from samspill.strategy.sections.fields import Field, Kind, Section, Type

ROWS_SHOWN = 6  # of each section, those changed last
ROWS_FOUND = 30


@dataclass(frozen=True)
class Spot:
    """`row`: None for a new one. `choice`: the field and value that a new row cannot be without."""

    key: str
    label: str
    kind: Kind
    field: Field
    row: Any = None
    choice: tuple[str, str] | None = None

    @property
    def longest(self) -> int:
        return longest(self.kind, self.field)

    @property
    def field_label(self) -> str:
        return self.kind.label(self.field)


@dataclass(frozen=True)
class Cluster:
    """Spots that belong together: the fields of a row, or those of a kind there is one of."""

    title: str
    spots: Sequence[Spot]


@dataclass(frozen=True)
class Place:
    """A section with all its spots."""

    section: Section
    new: Sequence[Spot]
    ones: Sequence[Cluster]
    rows: Sequence[Cluster] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not (self.new or self.ones or self.rows)


def longest(kind: Kind, field: Field) -> int:
    """How many characters the field holds."""
    if kind.model is None:
        return field.longest
    most = getattr(kind.model._meta.get_field(field.name), "max_length", None)
    return int(most or field.longest)


def main_field(kind: Kind) -> Field | None:
    """The field that a piece becomes a row by; None where a row needs more than words and one choice."""
    needed = [each for each in kind.fields if each.needed]
    words = [each for each in needed if each.is_words]
    choices = [each for each in needed if each.type is Type.CHOICE]
    if kind.single or len(words) != 1 or len(choices) > 1 or len(needed) != len(words) + len(choices):
        return None
    return words[0]


def new_spots(kind: Kind) -> Iterator[Spot]:
    """A new row; one spot for each choice where the kind cannot be without one."""
    words = main_field(kind)
    if words is None:
        return
    name = capfirst(str(kind.name))
    asked = next((each for each in kind.fields if each.needed and each.type is Type.CHOICE), None)
    if asked is None:
        yield Spot(f"new/{kind.key}", name, kind, words)
        return
    for value, label in asked.choices:
        key = f"new/{kind.key}/{value}"
        yield Spot(key, f"{name}: {label}", kind, words, choice=(asked.name, str(value)))


def word_spots(kind: Kind, row: Any) -> list[Spot]:
    """The fields of words of a row, or of a kind there is one of (`row` None where nobody has written it)."""
    begins = f"one/{kind.key}" if kind.single else f"row/{kind.key}/{row.uuid}"
    words = (each for each in kind.fields if each.is_words)
    return [Spot(f"{begins}/{each.name}", kind.label(each), kind, each, row) for each in words]


def places(strategy: Strategy, words: str = "") -> list[Place]:
    """Every section with its spots; of the rows that stand those changed last, or those with the words."""
    rows = _rows(strategy, words)
    found = []
    for section in SECTIONS.values():
        new = [spot for kind in section.kinds for spot in new_spots(kind)]
        ones = [
            Cluster(str(kind.title), word_spots(kind, _one(rows, kind)))
            for kind in section.kinds
            if kind.single and any(each.is_words for each in kind.fields)
        ]
        mine = [
            row for row in rows if KINDS[row.kind_key] in section.kinds and not KINDS[row.kind_key].single
        ]
        mine = sorted(mine, key=lambda row: row.changed_at, reverse=True)[
            : ROWS_FOUND if words else ROWS_SHOWN
        ]
        clusters = [
            Cluster(f"{capfirst(str(KINDS[row.kind_key].name))}: {row}", word_spots(KINDS[row.kind_key], row))
            for row in mine
        ]
        found.append(Place(section, new, ones, clusters))
    return [place for place in found if not place.is_empty]


def _rows(strategy: Strategy, words: str) -> list[Any]:
    """Candidates to be shown: all that hold the words, else the newest of each table."""
    wanted = fold(words).split()
    found: list[Any] = []
    models: list[Any] = [*(kind.model for kind in KINDS.values() if kind.model), Record]
    for model in models:
        rows = model._default_manager.filter(strategy_id=strategy.pk)
        if model is Goal:
            rows = rows.filter(closed_at=None)
        if model is Record:
            rows = rows.filter(kind__in=KINDS)
        newest = rows.order_by("-changed_at", "-pk")
        found += newest if wanted or model is Record else newest[:ROWS_SHOWN]
    if not wanted:
        return found
    return [
        row for row in found if KINDS[row.kind_key].single or all(word in fold(str(row)) for word in wanted)
    ]


def _one(rows: Sequence[Any], kind: Kind) -> Any:
    return next((row for row in rows if row.kind_key == kind.key), None)


def find(strategy: Strategy, key: str) -> Spot | None:
    """The spot of the name, if there is one in the strategy."""
    sort, _slash, rest = key.partition("/")
    said = rest.split("/")
    kind = KINDS.get(said[0])
    if kind is None or kind.key not in {each.key for section in SECTIONS.values() for each in section.kinds}:
        return None
    if sort == "new":
        return next((spot for spot in new_spots(kind) if spot.key == key), None)
    if sort == "one" and kind.single:
        row = Record.objects.of(strategy).filter(kind=kind.key).first()
        return next((spot for spot in word_spots(kind, row) if spot.key == key), None)
    if sort == "row" and not kind.single and len(said) == 3:
        row = _row(strategy, kind, said[1])
        spots = word_spots(kind, row) if row is not None else []
        return next((spot for spot in spots if spot.key == key), None)
    return None


def _row(strategy: Strategy, kind: Kind, name: str) -> Any:
    try:
        asked = uuid.UUID(name)
    except ValueError:
        return None
    model: Any = kind.model or Record
    rows = model._default_manager.filter(strategy_id=strategy.pk, uuid=asked)
    return (rows if kind.model else rows.filter(kind=kind.key)).first()
