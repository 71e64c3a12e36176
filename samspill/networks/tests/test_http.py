"""The only way out: visits public servers alone, in bounded time, for a bounded answer."""

from __future__ import annotations

import gzip
import socket
import struct
import time
from contextlib import ExitStack
from pathlib import Path

import pytest

from samspill.networks import http
from samspill.networks.addresses import is_public
from samspill.networks.errors import Blocked, OutcomeUnknown, TryLater
from samspill.networks.tests.servers import Server, says, serving

pytestmark = pytest.mark.enable_socket

HERE = Path(__file__).parent
PRIVATE = (HERE / "private_addresses.txt").read_text().splitlines()
PUBLIC = [
    "1.1.1.1",
    "8.8.8.8",
    "172.15.255.255",
    "172.32.0.1",
    "100.63.255.255",
    "2606:4700::1111",
    "2a02:c0::1",
]
# As people who mean harm write them; each must end before a connection, whatever the resolver makes of it.
HOSTILE = (HERE / "hostile_urls.txt").read_text().splitlines()


def test_corpus_is_large():
    assert len(HOSTILE) >= 60


@pytest.mark.parametrize("address", PRIVATE)
def test_private_address_is_not_public(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_public_address_is_public(address):
    assert is_public(address)


@pytest.fixture
def no_line(monkeypatch):
    """Notice every connection that would leave this machine, and let none of them."""
    tried: list[object] = []

    def refuse(address, *args, **kwargs):
        tried.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "create_connection", refuse)
    return tried


@pytest.mark.parametrize("url", HOSTILE)
def test_hostile_url_ends_before_a_connection(url, no_line):
    with pytest.raises(TryLater):
        http.request("GET", url)
    assert not no_line


@pytest.mark.parametrize("url", HOSTILE)
def test_hostile_url_carries_nothing_away(url, no_line):
    with pytest.raises(TryLater):
        http.request("POST", url, json={"a": 1}, headers={"authorization": "Bearer x"}, once=True)
    assert not no_line


def answers(monkeypatch, *rounds: list[str]) -> None:
    """Let the resolver give these addresses, the next list at each question."""
    left = list(rounds)

    def resolve(host, port, *args, **kwargs):
        found = left.pop(0) if len(left) > 1 else left[0]
        return [
            (socket.AF_INET6 if ":" in each else socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, port))
            for each in found
        ]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)


def test_name_with_one_private_address_among_public_ones_is_not_visited(monkeypatch, no_line):
    answers(monkeypatch, ["93.184.216.34", "10.0.0.7"])
    with pytest.raises(Blocked):
        http.request("GET", "https://two-faced.example/")
    assert not no_line


def test_name_with_public_v4_and_private_v6_is_not_visited(monkeypatch, no_line):
    answers(monkeypatch, ["93.184.216.34", "::1"])
    with pytest.raises(Blocked):
        http.request("GET", "https://two-faced.example/")
    assert not no_line


def test_rebinding_name_is_connected_at_the_address_that_was_looked_at(monkeypatch, no_line):
    answers(monkeypatch, ["93.184.216.34"], ["127.0.0.1"])
    with pytest.raises(TryLater):
        http.request("GET", "http://rebinding.example/")
    assert no_line == [("93.184.216.34", 80)]


def test_unknown_name_says_so(monkeypatch, no_line):
    def resolve(*args, **kwargs):
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    with pytest.raises(TryLater, match="No server was found under this name"):
        http.request("POST", "https://nobody.example/", content=b"x", once=True)


@pytest.fixture
def allow(settings):
    def allow_server(server: Server) -> Server:
        settings.PRIVATE_HOSTS = [*settings.PRIVATE_HOSTS, server.place]
        return server

    return allow_server


def test_allowed_private_host_answers(allow):
    with serving(says("200 OK", "Content-Type: text/plain", "X-Word: Hei", body="blåbær".encode())) as server:
        answer = http.request("GET", allow(server).url())
    assert (answer.status, answer.body.decode(), answer.headers["x-word"]) == (200, "blåbær", "Hei")
    assert b"user-agent: Samspill/" in server.seen[0]
    assert b"cookie" not in server.seen[0].lower()


def test_private_host_is_allowed_at_its_own_port_only(allow, settings):
    with serving(says("200 OK")) as server:
        settings.PRIVATE_HOSTS = [f"127.0.0.1:{server.port + 1}", f"localhost:{server.port}"]
        with pytest.raises(Blocked):
            http.request("GET", server.url())
    assert not server.seen


def test_environment_cannot_put_a_proxy_between(allow, monkeypatch):
    with serving(says("200 OK", body=b"straight")) as server, serving(says("200 OK", body=b"proxy")) as proxy:
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.url())
        assert http.request("GET", allow(server).url()).body == b"straight"
    assert not proxy.seen


@pytest.mark.parametrize(
    "status", ["301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent"]
)
def test_redirect_to_a_private_address_is_not_followed(allow, status):
    with serving(says("200 OK")) as inner, serving(says(status, f"Location: {inner.url()}")) as outer:
        with pytest.raises(Blocked):
            http.request("GET", allow(outer).url())
        assert len(outer.seen) == 1
        assert not inner.seen


