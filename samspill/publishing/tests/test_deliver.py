"""Exactly once, or said that it is not known."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.db.utils import DatabaseError

from samspill.lib import due
from samspill.networks.models import Channel
from samspill.publishing import crash
from samspill.publishing.deliver import PACE, deliver, deliver_due
from samspill.publishing.models import Attempt, Delivery
from samspill.publishing.tests.clock import Clock
from samspill.publishing.tests.outside import FAULTS, Outside
from samspill.publishing.tests.rounds import SETTLE, Killed, run, steps

State = Delivery.State
Going = Callable[..., Delivery]


def test_goes_out_once(clock: Clock, outside: Outside, going: Going, channel: Channel) -> None:
    delivery = going("Hei fra fjorden", channel)
    assert deliver_due() == delivery
    delivery.refresh_from_db()
    assert delivery.state == State.PUBLISHED
    assert delivery.remote_id
    assert delivery.remote_url.startswith("https://")
    assert steps(delivery) == ["send", "answer ok"]
    assert outside.texts() == ["Hei fra fjorden"]
    assert deliver_due() is None


def test_intent_is_on_disk_before_the_first_byte_leaves(
    clock: Clock, outside: Outside, going: Going, channel: Channel
) -> None:
    delivery = going("Hei", channel)
    seen = []
    outside.during = lambda: seen.append(Delivery.objects.get(pk=delivery.pk))
    deliver_due()
    assert seen[0].state == State.SENDING
    assert bytes(seen[0].payload or b"") == outside.publishing[0].body
    assert seen[0].first_sent_at is not None
    assert seen[0].rounds == 1


def test_waits_for_its_time(clock: Clock, outside: Outside, going: Going, bluesky: Channel) -> None:
    delivery = going("Hei", bluesky)
    Delivery.objects.filter(pk=delivery.pk).update(due_at=delivery.due_at + timedelta(seconds=60))
    clock.advance(59)
    assert deliver_due() is None
    clock.advance(1)
    assert deliver_due() == delivery


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_neither_loses_nor_doubles(
    clock: Clock, outside: Outside, going: Going, channel: Channel, fault: str
) -> None:
    outside.faults.append(fault)
    delivery = going("Hei", channel)
    deliver_due()
    clock.advance(1)
    outside.arrive()
    assert run(clock, delivery).state == State.PUBLISHED
    assert outside.texts() == ["Hei"]


def test_what_was_sent_is_looked_up_only_when_it_has_settled(
    clock: Clock, outside: Outside, going: Going, mastodon: Channel
) -> None:
    outside.faults.append("cut_after")
    delivery = going("Hei", mastodon)
    deliver_due()
    delivery.refresh_from_db()
    assert delivery.state == State.UNCERTAIN
    clock.advance(SETTLE - 1)
    assert deliver_due() is None
    clock.advance(1)
    assert deliver_due() == delivery
    delivery.refresh_from_db()
    assert delivery.state == State.PUBLISHED
    assert steps(delivery) == ["send", "answer unknown", "find found"]
    assert len(outside.publishing) == 1


def test_settling_begins_anew_after_a_boot(
    clock: Clock, outside: Outside, going: Going, mastodon: Channel
) -> None:
    outside.faults.append("zombie")
    delivery = going("Hei", mastodon)
    deliver_due()
    clock.boot()
    deliver_due()
    assert len(outside.publishing) == 1
    clock.advance(SETTLE - 1)
    assert deliver_due() is None
    outside.arrive()
    clock.advance(1)
    deliver_due()
    delivery.refresh_from_db()
    assert delivery.state == State.PUBLISHED
    assert outside.texts() == ["Hei"]


def test_a_killed_worker_leaves_the_row_to_the_next_after_its_lease(
    clock: Clock, outside: Outside, going: Going, channel: Channel
) -> None:
    delivery = due.claim(Delivery.objects.due())
    assert delivery is None
    going("Hei", channel)
    assert due.claim(Delivery.objects.due()) is not None
    clock.advance(due.LEASE - 1)
    assert deliver_due() is None
    clock.advance(2)
    assert deliver_due() is not None


@pytest.mark.parametrize("fault", ["", *FAULTS])
@pytest.mark.parametrize("point", crash.POINTS)
def test_killed_at_any_point_neither_loses_nor_doubles(
    clock: Clock,
    outside: Outside,
    going: Going,
    channel: Channel,
    monkeypatch: pytest.MonkeyPatch,
    point: str,
    fault: str,
) -> None:
    outside.faults.extend([fault, "cut_before"] if point == "reconciled" else [fault])
    delivery = going("Hei", channel)

    def kill(name: str) -> None:
        if name == point:
            monkeypatch.setattr(crash, "reached", lambda name: None)
            raise Killed

    monkeypatch.setattr(crash, "reached", kill)
    for _round in range(3):
        try:
            deliver_due()
        except Killed:
            break
        clock.advance(SETTLE)
    clock.advance(1)
    outside.arrive()
    assert run(clock, delivery).state == State.PUBLISHED
    assert outside.texts() == ["Hei"]


def test_same_bytes_are_sent_every_time(
    clock: Clock, outside: Outside, going: Going, channel: Channel
) -> None:
    outside.faults.extend(["cut_before"] * 3)
    run(clock, going("Hei @nabo.example #blåbær", channel))
    assert len(outside.publishing) == 4
    assert len({sent.body for sent in outside.publishing}) == 1


def test_a_refusal_is_final(clock: Clock, outside: Outside, going: Going, channel: Channel) -> None:
    outside.faults.append("400")
    delivery = run(clock, going("Hei", channel))
    assert delivery.state == State.FAILED
    assert delivery.last_error
    assert steps(delivery) == ["send", "answer rejected"]
    assert len(outside.publishing) == 1


def test_a_refusal_after_an_unknown_outcome_is_looked_up(
    clock: Clock, outside: Outside, going: Going, mastodon: Channel
) -> None:
    outside.faults.extend(["zombie", "422"])
    delivery = going("Hei", mastodon)
    deliver_due()
    clock.advance(SETTLE)
    deliver_due()
    outside.arrive()
    assert run(clock, delivery).state == State.PUBLISHED
    assert outside.texts() == ["Hei"]


def test_what_never_left_is_scheduled_still(
    clock: Clock, outside: Outside, going: Going, channel: Channel
) -> None:
    outside.faults.append("not_sent")
    delivery = going("Hei", channel)
    deliver_due()
    delivery.refresh_from_db()
    assert delivery.state == State.SCHEDULED
    assert delivery.first_sent_at is None
    assert delivery.rounds == 0
    assert delivery.last_error == "The server does not answer."
    assert run(clock, delivery).state == State.PUBLISHED


def test_pauses_grow(clock: Clock, outside: Outside, going: Going, bluesky: Channel) -> None:
    outside.faults.extend(["not_sent"] * 4)
    delivery = going("Hei", bluesky)
    pauses = []
    for _round in range(4):
        deliver_due()
        delivery.refresh_from_db()
        assert delivery.next_try is not None
        pauses.append(delivery.next_try - clock.seconds)
        clock.advance(pauses[-1])
    assert pauses == [15, 60, 300, 900]


def test_a_server_that_asks_us_to_wait_is_given_the_time(
    clock: Clock, outside: Outside, going: Going, mastodon: Channel
) -> None:
    from samspill.networks.http import Answer

    delivery = going("Hei", mastodon)
    reach = outside.reach
    outside.reach = lambda sent, limit: (  # type: ignore[method-assign]
        Answer(429, {"retry-after": "600"}, b"{}") if sent.method == "POST" else reach(sent, limit)
    )
    deliver_due()
    outside.reach = reach  # type: ignore[method-assign]
    clock.advance(599)
    assert deliver_due() is None
    clock.advance(1)
    deliver_due()
    delivery.refresh_from_db()
    assert delivery.state == State.PUBLISHED


def test_six_sendings_without_an_answer_are_enough(
    clock: Clock, outside: Outside, going: Going, channel: Channel
) -> None:
    outside.faults.extend(["cut_before"] * 10)
    delivery = run(clock, going("Hei", channel))
    assert delivery.state == State.NEEDS_HUMAN
    assert len(outside.publishing) == PACE.rounds == 6


def test_the_sixth_sending_still_counts(
    clock: Clock, outside: Outside, going: Going, channel: Channel
) -> None:
    outside.faults.extend(["cut_before"] * 5)
    assert run(clock, going("Hei", channel)).state == State.PUBLISHED


def test_a_look_up_that_fails_is_repeated_for_a_day(
    clock: Clock, outside: Outside, going: Going, mastodon: Channel
) -> None:
    outside.faults.append("cut_after")
    outside.look_ups.extend(["503"] * 1000)
    delivery = run(clock, going("Hei", mastodon), hours=23)
    assert delivery.state == State.UNCERTAIN
    run(clock, delivery, hours=2)
    assert delivery.state == State.NEEDS_HUMAN
    assert outside.texts() == ["Hei"]


def test_six_hours_late_still_goes_out(
    clock: Clock, outside: Outside, going: Going, channel: Channel
) -> None:
    delivery = going("Hei", channel)
    clock.advance(6 * 3600)
    assert run(clock, delivery).state == State.PUBLISHED


def test_later_than_six_hours_a_person_is_asked(
    clock: Clock, outside: Outside, going: Going, channel: Channel
) -> None:
    delivery = going("Hei", channel)
    clock.advance(6 * 3600 + 1)
    assert run(clock, delivery).state == State.NEEDS_HUMAN
    assert outside.publishing == []


def test_waits_while_the_channel_must_be_connected_again(
    clock: Clock, outside: Outside, going: Going, channel: Channel
) -> None:
    delivery = going("Hei", channel)
    Channel.objects.update(state=Channel.State.RECONNECT)
    for _round in range(3):
        deliver_due()
        clock.advance(60)
    delivery.refresh_from_db()
    assert delivery.state == State.SCHEDULED
    assert "connected again" in delivery.last_error
    assert outside.publishing == []
    Channel.objects.update(state=Channel.State.WORKING)
    assert run(clock, delivery).state == State.PUBLISHED


def test_a_revoked_token_sends_nothing_and_asks_for_a_reconnect(
    clock: Clock, outside: Outside, going: Going, mastodon: Channel
) -> None:
    delivery = going("Hei", mastodon)
    outside.server.tokens.clear()
    deliver_due()
    delivery.refresh_from_db()
    mastodon.refresh_from_db()
    assert delivery.state == State.SCHEDULED
    assert delivery.first_sent_at is None
    assert mastodon.state == Channel.State.RECONNECT


def test_a_closed_channel_asks_a_person(
    clock: Clock, outside: Outside, going: Going, channel: Channel
) -> None:
    delivery = going("Hei", channel)
    Channel.objects.update(closed_at=delivery.due_at)
    deliver_due()
    delivery.refresh_from_db()
    assert delivery.state == State.NEEDS_HUMAN
    assert outside.publishing == []


def test_lost_credentials_ask_for_a_reconnect(
    clock: Clock, outside: Outside, going: Going, bluesky: Channel
) -> None:
    delivery = going("Hei", bluesky)
    Channel.objects.update(secrets="nonsense")
    deliver_due()
    bluesky.refresh_from_db()
    assert bluesky.state == Channel.State.RECONNECT
    delivery.refresh_from_db()
    assert delivery.state == State.SCHEDULED


def test_a_channel_that_answers_again_works(
    clock: Clock, outside: Outside, going: Going, channel: Channel
) -> None:
    outside.faults.append("not_sent")
    delivery = going("Hei", channel)
    deliver_due()
    channel.refresh_from_db()
    assert channel.state == Channel.State.FAILING
    run(clock, delivery)
    channel.refresh_from_db()
    assert channel.state == Channel.State.WORKING


def test_an_attempt_stays_as_it_was_written(
    clock: Clock, outside: Outside, going: Going, bluesky: Channel
) -> None:
    run(clock, going("Hei", bluesky))
    with pytest.raises(DatabaseError), connection.cursor() as cursor:
        cursor.execute("UPDATE publishing_attempt SET answer = ''")


def test_an_attempt_is_not_removed(clock: Clock, outside: Outside, going: Going, bluesky: Channel) -> None:
    run(clock, going("Hei", bluesky))
    with pytest.raises(DatabaseError), connection.cursor() as cursor:
        cursor.execute("DELETE FROM publishing_attempt")
    assert not connection.needs_rollback


def test_a_round_on_a_claimed_row_can_be_asked_for(
    clock: Clock, outside: Outside, going: Going, bluesky: Channel
) -> None:
    going("Hei", bluesky)
    delivery = due.claim(Delivery.objects.due())
    assert delivery is not None
    deliver(delivery)
    assert delivery.state == State.PUBLISHED
    assert Attempt.objects.filter(delivery=delivery).count() == 2
