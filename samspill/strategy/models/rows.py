"""The answers to the six questions that other things point at or compute with: goals, audiences, channels."""

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

    def with_thread(self) -> Self:
        """With all that a goal's line and checks show, in two queries."""
        passages = ("passage__document", "passage__changed_in", "passage__gone_in")
        found = self.select_related("strategy__workspace", "owner", "channel", *passages)
        return found.prefetch_related("audiences").defer("passage__folded", "passage__previous_text")

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


class Audience(Row):
    """Whom we want to reach, or have chosen not to speak to."""

    class Ladder(models.TextChoices):
        """What people already do (Li & Bernoff's social technographics, 2010)."""

        CREATES = "creates", _("make things of their own")
        CONVERSES = "converses", _("talk with others")
        CRITIC = "critic", _("comment and review")
        COLLECTS = "collects", _("collect and save")
        JOINS = "joins", _("are members and follow")
        SPECTATES = "spectates", _("read and watch")
        INACTIVE = "inactive", _("are not there")

    class Priority(models.IntegerChoices):
        FIRST = 1, _("first")
        SECOND = 2, _("second")
        THIRD = 3, _("third")

    name = models.CharField(_("name"), max_length=100)
    description = models.TextField(_("who they are"), blank=True, max_length=2000)
    profile = models.CharField(_("age, place and language"), max_length=300, blank=True)
    segment = models.CharField(
        _("age group in the figures"), max_length=20, blank=True
    )  # as usage figures say
    size = models.PositiveIntegerField(_("how many"), null=True, blank=True)
    size_source = models.CharField(_("source and year"), max_length=200, blank=True)
    size_year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    needs = models.TextField(_("what they need"), blank=True, max_length=2000)
    today = models.TextField(_("what they think and do today"), blank=True, max_length=1000)
    wanted = models.TextField(_("what we want them to think and do"), blank=True, max_length=1000)
    ladder = models.CharField(
        _("what they do in social media"), max_length=10, choices=Ladder.choices, blank=True
    )
    access_needs = models.TextField(_("what they need to be able to take part"), blank=True, max_length=1000)
    priority = models.PositiveSmallIntegerField(
        _("priority"), choices=Priority.choices, null=True, blank=True
    )
    is_not = models.BooleanField(_("not an audience"), default=False)
    goals = models.ManyToManyField(Goal, related_name="audiences", blank=True, verbose_name=_("goals"))

    objects = RowQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name


class Presence(models.Model):
    """Where an audience is: the share of it that uses a place, with the kind of use, the year and the source.

    A profile, a visit within three months and a visit every day are three different things, never one column.
    """

    class Use(models.TextChoices):
        DAILY = "daily", _("use it every day")
        WEEKLY = "weekly", _("use it every week")
        QUARTERLY = "quarterly", _("used it in the last three months")
        PROFILE = "profile", _("have a profile")

    audience = models.ForeignKey(Audience, models.CASCADE, related_name="presences")
    place = models.CharField(_("where"), max_length=60)  # a key of places.PLACES, or a name of one's own
    share = models.FloatField(_("share"))  # percent, 0 to 100
    use = models.CharField(_("kind of use"), max_length=10, choices=Use.choices, default=Use.DAILY)
    year = models.PositiveSmallIntegerField(_("year"))
    source = models.CharField(_("source"), max_length=300)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["audience", "place", "use", "year"], name="one_share_of_a_kind"),
            models.CheckConstraint(condition=Q(share__gte=0, share__lte=100), name="a_share_is_a_share"),
        ]

    def __str__(self) -> str:
        return self.place


class Tactic(Row):
    """How an audience is got along, a step of the ladder at a time."""

    class Step(models.TextChoices):
        SEES = "sees", _("sees us")
        FOLLOWS = "follows", _("follows us")
        ANSWERS = "answers", _("answers us")
        CONTRIBUTES = "contributes", _("contributes")

    audience = models.ForeignKey(
        Audience, models.SET_NULL, related_name="tactics", null=True, blank=True, verbose_name=_("audience")
    )
    step = models.CharField(_("step"), max_length=12, choices=Step.choices)
    what = models.CharField(_("what we do"), max_length=200)
    why_follow = models.TextField(_("what they get from it"), blank=True, max_length=2000)
    asks = models.CharField(_("what we ask them to do"), max_length=200, blank=True)

    objects = RowQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.what


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


