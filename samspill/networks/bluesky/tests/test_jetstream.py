"""A Jetstream server is read as it is: both versions, every shape of record, every kind of end."""

from __future__ import annotations

import base64
import hashlib
import json
import random
import socket
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import pytest

from samspill.networks.bluesky import frames
from samspill.networks.bluesky.frames import Poison
from samspill.networks.bluesky.jetstream import Jetstream, Place, Stream, TooOld, address
from samspill.networks.bluesky.tests.firehose import (
    Event,
    Faults,
    Firehose,
    account,
    commit,
    framed,
    identity,
    post,
    running,
    wrapped,
)
from samspill.networks.errors import Blocked, NetworkError, TryLater
from samspill.networks.tests.servers import serving
from samspill.networks.websocket import Ended, NotOpened, open_socket

DID = "did:plc:" + "a" * 24
AT = 1_772_438_400_000_000  # 2 March 2026, 08:00 UTC


def said(event: Event) -> Any:
    """The same event by both wires."""
    frame, other = frames.decode(event.raw), frames.decode_v2(wrapped(event.raw, 7))
    assert frame is not None
    assert other is not None
    assert (other.did, other.kind, other.commit, other.identity, other.account) == (
        frame.did,
        frame.kind,
        frame.commit,
        frame.identity,
        frame.account,
    )
    assert (other.seq, other.time_us) == (7, frame.time_us)
    return frame


def test_post_is_read_with_all_that_stands_in_it():
    parent = {"uri": "at://did:plc:b/app.bsky.feed.post/1", "cid": "x"}
    root = {"uri": "at://did:plc:c/app.bsky.feed.post/2", "cid": "x"}
    page = {"$type": "app.bsky.embed.external", "external": {"uri": "https://example.org/a", "title": "A"}}
    event = post(
        DID, AT, "3k", "Hei #Blåbær", langs=["nb-NO"], reply={"root": root, "parent": parent}, embed=page
    )
    record = said(event).commit.record
    assert record.text == "Hei #Blåbær"
    assert record.created == datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
    assert record.facets[0].features[0].tag == "Blåbær"
    assert record.langs == ("nb-NO",)
    assert (record.reply.parent.uri, record.reply.root.uri) == (parent["uri"], root["uri"])
    assert record.embed.external.uri == "https://example.org/a"


def test_removal_account_and_identity_are_read():
    assert said(commit(DID, AT, "3k", None)).commit.operation == "delete"
    assert said(account(DID, AT, active=False, status="takendown")).account.status == "takendown"
    assert said(identity(DID, AT, "anna.example")).identity.handle == "anna.example"


def test_repost_names_what_it_passes_on():
    subject = {"subject": {"uri": "at://did:plc:b/app.bsky.feed.post/1"}, "createdAt": "2026-03-02T08:00:00Z"}
    record = said(commit(DID, AT, "3k", subject, kind="repost")).commit.record
    assert record.subject.uri == "at://did:plc:b/app.bsky.feed.post/1"


@pytest.mark.parametrize("kind", ["like", "threadgate", "postgate"])
def test_what_nobody_wants_is_passed_over(kind):
    event = commit(DID, AT, "3k", {"subject": {"uri": "at://x"}}, kind=kind)
    assert frames.decode(event.raw) is None
    assert frames.decode_v2(wrapped(event.raw, 1)) is None


def test_text_that_talks_of_likes_is_kept():
    text = '"collection":"app.bsky.feed.like"'
    assert said(post(DID, AT, "3k", text)).commit.record.text == text


@pytest.mark.parametrize(
    "odd",
    [
        {"facets": "none"},
        {"facets": [{"features": {"tag": "x"}}, 5]},
        {"langs": [1, 2]},
        {"reply": {"parent": 5}},
        {"embed": ["x"]},
        {"createdAt": "yesterday"},
        {"tags": {"a": 1}},
    ],
)
def test_odd_field_does_not_take_the_others_with_it(odd):
    record = said(post(DID, AT, "3k", "Hei", **{"langs": ["nb"], **odd})).commit.record
    assert record.text == "Hei"
    assert record.langs == (() if "langs" in odd else ("nb",))


