"""What a row with a table of its own says, field by field, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst

from samspill.strategy.models import Row
from samspill.strategy.sections import KINDS, Field, Type
from samspill.strategy.sections.shown import words


@dataclass(frozen=True)
class Fact:
    label: str
    words: str
    is_link: bool = False


def facts(row: Row, *names: str) -> list[Fact]:
    """Of these fields, those that say something."""
    kind = KINDS[row.kind_key]
    fields = [kind.field(name) for name in names]
    found = [
        Fact(kind.label(field), _said(field, kind.value(row, field)), field.type is Type.LINK)
        for field in fields
    ]
    return [fact for fact in found if fact.words]


def _said(field: Field, value: Any) -> str:
    said = words(field, value)
    return capfirst(said) if field.type is Type.CHOICE else said
