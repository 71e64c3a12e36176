"""One row of any model in a workspace, made from the model itself: what the matrix of addresses needs.

A new model needs nothing here unless a plain value will not do; then it gets a line in ODD.
"""

from __future__ import annotations

import json
import uuid
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.files.base import ContentFile
from django.db import models
from django.utils import timezone

from samspill.accounts.models import User, Workspace

PASSKEY = Path(__file__).with_name("passkey.json")  # made by an invented key in Chromium
ODD: dict[str, dict[str, Any]] = {
    "networks.Channel": {
        "network": "demo",
        "remote_id": lambda: uuid.uuid4().hex,
        "limits": {"text": 300, "unit": "characters"},
    },
    "conversations.Conversation": {"lines": 1},
    "archive.Stream": {"source": "wss://stream.example"},
    "listening.WatchVersion": {"query": "#words"},
    "strategy.Record": {"kind": "capacity", "data": lambda: {"hours_a_week": 20.0}},
    "accounts.Member": {
        "user": lambda: User.objects.create(email=f"{uuid.uuid4().hex}@example.org", name="New")
    },
    "mfa.Authenticator": {
        "type": "webauthn",
        "data": lambda: json.loads(PASSKEY.read_text(encoding="utf-8")),
    },
}
# What a row is never without, though it does not say so itself.
BESIDE: dict[str, list[str]] = {
    "strategy.GoverningDocument": ["strategy.DocumentVersion"],
    "conversations.Conversation": ["conversations.Message"],
    "listening.Watch": ["listening.WatchVersion"],
}
PLAIN: list[tuple[type[models.Field[Any, Any]], Any]] = [
    (models.FileField, lambda: ContentFile(b"words", name="file.txt")),
    (models.CharField, lambda: "words"),
    (models.TextField, lambda: "words"),
    (models.BooleanField, lambda: False),
    (models.IntegerField, lambda: 1),
    (models.FloatField, lambda: 1.0),
    (models.DateTimeField, timezone.now),
    (models.DateField, lambda: timezone.now().date()),
    (models.JSONField, dict),
    (models.BinaryField, bytes),
]


class Rows:
    """A workspace's rows, each made the first time it is asked for."""

    def __init__(self, workspace: Workspace, user: User) -> None:
        self.made: dict[str, models.Model] = {"accounts.Workspace": workspace, "accounts.User": user}

    def of(self, label: str) -> models.Model:
        if label not in self.made:
            model = apps.get_model(label)
            needed = [field for field in model._meta.fields if _is_needed(label, field)]
            values = {field.name: self._value(label, field) for field in needed}
            if label in self.made:  # made meanwhile, beside one of its own values
                return self.made[label]
            self.made[label] = model._default_manager.create(**values)
            for other in BESIDE.get(label, []):
                self.of(other)
        return self.made[label]

    def _value(self, label: str, field: Any) -> Any:
        if field.name in ODD.get(label, {}):
            odd = ODD[label][field.name]
            return odd() if callable(odd) else odd
        if field.is_relation:
            return self.of(field.related_model._meta.label)
        if field.choices:
            return field.choices[0][0]
        if field.unique and isinstance(field, models.CharField):
            return uuid.uuid4().hex[: field.max_length]
        return next(make for kind, make in PLAIN if isinstance(field, kind))()


def _is_needed(label: str, field: Any) -> bool:
    """Whether the row cannot be without it, or belongs to a workspace by it."""
    if field.name in ODD.get(label, {}) or (field.is_relation and field.related_model is Workspace):
        return True
    made_by_itself = field.primary_key or getattr(field, "auto_now", False)
    return not (made_by_itself or field.null or field.blank or field.has_default())
