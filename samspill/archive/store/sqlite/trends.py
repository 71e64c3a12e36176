"""What is said more than usual: a tag's posts now against the same hours of other weeks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from samspill.archive.deviance import deviance
from samspill.archive.posts import Post
from samspill.archive.store import Trend
from samspill.archive.store.sqlite.schema import EPOCH, HOUR, hour_begins

if TYPE_CHECKING:
    from samspill.archive.store.sqlite.reader import Reader

WEEK = 7 * 24  # hours
WEEKS = 4  # before this one
FEWEST = 3  # people, and posts
CANDIDATES = 400
OPENED = 100  # of a tag's newest posts are opened, to tell people apart


def trends(reader: Reader, now: int, hours: int, limit: int) -> Sequence[Trend]:
    """Over so many whole hours before `now`, the highest score first."""
    end = max((now - EPOCH) // HOUR, 0)
    rows = reader.connection.execute(
        "SELECT tag, sum(posts) FROM hour_tag WHERE hour >= ? AND hour < ?"
        " GROUP BY tag HAVING sum(posts) >= ? ORDER BY 2 DESC LIMIT ?",
        (end - hours, end, FEWEST, CANDIDATES),
    ).fetchall()
    weeks = _weeks(reader, end, hours)
    scored = sorted(
        ((deviance(posts, _usual(reader, tag, end, hours, weeks)), tag, posts) for tag, posts in rows),
        reverse=True,
    )
    found: list[Trend] = []
    for score, tag, posts in scored:
        if score <= 0 or len(found) == limit:
            break
        opened = _opened(reader, tag, hour_begins(end - hours), hour_begins(end))
        people = len({(post.network, post.author) for post in opened})
        if people >= FEWEST:
            usual = _usual(reader, tag, end, hours, weeks)
            found.append(
                Trend(reader.shown(tag), posts, usual, people, round(score, 2), _alike(opened, people))
            )
    return found


def _weeks(reader: Reader, end: int, hours: int) -> list[int]:
    """How many hours back the weeks lie that anything was kept of at these hours."""
    asked = "SELECT 1 FROM hour_post WHERE hour >= ? AND hour < ? LIMIT 1"
    back = [week * WEEK for week in range(1, WEEKS + 1)]
    return [
        each for each in back if reader.connection.execute(asked, (end - hours - each, end - each)).fetchone()
    ]


def _usual(reader: Reader, tag: int, end: int, hours: int, weeks: Sequence[int]) -> float:
    """Posts in the mean of those weeks."""
    if not weeks:
        return 0.0
    asked = "SELECT coalesce(sum(posts), 0) FROM tag_hour WHERE tag = ? AND hour >= ? AND hour < ?"
    counts = [
        reader.connection.execute(asked, (tag, end - hours - each, end - each)).fetchone()[0]
        for each in weeks
    ]
    return float(sum(counts)) / len(weeks)


def _opened(reader: Reader, tag: int, first: int, end: int) -> list[Post]:
    rows = reader.connection.execute(
        "SELECT id FROM tag_post WHERE tag = ? AND id >= ? AND id < ? ORDER BY id DESC LIMIT ?",
        (tag, first, end, OPENED),
    )
    return [hit.post for hit in reader.hits([id for (id,) in rows])]


def _alike(posts: Sequence[Post], people: int) -> bool:
    """Few people for so many posts, or mostly one text: perhaps somebody has arranged it."""
    texts = [" ".join(post.text.casefold().split()) for post in posts if not post.repost_of]
    same = max((texts.count(text) for text in set(texts)), default=0)
    return len(posts) >= 3 * people or (len(texts) >= 5 and same * 2 > len(texts))
