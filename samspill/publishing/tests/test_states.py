"""Whatever happens in whatever order: never doubled, never lost, never silent."""

from __future__ import annotations

import itertools
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from conftest import Cast
from samspill.lib import due
from samspill.networks.models import Channel
from samspill.publishing import crash, decide
from samspill.publishing.deliver import deliver_due
from samspill.publishing.models import Delivery, Draft
from samspill.publishing.schedule import schedule
from samspill.publishing.tests.clock import START, Clock
from samspill.publishing.tests.outside import FAULTS, Outside
from samspill.publishing.tests.rounds import SETTLE, Killed

State = Delivery.State


@dataclass
class World:
    cast: Cast
    clock: Clock
    outside: Outside
    drafted: Callable[..., Draft]
    channels: list[Channel]


class Publishing(RuleBasedStateMachine):
    """What people, the machine and the world do, in any order; `world` is given by the test."""

    world: World

    def __init__(self) -> None:
        super().__init__()
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        self.savepoint._from_testcase = True  # type: ignore[attr-defined]
        self.clock, self.outside = self.world.clock, self.world.outside
        self.deliveries: list[Delivery] = []
        self.by_hand: set[int] = set()
        self.names = itertools.count(1)
        self.skew = 0.0  # how wrong the wall clock is
        self.time = 0.0
        self.deadlines: list[float] = []  # by when each late request has arrived
        self.outside.__init__()  # type: ignore[misc]
        self.outside.true_time = lambda: START + timedelta(seconds=self.time)
        Channel.objects.update(state=Channel.State.WORKING)

    # ---------- what people do ----------

    @rule(which=st.sampled_from([0, 1]), wait=st.sampled_from([0, 30, 600]))
    def schedule(self, which: int, wait: int) -> None:
        draft = self.world.drafted(f"post {next(self.names)}", self.world.channels[which])
        delivery = schedule(draft, by=self.world.cast.bob, when=None, request_id=uuid.uuid4())[0]
        if wait:
            later = delivery.due_at + timedelta(seconds=wait)
            Delivery.objects.filter(pk=delivery.pk).update(due_at=later)
        self.deliveries.append(delivery)

    @precondition(lambda self: self.deliveries)
    @rule(which=st.integers(0, 50), deed=st.sampled_from(["cancel", "resend", "confirm"]))
    def decide(self, which: int, deed: str) -> None:
        delivery = self.deliveries[which % len(self.deliveries)]
        delivery.refresh_from_db()
        try:
            if deed == "confirm":
                decide.confirm(delivery, by=self.world.cast.bob, url="https://example.org/post")
                self.by_hand.add(delivery.pk)
            else:
                getattr(decide, deed)(delivery, by=self.world.cast.bob)
        except ValidationError:
            return

    # ---------- what the machine does ----------

    @rule(fault=st.sampled_from(["", "", *FAULTS]), point=st.sampled_from(["", "", *crash.POINTS]))
    def work(self, fault: str, point: str) -> None:
        self.outside.faults.append(fault)
        late = len(self.outside.late)
        crash.reached = self.killer(point)
        try:
            deliver_due()
        except Killed:
            pass
        finally:
            crash.reached = lambda name: None
            self.outside.faults.clear()
        self.deadlines += [self.time + SETTLE - 1] * (len(self.outside.late) - late)

    def killer(self, point: str) -> Any:
        def kill(name: str) -> None:
            if name == point:
                raise Killed

        return kill

    @rule()
    def die_with_a_claim(self) -> None:
        due.claim(Delivery.objects.due())

    @rule()
    def boot(self) -> None:
        self.clock.boot()

    # ---------- what the world does ----------

    @rule(seconds=st.sampled_from([1, 20, 74, 75, 130, 900, 4000]))
    def wait(self, seconds: float) -> None:
        until = self.time + seconds
        while self.deadlines and self.deadlines[0] <= until:
            self.pass_time(max(0.0, self.deadlines[0] - self.time))
            self.arrive()
        self.pass_time(until - self.time)

    def pass_time(self, seconds: float) -> None:
        self.time += seconds
        self.clock.advance(seconds)

    @rule()
    def arrive(self) -> None:
        self.outside.arrive()
        self.deadlines.clear()

    @rule(seconds=st.sampled_from([-3600, -5, 5, 3600]))
    def set_wall(self, seconds: float) -> None:
        if abs(self.skew + seconds) <= 3700:
            self.skew += seconds
            self.clock.set_wall(seconds)

    # ---------- what must always hold ----------

    @invariant()
    def never_doubled_never_invented(self) -> None:
        texts = self.outside.texts()
        for delivery in self.deliveries:
            delivery.refresh_from_db()
            out = texts.count(delivery.version.text)
            assert out <= delivery.generation, f"{delivery.version.text} is out {out} times"
            if delivery.state == State.PUBLISHED and delivery.pk not in self.by_hand:
                assert out >= 1, f"{delivery.version.text} is said to be out"
            if delivery.first_sent_at is None and delivery.generation == 1:
                assert out == 0, f"{delivery.version.text} is out, and nobody knows it"

    @invariant()
    def never_silent(self) -> None:
        for delivery in self.deliveries:
            if delivery.state in (State.UNCERTAIN, State.FAILED, State.NEEDS_HUMAN):
                assert delivery.last_error

    def teardown(self) -> None:
        """Left alone with a network that works, everything comes to an end."""
        self.clock.set_wall(-self.skew)
        for _round in range(400):
            if deliver_due() is None:
                self.wait(300)
            if not Delivery.objects.filter(state__in=Delivery.OPEN).exists():
                break
        try:
            assert not Delivery.objects.filter(state__in=Delivery.OPEN).exists()
            self.never_doubled_never_invented()
        finally:
            transaction.set_rollback(True)
            self.savepoint.__exit__(None, None, None)


@pytest.mark.filterwarnings("ignore::hypothesis.errors.NonInteractiveExampleWarning")
def test_any_order_of_events(
    cast: Cast, clock: Clock, outside: Outside, drafted: Any, bluesky: Channel, mastodon: Channel
) -> None:
    world = World(cast, clock, outside, drafted, [bluesky, mastodon])
    run_state_machine_as_test(
        type("Here", (Publishing,), {"world": world}),
        settings=settings(
            max_examples=25,
            stateful_step_count=30,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
