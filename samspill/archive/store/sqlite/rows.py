"""Put posts into the archive's tables, and take them out: post, place, tags, roll-ups and words agree."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence

import msgspec

from samspill.archive.posts import Post
from samspill.archive.store.sqlite.batch import Held
from samspill.archive.store.sqlite.packing import Packer, Unpacker
from samspill.archive.store.sqlite.places import place_of
from samspill.archive.store.sqlite.schema import TIES, hour_of, id_from
from samspill.archive.store.sqlite.words import indexed, keys
from samspill.lib.tags import tag_folded, tag_key

REMEMBERED = 300_000  # tags and handles whose rows are known without asking
Put = tuple[int, Post]  # id and post


class Rows:
    """For one writer, within its transactions; `forget` after one was rolled back."""

    def __init__(self, connection: sqlite3.Connection, unpacker: Unpacker) -> None:
        self.connection, self.unpacker = connection, unpacker
        self.forget()

    def forget(self) -> None:
        """Know nothing by heart: what was remembered may have been rolled back."""
        self.packer = Packer(self.connection)
        self.tags: dict[str, int] = {}
        self.handles: set[tuple[str, str, str]] = set()
        (self.newest,) = self.connection.execute("SELECT coalesce(max(id), -1) FROM post").fetchone()

    def add(self, posts: Iterable[Post]) -> Sequence[Put]:
        """New ones. Each gets the first free id of its moment."""
        put = self._with_ids(sorted(posts, key=lambda post: post.at))
        if not put:
            return put
        pack, execute = self.packer.pack, self.connection.executemany
        execute("INSERT INTO post VALUES(?, ?)", [(id, pack(post)) for id, post in put])
        self.packer.learn(self.connection)
        self._place(put)
        self._index(put, 1)
        self._meet(post for _id, post in put)
        return put

    def change(self, held: Held, post: Post) -> None:
        """Another version, at the same id."""
        self._index([(held.id, held.post)], -1)
        self.connection.execute("UPDATE post SET body = ? WHERE id = ?", (self.packer.pack(post), held.id))
        self._index([(held.id, post)], 1)
        self._meet([post])

    def rename(self, pairs: Sequence[tuple[Held, Post]]) -> None:
        """Another version with another key, at the same id."""
        if not pairs:
            return
        self._index([(held.id, held.post) for held, _post in pairs], -1)
        for held, post in sorted(pairs, key=lambda pair: -pair[0].place):
            self._vacate(held.place)
            self.connection.execute(
                "UPDATE post SET body = ? WHERE id = ?", (self.packer.pack(post), held.id)
            )
        put = [(held.id, post) for held, post in pairs]
        self._index(put, 1)
        self._place(put)

    def remove(self, held: Sequence[Held]) -> None:
        self._index([(each.id, each.post) for each in held], -1)
        self.connection.executemany("DELETE FROM post WHERE id = ?", [(each.id,) for each in held])
        for each in sorted(held, key=lambda each: -each.place):
            self._vacate(each.place)

    def _vacate(self, place: int) -> None:
        """Free a place; a key that was put on the next because this was taken moves up, or it is lost."""
        self.connection.execute("DELETE FROM place WHERE place = ?", (place,))
        while True:
            asked = "SELECT body FROM place JOIN post USING (id) WHERE place = ?"
            row = self.connection.execute(asked, (place + 1,)).fetchone()
            if row is None:
                return
            post = self.unpacker.unpack(self.connection, row[0])
            if place_of(post.network, post.key) > place:
                return
            self.connection.execute("UPDATE place SET place = ? WHERE place = ?", (place, place + 1))
            place += 1

    def _with_ids(self, posts: Sequence[Post]) -> list[Put]:
        put: list[Put] = []
        last = -1
        for post in posts:
            id = max(id_from(post.at), last + 1)
            if id <= self.newest:
                id = self._free(id)
            put.append((id, post))
            last = id
        self.newest = max(self.newest, last)
        return put

    def _free(self, id: int) -> int:
        """The first id from this one on that no post has; a moment that is full flows into the next."""
        while True:
            end = ((id >> TIES) + 1) << TIES
            asked = "SELECT max(id) FROM post WHERE id >= ? AND id < ?"
            (taken,) = self.connection.execute(asked, (id, end)).fetchone()
            if taken is None:
                return id
            id = int(taken) + 1
            if id < end:
                return id

    def _place(self, put: Sequence[Put]) -> None:
        places = sorted((place_of(post.network, post.key), id) for id, post in put)
        if len({place for place, _id in places}) == len(places):
            try:
                self.connection.execute("SAVEPOINT places")
                self.connection.executemany("INSERT INTO place VALUES(?, ?)", places)
            except sqlite3.IntegrityError:
                self.connection.execute("ROLLBACK TO places")
            else:
                self.connection.execute("RELEASE places")
                return
            self.connection.execute("RELEASE places")
        for place, id in places:  # somebody else's key has the place: the next free one
            while self.connection.execute("SELECT 1 FROM place WHERE place = ?", (place,)).fetchone():
                place += 1
            self.connection.execute("INSERT INTO place VALUES(?, ?)", (place, id))

    def _index(self, put: Sequence[Put], sign: int) -> None:
        """Words, tags and roll-ups, in (1) or out (-1)."""
        if sign > 0:
            words = "INSERT INTO word(rowid, text) VALUES(?, ?)"
        else:
            words = "INSERT INTO word(word, rowid, text) VALUES('delete', ?, ?)"
        found_in = [keys(post) for _id, post in put]
        both = list(zip(put, found_in, strict=True))
        self.connection.executemany(words, [(id, indexed(post, found)) for (id, post), found in both])
        tagged = [(id, found, post.tags) for (id, post), found in both if found]
        numbers = self._numbers({key for _id, found, _tags in tagged for key in found})
        beside, hours = list[tuple[int, int, bytes]](), Counter[tuple[int, int]]()
        forms = Counter[tuple[int, str]]()
        for id, found, written in tagged:
            mine = [numbers[key] for key in found]
            hour = hour_of(id)
            for number in mine:
                others = [each for each in mine if each != number]
                beside.append((number, id, msgspec.msgpack.encode(others) if others else b""))
                hours[number, hour] += 1
            for form in written:
                forms[numbers[tag_key(form)], form] += 1
        beside.sort()
        if sign > 0:
            self.connection.executemany("INSERT INTO tag_post VALUES(?, ?, ?)", beside)
        else:
            self.connection.executemany(
                "DELETE FROM tag_post WHERE tag = ? AND id = ?", [(tag, id) for tag, id, _b in beside]
            )
        self._count("tag_hour", "tag, hour", sorted((*key, sign * n) for key, n in hours.items()))
        self._count(
            "hour_tag", "hour, tag", sorted((hour, tag, sign * n) for (tag, hour), n in hours.items())
        )
        self._count("tag_form", "tag, form", sorted((*key, sign * n) for key, n in forms.items()))
        posts = Counter(hour_of(id) for id, _post in put)
        self._count("hour_post", "hour", [(hour, sign * n) for hour, n in posts.items()])
        networks = Counter(post.network for _id, post in put)
        self._count("network", "name", [(name, sign * n) for name, n in networks.items()])

    def _count(self, table: str, key: str, rows: Sequence[tuple[object, ...]]) -> None:
        """Add to the counts of a roll-up; what comes down to nothing is no row."""
        if not rows:
            return
        holes = ", ".join("?" * len(rows[0]))
        self.connection.executemany(
            f"INSERT INTO {table} VALUES({holes}) ON CONFLICT DO UPDATE SET posts = posts + excluded.posts",
            rows,
        )
        lowered = [row[:-1] for row in rows if row[-1] < 0]  # type: ignore[operator]
        if lowered:
            where = " AND ".join(f"{name} = ?" for name in key.split(", "))
            self.connection.executemany(f"DELETE FROM {table} WHERE {where} AND posts <= 0", lowered)

    def _numbers(self, wanted: set[str]) -> dict[str, int]:
        """The tags' numbers; those that are new get one."""
        if len(self.tags) > REMEMBERED:
            self.tags.clear()
        known = self.tags
        for key in sorted(wanted - known.keys()):
            row = self.connection.execute("SELECT id FROM tag WHERE key = ?", (key,)).fetchone()
            if row is None:
                made = self.connection.execute(
                    "INSERT INTO tag(key, folded) VALUES(?, ?)", (key, tag_folded(key))
                )
                row = (made.lastrowid,)
            known[key] = row[0]
        return {key: known[key] for key in wanted}

    def _meet(self, posts: Iterable[Post]) -> None:
        """Handles lead to lasting ids: `from:` is asked by the one, and kept by the other."""
        if len(self.handles) > REMEMBERED:
            self.handles.clear()
        met = {(post.network, post.handle.casefold(), post.author) for post in posts if post.handle}
        new = sorted(met - self.handles)
        self.connection.executemany("INSERT OR IGNORE INTO handle VALUES(?, ?, ?)", new)
        self.handles.update(new)
