"""The rows a figure rests on, so that anybody can count again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from samspill.conversations.models import Conversation, Message
from samspill.measurement.measures import Figure
from samspill.measurement.models import PostSample, Sample
from samspill.publishing.models import Delivery

MESSAGES = {"replies", "response_rate", "answered_in_time", "response_time", "voices_returning"}
POSTS = {"posts", "reactions", "reactions_per_post"}


@dataclass(frozen=True)
class Inputs:
    """`kind` names the table that shows the rows: samples, posts, messages or conversations."""

    kind: str
    rows: QuerySet[Any]


def inputs(figure: Figure, channels: list[int]) -> Inputs:
    """Newest first; one page of them is read."""
    key, start, end = figure.measure.key, figure.start, figure.end
    if key == "followers":
        levels = Sample.objects.filter(channel__in=channels, what="followers", at__lte=end)
        return Inputs("samples", levels.select_related("channel").order_by("-at", "-pk"))
    if key in POSTS:
        posts = Delivery.objects.published().filter(
            channel__in=channels,
            published_at__gte=start,
            published_at__lt=end,
            version__draft__is_reply=False,
        )
        told = PostSample.objects.filter(delivery=OuterRef("pk"), what="reactions", at__lte=end).order_by(
            "-at"
        )
        posts = posts.annotate(reactions=Subquery(told.values("value")[:1]))
        return Inputs("posts", posts.select_related("version__draft", "channel").order_by("-published_at"))
    if key in MESSAGES:
        said = Message.objects.from_people().filter(channel__in=channels, at__gte=start, at__lt=end)
        if key not in {"replies", "voices_returning"}:
            said = said.filter(needs_answer=True, waived_at=None)
        return Inputs("messages", said.select_related("channel"))
    speech = Message.objects.from_people().filter(conversation=OuterRef("pk")).order_by("at", "pk")
    begun = Conversation.objects.filter(channel__in=channels).annotate(
        began=Subquery(speech.values("at")[:1]), first_words=Subquery(speech.values("text")[:1])
    )
    began = begun.filter(began__gte=start, began__lt=end)
    return Inputs("conversations", began.select_related("channel").order_by("-began"))
