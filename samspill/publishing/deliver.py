"""A draft's version reaches its channel exactly once, or a person is told that it is not known.

A round: claim, preflight, reconcile, permit, freeze, intend, send, record. The intent, with the frozen bytes
and the key, is on disk before the first byte leaves; what was sent is looked up before it is sent again. A
process may die at any point: the next round begins where the row stands. No transaction spans a request.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, NoReturn

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from samspill.lib import crypto, due
from samspill.lib.plain import short_id, web_address
from samspill.networks.base import Account, Network, Outgoing, Payload, Ref
from samspill.networks.errors import NetworkError, OutcomeUnknown, Reconnect, Refused
from samspill.networks.models import Channel
from samspill.publishing import crash
from samspill.publishing.approve import standing_approval
from samspill.publishing.models import Attempt, Delivery
from samspill.publishing.pictures import fitted

log = logging.getLogger(__name__)
Step, Outcome, State = Attempt.Step, Attempt.Outcome, Delivery.State

# Sentences that a row keeps; the page shows them in the reader's language, so they hold no values.
CLOSED = gettext_noop("The channel has been closed here, so this was not sent.")
RECONNECT = gettext_noop("Waits until the channel is connected again.")
UNREADABLE = gettext_noop("The channel's credentials can no longer be read here. Connect it again.")
TOO_LATE = gettext_noop("It did not go out in time. Should it still go out?")
NOT_APPROVED = gettext_noop("The approval no longer holds, so this was not sent. Have it approved again.")
UNSURE = gettext_noop("It was sent, and the network has not confirmed it. Look whether it is out.")
SAME_WORDS = gettext_noop("A post with the very same words is out already. Look whether this one is too.")
NO_PICTURE = gettext_noop("A picture of it can no longer be read on this machine, so it was not sent.")
DAMAGED = gettext_noop("What was to be sent is damaged on this machine, so it was not sent.")
BROKEN_OFF = gettext_noop("The sending was broken off. It is looked up before anything is sent again.")
HELD_UP = gettext_noop("This machine was held up before anything left it.")

NEVER_SENT: dict[str, Any] = {
    "first_sent_at": None,
    "first_sent": None,
    "last_sent": None,
    "sent_boot": "",
    "rounds": 0,
}

# Clocks are wrong by a zone more often than the same words are posted twice in so short a time.
WRONG_CLOCK = timedelta(hours=3)


def _settle(network: Network) -> float:
    return network.settle.total_seconds()


@dataclass(frozen=True)
class Pace:
    """How long things take and how often they are tried. Tests go faster; the product keeps to PACE."""

    lease: float = due.LEASE
    settle: Callable[[Network], float] = _settle  # after this no request of ours is still on its way
    back_off: tuple[float, ...] = (15, 60, 300, 900, 1800)
    reconnect: float = 60  # until a channel that must be connected again is looked at again
    fresh: float = 10  # an older intent is not acted on: the machine slept
    upload: float = 60  # a picture's longest way to the network
    rounds: int = 6
    give_up: timedelta = timedelta(hours=24)
    late: timedelta = timedelta(hours=6)


PACE = Pace()


def deliver_due(pace: Pace = PACE) -> Delivery | None:
    """Claim the delivery that has waited longest and work one round on it; None when nothing is due."""
    delivery = due.claim(Delivery.objects.due(), lease=pace.lease)
    if delivery is not None:
        crash.point("claimed")
        deliver(delivery, pace)
    return delivery


def deliver(delivery: Delivery, pace: Pace = PACE) -> None:
    """One round of a claimed delivery. Afterwards it is out, waits for its next round, or for a person."""
    try:
        Round(delivery, pace).run()
    except Ended:
        log.info("Delivery %s: %s.", delivery.uuid, delivery.state)
    except due.LeaseLost:
        log.info("Delivery %s: somebody else has taken it over.", delivery.uuid)


class Ended(Exception):
    """The round is over, and the row says what comes next."""


@dataclass(frozen=True)
class Note:
    """What one step came to, for the list of attempts."""

    step: Attempt.Step
    outcome: Attempt.Outcome | None
    began: datetime
    error: NetworkError | None = None

    @property
    def answer(self) -> str:
        return str(self.error)[:2000] if self.error else ""


@dataclass
class Round:
    """One round on a claimed row; each step either lets the next follow or ends the round."""

    row: Delivery
    pace: Pace
    network: Network = field(init=False)
    was_sent: bool = field(init=False)

    def __post_init__(self) -> None:
        self.network = self.row.channel.adapter()
        self.was_sent = self.row.first_sent_at is not None

    def run(self) -> NoReturn:
        self.preflight()
        if self.was_sent and not self.network.idempotent:
            self.reconcile()
        self.permit()
        self.freeze()
        self.intend()
        self.send()

    # ---------- the steps ----------

    def preflight(self) -> None:
        """Can the channel be reached at all?"""
        channel = self.row.channel
        if channel.closed_at:
            self.ask(UNSURE if self.was_sent else CLOSED)
        if channel.state == Channel.State.RECONNECT:
            if sentence := self.too_long():
                self.ask(sentence)
            self.wait(RECONNECT, self.pace.reconnect)

    def reconcile(self) -> None:
        """Look up what was sent before. Found: it is out. Absent: it may be sent again."""
        if (left := self.unsettled()) > 0:
            self.wait(self.row.last_error or BROKEN_OFF, left)
        due.extend(self.row, lease=self.pace.lease)
        began = timezone.now()
        try:
            ref = self.network.find(self.account(), self.payload(), self.row.key, self.since())
        except NetworkError as error:
            self.put_off(error, Note(Step.FIND, Outcome.UNKNOWN, began, error))
        crash.point("reconciled")
        if ref is None:
            self.write_down(Note(Step.FIND, Outcome.ABSENT, began))
        elif Delivery.objects.filter(channel=self.row.channel_id, remote_id=short_id(ref.id)).exists():
            self.ask(SAME_WORDS, Note(Step.FIND, Outcome.UNKNOWN, began))
        else:
            self.published(ref, Note(Step.FIND, Outcome.FOUND, began))

    def permit(self) -> None:
        """May it be sent? Who approved must still be one who may, and the words still the approved ones."""
        if sentence := self.too_long():
            self.ask(sentence)
        if self.row.rounds >= self.pace.rounds:
            self.ask(UNSURE)
        if standing_approval(self.row.version.draft) is None:
            self.ask(UNSURE if self.was_sent else NOT_APPROVED)

    def freeze(self) -> None:
        """Make the request once and keep its bytes; every later round sends the very same."""
        if self.row.payload is not None:
            if hashlib.sha256(self.row.payload).hexdigest() != self.row.payload_sha256:
                self.ask(DAMAGED)
            return
        try:
            outgoing = self.outgoing()
        except (OSError, ValidationError):
            self.ask(NO_PICTURE)
        due.extend(self.row, lease=self.pace.lease + self.pace.upload * len(outgoing.images))
        began = timezone.now()
        try:
            payload = self.network.prepare(self.account(), outgoing)
        except Refused as error:
            self.refused(Note(Step.PREPARE, Outcome.REJECTED, began, error))
        except NetworkError as error:
            self.put_off(error, Note(Step.PREPARE, Outcome.NOT_SENT, began, error))
        sha256 = hashlib.sha256(payload.body).hexdigest()
        due.write(self.row, payload=payload.body, payload_sha256=sha256, payload_id=payload.id)

    def intend(self) -> None:
        """Write down that it is sent now. Nothing has left the machine before this is on disk."""
        crash.point("before_intent")
        now = due.now()
        values: dict[str, Any] = {"last_sent": now, "sent_boot": due.boot(), "rounds": self.row.rounds + 1}
        if not self.was_sent:
            values |= {"first_sent": now, "first_sent_at": timezone.now()}
        with transaction.atomic():
            due.extend(self.row, lease=self.pace.lease, state=State.SENDING, **values)
            self.add(Note(Step.SEND, None, timezone.now()))
        crash.point("after_intent")

    def send(self) -> NoReturn:
        """Exactly one request, and what came of it."""
        began = timezone.now()
        if due.now() - (self.row.last_sent or 0) > self.pace.fresh:
            never: dict[str, Any] = {} if self.was_sent else NEVER_SENT
            self.wait(HELD_UP, 0, **never)
        try:
            ref = self.network.send(self.account(), self.payload(), self.row.key)
        except NetworkError as error:
            self.not_published(error, began)
        self.published(ref, Note(Step.ANSWER, Outcome.OK, began))

    # ---------- how a round ends ----------

    def published(self, ref: Ref, note: Note) -> NoReturn:
        self.row.channel.worked()
        self.end(
            note,
            state=State.PUBLISHED,
            published_at=timezone.now(),
            last_error="",
            remote_id=short_id(ref.id),
            remote_url=web_address(ref.url, 700),
            remote_token=ref.token,
        )

    def not_published(self, error: NetworkError, began: datetime) -> NoReturn:
        if isinstance(error, Refused) and (self.network.idempotent or not self.was_sent):
            self.refused(Note(Step.ANSWER, Outcome.REJECTED, began, error))
        if isinstance(error, Refused | OutcomeUnknown):
            # Where something was sent before, a refusal can also mean that it did arrive.
            self.was_sent = True
            outcome = Outcome.REJECTED if isinstance(error, Refused) else Outcome.UNKNOWN
            settle = 0 if self.network.idempotent else self.pace.settle(self.network)
            self.put_off(error, Note(Step.ANSWER, outcome, began, error), at_least=settle)
        values: dict[str, Any] = {} if self.was_sent else NEVER_SENT
        self.put_off(error, Note(Step.ANSWER, Outcome.NOT_SENT, began, error), **values)

    def refused(self, note: Note) -> NoReturn:
        self.end(note, state=State.FAILED, last_error=note.answer)

    def put_off(self, error: NetworkError, note: Note, *, at_least: float = 0, **values: Any) -> NoReturn:
        """The network did not do it or did not say: again later, or a person's turn when it took too long."""
        self.row.channel.failed(error)
        if sentence := self.too_long():
            self.ask(sentence, note, **values)
        if isinstance(error, Reconnect):
            self.wait(RECONNECT, max(at_least, self.pace.reconnect), note, **values)
        pauses = self.pace.back_off
        pause = pauses[min(self.row.attempts.exclude(step=Step.SEND).count(), len(pauses) - 1)]
        retry_at: datetime | None = getattr(error, "retry_at", None)
        asked_for = (retry_at - timezone.now()).total_seconds() if retry_at else 0.0
        self.wait(note.answer, max(at_least, pause, asked_for), note, **values)

    def wait(self, sentence: str, seconds: float, note: Note | None = None, **values: Any) -> NoReturn:
        state = State.UNCERTAIN if self.was_sent else State.SCHEDULED
        self.end(note, state=state, last_error=sentence, next_try=due.now() + seconds, **values)

    def ask(self, sentence: str, note: Note | None = None, **values: Any) -> NoReturn:
        """Hand it to a person, with the sentence that says why."""
        self.end(note, state=State.NEEDS_HUMAN, last_error=sentence, **values)

    def end(self, note: Note | None, **values: Any) -> NoReturn:
        """Record under the fence, give the row back, and stop."""
        crash.point("before_record")
        with transaction.atomic():
            due.release(self.row, **{"next_try": None, **values})
            if note:
                self.add(note)
        crash.point("after_record")
        raise Ended

    # ---------- what the steps ask ----------

    def account(self) -> Account:
        try:
            return self.row.channel.account()
        except crypto.Unreadable as error:
            raise Reconnect(UNREADABLE) from error

    def payload(self) -> Payload:
        return Payload(bytes(self.row.payload or b""), self.row.payload_id)

    def outgoing(self) -> Outgoing:
        draft, reply = self.row.version.draft, self.row.reply_to or {}
        parent, root = reply.get("parent"), reply.get("root")
        return Outgoing(
            key=self.row.key,
            due_at=self.row.due_at,
            text=self.row.version.text,
            images=[fitted(each, self.row.channel.known_limits()) for each in draft.pictures.all()],
            language=draft.author.language,
            reply_to=Ref(**parent) if parent else None,
            root=Ref(**root) if root else None,
        )

    def unsettled(self) -> float:
        """Seconds until no request of ours can be on its way any more."""
        if self.row.last_sent is None or self.row.sent_boot != due.boot():
            # It was sent before this boot, on a clock that is gone: count from now.
            due.write(self.row, last_sent=due.now(), first_sent=None, sent_boot=due.boot())
        return self.pace.settle(self.network) - (due.now() - (self.row.last_sent or 0))

    def since(self) -> datetime:
        """When the first request can have left, though our clock may have been set since, or be wrong."""
        first = self.row.first_sent_at or self.row.due_at
        if self.row.first_sent is not None:
            first = min(first, timezone.now() - timedelta(seconds=due.now() - self.row.first_sent))
        return first - WRONG_CLOCK

    def too_long(self) -> str:
        """The sentence for a person once it has taken too long, else nothing."""
        first = self.row.first_sent_at
        if first is None or not self.was_sent:
            return TOO_LATE if timezone.now() - self.row.due_at > self.pace.late else ""
        return UNSURE if timezone.now() - first > self.pace.give_up else ""

    # ---------- the list of attempts ----------

    def write_down(self, note: Note) -> None:
        """An attempt after which the round goes on."""
        with transaction.atomic():
            due.extend(self.row, lease=self.pace.lease)
            self.add(note)

    def add(self, note: Note) -> None:
        """Inside a transaction that has written the row under its fence."""
        Attempt.objects.create(
            delivery=self.row,
            number=self.row.attempts.count() + 1,
            step=note.step,
            started_at=note.began,
            ended_at=None if note.step == Step.SEND else timezone.now(),
            outcome=note.outcome or "",
            status=note.error.status if note.error else None,
            answer=note.answer,
        )
