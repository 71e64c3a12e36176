"""What needs me now: who waits, what goes out, what failed, what moved. A handful of queries at any size."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists
from django.utils import timezone

from samspill.accounts.models import Member, Role, Workspace
from samspill.conversations.models import Conversation, Message
from samspill.listening.models import Spike, Watch
from samspill.listening.spikes import to_judge
from samspill.measurement.record import gather
from samspill.measurement.status import Status, statuses
from samspill.networks.models import Channel
from samspill.publishing.models import Delivery, DeliveryQuerySet, Draft
from samspill.strategy.models import Goal, GoverningDocument

ROWS = 6  # of each kind; the rest is one click away
AHEAD = timedelta(days=60)


@dataclass(frozen=True)
class Waiting:
    """A conversation with the message that has waited longest; `left`: how much of the promise, 0 to 100."""

    conversation: Conversation
    message: Message | None
    left: int


@dataclass(frozen=True)
class Out:
    """A draft that goes out at one moment, on one channel or several."""

    draft: Draft
    due_at: datetime
    channels: Sequence[Channel]


@dataclass(frozen=True)
class Steps:
    """The first things to do in a new workspace, done or not."""

    document: bool
    goal: bool
    channel: bool
    draft: bool

    @property
    def done(self) -> bool:
        return self.document and self.goal and self.channel and self.draft

    @property
    def next(self) -> str:
        """The first one not done."""
        return next(
            (name for name in ("document", "goal", "channel", "draft") if not getattr(self, name)), ""
        )

    @property
    def left(self) -> int:
        return [self.document, self.goal, self.channel, self.draft].count(False)


@dataclass(frozen=True)
class Needs:
    now: datetime
    steps: Steps
    waiting: Sequence[Waiting]
    people: int  # how many wait
    troubled: Sequence[Delivery]
    to_approve: Sequence[Draft]
    touched: Sequence[Goal]  # whose passage has changed
    broken: Sequence[Channel]
    spikes: Sequence[Spike]  # nobody has looked at
    going_out: Sequence[Out]
    out_today: int
    goals: Sequence[Status]  # those that have moved first

    @property
    def moved(self) -> list[Status]:
        return [status for status in self.goals if status.moved]

    @property
    def calls(self) -> int:
        """How many things ask for me besides conversations."""
        return (
            len(self.troubled)
            + len(self.to_approve)
            + len(self.touched)
            + len(self.broken)
            + len(self.spikes)
        )


def needs(member: Member, now: datetime) -> Needs:
    workspace = member.workspace
    channels = list(Channel.objects.in_workspace(workspace).open().order_by("pk"))
    goals = list(Goal.objects.in_workspace(workspace).open().select_related("channel"))
    waiting = Conversation.objects.in_workspace(workspace).waiting()
    rows = list(waiting.select_related("channel", "about__version__draft")[:ROWS])
    deliveries = Delivery.objects.in_workspace(workspace)
    out = _out(deliveries.going_out(now, now + AHEAD))
    return Needs(
        now=now,
        steps=_steps(workspace, bool(goals), bool(channels)),
        waiting=_waiting(rows, workspace.answer_within, now),
        people=waiting.people() if rows else 0,
        troubled=list(_with_draft(deliveries.troubled()).order_by("-due_at")[:ROWS]),
        to_approve=_to_approve(member),
        touched=list(Goal.objects.in_workspace(workspace).open().touched()[:ROWS]),
        broken=[channel for channel in channels if channel.state != Channel.State.WORKING],
        spikes=to_judge(Watch.objects.in_workspace(workspace), now)[:ROWS],
        going_out=out[:ROWS],
        out_today=sum(timezone.localdate(each.due_at) == timezone.localdate(now) for each in out),
        goals=_goals(workspace, goals, now),
    )


def _steps(workspace: Workspace, goals: bool, channels: bool) -> Steps:
    documents = GoverningDocument.objects.in_workspace(workspace)
    drafts = Draft.objects.in_workspace(workspace).listed()
    has = Workspace.objects.filter(pk=workspace.pk).values_list(Exists(documents), Exists(drafts)).get()
    return Steps(document=has[0], goal=goals, channel=channels, draft=has[1])


def _waiting(rows: Sequence[Conversation], promise: timedelta, now: datetime) -> list[Waiting]:
    oldest: dict[int, Message] = {}
    for message in (
        Message.objects.filter(conversation__in=rows, is_waiting=True).order_by("at", "pk") if rows else ()
    ):
        oldest.setdefault(message.conversation_id, message)
    found = []
    for row in rows:
        share = (row.answer_by - now) / promise if row.answer_by else 0
        found.append(Waiting(row, oldest.get(row.pk), round(100 * min(max(share, 0), 1))))
    return found


def _with_draft(rows: DeliveryQuerySet) -> DeliveryQuerySet:
    return rows.select_related("channel", "version__draft__goal")


def _out(rows: DeliveryQuerySet) -> list[Out]:
    """Deliveries of the same draft at the same moment are one row."""
    together: dict[tuple[int, datetime], list[Delivery]] = {}
    for row in _with_draft(rows)[: ROWS * 8]:
        together.setdefault((row.version.draft_id, row.due_at), []).append(row)
    return [
        Out(same[0].version.draft, due_at, [each.channel for each in same])
        for (_, due_at), same in together.items()
    ]


def _to_approve(member: Member) -> list[Draft]:
    """Asked of me, or of nobody in particular where I may say yes."""
    rows = Draft.objects.in_workspace(member.workspace).to_approve(member.user)
    if member.role < Role.EDITOR:
        rows = rows.filter(approver=member.user)
    return list(rows.select_related("author", "goal").order_by("updated_at")[:ROWS])


def _goals(workspace: Workspace, goals: Iterable[Goal], now: datetime) -> list[Status]:
    measured = [goal for goal in goals if goal.measured]
    if not measured:
        return []
    found = statuses(measured, gather(workspace, now, {goal.measure for goal in measured}), now)
    return sorted(found, key=lambda status: (status.moved is None, status.figure.value is None))
