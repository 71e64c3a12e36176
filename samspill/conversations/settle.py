"""Who waits for an answer in a conversation: derived from its messages alone, at any time anew."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from samspill.conversations.models import Conversation, Message
from samspill.publishing.models import Delivery

# What was said longer than this before a channel was connected is history: kept, but not promised an answer.
BEFORE_US = timedelta(days=1)


def settle(conversation: Conversation) -> None:
    """Bring the conversation's derived fields, and those of its messages, in step with all that was said."""
    messages = list(conversation.messages.select_related("delivery"))
    answers = answer_times(messages)
    begin = conversation.channel.connected_at - BEFORE_US
    changed = []
    for message in messages:
        promised = message.at >= begin or message.reopened_at is not None
        needs = message.is_speech and not message.is_ours and promised
        times = answers[message.pk] if needs else []
        answered_at = min(times, default=None)
        waits = needs and not message.waived_at and still_waits(message, times)
        if (needs, answered_at, waits) != (message.needs_answer, message.answered_at, message.is_waiting):
            message.needs_answer, message.answered_at, message.is_waiting = needs, answered_at, waits
            changed.append(message)
    Message.objects.bulk_update(changed, ["needs_answer", "answered_at", "is_waiting"])
    _summarise(conversation, messages)


def answer_times(messages: Sequence[Message]) -> dict[int, list[datetime]]:
    """When each message by others was answered, by its primary key.

    An answer of ours is meant for whoever wrote the message it replies to, and covers all that this person
    had said by then; one that continues our own words is meant for whom those were. A moment before the
    question, from a clock that is wrong, counts as the moment of the question.
    """
    by_id = {message.remote_id: message for message in messages if message.remote_id}
    said: dict[str, list[Message]] = defaultdict(list)
    for message in messages:
        if message.is_speech and not message.is_ours:
            said[message.author_id].append(message)
    times: dict[int, list[datetime]] = defaultdict(list)
    for answer in messages:
        if not (answer.is_ours and answer.remote_id and answer.is_speech):
            continue
        target = _meant_for(answer, by_id)
        for message in said[target.author_id] if target else []:
            if target is message or _had_been_read(message, answer):
                times[message.pk].append(max(answer.at, message.at))
    return times


def _had_been_read(message: Message, answer: Message) -> bool:
    """Had the writer of the answer read the message? Known of what was written here, else told by time."""
    return message.at <= answer.at if answer.seen is None else message.pk <= answer.seen


def still_waits(message: Message, times: Iterable[datetime]) -> bool:
    """Has nobody answered, or only before the message was opened again?"""
    since = message.reopened_at
    return not any(since is None or moment > since for moment in times)


def _meant_for(answer: Message, by_id: dict[str, Message]) -> Message | None:
    seen: set[int] = set()
    line: Message | None = answer
    while line is not None and line.is_ours and line.pk not in seen:
        seen.add(line.pk)
        line = by_id.get(line.parent_id)
    return line if line is not None and not line.is_ours else None


def _summarise(conversation: Conversation, messages: Sequence[Message]) -> None:
    waiting = [message for message in messages if message.is_waiting]
    speech = [message for message in messages if message.is_speech]
    asked = [message for message in speech if message.needs_answer]
    conversation.lines = sum(not message.is_ours for message in speech)
    conversation.waiting_people = len({message.author_id for message in waiting})
    conversation.waiting_since = min((message.waits_since for message in waiting), default=None)
    within = conversation.workspace.answer_within
    conversation.answer_by = conversation.waiting_since + within if conversation.waiting_since else None
    conversation.state = _state(waiting, asked)
    conversation.last_at = (
        max(message.at for message in speech or messages) if messages else conversation.last_at
    )
    conversation.about = _about(conversation, messages)
    fields = ["lines", "waiting_people", "waiting_since", "answer_by", "state", "last_at", "about"]
    conversation.save(update_fields=fields)


def _state(waiting: Sequence[Message], asked: Sequence[Message]) -> str:
    if waiting:
        return Conversation.State.OPEN
    newest = max(asked, key=lambda message: (message.at, message.remote_id or ""), default=None)
    answered = newest is not None and newest.answered_at is not None and newest.waived_at is None
    return Conversation.State.ANSWERED if answered else Conversation.State.DONE


def _about(conversation: Conversation, messages: Sequence[Message]) -> Delivery | None:
    """Our published post the talk is about: the first of the thread, else the one replied to first."""
    in_order = sorted(messages, key=lambda m: (m.at, m.remote_id or ""))
    wanted = [id_ for id_ in (conversation.root_id, *(m.parent_id for m in in_order)) if id_]
    ours = Delivery.objects.filter(channel=conversation.channel_id, version__draft__is_reply=False)
    posts = ours.filter(remote_id__in=set(wanted))
    found = {post.remote_id: post for post in posts.order_by("-pk")}
    return next((found[id_] for id_ in wanted if id_ in found), None)
