"""Labels of posts: the numbers of the saved queries they have met, and how many of each in an hour."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from samspill.archive.store.sqlite.schema import EPOCH, HOUR, hour_of

Pair = tuple[int, int]  # label and id
AT_ONCE = 500  # values in one question


def put(connection: sqlite3.Connection, pairs: Iterable[Pair]) -> None:
    """Label posts. What has the label already is not counted again."""
    hours = Counter[Pair]()
    for label, id in sorted(pairs):
        new = connection.execute("INSERT OR IGNORE INTO label_post VALUES(?, ?)", (label, id))
        hours[label, hour_of(id)] += new.rowcount
    _count(connection, hours)


def drop(connection: sqlite3.Connection, ids: Sequence[int]) -> None:
    """Take all labels from posts that are changed or gone."""
    hours = Counter[Pair]()
    for start in range(0, len(ids), AT_ONCE):
        some = ids[start : start + AT_ONCE]
        where = f"id IN ({','.join('?' * len(some))})"
        for label, id in connection.execute(f"SELECT label, id FROM label_post WHERE {where}", some):
            hours[label, hour_of(id)] -= 1
        if hours:
            connection.execute(f"DELETE FROM label_post WHERE {where}", some)
    _count(connection, hours)


def _count(connection: sqlite3.Connection, hours: Counter[Pair]) -> None:
    rows = [(label, hour, posts) for (label, hour), posts in sorted(hours.items()) if posts]
    connection.executemany(
        "INSERT INTO label_hour VALUES(?, ?, ?) ON CONFLICT DO UPDATE SET posts = posts + excluded.posts",
        rows,
    )
    if any(posts < 0 for _label, _hour, posts in rows):
        connection.executemany(
            "DELETE FROM label_hour WHERE label = ? AND hour = ? AND posts <= 0",
            [row[:2] for row in rows],
        )


def forget(connection: sqlite3.Connection, label: int, most: int) -> bool:
    """Take a label from so many posts; whether that were all."""
    gone = connection.execute(
        "DELETE FROM label_post WHERE (label, id) IN"
        " (SELECT label, id FROM label_post WHERE label = ? LIMIT ?)",
        (label, most),
    )
    if gone.rowcount == most:
        return False
    connection.execute("DELETE FROM label_hour WHERE label = ?", (label,))
    return True


def tally(
    connection: sqlite3.Connection, labels: Sequence[int], since: int, until: int, step: int
) -> Mapping[int, list[int]]:
    """Posts a step for each label, of whole hours; `step` is a whole number of hours."""
    first, last = (since - EPOCH) // HOUR, (until - EPOCH - 1) // HOUR
    found: dict[int, list[int]] = defaultdict(lambda: [0] * -(-(until - since) // step))
    for start in range(0, len(labels), AT_ONCE):
        some = labels[start : start + AT_ONCE]
        asked = (
            f"SELECT label, hour, posts FROM label_hour WHERE label IN ({','.join('?' * len(some))})"
            " AND hour BETWEEN ? AND ?"
        )
        for label, hour, posts in connection.execute(asked, (*some, first, last)):
            found[label][(hour * HOUR + EPOCH - since) // step] += posts
    return {label: found[label] for label in labels}
