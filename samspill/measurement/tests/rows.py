"""Rows to measure: a channel on the demo network, posts that are out, messages with their answers."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from django.utils import timezone

from samspill.accounts.models import User, Workspace
from samspill.conversations.models import Conversation, Message
from samspill.networks.models import Channel
from samspill.publishing.models import Delivery, Draft, Version


def channel(workspace: Workspace, by: User, handle: str = "fjordkraftlaget") -> Channel:
    made = Channel(workspace=workspace, network="demo")
    signed_in = made.adapter().sign_in({"handle": handle, "name": handle.title()})
    made.take(signed_in, made.adapter().limits(signed_in.account), by)
    made.connected_at = timezone.now() - timedelta(days=400)
    made.save()
    return made


def post(on: Channel, by: User, at: datetime, title: str = "A post", **fields: object) -> Delivery:
    draft = Draft.objects.create(workspace=on.workspace, title=title, author=by, state=Draft.State.APPROVED)
    version = Version.objects.create(draft=draft, channel=on, text=title)
    plain: dict[str, object] = {"state": Delivery.State.PUBLISHED, "published_at": at, "due_at": at}
    plain |= {"key": uuid.uuid4().hex, "remote_id": f"demo:{version.pk}"}
    return Delivery.objects.create(version=version, channel=on, **{**plain, **fields})


def message(
    on: Channel, at: datetime, text: str = "Is it open?", answered_at: datetime | None = None
) -> Message:
    talk = Conversation.objects.create(workspace=on.workspace, channel=on, root_id=uuid.uuid4().hex, lines=1)
    return Message.objects.create(
        channel=on,
        conversation=talk,
        remote_id=uuid.uuid4().hex,
        kind="mention",
        author_id="kari",
        author_handle="kari",
        author_name="Kari",
        text=text,
        at=at,
        needs_answer=True,
        answered_at=answered_at,
        is_waiting=answered_at is None,
    )
