"""What is said under a hashtag on a server of the Mastodon API, in public and without an account of ours.

`min_id` walks forward page by page and skips nothing; a server that wants an account for it says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from urllib.parse import quote

import regex
from django.utils.translation import gettext_lazy as _
from msgspec import Struct

from samspill.networks import http
from samspill.networks.errors import Blocked
from samspill.networks.mastodon.api import understood
from samspill.networks.mastodon.statuses import author
from samspill.networks.plain_html import plain
from samspill.networks.said import inside, moment, things, whole, words

PAGE = 40  # the most that a server gives at once
TAG = regex.compile(r"[\w·・\u200c]*[\p{L}\p{M}_][\w·・\u200c]*")  # docs.joinmastodon.org, not digits alone


class Status(Struct, frozen=True, gc=False):
    """A public status. `id` counts on its server alone, `uri` is its lasting name everywhere."""

    id: str
    uri: str
    at: datetime
    author: str
    handle: str
    name: str
    text: str
    url: str
    lang: str = ""
    edited: datetime | None = None
    tags: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    likes: int = 0
    shares: int = 0
    replies: int = 0


class Page(Struct, frozen=True, gc=False):
    """Statuses, the oldest first. `first` and `last` are the ids of the whole page, also where nothing on it
    is for us; '' where it is empty."""

    statuses: Sequence[Status]
    first: str = ""
    last: str = ""


def page(server: str, tag: str, *, after: str = "", before: str = "") -> Page:
    """What came right after an id, or right before one, or the newest there are. Raises one of errors.py."""
    asked = (
        {"limit": str(PAGE)} | ({"min_id": after} if after else {}) | ({"max_id": before} if before else {})
    )
    answer = http.request("GET", f"{server}/api/v1/timelines/tag/{quote(tag, safe='')}", params=asked)
    said = things(understood(answer))
    found = [status for each in reversed(said) if (status := _status(each, server))]
    return Page(found, words(said[-1], "id"), words(said[0], "id")) if said else Page(())


def typed_tag(typed: str) -> str:
    """The hashtag in what a person typed, without its sign. Raises Blocked with a sentence."""
    tag = typed.strip().lstrip("#＃")
    if not TAG.fullmatch(tag) or len(tag) > 100:
        raise Blocked(_("This is no hashtag on Mastodon: letters, digits and _ only, and not digits alone."))
    return tag


def _status(said: dict[str, Any], server: str) -> Status | None:
    """None for what is not public, and for people who do not want to be found."""
    who, at = inside(said, "account"), moment(said, "created_at")
    uri = words(said, "uri") or words(said, "url")
    if words(said, "visibility") != "public" or inside(who, "noindex") is True or not uri or at is None:
        return None
    writer = author(who, server)
    mine = {words(each, "url") for name in ("tags", "mentions") for each in things(said, name)}
    card = words(said, "card", "url")
    return Status(
        id=words(said, "id"),
        uri=uri,
        at=at,
        author=words(who, "uri") or writer.url or writer.remote_id,
        handle=writer.handle,
        name=writer.name,
        text="\n\n".join(filter(None, (words(said, "spoiler_text"), plain(words(said, "content"))))),
        url=words(said, "url") or uri,
        lang=words(said, "language"),
        edited=moment(said, "edited_at"),
        tags=tuple(words(each, "name") for each in things(said, "tags")),
        links=(card,) if card and card not in mine else (),
        mentions=tuple(words(each, "acct") for each in things(said, "mentions")),
        likes=whole(said, "favourites_count") or 0,
        shares=whole(said, "reblogs_count") or 0,
        replies=whole(said, "replies_count") or 0,
    )
