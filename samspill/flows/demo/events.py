"""What the log would have kept of the year, in the same chain as everything that follows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from samspill.accounts.log import digest
from samspill.accounts.models import Event, User, Workspace


@dataclass(frozen=True)
class Deed:
    at: datetime
    action: str
    workspace: Workspace
    user: User
    subject: str


def keep(deeds: Iterable[Deed]) -> None:
    """Append them, oldest first."""
    last = Event.objects.order_by("-pk").first()
    previous = last.digest if last else ""
    for deed in sorted(deeds, key=lambda deed: deed.at):
        event = Event(
            at=deed.at.astimezone(UTC),  # as the database gives it back, or the chain would not hold
            action=deed.action,
            workspace=deed.workspace,
            user=deed.user,
            subject=deed.subject[:200],
        )
        event.previous = previous
        event.digest = previous = digest(event)
        event.save(force_insert=True)
