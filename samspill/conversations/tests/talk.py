"""Words for these tests: channels, posts of ours, what people say."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

from samspill.accounts.models import User, Workspace
from samspill.conversations.gather import gather
from samspill.conversations.models import Message
from samspill.networks.base import Author, Incoming, Kind, Ref
from samspill.networks.models import Channel
from samspill.publishing.models import Delivery, Draft, Version

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
MARTE = Author("did:marte", "marte.example", "Marte Lien", "https://example.org/marte")
PER = Author("did:per", "per.example", "Per Aune")
US = Author("did:us", "fjordkraftlaget.example", "Fjordkraftlaget")


def make_channel(workspace: Workspace, **given: Any) -> Channel:
    row: dict[str, Any] = {
        "network": "demo", "handle": US.handle, "remote_id": US.remote_id, "name": "Fjordkraftlaget",
        "connected_at": NOW - timedelta(days=60), "limits": {"text": 300, "unit": "graphemes"},
    }  # fmt: skip
    return Channel.objects.create(workspace=workspace, **(row | given))


def make_post(
    channel: Channel, author: User, text: str = "Hva koster en kald januar?", **given: Any
) -> Delivery:
    """A post of ours on its way; published when `remote_id` is given."""
    goal, is_reply = given.pop("goal", None), given.pop("is_reply", False)
    draft = Draft.objects.create(
        workspace=channel.workspace, title=text[:40], author=author, goal=goal, is_reply=is_reply
    )
    version = Version.objects.create(draft=draft, channel=channel, text=text)
    row: dict[str, Any] = {"key": str(uuid.uuid4()), "due_at": NOW - timedelta(hours=5)}
    if given.get("remote_id"):
        row |= {"state": Delivery.State.PUBLISHED, "published_at": NOW - timedelta(hours=5)}
    return Delivery.objects.create(version=version, channel=channel, **(row | given))


def said(id_: str, author: Author = MARTE, *, hours_ago: float = 1, **given: Any) -> Incoming:
    """One thing that reached us."""
    words: dict[str, Any] = {"kind": Kind.REPLY, "text": f"says {id_}", "ref": Ref(id_, token="cid")}
    return Incoming(id=id_, author=author, at=NOW - timedelta(hours=hours_ago), **(words | given))


def hear(channel: Channel, *items: Incoming) -> Message:
    """Gather the items; the row of the last one."""
    gather(channel, items)
    return Message.objects.get(channel=channel, remote_id=items[-1].id)
