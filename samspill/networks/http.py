"""The only way out: one client that visits public servers alone, in bounded time, for a bounded answer.

Whoever calls learns one of three things: an answer, that nothing left this machine, or that it is not known.
"""

from __future__ import annotations

import json
import socket
import ssl
import time
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

import certifi
import httpcore
import httpx
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from samspill.networks.addresses import is_public
from samspill.networks.errors import Blocked, NetworkError, OutcomeUnknown, TryLater

CONNECT = 10.0  # seconds
READ = 20.0  # seconds for a whole read, redirects included
SEND = 60.0  # seconds for a whole request that carries something of ours
LIMIT = 2 * 2**20  # bytes of an unpacked answer
REDIRECTS = 3
READS = ("GET", "HEAD")
MOVED = (301, 302, 303, 307, 308)


class NoAnswer(NetworkError):
    """The request was written, wholly or in part, and no trustworthy answer came."""


@dataclass(frozen=True)
class Request:
    """A request as it leaves this machine. Header names in small letters."""

    method: str
    url: str
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(default=b"", repr=False)


@dataclass(frozen=True)
class Answer:
    """What came back. Header names in small letters; `url` is where it came from after redirects."""

    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)
    url: str = ""

    @property
    def ok(self) -> bool:
        return 200 <= self.status < 300

    def json(self) -> Any:
        """The body as JSON, or None where it is no JSON. Halves of characters become question marks."""
        try:
            value = json.loads(self.body)
            if b"\\ud" in self.body.lower():
                value = json.loads(json.dumps(value, ensure_ascii=False).encode("utf-8", "replace"))
        except (ValueError, RecursionError):
            return None
        return value


Transport = Callable[[Request, int, float], Answer]


def request(
    method: str,
    url: str,
    *,
    params: Mapping[str, Any] | Sequence[tuple[str, str]] | None = None,
    json: Any = None,
    form: Mapping[str, str] | None = None,
    files: Mapping[str, tuple[str, bytes, str]] | None = None,
    content: bytes | None = None,
    headers: Mapping[str, str] | None = None,
    once: bool = False,
    limit: int = LIMIT,
    timeout: float | None = None,
) -> Answer:
    """Ask a server. Any status is an answer; redirects are followed for reads only.

    Raises TryLater when nothing was done or the answer to a harmless request did not come; Blocked (a
    TryLater) for an address we do not visit; and with `once`, for what must not be done twice, OutcomeUnknown
    when the request left and no trustworthy answer came.
    """
    sent = _build(
        method, url, params=params, json=json, data=form, files=files, content=content, headers=headers
    )
    total = timeout or (READ if method in READS else SEND)
    try:
        return _ask(sent, limit, time.monotonic() + total)
    except NoAnswer as error:
        if once:
            raise OutcomeUnknown(error.args[0]) from error
        raise TryLater(error.args[0]) from error


def server_address(typed: str) -> str:
    """`https://host` for what a person typed as a server; http:// only where the operator allows it."""
    text = typed.strip().rstrip("/")
    plain = text.lower().startswith("http://")
    try:
        url = httpx.URL(text if "://" in text else f"https://{text}")
        origin = f"{url.scheme}://{url.netloc.decode('ascii')}".lower()
    except (httpx.InvalidURL, ValueError) as error:
        raise Blocked(_("This is not a web address.")) from error
    if plain and not _is_allowed(url):
        origin = origin.replace("http://", "https://", 1)
    _check(httpx.URL(origin))
    if url.userinfo:
        raise Blocked(_("Leave the name and password out of the web address."))
    return origin


@contextmanager
def replaced(by: Transport) -> Iterator[None]:
    """Let `by` stand for the outside: the one seam for tests."""
    global transport
    before, transport = transport, by
    try:
        yield
    finally:
        transport = before


def _build(method: str, url: str, *, headers: Mapping[str, str] | None, **parts: Any) -> Request:
    given = {name: value for name, value in parts.items() if value is not None}
    try:
        asked = {name.encode("ascii"): value.encode("latin-1") for name, value in (headers or {}).items()}
        made = httpx.Request(method, url, headers=asked, **given)
        body = made.read()
    except (httpx.InvalidURL, ValueError, TypeError) as error:
        raise Blocked(_("This is not a web address.")) from error
    sent = {name.decode("ascii").lower(): value.decode("latin-1") for name, value in made.headers.raw}
    sent |= {"user-agent": f"Samspill/{settings.VERSION}", "accept-encoding": "gzip", "connection": "close"}
    sent.setdefault("accept", "*/*")
    return Request(method, str(made.url), sent, body)


