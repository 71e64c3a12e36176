"""A stand-in for a Jetstream server on a real socket, with the faults that real ones have.

Written after the documents of both versions: version 1 takes `cursor` in microseconds and silently begins
with the oldest it has when that is later; version 2 counts events, answers CursorTooOld, and wraps each.
"""

from __future__ import annotations

import asyncio
import base64
import bisect
import hashlib
import json
import random
import struct
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
V2 = "/xrpc/network.bsky.jetstream.subscribeEvents"
AT_ONCE = 100  # events between two looks at what shall go wrong


@dataclass(frozen=True)
class Event:
    """What happened at `at` (microseconds). `raw` is the frame of version 1, and may say another time."""

    at: int
    raw: bytes


@dataclass
class Faults:
    """How a server misbehaves. Numbers of events are drawn between the two given."""

    cuts: tuple[int, int] | None = None  # the connection ends after so many events
    silences: float = 0.0  # the share of cuts that are no cuts: it stays open and says nothing more
    cut_over: tuple[int, int] | None = None  # so many are left out where the replay meets what comes now
    refusals: float = 0.0  # the share of connections that are answered 503


@dataclass
class Firehose:
    """All that happens on a network, and when: `rate` events a second from `begin` on, None: all at once.

    `floor` is the time of the oldest event that the server still has.
    """

    events: Sequence[Event]
    version: int = 1
    rate: float | None = None
    faults: Faults = field(default_factory=Faults)
    floor: int = 0
    seed: int = 1
    port: int = 0
    asked: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    began: float = 0.0

    def __post_init__(self) -> None:
        self.times = [event.at for event in self.events]
        self.chance = random.Random(self.seed)
        self.lines: set[asyncio.StreamWriter] = set()

    def head(self) -> int:
        """How many events have happened by now."""
        if self.rate is None:
            return len(self.events)
        if not self.began:
            return 0
        return min(len(self.events), int((time.monotonic() - self.began) * self.rate))

    def hurry(self, to: int) -> None:
        """Let so many events have happened by now."""
        self.began = time.monotonic() - to / (self.rate or 1)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.lines.add(writer)
        try:
            target, key = await _asked(reader)
            self.asked.append(target)
            self.counts["connections"] += 1
            if (start := await self._answer(target, key, writer)) is not None:
                await self._stream(start, writer, v2=urlsplit(target).path == V2)
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            self.counts["left"] += 1
        finally:
            self.lines.discard(writer)
            writer.close()

    async def _answer(self, target: str, key: str, writer: asyncio.StreamWriter) -> int | None:
        """Open the web socket, or refuse. The number of the first event to send; -1: what comes now."""
        place, said = urlsplit(target), parse_qs(urlsplit(target).query)
        if place.path == V2 and self.version == 1:
            _refuse(writer, "404 Not Found", {})
            return None
        if self.chance.random() < self.faults.refusals:
            _refuse(writer, "503 Service Unavailable", {})
            return None
        cursor = int(said.get("cursor", ["0"])[0])
        start = self._start(cursor, v2=place.path == V2)
        if start is None:
            told = {"error": "CursorTooOld", "message": "the cursor is below the floor"}
            _refuse(writer, "400 Bad Request", told)
            return None
        accept = base64.b64encode(hashlib.sha1(key.encode() + GUID).digest()).decode()
        lines = ["HTTP/1.1 101 x", "Upgrade: websocket", "Connection: Upgrade"]
        writer.write("\r\n".join([*lines, f"Sec-WebSocket-Accept: {accept}", "", ""]).encode())
        if place.path == V2 and cursor >= 10**15 and cursor < self.floor:
            info = {"$type": f"{V2[6:]}#info", "name": "OutdatedCursor"}
            writer.write(framed(json.dumps({"$type": "message", "payload": info}).encode()))
        return start if cursor else -1

    def _start(self, cursor: int, *, v2: bool) -> int | None:
        """The number of the first event from the cursor on; None: too old for this server."""
        if v2 and 0 < cursor < 10**15:
            known = cursor > len(self.events) or self.times[cursor - 1] >= self.floor
            return cursor - 1 if known else None
        return bisect.bisect_left(self.times, max(cursor, self.floor))

    async def _stream(self, start: int, writer: asyncio.StreamWriter, *, v2: bool) -> None:
        """Replay from `start`, then what comes, until a fault ends it."""
        now = self.head()
        number, is_replay = (now, False) if start < 0 else (start, start < now)
        left = self._draw(self.faults.cuts) or 10**12
        while left > 0:
            head = min(self.head(), number + min(AT_ONCE, left))
            if head > number:
                frames = (self._frame(each, v2=v2) for each in range(number, head))
                writer.write(b"".join(frames))
                await writer.drain()
                left, number = left - (head - number), head
                continue
            if is_replay:
                is_replay = False
                number += min(self._draw(self.faults.cut_over) or 0, max(0, self.head() - number) + 30)
            await asyncio.sleep(0.002)
            if writer.transport.is_closing():
                raise ConnectionResetError
        await self._cut(writer)

    async def _cut(self, writer: asyncio.StreamWriter) -> None:
        if self.chance.random() < self.faults.silences:
            self.counts["silences"] += 1
            while not writer.transport.is_closing():
                await asyncio.sleep(0.05)
            return
        self.counts["cuts"] += 1
        writer.transport.abort()

    def _frame(self, number: int, *, v2: bool) -> bytes:
        event = self.events[number]
        return framed(wrapped(event.raw, number + 1) if v2 else event.raw)

    def _draw(self, between: tuple[int, int] | None) -> int | None:
        return self.chance.randint(*between) if between else None


