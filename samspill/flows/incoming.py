"""A post arrives: collect → gather into a conversation. And all else that a channel is asked again and again.

The outside is asked first, with no transaction open; then one transaction keeps what came, the cursor, and
when to ask next. What a network answers but success ends up as a state and a sentence on the channel.
"""

from __future__ import annotations

import json
import logging
import random
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_noop

from samspill.conversations.gather import gather
from samspill.lib import crypto, due
from samspill.measurement.sample import sample_channel
from samspill.networks.base import Can, Incoming, Ref
from samspill.networks.errors import NetworkError, Reconnect, Refused
from samspill.networks.models import Channel, ChannelWork
from samspill.publishing.models import Delivery

log = logging.getLogger(__name__)
Verb = ChannelWork.Verb
UNREADABLE = gettext_noop("The channel's credentials can no longer be read here. Connect it again.")

LEASE = 300.0  # seconds; a verb makes several requests of at most 60 s each
# How often we look below a post of ours, by its age; older ones are left to notifications.
LOOK_BELOW = [
    (timedelta(hours=1), timedelta(minutes=2)),
    (timedelta(days=1), timedelta(minutes=15)),
    (timedelta(days=3), timedelta(hours=1)),
    (timedelta(days=14), timedelta(hours=6)),
]
AT_ONCE = 20  # posts looked below in one go
SOON, QUIET = timedelta(seconds=5), timedelta(minutes=2)
PAUSES = [timedelta(seconds=s) for s in (30, 60, 120, 300, 600, 1800, 3600)]
LONGEST = timedelta(days=1)


def attend_due() -> bool:
    """Do what is due on one channel. False: nothing was due."""
    work = due.claim(due_work(timezone.now()), lease=LEASE)
    if work is not None:
        attend(work)
    return work is not None


def due_work(now: datetime) -> QuerySet[ChannelWork]:
    """What may be claimed now. A channel that must be connected again is left alone until it is."""
    rows = ChannelWork.objects.filter(due_at__lte=now, channel__closed_at=None)
    return rows.exclude(channel__state=Channel.State.RECONNECT).order_by("due_at", "pk")


def attend(work: ChannelWork) -> None:
    """Ask the channel what its work says; whatever comes of it stands on the rows afterwards."""
    try:
        VERBS[Verb(work.verb)](work)
    except crypto.Unreadable:
        _put_off(work, Reconnect(UNREADABLE))
    except NetworkError as error:
        _put_off(work, error)
    except due.LeaseLost:
        log.info("Channel %s, %s: somebody else has taken it over.", work.channel_id, work.verb)


def collect(work: ChannelWork) -> None:
    """What has reached us since the cursor."""
    channel = work.channel
    page = channel.adapter().fetch(channel.account(), work.cursor)
    more = page.more and page.cursor != work.cursor
    with transaction.atomic():
        gather(channel, page.items)
        _done(work, timedelta(0) if more else settings.INBOX_EVERY, cursor=page.cursor)


def threads(work: ChannelWork) -> None:
    """What stands below our own posts, the newest most often: a notification can be lost for good.

    The cursor remembers when each post was looked below. What was found before a failure is kept.
    """
    channel, now = work.channel, timezone.now()
    posts = _recent(channel, now)
    looked = _looked(work, posts, now)
    turn = [post for post in posts if _next_look(post, looked) <= now]
    found, failed = _look_below(work, turn[:AT_ONCE], looked, now)
    cursor = json.dumps({pk: at.timestamp() for pk, at in looked.items()})
    with transaction.atomic():
        gather(channel, found)
        if failed is None:
            first = min((_next_look(post, looked) for post in posts), default=now + QUIET)
            _done(work, min(max(first - now, SOON), QUIET), cursor=cursor)
        else:
            due.write(work, cursor=cursor)
    if failed is not None:
        raise failed


