"""Take in a governing document: read it, keep the file, lay its passages over those of the version before."""

from __future__ import annotations

import errno
import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samspill.accounts.models import User, Workspace
from samspill.lib.plain import line
from samspill.strategy.match import pair
from samspill.strategy.models import DocumentVersion, GoverningDocument, Passage, fold
from samspill.strategy.read.limited import read
from samspill.strategy.read.said import Piece, Reading

LONGEST_NAME = 200
_PASSAGE_FIELDS = [
    *("last_version", "position", "chapter", "heading", "page", "paragraph", "is_item"),
    *("text", "folded", "previous_text", "changed_in", "gone_in"),
]


@dataclass(frozen=True)
class Upload:
    """A file as it came, with the passages that were read in it."""

    content: bytes
    name: str
    reading: Reading

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def open_upload(content: bytes, name: str) -> Upload:
    """Read the document. Raises ValidationError with a sentence where that cannot be done."""
    name = plain_name(name)
    return Upload(content, name, read(content, name))


def plain_name(name: str) -> str:
    """The file's own name, without folders and without letters that cannot be seen."""
    name = line(PurePath(name.replace("\\", "/")).name, 1000) or "document"
    return name if len(name) <= LONGEST_NAME else PurePath(name).stem[:180] + PurePath(name).suffix[:20]


def new_document(
    workspace: Workspace, user: User | None, upload: Upload, *, title: str = "", adopted: str = ""
) -> GoverningDocument:
    """A document that was not here before. ValidationError where the very same file is."""
    with _kept(upload) as file:
        same = DocumentVersion.objects.filter(document__workspace=workspace, sha256=upload.sha256).first()
        if same is not None:
            raise ValidationError(
                _("This very file is already here: “%(title)s”."), params={"title": same.document.title}
            )
        title = title or upload.reading.title or PurePath(upload.name).stem
        document = GoverningDocument.objects.create(workspace=workspace, title=title[:200], adopted=adopted)
        _write_version(document, user, upload, file, number=1)
    return document


def new_version(document: GoverningDocument, user: User | None, upload: Upload) -> DocumentVersion:
    """The document as it reads now. ValidationError where it is the same file as before."""
    with _kept(upload) as file:
        newest = GoverningDocument.objects.select_for_update().get(pk=document.pk).newest()
        if newest.sha256 == upload.sha256:
            raise ValidationError(
                _("This is the same file as version %(number)s, so nothing has changed."),
                params={"number": newest.number},
            )
        return _write_version(document, user, upload, file, number=newest.number + 1)


@contextmanager
def _kept(upload: Upload) -> Iterator[str]:
    """A transaction with the file kept under a name of our own; where it fails, the file goes again."""
    field = DocumentVersion._meta.get_field("file")
    try:
        name = field.storage.save(
            field.generate_filename(None, f"upload.{upload.reading.kind}"), ContentFile(upload.content)
        )
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        raise ValidationError(
            _("The server's disk is full, so the document was not kept. Ask whoever runs it to make room.")
        ) from error
    done = False
    try:
        with transaction.atomic():
            yield name
        done = True
    finally:
        if not done:
            field.storage.delete(name)


def _write_version(
    document: GoverningDocument, user: User | None, upload: Upload, file: str, *, number: int
) -> DocumentVersion:
    version = DocumentVersion.objects.create(
        document=document,
        number=number,
        file=file,
        file_name=upload.name,
        kind=upload.reading.kind,
        pages=upload.reading.pages,
        sha256=upload.sha256,
        uploaded_by=user,
    )
    lay(version, upload.reading.pieces)
    return version


def lay(version: DocumentVersion, pieces: Sequence[Piece]) -> None:
    """Give each piece its passage: the one that said it before, changed or not, or a new one."""
    before = list(Passage.objects.filter(document=version.document).order_by("position", "pk"))
    standing = [passage for passage in before if passage.gone_in_id is None]
    known = [*standing, *(passage for passage in before if passage.gone_in_id is not None)]
    texts = [passage.text for passage in known]
    found = pair(texts[: len(standing)], [piece.text for piece in pieces], texts[len(standing) :])
    kept: list[Passage] = []
    fresh: list[Passage] = []
    for position, (piece, at) in enumerate(zip(pieces, found, strict=True), start=1):
        if at is None:
            fresh.append(
                _said(Passage(document=version.document, first_version=version), version, piece, position)
            )
            continue
        passage = known[at]
        if passage.text != piece.text or passage.gone_in_id is not None:
            passage.previous_text = "" if passage.gone_in_id is not None else passage.text
            passage.changed_in = version
        kept.append(_said(passage, version, piece, position))
    still = {passage.pk for passage in kept}
    dropped = [passage.pk for passage in standing if passage.pk not in still]
    Passage.objects.filter(pk__in=dropped).update(gone_in=version)
    # One statement for many rows; bulk_update's CASE for each field takes minutes for a long plan.
    Passage.objects.bulk_create(
        kept, update_conflicts=True, unique_fields=["id"], update_fields=_PASSAGE_FIELDS, batch_size=500
    )
    Passage.objects.bulk_create(fresh, batch_size=500)


def _said(passage: Passage, version: DocumentVersion, piece: Piece, position: int) -> Passage:
    passage.last_version, passage.gone_in, passage.position = version, None, position
    passage.chapter, passage.heading = piece.chapter, piece.heading
    passage.page, passage.paragraph, passage.is_item = piece.page, piece.paragraph, piece.is_item
    passage.text = piece.text
    passage.folded = fold(f"{piece.chapter} {piece.heading} {piece.text}")
    return passage
