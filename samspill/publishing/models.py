"""What goes out: a draft, its version for each channel, who approved it, and how each delivery went."""

from __future__ import annotations

import hashlib
import json
import uuid
from datetime import datetime, timedelta

from django.db import models
from django.db.models import Case, Count, F, Max, Min, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samspill.accounts.models import User, Workspace
from samspill.lib import due
from samspill.networks.models import Channel
from samspill.strategy.models import Goal

# A delivery that has not gone this long after its time must not look as if all were well.
OVERDUE = timedelta(minutes=15)


class Stage(models.TextChoices):
    """Where a draft stands as a person sees it: its own state and that of its deliveries in one word."""

    WRITING = "writing", _("being written")
    RETURNED = "returned", _("sent back")
    ASKED = "asked", _("waits for approval")
    APPROVED = "approved", _("approved, no time set")
    GOING = "going", _("goes out")
    TROUBLED = "troubled", _("needs a look")
    OUT = "out", _("out")


class DraftQuerySet(models.QuerySet["Draft"]):
    def in_workspace(self, workspace: Workspace) -> DraftQuerySet:
        return self.filter(workspace=workspace)

    def listed(self) -> DraftQuerySet:
        """All but the answers that the inbox makes."""
        return self.filter(is_reply=False)

    def to_approve(self, user: User) -> DraftQuerySet:
        """What waits for this person's yes; also what waits for nobody in particular any more."""
        return self.listed().filter(Q(approver=user) | Q(approver=None), state=Draft.State.ASKED)

    def staged(self) -> DraftQuerySet:
        """With `stage`, and `shown_at`: when it goes out, went out, or was touched, as the stage has it."""
        path = "versions__deliveries"
        troubled = Q(**{f"{path}__state__in": Delivery.TROUBLED})
        waiting = Q(**{f"{path}__state__in": [Delivery.State.SCHEDULED, Delivery.State.SENDING]})
        published = Q(**{f"{path}__state": Delivery.State.PUBLISHED})
        return self.annotate(
            troubles=Count(path, filter=troubled),
            next_due_at=Min(f"{path}__due_at", filter=waiting),
            out_at=Max(f"{path}__published_at", filter=published),
            stage=Case(
                When(troubles__gt=0, then=Value(Stage.TROUBLED)),
                When(next_due_at__isnull=False, then=Value(Stage.GOING)),
                When(out_at__isnull=False, then=Value(Stage.OUT)),
                default=F("state"),
                output_field=models.CharField(),
            ),
            shown_at=Case(
                When(stage=Stage.GOING, then=F("next_due_at")),
                When(stage=Stage.OUT, then=F("out_at")),
                default=F("updated_at"),
            ),
        )

    def at(self, stage: str) -> DraftQuerySet:
        """Of staged rows, those at a stage."""
        return self.filter(Q(stage=stage))

    def in_order(self, stage: str = "") -> DraftQuerySet:
        """Of staged rows: what goes out by its time, everything else the newest first."""
        return self.order_by("shown_at" if stage == Stage.GOING else "-shown_at", "-pk")

    def stage_of(self, draft: Draft) -> str:
        staged = self.staged().filter(pk=draft.pk)
        return str(staged.values_list(models.F("stage")).get()[0])


