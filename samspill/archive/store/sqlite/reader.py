"""Questions to the archive on one connection: what is found, counted, and what stands beside it."""

from __future__ import annotations

import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice

import msgspec

from samspill.archive.posts import Post
from samspill.archive.query import Node
from samspill.archive.store import Bar, Beside, Found, Hit, Order, Row, TooSlow, Trend
from samspill.archive.store.sqlite import trends
from samspill.archive.store.sqlite.batch import Batch
from samspill.archive.store.sqlite.packing import Unpacker
from samspill.archive.store.sqlite.plan import Plan, plan, quoted
from samspill.archive.store.sqlite.schema import EPOCH, HOUR, TIES, at_of, hour_begins, hour_of, id_from
from samspill.archive.store.sqlite.words import domains, keys, thread_mark
from samspill.lib.tags import tag_folds

SCORED = 2000  # of the newest matches are ordered by how much they are shared, or how well they match
LOOKED_AT = 2000  # of the newest matches are opened for what stands beside them
TAGS_OF = 20_000  # of the newest with a tag are looked at for the tags beside it, which stand in its row
STEPS = 20_000  # of SQLite's machine between looks at the time
THREAD = 200  # posts
SEEN = 1000  # new ones that are counted
_numbers = msgspec.msgpack.Decoder(list[int])


