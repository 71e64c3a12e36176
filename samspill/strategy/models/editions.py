"""The strategy at rest: editions, templates, and an old strategy on its way in."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samspill.accounts.models import LANGUAGES, User, Workspace
from samspill.strategy.models.emergence import ByStrategyQuerySet
from samspill.strategy.models.strategy import Strategy


class Edition(models.Model):
    """The whole strategy as it was when somebody kept it, and who adopted it. Never changed afterwards.

    `document` is the strategy as its document format says it (document.py), compressed with zlib.
    """

    strategy = models.ForeignKey(Strategy, models.CASCADE, related_name="editions")
    number = models.PositiveIntegerField()
    document = models.BinaryField()
    sha256 = models.CharField(max_length=64)  # of the document before compression
    note = models.CharField(_("what is new"), max_length=300, blank=True)
    made_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    adopted_by = models.CharField(_("adopted by"), max_length=120, blank=True)
    adopted_on = models.DateField(_("adopted on"), null=True, blank=True)

    objects = ByStrategyQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["strategy", "number"], name="one_edition_a_number")]

    def __str__(self) -> str:
        return str(self.number)


class Template(models.Model):
    """A strategy somebody keeps to begin others from. It is theirs, in every workspace they work in."""

    owner = models.ForeignKey(User, models.CASCADE, related_name="strategy_templates")
    title = models.CharField(_("title"), max_length=200)
    note = models.TextField(_("what it is good for"), blank=True, max_length=1000)
    language = models.CharField(_("language"), max_length=5, choices=LANGUAGES, blank=True)
    document = models.BinaryField()  # as Edition.document
    made_at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["title", "pk"]

    def __str__(self) -> str:
        return self.title


class Import(models.Model):
    """An existing strategy that was uploaded, to be laid piece by piece beside the six questions."""

    strategy = models.ForeignKey(Strategy, models.CASCADE, related_name="imports")
    file_name = models.CharField(max_length=200)
    kind = models.CharField(max_length=4)  # docx, pdf, pptx, odt, md, txt: by content
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True)

    objects = ByStrategyQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.file_name


class Piece(models.Model):
    """A heading, paragraph or list item of the old strategy. What is not placed stays visible."""

    taken = models.ForeignKey(Import, models.CASCADE, related_name="pieces")
    position = models.PositiveIntegerField()
    chapter = models.CharField(max_length=300, blank=True)  # the headings above it
    page = models.PositiveIntegerField(null=True)  # or slide
    is_heading = models.BooleanField(default=False)
    is_item = models.BooleanField(default=False)
    text = models.TextField()
    placed_in = models.CharField(max_length=70, blank=True)  # the part it was placed in, as Row.part
    placed_field = models.CharField(max_length=40, blank=True)
    placed_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    placed_at = models.DateTimeField(null=True)
    left_out_at = models.DateTimeField(null=True)  # looked at, and not wanted

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.text[:80]


class UsageFigure(models.Model):
    """Who uses what: a figure of the workspace's own, beside or instead of one that comes with Samspill."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="usage_figures")
    country = models.CharField(_("country"), max_length=2, default="NO")
    population = models.CharField(_("asked"), max_length=40)  # 18+, 16-79, 9-18
    period = models.CharField(_("when"), max_length=10)  # 2022Q1 or 2025
    use = models.CharField(_("kind of use"), max_length=20)
    segment = models.CharField(_("age group"), max_length=20, default="all")
    place = models.CharField(_("where"), max_length=40)
    value = models.FloatField(_("share"), null=True, blank=True)  # percent; None: struck out
    source = models.CharField(_("source"), max_length=300, blank=True)
    link = models.CharField(_("address of the source"), max_length=500, blank=True)
    changed_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["place", "segment", "-period", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "country", "population", "period", "use", "segment", "place"],
                name="one_usage_figure_a_question",
            )
        ]

    def __str__(self) -> str:
        return self.place
