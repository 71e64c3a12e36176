"""The strategy as records: governing documents with their passages, and answers to the six questions."""

from __future__ import annotations

import datetime
import uuid
from pathlib import PurePath
from typing import Any, Self

from django.db import models
from django.db.models import Count, F, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samspill.accounts.models import User, Workspace
from samspill.networks.models import Channel
from samspill.strategy.measures import MEASURES, Measure
from samspill.strategy.subgoals import SUB_GOALS, SubGoal


def fold(text: str) -> str:
    """What search compares: capital and small letters alike, also Æ, Ø and Å, where SQLite's LIKE fails."""
    return " ".join(text.casefold().split())


def _stored_name(version: DocumentVersion, uploaded: str) -> str:
    """A name of our own making; only the ending, chosen by content, stays."""
    return f"documents/{uuid.uuid4().hex}{PurePath(uploaded).suffix}"


class DocumentQuerySet(models.QuerySet["GoverningDocument"]):
    def in_workspace(self, workspace: Workspace) -> Self:
        return self.filter(workspace=workspace)

    def standing(self) -> Self:
        """Those still in force."""
        return self.filter(closed_at=None)

    def counted(self) -> Self:
        """With `said`, the passages that stand, and `served`, those that an open goal points to."""
        stands = Q(passages__gone_in=None, passages__isnull=False)
        serves = stands & Q(passages__goals__isnull=False, passages__goals__closed_at=None)
        return self.annotate(
            said=Count("passages", filter=stands, distinct=True),
            served=Count("passages", filter=serves, distinct=True),
        )


class GoverningDocument(models.Model):
    """A plan, statute or policy that the strategy is derived from."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="governing_documents")
    title = models.CharField(_("title"), max_length=200)
    adopted = models.CharField(_("adopted"), max_length=120, blank=True)  # "by the annual meeting, 12 March"
    created_at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(
        default=1
    )  # of title and adoption, for two people editing the same thing
    closed_at = models.DateTimeField(null=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ["title", "pk"]

    def __str__(self) -> str:
        return self.title

    def newest(self) -> DocumentVersion:
        return self.versions.select_related("uploaded_by").order_by("-number")[0]


class DocumentVersion(models.Model):
    """One uploaded file of a governing document; the newest stands, the older stay."""

    document = models.ForeignKey(GoverningDocument, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    file = models.FileField(upload_to=_stored_name, max_length=200)
    file_name = models.CharField(max_length=200)
    kind = models.CharField(max_length=4, blank=True)  # docx, pdf, odt, md, txt: by content
    pages = models.PositiveIntegerField(null=True)  # where the format has pages
    sha256 = models.CharField(max_length=64)
    uploaded_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True)
    uploaded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["document", "number"], name="one_version_a_number")]


class PassageQuerySet(models.QuerySet["Passage"]):
    def in_workspace(self, workspace: Workspace) -> Self:
        return self.filter(document__workspace=workspace)

    def standing(self) -> Self:
        """What the newest version of a document in force says."""
        return self.filter(gone_in=None, document__closed_at=None)

    def saying(self, words: str) -> Self:
        """Those that hold every word, in text or heading, capitals or not."""
        found = self
        for word in fold(words).split():
            found = found.filter(folded__contains=word)
        return found


class Passage(models.Model):
    """A paragraph of a governing document. It keeps its identity when a new version still says it."""

    document = models.ForeignKey(GoverningDocument, models.CASCADE, related_name="passages")
    first_version = models.ForeignKey(DocumentVersion, models.PROTECT, related_name="+")
    last_version = models.ForeignKey(DocumentVersion, models.PROTECT, related_name="passages")
    position = models.PositiveIntegerField()
    chapter = models.CharField(max_length=300, blank=True)  # the headings above the nearest one
    heading = models.CharField(max_length=300, blank=True)
    page = models.PositiveIntegerField(null=True)
    paragraph = models.PositiveIntegerField()  # on its page, or in the document where there are no pages
    is_item = models.BooleanField(default=False)  # of a list
    text = models.TextField()
    folded = models.TextField(default="")
    previous_text = models.TextField(blank=True)  # what it said before `changed_in` changed it
    changed_in = models.ForeignKey(DocumentVersion, models.PROTECT, related_name="+", null=True)
    gone_in = models.ForeignKey(DocumentVersion, models.PROTECT, related_name="+", null=True)

    objects = PassageQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        indexes = [models.Index(fields=["document", "position"], name="passage_order")]

    def __str__(self) -> str:
        return self.text[:80]

    def get_absolute_url(self) -> str:
        return reverse("strategy:passage", args=(self.document.workspace.slug, self.pk))

    @property
    def place(self) -> str:
        """Where it stands, as one would cite it: page 7, paragraph 2; or paragraph 12."""
        if self.page:
            return gettext("page %(page)s, paragraph %(number)s") % {
                "page": self.page,
                "number": self.paragraph,
            }
        return gettext("paragraph %(number)s") % {"number": self.paragraph}

    @property
    def moved_at(self) -> datetime.datetime | None:
        """When the document last changed or dropped what it says here."""
        version = self.gone_in or self.changed_in
        return version.uploaded_at if version else None


class Strategy(models.Model):
    """What the strategy is called. Its answers hang on the workspace."""

    workspace = models.OneToOneField(Workspace, models.CASCADE, related_name="strategy")
    title = models.CharField(_("title"), max_length=200)
    updated_at = models.DateTimeField(auto_now=True)
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return self.title

    @classmethod
    def of(cls, workspace: Workspace) -> Strategy:
        """The workspace's, or one that is not yet kept, named after the organisation."""
        title = gettext("%(organisation)s in social media") % {"organisation": workspace.name}
        return cls.objects.filter(workspace=workspace).first() or cls(workspace=workspace, title=title)


