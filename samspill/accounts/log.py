"""Write down what was done, in a chain in which a missing or changed link shows."""

import hashlib
import json
from typing import Any

from django.db import transaction

from samspill.accounts.models import Event, User, Workspace


def record(action: str, *, workspace: Workspace | None, user: User | None, subject: object = "", **detail: Any) -> Event:
    """Append one event. `action` is "app.verb", such as "goal.create"; detail holds no secrets."""
    with transaction.atomic():
        last = Event.objects.select_for_update().order_by("-pk").first()
        event = Event(
            workspace=workspace, user=user, action=action, subject=str(subject)[:200], detail=detail,
            previous=last.digest if last else "",
        )
        event.digest = digest(event)
        event.save(force_insert=True)
    return event


def digest(event: Event) -> str:
    """SHA-256 over the previous digest and this event's own words, as hexadecimal."""
    said = [
        event.previous, event.workspace_id, event.user_id, event.at.isoformat(), event.action, event.subject,
        json.dumps(event.detail, sort_keys=True, default=str),
    ]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()