class Draft(models.Model):
    """One thing we want to say, serving a goal."""

    class State(models.TextChoices):
        WRITING = "writing", _("being written")
        ASKED = "asked", _("waits for approval")
        APPROVED = "approved", _("approved")
        RETURNED = "returned", _("sent back")

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="drafts")
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    goal = models.ForeignKey(Goal, models.SET_NULL, null=True, blank=True, related_name="drafts")
    title = models.CharField(_("working title"), max_length=120)
    text = models.TextField(_("text"), blank=True, max_length=20_000)  # each version begins as a copy of it
    state = models.CharField(max_length=10, choices=State.choices, default=State.WRITING)
    author = models.ForeignKey(User, models.PROTECT, related_name="drafts")
    approver = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="to_approve")
    due_local = models.CharField(max_length=16, blank=True)  # wall time in due_zone: 2026-03-29T11:30
    due_zone = models.CharField(max_length=60, blank=True)
    is_reply = models.BooleanField(default=False)  # made by the inbox, not shown among drafts
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(auto_now=True)
    version = models.PositiveIntegerField(default=1)  # for two people editing the same thing
    saved_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    saved_in = models.CharField(
        max_length=36, blank=True
    )  # the opened page that saved last: not its own rival

    objects = DraftQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["workspace", "state"], name="draft_state")]

    def __str__(self) -> str:
        return self.title

    @property
    def wish(self) -> datetime | None:
        """The wall time it is to go out at, in `due_zone`."""
        return datetime.fromisoformat(self.due_local) if self.due_local else None

    def content_sha256(self) -> str:
        """What an approval is bound to: the channels, the words on each, the pictures and their alt texts."""
        versions = self.versions.select_related("channel").order_by("channel__uuid")
        pictures = self.pictures.order_by("position", "pk")
        said = {
            "versions": [[str(version.channel.uuid), version.text] for version in versions],
            "pictures": [[picture.sha256, picture.alt] for picture in pictures],
        }
        return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()

    def last_approval(self) -> Approval | None:
        return self.approvals.select_related("by").order_by("-pk").first()

    def has_gone(self) -> bool:
        """Something of it may be out, so its words stand."""
        sent = Delivery.objects.filter(version__draft=self).exclude(first_sent_at=None)
        return sent.exists()


class Version(models.Model):
    """The draft as it will stand on one channel."""

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="versions")
    channel = models.ForeignKey(Channel, models.CASCADE, related_name="versions")
    text = models.TextField(blank=True, max_length=20_000)  # always in full, also when it is only a copy
    is_own = models.BooleanField(default=False)  # written for this channel, does not follow the draft's text

    class Meta:
        constraints = [models.UniqueConstraint(fields=["draft", "channel"], name="one_version_a_channel")]

    def __str__(self) -> str:
        return f"{self.draft} · {self.channel}"


class Picture(models.Model):
    """An image of a draft, re-encoded and without metadata, with its alt text."""

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="pictures")
    file = models.FileField(upload_to="pictures/")
    sha256 = models.CharField(max_length=64)
    media_type = models.CharField(max_length=20)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    alt = models.TextField(_("alt text"), blank=True, max_length=1500)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]


