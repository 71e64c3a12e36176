"""The frames of a Jetstream server, in both versions of its wire, read into typed structs.

A record of another shape than Bluesky's is read as far as it can be; a frame that holds no usable event
raises Poison and is the caller's to put aside.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import msgspec
from msgspec import Struct, field

from samspill.networks.errors import NetworkError
from samspill.networks.said import inside, things, words

POST, REPOST, LIKE = "app.bsky.feed.post", "app.bsky.feed.repost", "app.bsky.feed.like"
COLLECTIONS = (POST, REPOST)
# No text can hold this: a quotation mark inside of one is written with a backslash.
A_LIKE = b'"collection":"app.bsky.feed.like"'
LARGEST = 2**20  # bytes of a frame, as large as a record may be
LATEST = 4_102_444_800_000_000  # microseconds, the year 2100
BEGIN = datetime(1970, 1, 1, tzinfo=UTC)
KINDS = ("commit", "identity", "account")


class Poison(Exception):
    """A frame that holds no usable event. `str(error)` says why, for whoever runs Samspill."""


class Strong(Struct, frozen=True, gc=False):
    uri: str = ""


class Reply(Struct, frozen=True, gc=False):
    root: Strong = Strong()
    parent: Strong = Strong()


class Feature(Struct, frozen=True, gc=False):
    kind: str = field(default="", name="$type")
    tag: str = ""
    uri: str = ""
    did: str = ""


class Facet(Struct, frozen=True, gc=False):
    features: tuple[Feature, ...] = ()


class Shown(Struct, frozen=True, gc=False):
    alt: str = ""


class Embed(Struct, frozen=True, gc=False):
    """What is attached: `external` a page with a preview, `media` the same beside a quoted post."""

    external: Strong | None = None
    media: Embed | None = None
    images: tuple[Shown, ...] = ()


class Record(Struct, frozen=True, gc=False):
    """A post, or a repost (`subject`)."""

    created: datetime | None = field(default=None, name="createdAt")
    text: str = ""
    langs: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    facets: tuple[Facet, ...] = ()
    reply: Reply | None = None
    embed: Embed | None = None
    subject: Strong | None = None


class Commit(Struct, frozen=True, gc=False):
    operation: str  # create, update, delete
    collection: str
    rkey: str
    record: Record | None = None


class Identity(Struct, frozen=True, gc=False):
    handle: str = ""


class Account(Struct, frozen=True, gc=False):
    active: bool = True
    status: str = ""


class Frame(Struct, frozen=True, gc=False):
    """One event: of `commit`, `identity` and `account` the one that `kind` names is there."""

    did: str
    time_us: int
    kind: str
    commit: Commit | None = None
    identity: Identity | None = None
    account: Account | None = None
    seq: int = 0


class _Payload(Struct, frozen=True, gc=False):
    kind: str = field(name="$type")
    seq: int = 0
    did: str = ""
    time: datetime | None = None
    witnessed: datetime | None = field(default=None, name="witnessedAt")
    operation: str = ""
    collection: str = ""
    rkey: str = ""
    record: Record | None = None
    identity: Identity | None = None
    account: Account | None = None
    name: str = ""


class _Envelope(Struct, frozen=True, gc=False):
    kind: str = field(name="$type")
    payload: _Payload | None = None
    error: str = ""
    message: str = ""


# gc=False: nothing in a frame points back, and the collector need not walk a hundred thousand of them.
_v1 = msgspec.json.Decoder(Frame)
_v2 = msgspec.json.Decoder(_Envelope)


class Info(Exception):
    """Version 2 says something about the place that was asked for: OutdatedCursor, FutureCursor."""


def decode(raw: bytes) -> Frame | None:
    """The event in a frame of version 1; None for what nobody here wants. Raises Poison."""
    if A_LIKE in raw:
        return None
    if len(raw) > LARGEST:
        raise Poison(f"The frame is {len(raw)} bytes long.")
    try:
        frame = _v1.decode(raw)
    except msgspec.ValidationError:
        frame = _loosely(raw)
    except (msgspec.DecodeError, RecursionError, ValueError, OverflowError) as error:
        raise Poison(str(error)[:500]) from error
    return _usable(frame)


def decode_v2(raw: bytes) -> Frame | None:
    """The event in a frame of version 2. Raises Poison; Info; NetworkError when the server gives us up."""
    if A_LIKE in raw:
        return None
    if len(raw) > LARGEST:
        raise Poison(f"The frame is {len(raw)} bytes long.")
    try:
        told = _v2.decode(raw)
    except msgspec.ValidationError:
        return _usable(_loosely_v2(raw))
    except (msgspec.DecodeError, RecursionError, ValueError, OverflowError) as error:
        raise Poison(str(error)[:500]) from error
    if told.kind == "error":
        raise NetworkError(f"{told.error} {told.message}".strip()[:200])
    if told.payload is None:
        raise Poison("The frame holds no event.")
    return _usable(_from_v2(told.payload))


def _from_v2(said: _Payload) -> Frame | None:
    kind = said.kind.rpartition("#")[2]
    if kind == "info":
        raise Info(said.name)
    if kind not in KINDS:
        return None
    at = said.witnessed or said.time
    if at is None:
        raise Poison("The event has no time.")
    commit = None
    if kind == "commit":
        commit = Commit(said.operation, said.collection, said.rkey, said.record)
    return Frame(said.did, micros(at), kind, commit, said.identity, said.account, said.seq)


def micros(at: datetime) -> int:
    """Microseconds since 1970 UTC; a time that names no zone is UTC."""
    gone = (at if at.tzinfo else at.replace(tzinfo=UTC)) - BEGIN
    return (gone.days * 86_400 + gone.seconds) * 1_000_000 + gone.microseconds


def _usable(frame: Frame | None) -> Frame | None:
    """The frame if it names somebody and something that happened; None when it is of no concern."""
    if frame is None:
        return None
    if not frame.did.startswith("did:") or len(frame.did) > 2048 or not 0 < frame.time_us < LATEST:
        raise Poison("The event names no account, or has no time that can be.")
    if frame.kind != "commit":
        return frame if getattr(frame, frame.kind, None) is not None else None
    commit = frame.commit
    if commit is None or not commit.rkey or len(commit.rkey) > 512:
        raise Poison("The event has no key.")
    if commit.collection not in COLLECTIONS:
        return None
    if commit.operation in ("create", "update") and commit.record is None:
        raise Poison("The record is missing.")
    return frame


def _loosely(raw: bytes) -> Frame:
    """A frame of version 1 with a record of another shape than Bluesky's: what of it can be read."""
    said = _any(raw)
    kind, time_us = words(said, "kind"), inside(said, "time_us")
    if not isinstance(time_us, int):
        raise Poison("The event has no time.")
    return Frame(words(said, "did"), time_us, kind, *_parts(said, inside(said, "commit"), kind))


