"""Every message in the conversation of its thread, also when the thread becomes known piece by piece.

The root of a message is a function of all facts at hand: climb to the root the network states, else to the
parent, as long as that is known to stand below something itself. A fact that arrives late moves what hangs on
it, so the order of arrival leaves no trace.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db.models import Q

from samspill.conversations.models import Conversation, Message
from samspill.conversations.settle import settle
from samspill.networks.models import Channel
from samspill.publishing.models import Delivery


def place(channel: Channel, messages: Sequence[Message]) -> None:
    """Save the messages, new or changed, each in its conversation, and settle every conversation concerned.

    What was said below them follows, where its thread was not known before.
    """
    moving = [*messages, *_below(channel, messages)]
    roots = _roots(channel, moving)
    homes = _homes(channel, moving, roots)
    moved: dict[int, Conversation] = {}
    for number, (message, root) in enumerate(zip(moving, roots, strict=True)):
        home = homes[root]
        if message.conversation_id not in (None, home.pk):
            moved.setdefault(message.conversation_id, home)
        elif message.conversation_id == home.pk and number >= len(messages):
            continue
        message.conversation = home
        message.save()
    touched = {home.pk: home for home in homes.values()} | _left_behind(moved)
    for conversation in touched.values():
        settle(conversation)


def _above(message: Message) -> str:
    """The identity that the message says it hangs on, or nothing."""
    return message.root_id if message.root_id not in ("", message.remote_id) else message.parent_id


def _below(channel: Channel, messages: Iterable[Message]) -> list[Message]:
    """All that hangs on the messages, however deep."""
    seen = {message.pk for message in messages}
    found: list[Message] = []
    ids = {message.remote_id for message in messages} - {None}
    while ids:
        hanging = channel.messages.filter(Q(root_id__in=ids) | Q(root_id="", parent_id__in=ids)).exclude(
            pk__in=seen - {None}
        )
        fresh = list(hanging)
        found += fresh
        seen |= {message.pk for message in fresh}
        ids = {message.remote_id for message in fresh} - {None}
    return found


def _roots(channel: Channel, messages: Sequence[Message]) -> list[str]:
    """The identity of each message's thread."""
    known = {message.remote_id: message for message in messages if message.remote_id}
    above: dict[str, str] = {}  # of our own answers, which need not have come back as messages
    asked: set[str] = set()
    wanted = {_above(message) for message in messages} - {""} - known.keys()
    while wanted:
        asked |= wanted
        for row in channel.messages.filter(remote_id__in=wanted):
            known[row.remote_id or ""] = row
        above |= _answers(channel, wanted - known.keys())
        found = {_above(known[id_]) if id_ in known else above.get(id_, "") for id_ in wanted}
        wanted = found - {""} - known.keys() - asked
    links = {id_: _above(message) for id_, message in known.items()} | above
    return [_climb(message, links) for message in messages]


def _answers(channel: Channel, ids: Iterable[str]) -> dict[str, str]:
    """What our answers among these identities stand below."""
    rows = Delivery.objects.filter(channel=channel, remote_id__in=list(ids), reply_to__isnull=False)
    refs = {row.remote_id: row.reply_to or {} for row in rows}
    return {id_: str((ref.get("root") or ref["parent"])["id"]) for id_, ref in refs.items()}


def _climb(message: Message, links: dict[str, str]) -> str:
    path = [message.remote_id or ""]
    above = _above(message)
    while above:
        if above in path:  # a circle, which no honest network tells
            return min(path[path.index(above) :])
        path.append(above)
        above = links.get(above, "")
    return path[-1]


def _homes(channel: Channel, moving: Sequence[Message], roots: Sequence[str]) -> dict[str, Conversation]:
    """The conversation of each root. One that moves as a whole keeps its row, and with it its address."""
    rows = Conversation.objects.filter(channel=channel).select_related("channel", "workspace")
    homes = {row.root_id: row for row in rows.filter(root_id__in=set(roots))}
    goals: dict[int, set[str]] = defaultdict(set)
    count: dict[int, int] = defaultdict(int)
    for message, root in zip(moving, roots, strict=True):
        if message.conversation_id:
            goals[message.conversation_id].add(root)
            count[message.conversation_id] += 1
    for row in rows.filter(pk__in=goals).order_by("pk"):
        goal = min(goals[row.pk])
        whole = len(goals[row.pk]) == 1 and row.messages.count() == count[row.pk]
        if whole and goal not in homes and row.root_id not in homes:
            row.root_id = goal
            row.save(update_fields=["root_id"])
            homes[goal] = row
    for root in dict.fromkeys(roots):
        if root not in homes:
            homes[root] = Conversation.objects.create(
                workspace=channel.workspace, channel=channel, root_id=root
            )
    return homes


def _left_behind(moved: dict[int, Conversation]) -> dict[int, Conversation]:
    """Conversations that lost messages: the emptied ones go, and hand on notes and assignment."""
    left = Conversation.objects.filter(pk__in=moved).select_related("channel", "workspace")
    stay: dict[int, Conversation] = {}
    for row in left:
        if row.messages.exists():
            stay[row.pk] = row
            continue
        home = moved[row.pk]
        row.notes.update(conversation=home)
        if row.assigned_to_id and not home.assigned_to_id:
            home.assigned_to_id = row.assigned_to_id
            home.save(update_fields=["assigned_to"])
        row.delete()
    return stay
