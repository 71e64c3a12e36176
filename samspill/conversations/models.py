"""What people say to us, gathered into conversations, each with its answer or its hours left."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samspill.accounts.models import User, Workspace
from samspill.networks.base import Kind, Ref
from samspill.networks.models import Channel
from samspill.publishing.models import Delivery

SPEECH = (
    Kind.REPLY.value,
    Kind.MENTION.value,
)  # what the promise covers; reactions, shares, follows it does not

# The identity of an answer of ours that is out, as a person says, until the network tells its own.
SEEN_BY_A_PERSON = "delivery:"


class ConversationQuerySet(models.QuerySet["Conversation"]):
    def in_workspace(self, workspace: Workspace) -> ConversationQuerySet:
        return self.filter(workspace=workspace)

    def said(self) -> ConversationQuerySet:
        """Those in which somebody has spoken to us; a thread of reactions alone is no conversation."""
        return self.filter(lines__gt=0)

    def waiting(self) -> ConversationQuerySet:
        """Those in which somebody waits for our answer, the least hours left first."""
        return self.filter(state=Conversation.State.OPEN).order_by("answer_by", "pk")

    def overdue(self, now: datetime | None = None) -> ConversationQuerySet:
        """Those for which the promise is already broken."""
        return self.waiting().filter(answer_by__lt=now or timezone.now())

    def people(self) -> int:
        """How many people wait in these conversations."""
        return int(self.aggregate(n=models.Sum("waiting_people"))["n"] or 0)

    def follow_promise(self, workspace: Workspace) -> int:
        """Bring the hours left in step with a promise that was changed."""
        due = models.ExpressionWrapper(
            F("waiting_since") + models.Value(workspace.answer_within, models.DurationField()),
            models.DateTimeField(),
        )
        return self.in_workspace(workspace).waiting().exclude(answer_by=due).order_by().update(answer_by=due)


class Conversation(models.Model):
    """One thread on one channel."""

    class State(models.TextChoices):
        OPEN = "open", _("waits for an answer")
        ANSWERED = "answered", _("answered")
        DONE = "done", _("needs no answer")

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="conversations")
    channel = models.ForeignKey(Channel, models.CASCADE, related_name="conversations")
    root_id = models.CharField(max_length=500)
    about = models.ForeignKey(Delivery, models.SET_NULL, null=True, related_name="conversations")  # our post
    assigned_to = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="conversations"
    )
    # What follows is derived from the messages: see settle.py.
    state = models.CharField(max_length=10, choices=State.choices, default=State.DONE)
    lines = models.PositiveIntegerField(default=0)  # replies and mentions by others
    waiting_people = models.PositiveIntegerField(default=0)
    waiting_since = models.DateTimeField(null=True)  # the oldest message nobody has answered
    answer_by = models.DateTimeField(null=True)
    last_at = models.DateTimeField(default=timezone.now)

    objects = ConversationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["channel", "root_id"], name="one_conversation_a_thread")
        ]
        indexes = [
            models.Index(fields=["workspace", "state", "answer_by"], name="conversation_waiting"),
            models.Index(fields=["workspace", "-last_at"], name="conversation_newest"),
        ]


class MessageQuerySet(models.QuerySet["Message"]):
    def in_workspace(self, workspace: Workspace) -> MessageQuerySet:
        return self.filter(channel__workspace=workspace)

    def from_people(self) -> MessageQuerySet:
        """What others have said to us, newest first."""
        return self.filter(is_ours=False, kind__in=SPEECH).order_by("-at", "-pk")

    def needing_answer(self, workspace: Workspace, since: datetime, until: datetime) -> MessageQuerySet:
        """The cases of response rate and response time: said in [since, until), needing an answer.

        Fields that measure: `at` and `answered_at`, the first answer (None: none yet, so censored at now).
        """
        rows = self.in_workspace(workspace).filter(
            needs_answer=True, waived_at=None, at__gte=since, at__lt=until
        )
        return rows.order_by("at", "pk")

    def serving(self, goal_pk: int) -> MessageQuerySet:
        """What people said below the posts that serve a goal."""
        return self.from_people().filter(conversation__about__version__draft__goal=goal_pk)

    def underway(self) -> MessageQuerySet:
        """Our answers that the network, as far as these rows know, has not taken yet."""
        return self.filter(remote_id=None, delivery__isnull=False).select_related("channel", "delivery")


class Message(models.Model):
    """One line of a conversation: somebody's post to us, or our answer."""

    channel = models.ForeignKey(Channel, models.CASCADE, related_name="messages")
    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="messages")
    remote_id = models.CharField(max_length=500, null=True)  # noqa: DJ001 - null: not yet on the network
    parent_id = models.CharField(max_length=500, blank=True)  # the post it replies to
    root_id = models.CharField(
        max_length=500, blank=True
    )  # the first of its thread, where the network says it
    kind = models.CharField(max_length=10)
    author_id = models.CharField(max_length=255, blank=True)
    author_handle = models.CharField(max_length=255, blank=True)
    author_name = models.CharField(max_length=255, blank=True)
    author_url = models.URLField(max_length=500, blank=True)
    text = models.TextField(blank=True)
    url = models.URLField(max_length=700, blank=True)
    ref = models.JSONField(null=True)
    root = models.JSONField(null=True)
    is_public = models.BooleanField(default=True)
    at = models.DateTimeField()
    collected_at = models.DateTimeField(default=timezone.now)
    is_ours = models.BooleanField(default=False)
    written_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    delivery = models.OneToOneField(Delivery, models.SET_NULL, null=True, related_name="message")
    # Of our answers written here: the primary key of the newest message that their writer had seen.
    seen = models.PositiveBigIntegerField(null=True)
    # What people here decided about it.
    waived_at = models.DateTimeField(null=True)  # "needs no answer"
    reopened_at = models.DateTimeField(null=True)  # answers before this moment did not do
    # What follows is derived: see settle.py.
    needs_answer = models.BooleanField(default=False)
    answered_at = models.DateTimeField(null=True)  # the first answer
    is_waiting = models.BooleanField(default=False)

    objects = MessageQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["channel", "remote_id"], name="one_message_an_id")]
        indexes = [
            models.Index(fields=["channel", "parent_id"], name="message_parent"),
            models.Index(fields=["channel", "author_id", "-at"], name="message_author"),
            models.Index(fields=["conversation", "at"], name="message_order"),
            models.Index(fields=["channel", "at"], name="message_time"),
            models.Index(fields=["delivery"], name="message_underway", condition=models.Q(remote_id=None)),
        ]
        ordering = ["at", "pk"]

    @property
    def who(self) -> str:
        """The author as people know them."""
        return self.author_name or self.handle

    @property
    def handle(self) -> str:
        return f"@{self.author_handle.lstrip('@')}" if self.author_handle else ""

    @property
    def waits_since(self) -> datetime:
        """When the wait for an answer began."""
        return max(self.at, self.reopened_at) if self.reopened_at else self.at

    @property
    def is_speech(self) -> bool:
        return self.kind in SPEECH

    @property
    def standing(self) -> str:
        """How far our answer has come: sent, sending, uncertain, failed or needs_human."""
        if self.remote_id or self.delivery is None:
            return "sent"
        state = Delivery.State
        words = {state.PUBLISHED: "sent", state.SCHEDULED: "sending", state.SENDING: "sending"}
        return words.get(state(self.delivery.state), str(self.delivery.state))


class Follow(models.Model):
    """Somebody began to follow a channel of ours."""

    channel = models.ForeignKey(Channel, models.CASCADE, related_name="follows")
    remote_id = models.CharField(max_length=500)
    author_id = models.CharField(max_length=255)
    author_handle = models.CharField(max_length=255)
    author_name = models.CharField(max_length=255, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["channel", "remote_id"], name="one_follow_an_id")]


class Note(models.Model):
    """A word among ourselves, never sent."""

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="notes")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    text = models.TextField(_("note"), max_length=5000)

    class Meta:
        ordering = ["at", "pk"]


def kept(ref: Ref | None) -> dict[str, Any] | None:
    """A Ref as it is kept in a row."""
    return {"id": ref.id, "url": ref.url, "token": ref.token} if ref else None