class Approval(models.Model):
    """Somebody's yes or no to exactly these words."""

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="approvals")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    yes = models.BooleanField()
    note = models.TextField(blank=True, max_length=2000)
    content_sha256 = models.CharField(max_length=64)


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def in_workspace(self, workspace: Workspace) -> DeliveryQuerySet:
        return self.filter(channel__workspace=workspace)

    def living(self) -> DeliveryQuerySet:
        return self.exclude(state=Delivery.State.CANCELLED)

    def due(self) -> DeliveryQuerySet:
        """What a worker may claim now, the oldest first."""
        rows = self.filter(state__in=Delivery.OPEN, due_at__lte=timezone.now())
        return rows.filter(due.ripe("next_try")).order_by("due_at", "pk")

    def troubled(self) -> DeliveryQuerySet:
        """What did not go as it should: refused, unconfirmed, waiting for a person, or late."""
        late = Q(state__in=Delivery.OPEN, due_at__lt=timezone.now() - OVERDUE)
        return self.filter(Q(state__in=Delivery.TROUBLED) | late)

    def going_out(self, since: datetime, until: datetime) -> DeliveryQuerySet:
        """What is to go out from one moment up to another, the next first; answers are not counted in."""
        waiting = [Delivery.State.SCHEDULED, Delivery.State.SENDING]
        rows = self.filter(state__in=waiting, due_at__gte=since, due_at__lt=until)
        return rows.filter(version__draft__is_reply=False).order_by("due_at", "pk")

    def stop(self) -> int:
        """Cancel what nothing of has been sent. The fence moves on: a worker that holds one finds it lost."""
        waiting = self.living().filter(first_sent_at=None).exclude(state=Delivery.State.PUBLISHED)
        return waiting.update(
            state=Delivery.State.CANCELLED, fence=F("fence") + 1, lease_owner="", lease_until=None
        )

    def published(self) -> DeliveryQuerySet:
        return self.filter(state=Delivery.State.PUBLISHED)


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

    OPEN = (State.SCHEDULED, State.SENDING, State.UNCERTAIN)  # a worker has something to do
    TROUBLED = (State.UNCERTAIN, State.FAILED, State.NEEDS_HUMAN)
    CLOSED = (State.FAILED, State.NEEDS_HUMAN, State.CANCELLED)  # only a person takes it further

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version = models.ForeignKey(Version, models.PROTECT, related_name="deliveries")
    channel = models.ForeignKey(Channel, models.PROTECT, related_name="deliveries")
    state = models.CharField(max_length=12, choices=State.choices, default=State.SCHEDULED)
    key = models.CharField(max_length=36, unique=True)  # see key.py
    generation = models.PositiveIntegerField(default=1)  # grows only when a person says: post again
    request_id = models.UUIDField(unique=True, null=True)  # against a double click
    due_at = models.DateTimeField()  # does not change once something was sent
    payload = models.BinaryField(null=True)  # frozen bytes of the request
    payload_sha256 = models.CharField(max_length=64, blank=True)
    payload_id = models.CharField(max_length=100, blank=True)
    reply_to = models.JSONField(null=True)  # {"parent": Ref, "root": Ref or None} as dicts
    first_sent_at = models.DateTimeField(null=True)
    first_sent = models.FloatField(null=True)  # monotonic seconds on sent_boot, as last_sent
    last_sent = models.FloatField(null=True)
    sent_boot = models.CharField(max_length=40, blank=True)
    next_try = models.FloatField(null=True)  # monotonic seconds on lease_boot
    rounds = models.PositiveIntegerField(default=0)  # how often something was sent
    remote_id = models.CharField(max_length=500, blank=True)
    remote_url = models.URLField(max_length=700, blank=True)
    remote_token = models.CharField(max_length=500, blank=True)
    published_at = models.DateTimeField(null=True)
    last_error = models.TextField(blank=True)  # a sentence for a person
    # lease and fence, see lib/due.py
    lease_owner = models.CharField(max_length=60, blank=True)
    lease_boot = models.CharField(max_length=40, blank=True)
    lease_until = models.FloatField(null=True)
    fence = models.PositiveIntegerField(default=0)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "deliveries"
        indexes = [
            models.Index(fields=["state", "due_at"], name="delivery_due"),
            models.Index(fields=["channel", "published_at"], name="delivery_published"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["version"], condition=~Q(state="cancelled"), name="one_living_delivery_a_version"
            )
        ]

    def __str__(self) -> str:
        return str(self.version)

    @property
    def can_be_cancelled(self) -> bool:
        """What a person may let be: nothing of it is on its way now."""
        waits = self.state == self.State.SCHEDULED and self.first_sent_at is None
        return waits or self.state in (self.State.FAILED, self.State.NEEDS_HUMAN)

    @property
    def is_due(self) -> bool:
        return self.state in self.OPEN and self.due_at <= timezone.now()


class Attempt(models.Model):
    """One step of a delivery, kept as it happened; never changed, never removed (the database refuses)."""

    class Step(models.TextChoices):
        PREPARE = "prepare", _("made ready")
        SEND = "send", _("sent")  # written before the first byte leaves
        ANSWER = "answer", _("answer")
        FIND = "find", _("looked it up")
        PERSON = "person", _("a person decided")

    class Outcome(models.TextChoices):
        OK = "ok", _("published")
        REJECTED = "rejected", _("refused")
        NOT_SENT = "not_sent", _("not sent")
        UNKNOWN = "unknown", _("not known")
        FOUND = "found", _("found on the network")
        ABSENT = "absent", _("not on the network")

    delivery = models.ForeignKey(Delivery, models.PROTECT, related_name="attempts")
    number = models.PositiveIntegerField()
    step = models.CharField(max_length=12, choices=Step.choices)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")  # the person who decided
    started_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    status = models.PositiveSmallIntegerField(null=True)  # HTTP
    answer = models.TextField(blank=True)  # what the network said, shortened

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["delivery", "number"], name="one_attempt_a_number")]
