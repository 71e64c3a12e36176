"""The stream that every server of Bluesky's has of its own: subscribeRepos, where there is no Jetstream.

Its frames are DAG-CBOR with the records in a CAR (atproto.com/specs/event-stream, /specs/sync). They are put
into the words of Jetstream's second version, so that one decoder reads both. It counts events and knows no
times: where a time stands among the numbers is found by asking.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime
from typing import Any

import libipld
import msgspec

from samspill.networks.bluesky.frames import COLLECTIONS, micros
from samspill.networks.errors import NetworkError
from samspill.networks.said import inside, things, words
from samspill.networks.websocket import WebSocket

PATH = "/xrpc/com.atproto.sync.subscribeRepos"
ABOUT = ("handle", "active", "status")  # what is said of an account
FIRST_STEP = 1000  # events
CLOSE = 100  # events: nearer than this a time need not be found
QUIET = 3.0  # seconds without an event: the server has told all it has

Ask = Callable[[int], tuple[int, int] | None]  # after this number: the next event's number, and its time


def translate(raw: bytes) -> list[bytes]:
    """A frame as so many of Jetstream's, one for each post or repost in it. What cannot be read stays as it
    is: the decoder refuses it."""
    try:
        header, body = libipld.decode_dag_cbor_multi(raw)
        return [msgspec.json.encode(each) for each in _envelopes(header, body)]
    except (ValueError, TypeError, LookupError, OverflowError, RecursionError, msgspec.MsgspecError):
        return [raw]


def _envelopes(header: Any, body: Any) -> Iterator[dict[str, Any]]:
    """The same in the words of version 2. Raises LookupError or TypeError when it is no event."""
    error = words(body, "error")
    if inside(header, "op") == -1 and error != "FutureCursor":
        yield {"$type": "error", "error": error, "message": words(body, "message")}
    elif error:
        yield _event("info", name=error)
    elif words(header, "t") == "#info":
        yield _event("info", name=words(body, "name"))
    elif words(header, "t") == "#commit":
        yield from _commits(body)
    elif words(header, "t") in ("#identity", "#account"):
        kind = words(header, "t")[1:]
        told = {name: body[name] for name in ("handle", "active", "status") if body.get(name) is not None}
        yield _event(kind, seq=body["seq"], did=body["did"], time=body["time"], **{kind: told})


def _commits(body: Any) -> Iterator[dict[str, Any]]:
    wanted = [op for op in things(body, "ops") if words(op, "path").partition("/")[0] in COLLECTIONS]
    if not wanted:
        return
    blocks = libipld.decode_car(body["blocks"])[1] if body.get("blocks") else {}
    for op in wanted:
        collection, _, rkey = words(op, "path").partition("/")
        said = {"operation": words(op, "action"), "collection": collection, "rkey": rkey}
        record = blocks.get(op.get("cid") or b"")
        more = {"record": record} if record is not None else {}
        yield _event("commit", seq=body["seq"], did=body["repo"], time=body["time"], **said, **more)


def _event(kind: str, **said: Any) -> dict[str, Any]:
    return {"$type": "event", "payload": {"$type": f"#{kind}", **said}}


def number_before(at: int, ask: Ask, known: tuple[int, int] = (0, 0)) -> int:
    """A number after which all stands that happened at `at`, in microseconds since 1970 UTC, or later, and at
    most CLOSE events more. `known` is an earlier event's number and time, from which the search begins.

    The search doubles its step until it is past the time, and halves what is left.
    """
    low, known_at = known
    if not known_at or known_at >= at:
        first = ask(0)
        if first is None or first[1] >= at:
            return 0
        low = first[0]
    step = FIRST_STEP
    while (found := ask(low + step)) is not None and found[1] < at:
        low, step = found[0], step * 2
    high = low + step
    while high - low > CLOSE:
        middle = (low + high) // 2
        found = ask(middle)
        if found is not None and found[1] < at:
            low = max(middle, found[0])
        else:
            high = middle
    return low


def first_event(socket: WebSocket) -> tuple[int, int] | None:
    """Number and time of the first event a connection brings; None when none comes. Closes it."""
    until = time.monotonic() + QUIET
    with socket, suppress(NetworkError):
        while time.monotonic() < until:
            for raw in socket.read(0.2):
                if found := _where(raw):
                    return found
    return None


def _where(raw: bytes) -> tuple[int, int] | None:
    with suppress(ValueError, TypeError):
        _header, body = libipld.decode_dag_cbor_multi(raw)
        seq, said = inside(body, "seq"), words(body, "time")
        if isinstance(seq, int) and said:
            return seq, micros(datetime.fromisoformat(said))
    return None