class Reader:
    """For one thread. No question takes longer than `patience` seconds: TooSlow."""

    def __init__(self, connection: sqlite3.Connection, patience: float) -> None:
        self.connection, self.patience = connection, patience
        self.unpacker = Unpacker()
        self.until = 0.0
        connection.set_progress_handler(self._is_late, STEPS)

    def _is_late(self) -> bool:
        return time.monotonic() > self.until

    @contextmanager
    def asked(self) -> Iterator[None]:
        """One question, in one view of the file."""
        self.until = time.monotonic() + self.patience
        try:
            self.connection.execute("BEGIN")
            yield
        except sqlite3.OperationalError as error:
            if "interrupted" in str(error):
                raise TooSlow from error
            raise
        finally:
            if self.connection.in_transaction:
                self.until = time.monotonic() + 1
                self.connection.execute("ROLLBACK")

    # --- what is found

    def find(self, node: Node, order: Order, before: int | None, limit: int) -> Found:
        asked = plan(node, self.connection)
        if order is Order.NEWEST:
            ids = self.ids(asked.before(before), limit + 1)
            return Found(self.hits(ids[:limit]), len(ids) > limit)
        newest = self.ids(asked, SCORED + 1)
        kept = newest[:SCORED]
        rank = self._by_shares if order is Order.SHARED or not asked.words else self._by_relevance
        ranked = rank(asked, kept)
        start = ranked.index(before) + 1 if before in ranked else 0
        page = ranked[start : start + limit]
        among = SCORED if len(newest) > SCORED else 0
        return Found(self.hits(page), start + limit < len(ranked), among)

    def _by_shares(self, _asked: Plan, ids: Sequence[int]) -> list[int]:
        hits = self.hits(ids)
        return [hit.id for hit in sorted(hits, key=lambda hit: (-hit.post.shares, -hit.post.likes, -hit.id))]

    def _by_relevance(self, asked: Plan, ids: Sequence[int]) -> list[int]:
        if not ids:
            return []
        rows = self.connection.execute(
            "SELECT rowid FROM word WHERE word MATCH ? AND rowid >= ? AND rowid <= ?"
            " ORDER BY bm25(word), rowid DESC",
            (asked.words, ids[-1], ids[0]),
        )
        return [id for (id,) in rows]

    def ids(self, asked: Plan, limit: int) -> list[int]:
        """The newest of them first."""
        if asked.tag:
            number = self.number(asked.tag)
            rows = self.connection.execute(
                "SELECT id FROM tag_post WHERE tag = ? AND id >= ? AND id < ? ORDER BY id DESC LIMIT ?",
                (number, asked.first, asked.end, limit),
            )
        elif asked.words:
            rows = self.connection.execute(
                "SELECT rowid FROM word WHERE word MATCH ? AND rowid >= ? AND rowid < ?"
                " ORDER BY rowid DESC LIMIT ?",
                (asked.words, asked.first, asked.end, limit),
            )
        else:
            rows = self.connection.execute(
                "SELECT id FROM post WHERE id >= ? AND id < ? ORDER BY id DESC LIMIT ?",
                (asked.first, asked.end, limit),
            )
        return [id for (id,) in rows]

    def number(self, key: str) -> int:
        """The tag's number; -1 for one that nobody has used."""
        row = self.connection.execute("SELECT id FROM tag WHERE key = ?", (key,)).fetchone()
        return row[0] if row else -1

    def hits(self, ids: Sequence[int]) -> list[Hit]:
        return [Hit(id, post) for id in ids if (post := self.post(id)) is not None]

    def post(self, id: int) -> Post | None:
        row = self.connection.execute("SELECT body FROM post WHERE id = ?", (id,)).fetchone()
        return self.unpacker.unpack(self.connection, row[0]) if row else None

    def thread(self, id: int) -> Sequence[Hit]:
        post = self.post(id)
        if post is None:
            return []
        words = quoted(thread_mark(post.network, post.root or post.key))
        rows = self.connection.execute(
            "SELECT rowid FROM word WHERE word MATCH ? ORDER BY rowid LIMIT ?", (words, THREAD)
        )
        found = {id for (id,) in rows} | {id}
        if post.root and (root := self.at_key(post.network, post.root)) is not None:
            found.add(root)
        return self.hits(sorted(found))

    def at_key(self, network: str, key: str) -> int | None:
        held = Batch(self.connection, self.unpacker).at(network, key)
        return held.id if held else None

    # --- what is counted

    def since(self, node: Node, after: int) -> int:
        return len(self.ids(plan(node, self.connection).after(after), SEEN))

    def count(self, node: Node, most: int) -> int:
        asked = plan(node, self.connection)
        if asked.tag:
            return min(most, sum(bar.posts for bar in self._tag_bars(asked, 0, HOUR)))
        if asked == Plan():
            (n,) = self.connection.execute("SELECT coalesce(sum(posts), 0) FROM network").fetchone()
            return min(most, int(n))
        if asked.words:
            found = "word WHERE word MATCH :words AND rowid >= :first AND rowid < :end"
        else:
            found = "post WHERE id >= :first AND id < :end"
        (n,) = self.connection.execute(
            f"SELECT count(*) FROM (SELECT 1 FROM {found} LIMIT :most)",
            {"words": asked.words, "first": asked.first, "end": asked.end, "most": most},
        ).fetchone()
        return int(n)

    def histogram(self, node: Node, since: int, until: int, step: int) -> Sequence[Bar]:
        asked = plan(node, self.connection)
        stretch = Plan(
            max(asked.first, id_from(since)), min(asked.end, id_from(until)), asked.words, asked.tag
        )
        whole = step % HOUR == 0 and all(
            each % HOUR == 0 for each in (since, at_of(stretch.first), at_of(stretch.end))
        )
        if stretch.tag and whole:
            bars = self._tag_bars(stretch, since, step)
        else:
            bars = self._bars(stretch, since, step)
        found = {bar.at: bar.posts for bar in bars}
        return [Bar(at, found.get(at, 0)) for at in range(since, until, step)]

    def _tag_bars(self, asked: Plan, since: int, step: int) -> list[Bar]:
        """From the roll-up; the hours that are cut by the stretch's ends are counted."""
        number, first, last = self.number(asked.tag), hour_of(asked.first), hour_of(asked.end - 1)
        rows = self.connection.execute(
            "SELECT hour, posts FROM tag_hour WHERE tag = ? AND hour >= ? AND hour <= ?",
            (number, first, last),
        )
        bars = Counter[int]()
        for hour, posts in rows:
            begins, ends = hour_begins(hour), hour_begins(hour + 1)
            if begins < asked.first or ends > asked.end:
                (posts,) = self.connection.execute(
                    "SELECT count(*) FROM tag_post WHERE tag = ? AND id >= ? AND id < ?",
                    (number, max(begins, asked.first), min(ends, asked.end)),
                ).fetchone()
            bars[since + (at_of(hour_begins(hour)) - since) // step * step] += posts
        return [Bar(at, posts) for at, posts in bars.items()]

    def _bars(self, asked: Plan, since: int, step: int) -> list[Bar]:
        """Counted one by one, in the order they stand."""
        if not asked.tag and not asked.words:
            return self._all_bars(asked, since, step)
        table, name, which = ("tag_post", "id", "tag = ?") if asked.tag else ("word", "rowid", "word MATCH ?")
        rows = self.connection.execute(
            f"SELECT (({name} >> {TIES}) - ?) / ?, count(*) FROM {table}"
            f" WHERE {which} AND {name} >= ? AND {name} < ? GROUP BY 1",
            (
                since - EPOCH,
                step,
                self.number(asked.tag) if asked.tag else asked.words,
                asked.first,
                asked.end,
            ),
        )
        return [Bar(since + at * step, posts) for at, posts in rows]

    def _all_bars(self, asked: Plan, since: int, step: int) -> list[Bar]:
        """Of everything: from the roll-up, by whole hours."""
        rows = self.connection.execute(
            "SELECT hour, posts FROM hour_post WHERE hour >= ? AND hour <= ?",
            (hour_of(asked.first), hour_of(asked.end - 1)),
        )
        bars = Counter[int]()
        for hour, posts in rows:
            bars[since + (at_of(hour_begins(hour)) - since) // step * step] += posts
        return [Bar(at, posts) for at, posts in bars.items()]

    # --- what stands beside

    def beside(self, node: Node, what: str, limit: int) -> Beside:
        asked = plan(node, self.connection)
        if what == "tags" and asked.tag:
            return self._tags_beside(asked, limit)
        ids = self.ids(asked, LOOKED_AT + 1)
        said, people = Counter[str](), dict[str, set[str]]()
        shown: dict[str, str] = {}
        for hit in self.hits(ids[:LOOKED_AT]):
            for value, words in _SAYS[what](hit.post):
                said[value] += 1
                people.setdefault(value, set()).add(f"{hit.post.network} {hit.post.author}")
                shown.setdefault(value, words)
        if asked.tag:
            said.pop(asked.tag, None)
        shared = what in _SHARED
        by = sorted(said, key=lambda value: (-len(people[value]) if shared else 0, -said[value], value))
        rows = [Row(shown[value], said[value], len(people[value])) for value in by[:limit]]
        return Beside(rows, min(len(ids), LOOKED_AT), len(ids) <= LOOKED_AT)

    def _tags_beside(self, asked: Plan, limit: int) -> Beside:
        found = self.connection.execute(
            "SELECT beside FROM tag_post WHERE tag = ? AND id >= ? AND id < ? ORDER BY id DESC LIMIT ?",
            (self.number(asked.tag), asked.first, asked.end, TAGS_OF + 1),
        ).fetchall()
        counted = Counter[int]()
        for (beside,) in islice(found, TAGS_OF):
            if beside:
                counted.update(_numbers.decode(beside))
        rows = [Row(self.shown(number), posts) for number, posts in counted.most_common(limit)]
        return Beside(rows, min(len(found), TAGS_OF), len(found) <= TAGS_OF)

    def shown(self, number: int) -> str:
        """The tag as most write it, with capitals where somebody uses them: they are read aloud rightly."""
        rows = self.connection.execute(
            "SELECT form FROM tag_form WHERE tag = ? ORDER BY form = lower(form), posts DESC, form LIMIT 1",
            (number,),
        ).fetchone()
        if rows:
            return str(rows[0])
        (key,) = self.connection.execute("SELECT key FROM tag WHERE id = ?", (number,)).fetchone()
        return str(key)

    def variants(self, key: str, limit: int) -> Sequence[Row]:
        folds = sorted(tag_folds(key))
        marks = ", ".join("?" * len(folds))
        found = self.connection.execute(
            "SELECT tag.id, total(posts) FROM tag JOIN tag_form ON tag_form.tag = tag.id"
            f" WHERE folded IN ({marks}) AND key <> ? GROUP BY tag.id HAVING total(posts) > 0"
            " ORDER BY total(posts) DESC, key LIMIT ?",
            (*folds, key, limit),
        ).fetchall()
        return [Row(self.shown(number), int(posts)) for number, posts in found]

    def trends(self, now: int, hours: int, limit: int) -> Sequence[Trend]:
        return trends.trends(self, now, hours, limit)


def _link(post: Post) -> list[tuple[str, str]]:
    return [(link, link) for link in dict.fromkeys(post.links)]


def _voice(post: Post) -> list[tuple[str, str]]:
    return [(f"{post.network} {post.author}", post.handle or post.name or post.author)] if post.author else []


_SAYS: dict[str, Callable[[Post], list[tuple[str, str]]]] = {
    "tags": lambda post: list(dict(zip(keys(post), dict.fromkeys(post.tags), strict=False)).items()),
    "links": _link,
    "domains": lambda post: [(domain, domain) for domain in domains(post.links)],
    "voices": _voice,
    "networks": lambda post: [(post.network, post.network)],
    "languages": lambda post: [(post.lang, post.lang)] if post.lang else [],
}
_SHARED = ("links", "domains")  # are ordered by how many people share them
