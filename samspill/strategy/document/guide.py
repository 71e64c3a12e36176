"""The table of sections, kinds and fields that docs/format.md ends with."""

from __future__ import annotations

from collections.abc import Iterator

from samspill.strategy.document.write import MOMENTS
from samspill.strategy.sections import EVERY_SECTION, Field, Kind


def table() -> str:
    """In the order of a document; a field in bold must be there."""
    return "".join(_lines())


def _lines() -> Iterator[str]:
    yield "| section | kind | fields |\n|---|---|---|\n"
    for section in EVERY_SECTION.values():
        for kind in section.kinds:
            one = " (one)" if kind.single else ""
            yield f"| `{section.key}` | `{kind.key}`{one} | {', '.join(_fields(kind))} |\n"


def _fields(kind: Kind) -> Iterator[str]:
    for field in kind.fields:
        yield f"**`{field.name}`**{_type(field)}" if field.needed else f"`{field.name}`{_type(field)}"
    yield from (f"`{name}` (moment)" for name in MOMENTS.get(kind.key, ()))
    if kind.key == "audience":
        yield "`presences` (a list of `place`, `use`, `share`, `year`, `source`)"
    if kind.model is None:
        yield "`source`"


def _type(field: Field) -> str:
    if field.of:
        return f" ({field.type} of `{field.of}`)"
    return "" if field.type in ("line", "text") else f" ({field.type})"
