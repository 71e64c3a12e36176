"""Where we are, and how it starts: decisions about channels, and the actions of the launch plan."""

from __future__ import annotations

from django.db import models
from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samspill.accounts.models import User
from samspill.networks.models import Channel
from samspill.strategy.models.audiences import Audience
from samspill.strategy.models.rows import Goal, Row, RowQuerySet
from samspill.strategy.places import PLACES


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

    def get_absolute_url(self) -> str:
        return reverse("strategy:channel_choice", args=(self.workspace.slug, self.pk))

    @property
    def is_active(self) -> bool:
        return self.choice in ACTIVE

    @property
    def is_elsewhere(self) -> bool:
        """In use, and on somebody else's site."""
        place = PLACES.get(self.place)
        return self.is_active and not (place and place.is_ours)


ACTIVE = (ChannelChoice.Choice.USE, ChannelChoice.Choice.PILOT)


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

    def get_absolute_url(self) -> str:
        return reverse("strategy:launch_action", args=(self.workspace.slug, self.pk))

    @property
    def says_followers(self) -> bool:
        """Is anything said of followers, expected or come?"""
        said = (self.expected_low, self.expected_followers, self.expected_high, self.result_followers)
        return any(number is not None for number in said)

    @property
    def surprise(self) -> str:
        """How what it brought lies outside what was thought possible; nothing where it does not."""
        if self.result_followers is None:
            return ""
        if self.expected_low is not None and self.result_followers < self.expected_low:
            return gettext("fewer than we thought possible")
        if self.expected_high is not None and self.result_followers > self.expected_high:
            return gettext("more than we thought possible")
        return ""
