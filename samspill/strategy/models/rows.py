"""What every row of a strategy carries; goals, traits, and the records of all other kinds."""

from __future__ import annotations

import uuid
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samspill.accounts.models import User, Workspace
from samspill.networks.models import Channel
from samspill.strategy.measures import MEASURES, Measure
from samspill.strategy.models.documents import Passage
from samspill.strategy.models.strategy import Strategy
from samspill.strategy.subgoals import SUB_GOALS, SubGoal


class RowQuerySet(models.QuerySet[Any]):
    """Rows of strategies, in the order people gave them."""

    def in_workspace(self, workspace: Workspace) -> Self:
        return self.filter(strategy__workspace=workspace)

    def of(self, strategy: Strategy) -> Self:
        """The strategy's own; none of one that is not kept yet."""
        return self.filter(strategy_id=strategy.pk) if strategy.pk else self.none()


class Row(models.Model):
    """What every row of a strategy carries: whose it is, where it came from, who wrote it last.

    `uuid` is what exports, editions, comments and findings call it by (`part`).
    """

    strategy = models.ForeignKey(Strategy, models.CASCADE, related_name="%(class)ss")
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    source = models.CharField(_("where this is from"), max_length=500, blank=True)
    position = models.PositiveIntegerField(default=0)
    changed_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)
    version = models.PositiveIntegerField(default=1)  # for two people editing the same thing

    class Meta:
        abstract = True

    @property
    def workspace(self) -> Workspace:
        return self.strategy.workspace

    @property
    def part(self) -> str:
        """What it is called from outside: the key of its kind and its own name of names."""
        return f"{self.kind_key}/{self.uuid}"

    @property
    def kind_key(self) -> str:
        """The key of its kind in sections.KINDS."""
        return str(self._meta.model_name)


class GoalQuerySet(RowQuerySet):
    def open(self) -> Self:
        return self.filter(closed_at=None)

    def with_passage(self) -> Self:
        """With what it serves and whose it is; what many goals share is fetched once, not for each."""
        shared = ("strategy__workspace", "owner", "channel")
        passages = ("passage__document", "passage__changed_in", "passage__gone_in")
        found = self.select_related("passage").prefetch_related(*shared, *passages)
        return found.defer("passage__folded", "passage__previous_text")

    def with_thread(self) -> Self:
        """With all that a goal's line and checks show."""
        return self.with_passage().prefetch_related("audiences")

    def touched(self) -> Self:
        """Those whose passage a new version changed or dropped since somebody last looked."""
        since = Coalesce("passage_seen_at", "created_at")
        return self.annotate(seen_at=since).filter(
            Q(passage__changed_in__uploaded_at__gt=F("seen_at"))
            | Q(passage__gone_in__uploaded_at__gt=F("seen_at"))
        )


class Goal(Row):
    """What we will achieve: a measure, from where, to where, by when, whose, and why."""

    class Level(models.TextChoices):
        """Of the AMEC integrated evaluation framework: how far from our desk the change is seen."""

        OUTPUT = "output", _("what we send out")
        OUTTAKE = "outtake", _("what people take in")
        OUTCOME = "outcome", _("what people do or think differently")
        IMPACT = "impact", _("what it does for the organisation")

    class Stance(models.TextChoices):
        """The five objectives of Groundswell (Li & Bernoff 2008): how the relationship shall change."""

        LISTEN = "listen", _("listen")
        TALK = "talk", _("talk with people")
        ENERGISE = "energise", _("let fans speak")
        SUPPORT = "support", _("let people help each other")
        EMBRACE = "embrace", _("develop together")

    class Strength(models.TextChoices):
        DIRECT = "direct", _("does what the passage asks")
        SUPPORTS = "supports", _("helps towards it")

    statement = models.CharField(_("goal"), max_length=200)
    why = models.TextField(_("what it means"), blank=True, max_length=2000)
    sub_goal = models.CharField(_("sub-goal"), max_length=20, blank=True)  # a key of subgoals.SUB_GOALS
    level = models.CharField(_("level"), max_length=8, choices=Level.choices, blank=True)
    stance = models.CharField(_("what we do with people"), max_length=8, choices=Stance.choices, blank=True)
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
    data_source = models.CharField(_("where the figure comes from"), max_length=300, blank=True)
    cadence = models.CharField(_("how often we look"), max_length=120, blank=True)
    leading = models.CharField(_("early sign"), max_length=300, blank=True)
    assumptions = models.TextField(_("what we take for granted"), blank=True, max_length=2000)
    parent = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("the larger goal it serves"),
    )
    passage = models.ForeignKey(
        Passage, models.SET_NULL, null=True, blank=True, related_name="goals", verbose_name=_("passage")
    )
    strength = models.CharField(
        _("how it serves the passage"), max_length=8, choices=Strength.choices, blank=True
    )
    passage_why = models.TextField(_("why it serves the passage"), blank=True, max_length=1000)
    passage_seen_at = models.DateTimeField(null=True)  # when somebody last found it right
    # What grew by itself and was then adopted; see emergence.py.
    pattern = models.ForeignKey(
        "strategy.Pattern", models.SET_NULL, null=True, blank=True, related_name="goals"
    )
    created_at = models.DateTimeField(default=timezone.now)
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


class Trait(Row):
    """One trait of the voice: what we are, what we are not, and how each sounds."""

    name = models.CharField(_("trait"), max_length=60)
    we_are = models.CharField(_("we are"), max_length=200, blank=True)
    we_are_not = models.CharField(_("we are not"), max_length=200, blank=True)
    good_example = models.TextField(_("so we would say it"), blank=True, max_length=1000)
    bad_example = models.TextField(_("so we would not"), blank=True, max_length=1000)

    objects = RowQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name


class Record(Row):
    """A row of any other kind a strategy holds: a risk, a tone, a role. sections.KINDS says its fields.

    Kinds that something else points at or computes with have a table of their own; what people read and
    revise lives here, so that a kind costs a declaration and no migration.
    """

    kind = models.CharField(max_length=30)  # a key of sections.KINDS
    data = models.JSONField(default=dict)  # {name of a field: its value}; a field that is not there is empty

    objects = RowQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        indexes = [models.Index(fields=["strategy", "kind"], name="records_by_kind")]

    def __str__(self) -> str:
        """The first thing it says; what it is, where a strategy has only one of it."""
        from samspill.strategy.sections.shown import name_of  # what kinds there are builds on the models

        return name_of(self)

    @property
    def kind_key(self) -> str:
        return self.kind
