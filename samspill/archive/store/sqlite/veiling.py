"""Put away who said what is old, or all of it, a step at a time. Within one transaction each."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from samspill.archive.store.sqlite.batch import Batch, Held
from samspill.archive.store.sqlite.rows import Rows
from samspill.archive.store.sqlite.schema import id_from
from samspill.archive.store.sqlite.words import author_mark
from samspill.archive.veil import Veil, is_veiled

# Begin the names under which `cursor` keeps how far a network is veiled, and how far it is dropped.
_VEILED, _DROPPED = "veiled/", "dropped/"


def reached(connection: sqlite3.Connection) -> int:
    """The id up to which some network is veiled or dropped; -1 where none is."""
    asked = (
        "SELECT coalesce(max(CAST(cursor AS INTEGER)), -1) FROM cursor"
        f" WHERE stream LIKE '{_VEILED}%' OR stream LIKE '{_DROPPED}%'"
    )
    return int(connection.execute(asked).fetchone()[0])


def step_back(connection: sqlite3.Connection, id: int) -> None:
    """Something has come late, and is older: it is to be put away, too."""
    connection.execute(
        f"UPDATE cursor SET cursor = ?1 WHERE (stream LIKE '{_VEILED}%' OR stream LIKE '{_DROPPED}%')"
        " AND CAST(cursor AS INTEGER) > ?1",
        (id - 1,),
    )


def veil(rows: Rows, veil: Veil, network: str, before: int, limit: int) -> int:
    """Of posts said before this moment (ms since 1970) so many, oldest first. How many were looked at."""
    looked, mine = _next(rows, _VEILED, network, before, limit)
    plain = [each for each in mine if not is_veiled(each.post)]
    rows.rename([(each, veil.over(each.post)) for each in plain])
    for author in sorted({each.post.author for each in plain}):
        mark = f'"{author_mark(network, author)}"'
        asked = "SELECT 1 FROM word WHERE word MATCH ? LIMIT 1"
        if rows.connection.execute(asked, (mark,)).fetchone() is None:
            forgotten = "DELETE FROM handle WHERE network = ? AND author = ?"
            rows.connection.execute(forgotten, (network, author))
    return looked


def oldest(rows: Rows, network: str, before: int, limit: int) -> tuple[int, Sequence[Held]]:
    """So many posts said before this moment (ms since 1970) are looked at; of those the network's."""
    return _next(rows, _DROPPED, network, before, limit)


def _next(rows: Rows, way: str, network: str, before: int, limit: int) -> tuple[int, Sequence[Held]]:
    connection = rows.connection
    row = connection.execute("SELECT cursor FROM cursor WHERE stream = ?", (way + network,)).fetchone()
    asked = "SELECT id, body FROM post WHERE id > ? AND id < ? ORDER BY id LIMIT ?"
    last = int(row[0]) if row else -1
    found = connection.execute(asked, (last, id_from(before), limit)).fetchall()
    if found:
        connection.execute(
            "INSERT INTO cursor VALUES(?, ?) ON CONFLICT DO UPDATE SET cursor = excluded.cursor",
            (way + network, str(found[-1][0])),
        )
    batch = Batch(connection, rows.unpacker)
    posts = [rows.unpacker.unpack(connection, body) for _id, body in found]
    held = [batch.at(network, post.key) for post in posts if post.network == network]
    return len(found), [each for each in held if each is not None]
