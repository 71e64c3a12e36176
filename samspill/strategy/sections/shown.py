"""Records as a page shows them: each field that says something, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import dateparse
from django.utils.formats import date_format, localize
from django.utils.translation import gettext as _

from samspill.strategy.models import Record, Strategy
from samspill.strategy.sections import KINDS
from samspill.strategy.sections.fields import Field, Kind, Section, Type
from samspill.strategy.sections.rows import records


@dataclass(frozen=True)
class Said:
    """One field of a record in words."""

    field: Field
    words: str


@dataclass(frozen=True)
class ShownRecord:
    row: Record
    name: str  # the first thing it says; "" for a single kind
    said: Sequence[Said]
    is_inherited: bool
    may_rise: bool = False
    may_sink: bool = False


@dataclass(frozen=True)
class ShownKind:
    kind: Kind
    records: Sequence[ShownRecord]


def shown(strategy: Strategy, section: Section) -> list[ShownKind]:
    """Every kind of the section that is kept as records, with its records in words."""
    found = records(strategy, section)
    return [
        ShownKind(kind, _records(kind, found.get(kind.key, []), strategy))
        for kind in section.kinds
        if kind.model is None
    ]


def _records(kind: Kind, rows: Sequence[Record], strategy: Strategy) -> list[ShownRecord]:
    own = [row.pk for row in rows if row.strategy_id == strategy.pk]
    made = []
    for row in rows:
        said = [Said(field, words(field, row.data.get(field.name))) for field in kind.fields]
        said = [each for each in said if each.words]
        name = "" if kind.single or not said else said[0].words
        is_own = row.pk in own
        made.append(
            ShownRecord(
                row,
                name,
                said if kind.single else said[1:],
                not is_own,
                is_own and row.pk != own[0],
                is_own and row.pk != own[-1],
            )
        )
    return made


def name_of(row: Record) -> str:
    """What a record is called in a sentence; of a kind that is no more, its key."""
    kind = KINDS.get(row.kind)
    if kind is None or kind.model is not None:
        return row.kind
    first = "" if kind.single else words(kind.fields[0], row.data.get(kind.fields[0].name))
    return first or str(kind.title)


def words(field: Field, value: Any) -> str:
    """A field's value as the reader's language writes it; "" where nothing is said."""
    if value in (None, "", []):
        return ""
    match field.type:
        case Type.CHOICE:
            return str(dict(field.choices).get(value, value))
        case Type.KEYS:
            return ", ".join(str(dict(field.choices).get(key, key)) for key in value)
        case Type.YES:
            return _("yes") if value else _("no")
        case Type.DAY:
            day = dateparse.parse_date(value) if isinstance(value, str) else value
            return date_format(day) if day else str(value)
        case Type.COUNT | Type.FIGURE:
            number = int(value) if isinstance(value, float) and value.is_integer() else value
            return str(localize(number))
    return str(value)