def framed(payload: bytes) -> bytes:
    """As a text frame of a server."""
    size = len(payload)
    if size < 126:
        return struct.pack("!BB", 0x81, size) + payload
    if size < 2**16:
        return struct.pack("!BBH", 0x81, 126, size) + payload
    return struct.pack("!BBQ", 0x81, 127, size) + payload


def wrapped(raw: bytes, seq: int) -> bytes:
    """A frame of version 1 as version 2 sends it; what is no event stays as it is."""
    try:
        said = json.loads(raw)
        kind, at = said.pop("kind"), said.pop("time_us")
        time_said = datetime.fromtimestamp(at / 1e6, UTC).isoformat()
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
        return raw
    told = said.pop("commit", {})
    payload = {
        "$type": f"{V2[6:]}#{kind}",
        "seq": seq,
        **said,
        **told,
        "time": time_said,
        "witnessedAt": time_said,
    }
    return json.dumps({"$type": "message", "payload": payload}, separators=(",", ":")).encode()


def commit(
    did: str,
    at: int,
    rkey: str,
    record: dict[str, Any] | None,
    *,
    operation: str = "create",
    kind: str = "post",
) -> Event:
    """Somebody says, changes or removes (`record` None) something."""
    told: dict[str, Any] = {"rev": "3l3qo2vutsw2b", "operation": operation if record else "delete"}
    told |= {"collection": f"app.bsky.feed.{kind}", "rkey": rkey}
    told |= {"record": record, "cid": "bafyrei"} if record else {}
    return Event(at, _json({"did": did, "time_us": at, "kind": "commit", "commit": told}))


def post(did: str, at: int, rkey: str, text: str, *, operation: str = "create", **more: Any) -> Event:
    """A post. Its tags are those in the text, marked as an app does it."""
    created = datetime.fromtimestamp(at / 1e6, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    record = {
        "$type": "app.bsky.feed.post",
        "createdAt": created,
        "text": text,
        "facets": _tags(text),
        **more,
    }
    return commit(did, at, rkey, record, operation=operation)


def account(did: str, at: int, *, active: bool, status: str = "") -> Event:
    told = {"active": active, "did": did, "seq": 1, "time": "2026-03-02T08:00:00Z"}
    told |= {"status": status} if status else {}
    return Event(at, _json({"did": did, "time_us": at, "kind": "account", "account": told}))


def identity(did: str, at: int, handle: str) -> Event:
    told = {"did": did, "handle": handle, "seq": 1, "time": "2026-03-02T08:00:00Z"}
    return Event(at, _json({"did": did, "time_us": at, "kind": "identity", "identity": told}))


def _tags(text: str) -> list[dict[str, Any]]:
    found, end = [], 0
    for word in text.split():
        start = text.index(word, end)
        end = start + len(word)
        if word.startswith("#"):
            index = {"byteStart": len(text[:start].encode()), "byteEnd": len(text[:end].encode())}
            found.append(
                {"index": index, "features": [{"$type": "app.bsky.richtext.facet#tag", "tag": word[1:]}]}
            )
    return found


def _json(said: Any) -> bytes:
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()


async def _asked(reader: asyncio.StreamReader) -> tuple[str, str]:
    """The target of the request, and its key."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    headers = dict(line.lower().split(": ", 1) for line in head[1:] if ": " in line)
    given = next(line for line in head if line.lower().startswith("sec-websocket-key"))
    assert headers["upgrade"] == "websocket"
    return head[0].split(" ")[1], given.split(": ", 1)[1]


def _refuse(writer: asyncio.StreamWriter, status: str, told: dict[str, str]) -> None:
    body = json.dumps(told).encode()
    writer.write(
        f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n".encode() + body
    )


@contextmanager
def running(firehose: Firehose) -> Iterator[Firehose]:
    """Serve on a free port of this machine, on a thread of its own."""
    loop, ready = asyncio.new_event_loop(), threading.Event()

    async def main() -> None:
        door = await asyncio.start_server(firehose.serve, "127.0.0.1", firehose.port)
        firehose.port = door.sockets[0].getsockname()[1]
        ready.set()
        with suppress(asyncio.CancelledError):
            await door.serve_forever()

    thread = threading.Thread(target=lambda: loop.run_until_complete(main()), daemon=True)
    thread.start()
    ready.wait(5)
    try:
        yield firehose
    finally:
        loop.call_soon_threadsafe(lambda: [task.cancel() for task in asyncio.all_tasks(loop)])
        thread.join(5)
        loop.close()
