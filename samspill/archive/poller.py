"""Ask a server again and again for what is new under a hashtag, always from where one had got to.

A thread of its own for each stream, like a reader. A page and its cursor are kept together, so nothing is
skipped, whatever happens between two pages.
"""

from __future__ import annotations

import logging
import threading
import time
from datetime import UTC, datetime

from django.utils.translation import gettext_noop

from samspill.archive.arrivals import Arrived, Basket
from samspill.archive.mastodon import post
from samspill.archive.pace import Pace
from samspill.networks.errors import NetworkError, TryLater
from samspill.networks.mastodon import tag as tags

log = logging.getLogger(__name__)
LONGEST_WAIT = 3600.0  # seconds that a server may ask us to wait


class Poller:
    """One hashtag on one server. `cursor` is the server's own id of the last status that was read."""

    def __init__(self, key: str, server: str, tag: str, cursor: str, basket: Basket, pace: Pace) -> None:
        self.key, self.server, self.tag, self.cursor = key, server, tag, cursor
        self.basket, self.pace = basket, pace
        self.at = self.fails = 0
        self.error = ""
        self.connected = self.idle = False
        self.stopping = threading.Event()

    def run(self) -> None:
        while not self.stopping.is_set():
            try:
                wait = self._turn()
            except NetworkError as error:
                wait = self._failed(str(error), error)
                log.info("Stream %s, %s: %s", self.key, self.server, error)
            except Exception:  # whatever it is, it is written down, and the stream goes on
                wait = self._failed(gettext_noop("An unexpected fault; it is in the log."))
                log.exception("Stream %s, %s: a fault.", self.key, self.server)
            self.stopping.wait(wait)

    def stop(self) -> None:
        self.stopping.set()

    def _turn(self) -> float:
        """One page; how many seconds to wait before the next."""
        statuses, last = tags.page(self.server, self.tag, self.cursor)
        now = time.time_ns() // 1000
        posts = [post(status) for status in statuses]
        is_all = last == self.cursor
        if not is_all:
            arrived = Arrived(self.key, posts, last, now, frames=len(posts))
            if not self.basket.put(arrived, self.stopping):
                return 0.0
        was_new, self.cursor, self.at = not self.cursor, last, now
        self.connected, self.idle, self.error, self.fails = True, is_all or was_new, "", 0
        return self.pace.poll if self.idle else self.pace.next_page

    def _failed(self, said: str, error: Exception | None = None) -> float:
        self.fails += 1
        self.connected, self.error = False, said
        wait = max(self.pace.pause(self.fails), self.pace.pauses[0])
        if isinstance(error, TryLater) and error.retry_at:
            wait = max(wait, (error.retry_at - datetime.now(UTC)).total_seconds())
        return min(wait, LONGEST_WAIT)
