"""The governing documents: real files that are read as anybody's."""

from __future__ import annotations

import io
import re
from datetime import datetime, timedelta

from samspill.accounts.models import User, Workspace
from samspill.flows.demo.organisation import Organisation, Paper
from samspill.strategy.models import DocumentVersion, GoverningDocument
from samspill.strategy.take_in import Upload, new_document, new_version, open_upload

DAY = timedelta(days=1)
UPLOADED = 370 * DAY  # so long ago
HEADING = re.compile(r"^(#+) (.+)$")
STRONG = re.compile(r"\*\*(.+?)\*\*")


def upload_papers(organisation: Organisation, workspace: Workspace, by: User, now: datetime) -> None:
    """Upload each as somebody did a year ago; one of them again last week, with a sentence changed."""
    for paper in organisation.papers:
        text = (organisation.folder / paper.source).read_text(encoding="utf-8")
        first = text.replace(paper.changed[0], paper.changed[1]) if paper.changed else text
        upload = _upload(paper, first)
        document = new_document(workspace, by, upload, title=paper.title, adopted=paper.adopted)
        GoverningDocument.objects.filter(pk=document.pk).update(created_at=now - UPLOADED)
        document.versions.update(uploaded_at=now - UPLOADED)
        if paper.changed:
            version = new_version(document, by, _upload(paper, text))
            DocumentVersion.objects.filter(pk=version.pk).update(uploaded_at=now - 4 * DAY)


def _upload(paper: Paper, text: str) -> Upload:
    content = _docx(text) if paper.file_name.endswith(".docx") else _plain(text, paper).encode()
    return open_upload(content, paper.file_name)


def _plain(text: str, paper: Paper) -> str:
    """A text file carries no signs of markdown."""
    return text if paper.file_name.endswith(".md") else STRONG.sub(r"\1", re.sub(r"(?m)^#+ ", "", text))


def _docx(text: str) -> bytes:
    from docx import Document

    document = Document()
    for block in text.split("\n\n"):
        found = HEADING.match(block.strip())
        if found:
            document.add_heading(found[2], level=len(found[1]))
        elif block.strip():
            document.add_paragraph(STRONG.sub(r"\1", block.strip()))
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()
