"""The networks of the publishing tests: stand-ins at the transport, with faults and with late requests."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from datetime import datetime
from urllib.parse import urlsplit

from django.db import connection

from samspill.networks import http
from samspill.networks.bluesky.tests import pds
from samspill.networks.errors import TryLater
from samspill.networks.http import Answer, Request
from samspill.networks.mastodon.tests import server

PUBLISHING = ("/xrpc/com.atproto.repo.putRecord", "/api/v1/statuses")
FAULTS = ("not_sent", "cut_before", "cut_after", "zombie", "twice", "503", "502_after")


class Outside:
    """Call it as a transport. `faults` says, one by one, what befalls the next requests that publish."""

    def __init__(self) -> None:
        self.pds, self.server = pds.Pds(), server.Server()
        self.faults: deque[str] = deque()
        self.look_ups: deque[str] = deque()  # the same for the requests that look something up
        self.late: list[tuple[Request, int]] = []  # still on their way though we gave up on them
        self.publishing: list[Request] = []
        self.during: Callable[[], None] = lambda: None
        self.true_time: Callable[[], datetime] | None = None  # the server's clock, where ours is wrong

    def __call__(self, sent: Request, limit: int, seconds: float) -> Answer:
        assert not _in_transaction(), "a request inside a transaction"
        path = urlsplit(sent.url).path
        if sent.method == "POST" and path in PUBLISHING:
            self.publishing.append(sent)
            self.during()
            return self.befall(self.faults.popleft() if self.faults else "", sent, limit)
        looks_up = path.endswith(("getRecord", "/statuses"))
        return self.befall(self.look_ups.popleft() if self.look_ups and looks_up else "", sent, limit)

    def befall(self, fault: str, sent: Request, limit: int) -> Answer:
        if fault == "not_sent":
            raise TryLater("The server does not answer.")
        if fault == "zombie":
            self.late.append((sent, limit))
        if fault in ("cut_before", "zombie"):
            raise http.NoAnswer("The server took too long to answer.")
        if fault == "503":
            return Answer(503, {}, b"busy")
        if fault.isdigit():
            return Answer(int(fault), {}, b'{"error": "InvalidRequest", "message": "No."}')
        answer = self.reach(sent, limit)
        if fault == "twice":
            self.reach(sent, limit)
        if fault == "cut_after":
            raise http.NoAnswer("The server broke off without an answer.")
        return Answer(502, {}, b"bad gateway") if fault == "502_after" else answer

    def reach(self, sent: Request, limit: int) -> Answer:
        there = self.pds if urlsplit(sent.url).netloc == "pds.example" else self.server
        known = set(self.server.statuses)
        answer = there(sent, limit, 60)
        for status in self.server.statuses.keys() - known:
            if self.true_time:
                self.server.statuses[status]["created_at"] = self.true_time().isoformat()
        return answer

    def arrive(self) -> None:
        """What was still on its way arrives."""
        while self.late:
            self.reach(*self.late.pop(0))

    def texts(self) -> list[str]:
        """Everything that is out, on both."""
        return [record["text"] for record in self.pds.records.values()] + list(self.server.sources.values())


def _in_transaction() -> bool:
    """In one of ours: the test's own does not count."""
    return any(not getattr(block, "_from_testcase") for block in connection.atomic_blocks)  # noqa: B009
