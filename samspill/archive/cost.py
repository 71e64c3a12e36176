"""What keeping a stream costs: gigabytes a month, from what has been measured here and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Sum
from django.utils import timezone

from samspill.archive.models import Stream, hour_of

DAYS = 30  # in a month
MEASURED_OVER = timedelta(days=7)
LEAST = 200  # posts from which on a rate says something


@dataclass(frozen=True)
class Cost:
    """Gigabytes (10^9 bytes) a month = posts a day × 30 × bytes a post × the share that is kept."""

    posts_a_day: float
    bytes_a_post: float
    share: float = 1.0

    @property
    def gigabytes(self) -> float:
        return self.posts_a_day * DAYS * self.bytes_a_post * self.share / 1e9

    @property
    def days(self) -> int:
        return DAYS


def cost_of(stream: Stream, bytes_a_post: float | None) -> Cost | None:
    """What a stream costs as it is set now, from its own rate; None while too little has come to tell."""
    rate = posts_a_day(stream)
    return Cost(rate, bytes_a_post) if rate is not None and bytes_a_post else None


def posts_a_day(stream: Stream) -> float | None:
    """New posts a day, over the full hours of the last week in which any came; None: too few to tell."""
    now = hour_of(timezone.now())
    hours = stream.hours.filter(hour__lt=now, hour__gte=now - MEASURED_OVER)
    found = hours.aggregate(posts=Sum("posts"), hours=Count("pk"))
    if not found["posts"] or found["posts"] < LEAST:
        return None
    return float(found["posts"]) / int(found["hours"]) * 24


def everything_a_day(network: str) -> float | None:
    """Posts a day on a whole network, by the first stream of this installation that can tell."""
    for stream in Stream.objects.filter(network=network).exclude(keep=Stream.Keep.MATCHES).order_by("pk"):
        if (rate := posts_a_day(stream)) is not None:
            return rate / stream.share()
    return None
