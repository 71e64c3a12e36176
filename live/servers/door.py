"""A door in front of a server: what is asked through it is carried out, but the answer can get lost.

This is how a network looks when the line breaks after a post was sent: nobody knows whether it was published.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import httpx

# What concerns one connection only (RFC 9110, 7.6.1), and what httpx has undone in the answer.
NOT_PASSED_ON = {
    "connection",
    "keep-alive",
    "transfer-encoding",
    "content-encoding",
    "content-length",
    "host",
}


class Door:
    """Talk to `url` instead of the server's own."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.losing: tuple[str, str] | None = None
        self.lost = 0

    @contextmanager
    def losing_answers(self, method: str, path: str) -> Iterator[None]:
        """Within the block, the answers to this method and path are lost; `lost` counts them."""
        self.losing = (method, path)
        try:
            yield
        finally:
            self.losing = None


@contextmanager
def door_to(server: str) -> Iterator[Door]:
    """Open a door to the server at this URL until the block ends."""

    class Passage(BaseHTTPRequestHandler):
        def pass_on(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            headers = {
                name: value for name, value in self.headers.items() if name.lower() not in NOT_PASSED_ON
            }
            answer = client.request(self.command, server + self.path, content=body, headers=headers)
            if door.losing == (self.command, self.path.partition("?")[0]):
                door.lost += 1
                self.close_connection = True
                return
            self.send_response(answer.status_code)
            for name, value in answer.headers.items():
                if name not in NOT_PASSED_ON | {"date", "server"}:
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer.content)))
            self.end_headers()
            self.wfile.write(answer.content)

        do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = pass_on  # noqa: N815 (the library's names)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with (
        httpx.Client(trust_env=False, timeout=30) as client,
        ThreadingHTTPServer(("127.0.0.1", 0), Passage) as listener,
    ):
        door = Door(f"http://127.0.0.1:{listener.server_port}")
        thread = Thread(target=listener.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield door
        finally:
            listener.shutdown()
            thread.join()
