"""A draft goes out, and its figures are due soon."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from samspill.flows.outgoing import FIRST_FIGURES, outgoing
from samspill.networks.models import Channel, ChannelWork
from samspill.publishing.models import Delivery
from samspill.publishing.tests.clock import Clock
from samspill.publishing.tests.conftest import *  # noqa: F403 - the fixtures
from samspill.publishing.tests.outside import Outside

Verb = ChannelWork.Verb


@pytest.mark.parametrize(("later", "due"), [(60, 10), (11, 10), (10, 10), (5, 5)])
def test_figures_are_due_soon_and_never_later_than_they_were(
    clock: Clock, outside: Outside, going: Callable[..., Delivery], bluesky: Channel, later: int, due: int
) -> None:
    now = timezone.now()
    for verb in Verb:
        ChannelWork.objects.create(channel=bluesky, verb=verb, due_at=now + timedelta(minutes=later))
    going("Hei", bluesky)
    assert outgoing()
    assert ChannelWork.objects.get(verb=Verb.SAMPLE).due_at == now + timedelta(minutes=due)
    assert ChannelWork.objects.get(verb=Verb.THREADS).due_at == now + timedelta(minutes=due)
    assert ChannelWork.objects.get(verb=Verb.COLLECT).due_at == now + timedelta(minutes=later)
    assert timedelta(minutes=10) == FIRST_FIGURES


def test_what_did_not_go_out_asks_for_no_figures(
    clock: Clock, outside: Outside, going: Callable[..., Delivery], bluesky: Channel
) -> None:
    then = timezone.now() + timedelta(hours=1)
    ChannelWork.objects.create(channel=bluesky, verb=Verb.SAMPLE, due_at=then)
    outside.faults.append("400")
    going("Hei", bluesky)
    assert outgoing()
    assert ChannelWork.objects.get().due_at == then


def test_nothing_due_is_nothing_done(clock: Clock, outside: Outside, db: None) -> None:
    assert not outgoing()
