"""The archive of this installation: one file beside the main database."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from samspill.archive.store.sqlite import SqliteStore

NAME = "archive.sqlite3"


def open_archive(folder: Path | None = None) -> SqliteStore:
    """The archive in the data folder, or in another. Nothing is made before something is kept."""
    return SqliteStore((folder or Path(settings.DATA_DIR)) / NAME)


def store() -> SqliteStore:
    """The archive in the data folder, one for all of a process: its readers stay open between questions."""
    return _kept_open(Path(settings.DATA_DIR))


@lru_cache(maxsize=4)
def _kept_open(folder: Path) -> SqliteStore:
    return open_archive(folder)
