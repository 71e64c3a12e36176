"""An answer goes out from here, and counts as given only when the network took it."""

from __future__ import annotations

import uuid

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samspill.accounts.models import User
from samspill.conversations.gather import lock
from samspill.conversations.models import SEEN_BY_A_PERSON, Message
from samspill.conversations.place import place
from samspill.conversations.settle import settle
from samspill.networks.base import Kind, Ref
from samspill.publishing.models import Delivery
from samspill.publishing.schedule import publish_reply


def answer(message: Message, *, by: User, text: str, seen: int, request_id: uuid.UUID) -> Message:
    """Send an answer to the message. The same request twice is one answer.

    `seen` is the primary key of the newest message that the writer had before them; later ones wait on.
    Raises ValidationError {"text": ...} for a text the network will not take.
    """
    if not can_be_answered(message) or message.ref is None:
        raise ValidationError({"text": _("This can only be answered on the network itself.")})
    channel, conversation = message.channel, message.conversation
    with transaction.atomic():
        lock(channel)
        delivery = publish_reply(
            workspace=conversation.workspace,
            channel=channel,
            by=by,
            text=text,
            parent=Ref(**message.ref),
            root=Ref(**(message.root or message.ref)),
            request_id=request_id,
        )
        ours, is_new = Message.objects.get_or_create(
            delivery=delivery,
            defaults={
                "channel": channel, "conversation": conversation, "parent_id": message.remote_id,
                "kind": Kind.REPLY, "author_id": channel.remote_id, "author_handle": channel.handle,
                "author_name": channel.name, "author_url": channel.url, "text": delivery.version.text,
                "at": timezone.now(), "is_ours": True, "written_by": by, "seen": seen,
            },
        )  # fmt: skip
        if is_new:
            settle(conversation)
    return ours


def can_be_answered(message: Message) -> bool:
    """The network has told how to point at it; that the answer is no more public is the adapter's duty."""
    return bool(message.ref) and not message.is_ours and message.channel.closed_at is None


def confirm() -> int:
    """Let the answers that the network has taken since count as given; how many."""
    confirmed = 0
    for message in Message.objects.underway():
        if message.delivery and message.delivery.state == Delivery.State.PUBLISHED:
            _confirm(message, message.delivery)
            confirmed += 1
    return confirmed


@transaction.atomic
def _confirm(message: Message, delivery: Delivery) -> None:
    lock(message.channel)
    if not Message.objects.filter(pk=message.pk, remote_id=None).exists():
        return
    # A person who saw that it is out may know no identity; gather finds it by its words when it comes in.
    remote_id = delivery.remote_id or f"{SEEN_BY_A_PERSON}{delivery.uuid}"
    twin = message.channel.messages.filter(remote_id=remote_id).first()
    if twin is None:
        message.remote_id = remote_id
        message.url = delivery.remote_url
        message.at = delivery.published_at or message.at
        place(message.channel, [message])
        return
    # The network had shown it to us before it told us that it took it: one row, with what both know.
    message.delete()
    twin.delivery, twin.written_by, twin.seen = delivery, message.written_by, message.seen
    twin.save(update_fields=["delivery", "written_by", "seen"])
    settle(twin.conversation)
