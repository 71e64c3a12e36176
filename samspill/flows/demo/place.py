"""Lay a year of history into the rows, and into the invented network, so that both tell the same."""

from __future__ import annotations

import uuid
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from samspill.accounts.models import User, Workspace
from samspill.conversations.models import Conversation, Follow, Message, kept
from samspill.conversations.settle import answer_times, still_waits
from samspill.flows.demo.organisation import Organisation
from samspill.flows.demo.year import Post, Word, Year
from samspill.measurement.models import PostSample, Sample
from samspill.networks.base import Ref
from samspill.networks.models import Channel
from samspill.publishing.key import delivery_key
from samspill.publishing.models import Approval, Attempt, Delivery, Draft, Version
from samspill.strategy.models import Goal

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
# How far a post's likes have come after so long.
GROWTH = ((HOUR, 0.25), (6 * HOUR, 0.55), (DAY, 0.8), (3 * DAY, 0.93), (7 * DAY, 1.0))


@dataclass(frozen=True)
class House:
    """What history hangs on: the rows that stand already, by the names the organisation's data use."""

    organisation: Organisation
    workspace: Workspace
    people: Mapping[str, User]
    channels: Mapping[str, Channel]
    goals: Sequence[Goal]

    def writers(self) -> list[User]:
        """Those who write: all but the viewers, the owner among them."""
        return [self.people[who.key] for who in self.organisation.people if who.role != "viewer"]

    def approver(self) -> User:
        return next(self.people[who.key] for who in self.organisation.people if who.role == "owner")


def lay_posts(house: House, posts: Sequence[Post]) -> dict[str, Delivery]:
    """Each post approved, sent and confirmed. By its identity on the network."""
    writers, approver = house.writers(), house.approver()
    drafts = [
        Draft(
            workspace=house.workspace,
            goal=house.goals[post.topic.aim],
            title=post.title,
            text=post.text,
            state=Draft.State.APPROVED,
            author=writers[number % len(writers)],
            approver=approver,
            created_at=post.at - 2 * DAY,
        )
        for number, post in enumerate(posts)
    ]
    Draft.objects.bulk_create(drafts)
    versions = [
        Version(draft=draft, channel=house.channels[post.account.key], text=post.text)
        for draft, post in zip(drafts, posts, strict=True)
    ]
    Version.objects.bulk_create(versions)
    for draft, post in zip(drafts, posts, strict=True):
        Draft.objects.filter(pk=draft.pk).update(updated_at=post.at)
    deliveries = [_sent(version, post) for version, post in zip(versions, posts, strict=True)]
    Delivery.objects.bulk_create(deliveries)
    Approval.objects.bulk_create(
        Approval(draft=draft, by=approver, at=post.at - DAY, yes=True, content_sha256=draft.content_sha256())
        for draft, post in zip(drafts, posts, strict=True)
    )
    Attempt.objects.bulk_create(attempt for each in deliveries for attempt in _attempts(each))
    return {each.remote_id: each for each in deliveries}


def _sent(version: Version, post: Post) -> Delivery:
    delivery = Delivery(
        version=version, channel=version.channel, uuid=uuid.uuid5(uuid.NAMESPACE_OID, post.id)
    )
    delivery.key = delivery_key(delivery.uuid, delivery.generation)
    delivery.state, delivery.due_at, delivery.remote_id = Delivery.State.PUBLISHED, post.at, post.id
    delivery.first_sent_at = delivery.published_at = post.at
    delivery.rounds = 1
    return delivery


def _attempts(delivery: Delivery) -> list[Attempt]:
    at = delivery.due_at
    sent = Attempt(delivery=delivery, number=1, step=Attempt.Step.SEND, started_at=at)
    told = Attempt(delivery=delivery, number=2, step=Attempt.Step.ANSWER, started_at=at, ended_at=at)
    told.outcome = Attempt.Outcome.OK
    return [sent, told]


def lay_figures(house: House, year: Year, deliveries: Mapping[str, Delivery], now: datetime) -> None:
    """Followers day by day up to what the network says today, and how each post was taken."""
    rows = []
    for key, channel in house.channels.items():
        start = channel.adapter().numbers(channel.account()).followers or 0
        follows = year.follows[key]
        for back in range(366):
            at = now - back * DAY
            rows.append(
                Sample(channel=channel, what="followers", at=at, value=start + bisect_right(follows, at))
            )
    Sample.objects.bulk_create(rows)
    replies: dict[str, int] = defaultdict(int)
    for word in year.words:
        if word.post:
            replies[word.post.id] += 1
    told: list[PostSample] = []
    for post in year.posts:
        told += _taken(deliveries[post.id], post, replies[post.id], now)
    PostSample.objects.bulk_create(told)


