"""Whether the file agrees with itself: posts against places, tags, roll-ups and words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from samspill.archive.store.sqlite.plan import quoted
from samspill.archive.store.sqlite.schema import HOUR, TIES
from samspill.archive.store.sqlite.words import Mark, mark

if TYPE_CHECKING:
    from samspill.archive.store.sqlite.reader import Reader

# Each finds rows only where something does not agree.
QUESTIONS = {
    "posts without a place": "SELECT count(*) FROM post WHERE id NOT IN (SELECT id FROM place)",
    "places without a post": "SELECT count(*) FROM place WHERE id NOT IN (SELECT id FROM post)",
    "tags of posts that are not there": "SELECT count(*) FROM tag_post WHERE id NOT IN (SELECT id FROM post)",
    "hours whose count of a tag is wrong": f"""
        SELECT count(*) FROM (
          SELECT tag, (id >> {TIES}) / {HOUR} AS hour, count(*) AS posts FROM tag_post GROUP BY 1, 2
          EXCEPT SELECT tag, hour, posts FROM tag_hour)""",
    "hours with a count of a tag that nobody wrote": f"""
        SELECT count(*) FROM (
          SELECT tag, hour, posts FROM tag_hour
          EXCEPT SELECT tag, (id >> {TIES}) / {HOUR}, count(*) FROM tag_post GROUP BY 1, 2)""",
    "hours that differ between the two roll-ups": """
        SELECT count(*) FROM (
          SELECT tag, hour, posts FROM hour_tag EXCEPT SELECT tag, hour, posts FROM tag_hour)""",
    "labels of posts that are not there": """
        SELECT count(*) FROM label_post WHERE id NOT IN (SELECT id FROM post)""",
    "hours whose count of a label is wrong": f"""
        SELECT count(*) FROM (
          SELECT label, (id >> {TIES}) / {HOUR} AS hour, count(*) AS posts FROM label_post GROUP BY 1, 2
          EXCEPT SELECT label, hour, posts FROM label_hour)""",
    "hours whose count of posts is wrong": f"""
        SELECT count(*) FROM (
          SELECT (id >> {TIES}) / {HOUR}, count(*) FROM post GROUP BY 1
          EXCEPT SELECT hour, posts FROM hour_post)""",
}


def faults(reader: Reader) -> list[str]:
    connection = reader.connection
    found = [str(words) for (words,) in connection.execute("PRAGMA quick_check") if words != "ok"]
    for what, question in QUESTIONS.items():
        (n,) = connection.execute(question).fetchone()
        if n:
            found.append(f"{n} {what}")
    for name, posts in connection.execute("SELECT name, posts FROM network").fetchall():
        words = quoted(mark(Mark.NETWORK, name))
        (n,) = connection.execute("SELECT count(*) FROM word WHERE word MATCH ?", (words,)).fetchone()
        if n != posts:
            found.append(f"{posts} posts of {name}, {n} in the index of words")
    return found
