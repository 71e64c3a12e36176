"""What people here decide about a conversation: it needs no answer, it does after all, and who takes it."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from samspill.accounts import log
from samspill.accounts.models import User
from samspill.conversations.gather import lock
from samspill.conversations.models import Conversation
from samspill.conversations.settle import settle


@transaction.atomic
def close(conversation: Conversation, *, by: User, seen: int) -> int:
    """Nobody in it needs an answer, as far as the person could see: messages up to the primary key `seen`.

    What came after waits on. The number of messages closed.
    """
    lock(conversation.channel)
    closed = conversation.messages.filter(is_waiting=True, pk__lte=seen).update(waived_at=timezone.now())
    settle(conversation)
    log.record(
        "conversation.done",
        workspace=conversation.workspace,
        user=by,
        subject=conversation.pk,
        messages=closed,
    )
    return closed


@transaction.atomic
def reopen(conversation: Conversation, *, by: User) -> None:
    """It waits again: what was closed last, or else what somebody said last, as if it were said now."""
    lock(conversation.channel)
    said = conversation.messages.from_people()
    newest = said.first()
    if newest and newest.waived_at:
        said.filter(waived_at=newest.waived_at).update(waived_at=None)
    elif newest and not newest.is_waiting:
        newest.reopened_at = timezone.now()
        newest.save(update_fields=["reopened_at"])
    settle(conversation)
    log.record("conversation.reopen", workspace=conversation.workspace, user=by, subject=conversation.pk)


@transaction.atomic
def assign(conversation: Conversation, to: User | None, *, by: User) -> None:
    """Let one person have it, or nobody in particular."""
    conversation.assigned_to = to
    conversation.save(update_fields=["assigned_to"])
    log.record(
        "conversation.assign",
        workspace=conversation.workspace,
        user=by,
        subject=conversation.pk,
        to=to.pk if to else None,
    )