def test_odd_facet_leaves_the_tags_of_the_others():
    marks = [{"features": [{"$type": "app.bsky.richtext.facet#tag", "tag": "vår"}, 7]}, {"features": None}]
    record = said(post(DID, AT, "3k", "Hei", facets=marks)).commit.record
    assert [feature.tag for facet in record.facets for feature in facet.features] == ["vår"]


GOOD = post(DID, AT, "3k", "Hei").raw
POISON = {
    "cut off": GOOD[:-7],
    "no JSON": b"hello",
    "empty": b"",
    "bad UTF-8": GOOD.replace(b"Hei", b"\xff\xfe"),
    "half a character": GOOD.replace(b"Hei", b"\\ud83d"),
    "too deep": b'{"did":' * 100_000,
    "too long": GOOD.replace(b"Hei", b"x" * 2**21),
    "a list": b"[1, 2]",
    "no account": GOOD.replace(DID.encode(), b"anna"),
    "no time": GOOD.replace(b"time_us", b"time"),
    "time out of range": GOOD.replace(str(AT).encode(), b"9" * 30),
    "time of nobody": GOOD.replace(str(AT).encode(), b"-5"),
    "no key": GOOD.replace(b'"3k"', b'""'),
    "no record": GOOD.replace(b'"record"', b'"recorded"'),
    "record is a word": json.dumps(
        {**json.loads(GOOD), "commit": {"record": "x", "operation": "create"}}
    ).encode(),
}


@pytest.mark.parametrize("raw", POISON.values(), ids=POISON)
def test_poison_is_told_from_what_can_be_read(raw):
    with pytest.raises(Poison):
        frames.decode(raw)
    with pytest.raises(Poison):
        frames.decode_v2(wrapped(raw, 1))


def test_no_frame_whatever_is_in_it_raises_anything_else():
    chance = random.Random(5)
    for _round in range(3000):
        raw = bytearray(GOOD if chance.random() < 0.5 else wrapped(GOOD, 3))
        for _change in range(chance.randint(1, 4)):
            raw[chance.randrange(len(raw))] = chance.randrange(256)
        for decode in (frames.decode, frames.decode_v2):
            with suppress(Poison, frames.Info, NetworkError):
                decode(bytes(raw))


def test_word_of_the_server_is_no_event():
    with pytest.raises(frames.Info, match="OutdatedCursor"):
        frames.decode_v2(b'{"$type":"message","payload":{"$type":"x#info","name":"OutdatedCursor"}}')
    with pytest.raises(NetworkError, match="ConsumerTooSlow reader below floor rate"):
        frames.decode_v2(b'{"$type":"error","error":"ConsumerTooSlow","message":"reader below floor rate"}')


def test_place_is_read_as_it_was_written():
    for place in (Place(), Place(AT), Place(AT, 12, "wss://a.example")):
        assert Place.read(place.written()) == place
    assert Place.read("") == Place()
    assert Place(AT, 5, "x") < Place(AT + 1)


# ---------- over the socket ----------


@pytest.fixture
def allow(settings):
    def allow_server(port: int) -> str:
        settings.PRIVATE_HOSTS = [*settings.PRIVATE_HOSTS, f"127.0.0.1:{port}"]
        return f"ws://127.0.0.1:{port}"

    return allow_server


def posts(count: int) -> list[Event]:
    return [post(DID, AT + 1000 * number, f"k{number}", f"post {number}") for number in range(count)]


def read(stream: Stream, count: int) -> list[Any]:
    found: list[Any] = []
    while len(found) < count and (came := stream.read(2)):
        found += [frame for raw in came if (frame := stream.decode(raw))]
    return found


@pytest.mark.enable_socket
@pytest.mark.parametrize("version", [1, 2])
def test_stream_goes_on_from_a_place(version, allow):
    with running(Firehose(posts(50), version=version)) as firehose:
        server = Jetstream(allow(firehose.port))
        with server.open(Place(AT + 10_000), rewind=3000) as stream:
            found = read(stream, 43)
        assert [frame.commit.rkey for frame in found] == [f"k{number}" for number in range(7, 50)]
        assert server.version == version
        with server.open(stream.place(found[10])) as stream:
            again = read(stream, 33)
        assert again[0] == found[10]
        assert stream.exact == (version == 2)


