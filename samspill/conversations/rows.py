"""A conversation as one row: who waits, with which words, how long is left. For inbox and first page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from samspill.conversations.models import Conversation, Message
from samspill.publishing.models import Delivery


@dataclass(frozen=True)
class Row:
    """`message`: what has waited longest, else what was said last. `seen`: the newest there is now."""

    talk: Conversation
    message: Message
    seen: int
    within: timedelta
    going: str = ""  # how far an answer of ours has come that the network has not taken yet

    @property
    def going_words(self) -> str:
        return str(Delivery.State(self.going).label) if self.going else ""

    @property
    def others(self) -> int:
        return max(self.talk.waiting_people - 1, 0)

    def left(self, now: datetime | None = None) -> int:
        """Of the promised time, this many hundredths are left."""
        if self.talk.answer_by is None:
            return 0
        share = (self.talk.answer_by - (now or timezone.now())) / self.within
        return round(100 * min(max(share, 0.0), 1.0))


def rows(talks: QuerySet[Conversation]) -> list[Row]:
    """The conversations with what one sees of each, in two queries however many they are."""
    said = Message.objects.filter(conversation=OuterRef("pk"), is_ours=False).from_people()
    waiting = said.filter(is_waiting=True).order_by("at", "pk")
    newest = Message.objects.filter(conversation=OuterRef("pk")).order_by("-pk")
    going = Message.objects.underway().filter(conversation=OuterRef("pk")).order_by("-pk")
    found = list(
        talks.select_related("channel", "workspace", "about__version__draft", "assigned_to").annotate(
            shown_pk=Coalesce(Subquery(waiting.values("pk")[:1]), Subquery(said.values("pk")[:1])),
            newest_pk=Subquery(newest.values("pk")[:1]),
            going=Subquery(going.values("delivery__state")[:1]),
        )
    )
    shown = Message.objects.in_bulk([talk.shown_pk for talk in found])
    return [
        Row(talk, shown[talk.shown_pk], talk.newest_pk, talk.workspace.answer_within, talk.going or "")
        for talk in found
        if talk.shown_pk in shown
    ]


def people(messages: Iterable[Message]) -> list[Message]:
    """One message of each person who has spoken, in the order in which they came."""
    first: dict[str, Message] = {}
    for message in messages:
        if message.is_speech and not message.is_ours:
            first.setdefault(message.author_id, message)
    return list(first.values())
