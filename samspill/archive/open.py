"""The archive of this installation: one file beside the main database."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from samspill.archive.store.sqlite import SqliteStore

NAME = "archive.sqlite3"


def open_archive(folder: Path | None = None) -> SqliteStore:
    """The archive in the data folder, or in another. Nothing is made before something is kept."""
    return SqliteStore((folder or Path(settings.DATA_DIR)) / NAME)
