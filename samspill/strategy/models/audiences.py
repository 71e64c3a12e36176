"""Whom we want to reach: audiences, where they are, and how they are got along."""

from __future__ import annotations

import re

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samspill.strategy.models.rows import Goal, Row, RowQuerySet
from samspill.strategy.places import PLACES


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

    @property
    def size_said_in(self) -> int | None:
        """The year its number is from, as it is given or as the source says it."""
        found = re.findall(r"\b(?:19|20)\d\d\b", self.size_source)
        return self.size_year or max(map(int, found), default=None)

    def get_absolute_url(self) -> str:
        return reverse("strategy:audience", args=(self.workspace.slug, self.pk))

    @property
    def says_year(self) -> bool:
        """Is the year of its size told by the source already?"""
        return str(self.size_year) in self.size_source


class Presence(models.Model):
    """Where an audience is: the share of it that uses a place, with the kind of use, the year and the source.

    A profile, a visit within three months and a visit every day are three different things, never one column.
    """

    class Use(models.TextChoices):
        DAILY = "daily", _("use it every day")
        WEEKLY = "weekly", _("use it every week")
        QUARTERLY = "quarterly", _("used it in the last three months")
        PROFILE = "profile", _("have a profile")

    OLD = 2  # years; an older figure says so

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
        return self.place_name

    @property
    def place_name(self) -> str:
        return str(PLACES[self.place]) if self.place in PLACES else self.place

    @property
    def cited(self) -> str:
        """Source and year, the year once."""
        return self.source if str(self.year) in self.source else f"{self.source}, {self.year}"

    @property
    def is_old(self) -> bool:
        return timezone.localdate().year - self.year > self.OLD


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
