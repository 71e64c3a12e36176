"""Everything that is said on Bluesky, as a server streams it, from a place one has got to.

Jetstream's version 1 counts in microseconds (`/subscribe`), its version 2 in events of its own
(`subscribeEvents`); a server without Jetstream has the network's own stream (`subscribeRepos`), which counts
events, too. Which of them a server speaks is found out at the first visit.
"""

from __future__ import annotations

import time
from types import TracebackType
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _
from msgspec import Struct

from samspill.networks import http
from samspill.networks.bluesky import frames, repos
from samspill.networks.bluesky.frames import Frame
from samspill.networks.errors import Blocked, NetworkError
from samspill.networks.websocket import NotOpened, WebSocket, open_socket

# The official ones, in the order in which they are tried (github.com/bluesky-social/jetstream).
HOSTS = (
    "wss://jetstream1.us-east.bsky.network",
    "wss://jetstream2.us-east.bsky.network",
    "wss://jetstream1.us-west.bsky.network",
    "wss://jetstream2.us-west.bsky.network",
)
V1, V2 = "/subscribe", "/xrpc/network.bsky.jetstream.subscribeEvents"
OWN = 3  # in place of a version of Jetstream's: the network's own stream
UNKNOWN = (0, 404, 405, 426, 501)  # what a server answers that does not know a version; 0: nothing


class TooOld(NetworkError):
    """The server no longer has what came at the place that was asked for."""


class Place(Struct, frozen=True, order=True):
    """Where one is. `at`: microseconds since 1970 UTC; `seq` (version 2) counts on `host` alone."""

    at: int = 0
    seq: int = 0
    host: str = ""

    def written(self) -> str:
        return f"{self.at} {self.seq} {self.host}" if self.seq else str(self.at)

    @classmethod
    def read(cls, text: str) -> Place:
        """What `written` wrote; '' is the beginning."""
        at, seq, host = (*text.split(), "", "", "")[:3]
        return cls(int(at or 0), int(seq or 0), host)


class Jetstream:
    """One server, by its address (wss://host), and the version it was found to speak."""

    def __init__(self, host: str) -> None:
        self.host = host
        self.version = 0
        self.known = (0, 0)  # of the network's own stream an event's number and time

    def open(self, place: Place, rewind: int = 0) -> Stream:
        """Stream from `rewind` microseconds before a place; from now on where it is the beginning.

        Raises TooOld, TryLater, Blocked, or NotOpened when the server answers otherwise.
        """
        ways = {2: self._open_v2, 1: self._open_v1, OWN: self._open_own}
        for version in [self.version] if self.version else ways:
            try:
                stream = ways[version](place, rewind)
            except NotOpened as error:
                refused = error
                if error.status not in UNKNOWN:
                    raise
            else:
                self.version = version
                return stream
        raise refused

    def _open_v1(self, place: Place, rewind: int) -> Stream:
        asked = [("wantedCollections", each) for each in frames.COLLECTIONS]
        asked += [("cursor", str(max(1, place.at - rewind)))] if place.at else []
        return Stream(open_socket(f"{self.host}{V1}?{urlencode(asked)}"), self, exact=False)

    def _open_own(self, place: Place, rewind: int) -> Stream:
        """Its cursor is the last event that one has; a place is asked for again, as one commit is several."""
        exact = bool(place.seq) and place.host == self.host
        asked = ""
        if exact:
            asked = f"?cursor={place.seq - 1}"
        elif place.at:
            asked = f"?cursor={self._number_before(place.at - rewind)}"
        return OwnStream(open_socket(f"{self.host}{repos.PATH}{asked}"), self, exact=exact)

    def _number_before(self, at: int) -> int:
        """Where a time stands among the numbers of the network's own stream."""

        def ask(number: int) -> tuple[int, int] | None:
            found = repos.first_event(open_socket(f"{self.host}{repos.PATH}?cursor={number}"))
            if found is not None and found[1] < at:
                self.known = max(self.known, found)
            return found

        return repos.number_before(at, ask, self.known)

    def _open_v2(self, place: Place, rewind: int) -> Stream:
        asked = [("kinds", kind) for kind in frames.KINDS]
        asked += [("collections", each) for each in frames.COLLECTIONS]
        exact = bool(place.seq) and place.host == self.host
        if exact:
            asked.append(("cursor", str(place.seq)))
        elif place.at:
            asked.append(("cursor", str(max(10**15, place.at - rewind))))
        try:
            socket = open_socket(f"{self.host}{V2}?{urlencode(asked)}", subprotocols=["xrpc.v1.json"])
        except NotOpened as error:
            if "CursorTooOld" in error.body:
                raise TooOld(_("The server no longer has what came while we were away.")) from error
            raise
        return Stream(socket, self, exact=exact)


class Stream:
    """An open stream. `exact`: it begins at the very event that was asked for."""

    def __init__(self, socket: WebSocket, server: Jetstream, *, exact: bool) -> None:
        self.socket, self.server, self.exact = socket, server, exact

    def __enter__(self) -> Stream:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.socket.close()

    def read(self, seconds: float) -> list[bytes]:
        """The frames that have come, as they are, waiting up to `seconds` for the first. Raises Ended."""
        return self.socket.read(seconds)

    def decode(self, raw: bytes) -> Frame | None:
        """See frames.decode and frames.decode_v2."""
        return frames.decode(raw) if self.server.version == 1 else frames.decode_v2(raw)

    def place(self, frame: Frame) -> Place:
        """Where one is once the frame is kept."""
        return Place(frame.time_us, frame.seq, self.server.host if frame.seq else "")


class OwnStream(Stream):
    """The network's own, as if it were Jetstream's second version."""

    def read(self, seconds: float) -> list[bytes]:
        """Of what has come, what is of concern; much is not."""
        until = time.monotonic() + seconds
        while True:
            raws = self.socket.read(max(0.0, until - time.monotonic()))
            if told := [frame for raw in raws for frame in repos.translate(raw)]:
                return told
            if time.monotonic() >= until:
                return []


def address(typed: str) -> str:
    """`wss://host` for what a person typed as a server; ws:// only where the operator allows it.

    Raises Blocked with a sentence.
    """
    text = typed.strip()
    for socket_like, web_like in (("wss://", "https://"), ("ws://", "http://")):
        if text.lower().startswith(socket_like):
            text = web_like + text[len(socket_like) :]
    place = http.server_address(text)
    if "." not in place and ":" not in place.partition("://")[2]:
        raise Blocked(_("This is not a web address."))  # a word; a host of one's own is named with its port
    return "ws" + place.removeprefix("http")