def _ask(sent: Request, limit: int, deadline: float) -> Answer:
    for _hop in range(REDIRECTS + 1):
        url = httpx.URL(sent.url)
        _check(url)
        if "authorization" in sent.headers and url.scheme == "http" and not _is_allowed(url):
            raise Blocked(_("A password is only sent over a safe connection (https)."))
        answer = transport(sent, limit, deadline - time.monotonic())
        target = answer.headers.get("location")
        if sent.method not in READS or answer.status not in MOVED or not target:
            return replace(answer, url=sent.url)
        sent = _follow(sent, target)
    raise TryLater(_("The server sends us in circles."))


def _follow(sent: Request, target: str) -> Request:
    """The same read at the address we were sent to; what is secret stays with the host it was meant for."""
    try:
        here = httpx.URL(sent.url)
        there = here.join(target)
    except (httpx.InvalidURL, ValueError) as error:
        raise Blocked(_("The server sends us to what is not a web address.")) from error
    if here.scheme == "https" and there.scheme != "https":
        raise Blocked(_("The server sends us from a safe connection to an unsafe one."))
    headers = {**sent.headers, "host": there.netloc.decode("ascii")}
    if (here.scheme, here.netloc) != (there.scheme, there.netloc):
        headers.pop("authorization", None)
    return Request(sent.method, str(there.copy_with(fragment=None)), headers)


def _check(url: httpx.URL) -> None:
    if url.scheme not in ("http", "https") or not url.host or "%" in url.host:
        raise Blocked(_("This is not a web address."))
    if url.userinfo:
        raise Blocked(_("Leave the name and password out of the web address."))
    if not _is_allowed(url) and url.port not in (None, 80, 443):
        raise Blocked(_("Samspill visits servers on their usual ports only (80 and 443)."))


def _is_allowed(url: httpx.URL) -> bool:
    """Whether the operator names this very host and port in SAMSPILL_PRIVATE_HOSTS."""
    port = url.port or (443 if url.scheme == "https" else 80)
    return _names(url.host, port)


def _names(host: str, port: int) -> bool:
    shown = f"[{host}]" if ":" in host else host
    return f"{shown}:{port}".lower() in {each.lower() for each in settings.PRIVATE_HOSTS}


def carry(sent: Request, limit: int, seconds: float) -> Answer:
    """Make one request on its own connection. Raises TryLater (nothing left) or NoAnswer (something did)."""
    deadline = time.monotonic() + seconds
    times = {"connect": CONNECT, "read": seconds, "write": seconds}
    with httpcore.ConnectionPool(ssl_context=_tls(), network_backend=_Guard(deadline)) as pool:
        try:
            with pool.stream(
                sent.method,
                _same(sent.url),
                headers=[
                    (name.encode("ascii"), value.encode("latin-1")) for name, value in sent.headers.items()
                ],
                content=sent.body or None,
                extensions={"timeout": times},
            ) as answer:
                headers = {
                    name.decode("latin-1").lower(): value.decode("latin-1") for name, value in answer.headers
                }
                body = b"" if sent.method == "HEAD" else _unpacked(answer.iter_stream(), headers, limit)
                return Answer(answer.status, headers, body)
        except httpcore.ConnectTimeout as error:
            raise TryLater(_("The server does not answer.")) from error
        except httpcore.ConnectError as error:
            raise TryLater(_unsafe(error) or _("The server does not answer.")) from error
        except httpcore.TimeoutException as error:
            raise NoAnswer(_("The server took too long to answer.")) from error
        except (httpcore.NetworkError, httpcore.ProtocolError) as error:
            raise NoAnswer(_("The server broke off without an answer.")) from error


transport: Transport = carry


def dial(url: str, seconds: float = CONNECT) -> socket.socket:
    """A connection to the server of an address, for what is no single request; https:// is encrypted.

    The caller closes it. Raises TryLater, or Blocked for an address we do not visit.
    """
    try:
        place = httpx.URL(url)
    except (httpx.InvalidURL, ValueError) as error:
        raise Blocked(_("This is not a web address.")) from error
    _check(place)
    port = place.port or (443 if place.scheme == "https" else 80)
    until = time.monotonic() + seconds
    failed: OSError | None = None
    for address in resolve(place.host, port):
        line = None
        try:
            line = socket.create_connection((address, port), _left(until, TimeoutError))
            if place.scheme == "https":
                line = _tls().wrap_socket(line, server_hostname=place.host)
        except OSError as error:  # TimeoutError and SSLError are of its kind
            failed = error
            if line is not None:
                line.close()
        else:
            return line
    raise TryLater(_unsafe(failed) or _("The server does not answer.")) from failed


