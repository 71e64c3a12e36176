"""What people say to us, gathered into conversations, each with its answer or its hours left."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samspill.accounts.models import User, Workspace
from samspill.networks.models import Channel
from samspill.publishing.models import Delivery


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
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    waiting_since = models.DateTimeField(null=True)  # the oldest message nobody has answered
    answer_by = models.DateTimeField(null=True)
    assigned_to = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="conversations")
    last_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["channel", "root_id"], name="one_conversation_a_thread")]
        indexes = [models.Index(fields=["workspace", "state", "answer_by"], name="conversation_waiting")]


class Message(models.Model):
    """One line of a conversation: somebody's post to us, or our answer."""

    channel = models.ForeignKey(Channel, models.CASCADE, related_name="messages")
    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="messages")
    remote_id = models.CharField(max_length=500, null=True)  # null: ours, not yet taken by the network
    kind = models.CharField(max_length=10)
    author_id = models.CharField(max_length=255, blank=True)
    author_handle = models.CharField(max_length=255, blank=True)
    author_name = models.CharField(max_length=255, blank=True)
    author_url = models.URLField(max_length=500, blank=True)
    text = models.TextField(blank=True)
    url = models.URLField(max_length=700, blank=True)
    ref = models.JSONField(null=True)
    root = models.JSONField(null=True)
    at = models.DateTimeField()
    collected_at = models.DateTimeField(default=timezone.now)
    is_ours = models.BooleanField(default=False)
    written_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    delivery = models.OneToOneField(Delivery, models.SET_NULL, null=True, related_name="message")
    needs_answer = models.BooleanField(default=False)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["channel", "remote_id"], name="one_message_an_id")]
        ordering = ["at", "pk"]


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
    text = models.TextField(max_length=5000)
