"""What goes out: a draft, its version for each channel, who approved it, and how each delivery went."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samspill.accounts.models import User, Workspace
from samspill.networks.models import Channel
from samspill.strategy.models import Goal


class Draft(models.Model):
    """One thing we want to say, serving a goal."""

    class State(models.TextChoices):
        WRITING = "writing", _("being written")
        ASKED = "asked", _("waits for approval")
        APPROVED = "approved", _("approved")
        RETURNED = "returned", _("sent back")

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="drafts")
    goal = models.ForeignKey(Goal, models.SET_NULL, null=True, blank=True, related_name="drafts")
    title = models.CharField(_("working title"), max_length=120)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WRITING)
    author = models.ForeignKey(User, models.PROTECT, related_name="drafts")
    approver = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="to_approve")
    due_local = models.DateTimeField(null=True, blank=True)  # wall time in due_zone, kept without a zone meaning
    due_zone = models.CharField(max_length=60, blank=True)
    is_reply = models.BooleanField(default=False)  # made by the inbox, not shown among drafts
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(auto_now=True)
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return self.title


class Version(models.Model):
    """The draft as it will stand on one channel."""

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="versions")
    channel = models.ForeignKey(Channel, models.CASCADE, related_name="versions")
    text = models.TextField(blank=True, max_length=20000)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["draft", "channel"], name="one_version_a_channel")]


class Picture(models.Model):
    """An image of a draft, re-encoded and without metadata, with its alt text."""

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="pictures")
    file = models.FileField(upload_to="pictures/")
    media_type = models.CharField(max_length=20)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    alt = models.TextField(_("alt text"), blank=True, max_length=1500)
    position = models.PositiveIntegerField(default=0)


class Approval(models.Model):
    """Somebody's yes or no to exactly these words."""

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="approvals")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    yes = models.BooleanField()
    note = models.TextField(blank=True, max_length=2000)
    content_sha256 = models.CharField(max_length=64)


class Delivery(models.Model):
    """One version on its way to one channel: exactly once, or said that it is not known. See deliver.py."""

    class State(models.TextChoices):
        SCHEDULED = "scheduled", _("scheduled")
        SENDING = "sending", _("being sent")
        UNCERTAIN = "uncertain", _("sent, not confirmed")
        PUBLISHED = "published", _("published")
        FAILED = "failed", _("refused by the network")
        NEEDS_HUMAN = "needs_human", _("needs you")
        CANCELLED = "cancelled", _("cancelled")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version = models.ForeignKey(Version, models.PROTECT, related_name="deliveries")
    channel = models.ForeignKey(Channel, models.PROTECT, related_name="deliveries")
    state = models.CharField(max_length=12, choices=State.choices, default=State.SCHEDULED)
    key = models.CharField(max_length=36, unique=True)
    generation = models.PositiveIntegerField(default=1)  # grows only when a person says: post again
    request_id = models.CharField(max_length=36, unique=True, null=True)  # against a double click
    due_at = models.DateTimeField()
    payload = models.BinaryField(null=True)  # frozen bytes of the request
    payload_sha256 = models.CharField(max_length=64, blank=True)
    payload_id = models.CharField(max_length=100, blank=True)
    reply_to = models.JSONField(null=True)  # {"parent": Ref, "root": Ref} as dicts
    first_sent_at = models.DateTimeField(null=True)
    last_sent = models.FloatField(null=True)  # monotonic seconds on lease_boot
    next_try = models.FloatField(null=True)  # monotonic seconds on lease_boot
    rounds = models.PositiveIntegerField(default=0)
    remote_id = models.CharField(max_length=500, blank=True)
    remote_url = models.URLField(max_length=700, blank=True)
    remote_token = models.CharField(max_length=500, blank=True)
    published_at = models.DateTimeField(null=True)
    last_error = models.TextField(blank=True)
    # lease and fence, see lib/due.py
    lease_owner = models.CharField(max_length=60, blank=True)
    lease_boot = models.CharField(max_length=40, blank=True)
    lease_until = models.FloatField(null=True)
    fence = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name_plural = "deliveries"
        indexes = [models.Index(fields=["state", "due_at"], name="delivery_due")]


class Attempt(models.Model):
    """One round of a delivery, kept as it happened."""

    class Outcome(models.TextChoices):
        OK = "ok", _("published")
        REJECTED = "rejected", _("refused")
        NOT_SENT = "not_sent", _("not sent")
        UNKNOWN = "unknown", _("not known")
        FOUND = "found", _("found on the network")
        ABSENT = "absent", _("not on the network")

    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="attempts")
    number = models.PositiveIntegerField()
    step = models.CharField(max_length=12)  # prepare, send, find
    started_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    status = models.PositiveSmallIntegerField(null=True)
    answer = models.TextField(blank=True)  # what the network said, shortened
