"""Ask a channel for its figures, and keep them with the moment they were told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from samspill.measurement.models import PostSample, Sample
from samspill.networks.base import Can, Numbers, PostNumbers, Ref
from samspill.networks.models import Channel
from samspill.publishing.models import Delivery

YOUNG = timedelta(days=28)  # a post's figures are asked for this long
BATCH = 25  # posts in one question


def sample_channel(channel: Channel) -> None:
    """Ask first, with no transaction open; then write all of it in one. Raises one of networks/errors.py.

    A sample is told to the minute, so that the same work done twice leaves the same rows.
    """
    network = channel.adapter()
    if Can.NUMBERS not in network.can:
        return
    account, now = channel.account(), timezone.now()
    posts = {post.remote_id: post for post in _young_posts(channel, now)}
    numbers = network.numbers(account)
    told: list[PostNumbers] = []
    refs = [Ref(post.remote_id, post.remote_url, post.remote_token) for post in posts.values()]
    for start in range(0, len(refs), BATCH):
        told += network.post_numbers(account, refs[start : start + BATCH])
    at = now.replace(second=0, microsecond=0)
    with transaction.atomic():
        _keep(channel, numbers, at)
        _keep_posts(posts, told, at)


def _young_posts(channel: Channel, now: datetime) -> Iterable[Delivery]:
    return (
        Delivery.objects.published()
        .filter(channel=channel, published_at__gte=now - YOUNG, version__draft__is_reply=False)
        .exclude(remote_id="")
        .order_by("-published_at")
    )


def _keep(channel: Channel, numbers: Numbers, at: datetime) -> None:
    """What is not told has no row."""
    told = {"followers": numbers.followers, "following": numbers.following, "posts": numbers.posts}
    rows = [
        Sample(channel=channel, what=what, at=at, value=value)
        for what, value in told.items()
        if value is not None
    ]
    Sample.objects.bulk_create(rows, ignore_conflicts=True)


def _keep_posts(posts: Mapping[str, Delivery], told: Iterable[PostNumbers], at: datetime) -> None:
    """Only what is new: a post's figures soon stand still, and unchanged rows would be most of all rows."""
    known = PostSample.objects.latest_of(post.pk for post in posts.values())
    rows = []
    for numbers in told:
        post = posts.get(numbers.id)
        if post is None:
            continue
        for what in ("reactions", "shares", "replies"):
            value = getattr(numbers, what)
            if value is not None and known.get((post.pk, what)) != value:
                rows.append(PostSample(delivery=post, what=what, at=at, value=value))
    PostSample.objects.bulk_create(rows, ignore_conflicts=True)