def _same(text: str) -> httpcore.URL:
    """The address as it was checked: two parsers of one address are a door for others."""
    url = httpx.URL(text)
    return httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)


def _unsafe(error: BaseException | None) -> Any:
    """A sentence of its own when it was the certificate that failed."""
    while error is not None:
        if isinstance(error, ssl.SSLError):
            return _("No safe connection: the server's certificate does not hold.")
        error = error.__cause__ or error.__context__
    return None


def _unpacked(chunks: Iterable[bytes], headers: Mapping[str, str], limit: int) -> bytes:
    """The body, unpacked a little at a time so that a small packed answer cannot fill the memory."""
    packing = headers.get("content-encoding", "").strip().lower()
    if packing not in ("", "identity", "gzip", "x-gzip"):
        raise NoAnswer(_("The server packs its answer in a way we did not ask for."))
    unpack = zlib.decompressobj(zlib.MAX_WBITS | 16) if "gzip" in packing else None
    body, chunk = bytearray(), b""
    for chunk in chunks:
        try:
            body += unpack.decompress(chunk, limit + 1 - len(body)) if unpack else chunk
        except zlib.error as error:
            raise NoAnswer(_("The server's answer is damaged.")) from error
        if len(body) > limit:
            raise NoAnswer(_("The server's answer is larger than we take in."))
        if unpack and unpack.eof:
            break
    if unpack and chunk and not unpack.eof:
        raise NoAnswer(_("The server's answer is damaged."))
    return bytes(body)


@cache
def _tls() -> ssl.SSLContext:
    """The authorities of this machine, so that an operator's own holds, and Mozilla's, where it has none."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context


class _Guard(httpcore.NetworkBackend):
    """Resolve a name, look at all its addresses, and connect to the very address that was looked at."""

    def __init__(self, deadline: float) -> None:
        self.deadline = deadline
        self.outside = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        failed: httpcore.ConnectError | httpcore.ConnectTimeout | None = None
        until = min(self.deadline, time.monotonic() + CONNECT)
        for address in resolve(host, port):
            try:
                stream = self.outside.connect_tcp(address, port, _left(until, httpcore.ConnectTimeout))
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failed = error
            else:
                return _Stream(stream, self.deadline)
        raise failed or httpcore.ConnectError("no address")

    def connect_unix_socket(self, path: str, *args: Any, **kwargs: Any) -> httpcore.NetworkStream:
        raise httpcore.ConnectError("never")


class _Stream(httpcore.NetworkStream):
    """A connection on which everything together ends at the deadline, however slowly the other side drips."""

    def __init__(self, outside: httpcore.NetworkStream, deadline: float) -> None:
        self.outside = outside
        self.deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self.outside.read(max_bytes, _left(self.deadline, httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        for start in range(0, len(buffer), 2**16):
            self.outside.write(buffer[start : start + 2**16], _left(self.deadline, httpcore.WriteTimeout))

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        seconds = min(CONNECT, _left(self.deadline, httpcore.ConnectTimeout))
        return _Stream(self.outside.start_tls(ssl_context, server_hostname, seconds), self.deadline)

    def get_extra_info(self, info: str) -> Any:
        return self.outside.get_extra_info(info)

    def close(self) -> None:
        self.outside.close()


def _left(deadline: float, error: type[Exception]) -> float:
    seconds = deadline - time.monotonic()
    if seconds <= 0:
        raise error("deadline")
    return seconds


def resolve(host: str, port: int) -> list[str]:
    """The addresses of a host, each of them public, or any where the operator allows this host and port."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, ValueError) as error:  # ValueError: a name that cannot be written in the DNS
        raise TryLater(_("No server was found under this name.")) from error
    addresses = list(dict.fromkeys(str(each[4][0]) for each in found))
    if not _names(host, port) and not all(is_public(address) for address in addresses):
        raise Blocked(_("This address lies in a private network, and Samspill visits public servers only."))
    return addresses
