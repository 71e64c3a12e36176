"""The network's own stream is read as Jetstream's is: each record of a commit, what cannot be, and places."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import libipld
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspill.networks.bluesky import frames
from samspill.networks.bluesky.frames import POST, REPOST, Frame, Info, Poison
from samspill.networks.bluesky.repos import CLOSE, number_before, translate
from samspill.networks.errors import NetworkError

DID = "did:plc:" + "a" * 24
SAID = "2026-03-02T08:00:00.000Z"
AT = 1_772_438_400_000_000  # the same in microseconds


def cid_of(block: bytes) -> bytes:
    """A CID: version 1, DAG-CBOR, SHA-256."""
    return b"\x01\x71\x12\x20" + hashlib.sha256(block).digest()


def varint(number: int) -> bytes:
    more = number > 127
    return bytes([number & 127 | more << 7]) + (varint(number >> 7) if more else b"")


def car(blocks: Sequence[bytes]) -> bytes:
    parts = [libipld.encode_dag_cbor({"version": 1, "roots": [cid_of(b"")]})]
    parts += [cid_of(block) + block for block in blocks]
    return b"".join(varint(len(part)) + part for part in parts)


def framed(kind: str, body: dict[str, Any], op: int = 1) -> bytes:
    header = {"op": op, "t": kind} if kind else {"op": op}
    return bytes(libipld.encode_dag_cbor(header) + libipld.encode_dag_cbor(body))


def commit(*ops: tuple[str, str, dict[str, Any] | None], seq: int = 7, **more: Any) -> bytes:
    """A commit that does so many things: action, path, record."""
    blocks = [libipld.encode_dag_cbor(record) for _, _, record in ops if record is not None]
    told = [
        {"action": action, "path": path, "cid": cid_of(libipld.encode_dag_cbor(record)) if record else None}
        for action, path, record in ops
    ]
    body = {"seq": seq, "repo": DID, "time": SAID, "ops": told, "blocks": car(blocks), **more}
    return framed("#commit", body)


def read(raw: bytes) -> list[Frame | None]:
    return [frames.decode_v2(each) for each in translate(raw)]


def words(text: str) -> dict[str, Any]:
    return {"$type": POST, "text": text, "createdAt": SAID, "langs": ["nb"]}


def test_each_post_of_a_commit_is_an_event():
    first, second = read(
        commit(("create", f"{POST}/3k", words("Hei")), ("update", f"{POST}/3l", words("Hå")))
    )

    assert first is not None
    assert first.commit is not None
    assert first.commit.record is not None
    assert (first.did, first.time_us, first.seq, first.kind) == (DID, AT, 7, "commit")
    assert (first.commit.operation, first.commit.rkey, first.commit.record.text) == ("create", "3k", "Hei")
    assert second is not None
    assert second.commit is not None
    assert (second.commit.operation, second.commit.rkey) == ("update", "3l")


def test_deletion_and_repost_are_read():
    passed_on = {"$type": REPOST, "subject": {"uri": "at://x/y/z", "cid": "c"}, "createdAt": SAID}
    gone, repost = read(commit(("delete", f"{POST}/3k", None), ("create", f"{REPOST}/3l", passed_on)))

    assert gone is not None
    assert gone.commit is not None
    assert (gone.commit.operation, gone.commit.record) == ("delete", None)
    assert repost is not None
    assert repost.commit is not None
    assert repost.commit.record is not None
    assert repost.commit.record.subject is not None
    assert repost.commit.record.subject.uri == "at://x/y/z"


def test_what_else_people_do_is_passed_over_without_opening_its_blocks():
    assert read(commit(("create", "app.bsky.feed.like/3k", words("x")), blocks=b"rubbish")) == []


def test_pictures_in_a_record_are_no_obstacle():
    picture = {"$type": "blob", "ref": cid_of(b"x"), "mimeType": "image/png", "size": 1}
    embed = {"$type": "app.bsky.embed.images", "images": [{"alt": "En foss", "image": picture}]}
    (frame,) = read(commit(("create", f"{POST}/3k", words("") | {"embed": embed})))

    assert frame is not None
    assert frame.commit is not None
    assert frame.commit.record is not None
    assert frame.commit.record.embed is not None
    assert frame.commit.record.embed.images[0].alt == "En foss"


def test_handles_and_accounts_are_told():
    (named,) = read(framed("#identity", {"seq": 1, "did": DID, "time": SAID, "handle": "kari.test"}))
    (gone,) = read(
        framed("#account", {"seq": 2, "did": DID, "time": SAID, "active": False, "status": "deleted"})
    )

    assert named is not None
    assert named.identity is not None
    assert (named.identity.handle, named.seq) == ("kari.test", 1)
    assert gone is not None
    assert gone.account is not None
    assert (gone.account.active, gone.account.status) == (False, "deleted")


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\xff\xff",
        b"not cbor",
        libipld.encode_dag_cbor({"op": 1, "t": "#commit"}),
        framed("#commit", {"seq": 1, "repo": DID, "ops": [{"action": "create", "path": f"{POST}/3k"}]}),
        commit(("create", f"{POST}/3k", words("Hei")), blocks=b"rubbish"),
        commit(("create", f"{POST}/3k", words("Hei")), blocks=b"", tooBig=True),
        commit(("create", f"{POST}/", words("Hei"))),
        framed("#account", {"seq": 2}),
    ],
)
def test_what_cannot_be_read_is_poison(raw: bytes):
    told = translate(raw)

    assert len(told) == 1
    with pytest.raises(Poison):
        frames.decode_v2(told[0])


@given(st.binary(max_size=200))
def test_no_frame_breaks_the_reading(raw: bytes):
    for told in translate(raw):
        with suppress(Poison, Info, NetworkError):
            frames.decode_v2(told)


def test_server_says_what_it_thinks_of_the_place():
    for raw, name in (
        (framed("#info", {"name": "OutdatedCursor"}), "OutdatedCursor"),
        (framed("", {"error": "FutureCursor", "message": "Cursor in the future."}, op=-1), "FutureCursor"),
    ):
        with pytest.raises(Info, match=name):
            read(raw)
    with pytest.raises(NetworkError, match="ConsumerTooSlow"):
        read(framed("", {"error": "ConsumerTooSlow", "message": "x"}, op=-1))
    assert read(framed("#sync", {"seq": 3, "did": DID, "time": SAID, "blocks": b""})) == []


@given(
    gaps=st.lists(st.integers(1, 5000), min_size=1, max_size=60),
    wanted=st.integers(-5, 70),
    begin=st.integers(1, 10**9),
    known=st.integers(-1, 59),
)
def test_place_of_a_time_is_before_it_and_close(gaps: list[int], wanted: int, begin: int, known: int):
    """Whatever the numbers are: nothing from that time on is left out, and little before it is read again."""
    numbers = [begin + sum(gaps[:each]) for each in range(len(gaps))]
    events = [(number, AT + place * 1000) for place, number in enumerate(numbers)]
    at = AT + wanted * 1000

    def ask(after: int) -> tuple[int, int] | None:
        return next((event for event in events if event[0] > after), None)

    start = events[known] if 0 <= known < len(events) else (0, 0)
    found = number_before(at, ask, start)

    earlier = [number for number, when in events if when < at]
    assert all(number > found for number, when in events if when >= at)
    assert [number for number in earlier if number > found + CLOSE] == [] or found == 0


def test_long_stream_is_searched_in_few_steps():
    asked: list[int] = []

    def ask(after: int) -> tuple[int, int] | None:
        asked.append(after)
        return (after + 1, after + 1) if after < 300_000_000 else None

    found = number_before(234_567_890, ask, known=(1, 1))

    assert 0 <= 234_567_890 - found <= CLOSE + 1
    assert len(asked) < 45


def test_time_is_read_to_the_microsecond():
    later = datetime(2026, 3, 2, 8, tzinfo=UTC) + timedelta(microseconds=1)
    raw = framed("#identity", {"seq": 1, "did": DID, "time": later.isoformat(), "handle": "kari.test"})

    (frame,) = read(raw)

    assert frame is not None
    assert frame.time_us == AT + 1
