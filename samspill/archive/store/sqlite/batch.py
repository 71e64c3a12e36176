"""A batch of events, settled against what is kept already: what is new, what is changed, what goes."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

import msgspec

from samspill.archive.posts import Closed, Event, Gone, Post
from samspill.archive.store.sqlite.packing import Unpacker
from samspill.archive.store.sqlite.places import place_of
from samspill.archive.store.sqlite.words import author_mark
from samspill.archive.veil import Veil, is_veiled

Name = tuple[str, str]  # network and key
AT_ONCE = 500  # values in one question
PROBES = 64  # keys that may share a place


@dataclass
class Held:
    """A post that is kept already, and where."""

    id: int
    place: int
    post: Post


@dataclass
class Settled:
    """`fresh` by name; `changed`: what is kept, and its newer version; `gone`: what is kept no longer."""

    fresh: dict[Name, Post] = field(default_factory=dict)
    changed: dict[Name, tuple[Held, Post]] = field(default_factory=dict)
    gone: dict[Name, Held] = field(default_factory=dict)


class Batch:
    """Within one transaction. Events count in the order they come."""

    def __init__(
        self, connection: sqlite3.Connection, unpacker: Unpacker, veil: Veil | None = None, until: int = 0
    ) -> None:
        """With a `veil`, what was said before `until` (ms since 1970) may be kept without who said it."""
        self.connection, self.unpacker = connection, unpacker
        self.veil, self.until = veil, until
        self.settled = Settled()
        self.held: dict[Name, Held | None] = {}

    def settle(self, events: Sequence[Event]) -> Settled:
        names = {(each.network, each.key) for each in events if not isinstance(each, Closed)}
        self.held = dict(self._held(names))
        if self.veil is not None:
            self._look_behind(self.veil, events)
        posts = [each for each in events if isinstance(each, Post)]
        dead = self._dead(names) if posts else set()
        closed = self._closed({(each.network, each.author) for each in posts})
        for event in events:
            if isinstance(event, Post):
                name = (event.network, event.key)
                if name not in dead and event.at > closed.get((event.network, event.author), -1):
                    self._said(name, event)
            elif isinstance(event, Gone):
                dead.add((event.network, event.key))
                self._gone(event)
            else:
                who = (event.network, event.author)
                closed[who] = max(closed.get(who, -1), event.at)
                self._silenced(event)
        return self.settled

    def _said(self, name: Name, post: Post) -> None:
        held, settled = self.held.get(name), self.settled
        if held is None:
            before = settled.fresh.get(name)
            if before is None or post.edited > before.edited:
                at = post.at if before is None else before.at
                settled.fresh[name] = post if post.at == at else msgspec.structs.replace(post, at=at)
            return
        newest = settled.changed[name][1] if name in settled.changed else held.post
        if post.edited > newest.edited:
            if self.veil is not None and is_veiled(held.post):
                post = self.veil.over(post)
            settled.changed[name] = (held, msgspec.structs.replace(post, at=held.post.at))

    def _gone(self, event: Gone) -> None:
        name = (event.network, event.key)
        self.settled.fresh.pop(name, None)
        self.settled.changed.pop(name, None)
        held = self.held.get(name)
        if held is not None:
            self.settled.gone[name] = held
        self.connection.execute(
            "INSERT INTO gone VALUES(?, ?, ?) ON CONFLICT DO UPDATE SET at = max(at, excluded.at)",
            (event.network, event.key, event.at),
        )

    def _silenced(self, event: Closed) -> None:
        self.connection.execute(
            "INSERT INTO closed VALUES(?, ?, ?) ON CONFLICT DO UPDATE SET at = max(at, excluded.at)",
            (event.network, event.author, event.at),
        )
        settled = self.settled
        for name, post in list(settled.fresh.items()):
            if (post.network, post.author) == (event.network, event.author) and post.at <= event.at:
                del settled.fresh[name]
        for held in self.of_author(event.network, event.author):
            if held.post.at <= event.at:
                name = (event.network, held.post.key)
                settled.changed.pop(name, None)
                settled.gone[name] = self.held[name] = held

    def _look_behind(self, veil: Veil, events: Sequence[Event]) -> None:
        """What is kept without who said it, and is meant by what comes now."""
        for each in events:
            if isinstance(each, Closed) or (isinstance(each, Post) and each.at >= self.until):
                continue
            name = (each.network, each.key)
            if self.held.get(name) is None and (held := self.at(each.network, veil.key(*name))) is not None:
                self.held[name] = held

    def of_author(self, network: str, author: str) -> Iterator[Held]:
        """All that is kept of what somebody has said, also where it no longer says who."""
        yield from self._of(network, author)
        if self.veil is not None:
            yield from self._of(network, self.veil.author(network, author))

    def _of(self, network: str, author: str) -> Iterator[Held]:
        rows = self.connection.execute(
            "SELECT rowid FROM word WHERE word MATCH ?", (f'"{author_mark(network, author)}"',)
        ).fetchall()
        for (id,) in rows:
            (body,) = self.connection.execute("SELECT body FROM post WHERE id = ?", (id,)).fetchone()
            post = self.unpacker.unpack(self.connection, body)
            if (post.network, post.author) == (network, author):
                held = self.at(network, post.key)
                if held is not None:
                    yield held

    def _held(self, names: Iterable[Name]) -> Iterator[tuple[Name, Held | None]]:
        """Those that are kept. One look for many: hardly any of a stream's posts is."""
        by_place: dict[int, list[Name]] = {}
        for name in names:
            by_place.setdefault(place_of(*name), []).append(name)
        for some in _some(sorted(by_place)):
            holes = ",".join("?" * len(some))
            taken = self.connection.execute(f"SELECT place FROM place WHERE place IN ({holes})", some)
            for (place,) in taken.fetchall():
                for name in by_place[place]:
                    yield name, self.at(*name)

    def at(self, network: str, key: str) -> Held | None:
        """The post of that key: at its place, or at one of the next, where others had taken it."""
        first = place_of(network, key)
        rows = self.connection.execute(
            "SELECT place, id, body FROM place JOIN post USING (id) WHERE place BETWEEN ? AND ?",
            (first, first + PROBES - 1),
        )
        for place, id, body in rows.fetchall():
            post = self.unpacker.unpack(self.connection, body)
            if (post.network, post.key) == (network, key):
                return Held(id, place, post)
        return None

    def _dead(self, names: Iterable[Name]) -> set[Name]:
        if self.connection.execute("SELECT 1 FROM gone LIMIT 1").fetchone() is None:
            return set()
        found: set[Name] = set()
        for some in _some(sorted(names)):
            pairs = ",".join(["(?, ?)"] * len(some))
            asked = f"SELECT network, key FROM gone WHERE (network, key) IN (VALUES {pairs})"
            found.update(self.connection.execute(asked, [each for name in some for each in name]))
        return found

    def _closed(self, authors: Iterable[Name]) -> dict[Name, int]:
        if self.connection.execute("SELECT 1 FROM closed LIMIT 1").fetchone() is None:
            return {}
        found: dict[Name, int] = {}
        for some in _some(sorted(authors)):
            pairs = ",".join(["(?, ?)"] * len(some))
            asked = f"SELECT network, author, at FROM closed WHERE (network, author) IN (VALUES {pairs})"
            rows = self.connection.execute(asked, [each for name in some for each in name])
            found.update({(network, author): at for network, author, at in rows})
        return found


def _some(values: Iterable[int] | Iterable[Name]) -> Iterator[list]:  # type: ignore[type-arg]
    waiting = iter(values)
    while some := list(islice(waiting, AT_ONCE)):
        yield some
