"""Start a PLC, a PDS that keeps its data in a folder, and a Jetstream that streams what the PDS says."""

from __future__ import annotations

import itertools
import json
import secrets
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx

from live.servers.bluesky import Bluesky, Person
from live.servers.bluesky.network import HERE as BLUESKY
from live.servers.bluesky.network import new_folder
from live.servers.process import CACHE, Process, answers, free_ports

HERE = Path(__file__).parent
CURSOR = (
    5.0  # seconds after which Jetstream has written down how far it is; before, a kill makes it begin anew
)


class Firehose:
    """The servers. `url` is where Jetstream answers, with ws://; `pds` and `jetstream` can be killed and
    started again with what they had."""

    def __init__(self, stack: ExitStack, folder: Path) -> None:
        self.folder = folder
        self.ports = dict(zip(("plc", "pds", "jetstream", "metrics"), free_ports(4), strict=True))
        self.key = secrets.token_hex(32)
        self.runs = itertools.count(1)
        self.url = f"ws://127.0.0.1:{self.ports['jetstream']}"
        pds, plc = (f"http://localhost:{self.ports[each]}" for each in ("pds", "plc"))
        self.network = Bluesky(pds, pds, plc, stack.enter_context(httpx.Client(trust_env=False, timeout=30)))
        self.running: dict[str, Process] = {}
        stack.callback(self._stop)
        self.start("plc")
        self.start("pds")
        self.start("jetstream")

    def start(self, name: str) -> None:
        """Start one of plc, pds and jetstream, and wait until it answers."""
        process = Process(
            f"{name}-{next(self.runs)}",
            self._command(name),
            self.folder,
            settings={
                "NODE_PATH": str(CACHE / "bluesky" / "node_modules"),
                "LOG_ENABLED": "false",
                "TMPDIR": str(self.folder),
            },
        )
        self.running[name] = process
        process.wait_until(lambda: answers(self.ports[name]))

    def kill(self, name: str) -> None:
        """Kill it as a power cut does (SIGKILL)."""
        child = self.running[name].child
        child.kill()
        child.wait()

    def is_running(self, name: str) -> bool:
        return self.running[name].child.poll() is None

    def create_account(self, name: str) -> Person:
        """A new person on the PDS; no app shows it, so its verbs are `create` and `delete`."""
        handle, password = f"{name}-{next(self.network.numbers)}.test", "correct horse"
        account = {"handle": handle, "email": f"{handle}@example.org", "password": password}
        session = self.network.write("com.atproto.server.createAccount", account)
        return Person(self.network, session["did"], handle, password, session["accessJwt"])

    def _command(self, name: str) -> list[str]:
        if name == "jetstream":
            return [
                str(CACHE / "jetstream" / "jetstream"),
                *("--ws-url", f"ws://localhost:{self.ports['pds']}/xrpc/com.atproto.sync.subscribeRepos"),
                *("--listen-addr", f"127.0.0.1:{self.ports['jetstream']}"),
                *("--metrics-listen-addr", f"127.0.0.1:{self.ports['metrics']}"),
                *("--data-dir", str(self.folder / "jetstream")),
                *("--liveness-ttl", "1h"),  # a quiet network is no fault here
            ]
        asked: dict[str, str | int] = {name: self.ports[name]}
        if name == "pds":
            data = self.folder / "pds"
            data.mkdir(exist_ok=True)
            asked |= {"plc_url": self.network.plc_url, "folder": str(data), "key": self.key}
        return ["node", "--require", str(BLUESKY / "loopback.js"), str(HERE / "pds.js"), json.dumps(asked)]

    def _stop(self) -> None:
        for process in reversed(self.running.values()):
            process.stop()


@contextmanager
def running_firehose() -> Iterator[Firehose]:
    """Run new, empty servers until the block ends."""
    with ExitStack() as stack:
        yield Firehose(stack, stack.enter_context(new_folder()))
