"""Our accounts on the networks, and the work that is due on each."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samspill.accounts.models import User, Workspace


class ChannelQuerySet(models.QuerySet["Channel"]):
    def in_workspace(self, workspace: Workspace) -> ChannelQuerySet:
        return self.filter(workspace=workspace)

    def publishing(self) -> ChannelQuerySet:
        """Those that a draft can go out on."""
        return self.filter(closed_at=None, network__in=["bluesky", "mastodon", "demo"])


class Channel(models.Model):
    """An account of ours on a network."""

    class State(models.TextChoices):
        WORKING = "working", _("works")
        RECONNECT = "reconnect", _("must be connected again")
        FAILING = "failing", _("does not answer")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="channels")
    network = models.CharField(max_length=20)
    server = models.CharField(max_length=255, blank=True)
    handle = models.CharField(max_length=255)
    remote_id = models.CharField(max_length=255)
    name = models.CharField(max_length=100)
    url = models.URLField(max_length=500, blank=True)
    secrets = models.TextField(blank=True)  # AES-256-GCM, see lib/crypto.py
    limits = models.JSONField(default=dict)  # base.Limits as the server last told it
    state = models.CharField(max_length=10, choices=State.choices, default=State.WORKING)
    last_error = models.TextField(blank=True)
    last_ok_at = models.DateTimeField(null=True)
    connected_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True)
    connected_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True)

    objects = ChannelQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "network", "remote_id"], name="one_channel_an_account"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.get_network_name()})"

    def get_network_name(self) -> str:
        from samspill.networks.registry import NETWORKS

        return NETWORKS[self.network].name


class ChannelWork(models.Model):
    """What must be asked of a channel again and again: its inbox, its threads, its numbers."""

    class Verb(models.TextChoices):
        COLLECT = "collect"  # notifications, by cursor
        THREADS = "threads"  # below our own recent posts
        SAMPLE = "sample"  # numbers

    channel = models.ForeignKey(Channel, models.CASCADE, related_name="work")
    verb = models.CharField(max_length=10, choices=Verb.choices)
    due_at = models.DateTimeField(default=timezone.now)
    cursor = models.TextField(blank=True)
    tries = models.PositiveIntegerField(default=0)
    last_run_at = models.DateTimeField(null=True)
    # lease and fence, see lib/due.py
    lease_owner = models.CharField(max_length=60, blank=True)
    lease_boot = models.CharField(max_length=40, blank=True)
    lease_until = models.FloatField(null=True)  # seconds on the monotonic clock
    fence = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["channel", "verb"], name="one_row_a_verb")]
        indexes = [models.Index(fields=["due_at"], name="channelwork_due")]
