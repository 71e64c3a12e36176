"""A draft goes out: deliver → sample → goal status."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from samspill.networks.models import ChannelWork
from samspill.publishing.deliver import deliver_due
from samspill.publishing.models import Delivery

# The first reactions come within minutes; their figures are fetched when there is something to count.
FIRST_FIGURES = timedelta(minutes=10)


def outgoing() -> bool:
    """Take one due delivery a round further. False: nothing was due.

    Once it is out, the figures of its channel and what is said below it are due soon, each its own work that
    may fail without touching the delivery. A goal's status is read from those figures whenever one looks.
    """
    delivery = deliver_due()
    if delivery is None:
        return False
    if delivery.state == Delivery.State.PUBLISHED:
        soon = timezone.now() + FIRST_FIGURES
        verbs = [ChannelWork.Verb.SAMPLE, ChannelWork.Verb.THREADS]
        later = ChannelWork.objects.filter(channel=delivery.channel_id, verb__in=verbs, due_at__gt=soon)
        later.update(due_at=soon)
    return True
