"""What reached us becomes rows: each post once, each in the conversation of its thread, in whatever order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from samspill.conversations.models import SEEN_BY_A_PERSON, Conversation, Follow, Message, kept
from samspill.conversations.place import place
from samspill.conversations.settle import settle
from samspill.lib.plain import line, plain, short_id, web_address
from samspill.networks.base import Incoming, Kind
from samspill.networks.models import Channel
from samspill.publishing.models import Delivery

LONGEST = 20_000  # characters of one message
FIRST = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Gathered:
    """How much was new."""

    messages: int
    follows: int


@transaction.atomic
def gather(channel: Channel, items: Iterable[Incoming]) -> Gathered:
    """Keep a stretch of what reached the channel. Any order and repetition of stretches gives the same rows.

    Call it in the transaction that keeps the cursor.
    """
    lock(channel)
    items = list(items)
    follows = _follows(channel, [item for item in items if item.kind is Kind.FOLLOW])
    said = _merged(channel, [item for item in items if item.kind is not Kind.FOLLOW])
    known = {row.remote_id or "": row for row in channel.messages.filter(remote_id__in=list(said))}
    own = {id_: facts for id_, facts in said.items() if facts["is_ours"] and id_ not in known}
    arrived = _arrived(channel, own)
    known |= arrived
    news = [id_ for id_ in said if id_ not in known]
    changed = [message for id_, message in known.items() if _update(message, said[id_]) or id_ in arrived]
    place(channel, [Message(channel=channel, remote_id=id_, **said[id_]) for id_ in news] + changed)
    _find_posts(channel, list(said))
    return Gathered(messages=len(news), follows=follows)


def lock(channel: Channel) -> None:
    """One gatherer a channel at a time; SQLite has one writer anyway."""
    Channel.objects.select_for_update().only("pk").get(pk=channel.pk)


def _follows(channel: Channel, items: Sequence[Incoming]) -> int:
    rows = [
        Follow(
            channel=channel,
            remote_id=short_id(item.id),
            author_id=short_id(item.author.remote_id, 255),
            author_handle=line(item.author.handle, 255),
            author_name=line(item.author.name, 255),
            at=_moment(item.at),
        )
        for item in items
    ]
    before = channel.follows.count() if rows else 0
    Follow.objects.bulk_create(rows, ignore_conflicts=True)
    return channel.follows.count() - before if rows else 0


def _merged(channel: Channel, items: Iterable[Incoming]) -> dict[str, dict[str, Any]]:
    """The facts of each post by its id; the same post may stand twice on one page."""
    merged: dict[str, dict[str, Any]] = {}
    for item in items:
        facts = _facts(channel, item)
        id_ = short_id(item.id)
        merged[id_] = _joined(merged[id_], facts) if id_ in merged else facts
    return merged


def _facts(channel: Channel, item: Incoming) -> dict[str, Any]:
    author = item.author
    return {
        "kind": item.kind.value,
        "parent_id": short_id(item.parent_id),
        "root_id": short_id(item.root_id),
        "author_id": short_id(author.remote_id, 255),
        "author_handle": line(author.handle, 255),
        "author_name": line(author.name, 255),
        "author_url": web_address(author.url, 500),
        "text": plain(item.text, LONGEST),
        "url": web_address(item.url, 700),
        "ref": kept(item.ref),
        "root": kept(item.root),
        "is_public": item.public,
        "at": _moment(item.at),
        "is_ours": author.remote_id == channel.remote_id,
    }


def _moment(at: datetime) -> datetime:
    """A network may claim any moment; nothing was said after now, so a wrong clock hides no message."""
    return max(min(at, timezone.now()), FIRST)


def _joined(old: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    """Two tellings of one post: what one leaves out, the other says; a reply is more than a mention."""
    both = {name: value if value not in ("", None) else old[name] for name, value in new.items()}
    both["kind"] = Kind.REPLY.value if Kind.REPLY in (old["kind"], new["kind"]) else new["kind"]
    both["at"] = min(old["at"], new["at"])
    both["is_public"] = old["is_public"] and new["is_public"]
    return both


def _update(message: Message, facts: dict[str, Any]) -> bool:
    """Bring the row in step with what is told now; False when it says nothing new."""
    old = {name: getattr(message, name) for name in facts}
    both = _joined(old, facts)
    for name, value in both.items():
        setattr(message, name, value)
    return both != old


def _arrived(channel: Channel, own: dict[str, dict[str, Any]]) -> dict[str, Message]:
    """Answers written here that are met on the network before anybody told us that they had got there."""
    if not own:
        return {}
    deliveries = {
        row.remote_id: row.pk for row in Delivery.objects.filter(channel=channel, remote_id__in=own)
    }
    named = {row.delivery_id: row for row in channel.messages.filter(remote_id=None, delivery__isnull=False)}
    seen = channel.messages.filter(remote_id__startswith=SEEN_BY_A_PERSON)
    nameless = {(row.parent_id, row.text): row for row in seen}
    rows = {}
    for id_, facts in own.items():
        row = named.get(deliveries.get(id_)) or nameless.pop((facts["parent_id"], facts["text"]), None)
        if row is not None:
            row.remote_id, row.at = id_, facts["at"]
            rows[id_] = row
    return rows


def _find_posts(channel: Channel, ids: Sequence[str]) -> None:
    """A conversation can be older than our knowing that the post it is about was published."""
    lost = Conversation.objects.filter(channel=channel, about=None, messages__remote_id__in=ids)
    for conversation in lost.select_related("channel", "workspace").distinct():
        settle(conversation)
