"""Start PostgreSQL, Redis and, on top of them, a Bluesky network (network.js): PLC, PDS, AppView."""

from __future__ import annotations

import itertools
import json
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import httpx

from live.servers.bluesky.people import Person
from live.servers.process import CACHE, Process, answers, free_ports, tied_to_us

HERE = Path(__file__).parent
T = TypeVar("T")


@dataclass(frozen=True)
class Bluesky:
    """Where the network answers: sign in and write at `url` (the PDS), read in public at `appview_url`."""

    url: str
    appview_url: str
    plc_url: str
    client: httpx.Client = field(repr=False)
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1), repr=False)

    def create_account(self, name: str) -> Person:
        """A new person with a handle of its own, such as kari-1.test, whom the whole network knows."""
        handle = f"{name}-{next(self.numbers)}.test"
        account = {"handle": handle, "email": f"{handle}@example.org", "password": "correct horse"}
        session = self.write("com.atproto.server.createAccount", account)
        person = Person(self, session["did"], handle, account["password"], session["accessJwt"])
        self.wait_for(lambda: self.read("app.bsky.actor.getProfile", actor=person.did))
        return person

    def read(self, method: str, **params: str | list[str]) -> dict[str, Any] | None:
        """What anybody sees, or None while the network does not know it."""
        answer = self.client.get(f"{self.appview_url}/xrpc/{method}", params=params)
        return answer.json() if answer.is_success else None

    def write(self, method: str, data: dict[str, Any], token: str = "") -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        answer = self.client.post(f"{self.url}/xrpc/{method}", json=data, headers=headers)
        if not answer.is_success:
            raise AssertionError(f"{method}: {answer.status_code} {answer.text}")
        return answer.json() if answer.content else {}

    def find_post(self, uri: str) -> dict[str, Any]:
        """A post as the AppView shows it; waits until it does.

        An answer, like or follow that is indexed before its post never becomes a notification, so wait first.
        """

        def find() -> dict[str, Any] | None:
            answer = self.read("app.bsky.feed.getPosts", uris=[uri])
            return answer["posts"][0] if answer and answer["posts"] else None

        return self.wait_for(find)

    def wait_for(self, find: Callable[[], T | None], seconds: float = 20) -> T:
        """Ask until there is an answer: the AppView is a fraction of a second behind the PDS."""
        deadline = time.monotonic() + seconds
        while (found := find()) is None:
            if time.monotonic() > deadline:
                raise AssertionError(f"not seen in the network after {seconds:.0f} s")
            time.sleep(0.05)
        return found


@contextmanager
def running_bluesky(*, pds: int = 0, appview: int = 0, plc: int = 0) -> Iterator[Bluesky]:
    """Run a new, empty network until the block ends; a port that is 0 is chosen."""
    chosen = free_ports(6)
    ports = {
        "pds": pds or chosen[0],
        "appview": appview or chosen[1],
        "plc": plc or chosen[2],
        "ozone": chosen[3],
    }
    with ExitStack() as stack:
        folder = stack.enter_context(new_folder())
        database = start_postgresql(stack, folder, chosen[4])
        cache = start_redis(stack, folder, chosen[5])
        network = Process(
            "network",
            ["node", "--require", str(HERE / "loopback.js"), str(HERE / "network.js"), json.dumps(ports)],
            folder,
            settings={
                "NODE_PATH": str(CACHE / "bluesky" / "node_modules"),
                "DB_POSTGRES_URL": database,
                "REDIS_HOST": cache,
                "LOG_ENABLED": "false",
                "TMPDIR": str(folder),
            },
        )
        stack.callback(network.stop)
        network.wait_until(lambda: network.says("READY"))
        client = stack.enter_context(httpx.Client(trust_env=False, timeout=30))
        url, appview_url, plc_url = (f"http://localhost:{ports[each]}" for each in ("pds", "appview", "plc"))
        yield Bluesky(url, appview_url, plc_url, client)


@contextmanager
def new_folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="samspill-bluesky-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o711)  # PostgreSQL, which refuses to run as root, must reach its own folder in here
        yield folder


def start_postgresql(stack: ExitStack, folder: Path, port: int) -> str:
    """Start a new, empty database and return its URL."""
    installed = Path("/usr/lib/postgresql")
    programs = max(installed.glob("*/bin"), key=lambda path: int(path.parent.name), default=installed)
    data = folder / "postgresql"
    data.mkdir()
    if os.geteuid() == 0:
        shutil.chown(data, "postgres")
    create = [str(programs / "initdb"), "-D", str(data), "-U", "pg", "--auth=trust"]
    create += ["--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
    command = [*tied_to_us(signal.SIGTERM, "postgres"), *create]
    subprocess.run(command, cwd=data, check=True, stdout=subprocess.DEVNULL)
    options = {
        "port": str(port),
        "listen_addresses": "127.0.0.1",
        "unix_socket_directories": "",
        "fsync": "off",
        "max_connections": "200",
    }
    command = [str(programs / "postgres"), "-D", str(data)]
    command += [word for name, value in options.items() for word in ("-c", f"{name}={value}")]
    server = Process("postgresql", command, folder, as_user="postgres", stop_with=signal.SIGINT)
    stack.callback(server.stop)
    server.wait_until(lambda: server.says("ready to accept connections"))
    return f"postgresql://pg@127.0.0.1:{port}/postgres"


def start_redis(stack: ExitStack, folder: Path, port: int) -> str:
    """Start a Redis that keeps nothing and return its address."""
    command = ["redis-server", "--bind", "127.0.0.1", "--port", str(port), "--save", "", "--appendonly", "no"]
    server = Process("redis", command, folder)
    stack.callback(server.stop)
    server.wait_until(lambda: answers(port))
    return f"127.0.0.1:{port}"
