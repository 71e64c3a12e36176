"""Statuses and notifications as they cross the border."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from samspill.networks.base import Author, Incoming, Kind, Ref
from samspill.networks.mastodon.api import host_of, local_id, remote_id
from samspill.networks.plain_html import plain
from samspill.networks.said import inside, moment, things, words

KINDS = {
    "mention": Kind.MENTION,
    "quote": Kind.MENTION,
    "follow": Kind.FOLLOW,
    "favourite": Kind.REACTION,
    "reblog": Kind.SHARE,
}
OPEN = ("public", "unlisted")
# From open to closed; an answer is never more open than what it answers.
VISIBILITIES = ("public", "unlisted", "private", "direct")

RootOf = Callable[[dict[str, Any]], str]


def ref(status: dict[str, Any]) -> Ref:
    """The token says who wrote it and for whom, so that an answer can name the one and keep to the other."""
    visibility, acct = words(status, "visibility") or "public", words(status, "account", "acct")
    return Ref(words(status, "id"), words(status, "url"), f"{visibility} {acct}".strip())


def read_token(token: str) -> tuple[str, str]:
    """(visibility, acct) of a status that we answer."""
    visibility, _space, acct = token.partition(" ")
    return (visibility if visibility in VISIBILITIES else "public"), acct


def notice(said: dict[str, Any], us: str, server: str, root_of: RootOf) -> Incoming | None:
    """A notification; None for kinds that are nothing to us."""
    kind = KINDS.get(words(said, "type"))
    if kind is None or not words(said, "id"):
        return None
    status = inside(said, "status")
    if kind is Kind.MENTION:
        return _mention(status, us, server, root_of) if words(status, "id") else None
    return Incoming(
        id=f"notification:{words(said, 'id')}",
        kind=kind,
        author=author(inside(said, "account"), server),
        at=moment(said, "created_at") or datetime.now(UTC),
        parent_id=words(status, "id"),
    )


def _mention(status: dict[str, Any], us: str, server: str, root_of: RootOf) -> Incoming:
    is_reply = words(status, "in_reply_to_account_id") == local_id(us)
    root = root_of(status) if words(status, "in_reply_to_id") else ""
    return post(status, Kind.REPLY if is_reply else Kind.MENTION, server, root or words(status, "id"))


def post(status: dict[str, Any], kind: Kind, server: str, root: str) -> Incoming:
    text = "\n\n".join(filter(None, (words(status, "spoiler_text"), plain(words(status, "content")))))
    me = ref(status)
    return Incoming(
        id=words(status, "id"),
        kind=kind,
        author=author(inside(status, "account"), server),
        at=moment(status, "created_at") or datetime.now(UTC),
        text=text or _alts(status),
        url=words(status, "url"),
        ref=me,
        parent_id=words(status, "in_reply_to_id"),
        root_id=root,
        root=me if root == me.id else Ref(root),
        public=words(status, "visibility") in OPEN,
    )


def author(account: Any, server: str) -> Author:
    acct = words(account, "acct")
    handle = acct if "@" in acct else f"{acct}@{host_of(server)}"
    name = words(account, "display_name") or words(account, "username")
    return Author(remote_id(words(account, "id"), server), handle, name or handle, words(account, "url"))


def _alts(status: dict[str, Any]) -> str:
    """A status of pictures alone is told by what they show."""
    return "\n".join(
        filter(None, (words(each, "description") for each in things(status, "media_attachments")))
    )
