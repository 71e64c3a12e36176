"""Who wrote what in a row, and when: read from the log, field by field."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from samspill.accounts.models import Event, User
from samspill.strategy.sections.fields import Field, Kind

LATEST = 200  # events of one row that are read


@dataclass(frozen=True)
class Origin:
    """Where what a field says now comes from: who wrote it last, and when."""

    field: Field
    label: str
    by: User | None
    at: datetime


@dataclass(frozen=True)
class Change:
    """One event of a row, with the fields it touched in words."""

    event: Event
    labels: Sequence[str]


def changes(kind: Kind, row: Any) -> list[Change]:
    """What was done to the row, the newest first."""
    found = Event.objects.filter(
        workspace=row.workspace, action__startswith=f"{row._meta.model_name}.", detail__row=row.pk
    )
    return [
        Change(
            event, [label for name in event.detail.get("fields", []) if (label := _label(kind, row, name))]
        )
        for event in found.select_related("user").order_by("-pk")[:LATEST]
    ]


def origins(kind: Kind, row: Any, changes: Sequence[Change]) -> list[Origin]:
    """For each field that says something the newest change of it, else what made the row."""
    made = next((each.event for each in changes if each.event.action.endswith(".create")), None)
    first = (made.user, made.at) if made else (row.changed_by, row.changed_at)
    latest: dict[str, Event] = {}
    for each in reversed(changes):
        latest |= dict.fromkeys(each.event.detail.get("fields", []), each.event)
    found = []
    for field in kind.fields:
        if kind.value(row, field) in (None, "", [], {}):
            continue
        event = latest.get(field.name)
        by, at = (event.user, event.at) if event else first
        found.append(Origin(field, kind.label(field), by, at))
    return found


def _label(kind: Kind, row: Any, name: str) -> str:
    """The name of a field as its form has it; nothing for one that is no more."""
    field = next((each for each in kind.fields if each.name == name), None)
    if field is not None:
        return kind.label(field)
    return str(row._meta.get_field(name).verbose_name) if name == "source" else ""
