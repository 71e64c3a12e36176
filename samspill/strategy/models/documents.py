"""Governing documents, their versions and passages: what the organisation has decided."""

from __future__ import annotations

import datetime
import uuid
from pathlib import PurePath
from typing import Self

from django.db import models
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samspill.accounts.models import User, Workspace


def fold(text: str) -> str:
    """What search compares: capital and small letters alike, also Æ, Ø and Å, where SQLite's LIKE fails."""
    return " ".join(text.casefold().split())


def stored_name(version: DocumentVersion, uploaded: str) -> str:
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

    class Sort(models.TextChoices):
        STRATEGY = "strategy", _("overall strategy")
        PLAN = "plan", _("plan of work")
        ALLOCATION = "allocation", _("letter of allocation")
        MUNICIPAL = "municipal", _("municipal plan")
        POLICY = "policy", _("communication policy")
        PRIVACY = "privacy", _("privacy")
        PREPAREDNESS = "preparedness", _("preparedness plan")
        STATUTES = "statutes", _("statutes or law")
        OTHER = "other", _("something else")

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="governing_documents")
    title = models.CharField(_("title"), max_length=200)
    adopted = models.CharField(_("adopted"), max_length=120, blank=True)  # "by the annual meeting, 12 March"
    sort = models.CharField(_("what sort"), max_length=20, choices=Sort.choices, blank=True)
    link = models.CharField(_("address"), max_length=300, blank=True)
    valid_from = models.DateField(_("in force from"), null=True, blank=True)
    valid_to = models.DateField(_("in force until"), null=True, blank=True)
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

    @property
    def is_expired(self) -> bool:
        """The last day it applies has passed."""
        return self.valid_to is not None and self.valid_to < timezone.localdate()

    def newest(self) -> DocumentVersion:
        return self.versions.select_related("uploaded_by").order_by("-number")[0]


class DocumentVersion(models.Model):
    """One uploaded file of a governing document; the newest stands, the older stay."""

    document = models.ForeignKey(GoverningDocument, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    file = models.FileField(upload_to=stored_name, max_length=200)
    file_name = models.CharField(max_length=200)
    kind = models.CharField(max_length=4, blank=True)  # docx, pptx, pdf, odt, md, txt: by content
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
