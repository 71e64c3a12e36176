"""Small servers on this machine that behave badly on purpose, one connection at a time."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

Behaviour = Callable[[socket.socket, bytes], None]


@dataclass
class Server:
    port: int
    seen: list[bytes] = field(default_factory=list)

    @property
    def place(self) -> str:
        return f"127.0.0.1:{self.port}"

    def url(self, path: str = "/") -> str:
        return f"http://{self.place}{path}"


@contextmanager
def serving(behave: Behaviour, *, reads: bool = True) -> Iterator[Server]:
    """Read the head of each connection's request, then let `behave` do with it what it will."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        server = Server(door.getsockname()[1])
        open_lines: list[socket.socket] = []

        def one(line: socket.socket) -> None:
            with line, suppress(OSError):
                head = _head(line) if reads else b""
                server.seen.append(head)
                behave(line, head)

        def run() -> None:
            with suppress(OSError):
                while True:
                    line, _address = door.accept()
                    open_lines.append(line)
                    threading.Thread(target=one, args=(line,), daemon=True).start()

        runner = threading.Thread(target=run, daemon=True)
        runner.start()
        yield server
        with suppress(OSError):
            door.shutdown(socket.SHUT_RDWR)
        for line in open_lines:
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
        runner.join(2)


def _head(line: socket.socket) -> bytes:
    head = b""
    while b"\r\n\r\n" not in head:
        part = line.recv(65536)
        if not part:
            break
        head += part
    return head


def says(status: str, *headers: str, body: bytes = b"") -> Behaviour:
    lines = [f"HTTP/1.1 {status}", *headers, f"Content-Length: {len(body)}", "Connection: close", "", ""]
    return lambda line, head: line.sendall("\r\n".join(lines).encode() + body)
