"""Write down what was done, in a chain in which a missing or changed link shows.

Each event carries the digest of the one before it. The database refuses to change or remove a row (migration
0002); whoever gets round that breaks the chain, and `verify` says where.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction

from samspill.accounts.models import Event, User, Workspace

# Any number that no other lock of ours uses: PostgreSQL has one space of them for the whole database.
CHAIN_LOCK = 7_264_518


def record(
    action: str, *, workspace: Workspace | None, user: User | None, subject: object = "", **detail: Any
) -> Event:
    """Append one event. `action` is "app.verb", such as "goal.create"; detail holds no secrets.

    Call it last in a transaction: on PostgreSQL the chain is locked from here until the commit.
    """
    with transaction.atomic():
        _wait_for_turn()
        last = Event.objects.order_by("-pk").values_list("digest", flat=True).first()
        event = Event(
            workspace=workspace,
            user=user,
            action=action,
            subject=_plain(str(subject))[:200],
            detail=_plain(detail),
            previous=last or "",
        )
        event.digest = digest(event)
        event.save(force_insert=True)
    return event


def _wait_for_turn() -> None:
    """One writer at a time. A row lock would not do: the row to come after is not there yet.

    SQLite needs nothing: the transaction is IMMEDIATE, so it already holds the only write lock.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CHAIN_LOCK])


def _plain(value: Any) -> Any:
    """Only what every database gives back as it was: text without control signs, whole numbers, lists."""
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set):
        return [_plain(item) for item in value]
    if value is None or isinstance(value, bool | int):
        return value
    return "".join(sign if unicodedata.category(sign)[0] != "C" else " " for sign in str(value))


def digest(event: Event) -> str:
    """SHA-256 over the previous digest and this event's own words, as hexadecimal."""
    said = [
        event.previous,
        event.workspace_id,
        event.user_id,
        event.at.isoformat(),
        event.action,
        event.subject,
        json.dumps(event.detail, sort_keys=True),
    ]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


@dataclass
class Verdict:
    """What `verify` found: how many events, the last link, and the events where the chain is broken."""

    count: int = 0
    last: str = ""
    changed: list[int] = field(default_factory=list)  # the event does not say what it said
    loose: list[int] = field(default_factory=list)  # something before it was taken out or put in
    links_lost: list[str] = field(default_factory=list)  # kept outside, no longer in the chain

    @property
    def whole(self) -> bool:
        return not (self.changed or self.loose or self.links_lost)


def verify(*kept_links: str) -> Verdict:
    """Walk the whole chain. A link kept outside also shows whether the newest events were cut off since."""
    verdict = Verdict()
    missing = set(kept_links)
    for event in Event.objects.order_by("pk").iterator(chunk_size=2000):
        if event.previous != verdict.last:
            verdict.loose.append(event.pk)
        if digest(event) != event.digest:
            verdict.changed.append(event.pk)
        verdict.count += 1
        verdict.last = event.digest
        missing.discard(event.digest)
    verdict.links_lost = sorted(missing)
    return verdict
