"""What grows by itself: observations, the patterns they gather into, and what was decided about them."""

from __future__ import annotations

import uuid
from typing import Any, Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samspill.accounts.models import User, Workspace
from samspill.strategy.models.strategy import Strategy


class ByStrategyQuerySet(models.QuerySet[Any]):
    def in_workspace(self, workspace: Workspace) -> Self:
        return self.filter(strategy__workspace=workspace)

    def of(self, strategy: Strategy) -> Self:
        return self.filter(strategy_id=strategy.pk) if strategy.pk else self.none()


class Pattern(models.Model):
    """Observations that belong together. When the stated rule is met, a candidate for the strategy."""

    class State(models.TextChoices):
        OPEN = "open", _("gathering")
        ADOPTED = "adopted", _("adopted")
        WATCHED = "watched", _("watched")
        STOPPED = "stopped", _("stopped")

    strategy = models.ForeignKey(Strategy, models.CASCADE, related_name="patterns")
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("what it is about"), max_length=120)
    what = models.TextField(_("what we see"), blank=True, max_length=2000)
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    created_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1)

    objects = ByStrategyQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


class Observation(models.Model):
    """Something somebody noticed: a use nobody planned, or a sign from outside."""

    class Sort(models.TextChoices):
        USE = "use", _("something we did without a plan")
        SIGNAL = "signal", _("something that happens around us")

    strategy = models.ForeignKey(Strategy, models.CASCADE, related_name="observations")
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    text = models.TextField(_("what you saw"), max_length=2000)
    sort = models.CharField(_("what sort"), max_length=8, choices=Sort.choices, default=Sort.SIGNAL)
    pattern = models.ForeignKey(
        Pattern,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="observations",
        verbose_name=_("what it is about"),
    )
    link = models.CharField(_("where it stands"), max_length=500, blank=True)  # a page of ours, or an address
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    seen_at = models.DateTimeField(default=timezone.now)

    objects = ByStrategyQuerySet.as_manager()

    class Meta:
        ordering = ["-seen_at", "-pk"]

    def __str__(self) -> str:
        return self.text[:80]


class Decision(models.Model):
    """A line of the decision log: what was decided, by whom, and why. Written once; a new one changes it."""

    class Verdict(models.TextChoices):
        ADOPT = "adopt", _("adopt")
        WATCH = "watch", _("keep watching")
        STOP = "stop", _("stop")
        OTHER = "", _("decided")

    strategy = models.ForeignKey(Strategy, models.CASCADE, related_name="decisions")
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(_("what was decided"), max_length=200)
    reason = models.TextField(_("why"), blank=True, max_length=4000)
    verdict = models.CharField(max_length=8, choices=Verdict.choices, blank=True)
    decided_on = models.DateField(_("date"), default=timezone.localdate)
    decided_by = models.CharField(_("who decided"), max_length=120, blank=True)
    part = models.CharField(max_length=70, blank=True)  # of the strategy it is about, as Row.part
    pattern = models.ForeignKey(Pattern, models.SET_NULL, null=True, blank=True, related_name="decisions")
    written_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)

    objects = ByStrategyQuerySet.as_manager()

    class Meta:
        ordering = ["-decided_on", "-pk"]

    def __str__(self) -> str:
        return self.title


class Comment(models.Model):
    """What somebody says about a part of the strategy, until it is settled."""

    strategy = models.ForeignKey(Strategy, models.CASCADE, related_name="comments")
    part = models.CharField(max_length=70)  # as Row.part, or "section/<key>"
    text = models.TextField(_("comment"), max_length=4000)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    settled_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)

    objects = ByStrategyQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["strategy", "part"], name="comments_by_part")]

    def __str__(self) -> str:
        return self.text[:80]