@pytest.mark.parametrize(
    "target",
    [
        "//127.0.0.1:1/",
        "http://[::1]/",
        "file:///etc/passwd",
        "http://0x7f000001/",
        "javascript:1",
    ],
)
def test_redirect_in_disguise_is_not_followed(allow, target):
    with serving(says("302 Found", f"Location: {target}")) as outer, pytest.raises(TryLater):
        http.request("GET", allow(outer).url())
    assert len(outer.seen) == 1


def test_read_is_redirected_and_says_where_it_ended(allow):
    with ExitStack() as stack:
        inner = stack.enter_context(serving(says("200 OK", body=b"here")))
        outer = stack.enter_context(serving(says("302 Found", f"Location: {allow(inner).url('/there')}")))
        answer = http.request("GET", allow(outer).url(), headers={"Authorization": "Bearer secret"})
    assert answer.body == b"here"
    assert answer.url == inner.url("/there")
    assert b"secret" in outer.seen[0]
    assert b"secret" not in inner.seen[0]
    assert f"host: {inner.place}".encode() in inner.seen[0].lower()


def test_three_redirects_are_followed_and_a_fourth_is_not(allow):
    def steps(line: socket.socket, head: bytes) -> None:
        left = int(head.split(b" ")[1].strip(b"/"))
        says("302 Found", f"Location: /{left - 1}")(line, head) if left else says("200 OK", body=b"end")(
            line, head
        )

    with serving(steps) as server:
        assert http.request("GET", allow(server).url("/3")).body == b"end"
        with pytest.raises(TryLater, match="circles"):
            http.request("GET", server.url("/4"))


@pytest.mark.parametrize(
    ("start", "target", "follows"),
    [
        ("https://a.example/", "http://a.example/", False),
        ("https://a.example/", "http://b.example/", False),
        ("http://a.example/", "https://a.example/", True),
    ],
)
def test_redirect_goes_to_a_safer_connection_only(start, target, follows):
    asked = []

    def server(sent, limit, seconds):
        asked.append(sent.url)
        moved = http.Answer(301, {"location": target}, b"")
        return moved if sent.url == start else http.Answer(200, {}, b"")

    with http.replaced(server):
        if follows:
            assert http.request("GET", start).url == target
        else:
            with pytest.raises(Blocked, match="unsafe"):
                http.request("GET", start)
    assert (target in asked) == follows


def test_send_is_never_redirected(allow):
    with (
        serving(says("200 OK")) as inner,
        serving(says("307 Temporary", f"Location: {inner.url()}")) as outer,
    ):
        allow(inner)
        answer = http.request("POST", allow(outer).url(), content=b"x", once=True)
    assert answer.status == 307
    assert not inner.seen


def test_meta_refresh_is_only_text(allow):
    page = b'<meta http-equiv="refresh" content="0;url=http://127.0.0.1/">'
    with serving(says("200 OK", body=page)) as server:
        assert http.request("GET", allow(server).url()).body == page


def test_password_does_not_leave_over_an_open_line(monkeypatch, no_line):
    answers(monkeypatch, ["93.184.216.34"])
    with pytest.raises(Blocked, match="safe connection"):
        http.request("GET", "http://open.example/", headers={"Authorization": "Bearer x"})
    assert not no_line


def test_cookies_are_not_kept(allow):
    with serving(says("200 OK", "Set-Cookie: a=b; Path=/")) as server:
        http.request("GET", allow(server).url())
        http.request("GET", server.url())
    assert b"a=b" not in server.seen[1]


def test_answer_up_to_the_limit_is_taken_and_one_byte_more_is_not(allow):
    with serving(says("200 OK", body=b"x" * 1000)) as server:
        assert len(http.request("GET", allow(server).url(), limit=1000).body) == 1000
        with pytest.raises(TryLater, match="larger than we take in"):
            http.request("GET", server.url(), limit=999)


def test_packed_answer_is_unpacked(allow):
    with serving(says("200 OK", "Content-Encoding: gzip", body=gzip.compress(b"hei" * 1000))) as server:
        assert http.request("GET", allow(server).url()).body == b"hei" * 1000


def test_packed_answer_counts_as_unpacked(allow):
    bomb = gzip.compress(b"\0" * 50_000_000)
    assert len(bomb) < 60_000
    with serving(says("200 OK", "Content-Encoding: gzip", body=bomb)) as server:
        started = time.monotonic()
        with pytest.raises(TryLater, match="larger than we take in"):
            http.request("GET", allow(server).url())
    assert time.monotonic() - started < 1


@pytest.mark.parametrize("packing", ["br", "deflate", "gzip, gzip", "zstd"])
def test_other_packing_is_not_opened(allow, packing):
    with (
        serving(says("200 OK", f"Content-Encoding: {packing}", body=b"?")) as server,
        pytest.raises(TryLater),
    ):
        http.request("GET", allow(server).url())


