"""The demonstration's own small world in one SQLite file: accounts, posts, and what happens when.

What will happen is written down beforehand with its moment, and is seen once that moment has come.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

SCHEMA = """
CREATE TABLE IF NOT EXISTS account (
  id TEXT PRIMARY KEY, handle TEXT NOT NULL, name TEXT NOT NULL, since REAL NOT NULL, language TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS post (
  id TEXT PRIMARY KEY, account TEXT NOT NULL, author TEXT NOT NULL, text TEXT NOT NULL, at REAL NOT NULL,
  parent TEXT NOT NULL, root TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS post_thread ON post (root, at);
CREATE TABLE IF NOT EXISTS event (
  id TEXT PRIMARY KEY, account TEXT NOT NULL, kind TEXT NOT NULL, author TEXT NOT NULL, post TEXT NOT NULL,
  at REAL NOT NULL, seen_at REAL NOT NULL);
CREATE INDEX IF NOT EXISTS event_order ON event (account, seen_at, id);
CREATE INDEX IF NOT EXISTS event_post ON event (post, kind);
CREATE TABLE IF NOT EXISTS day (account TEXT, day TEXT, PRIMARY KEY (account, day));
"""


@contextmanager
def world(path: Path) -> Iterator[sqlite3.Connection]:
    """One transaction in the file, which is made when it is not there."""
    with closing(sqlite3.connect(path, timeout=20, isolation_level=None)) as db:
        db.row_factory = sqlite3.Row
        db.execute("PRAGMA journal_mode=WAL")
        db.execute("BEGIN IMMEDIATE")
        for statement in SCHEMA.split(";"):
            db.execute(statement)
        try:
            yield db
        except BaseException:
            db.execute("ROLLBACK")
            raise
        db.execute("COMMIT")


def moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
