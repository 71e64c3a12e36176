"""Read a feed politely: ask only for what is new, stop when told to, never invent what it does not say."""

from __future__ import annotations

import calendar
import hashlib
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from io import BytesIO
from typing import Any

import feedparser
from django.utils.translation import gettext_lazy as _

from samspill.lib.plain import line
from samspill.networks import http
from samspill.networks.errors import Reconnect, TryLater
from samspill.networks.said import retry_at

ACCEPTED = "application/atom+xml, application/rss+xml, application/xml;q=0.9, */*;q=0.5"
LONGEST_MARK = 4096  # bytes of an ETag; a longer one no server takes back


@dataclass(frozen=True)
class Feed:
    title: str
    link: str
    entries: tuple[str, ...]  # what each is known by, newest as the feed has them
    last_at: datetime | None


@dataclass(frozen=True)
class Look:
    """One visit. `body` is empty when nothing is new; etag and modified go back unchanged at the next."""

    url: str
    etag: str
    modified: str
    body: bytes = b""

    @cached_property
    def feed(self) -> Feed | None:
        """What is counted of the feed; None when nothing is new, or no feed is there."""
        return parse(self.body)


def look(url: str, etag: str = "", modified: str = "") -> Look:
    """Visit the feed. Reconnect: it is gone for good (410); TryLater, with when, as the server asks."""
    headers = {"accept": ACCEPTED}
    headers |= {"if-none-match": etag} if etag else {}
    headers |= {"if-modified-since": modified} if modified else {}
    answer = http.request("GET", url, headers=headers)
    if answer.status == 304:
        return Look(answer.url, etag, modified)
    if answer.status == 410:
        raise Reconnect(_("The feed has been taken away for good."), status=410)
    if not answer.ok:
        wait = retry_at(answer.headers, datetime.now(UTC))
        raise TryLater(_("The feed cannot be read just now."), retry_at=wait, status=answer.status)
    etag, modified = (_exact(answer.headers.get(name, "")) for name in ("etag", "last-modified"))
    return Look(answer.url, etag, modified, answer.body)


def parse(body: bytes) -> Feed | None:
    """The feed in these bytes, or None where there is none."""
    # As a file: feedparser takes bare text for an address to fetch or the name of a file to open.
    found = feedparser.parse(BytesIO(body), sanitize_html=True, resolve_relative_uris=False)
    if not found.get("version"):
        return None
    entries = found.entries
    dates = (moment_of(entry, "published", "updated") for entry in entries)
    return Feed(
        title=line(str(found.feed.get("title", "")), 100),
        link=str(found.feed.get("link", "")),
        entries=tuple(_identity(entry) for entry in entries),
        last_at=max((at for at in dates if at), default=None),
    )


def _identity(entry: Any) -> str:
    """By its id, else its link, else its title and date."""
    known = entry.get("id") or entry.get("link") or f"{entry.get('title', '')}\n{entry.get('published', '')}"
    return hashlib.sha256(str(known).encode("utf-8", "replace")).hexdigest()[:16]


def moment_of(entry: Any, *names: str) -> datetime | None:
    """The first of these dates that it has, such as `published`. Its own get() takes one for the other."""
    for name in names:
        with suppress(ValueError, OverflowError, TypeError, OSError):
            if parsed := dict.get(entry, f"{name}_parsed"):
                return datetime.fromtimestamp(calendar.timegm(parsed), UTC)
    return None


def _exact(value: str) -> str:
    """To be sent back byte for byte as it came."""
    return value if len(value) <= LONGEST_MARK else ""
