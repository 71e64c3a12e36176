"""The strategy as records: governing documents with their passages, and answers to the six questions."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samspill.accounts.models import User, Workspace
from samspill.networks.models import Channel


class GoverningDocument(models.Model):
    """A plan, statute or policy that the strategy is derived from."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="governing_documents")
    title = models.CharField(_("title"), max_length=200)
    created_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.title


class DocumentVersion(models.Model):
    """One uploaded file of a governing document; the newest stands, the older stay."""

    document = models.ForeignKey(GoverningDocument, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    file = models.FileField(upload_to="documents/")
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    uploaded_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True)
    uploaded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["document", "number"], name="one_version_a_number")]


class Passage(models.Model):
    """A paragraph of a governing document. It keeps its identity when a new version still says it."""

    document = models.ForeignKey(GoverningDocument, models.CASCADE, related_name="passages")
    first_version = models.ForeignKey(DocumentVersion, models.PROTECT, related_name="+")
    last_version = models.ForeignKey(DocumentVersion, models.PROTECT, related_name="passages")
    position = models.PositiveIntegerField()
    heading = models.CharField(max_length=300, blank=True)
    page = models.PositiveIntegerField(null=True)
    paragraph = models.PositiveIntegerField()
    text = models.TextField()
    previous_text = models.TextField(blank=True)  # what it said before the newest version changed it

    class Meta:
        indexes = [models.Index(fields=["document", "position"], name="passage_order")]

    def __str__(self) -> str:
        return self.text[:80]


class Strategy(models.Model):
    workspace = models.OneToOneField(Workspace, models.CASCADE, related_name="strategy")
    title = models.CharField(_("title"), max_length=200)
    updated_at = models.DateTimeField(auto_now=True)


class Goal(models.Model):
    """What we will achieve: a measure, from where, to where, by when, whose, and why."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="goals")
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    statement = models.CharField(_("goal"), max_length=200)
    why = models.TextField(_("what it means"), blank=True, max_length=2000)
    sub_goal = models.CharField(_("sub-goal"), max_length=20, blank=True)
    measure = models.CharField(_("measure"), max_length=40, blank=True)  # a key of measurement.measures
    channel = models.ForeignKey(Channel, models.SET_NULL, null=True, blank=True, related_name="goals")
    baseline = models.FloatField(_("baseline"), null=True, blank=True)
    baseline_at = models.DateField(_("baseline date"), null=True, blank=True)
    target = models.FloatField(_("target"), null=True, blank=True)
    deadline = models.DateField(_("deadline"), null=True, blank=True)
    owner = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="goals")
    passage = models.ForeignKey(Passage, models.SET_NULL, null=True, blank=True, related_name="goals")
    position = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(auto_now=True)
    version = models.PositiveIntegerField(default=1)  # for two people editing the same thing
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.statement


class Audience(models.Model):
    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="audiences")
    name = models.CharField(_("name"), max_length=100)
    description = models.TextField(_("who they are"), blank=True, max_length=2000)
    size = models.PositiveIntegerField(_("how many"), null=True, blank=True)
    size_source = models.CharField(_("source and year"), max_length=200, blank=True)
    needs = models.TextField(_("what they need"), blank=True, max_length=2000)
    goals = models.ManyToManyField(Goal, related_name="audiences", blank=True)
    position = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name


class Tactic(models.Model):
    """How an audience is got along, a step of the ladder at a time."""

    class Step(models.TextChoices):
        SEES = "sees", _("sees us")
        FOLLOWS = "follows", _("follows us")
        ANSWERS = "answers", _("answers us")
        CONTRIBUTES = "contributes", _("contributes")

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="tactics")
    audience = models.ForeignKey(Audience, models.CASCADE, related_name="tactics", null=True, blank=True)
    step = models.CharField(_("step"), max_length=12, choices=Step.choices)
    what = models.CharField(_("what we do"), max_length=200)
    why_follow = models.TextField(_("what they get from it"), blank=True, max_length=2000)
    position = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["position", "pk"]


class Trait(models.Model):
    """One trait of the voice: what we are, what we are not, and how each sounds."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="traits")
    name = models.CharField(_("trait"), max_length=60)
    we_are = models.CharField(_("we are"), max_length=200, blank=True)
    we_are_not = models.CharField(_("we are not"), max_length=200, blank=True)
    good_example = models.TextField(_("so we would say it"), blank=True, max_length=1000)
    bad_example = models.TextField(_("so we would not"), blank=True, max_length=1000)
    position = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name


class ChannelChoice(models.Model):
    """On which channels we belong, and why."""

    class Choice(models.TextChoices):
        USE = "use", _("use")
        PILOT = "pilot", _("pilot")
        WAIT = "wait", _("wait")
        END = "end", _("end")
        NOT = "not", _("not")

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="channel_choices")
    name = models.CharField(_("channel"), max_length=60)
    channel = models.ForeignKey(Channel, models.SET_NULL, null=True, blank=True, related_name="choices")
    choice = models.CharField(_("decision"), max_length=6, choices=Choice.choices)
    purpose = models.TextField(_("purpose"), blank=True, max_length=1000)
    evidence = models.TextField(_("evidence"), blank=True, max_length=1000)
    responsible = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    hours_a_week = models.FloatField(_("hours a week"), null=True, blank=True)
    review_on = models.DateField(_("look at it again"), null=True, blank=True)
    audiences = models.ManyToManyField(Audience, related_name="channel_choices", blank=True)
    goals = models.ManyToManyField(Goal, related_name="channel_choices", blank=True)
    position = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name


class LaunchAction(models.Model):
    """A step of the launch plan towards the first critical mass of followers."""

    class Phase(models.TextChoices):
        LISTEN = "listen", _("listen")
        SOFT = "soft", _("soft start")
        LAUNCH = "launch", _("launch")
        FOLLOW_UP = "follow_up", _("follow up")

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="launch_actions")
    phase = models.CharField(_("phase"), max_length=10, choices=Phase.choices)
    what = models.CharField(_("action"), max_length=200)
    on = models.DateField(_("date"), null=True, blank=True)
    owner = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    cost = models.PositiveIntegerField(_("cost in kroner"), null=True, blank=True)
    expected_followers = models.PositiveIntegerField(_("expected new followers"), null=True, blank=True)
    done_at = models.DateTimeField(null=True)
    position = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["on", "position", "pk"]
