"""A feed of articles or of comments as a source: what is new, changed or taken away since the last look."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from urllib.parse import urlsplit

import msgspec
from django.utils.translation import gettext_lazy as _
from msgspec import Struct

from samspill.archive.fetch import Fetched
from samspill.archive.posts import Event, Gone, Post, language
from samspill.lib import x_text
from samspill.lib.text import mastodon_tags
from samspill.networks import robots
from samspill.networks.errors import TryLater
from samspill.networks.feed.entries import Entry, Whole, whole
from samspill.networks.feed.read import look

NETWORK = "feed"
EVERY = 900.0  # seconds between two looks, where the feed does not ask for more
DAY = 86_400_000  # milliseconds
OLDER = 3  # older entries that must still stand there before one that is missing counts as taken away

# Of each entry of the last look its moment in ms and the digest of its words.
Seen = dict[str, tuple[int, str]]


class Position(Struct):
    """What is known of the feed. `etag` and `modified` go back to the server byte for byte."""

    etag: str = ""
    modified: str = ""
    every: int = 0  # minutes, as the feed says
    seen: Seen = {}

    @classmethod
    def read(cls, cursor: str) -> Position:
        return msgspec.json.decode(cursor, type=cls) if cursor else cls()

    def written(self) -> str:
        return msgspec.json.encode(self).decode()

    @property
    def wait(self) -> float:
        return max(EVERY, self.every * 60.0)


class FeedFetch:
    """One feed at its address, of comments or of articles."""

    def __init__(self, url: str, *, is_comments: bool) -> None:
        self.url, self.is_comments = url, is_comments

    def __call__(self, cursor: str) -> Fetched:
        robots.may_read(self.url)
        before = Position.read(cursor)
        visit = look(self.url, before.etag, before.modified)
        if not visit.body:
            return Fetched((), cursor, wait=before.wait)
        if urlsplit(visit.url).netloc != urlsplit(self.url).netloc:
            robots.may_read(visit.url)
        found = whole(visit.body, visit.url)
        if found is None:
            raise TryLater(_("There is no feed at this address any more."))
        events, seen = changes(
            before.seen, found, visit.url, time.time_ns() // 1_000_000, is_comments=self.is_comments
        )
        after = Position(visit.etag, visit.modified, found.every, seen)
        return Fetched(events, after.written(), wait=after.wait)


def changes(before: Seen, found: Whole, url: str, now: int, *, is_comments: bool) -> tuple[list[Event], Seen]:
    """What has come about since the last look, and what is to be known at the next."""
    events: list[Event] = []
    seen: Seen = {}
    for entry in found.entries:
        held = before.get(entry.key)
        at = held[0] if held else _moment(entry.at, now)
        seen[entry.key] = (at, entry.digest)
        edited = _moment(entry.edited, now) if entry.edited else 0
        if held and held[1] == entry.digest:
            continue
        if held:
            edited = max(edited, now)
        events.append(_post(entry, found, url, at, edited, is_comments=is_comments))
    events += [
        Gone(network=NETWORK, key=key, at=now)
        for key, (at, _digest) in before.items()
        if key not in seen and sum(each < at for each, _digest in seen.values()) >= OLDER
    ]
    return events, seen


def _post(entry: Entry, feed: Whole, url: str, at: int, edited: int, *, is_comments: bool) -> Post:
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    says = entry.text if is_comments and entry.text else f"{entry.title}\n\n{entry.text}".strip()
    topics = [
        topic for topic in entry.topics if [each.says for each in mastodon_tags(f"#{topic}")] == [topic]
    ]
    return Post(
        network=NETWORK,
        key=entry.key,
        at=at,
        author=f"{host}/{entry.author.casefold()}"[:255],
        handle="" if is_comments else host,
        name=entry.author or feed.title,
        text=says,
        lang=language(feed.lang),
        tags=tuple(dict.fromkeys([*topics, *(each.says for each in x_text.hashtags(says))])),
        links=entry.links,
        root=entry.link.partition("#")[0] if is_comments else "",
        url=entry.link,
        edited=edited,
    )


def _moment(at: datetime | None, now: int) -> int:
    """In ms. What has no date, or one that lies ahead, was said when it was seen."""
    said = int(at.astimezone(UTC).timestamp() * 1000) if at else now
    return said if 0 < said <= now + DAY else now
