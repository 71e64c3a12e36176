"""Saving a draft: what was typed is never lost, neither mine nor what somebody else saved meanwhile."""

from __future__ import annotations

import unicodedata
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from samspill.accounts import log
from samspill.accounts.models import Role, User, Workspace
from samspill.networks.models import Channel
from samspill.publishing import pictures
from samspill.publishing.approve import GONE, demand, take_back
from samspill.publishing.models import Draft, Picture, Version
from samspill.strategy.models import Goal

TITLE = 60  # characters that a title borrows from the text


@dataclass(frozen=True)
class Words:
    """A draft as typed. `versions`: each channel's own text, None where it follows the common one."""

    title: str = ""
    text: str = ""
    goal: Goal | None = None
    versions: Mapping[Channel, str | None] = field(default_factory=dict)
    alts: Mapping[int, str] = field(default_factory=dict)  # by picture


class Rival(Exception):
    """Somebody else has saved since this page was opened; `draft` is as they left it."""

    def __init__(self, draft: Draft) -> None:
        super().__init__(draft.pk)
        self.draft = draft


def begin(workspace: Workspace, *, by: User, id_: uuid.UUID) -> Draft:
    """The draft that the page with this id writes, made at its first saving; a second click finds it."""
    demand(by, workspace, Role.CONTRIBUTOR)
    draft, is_new = Draft.objects.get_or_create(uuid=id_, defaults={"workspace": workspace, "author": by})
    if draft.workspace_id != workspace.pk or draft.is_reply:
        raise ValidationError(_("This page belongs to another draft. Open a new one."))
    if is_new:
        log.record("draft.create", workspace=workspace, user=by, subject=id_)
    return draft


@transaction.atomic
def save(draft: Draft, words: Words, *, by: User, version: int, page: str) -> Draft:
    """Write the draft down. Raises Rival when another page has saved since `version`.

    A change of what was approved makes it wait for approval again, and takes back what waits for its time.
    """
    demand(by, draft.workspace, Role.CONTRIBUTOR)
    row = Draft.objects.select_for_update().get(pk=draft.pk)
    if row.version != version and row.saved_in != page:
        raise Rival(row)
    before = _as_it_stands(row)
    row.text = tidy(words.text)
    row.title = tidy(words.title) or row.text.partition("\n")[0][:TITLE].strip() or _("Untitled")
    row.goal = words.goal
    _save_versions(row, words.versions)
    for picture in row.pictures.filter(pk__in=words.alts):
        picture.alt = tidy(words.alts[picture.pk])
        picture.save(update_fields=["alt"])
    if _as_it_stands(row) != before:
        _changed(row, by, page)
    return row


@transaction.atomic
def add_pictures(draft: Draft, uploads: Iterable[UploadedFile], *, by: User, page: str) -> list[str]:
    """Take the pictures in; the sentences about those that could not be."""
    refused = []
    for upload in uploads:
        try:
            pictures.add(draft, upload)
        except ValidationError as error:
            refused.append(f"{upload.name}: {error.message}")
    _changed(draft, by, page)
    return refused


@transaction.atomic
def drop_picture(draft: Draft, picture: Picture, *, by: User, page: str) -> None:
    picture.delete()
    _changed(draft, by, page)


def _changed(draft: Draft, by: User, page: str) -> None:
    """Note who wrote and from which page; what was approved is approved no more."""
    if draft.has_gone():
        raise ValidationError(GONE)
    last = draft.last_approval()
    if draft.state == Draft.State.APPROVED and (not last or last.content_sha256 != draft.content_sha256()):
        take_back(draft)
        draft.state = Draft.State.WRITING
    is_new_page = draft.saved_in != page
    draft.version, draft.saved_by, draft.saved_in = draft.version + 1, by, page
    draft.save()
    if is_new_page:
        log.record("draft.change", workspace=draft.workspace, user=by, subject=draft)


def tidy(text: str) -> str:
    """One way to write each letter and each line break; no space around."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def _as_it_stands(draft: Draft) -> tuple[object, ...]:
    own = tuple(draft.versions.order_by("pk").values_list("channel", "is_own"))
    return (draft.content_sha256(), draft.title, draft.text, draft.goal_id, own)


def _save_versions(draft: Draft, wanted: Mapping[Channel, str | None]) -> None:
    for version in draft.versions.exclude(channel__in=wanted).select_related("channel"):
        _drop(version)
    for channel, own in wanted.items():
        # Written differently, and nothing written yet: it begins as a copy.
        text = draft.text if own is None else tidy(own) or draft.text
        values = {"text": text, "is_own": own is not None}
        Version.objects.update_or_create(draft=draft, channel=channel, defaults=values)


def _drop(version: Version) -> None:
    try:
        version.deliveries.filter(attempts=None).delete()
        version.delete()
    except ProtectedError as error:
        sentence = _("%(channel)s cannot be left out any more: it was tried there. Copy the draft instead.")
        raise ValidationError({"channels": sentence % {"channel": version.channel}}) from error


@transaction.atomic
def copy(draft: Draft, *, by: User, channels: list[Channel] | None = None) -> Draft:
    """A new draft with the same words, for all of its channels or only some."""
    demand(by, draft.workspace, Role.CONTRIBUTOR)
    made = Draft.objects.create(
        workspace=draft.workspace, author=by, goal=draft.goal, title=draft.title, text=draft.text
    )
    versions = draft.versions.filter(channel__closed_at=None)
    for version in versions.filter(channel__in=channels) if channels is not None else versions:
        Version.objects.create(draft=made, channel=version.channel, text=version.text, is_own=version.is_own)
    for picture in draft.pictures.all():
        picture.pk, picture.draft, picture._state.adding = None, made, True
        picture.save(force_insert=True)
    log.record("draft.copy", workspace=draft.workspace, user=by, subject=draft)
    return made


@transaction.atomic
def delete(draft: Draft, *, by: User) -> None:
    """Throw a draft away of which nothing has been sent."""
    demand(by, draft.workspace, Role.CONTRIBUTOR)
    take_back(draft)
    for version in draft.versions.all():
        _drop(version)
    subject = str(draft)
    draft.delete()
    log.record("draft.delete", workspace=draft.workspace, user=by, subject=subject)
