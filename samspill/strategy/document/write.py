"""Write a strategy as plain data: everything it says, in an order that stays, with nothing that is empty.

The same rows always give the same document, so that it can live in git and its digest means something.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from datetime import date, datetime
from typing import Any

from django.db import models

from samspill.strategy.models import Audience, Decision, Passage, Record, Strategy
from samspill.strategy.sections import EVERY_SECTION, SECTIONS, Field, Kind, Type

FORMAT = "samspill-strategy/1"
# What the strategy says of itself, in this order.
ABOUT = (
    Field("title", needed=True),
    Field("scope", Type.CHOICE, choices=Strategy.Scope.choices),
    Field("ambition", Type.TEXT, most=1000),
    Field("summary", Type.TEXT, most=4000),
    Field("owner", Type.PERSON),
    Field("approver", most=120),
    Field("valid_from", Type.DAY),
    Field("valid_to", Type.DAY),
    Field("review_on", Type.DAY),
    Field("language"),
    Field("profile", Type.CHOICE, choices=Strategy.Profile.choices),
    Field("own_sections", Type.KEYS, choices=[(key, section.title) for key, section in SECTIONS.items()]),
)
# Moments that belong to a row though nobody types them.
MOMENTS = {"goal": ("created_at", "closed_at", "passage_seen_at"), "launchaction": ("done_at",)}
DECISION = (
    Field("title", needed=True),
    Field("reason", Type.TEXT, most=4000),
    Field("verdict", Type.CHOICE, choices=Decision.Verdict.choices),
    Field("decided_on", Type.DAY, needed=True),
    Field("decided_by", most=120),
    Field("part", most=70),
)
# What is written of a row that another refers to.
NAMED: dict[Type, tuple[str, ...]] = {
    Type.PERSON: ("name", "email"),
    Type.CHANNEL: ("network", "handle"),
    Type.ROW: ("uuid",),
    Type.ROWS: ("uuid",),
}
PRESENCE = ("place", "use", "share", "year", "source")

Plain = dict[str, Any]


def document(strategy: Strategy, *, addresses: bool = True) -> Plain:
    """All of the strategy's own; what it inherits stands in the other's. `addresses`: of people's e-mail."""
    writer = _Writer(addresses)
    about = {"id": str(strategy.uuid), **writer.fields(ABOUT, lambda field: getattr(strategy, field.name))}
    said: Plain = {"format": FORMAT, "strategy": about, "sections": {}}
    records = _records(strategy)
    for section in EVERY_SECTION.values():
        kinds = {kind.key: writer.kind(kind, strategy, records) for kind in section.kinds}
        kinds = {key: rows for key, rows in kinds.items() if rows}
        if kinds:
            said["sections"][section.key] = kinds
    decisions = [writer.decision(each) for each in Decision.objects.of(strategy).order_by("decided_on", "pk")]
    if decisions:
        said["decisions"] = decisions
    return said


def as_json(said: Plain) -> str:
    return json.dumps(said, ensure_ascii=False, indent=2) + "\n"


def digest(said: Plain) -> str:
    """SHA-256 of the document, as hexadecimal."""
    return hashlib.sha256(as_json(said).encode()).hexdigest()


def _records(strategy: Strategy) -> dict[str, list[Any]]:
    """The records' columns that are written, by the key of their kind."""
    found: dict[str, list[Any]] = defaultdict(list)
    rows = Record.objects.of(strategy).order_by("position", "pk")
    for record in rows.values_list("uuid", "kind", "data", "source", named=True):
        found[record.kind].append(record)
    return found


class _Writer:
    def __init__(self, addresses: bool) -> None:
        self.addresses = addresses

    def kind(self, kind: Kind, strategy: Strategy, records: dict[str, list[Any]]) -> Any:
        rows = records[kind.key] if kind.model is None else _rows(kind, strategy)
        made = [self.row(kind, row) for row in rows]
        return (made[0] if made else {}) if kind.single else made

    def row(self, kind: Kind, row: Any) -> Plain:
        said: Plain = {"id": str(row.uuid), **self.fields(kind.fields, lambda field: kind.value(row, field))}
        if kind.model is None and row.source:
            said["source"] = row.source
        for name in MOMENTS.get(kind.key, ()):
            moment: datetime | None = getattr(row, name)
            if moment is not None:
                said[name] = moment.isoformat()
        if isinstance(row, Audience):
            presences = [{name: getattr(each, name) for name in PRESENCE} for each in row.presences.all()]
            if presences:
                said["presences"] = presences
        return said

    def decision(self, row: Decision) -> Plain:
        return {"id": str(row.uuid), **self.fields(DECISION, lambda field: getattr(row, field.name))}

    def fields(self, fields: Any, value_of: Any) -> Plain:
        values = ((field, value_of(field)) for field in fields)
        return {field.name: self.value(field, value) for field, value in values if _is_said(value)}

    def value(self, field: Field, value: Any) -> Any:
        match field.type:
            case Type.PERSON:
                return {"name": value.name, "email": value.email} if self.addresses else {"name": value.name}
            case Type.CHANNEL:
                return {"network": value.network, "handle": value.handle}
            case Type.PASSAGE:
                return {"document": value.document.title, "text": value.text}
            case Type.ROW:
                return str(value.uuid)
            case Type.ROWS:
                return sorted(str(row.uuid) for row in value)
            case Type.CHOICE:
                return getattr(value, "value", value)  # a row that was never kept holds the choice itself
            case Type.KEYS:
                return list(value)
            case Type.DAY:
                return value.isoformat() if isinstance(value, date) else value
        return value


def _is_said(value: Any) -> bool:
    return bool(value) or (value == 0 and value is not False)


def _rows(kind: Kind, strategy: Strategy) -> models.QuerySet[Any]:
    """The rows of a table of its own, with what is written of all they refer to, in a handful of queries."""
    rows: models.QuerySet[Any] = kind.table._default_manager.filter(strategy_id=strategy.pk)
    for field in kind.fields:
        if field.type in NAMED:
            related: Any = kind.table._meta.get_field(field.name).related_model
            named = related._default_manager.only(*NAMED[field.type])
            rows = rows.prefetch_related(models.Prefetch(field.name, named))
        elif field.type is Type.PASSAGE:
            passages = Passage.objects.only("text", "document").prefetch_related("document")
            rows = rows.prefetch_related(models.Prefetch(field.name, passages))
    if kind.model is Audience:
        rows = rows.prefetch_related("presences")
    return rows.order_by("position", "pk")