class ChannelChoice(Row):
    """On which channels we belong, and why: the record of a decision."""

    class Choice(models.TextChoices):
        USE = "use", _("use")
        PILOT = "pilot", _("pilot")
        WAIT = "wait", _("wait")
        END = "end", _("end")
        NOT = "not", _("not")

    class Risk(models.TextChoices):
        USE = "use", _("can be used")
        MEASURES = "measures", _("can be used with measures")
        NOT = "not", _("must not be used")

    name = models.CharField(_("channel"), max_length=60)
    place = models.CharField(_("kind of channel"), max_length=20, blank=True)  # a key of places.PLACES
    link = models.CharField(_("address"), max_length=300, blank=True)
    channel = models.ForeignKey(
        Channel, models.SET_NULL, null=True, blank=True, related_name="choices", verbose_name=_("our account")
    )
    choice = models.CharField(_("decision"), max_length=6, choices=Choice.choices)
    purpose = models.TextField(_("purpose"), blank=True, max_length=1000)
    evidence = models.TextField(_("evidence"), blank=True, max_length=1000)
    blocks = models.JSONField(_("what it is built for"), default=list, blank=True)  # keys of places.BLOCKS
    formats = models.CharField(_("formats"), max_length=300, blank=True)
    frequency = models.CharField(_("how often"), max_length=120, blank=True)
    responsible = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("responsible")
    )
    hours_a_week = models.FloatField(_("hours a week"), null=True, blank=True)
    reply_within = models.FloatField(_("answered within, hours"), null=True, blank=True)
    staffed = models.CharField(_("who answers, and when"), max_length=300, blank=True)
    risk = models.CharField(
        _("what the risk assessment says"), max_length=8, choices=Risk.choices, blank=True
    )
    risk_on = models.DateField(_("date of the risk assessment"), null=True, blank=True)
    risk_measures = models.TextField(_("measures against the risk"), blank=True, max_length=2000)
    risk_review_on = models.DateField(_("next risk assessment"), null=True, blank=True)
    risk_link = models.CharField(_("where the risk assessment is kept"), max_length=300, blank=True)
    # What of universal design is in place: {key of duties.DESIGN: true or false}; left out: not looked at.
    design = models.JSONField(_("universal design"), default=dict, blank=True)
    archive = models.TextField(_("how it is archived"), blank=True, max_length=1000)
    web_twin = models.CharField(_("where the same stands on our own pages"), max_length=300, blank=True)
    exit_when = models.TextField(_("when we leave"), blank=True, max_length=1000)
    review_on = models.DateField(_("look at it again"), null=True, blank=True)
    audiences = models.ManyToManyField(
        Audience, related_name="channel_choices", blank=True, verbose_name=_("audiences")
    )
    goals = models.ManyToManyField(Goal, related_name="channel_choices", blank=True, verbose_name=_("goals"))

    objects = RowQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_active(self) -> bool:
        return self.choice in (self.Choice.USE, self.Choice.PILOT)


class LaunchAction(Row):
    """A step of the launch plan towards the first critical mass of followers."""

    class Phase(models.TextChoices):
        LISTEN = "listen", _("listen")
        SOFT = "soft", _("soft start")
        LAUNCH = "launch", _("launch")
        FOLLOW_UP = "follow_up", _("follow up")

    phase = models.CharField(_("phase"), max_length=10, choices=Phase.choices)
    what = models.CharField(_("action"), max_length=200)
    on = models.DateField(_("date"), null=True, blank=True)
    owner = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("owner")
    )
    cost = models.PositiveIntegerField(_("cost in kroner"), null=True, blank=True)
    expected_followers = models.PositiveIntegerField(_("expected new followers"), null=True, blank=True)
    expected_low = models.PositiveIntegerField(_("at least"), null=True, blank=True)
    expected_high = models.PositiveIntegerField(_("at most"), null=True, blank=True)
    result_followers = models.PositiveIntegerField(_("new followers it brought"), null=True, blank=True)
    result = models.TextField(_("how it went"), blank=True, max_length=1000)
    channel_choice = models.ForeignKey(
        ChannelChoice,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="launch_actions",
        verbose_name=_("on which channel"),
    )
    goals = models.ManyToManyField(Goal, related_name="launch_actions", blank=True, verbose_name=_("goals"))
    done_at = models.DateTimeField(null=True)

    objects = RowQuerySet.as_manager()

    class Meta:
        ordering = [F("on").asc(nulls_last=True), "position", "pk"]

    def __str__(self) -> str:
        return self.what


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
