"""A web socket to a public server, over a connection that the guarded client has made and checked.

Nothing is read ahead of who reads: who stops reading makes the server wait.
"""

from __future__ import annotations

import logging
import select
import socket
import ssl
import time
from collections.abc import Sequence
from contextlib import suppress
from types import TracebackType
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from websockets.client import ClientProtocol
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidStatus, WebSocketException
from websockets.frames import Frame, Opcode
from websockets.typing import Subprotocol
from websockets.uri import parse_uri

from samspill.networks import http
from samspill.networks.errors import NetworkError, Refused, TryLater

quiet = logging.getLogger(f"{__name__}.frames")
quiet.setLevel(logging.INFO)  # each frame is a line otherwise
LARGEST = 16 * 2**20  # bytes of a frame; the server is left when it sends a larger one
AT_ONCE = 2**18  # bytes read in one go
PING = 20.0  # seconds between our questions whether anyone is there
DEAD = 60.0  # seconds without a sign of life
ANSWER = 2**14  # bytes of a refusal that are read


class Ended(NetworkError):
    """The server has closed the connection, or broken it off, or gives no sign of life."""


class NotOpened(Refused):
    """The server answered the request for a web socket with something else: `status` and `body`."""

    def __init__(self, status: int, body: str) -> None:
        super().__init__(_("The server does not open a stream here."), status=status)
        self.body = body


class WebSocket:
    """An open connection. `read` gives what has come; both ends answer pings by themselves."""

    def __init__(self, line: socket.socket, talk: ClientProtocol) -> None:
        self.line, self.talk = line, talk
        self.begun: list[bytes] = []  # the parts of a frame that came in several
        self.alive_at = self.pinged_at = time.monotonic()

    def __enter__(self) -> WebSocket:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def read(self, seconds: float) -> list[bytes]:
        """The frames that have come; waits up to `seconds` for the first, then gives []. Raises Ended."""
        self._ping()
        if self.talk.events and (early := self._take()):  # it came with the answer to our request
            return early
        if not self._ready(seconds):
            return []
        try:
            data = self.line.recv(AT_ONCE)
        except ssl.SSLWantReadError:
            return []
        except OSError as error:
            raise Ended(_("The server broke the connection off.")) from error
        frames = self._take(data)
        if not frames and (not data or self.talk.close_rcvd or self.talk.parser_exc):
            raise Ended(self._why())
        return frames

    def close(self) -> None:
        """Say good-bye, without waiting for an answer."""
        with suppress(WebSocketException, OSError):
            self.talk.send_close(1000)
            self._send()
        self.line.close()

    def _ready(self, seconds: float) -> bool:
        if isinstance(self.line, ssl.SSLSocket) and self.line.pending():
            return True
        return bool(select.select([self.line], [], [], seconds)[0])

    def _take(self, data: bytes | None = None) -> list[bytes]:
        """The frames in what has come; what must be answered is answered."""
        try:
            if data is not None:
                self.talk.receive_data(data) if data else self.talk.receive_eof()
            frames = self._frames(self.talk.events_received())
            self._send()
        except (WebSocketException, OSError) as error:
            raise Ended(_("The server broke the connection off.")) from error
        return frames

    def _frames(self, events: Sequence[Any]) -> list[bytes]:
        frames: list[bytes] = []
        for event in events:
            if not isinstance(event, Frame):
                continue
            self.alive_at = time.monotonic()
            if event.opcode in (Opcode.TEXT, Opcode.BINARY, Opcode.CONT):
                self.begun.append(bytes(event.data))
                if event.fin:
                    frames.append(self.begun[0] if len(self.begun) == 1 else b"".join(self.begun))
                    self.begun = []
        return frames

    def _ping(self) -> None:
        now = time.monotonic()
        if now - self.pinged_at < PING:
            return
        if now - self.alive_at > DEAD and now - self.pinged_at < 2 * PING:  # else it was us who did not read
            raise Ended(_("The server gives no sign of life."))
        self.pinged_at = now
        try:
            self.talk.send_ping(b"")
            self._send()
        except (ConnectionClosed, OSError, WebSocketException) as error:
            raise Ended(self._why()) from error

    def _send(self) -> None:
        for data in self.talk.data_to_send():
            if data:
                self.line.sendall(data)

    def _why(self) -> Any:
        said = self.talk.close_rcvd.reason if self.talk.close_rcvd else ""
        return said[:200] or _("The server closed the connection.")


def open_socket(url: str, *, subprotocols: Sequence[str] = ()) -> WebSocket:
    """Open a web socket at a wss:// (or, where the operator allows the host, ws://) address.

    Raises TryLater (Blocked) when no connection came about, NotOpened when the server answers otherwise.
    """
    plain = url.replace("wss://", "https://", 1).replace("ws://", "http://", 1)
    line = http.dial(plain)
    try:
        line.settimeout(http.CONNECT)
        names = [Subprotocol(name) for name in subprotocols]
        talk = ClientProtocol(parse_uri(url), subprotocols=names or None, max_size=LARGEST, logger=quiet)
        _shake_hands(line, talk)
        return WebSocket(line, talk)
    except BaseException:
        line.close()
        raise


def _shake_hands(line: socket.socket, talk: ClientProtocol) -> None:
    asked = talk.connect()
    asked.headers["User-Agent"] = f"Samspill/{settings.VERSION}"
    talk.send_request(asked)
    until = time.monotonic() + http.CONNECT
    try:
        for data in talk.data_to_send():
            line.sendall(data)
        while talk.state.name == "CONNECTING" and talk.handshake_exc is None:
            if time.monotonic() > until:
                raise TimeoutError
            data = line.recv(ANSWER)
            talk.receive_data(data) if data else talk.receive_eof()
    except (OSError, WebSocketException) as error:
        raise TryLater(_("The server does not answer.")) from error
    failed = talk.handshake_exc
    if isinstance(failed, InvalidStatus):
        body = bytes(failed.response.body or b"")[:ANSWER].decode("utf-8", "replace")
        raise NotOpened(failed.response.status_code, body)
    if isinstance(failed, InvalidHandshake):
        raise NotOpened(0, str(failed))
    if failed is not None:
        raise TryLater(_("The server broke off without an answer.")) from failed
