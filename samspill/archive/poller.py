"""Ask a source again and again for what is new, always from where one had got to.

A thread of its own for each stream, like a reader. What a question brings and its cursor are kept together,
so nothing is skipped, whatever happens between two of them.
"""

from __future__ import annotations

import logging
import threading
import time
from datetime import UTC, datetime

from django.utils.translation import gettext_noop

from samspill.archive.arrivals import Arrived, Basket
from samspill.archive.fetch import Fetch
from samspill.archive.pace import Pace
from samspill.networks.errors import NetworkError, Reconnect, TryLater

log = logging.getLogger(__name__)


class Poller:
    """One source. `cursor` is what it had got to; `stopped` says in a sentence why it is asked no more."""

    def __init__(self, key: str, fetch: Fetch, cursor: str, basket: Basket, pace: Pace) -> None:
        self.key, self.fetch, self.cursor = key, fetch, cursor
        self.basket, self.pace = basket, pace
        self.at = self.fails = 0
        self.error = self.stopped = ""
        self.connected = self.idle = False
        self.stopping = threading.Event()

    def run(self) -> None:
        wait = 0.0
        while not self.stopping.is_set():
            try:
                wait = self._turn()
            except Reconnect as error:
                self.connected, self.error, self.stopped = False, str(error), str(error)
                log.warning("Stream %s is asked no more: %s", self.key, error)
                self.stopping.wait()
            except NetworkError as error:
                wait = self._failed(str(error), error)
                log.info("Stream %s: %s", self.key, error)
            except Exception:  # whatever it is, it is written down, and the stream goes on
                wait = self._failed(gettext_noop("An unexpected fault; it is in the log."))
                log.exception("Stream %s: a fault.", self.key)
            self.stopping.wait(wait)

    def stop(self) -> None:
        self.stopping.set()

    def _turn(self) -> float:
        """One question; how many seconds to wait before the next."""
        found = self.fetch(self.cursor)
        now = time.time_ns() // 1000
        if found.cursor != self.cursor:
            arrived = Arrived(self.key, found.events, found.cursor, now, frames=len(found.events))
            if not self.basket.put(arrived, self.stopping):
                return 0.0
        self.cursor, self.at = found.cursor, now
        self.connected, self.idle, self.error, self.fails = True, not found.more, "", 0
        return max(found.wait, self.pace.next_page if found.more else self.pace.poll)

    def _failed(self, said: str, error: Exception | None = None) -> float:
        self.fails += 1
        self.connected, self.error = False, said
        wait = max(self.pace.pause(self.fails), self.pace.pauses[0])
        if isinstance(error, TryLater) and error.retry_at:
            wait = max(wait, (error.retry_at - datetime.now(UTC)).total_seconds())
        return wait
