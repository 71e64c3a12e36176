"""Gather from the rows what figures rest on: a handful of queries for a whole workspace."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Max, Min, OuterRef, Subquery
from django.db.models.functions import TruncDate

from samspill.accounts.models import Workspace
from samspill.conversations.models import Message
from samspill.measurement.inputs import MESSAGES, POSTS
from samspill.measurement.measures import Post, Record, Said, Span
from samspill.measurement.models import PostSample, Sample
from samspill.networks.models import Channel
from samspill.publishing.models import Delivery
from samspill.strategy.measures import MEASURES

BACK = timedelta(weeks=54)  # a year of weeks, and the stretch the first of them looks back on


def gather(workspace: Workspace, now: datetime, measures: Iterable[str] = MEASURES) -> Record:
    """All that a year of these measures needs, read in six queries at most."""
    wanted, since = set(measures), now - BACK
    first = Sample.objects.filter(channel=OuterRef("pk"), what="followers").order_by("at")
    rows = (
        Channel.objects.filter(workspace=workspace)
        .annotate(first_at=Subquery(first.values("at")[:1]))
        .values_list("pk", "connected_at", "closed_at", "last_ok_at", "first_at")
    )
    # Connected anew, a channel keeps what it had: it has been held since its first sample.
    channels = [Span(pk, min(at, first or at), until, ok) for pk, at, until, ok, first in rows]
    ours = [span.pk for span in channels]
    return Record(
        channels=channels,
        promise=workspace.answer_within,
        zone=ZoneInfo(workspace.time_zone),
        followers=_followers(ours, since) if "followers" in wanted else {},
        posts=_posts(ours, since) if wanted & POSTS else (),
        said=_said(ours, since) if wanted & MESSAGES else (),
        began=_began(ours, since) if "conversations" in wanted else (),
    )


def _followers(channels: list[int], since: datetime) -> dict[int, list[tuple[datetime, int]]]:
    """The last sample of each day."""
    told = Sample.objects.filter(channel__in=channels, what="followers", at__gte=since)
    last = told.annotate(day=TruncDate("at")).values("channel", "day").annotate(last=Max("pk")).values("last")
    levels: defaultdict[int, list[tuple[datetime, int]]] = defaultdict(list)
    for channel, at, value in (
        Sample.objects.filter(pk__in=last).order_by("at").values_list("channel", "at", "value")
    ):
        levels[channel].append((at, value))
    return dict(levels)


def _posts(channels: list[int], since: datetime) -> list[Post]:
    told: defaultdict[int, list[tuple[datetime, int]]] = defaultdict(list)
    for delivery, at, value in (
        PostSample.objects.filter(
            delivery__channel__in=channels, delivery__published_at__gte=since, what="reactions"
        )
        .order_by("at")
        .values_list("delivery", "at", "value")
    ):
        told[delivery].append((at, value))
    published = (
        Delivery.objects.filter(
            channel__in=channels,
            state=Delivery.State.PUBLISHED,
            published_at__gte=since,
            version__draft__is_reply=False,
        )
        .order_by("published_at")
        .values_list("pk", "channel", "published_at")
    )
    return [Post(pk, channel, at, told.get(pk, ())) for pk, channel, at in published if at]


def _said(channels: list[int], since: datetime) -> list[Said]:
    rows = (
        Message.objects.from_people()
        .filter(channel__in=channels, at__gte=since)
        .order_by("at")
        .values_list("pk", "channel", "author_id", "at", "needs_answer", "waived_at", "answered_at")
    )
    return [
        Said(pk, channel, author, at, needs_answer and waived_at is None, answered_at)
        for pk, channel, author, at, needs_answer, waived_at, answered_at in rows
    ]


def _began(channels: list[int], since: datetime) -> list[tuple[datetime, int]]:
    rows = (
        Message.objects.from_people()
        .filter(channel__in=channels)
        .order_by()
        .values("conversation", "channel")
        .annotate(began=Min("at"))
        .filter(began__gte=since)
        .order_by("began")
        .values_list("began", "channel")
    )
    return list(rows)
