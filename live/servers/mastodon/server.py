"""Start the Mastodon stand-in, and make it fail on demand."""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import httpx

from live.servers.mastodon.people import Person
from live.servers.process import CACHE, Process, answers, free_ports

SETTINGS = """
domain = "127.0.0.1:{port}"
url_scheme = "http"
media_storage_path = "{folder}/media"

[auth]
enforce_scopes = false  # it knows read and write only, none of their parts

[ratelimit]  # as Mastodon's: 300 calls in 5 minutes for each token
enabled = true

[seed]
accounts = []
"""

Trouble = Literal["status", "ratelimit", "latency", "malformed", "timeout"]


@dataclass(frozen=True)
class Mastodon:
    """Where the server answers."""

    url: str
    client: httpx.Client = field(repr=False)
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1), repr=False)

    def create_account(self, name: str) -> Person:
        """A new person with a name of its own, such as kari_1."""
        username = f"{name}_{next(self.numbers)}"
        answer = self.call(
            "POST", "/api/v1/_mock/dev_user", json={"username": username, "display_name": name}
        )
        return Person(self, answer["id"], username, answer["access_token"])

    def call(self, method: str, path: str, token: str = "", **more: Any) -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        answer = self.client.request(method, f"{self.url}{path}", headers=headers, **more)
        if not answer.is_success:
            raise AssertionError(f"{method} {path}: {answer.status_code} {answer.text}")
        found: dict[str, Any] = answer.json()
        return found

    @contextmanager
    def trouble(
        self, effect: Trouble, method: str, path: str, times: int | None = None, **more: int
    ) -> Iterator[None]:
        """Within the block, let calls go wrong: the first `times` that match, or all of them.

        status=503 with "status"; delay_ms=3000 with "latency". Nothing is carried out for a caller who gives
        up while it waits: for an answer that gets lost on the way there is live.servers.door.
        """
        rule = {
            "match": {"methods": [method], "path": path},
            "effect": {"type": effect, **more},
            "count": times,
        }
        made = self.call("POST", "/api/v1/_mock/faults", json=rule)
        try:
            yield
        finally:
            self.client.delete(f"{self.url}/api/v1/_mock/faults/{made['id']}")  # 404 when it is used up


@contextmanager
def running_mastodon(port: int = 0) -> Iterator[Mastodon]:
    """Run a new, empty server until the block ends; a port that is 0 is chosen."""
    port = port or free_ports(1)[0]
    with (
        tempfile.TemporaryDirectory(prefix="samspill-mastodon-") as name,
        httpx.Client(trust_env=False) as client,
    ):
        folder = Path(name)
        (folder / "settings.toml").write_text(SETTINGS.format(port=port, folder=folder))
        command = [str(CACHE / "mastodon" / "venv" / "bin" / "mastodon_mock"), "serve", "--in-memory"]
        command += [
            "--config",
            "settings.toml",
            "--host",
            "127.0.0.1",
            "--port",
            str(port),
            "--log-level",
            "warning",
        ]
        server = Process("mastodon", command, folder)
        try:
            server.wait_until(lambda: answers(port))
            yield Mastodon(f"http://127.0.0.1:{port}", client)
        finally:
            server.stop()