def _taken(delivery: Delivery, post: Post, replies: int, now: datetime) -> Iterable[PostSample]:
    """A sample whenever a figure is new."""
    last: dict[str, int] = {}
    for after, share in GROWTH:
        at = post.at + after
        for what, total in (("reactions", post.likes), ("shares", post.shares), ("replies", replies)):
            value = round(total * share)
            if at < now and last.get(what) != value:
                last[what] = value
                yield PostSample(delivery=delivery, what=what, at=at, value=value)


def lay_follows(house: House, year: Year) -> None:
    rows = [
        Follow(
            channel=house.channels[key],
            remote_id=follow_id(key, number),
            author_id=f"{key}{number}",
            author_handle=f"folk{number:05d}",
            at=at,
        )
        for key, moments in year.follows.items()
        for number, at in enumerate(moments)
    ]
    Follow.objects.bulk_create(rows)


def follow_id(account: str, number: int) -> str:
    return f"demo:follow/{account}/{number}"


def lay_words(house: House, words: Sequence[Word], deliveries: Mapping[str, Delivery]) -> None:
    """Messages and conversations, with everything that settle.py derives already in step."""
    threads: dict[tuple[str, str], list[Message]] = defaultdict(list)
    writers, first = house.writers(), _next_pk()
    for number, word in enumerate(words):
        writer = writers[number % len(writers)]
        root = word.post.id if word.post else word.id
        threads[word.account.key, root] += _lines(house, word, root, writer)
    everything = [line for lines in threads.values() for line in lines]
    for pk, line in enumerate(sorted(everything, key=lambda line: line.at), first):
        line.pk = pk
    talks = [_talk(house, key, root, lines, deliveries) for (key, root), lines in threads.items()]
    Conversation.objects.bulk_create(talks)
    for talk, lines in zip(talks, threads.values(), strict=True):
        for line in lines:
            line.conversation = talk
    Message.objects.bulk_create(everything)


def _next_pk() -> int:
    newest = Message.objects.order_by("-pk").first()
    return newest.pk + 1 if newest else 1


def _lines(house: House, word: Word, root: str, writer: User) -> list[Message]:
    """What was said, our answer, and the thanks for it, which somebody has marked as needing none."""
    channel = house.channels[word.account.key]
    below = word.post.id if word.post else ""
    common = {"channel": channel, "root_id": root, "root": kept(Ref(root))}

    def said(id_: str, at: datetime, text: str, parent: str) -> Message:
        line = Message(
            **common, remote_id=id_, parent_id=parent, at=at, collected_at=at, text=text, ref=kept(Ref(id_))
        )
        line.kind = "reply" if parent else "mention"
        line.author_id = line.author_handle = word.by.handle
        line.author_name = word.by.name
        return line

    lines = [said(word.id, word.at, word.text, below)]
    if word.answered_at is None:
        return lines
    answer = said(f"{word.id}a", word.answered_at, word.answer, word.id)
    answer.is_ours, answer.written_by = True, writer
    answer.author_id, answer.author_handle, answer.author_name = (
        channel.remote_id,
        channel.handle,
        channel.name,
    )
    lines.append(answer)
    if word.thanked_at:
        thanks = said(f"{word.id}t", word.thanked_at, word.thanks, f"{word.id}a")
        thanks.waived_at = word.thanked_at + HOUR / 2
        lines.append(thanks)
    return lines


def _talk(
    house: House, key: str, root: str, lines: Sequence[Message], deliveries: Mapping[str, Delivery]
) -> Conversation:
    """The conversation as settle.py would leave it; a test holds the two together."""
    times = answer_times(lines)
    for line in lines:
        line.needs_answer = not line.is_ours
        line.answered_at = min(times[line.pk], default=None) if line.needs_answer else None
        line.is_waiting = line.needs_answer and not line.waived_at and still_waits(line, times[line.pk])
    waiting = [line for line in lines if line.is_waiting]
    asked = max((line for line in lines if line.needs_answer), key=lambda line: (line.at, line.remote_id))
    done = asked.answered_at is not None and asked.waived_at is None
    since = min((line.at for line in waiting), default=None)
    state = (
        Conversation.State.OPEN
        if waiting
        else Conversation.State.ANSWERED
        if done
        else Conversation.State.DONE
    )
    return Conversation(
        workspace=house.workspace,
        channel=house.channels[key],
        root_id=root,
        about=deliveries.get(root),
        state=state,
        lines=sum(not line.is_ours for line in lines),
        waiting_people=len({line.author_id for line in waiting}),
        waiting_since=since,
        answer_by=since + house.workspace.answer_within if since else None,
        last_at=max(line.at for line in lines),
    )
