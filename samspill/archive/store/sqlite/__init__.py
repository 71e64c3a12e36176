"""The archive in one SQLite file made for newest-first: post, cursor, tags, words and roll-ups agree."""

from samspill.archive.store.sqlite.store import SqliteStore

__all__ = ["SqliteStore"]
