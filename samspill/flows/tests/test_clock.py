from __future__ import annotations

import os
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import OperationalError

from samspill.conversations.models import Conversation
from samspill.flows.clock import (
    STREAMS,
    Clock,
    Every,
    beat,
    channels,
    clocks,
    deliveries,
    is_alive,
    keep_house,
)
from samspill.flows.tests.conftest import NOW
from samspill.networks.models import ChannelWork


def test_fault_is_written_down_and_the_clock_goes_on(caplog):
    done = []

    def job() -> bool:
        done.append(1)
        if len(done) == 1:
            raise ValueError("our own mistake")
        return False

    clock = Clock("trial", [job])
    clock.stop()  # so that it does not rest after the fault
    assert clock.turn() is False
    assert "our own mistake" in caplog.text
    assert not is_alive("trial")
    clock.turn()
    assert len(done) == 2
    assert is_alive("trial")


def test_full_disk_is_said_in_a_sentence(caplog):
    def job() -> bool:
        raise OperationalError("database or disk is full")

    clock = Clock("trial", [job])
    clock.stop()
    clock.turn()
    assert "The disk is full." in caplog.text
    assert "Traceback" not in caplog.text


def test_clock_runs_until_it_is_stopped():
    turns = []

    def job() -> bool:
        turns.append(1)
        if len(turns) == 5:
            clock.stop()
        return True

    clock = Clock("trial", [job], threads=1)
    clock.run()
    assert len(turns) == 5


def test_every_has_its_turn_once_in_a_while():
    done: list[int] = []
    job = Every(0.05, lambda: done.append(1))
    assert job()
    assert not job()
    time.sleep(0.06)
    assert job()
    assert len(done) == 2


@pytest.mark.parametrize(("seconds", "alive"), [(0, True), (59, True), (61, False), (-61, False)])
def test_clock_is_late_after_a_minute(seconds, alive):
    beat("trial")
    mark = Path(settings.DATA_DIR) / "pulse" / "trial"
    then = time.time() - seconds
    os.utime(mark, (then, then))
    assert is_alive("trial") is alive


@pytest.mark.django_db
def test_health_is_ok_only_when_every_clock_beats(client):
    assert client.get("/health").status_code == 503
    for name in clocks():
        beat(name)
    assert client.get("/health").status_code == 503
    beat(STREAMS)
    answer = client.get("/health")
    assert (answer.status_code, answer.content) == (200, b"ok\n")
    assert client.post("/health").status_code == 405


@pytest.mark.django_db
def test_quiet_clocks_have_nothing_to_do():
    assert deliveries() is False
    assert channels() is False


@pytest.mark.django_db
def test_house_is_kept(channel):
    talk = Conversation.objects.create(
        workspace=channel.workspace,
        channel=channel,
        root_id="t",
        state="open",
        waiting_since=NOW,
        answer_by=NOW,
    )
    keep_house()
    assert ChannelWork.objects.filter(channel=channel).count() == 3
    talk.refresh_from_db()
    assert talk.answer_by == NOW + timedelta(hours=24)
