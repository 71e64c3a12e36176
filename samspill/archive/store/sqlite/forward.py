"""Bring a file of an older version forward while it is searched: a stretch at a time, used when all is done.

Whoever is killed in between goes on where it was. Only who writes comes here; readers see the file as it was.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from samspill.archive.store import Unavailable
from samspill.archive.store.sqlite.packing import Unpacker
from samspill.archive.store.sqlite.schema import LABELS, NEWER, TABLES, VERSION, WORDS
from samspill.archive.store.sqlite.words import indexed, keys

STRETCH = 2000  # posts in a transaction
POSITION = "forward"  # in `cursor`: the last id that is done, and how many posts that makes
Told = Callable[[], None]


def bring_forward(connection: sqlite3.Connection, told: Told | None = None) -> None:
    """Make the tables, or those of this version of what is there. `told` is called after each stretch.

    Raises Unavailable for a file of a newer version.
    """
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version > VERSION:
        raise Unavailable(NEWER)
    if version == 0:
        script = f"BEGIN IMMEDIATE; {TABLES} {LABELS} {WORDS} PRAGMA user_version={VERSION}; COMMIT;"
        connection.executescript(script)
        return
    for older in range(version, VERSION):
        _STEPS[older](connection, told or (lambda: None))


def percent(connection: sqlite3.Connection) -> int | None:
    """How far it has come; None where nothing is on the way."""
    row = connection.execute("SELECT cursor FROM cursor WHERE stream = ?", (POSITION,)).fetchone()
    if row is None:
        return None
    (posts,) = connection.execute("SELECT total(posts) FROM network").fetchone()
    return min(99, int(100 * int(row[0].split()[1]) / max(posts, 1)))


def _labels_and_reposts(connection: sqlite3.Connection, told: Told) -> None:
    """1 → 2: tables for labels, and an index of words that knows what is only passed on."""
    (has_begun,) = connection.execute("SELECT count(*) FROM cursor WHERE stream = ?", (POSITION,)).fetchone()
    if not has_begun:
        made = WORDS.replace("word", "word_2")
        begin = f"INSERT INTO cursor VALUES('{POSITION}', '-1 0');"
        connection.executescript(f"BEGIN IMMEDIATE; {LABELS} {made} {begin} COMMIT;")
    unpacker = Unpacker()
    while _index_stretch(connection, unpacker):
        told()
    connection.executescript(
        f"BEGIN IMMEDIATE; DROP TABLE word; ALTER TABLE word_2 RENAME TO word;"
        f" DELETE FROM cursor WHERE stream = '{POSITION}'; PRAGMA user_version=2; COMMIT;"
    )


def _index_stretch(connection: sqlite3.Connection, unpacker: Unpacker) -> int:
    """The words of the next posts into the new index; how many they were."""
    connection.execute("BEGIN IMMEDIATE")
    row = connection.execute("SELECT cursor FROM cursor WHERE stream = ?", (POSITION,)).fetchone()
    last, done = map(int, row[0].split())
    asked = "SELECT id, body FROM post WHERE id > ? ORDER BY id LIMIT ?"
    posts = [
        (id, unpacker.unpack(connection, body)) for id, body in connection.execute(asked, (last, STRETCH))
    ]
    connection.executemany(
        "INSERT INTO word_2(rowid, text) VALUES(?, ?)",
        [(id, indexed(post, keys(post))) for id, post in posts],
    )
    if posts:
        position = f"{posts[-1][0]} {done + len(posts)}"
        connection.execute("UPDATE cursor SET cursor = ? WHERE stream = ?", (position, POSITION))
    connection.execute("COMMIT")
    return len(posts)


_STEPS: dict[int, Callable[[sqlite3.Connection, Told], None]] = {1: _labels_and_reposts}
