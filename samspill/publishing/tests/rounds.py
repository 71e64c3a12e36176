"""Letting the worker work, in the tests' own time."""

from __future__ import annotations

from django.utils import timezone

from samspill.publishing.deliver import deliver_due
from samspill.publishing.models import Delivery
from samspill.publishing.tests.clock import Clock

SETTLE = 75  # seconds, as networks.base has it


class Killed(BaseException):
    """kill -9, as far as Python can play it: nothing of the product catches it."""


def steps(delivery: Delivery) -> list[str]:
    return [f"{one.step} {one.outcome}".strip() for one in delivery.attempts.all()]


def run(clock: Clock, delivery: Delivery, hours: float = 30) -> Delivery:
    """Let the worker work until it has nothing left to do, or the hours are over."""
    until = clock.seconds + hours * 3600
    while clock.seconds < until:
        is_idle = deliver_due() is None
        delivery.refresh_from_db()
        if is_idle:
            until_due = (delivery.due_at - timezone.now()).total_seconds()
            until_free = (delivery.next_try or delivery.lease_until or 0) - clock.seconds
            clock.advance(max(1, until_due, until_free))
        if delivery.state not in Delivery.OPEN:
            break
    return delivery
