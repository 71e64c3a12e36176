"""What lies on the desk at this moment: drafts in every state, what goes out next, and who waits."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from samspill.conversations.models import Conversation, Note
from samspill.flows.demo.organisation import Piece, Unanswered
from samspill.flows.demo.place import House
from samspill.flows.demo.tell import Person, fill
from samspill.flows.demo.year import Post, Word, identity
from samspill.lib import due
from samspill.publishing import approve, schedule
from samspill.publishing.deliver import UNSURE
from samspill.publishing.models import Attempt, Delivery, Draft, Version

HOUR = timedelta(hours=1)
LOOKED_UP_IN = 3 * 3600.0  # seconds until the network is asked about what it did not confirm


def lay_desk(house: House, now: datetime) -> None:
    for piece in house.organisation.desk:
        LAY[piece.state](house, piece, _draft(house, piece), now)
    share_out(house, now)


def _draft(house: House, piece: Piece) -> Draft:
    draft = Draft.objects.create(
        workspace=house.workspace,
        goal=None if piece.aim is None else house.goals[piece.aim],
        title=piece.title,
        text=piece.text,
        author=house.people[piece.author],
    )
    Version.objects.bulk_create(
        Version(draft=draft, channel=house.channels[key], text=piece.text) for key in piece.accounts
    )
    return draft


def _writing(house: House, piece: Piece, draft: Draft, now: datetime) -> None:
    """It stays as it is."""


def _asked(house: House, piece: Piece, draft: Draft, now: datetime) -> None:
    approve.ask(draft, by=draft.author, approver=house.people[piece.approver])


def _returned(house: House, piece: Piece, draft: Draft, now: datetime) -> None:
    _asked(house, piece, draft, now)
    approver = house.people[piece.approver]
    approve.send_back(draft, by=approver, content_sha256=draft.content_sha256(), note=piece.note)


def _approved(house: House, piece: Piece, draft: Draft, now: datetime) -> None:
    approve.approve(draft, by=house.approver(), content_sha256=draft.content_sha256())


def _scheduled(house: House, piece: Piece, draft: Draft, now: datetime) -> None:
    wall = (now + piece.hours * HOUR).astimezone(ZoneInfo(house.workspace.time_zone)).replace(tzinfo=None)
    wall = wall.replace(minute=wall.minute // 15 * 15, second=0, microsecond=0) + timedelta(minutes=15)
    schedule.schedule(draft, by=house.approver(), when=wall, request_id=uuid.uuid4())


def _uncertain(house: House, piece: Piece, draft: Draft, now: datetime) -> None:
    """Sent, and no answer came; it is looked up in a while."""
    delivery = _sent(house, piece, draft, now)
    values = {
        "state": Delivery.State.UNCERTAIN,
        "last_error": str(UNSURE),
        "next_try": due.now() + LOOKED_UP_IN,
    }
    boot = {"lease_boot": due.boot(), "sent_boot": due.boot(), "last_sent": due.now()}
    Delivery.objects.filter(pk=delivery.pk).update(**values, **boot)
    _answered(delivery, Attempt.Outcome.UNKNOWN, "")


def _failed(house: House, piece: Piece, draft: Draft, now: datetime) -> None:
    """The network said no, in its own words."""
    delivery, refused = _sent(house, piece, draft, now), house.organisation.refused
    Delivery.objects.filter(pk=delivery.pk).update(state=Delivery.State.FAILED, last_error=refused)
    _answered(delivery, Attempt.Outcome.REJECTED, refused)


def _sent(house: House, piece: Piece, draft: Draft, now: datetime) -> Delivery:
    _approved(house, piece, draft, now)
    at = now + piece.hours * HOUR
    delivery = schedule.plan(draft.versions.get(), due_at=at)
    Delivery.objects.filter(pk=delivery.pk).update(first_sent_at=at, rounds=1)
    Attempt.objects.create(delivery=delivery, number=1, step=Attempt.Step.SEND, started_at=at)
    return delivery


def _answered(delivery: Delivery, outcome: Attempt.Outcome, said: str) -> None:
    at = delivery.due_at + timedelta(seconds=31)
    Attempt.objects.create(
        delivery=delivery,
        number=2,
        step=Attempt.Step.ANSWER,
        started_at=delivery.due_at,
        ended_at=at,
        outcome=outcome,
        answer=said,
    )


LAY = {
    "writing": _writing,
    "asked": _asked,
    "returned": _returned,
    "approved": _approved,
    "scheduled": _scheduled,
    "uncertain": _uncertain,
    "failed": _failed,
}


def waiting(house: House, posts: Sequence[Post], now: datetime) -> list[Word]:
    """Those who have no answer yet, said so long ago that their hours left are right."""
    return [_waits(house, each, posts, now) for each in house.organisation.waiting]


def _waits(house: House, each: Unanswered, posts: Sequence[Post], now: datetime) -> Word:
    at = now + each.left * HOUR - house.workspace.answer_within
    about = [post for post in posts if post.topic.key == each.topic and post.at < at]
    account = about[-1].account if about else house.organisation.accounts[0]
    text = fill(each.text, {"us": f"@{account.handle}"})
    name = identity("waits", house.organisation.slug, each.handle)
    return Word(name, account, Person(each.handle, each.name), at, text, about[-1] if about else None)


def share_out(house: House, now: datetime) -> None:
    """Two of those who wait have somebody who sees to it, one of them with a word among ourselves."""
    first, second = Conversation.objects.in_workspace(house.workspace).waiting()[:2]
    for talk in (first, second):
        talk.assigned_to = house.writers()[1]
        talk.save(update_fields=["assigned_to"])
    Note.objects.create(
        conversation=first, by=house.approver(), at=now - HOUR / 2, text=house.organisation.note
    )
