"""The document format as JSON Schema (draft 2020-12), made from the declarations."""

from __future__ import annotations

from typing import Any

from samspill.strategy.document.read import PRESENCE_FIELDS, SOURCE, sized
from samspill.strategy.document.write import ABOUT, DECISION, FORMAT, MOMENTS
from samspill.strategy.sections import EVERY_SECTION, Field, Kind, Type

ID = {"type": "string", "format": "uuid"}
_SIMPLE: dict[Type, dict[str, Any]] = {
    Type.LINE: {"type": "string"},
    Type.TEXT: {"type": "string"},
    Type.LINK: {"type": "string", "format": "uri"},
    Type.COUNT: {"type": "integer", "minimum": 0},
    Type.FIGURE: {"type": "number", "minimum": 0},
    Type.DAY: {"type": "string", "format": "date"},
    Type.YES: {"type": "boolean"},
    Type.ROW: ID,
    Type.ROWS: {"type": "array", "items": ID},
}


def schema() -> dict[str, Any]:
    sections = {
        key: _object({kind.key: _rows(kind) for kind in each.kinds}) for key, each in EVERY_SECTION.items()
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": FORMAT,
        **_object(
            {
                "format": {"const": FORMAT},
                "strategy": _fields(ABOUT, id=ID),
                "sections": _object(sections),
                "decisions": {"type": "array", "items": _fields(DECISION, id=ID)},
            },
            needed=["format", "strategy"],
        ),
    }


def _rows(kind: Kind) -> dict[str, Any]:
    more: dict[str, Any] = {"id": ID}
    more |= {name: {"type": "string", "format": "date-time"} for name in MOMENTS.get(kind.key, ())}
    if kind.key == "audience":
        more["presences"] = {"type": "array", "items": _fields(PRESENCE_FIELDS.values())}
    if kind.model is None:
        more["source"] = _value(SOURCE)
    row = _fields(sized(kind), **more)
    return row if kind.single else {"type": "array", "items": row}


def _fields(fields: Any, **more: Any) -> dict[str, Any]:
    fields = list(fields)
    known = {**more, **{field.name: _value(field) for field in fields}}
    return _object(known, needed=[field.name for field in fields if field.needed])


def _object(known: dict[str, Any], needed: list[str] | None = None) -> dict[str, Any]:
    made = {"type": "object", "properties": known, "additionalProperties": False}
    return made | ({"required": needed} if needed else {})


def _value(field: Field) -> dict[str, Any]:
    keys = [key for key, _name in field.choices]
    match field.type:
        case Type.CHOICE:
            return {"enum": keys}
        case Type.KEYS:
            return {"type": "array", "items": {"enum": keys}}
        case Type.CHECKS:
            return _object({str(key): {"type": "boolean"} for key in keys})
        case Type.PERSON:
            return _object({"name": _text(), "email": _text()}, needed=["name"])
        case Type.CHANNEL:
            return _object({"network": _text(), "handle": _text()}, needed=["network", "handle"])
        case Type.PASSAGE:
            return _object({"document": _text(), "text": _text()}, needed=["document", "text"])
    simple = dict(_SIMPLE[field.type])
    if field.is_words or field.type is Type.LINK:
        simple["maxLength"] = field.longest
    elif field.most:
        simple["maximum"] = field.most
    return simple


def _text() -> dict[str, str]:
    return {"type": "string"}
