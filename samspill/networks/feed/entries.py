"""What stands in a feed, whole: for an archive, not only for counting."""

from __future__ import annotations

import hashlib
from datetime import datetime
from io import BytesIO
from typing import Any
from urllib.parse import urljoin, urlsplit

import feedparser
from msgspec import Struct

from samspill.lib.plain import line, plain, short_id, web_address
from samspill.networks import plain_html
from samspill.networks.feed.read import moment_of

LONGEST = 10_000  # characters of a text
LONGEST_LINK = 2000
MOST_LINKS = 100
DAY = 24 * 60  # minutes


class Entry(Struct, frozen=True):
    """An article or a comment. `key` lasts; `at` is None where the feed does not say; `text` is plain."""

    key: str
    title: str
    text: str
    link: str
    author: str
    at: datetime | None
    edited: datetime | None
    links: tuple[str, ...]
    topics: tuple[str, ...]

    @property
    def digest(self) -> str:
        """Changes when what it says does."""
        said = "\0".join((self.title, self.text, *self.links, *self.topics))
        return hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()[:12]


class Whole(Struct, frozen=True):
    """A feed. `every`: minutes in which it asks to be read once, 0 where it does not say."""

    title: str
    lang: str
    every: int
    entries: tuple[Entry, ...]


def whole(body: bytes, url: str) -> Whole | None:
    """The feed in these bytes, or None where there is none. `url` is where they came from."""
    found = feedparser.parse(BytesIO(body), sanitize_html=True, resolve_relative_uris=False)
    if not found.get("version"):
        return None
    feed = found.feed
    base = str(feed.get("link", "")) or url
    entries = [_entry(each, urljoin(url, base)) for each in found.entries]
    return Whole(
        title=line(str(feed.get("title", "")), 100),
        lang=str(feed.get("language", ""))[:20],
        every=_every(feed),
        entries=tuple({each.key: each for each in reversed(entries)}.values()),
    )


def _entry(said: Any, base: str) -> Entry:
    html = said.content[0].get("value", "") if said.get("content") else said.get("summary", "")
    link = web_address(urljoin(base, str(said.get("link", ""))), LONGEST_LINK)
    at, edited = moment_of(said, "published", "updated"), moment_of(said, "updated")
    title = line(str(said.get("title", "")), 300)
    known = str(said.get("id") or link or f"{title}\n{said.get('published', '')}")
    linked = (web_address(urljoin(link or base, each), LONGEST_LINK) for each in plain_html.links(html))
    own = urlsplit(base).hostname
    return Entry(
        key=short_id(known if "://" in known or known.startswith(("tag:", "urn:")) else f"{base}#{known}"),
        title=title,
        text=plain(plain_html.plain(html), LONGEST),
        link=link,
        author=line(str(said.get("author", "")), 100),
        at=at,
        edited=edited if at and edited and edited > at else None,
        links=tuple(each for each in linked if each and urlsplit(each).hostname != own)[:MOST_LINKS],
        topics=tuple(line(str(each.get("term") or ""), 100) for each in said.get("tags", ()))[:MOST_LINKS],
    )


def _every(feed: Any) -> int:
    """As `ttl` of RSS says, in minutes."""
    said = str(feed.get("ttl", ""))
    return min(int(said), DAY) if said.isascii() and said.isdigit() and len(said) < 6 else 0