def _look_below(
    work: ChannelWork, posts: Iterable[Delivery], looked: dict[int, datetime], now: datetime
) -> tuple[list[Incoming], NetworkError | None]:
    """Everything below the posts, up to the first failure; the post that fails has had its turn."""
    channel, found = work.channel, list[Incoming]()
    network, account = channel.adapter(), channel.account()
    for post in posts:
        due.extend(work, lease=LEASE)
        looked[post.pk] = now
        try:
            found += network.thread(account, Ref(post.remote_id, post.remote_url, post.remote_token))
        except Refused as error:
            log.info("Channel %s, below %s: %s", channel.pk, post.remote_id, error)
        except NetworkError as error:
            return found, error
    return found, None


def sample(work: ChannelWork) -> None:
    """The channel's figures, and what its server takes now."""
    sample_channel(work.channel)
    if Can.PUBLISH in work.channel.adapter().can:
        work.channel.refresh_limits()
    with transaction.atomic():
        _done(work, settings.FIGURES_EVERY)


VERBS: dict[Verb, Callable[[ChannelWork], None]] = {
    Verb.COLLECT: collect,
    Verb.THREADS: threads,
    Verb.SAMPLE: sample,
}
NEEDS = {Verb.COLLECT: Can.INBOX, Verb.THREADS: Can.INBOX, Verb.SAMPLE: Can.NUMBERS}


def plan_work() -> None:
    """Every open channel has a row for each verb that its network can."""
    for channel in Channel.objects.open().prefetch_related("work"):
        known = {work.verb for work in channel.work.all()}
        missing = [verb for verb, can in NEEDS.items() if can in channel.adapter().can and verb not in known]
        rows = [ChannelWork(channel=channel, verb=verb) for verb in missing]
        ChannelWork.objects.bulk_create(rows, ignore_conflicts=True)


def _done(work: ChannelWork, pause: timedelta, **values: object) -> None:
    """It went well: when to ask again, and that the channel works, unless something else on it fails."""
    now = timezone.now()
    due.release(work, due_at=now + pause, tries=0, last_run_at=now, **values)
    others = ChannelWork.objects.filter(channel=work.channel_id, tries__gt=0).exclude(pk=work.pk)
    if others.exists():
        Channel.objects.filter(pk=work.channel_id).update(last_ok_at=now)
    else:
        work.channel.worked()


def _put_off(work: ChannelWork, error: NetworkError) -> None:
    """It did not go: say so on the channel, and ask again later, and later still."""
    tries = work.tries + 1
    try:
        due.release(work, due_at=timezone.now() + _pause(error, tries), tries=tries)
    except due.LeaseLost:
        return
    log.info("Channel %s, %s: %s", work.channel_id, work.verb, error)
    work.channel.failed(error)


def _pause(error: NetworkError, tries: int) -> timedelta:
    """Growing, spread, and as long as the server asks for, within reason."""
    pause = PAUSES[min(tries, len(PAUSES)) - 1]
    if isinstance(error, Refused):
        pause = PAUSES[-1]
    retry_at: datetime | None = getattr(error, "retry_at", None)
    if retry_at is not None:
        pause = max(pause, retry_at - timezone.now())
    return min(pause, LONGEST) * random.uniform(1, 1.25)  # noqa: S311 - to spread, not to hide


def _recent(channel: Channel, now: datetime) -> list[Delivery]:
    """Our posts and answers young enough to be looked below, the newest first."""
    oldest = now - LOOK_BELOW[-1][0]
    posts = channel.deliveries.filter(state=Delivery.State.PUBLISHED, published_at__gt=oldest)
    return list(posts.exclude(remote_id="").order_by("-published_at", "-pk"))


def _looked(work: ChannelWork, posts: Iterable[Delivery], now: datetime) -> dict[int, datetime]:
    """When each post was looked below. A moment still to come is from a clock that was wrong."""
    kept = json.loads(work.cursor) if work.cursor else {}
    times = {post.pk: kept.get(str(post.pk)) for post in posts}
    return {pk: min(datetime.fromtimestamp(at, tz=UTC), now) for pk, at in times.items() if at is not None}


def _next_look(post: Delivery, looked: dict[int, datetime]) -> datetime:
    last = looked.get(post.pk)
    if last is None or post.published_at is None:
        return datetime.min.replace(tzinfo=UTC)
    age = last - post.published_at
    return last + next((every for limit, every in LOOK_BELOW if age < limit), LOOK_BELOW[-1][1])
