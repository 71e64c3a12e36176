"""What reaches us on Bluesky: notifications, read back to where we were, and the threads below our own posts.

The network lists notifications newest first and forgets where we were, and some arrive dated before what we
have already seen. So our cursor holds the newest moment seen and what was seen in the hour before it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from samspill.networks.base import Author, Incoming, Kind, Page, Ref
from samspill.networks.bluesky.records import post_url
from samspill.networks.said import inside, moment, things, words

KINDS = {
    "reply": Kind.REPLY,
    "mention": Kind.MENTION,
    "quote": Kind.MENTION,
    "follow": Kind.FOLLOW,
    "like": Kind.REACTION,
    "like-via-repost": Kind.REACTION,
    "repost": Kind.SHARE,
    "repost-via-repost": Kind.SHARE,
}
OVERLAP = timedelta(hours=1)
PAGES = 5  # of 100 in one fetch; a longer walk goes on in the next
REMEMBERED = 2000


@dataclass
class Place:
    """Our cursor. While a walk goes on, `top` is where the last one ended, `walk` how far this one is."""

    top: datetime
    seen: dict[str, float] = field(default_factory=dict)  # short hash of a URI: when
    walk: str = ""  # the network's cursor for the next page
    newest: datetime | None = None  # where this walk began

    @classmethod
    def read(cls, cursor: str) -> Place:
        said = json.loads(cursor)
        newest = datetime.fromisoformat(said["newest"]) if said.get("newest") else None
        return cls(datetime.fromisoformat(said["top"]), said["seen"], said.get("walk", ""), newest)

    def written(self) -> str:
        said: dict[str, Any] = {"top": self.top.isoformat(), "seen": self.seen}
        if self.walk:
            said |= {"walk": self.walk, "newest": (self.newest or self.top).isoformat()}
        return json.dumps(said, separators=(",", ":"))

    def end(self) -> None:
        """The walk has met what was known: from here on it is known, too."""
        self.top, self.walk, self.newest = max(self.top, self.newest or self.top), "", None
        floor = (self.top - OVERLAP).timestamp()
        newest = sorted(self.seen.items(), key=lambda item: -item[1])[:REMEMBERED]
        self.seen = {name: at for name, at in newest if at >= floor}


Listing = Callable[[str], dict[str, Any]]


def fetch(cursor: str, us: str, listing: Listing) -> Page:
    """The next stretch for the account `us`; `listing` gives the page at the network's own cursor."""
    if not cursor:
        return _first(us, listing(""))
    place = Place.read(cursor)
    floor, found = place.top - OVERLAP, []
    for _page in range(PAGES):
        said = listing(place.walk)
        notices = things(said, "notifications")
        for notice in notices:
            at = moment(notice, "indexedAt") or floor
            place.newest = max(place.newest or at, at)
            mark = _mark(words(notice, "uri"))
            if at >= floor and mark not in place.seen:
                place.seen[mark] = at.timestamp()
                found.append(notice)
        place.walk = words(said, "cursor")
        oldest = moment(notices[-1], "indexedAt") if notices else None
        if not place.walk or oldest is None or oldest < floor:
            place.end()
            break
    return Page(_in_order(us, found), place.written(), more=bool(place.walk))


def _first(us: str, said: dict[str, Any]) -> Page:
    notices = things(said, "notifications")
    moments = {words(each, "uri"): moment(each, "indexedAt") for each in notices}
    known = {uri: at for uri, at in moments.items() if at}
    place = Place(max(known.values(), default=datetime.now(UTC) - OVERLAP))
    place.seen = {_mark(uri): at.timestamp() for uri, at in known.items()}
    place.end()
    return Page(_in_order(us, notices), place.written())


def _mark(uri: str) -> str:
    return hashlib.sha256(uri.encode()).hexdigest()[:12]


def _in_order(us: str, notices: list[dict[str, Any]]) -> list[Incoming]:
    items = [item for notice in reversed(notices) if (item := _notice(us, notice))]
    return sorted(items, key=lambda item: item.at)


def _notice(us: str, notice: dict[str, Any]) -> Incoming | None:
    kind = KINDS.get(words(notice, "reason"))
    if kind is None or not words(notice, "uri"):
        return None
    if kind in (Kind.REPLY, Kind.MENTION):
        # An answer that also names us is told as a mention only.
        to_us = words(notice, "record", "reply", "parent", "uri").startswith(f"at://{us}/")
        return _post(notice, Kind.REPLY if to_us else kind)
    return Incoming(
        id=words(notice, "uri"),
        kind=kind,
        author=_author(notice),
        at=moment(notice, "indexedAt") or datetime.now(UTC),
        parent_id=words(notice, "reasonSubject"),
    )


def below(thread: dict[str, Any]) -> Iterator[Incoming]:
    """Everything below the post at the top of a thread as getPostThread gives it."""
    waiting = things(thread, "thread", "replies")
    while waiting:
        node = waiting.pop(0)
        waiting += things(node, "replies")
        post = inside(node, "post")
        if words(post, "uri"):
            yield _post(post, Kind.REPLY)


def _post(post: dict[str, Any], kind: Kind) -> Incoming:
    """A post in a notification or in a thread: both show it alike."""
    uri, cid, record = words(post, "uri"), words(post, "cid"), inside(post, "record")
    me = Ref(uri, post_url(uri), cid)
    root = words(record, "reply", "root", "uri")
    return Incoming(
        id=uri,
        kind=kind,
        author=_author(post),
        at=moment(post, "indexedAt") or datetime.now(UTC),
        text=words(record, "text") or _alts(record),
        url=post_url(uri),
        ref=me,
        parent_id=words(record, "reply", "parent", "uri"),
        root_id=root or uri,
        root=Ref(root, post_url(root), words(record, "reply", "root", "cid")) if root else me,
    )


def _alts(record: Any) -> str:
    """A post of pictures alone is told by what they show."""
    return "\n".join(filter(None, (words(image, "alt") for image in things(record, "embed", "images"))))


def _author(post: dict[str, Any]) -> Author:
    did, handle = words(post, "author", "did"), words(post, "author", "handle")
    name = words(post, "author", "displayName") or handle
    return Author(did, handle, name, f"https://bsky.app/profile/{did}")
