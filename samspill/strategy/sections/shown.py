"""Records as a page shows them: each field that says something, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import dateparse
from django.utils.formats import date_format, localize
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from samspill.strategy.models import Record, Strategy
from samspill.strategy.sections import KINDS
from samspill.strategy.sections.fields import Field, Kind, Section, Type
from samspill.strategy.sections.rows import records

BRIEF = 48  # characters


@dataclass(frozen=True)
class Said:
    """One field of a record in words."""

    field: Field
    words: str

    @property
    def is_brief(self) -> bool:
        """Short enough to stand on a line with others."""
        long = (Type.TEXT, Type.LINK)
        return self.field.type not in long and len(self.words) <= BRIEF


@dataclass(frozen=True)
class ShownRecord:
    row: Record
    name: str  # the first thing it says; "" for a single kind
    said: Sequence[Said]
    is_inherited: bool
    may_rise: bool = False
    may_sink: bool = False

    @property
    def brief(self) -> list[Said]:
        return [each for each in self.said if each.is_brief]

    @property
    def long(self) -> list[Said]:
        return [each for each in self.said if not each.is_brief]

    def of(self, field: Field) -> str:
        return next((each.words for each in self.said if each.field.name == field.name), "")


@dataclass(frozen=True)
class ShownKind:
    kind: Kind
    records: Sequence[ShownRecord]
    count: int  # also those left out

    @property
    def columns(self) -> list[Field]:
        """Of a table: what any of them says, beside what each is called."""
        told = {said.field.name for each in self.records for said in each.said}
        return [field for field in self.kind.fields[1:] if field.name in told]

    @property
    def lines(self) -> list[tuple[ShownRecord, list[str]]]:
        return [(each, [each.of(field) for field in self.columns]) for each in self.records]

    @property
    def is_own(self) -> bool:
        return any(not each.is_inherited for each in self.records)


def shown(
    strategy: Strategy,
    section: Section,
    most: int | None = None,
    whole: str = "",
    found: Mapping[str, Sequence[Record]] | None = None,
) -> list[ShownKind]:
    """Every kind of the section that is kept as records, with its records in words.

    At most so many of each, but all of the kind `whole`. `found`: the section's records, if they are at hand.
    """
    found = records(strategy, section) if found is None else found
    made = []
    for kind in section.kinds:
        if kind.model is None:
            rows = found.get(kind.key, [])
            few = rows if most is None or kind.key == whole else rows[:most]
            made.append(ShownKind(kind, _records(kind, rows, few, strategy), len(rows)))
    return made


def _records(
    kind: Kind, rows: Sequence[Record], few: Sequence[Record], strategy: Strategy
) -> list[ShownRecord]:
    own = [row.pk for row in rows if row.strategy_id == strategy.pk]
    made = []
    for row in few:
        said = [Said(field, words(field, row.data.get(field.name))) for field in kind.fields]
        said = [each for each in said if each.words]
        name = "" if kind.single or not said else _called(said[0])
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


def _called(first: Said) -> str:
    """A chosen word begins a line as a sentence does; a typed one stands as it was typed."""
    return str(capfirst(first.words)) if first.field.type is Type.CHOICE else first.words


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