def _loosely_v2(raw: bytes) -> Frame | None:
    said = inside(_any(raw), "payload")
    at = _moment(words(said, "witnessedAt") or words(said, "time"))
    kind, seq = words(said, "$type").rpartition("#")[2], inside(said, "seq")
    if at is None or kind not in KINDS or not isinstance(seq, int):
        raise Poison("The event has no time, no place or no kind.")
    return Frame(words(said, "did"), micros(at), kind, *_parts(said, said, kind), seq)


def _parts(said: Any, commit: Any, kind: str) -> tuple[Commit | None, Identity | None, Account | None]:
    if kind == "commit":
        record = inside(commit, "record")
        operation, collection, rkey = (words(commit, name) for name in ("operation", "collection", "rkey"))
        read = _record(record) if isinstance(record, dict) else None
        return Commit(operation, collection, rkey, read), None, None
    if kind == "identity":
        return None, Identity(words(said, "identity", "handle")), None
    active = inside(said, "account", "active")
    if not isinstance(active, bool):
        raise Poison("The event does not say whether the account is there.")
    return None, None, Account(active, words(said, "account", "status"))


def _record(said: dict[str, Any]) -> Record:
    """Field by field: one that is odd does not take the others with it."""
    found: dict[str, Any] = {}
    for name, kind in _FIELDS.items():
        with suppress(msgspec.ValidationError):
            found[name] = msgspec.convert(said.get(_WIRE.get(name, name)), kind)
    facets = [facet for facet in things(said, "facets") if isinstance(facet.get("features"), list)]
    features = [each for facet in facets for each in things(facet, "features")]
    kept = tuple(
        Feature(*(words(each, name) for name in ("$type", "tag", "uri", "did"))) for each in features
    )
    return Record(**found, facets=(Facet(kept),) if kept else ())


_WIRE = {"created": "createdAt"}
_FIELDS: dict[str, Any] = {
    "created": datetime,
    "text": str,
    "langs": tuple[str, ...],
    "tags": tuple[str, ...],
    "reply": Reply,
    "embed": Embed,
    "subject": Strong,
}


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _any(raw: bytes) -> Any:
    try:
        return msgspec.json.decode(raw)
    except (msgspec.DecodeError, RecursionError, ValueError) as error:
        raise Poison(str(error)[:500]) from error
