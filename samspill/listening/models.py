"""What is listened for: watches with every version of their query, and the times when much more was said."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samspill.accounts.models import User, Workspace
from samspill.archive.query_parse import LANGUAGE, LONGEST
from samspill.strategy.models import Goal


class ByWorkspace(models.QuerySet["Watch"]):
    def in_workspace(self, workspace: Workspace) -> Self:
        return self.filter(workspace=workspace)

    def on(self) -> Self:
        return self.filter(paused_at=None)


class Watch(models.Model):
    """A saved query that runs by itself on all that comes."""

    class Alert(models.TextChoices):
        NONE = "", _("no alert")
        CALM = "calm", _("only when it is far out of the ordinary")
        NORMAL = "normal", _("when clearly more is said than usual")
        KEEN = "keen", _("at the first sign")

    class Digest(models.TextChoices):
        NONE = "", _("no summary")
        DAILY = "daily", _("every morning")
        WEEKLY = "weekly", _("on Monday morning")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="watches")
    name = models.CharField(_("name"), max_length=120)
    purpose = models.CharField(_("what it is for"), max_length=300, blank=True)
    goal = models.ForeignKey(
        Goal, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("goal it serves")
    )
    alert = models.CharField(
        _("alert"), max_length=10, choices=Alert.choices, default=Alert.NORMAL, blank=True
    )
    digest = models.CharField(_("summary by mail"), max_length=10, choices=Digest.choices, blank=True)
    followers = models.ManyToManyField(User, related_name="watches")  # who gets its mails
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True)
    made_at = models.DateTimeField(default=timezone.now)
    paused_at = models.DateTimeField(null=True)
    digested_at = models.DateTimeField(default=timezone.now)  # all until then has been told in a summary

    objects = ByWorkspace.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["workspace", "name"], name="one_watch_a_name"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def version(self) -> WatchVersion:
        """The one that runs now."""
        return next(iter(sorted(self.versions.all(), key=lambda each: -each.number)))


class WatchVersion(models.Model):
    """A query as it was from one change to the next. It stays, so that a figure can be counted again.

    Its `pk` is the label that posts which meet it have in the archive.
    """

    watch = models.ForeignKey(Watch, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    query = models.CharField(max_length=LONGEST)
    language = models.PositiveIntegerField(default=LANGUAGE)  # of queries, as it was then
    why = models.CharField(max_length=300, blank=True)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True)
    made_at = models.DateTimeField(default=timezone.now)
    # What was kept before it is labelled in steps, the newest first, down to this id of the archive.
    labelled_to = models.BigIntegerField(null=True)
    labelled_at = models.DateTimeField(null=True)  # all of it

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["watch", "number"], name="one_watch_version_a_number")]

    def __str__(self) -> str:
        return self.query


class FormerLabel(models.Model):
    """A label of a version that is removed, until the archive has forgotten it."""

    label = models.BigIntegerField(unique=True)


class Spike(models.Model):
    """A time when clearly more was said than usual, told once however long it goes on, with the reasons."""

    class Judged(models.TextChoices):
        OPEN = "", _("nobody has looked at it yet")
        NOTHING = "nothing", _("nothing to do")
        FOLLOWED = "followed", _("we follow it")
        ACTED = "acted", _("we have acted")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    watch = models.ForeignKey(Watch, models.CASCADE, related_name="spikes")
    version = models.ForeignKey(WatchVersion, models.CASCADE, related_name="spikes")
    since = models.DateTimeField()
    until = models.DateTimeField()
    noticed_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)
    posts = models.PositiveIntegerField()
    usual = models.FloatField()  # posts in as much time
    people = models.PositiveIntegerField()
    alike = models.BooleanField(default=False)  # few people or one text: perhaps arranged
    rules = models.JSONField(default=list)  # which of them found it, each with its figures
    reasons = models.JSONField(default=dict)  # posts, words, hashtags, pages and people, as they were then
    under = models.ForeignKey(
        "self", models.CASCADE, null=True, related_name="others"
    )  # the same, by another watch
    told_at = models.DateTimeField(null=True)
    judged = models.CharField(max_length=10, choices=Judged.choices, blank=True)
    judged_by = models.ForeignKey(User, models.SET_NULL, related_name="+", null=True)
    judged_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["-since", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["watch"], condition=models.Q(ended_at=None), name="one_spike_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.watch} ({self.since:%Y-%m-%d %H:%M})"

    @property
    def times(self) -> float | None:
        """How many times the usual; None where nothing is usual."""
        return self.posts / self.usual if self.usual >= 0.5 else None

    @property
    def lasted(self) -> timedelta:
        return self.until - self.since


class ShareOfVoice(models.Model):
    """Share of voice: watches of which each stands for one voice, such as ours and others like us."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="shares")
    name = models.CharField(_("name"), max_length=120)
    watches = models.ManyToManyField(Watch, related_name="shares", verbose_name=_("watches"))
    own = models.ForeignKey(
        Watch, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("which of them is us")
    )
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name