@pytest.mark.enable_socket
def test_server_of_version_2_says_what_is_too_old(allow):
    with running(Firehose(posts(50), version=2, floor=AT + 20_000)) as firehose:
        server = Jetstream(allow(firehose.port))
        with pytest.raises(TooOld):
            server.open(Place(AT + 1000, 2, server.host))
        with server.open(Place(AT + 1000)) as stream, pytest.raises(frames.Info, match="OutdatedCursor"):
            read(stream, 1)


@pytest.mark.enable_socket
def test_server_that_breaks_off_is_told_from_one_that_is_quiet(allow):
    with running(Firehose(posts(50), faults=Faults(cuts=(20, 20)))) as firehose:
        server = Jetstream(allow(firehose.port))
        with server.open(Place(AT)) as stream:
            assert len(read(stream, 20)) == 20
            with pytest.raises(Ended):
                stream.read(2)
    with (
        running(Firehose(posts(50))) as quiet,
        Jetstream(allow(quiet.port)).open(Place(AT + 10**9)) as stream,
    ):
        assert stream.read(0.05) == []


@pytest.mark.enable_socket
def test_frame_in_parts_is_put_together_and_a_ping_is_answered(allow):
    def behave(line: socket.socket, head: bytes) -> None:
        key = next(
            row.split(b": ")[1] for row in head.split(b"\r\n") if row.lower().startswith(b"sec-websocket-key")
        )
        accept = base64.b64encode(hashlib.sha1(key + b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11").digest())
        line.sendall(
            b"HTTP/1.1 101 x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            b"Sec-WebSocket-Accept: "
            + accept
            + b"\r\n\r\n"
            + b"\x01\x02He\x89\x00\x80\x01i"
            + framed(b"next")
        )
        answered.append(line.recv(100))
        line.sendall(b"\x88\x0a\x03\xe8too slow")

    answered: list[bytes] = []
    with serving(behave) as server, open_socket(f"{allow(server.port)}/subscribe") as opened:
        assert opened.read(2) == [b"Hei", b"next"]
        with pytest.raises(Ended, match="too slow"):
            assert [opened.read(2) for _each in range(3)] == []
    assert answered[0][0] == 0x8A


@pytest.mark.enable_socket
def test_server_that_opens_no_stream_says_what_it_answered(allow):
    closed = Firehose([], faults=Faults(refusals=1.0), version=2)
    with running(closed) as firehose, pytest.raises(NotOpened) as caught:
        Jetstream(allow(firehose.port)).open(Place())
    assert caught.value.status == 503


@pytest.mark.enable_socket
def test_private_server_is_not_visited():
    with running(Firehose(posts(1))) as firehose:
        with pytest.raises(Blocked):
            Jetstream(f"ws://127.0.0.1:{firehose.port}").open(Place())
        assert not firehose.asked


def test_name_is_connected_at_the_address_that_was_looked_at(monkeypatch):
    tried: list[object] = []
    answers = iter(["93.184.216.34", "127.0.0.1"])

    def resolve(host, port, *args, **kwargs):
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers), port))]

    def refuse(address, *args, **kwargs):
        tried.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(socket, "create_connection", refuse)
    with pytest.raises(TryLater):
        open_socket("wss://rebinding.example/subscribe")
    assert tried == [("93.184.216.34", 443)]


def test_address_is_read_as_people_write_it(settings):
    settings.PRIVATE_HOSTS = ["127.0.0.1:6008"]
    assert address(" Jetstream1.US-east.bsky.network ") == "wss://jetstream1.us-east.bsky.network"
    assert address("wss://a.example/") == "wss://a.example"
    assert address("ws://127.0.0.1:6008") == "ws://127.0.0.1:6008"
    for wrong in ("a.example:22", "word", "wss://user:word@a.example"):
        with pytest.raises(Blocked):
            address(wrong)
