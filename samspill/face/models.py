"""The strategy's public page: where it stands, and what of the strategy it shows."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samspill.accounts.models import User, Workspace
from samspill.face.sources import DOCUMENTS
from samspill.strategy.models import Strategy

SHORTEST_ADDRESS, LONGEST_ADDRESS = 3, 60  # characters


def first_languages() -> list[str]:
    return [str(settings.LANGUAGES[0][0])]


def first_parts() -> list[str]:
    return list(Face.FIRST)


class FaceQuerySet(models.QuerySet["Face"]):
    def in_workspace(self, workspace: Workspace) -> FaceQuerySet:
        return self.filter(strategy__workspace=workspace)


class Face(models.Model):
    """One strategy as everyone may read it. Off until somebody switches it on."""

    # Parts of which something may be shown to strangers, and those that are at first.
    PARTS: ClassVar[tuple[str, ...]] = (
        "situation", "goals", "audiences", "tactics", "voice", "channel_choices", "launch", "roles", "rails",
        "evaluation", DOCUMENTS,
    )  # fmt: skip
    FIRST: ClassVar[tuple[str, ...]] = (
        "goals", "audiences", "tactics", "voice", "channel_choices", DOCUMENTS,
    )  # fmt: skip

    strategy = models.OneToOneField(Strategy, models.CASCADE, related_name="face")
    is_on = models.BooleanField(_("Everyone may read it"), default=False)
    address = models.CharField(_("address"), max_length=LONGEST_ADDRESS, unique=True)
    languages = models.JSONField(default=first_languages)
    parts = models.JSONField(default=first_parts)  # keys of content.ALL_PARTS
    people = models.BooleanField(_("Show people's names"), default=False)
    changed_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1)  # for two people editing the same thing

    objects = FaceQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.address

    def get_absolute_url(self) -> str:
        return self.page(self.language)

    @property
    def workspace(self) -> Workspace:
        return self.strategy.workspace

    @property
    def language(self) -> str:
        """That of the page at the short address."""
        own = self.strategy.language
        return own if own in self.languages else str((self.languages or first_languages())[0])

    @property
    def is_open(self) -> bool:
        """May everyone read it now? Not what a strategy that is over said."""
        return self.is_on and self.strategy.closed_at is None

    def page(self, language: str) -> str:
        """Where it is read in the language."""
        if language == self.language:
            return reverse("public:strategy", args=(self.address,))
        return reverse("public:strategy", args=(self.address, language))