def test_damaged_packing_says_so(allow):
    for body in (b"no gzip", gzip.compress(b"hei" * 1000)[:-20]):
        packed = says("200 OK", "Content-Encoding: gzip", body=body)
        with serving(packed) as server, pytest.raises(TryLater, match="damaged"):
            http.request("GET", allow(server).url())


def drip(line: socket.socket, head: bytes) -> None:
    line.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
    for _byte in range(1000):
        line.sendall(b"x")
        time.sleep(0.05)


def drip_head(line: socket.socket, head: bytes) -> None:
    for byte in b"HTTP/1.1 200 OK\r\n" + b"X-Long: y\r\n" * 1000:
        line.sendall(bytes([byte]))
        time.sleep(0.05)


def endless(line: socket.socket, head: bytes) -> None:
    line.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    while True:
        line.sendall(b"1000\r\n" + b"x" * 4096 + b"\r\n")


def silent(line: socket.socket, head: bytes) -> None:
    line.recv(1)


@pytest.mark.parametrize("behaviour", [drip, drip_head, silent])
def test_slow_server_is_left_at_the_deadline(allow, behaviour):
    with serving(behaviour) as server:
        started = time.monotonic()
        with pytest.raises(TryLater, match="took too long"):
            http.request("GET", allow(server).url(), timeout=0.4)
    assert 0.3 < time.monotonic() - started < 1.5


def test_endless_answer_ends(allow):
    with serving(endless) as server, pytest.raises(TryLater, match="larger than we take in"):
        http.request("GET", allow(server).url())


def reset(line: socket.socket, head: bytes) -> None:
    line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    line.close()


def garbage(line: socket.socket, head: bytes) -> None:
    line.sendall(b"SSH-2.0-OpenSSH_9.2\r\n")


def cut(line: socket.socket, head: bytes) -> None:
    line.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nonly this")


@pytest.mark.parametrize("behaviour", [reset, garbage, cut, silent, endless, drip])
def test_send_without_a_trustworthy_answer_is_unknown(allow, behaviour):
    with serving(behaviour) as server, pytest.raises(OutcomeUnknown):
        http.request("POST", allow(server).url(), json={"text": "hei"}, once=True, timeout=0.4)


@pytest.mark.parametrize("behaviour", [reset, garbage, cut])
def test_harmless_request_without_an_answer_is_tried_later(allow, behaviour):
    with serving(behaviour) as server, pytest.raises(TryLater):
        http.request("POST", allow(server).url(), json={"text": "hei"})


def test_closed_port_means_that_nothing_left(allow, settings):
    with serving(says("200 OK")) as server:
        pass
    allow(server)
    with pytest.raises(TryLater, match="does not answer"):
        http.request("POST", server.url(), content=b"x", once=True)


def test_server_without_tls_means_that_nothing_left(allow):
    with serving(garbage, reads=False) as server:
        allow(server)
        with pytest.raises(TryLater, match="certificate"):
            http.request("POST", f"https://{server.place}/", content=b"x", once=True)


def test_every_status_is_an_answer(allow):
    for status in (204, 304, 400, 401, 404, 410, 422, 429, 500, 503):
        with serving(says(f"{status} Word")) as server:
            assert http.request("GET", allow(server).url()).status == status


def test_header_goes_back_byte_for_byte_as_it_came(allow):
    mark = b'W/"bl\xe5b\xc3\xa6r"'

    def marked(line, head):
        line.sendall(b"HTTP/1.1 200 OK\r\nETag: " + mark + b"\r\nContent-Length: 0\r\n\r\n")

    with serving(marked) as server:
        allow(server)
        etag = http.request("GET", server.url()).headers["etag"]
        http.request("GET", server.url(), headers={"if-none-match": etag})
        assert b"if-none-match: " + mark in server.seen[-1].lower().replace(mark.lower(), mark)


def test_json_is_read_and_what_is_not_json_is_none():
    assert http.Answer(200, {}, '{"a": "å"}'.encode()).json() == {"a": "å"}
    assert http.Answer(200, {}, b'{"a": "\\ud83d"}').json() == {"a": "?"}
    for body in (b"", b"<html>", b"\xff\xfe", b"[" * 100_000):
        assert http.Answer(200, {}, body).json() is None


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("mastodon.example", "https://mastodon.example"),
        (" https://Mastodon.Example/@kari ", "https://mastodon.example"),
        ("http://mastodon.example", "https://mastodon.example"),
        ("blåbær.example", "https://xn--blbr-roah.example"),
        ("http://intranet:8080", "http://intranet:8080"),
    ],
)
def test_server_address_is_what_a_person_meant(typed, address, settings):
    settings.PRIVATE_HOSTS = ["intranet:8080"]
    assert http.server_address(typed) == address


@pytest.mark.parametrize(
    "typed", ["", "a b", "ftp://x.example", "http://x.example:8080", "kari:pw@x.example", "://"]
)
def test_what_is_no_server_address_is_said_so(typed):
    with pytest.raises(Blocked):
        http.server_address(typed)