class GoalQuerySet(models.QuerySet["Goal"]):
    def in_workspace(self, workspace: Workspace) -> Self:
        return self.filter(workspace=workspace)

    def open(self) -> Self:
        return self.filter(closed_at=None)

    def with_thread(self) -> Self:
        """With all that a goal's line and checks show, in two queries."""
        passages = ("passage__document", "passage__changed_in", "passage__gone_in")
        found = self.select_related("owner", "channel", *passages).prefetch_related("audiences")
        return found.defer("passage__folded", "passage__previous_text")

    def touched(self) -> Self:
        """Those whose passage a new version changed or dropped since somebody last looked."""
        since = Coalesce("passage_seen_at", "created_at")
        return self.annotate(seen_at=since).filter(
            Q(passage__changed_in__uploaded_at__gt=F("seen_at"))
            | Q(passage__gone_in__uploaded_at__gt=F("seen_at"))
        )


class Goal(models.Model):
    """What we will achieve: a measure, from where, to where, by when, whose, and why."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="goals")
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    statement = models.CharField(_("goal"), max_length=200)
    why = models.TextField(_("what it means"), blank=True, max_length=2000)
    sub_goal = models.CharField(_("sub-goal"), max_length=20, blank=True)  # a key of subgoals.SUB_GOALS
    measure = models.CharField(_("measure"), max_length=40, blank=True)  # a key of measures.MEASURES
    channel = models.ForeignKey(
        Channel, models.SET_NULL, null=True, blank=True, related_name="goals", verbose_name=_("channel")
    )
    baseline = models.FloatField(_("baseline"), null=True, blank=True)
    baseline_at = models.DateField(_("baseline date"), null=True, blank=True)
    target = models.FloatField(_("target"), null=True, blank=True)
    deadline = models.DateField(_("deadline"), null=True, blank=True)
    owner = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="goals", verbose_name=_("owner")
    )
    passage = models.ForeignKey(
        Passage, models.SET_NULL, null=True, blank=True, related_name="goals", verbose_name=_("passage")
    )
    passage_seen_at = models.DateTimeField(null=True)  # when somebody last found it right
    position = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(auto_now=True)
    version = models.PositiveIntegerField(default=1)  # for two people editing the same thing
    closed_at = models.DateTimeField(null=True)

    objects = GoalQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.statement

    def get_absolute_url(self) -> str:
        return reverse("strategy:goal", args=(self.workspace.slug, self.pk))

    @property
    def measured(self) -> Measure | None:
        return MEASURES.get(self.measure)

    @property
    def template(self) -> SubGoal | None:
        """Which of the eight typical sub-goals it was made from, if any."""
        return SUB_GOALS.get(self.sub_goal)

    @property
    def baseline_shown(self) -> str:
        return self._shown(self.baseline)

    @property
    def target_shown(self) -> str:
        return self._shown(self.target)

    def close(self) -> None:
        """Out of the strategy; what served it stays."""
        self.closed_at = timezone.now()
        self.save(update_fields=["closed_at"])

    def reopen(self) -> None:
        self.closed_at = None
        self.save(update_fields=["closed_at"])

    def see_passage(self) -> None:
        """Somebody has found that the passage, as it now reads, carries the goal."""
        self.passage_seen_at = timezone.now()
        self.save(update_fields=["passage_seen_at"])

    def _shown(self, value: float | None) -> str:
        return self.measured.show(value) if self.measured and value is not None else ""

    @property
    def is_touched(self) -> bool:
        """Has its passage changed or gone since somebody last looked? As GoalQuerySet.touched."""
        moved_at = self.passage.moved_at if self.passage else None
        return moved_at is not None and moved_at > (self.passage_seen_at or self.created_at)


class RowQuerySet(models.QuerySet[Any]):
    """Rows that answer a question, of one workspace, in the order people gave them."""

    def in_workspace(self, workspace: Workspace) -> Self:
        return self.filter(workspace=workspace)


class Audience(models.Model):
    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="audiences")
    name = models.CharField(_("name"), max_length=100)
    description = models.TextField(_("who they are"), blank=True, max_length=2000)
    size = models.PositiveIntegerField(_("how many"), null=True, blank=True)
    size_source = models.CharField(_("source and year"), max_length=200, blank=True)
    needs = models.TextField(_("what they need"), blank=True, max_length=2000)
    goals = models.ManyToManyField(Goal, related_name="audiences", blank=True, verbose_name=_("goals"))
    position = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    objects = RowQuerySet.as_manager()

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
    audience = models.ForeignKey(
        Audience, models.SET_NULL, related_name="tactics", null=True, blank=True, verbose_name=_("audience")
    )
    step = models.CharField(_("step"), max_length=12, choices=Step.choices)
    what = models.CharField(_("what we do"), max_length=200)
    why_follow = models.TextField(_("what they get from it"), blank=True, max_length=2000)
    position = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    objects = RowQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.what


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

    objects = RowQuerySet.as_manager()

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
    channel = models.ForeignKey(
        Channel, models.SET_NULL, null=True, blank=True, related_name="choices", verbose_name=_("our account")
    )
    choice = models.CharField(_("decision"), max_length=6, choices=Choice.choices)
    purpose = models.TextField(_("purpose"), blank=True, max_length=1000)
    evidence = models.TextField(_("evidence"), blank=True, max_length=1000)
    responsible = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("responsible")
    )
    hours_a_week = models.FloatField(_("hours a week"), null=True, blank=True)
    review_on = models.DateField(_("look at it again"), null=True, blank=True)
    audiences = models.ManyToManyField(
        Audience, related_name="channel_choices", blank=True, verbose_name=_("audiences")
    )
    goals = models.ManyToManyField(Goal, related_name="channel_choices", blank=True, verbose_name=_("goals"))
    position = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    objects = RowQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_active(self) -> bool:
        return self.choice in (self.Choice.USE, self.Choice.PILOT)


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
    owner = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("owner")
    )
    cost = models.PositiveIntegerField(_("cost in kroner"), null=True, blank=True)
    expected_followers = models.PositiveIntegerField(_("expected new followers"), null=True, blank=True)
    done_at = models.DateTimeField(null=True)
    position = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    objects = RowQuerySet.as_manager()

    class Meta:
        ordering = [F("on").asc(nulls_last=True), "position", "pk"]

    def __str__(self) -> str:
        return self.what
