"""Several workers, a machine that sleeps, a clock on the wall that somebody sets."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from samspill.networks.models import Channel
from samspill.publishing import crash
from samspill.publishing.deliver import PACE, deliver_due
from samspill.publishing.models import Delivery
from samspill.publishing.tests.clock import Clock
from samspill.publishing.tests.outside import Outside
from samspill.publishing.tests.rounds import SETTLE, run

State = Delivery.State
Going = Callable[..., Delivery]


def test_who_lost_the_row_writes_nothing(
    clock: Clock, outside: Outside, going: Going, channel: Channel
) -> None:
    delivery = going("Hei", channel)

    def taken_over() -> None:
        outside.during = lambda: None
        Delivery.objects.filter(pk=delivery.pk).update(fence=99, state=State.UNCERTAIN, lease_until=None)

    outside.during = taken_over
    deliver_due()
    delivery.refresh_from_db()
    assert delivery.state == State.UNCERTAIN
    assert delivery.remote_id == ""
    clock.advance(SETTLE)
    assert run(clock, delivery).state == State.PUBLISHED
    assert outside.texts() == ["Hei"]


def test_an_old_intent_is_not_acted_on(
    clock: Clock, outside: Outside, going: Going, channel: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    delivery = going("Hei", channel)

    def sleep(name: str) -> None:
        if name == "after_intent":
            monkeypatch.setattr(crash, "reached", lambda name: None)
            clock.advance(PACE.fresh + 1)

    monkeypatch.setattr(crash, "reached", sleep)
    deliver_due()
    assert outside.publishing == []
    delivery.refresh_from_db()
    assert delivery.state == State.SCHEDULED
    assert delivery.first_sent_at is None
    assert run(clock, delivery).state == State.PUBLISHED


@pytest.mark.parametrize("set_by", [-3600, 3600])
def test_a_wall_clock_that_is_set_does_not_hide_what_was_sent(
    clock: Clock, outside: Outside, going: Going, mastodon: Channel, set_by: int
) -> None:
    outside.faults.append("cut_after")
    delivery = going("Hei", mastodon)
    clock.set_wall(5 * 3600)  # wrong by hours while it is sent
    deliver_due()
    for status in outside.server.statuses.values():
        status["created_at"] = delivery.due_at.isoformat()  # the server's clock is right
    outside.server.keys.clear()  # and it has forgotten our key
    clock.set_wall(-5 * 3600 + set_by if set_by < 0 else -5 * 3600)
    clock.advance(SETTLE)
    delivery.refresh_from_db()
    assert run(clock, delivery).state == State.PUBLISHED
    assert outside.texts() == ["Hei"]


def test_a_clock_that_is_wrong_all_the_time_does_not_hide_what_was_sent(
    clock: Clock, outside: Outside, going: Going, mastodon: Channel
) -> None:
    outside.true_time = lambda: timezone.now() - timedelta(hours=2)
    outside.faults.append("cut_after")
    delivery = going("Hei", mastodon)
    deliver_due()
    outside.server.keys.clear()
    assert run(clock, delivery).state == State.PUBLISHED
    assert outside.texts() == ["Hei"]


def test_damaged_bytes_are_not_sent(clock: Clock, outside: Outside, going: Going, channel: Channel) -> None:
    outside.faults.append("cut_before")
    delivery = going("Hei", channel)
    deliver_due()
    Delivery.objects.update(payload=b'{"status": "Ha"}')
    outside.look_ups.append("")
    assert run(clock, delivery).state == State.NEEDS_HUMAN
    assert len(outside.publishing) == 1


def test_the_same_words_twice_are_two_posts(
    clock: Clock, outside: Outside, going: Going, mastodon: Channel
) -> None:
    """The look-up for the second must not take the first for it."""
    run(clock, going("God morgen", mastodon))
    outside.faults.append("cut_before")
    second = going("God morgen", mastodon)
    run(clock, second)
    assert second.state == State.NEEDS_HUMAN
    assert "very same words" in second.last_error
