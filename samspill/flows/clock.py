"""What is due now? Who does it? Everything that happens when nobody clicks is begun here."""

from __future__ import annotations

import logging
import random
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from samspill.accounts.models import Workspace
from samspill.archive.open import store
from samspill.archive.store import TooSlow, Unavailable
from samspill.conversations.models import Conversation
from samspill.conversations.reply import confirm
from samspill.flows.folder import sentence
from samspill.flows.incoming import attend_due, due_work, plan_work
from samspill.flows.outgoing import outgoing
from samspill.listening.spikes import notice
from samspill.listening.tell import alert, digest
from samspill.publishing.models import Delivery
from samspill.publishing.schedule import follow_zone_rules

log = logging.getLogger(__name__)
Job = Callable[[], bool]  # True: there was something to do, so ask again at once

ALIVE = timedelta(minutes=1)  # a clock that has done nothing for longer is late
LISTENS = 300.0  # seconds between two looks at what the watches hear
AFTER_A_FAULT = 5.0  # seconds
STREAMS = "streams"  # the process for streams is no clock, and beats like one


def deliveries() -> bool:
    """What goes out, and answers that have got there."""
    worked = Delivery.objects.due().exists() and outgoing()
    return bool(confirm()) or worked


def channels() -> bool:
    """What is asked of the channels."""
    return due_work(timezone.now()).exists() and attend_due()


def keep_house() -> None:
    """Small things that follow from what people changed, once a minute."""
    plan_work()
    for workspace in Workspace.objects.all():
        Conversation.objects.follow_promise(workspace)


def listen() -> None:
    """What the watches hear: told when it is clearly more than usual, and summed up in the morning."""
    now = timezone.now()
    try:
        notice(store(), now)
        alert(now)
        digest(store(), now)
    except (Unavailable, TooSlow) as error:
        log.error("The watches could not be asked, and are again: %s", error)


def sweep() -> None:
    """Once a day."""
    follow_zone_rules()
    call_command("clearsessions")


class Every:
    """A job that has its turn once in so many seconds of a clock nobody can set."""

    def __init__(self, seconds: float, job: Callable[[], object]) -> None:
        self.seconds, self.job = seconds, job
        self.last: float | None = None
        self.lock = threading.Lock()

    def __call__(self) -> bool:
        with self.lock:
            if self.last is not None and time.monotonic() - self.last < self.seconds:
                return False
            self.last = time.monotonic()
        self.job()
        return True


@dataclass
class Clock:
    """Some threads that take turns at the jobs until they are told to stop."""

    name: str
    jobs: Sequence[Job]
    threads: int = 2
    pause: float = 1.0  # seconds between looks when nothing is due
    stopping: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        """Go on until `stop`; then let what has begun come to its end."""
        workers = [threading.Thread(target=self._work, daemon=True) for _each in range(self.threads)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()

    def stop(self) -> None:
        self.stopping.set()

    def _work(self) -> None:
        while not self.stopping.is_set():
            if not self.turn():
                self.stopping.wait(self.pause * random.uniform(0.8, 1.2))  # noqa: S311 - to spread
        connection.close()

    def turn(self) -> bool:
        """Each job once; whether any had something to do."""
        try:
            worked = [job() for job in self.jobs]
            beat(self.name)
        except Exception as error:  # the one place: whatever it is, it is written down, and the clock goes on
            if known := sentence(error):
                log.error("%s", known)
            else:
                log.exception("The clock for %s met a fault and goes on.", self.name)
            connection.close()
            self.stopping.wait(AFTER_A_FAULT)
            return False
        return any(worked)


def clocks() -> dict[str, Clock]:
    """Two, so that a slow server on one side never holds up what goes out."""
    house = [Every(60, keep_house), Every(LISTENS, listen), Every(86_400, sweep)]
    return {
        "deliveries": Clock("deliveries", [deliveries]),
        "channels": Clock("channels", [*house, channels], threads=3, pause=2.0),
    }


def _pulse(name: str) -> Path:
    return Path(settings.DATA_DIR) / "pulse" / name


def beat(name: str) -> None:
    """Leave a mark that the clock has had a turn, every few seconds."""
    path = _pulse(name)
    try:
        if abs(time.time() - path.stat().st_mtime) < 5:
            return
    except FileNotFoundError:
        path.parent.mkdir(mode=0o700, exist_ok=True)
    path.touch()


def is_alive(name: str) -> bool:
    """Has the clock had a turn in the last minute?"""
    try:
        return abs(time.time() - _pulse(name).stat().st_mtime) < ALIVE.total_seconds()
    except FileNotFoundError:
        return False


def late() -> list[str]:
    """The clocks that have not had a turn for a minute, and the process for streams if it has not."""
    return [name for name in (*clocks(), STREAMS) if not is_alive(name)]
