"""Read the log: what was done in a workspace, in words, filtered, as pages and as a file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from samspill.accounts.access import MemberRequest
from samspill.accounts.event_words import done, kind, said_as
from samspill.accounts.models import Event, User, Workspace
from samspill.lib import spreadsheet
from samspill.lib.numbers import row_number


@dataclass(frozen=True)
class EventFilter:
    """What somebody asked to see of a workspace's log."""

    workspace: Workspace
    by: int | None = None
    text: str = ""

    @classmethod
    def asked_by(cls, request: MemberRequest) -> EventFilter:
        text = request.GET.get("text", "").strip()[:100]
        return cls(request.workspace, row_number(request.GET.get("by", "")), text)

    def events(self) -> models.QuerySet[Event]:
        """Newest first."""
        found = Event.objects.filter(workspace=self.workspace).select_related("user").order_by("-pk")
        if self.by is not None:
            found = found.filter(user=self.by)
        if self.text:
            found = found.filter(Q(subject__icontains=self.text) | said_as(self.text))
        return found

    def people(self) -> models.QuerySet[User]:
        """Who has done something here, also those who have left."""
        done = Event.objects.filter(workspace=self.workspace).values("user")
        return User.objects.filter(pk__in=done).order_by("name", "pk")


def csv_lines(events: models.QuerySet[Event]) -> Iterator[str]:
    """The log as a spreadsheet reads it; the link lets it be compared with the chain."""
    head = [_("Time (UTC)"), _("Who"), _("E-mail"), _("What"), _("Short name"), _("Details"), _("Link")]
    return spreadsheet.csv_lines(head, (_row(event) for event in events.iterator(chunk_size=2000)))


def _row(event: Event) -> list[object]:
    who, email = (event.user.name, event.user.email) if event.user else ("", "")
    what = " ".join(filter(None, (done(event.action), kind(event.action), event.subject)))
    return [event.at.isoformat(), who, email, what, event.action, in_words(event), event.digest]


def in_words(event: Event) -> str:
    """The details as "name: value", a comma between."""
    return ", ".join(f"{name}: {value}" for name, value in event.detail.items())
