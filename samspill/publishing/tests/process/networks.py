"""Bluesky and Mastodon as one process: the stand-ins behind real sockets, with faults.

    python -m samspill.publishing.tests.process.networks FOLDER SEED RATE

FOLDER/ports.json says where they answer; from SIGUSR1 on faults befall requests at RATE; at SIGTERM
FOLDER/state.json says what is out. A request older than HELD is dropped: no edge in this test's world holds
one for longer.
"""

from __future__ import annotations

import asyncio
import json
import random
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path

from samspill.networks.bluesky.tests.pds import Pds
from samspill.networks.http import Answer, Request
from samspill.networks.mastodon.tests.server import Server

HELD = 1.6  # seconds after it left its sender
SENT = "x-sent"  # when that was, on the monotonic clock that all processes of a machine share
FORGETS = 1.0  # seconds after which Mastodon forgets a key; an hour in the world
READ_FAULTS = ("cut_before", "cut_after", "503", "slow")
FAULTS = ("cut_before", "cut_after", "zombie", "twice", "503", "502_after", "slow")
PUBLISHING = ("/xrpc/com.atproto.repo.putRecord", "/api/v1/statuses")


class Networks:
    def __init__(self, seed: int, rate: float) -> None:
        self.chance = random.Random(seed)
        self.rate = rate
        self.is_faulty = False
        self.counts: Counter[str] = Counter()
        self.pds, self.server = Pds(), Server()
        self.keys_at: dict[str, float] = {}

    def reach(self, there: Callable[[Request, int, float], Answer], sent: Request) -> Answer | None:
        """Carry the request out, unless it is older than any request can be."""
        if time.monotonic() - float(sent.headers.get(SENT, "inf")) > HELD:
            self.counts["too old"] += 1
            return None
        for old in [key for key, at in self.keys_at.items() if time.monotonic() - at > FORGETS]:
            self.server.keys.pop(old, None)
            del self.keys_at[old]
        answer = there(sent, 0, 0)
        if key := sent.headers.get("idempotency-key"):
            self.keys_at.setdefault(key, time.monotonic())
        return answer

    async def serve(
        self,
        there: Callable[[Request, int, float], Answer],
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
    ) -> None:
        try:
            sent = await _request(reader)
            if sent is not None:
                answer = await self.befall(there, sent)
                if answer is not None:
                    writer.write(_written(answer))
                    await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            self.counts["gone"] += 1
        finally:
            writer.close()

    async def befall(self, there: Callable[[Request, int, float], Answer], sent: Request) -> Answer | None:
        """The answer to give, None to break off without one."""
        self.counts["requests"] += 1
        publishes = sent.method == "POST" and sent.url.endswith(PUBLISHING)
        fault = ""
        if self.is_faulty and self.chance.random() < self.rate:
            fault = self.chance.choice(FAULTS if publishes else READ_FAULTS)
            self.counts["faults"] += 1
            self.counts[f"{fault} {'publish' if publishes else 'other'}"] += 1
        if fault == "503":
            return Answer(503, {}, b"busy")
        if fault == "cut_before":
            return None
        if fault in ("zombie", "slow"):
            await asyncio.sleep(self.chance.uniform(0.3, 1.4) if fault == "zombie" else 0.4)
        answer = self.reach(there, sent)
        if fault == "twice":
            self.reach(there, sent)
        if fault in ("cut_after", "zombie"):
            return None
        return Answer(502, {}, b"bad gateway") if fault == "502_after" else answer

    def state(self) -> dict[str, object]:
        return {
            "bluesky": [record["text"] for record in self.pds.records.values()],
            "mastodon": list(self.server.sources.values()),
            "counts": dict(self.counts),
        }


async def _request(reader: asyncio.StreamReader) -> Request | None:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    method, target, _version = head[0].split(" ")
    headers = {
        name.lower(): value.strip()
        for name, _colon, value in (line.partition(":") for line in head[1:] if line)
    }
    body = await reader.readexactly(int(headers.get("content-length", 0)))
    return Request(method, f"http://{headers['host']}{target}", headers, body)


def _written(answer: Answer) -> bytes:
    headers = {**answer.headers, "content-length": str(len(answer.body)), "connection": "close"}
    lines = [f"HTTP/1.1 {answer.status} x", *(f"{name}: {value}" for name, value in headers.items()), "", ""]
    return "\r\n".join(lines).encode() + answer.body


async def main(folder: Path, seed: int, rate: float) -> None:
    networks = Networks(seed, rate)
    doors = [
        await asyncio.start_server(partial(networks.serve, there), "127.0.0.1", 0, backlog=500)
        for there in (networks.pds, networks.server)
    ]
    ports = [door.sockets[0].getsockname()[1] for door in doors]
    loop, ended = asyncio.get_running_loop(), asyncio.Event()
    loop.add_signal_handler(signal.SIGUSR1, lambda: setattr(networks, "is_faulty", True))
    loop.add_signal_handler(signal.SIGTERM, ended.set)
    _put(folder / "ports.json", {"bluesky": ports[0], "mastodon": ports[1]})
    await ended.wait()
    _put(folder / "state.json", networks.state())


def _put(path: Path, said: object) -> None:
    half = path.with_suffix(".half")
    half.write_text(json.dumps(said), encoding="utf-8")
    half.rename(path)


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])))
