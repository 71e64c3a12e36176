"""The tables of the archive, and how a connection to them is opened.

Ids are time: milliseconds since 2010 with nine bits for ties, so newest first is the primary key backwards.
"""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from django.utils.translation import gettext_noop

from samspill.archive.store import Unavailable

VERSION = 2  # an older file is brought here by forward.py
EPOCH = 1_262_304_000_000  # 2010-01-01T00:00Z in milliseconds since 1970
TIES = 9  # bits
LAST = (1 << 40) - 1  # milliseconds since EPOCH that an id has room for: into 2044
HOUR = 3_600_000  # milliseconds
WAIT = 20.0  # seconds that a writer waits for another connection
PAGES = 4000  # of the write-ahead log, before what is in it moves into the file

TABLES = """
CREATE TABLE post(id INTEGER PRIMARY KEY, body BLOB NOT NULL);
CREATE TABLE place(place INTEGER PRIMARY KEY, id INTEGER NOT NULL);
CREATE TABLE dictionary(id INTEGER PRIMARY KEY, content BLOB NOT NULL);
CREATE TABLE tag(id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, folded TEXT NOT NULL);
CREATE INDEX tag_folded ON tag(folded);
CREATE TABLE tag_form(tag INTEGER NOT NULL, form TEXT NOT NULL, posts INTEGER NOT NULL,
  PRIMARY KEY(tag, form)) WITHOUT ROWID;
CREATE TABLE tag_post(tag INTEGER NOT NULL, id INTEGER NOT NULL, beside BLOB NOT NULL,
  PRIMARY KEY(tag, id)) WITHOUT ROWID;
CREATE TABLE tag_hour(tag INTEGER NOT NULL, hour INTEGER NOT NULL, posts INTEGER NOT NULL,
  PRIMARY KEY(tag, hour)) WITHOUT ROWID;
CREATE TABLE hour_tag(hour INTEGER NOT NULL, tag INTEGER NOT NULL, posts INTEGER NOT NULL,
  PRIMARY KEY(hour, tag)) WITHOUT ROWID;
CREATE TABLE hour_post(hour INTEGER PRIMARY KEY, posts INTEGER NOT NULL);
CREATE TABLE handle(network TEXT NOT NULL, handle TEXT NOT NULL, author TEXT NOT NULL,
  PRIMARY KEY(network, handle, author)) WITHOUT ROWID;
CREATE TABLE network(name TEXT PRIMARY KEY, posts INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE gone(network TEXT NOT NULL, key TEXT NOT NULL, at INTEGER NOT NULL,
  PRIMARY KEY(network, key)) WITHOUT ROWID;
CREATE TABLE closed(network TEXT NOT NULL, author TEXT NOT NULL, at INTEGER NOT NULL,
  PRIMARY KEY(network, author)) WITHOUT ROWID;
CREATE TABLE cursor(stream TEXT PRIMARY KEY, cursor TEXT NOT NULL) WITHOUT ROWID;
"""
LABELS = """
CREATE TABLE label_post(label INTEGER NOT NULL, id INTEGER NOT NULL, PRIMARY KEY(label, id)) WITHOUT ROWID;
CREATE INDEX label_of ON label_post(id);
CREATE TABLE label_hour(label INTEGER NOT NULL, hour INTEGER NOT NULL, posts INTEGER NOT NULL,
  PRIMARY KEY(label, hour)) WITHOUT ROWID;
"""
WORDS = """
CREATE VIRTUAL TABLE word USING fts5(text, content='', tokenize='unicode61 remove_diacritics 0');
INSERT INTO word(word, rank) VALUES('automerge', 4), ('crisismerge', 64), ('usermerge', 4);
"""

NEWER = gettext_noop("The archive was written by a newer version of Samspill. Install that version again.")
DAMAGED = gettext_noop("The archive's file is damaged. Put back a copy from a backup.")


def id_from(at: int) -> int:
    """The first id of a moment (ms since 1970). Before 2010 and after 2044 they meet at the edge."""
    return min(max(at - EPOCH, 0), LAST) << TIES


def at_of(id: int) -> int:
    return (id >> TIES) + EPOCH


def hour_of(id: int) -> int:
    """Whole hours since 2010."""
    return (id >> TIES) // HOUR


def hour_begins(hour: int) -> int:
    """The first id of an hour since 2010."""
    return (hour * HOUR) << TIES


def writing(path: Path) -> sqlite3.Connection:
    """A connection that may write, to a file that is made if need be, as yet without tables."""
    connection = sqlite3.connect(path, timeout=WAIT, isolation_level=None, check_same_thread=False)
    try:
        os.chmod(path, 0o600)
        for pragma in (
            "page_size=4096",
            "journal_mode=WAL",
            "synchronous=NORMAL",
            f"wal_autocheckpoint={PAGES}",
            "journal_size_limit=67108864",
            "cache_size=-65536",
            "temp_store=MEMORY",
        ):
            connection.execute(f"PRAGMA {pragma}")
    except sqlite3.DatabaseError as error:
        connection.close()
        raise said(error) from error
    except BaseException:
        connection.close()
        raise
    return connection


def reading(path: Path) -> sqlite3.Connection:
    """A connection that cannot write. Raises sqlite3.OperationalError where there is no file."""
    connection = sqlite3.connect(
        f"{path.as_uri()}?mode=ro", uri=True, timeout=WAIT, isolation_level=None, check_same_thread=False
    )
    connection.execute("PRAGMA query_only=1")
    connection.execute("PRAGMA cache_size=-32768")
    connection.execute("PRAGMA mmap_size=1073741824")
    return connection


def said(error: sqlite3.Error) -> Unavailable:
    """What is wrong, as a sentence."""
    words = str(error)
    if "full" in words:
        return Unavailable(
            gettext_noop("The disk is full. Make room; what comes is kept as soon as there is.")
        )
    if "locked" in words or "busy" in words:
        return Unavailable(gettext_noop("The archive is busy. It is tried again."))
    if "readonly" in words or "permission" in words:
        return Unavailable(gettext_noop("The archive may not be written. Look at who owns the data folder."))
    if isinstance(error, sqlite3.OperationalError) and "malformed" not in words:
        return Unavailable(gettext_noop("The archive cannot be used now. It is tried again."))
    return Unavailable(DAMAGED)
