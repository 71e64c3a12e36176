"""A strategy: the organisation's own, and the campaigns and units below it that inherit from it."""

from __future__ import annotations

import uuid
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samspill.accounts.models import LANGUAGES, User, Workspace

DEEPEST = 5  # levels of strategies below one another


class StrategyQuerySet(models.QuerySet["Strategy"]):
    def in_workspace(self, workspace: Workspace) -> Self:
        return self.filter(workspace=workspace)

    def standing(self) -> Self:
        """Those not yet over."""
        return self.filter(closed_at=None)


class Strategy(models.Model):
    """One set of answers to the six questions. The one without a parent is the organisation's."""

    class Scope(models.TextChoices):
        ORGANISATION = "organisation", _("the whole organisation")
        UNIT = "unit", _("a unit")
        CAMPAIGN = "campaign", _("a campaign")

    class Profile(models.TextChoices):
        GENERAL = "", _("no special duties")
        PUBLIC_SECTOR = "public_sector", _("Norwegian public sector")

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="strategies")
    parent = models.ForeignKey(
        "self", models.PROTECT, related_name="children", null=True, blank=True, verbose_name=_("below")
    )
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(_("title"), max_length=200)
    scope = models.CharField(
        _("who it is for"), max_length=14, choices=Scope.choices, default=Scope.ORGANISATION
    )
    ambition = models.TextField(_("ambition"), blank=True, max_length=1000)
    summary = models.TextField(_("in short"), blank=True, max_length=4000)
    owner = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("owner")
    )
    approver = models.CharField(_("who adopts it"), max_length=120, blank=True)
    valid_from = models.DateField(_("in force from"), null=True, blank=True)
    valid_to = models.DateField(_("in force until"), null=True, blank=True)
    review_on = models.DateField(_("look at it again"), null=True, blank=True)
    language = models.CharField(_("language"), max_length=5, choices=LANGUAGES, blank=True)
    profile = models.CharField(
        _("duties"), max_length=20, choices=Profile.choices, blank=True, default=Profile.GENERAL
    )
    # Sections in which a strategy below another shows nothing but its own rows: keys of sections.SECTIONS.
    own_sections = models.JSONField(default=list, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(auto_now=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)  # for two people editing the same thing

    objects = StrategyQuerySet.as_manager()

    class Meta:
        ordering = ["title", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["workspace"], condition=Q(parent=None), name="one_strategy_of_the_organisation"
            ),
            models.CheckConstraint(
                condition=~Q(parent=models.F("id")), name="a_strategy_is_not_below_itself"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @classmethod
    def of(cls, workspace: Workspace) -> Strategy:
        """The organisation's, or one that is not yet kept, named after the organisation."""
        return cls.objects.filter(workspace=workspace, parent=None).first() or cls(
            workspace=workspace, title=_named_after(workspace)
        )

    @classmethod
    def kept(cls, workspace: Workspace) -> Strategy:
        """The organisation's, written down if it was not; for whoever is about to add a row to it."""
        return cls.objects.get_or_create(
            workspace=workspace, parent=None, defaults={"title": _named_after(workspace)}
        )[0]

    @property
    def is_main(self) -> bool:
        return self.parent_id is None

    def above(self) -> list[Strategy]:
        """Those it inherits from, the nearest first. A circle, which no form lets in, ends the walk."""
        found: list[Strategy] = []
        up = self.parent
        while up is not None and up != self and up not in found:
            found.append(up)
            up = up.parent
        return found

    def chain(self, section: str) -> list[Strategy]:
        """Whose rows a section shows: its own first, then what it inherits unless the section is its own."""
        found = [self]
        for strategy in self.above():
            if section in found[-1].own_sections:
                break
            found.append(strategy)
        return found


def _named_after(workspace: Workspace) -> str:
    return gettext("%(organisation)s in social media") % {"organisation": workspace.name}
