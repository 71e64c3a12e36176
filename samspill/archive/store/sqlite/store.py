"""The store: one writer with its lock, readers in any thread, and what keeps the file whole."""

from __future__ import annotations

import fcntl
import os
import sqlite3
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TypeVar

import msgspec
import zstandard
from django.utils.translation import gettext_noop

from samspill.archive.posts import Event, Post
from samspill.archive.query import Node
from samspill.archive.store import Bar, Beside, Found, Hit, Kept, Labels, Order, Row, Trend, Unavailable
from samspill.archive.store.sqlite import forward, veiling, whole
from samspill.archive.store.sqlite import labels as marked
from samspill.archive.store.sqlite.batch import Batch, Held
from samspill.archive.store.sqlite.packing import Unpacker
from samspill.archive.store.sqlite.plan import plan
from samspill.archive.store.sqlite.reader import Reader
from samspill.archive.store.sqlite.rows import Rows
from samspill.archive.store.sqlite.schema import DAMAGED, at_of, reading, said, writing
from samspill.archive.veil import Veil, veil_of

T = TypeVar("T")
PATIENCE = 10.0  # seconds for a question
TOMBSTONES = 30 * 86_400_000  # milliseconds that what was deleted is remembered
NOTHING_YET = gettext_noop("Nothing has been kept yet.")
TAKEN = gettext_noop("Another process writes the archive already.")
FAULTS = (zstandard.ZstdError, msgspec.DecodeError)


class SqliteStore:
    """The archive in the file at `path`. One process writes, with a lock from its first `keep` to `close`."""

    def __init__(self, path: Path, *, patience: float = PATIENCE) -> None:
        self.path, self.patience = path, patience
        self._mine = threading.local()
        self._writing = threading.Lock()
        self._writer: sqlite3.Connection | None = None
        self._rows: Rows | None = None
        self._lock: IO[bytes] | None = None
        self._file: tuple[int, int] | None = None
        self._told: Callable[[], None] | None = None
        self._veiled = -1  # the id up to which something is put away

    # --- writing

    def keep(
        self, events: Sequence[Event], *, stream: str = "", cursor: str = "", labels: Labels | None = None
    ) -> Kept:
        with self._writing, self._transaction() as (connection, rows):
            settled = self._batch(connection, rows.unpacker).settle(events)
            self._remove(connection, rows, list(settled.gone.values()))
            put = [(held.id, post) for held, post in settled.changed.values()]
            marked.drop(connection, [id for id, _post in put])
            for held, post in settled.changed.values():
                rows.change(held, post)
            put += rows.add(settled.fresh.values())
            if put and min(put)[0] <= self._veiled:
                veiling.step_back(connection, min(id for id, _post in put))
            if labels:
                marked.put(connection, ((label, id) for id, post in put for label in labels(post)))
            if stream:
                connection.execute(
                    "INSERT INTO cursor VALUES(?, ?) ON CONFLICT DO UPDATE SET cursor = excluded.cursor",
                    (stream, cursor),
                )
            return Kept(len(settled.fresh), len(settled.changed), len(settled.gone))

    def veil(self, network: str, before: int, *, limit: int = 500) -> int:
        with self._writing, self._transaction() as (connection, rows):
            looked = veiling.veil(rows, self._veil(), network, before, limit)
            self._veiled = veiling.reached(connection)
            return looked

    def drop(self, network: str, before: int, *, limit: int = 500) -> int:
        with self._writing, self._transaction() as (connection, rows):
            looked, held = veiling.oldest(rows, network, before, limit)
            self._remove(connection, rows, held)
            self._veiled = veiling.reached(connection)
            return looked

    def erase(self, network: str, author: str, until: int) -> int:
        with self._writing, self._transaction() as (connection, rows):
            held = list(self._batch(connection, rows.unpacker).of_author(network, author))
            self._remove(connection, rows, held)
            connection.execute("DELETE FROM handle WHERE network = ? AND author = ?", (network, author))
            connection.execute(
                "INSERT INTO closed VALUES(?, ?, ?) ON CONFLICT DO UPDATE SET at = max(at, excluded.at)",
                (network, author, until),
            )
            return len(held)

    def _batch(self, connection: sqlite3.Connection, unpacker: Unpacker) -> Batch:
        """Also with what is kept without who said it, where there is any."""
        reached = veiling.reached(connection)
        return Batch(connection, unpacker, self._veil() if reached >= 0 else None, at_of(reached) + 1)

    def _veil(self) -> Veil:
        return veil_of(self.path.with_suffix(".key"))

    def _remove(self, connection: sqlite3.Connection, rows: Rows, held: Sequence[Held]) -> None:
        marked.drop(connection, [each.id for each in held])
        rows.remove(held)

    def label(self, label: int, query: Node, *, before: int | None = None, limit: int = 2000) -> int | None:
        ids: list[int] = self._ask(
            lambda reader: reader.ids(plan(query, reader.connection).before(before), limit), []
        )
        if ids:
            with self._writing, self._transaction() as (connection, _rows):
                marked.put(connection, ((label, id) for id in _there(connection, ids)))
        return ids[-1] if len(ids) == limit else None

    def forget_label(self, label: int, *, most: int = 20_000) -> bool:
        with self._writing, self._transaction() as (connection, _rows):
            return marked.forget(connection, label, most)

    def forget_tombstones(self, now: int) -> None:
        """What was deleted more than 30 days ago need not be remembered."""
        with self._writing, self._transaction() as (connection, _rows):
            connection.execute("DELETE FROM gone WHERE at < ?", (now - TOMBSTONES,))
            connection.execute("DELETE FROM closed WHERE at < ?", (now - TOMBSTONES,))

    @contextmanager
    def _transaction(self) -> Iterator[tuple[sqlite3.Connection, Rows]]:
        connection, rows = self._open()
        try:
            connection.execute("BEGIN IMMEDIATE")
            yield connection, rows
            connection.execute("COMMIT")
        except sqlite3.DatabaseError as error:
            self._undo()
            if isinstance(error, sqlite3.IntegrityError | sqlite3.ProgrammingError | sqlite3.DataError):
                raise  # of the event, not of the file
            raise said(error) from error
        except FAULTS as error:
            self._undo()
            raise Unavailable(DAMAGED) from error
        except BaseException:
            self._undo()
            raise

    def _undo(self) -> None:
        """Roll back, and open anew: nothing that was remembered may be trusted."""
        if self._writer is not None:
            try:
                if self._writer.in_transaction:
                    self._writer.execute("ROLLBACK")
            except sqlite3.Error:
                pass  # a connection that cannot even do that is closed
            self._writer.close()
            self._writer = self._rows = None

    def _shut(self) -> None:
        self._undo()
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def _open(self) -> tuple[sqlite3.Connection, Rows]:
        if self._writer is not None and self._rows is not None and self._is_same_file():
            return self._writer, self._rows
        self._undo()
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._take()
        try:
            self._writer = writing(self.path)
            forward.bring_forward(self._writer, self._told)
            self._rows = Rows(self._writer, Unpacker())
            self._veiled = veiling.reached(self._writer)
        except sqlite3.DatabaseError as error:
            self._shut()
            raise said(error) from error
        except BaseException:
            self._shut()
            raise
        self._file = _identity(self.path)
        return self._writer, self._rows

    def _is_same_file(self) -> bool:
        """Whether the file is still the one that was opened: somebody may have put back a copy."""
        return _identity(self.path) == self._file

    def _take(self) -> None:
        if self._lock is not None:
            return
        lock = self.path.with_suffix(".lock").open("ab")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            lock.close()
            raise Unavailable(TAKEN) from error
        self._lock = lock

    def bring_forward(self, told: Callable[[], None]) -> None:
        """Bring a file of an older version to this one, if there is any, calling `told` again and again. It
        is searched meanwhile; who wants to write waits. Whoever writes first does the same."""
        if _identity(self.path) is None:
            return
        with self._writing:
            self._told = told
            try:
                self._open()
            finally:
                self._told = None

    def forward(self) -> int | None:
        """How far, in per cent, the file has been brought forward; None where nothing is on the way."""
        return self._ask(lambda reader: forward.percent(reader.connection), None)

    def close(self) -> None:
        """Give back the writer's lock, and close what this thread has open."""
        with self._writing:
            self._shut()
        reader: Reader | None = getattr(self._mine, "reader", None)
        if reader is not None:
            reader.connection.close()
            self._mine.reader = None

    # --- reading

    def cursor(self, stream: str) -> str:
        row = self._ask(
            lambda reader: reader.connection.execute(
                "SELECT cursor FROM cursor WHERE stream = ?", (stream,)
            ).fetchone(),
            None,
        )
        return str(row[0]) if row else ""

    def find(
        self, query: Node, order: Order = Order.NEWEST, *, before: int | None = None, limit: int = 20
    ) -> Found:
        return self._ask(lambda reader: reader.find(query, order, before, limit), Found((), False))

    def since(self, query: Node, after: int) -> int:
        return self._ask(lambda reader: reader.since(query, after), 0)

    def count(self, query: Node, *, most: int = 1_000_000) -> int:
        return self._ask(lambda reader: reader.count(query, most), 0)

    def histogram(self, query: Node, since: int, until: int, step: int) -> Sequence[Bar]:
        empty = [Bar(at, 0) for at in range(since, until, step)]
        return self._ask(lambda reader: reader.histogram(query, since, until, step), empty)

    def beside(self, query: Node, what: str, limit: int = 10) -> Beside:
        return self._ask(lambda reader: reader.beside(query, what, limit), Beside((), 0, True))

    def tally(self, labels: Sequence[int], since: int, until: int, step: int) -> Mapping[int, Sequence[int]]:
        nothing = {label: [0] * -(-(until - since) // step) for label in labels}
        return self._ask(lambda reader: marked.tally(reader.connection, labels, since, until, step), nothing)

    def accounts(self, handle: str) -> list[tuple[str, str]]:
        """Whose a handle is or was: the network and its lasting id of each."""
        asked = "SELECT network, author FROM handle WHERE handle = ?"
        return self._ask(lambda reader: reader.connection.execute(asked, (handle.casefold(),)).fetchall(), [])

    def variants(self, key: str, limit: int = 6) -> Sequence[Row]:
        return self._ask(lambda reader: reader.variants(key, limit), ())

    def trends(self, now: int, hours: int, limit: int = 20) -> Sequence[Trend]:
        return self._ask(lambda reader: reader.trends(now, hours, limit), ())

    def post(self, id: int) -> Post | None:
        return self._ask(lambda reader: reader.post(id), None)

    def thread(self, id: int) -> Sequence[Hit]:
        return self._ask(lambda reader: reader.thread(id), ())

    def said_by(self, network: str, author: str) -> list[Post]:
        """All that is kept of what somebody has said, for who asks what is held about them."""
        return self._ask(
            lambda reader: [
                held.post
                for held in self._batch(reader.connection, reader.unpacker).of_author(network, author)
            ],
            [],
        )

    def size(self) -> tuple[int, int]:
        """How many posts are kept, and the bytes they take, with what waits to move into the file."""
        posts = self._ask(
            lambda reader: reader.connection.execute("SELECT total(posts) FROM network").fetchone()[0], 0
        )
        files = (self.path, self.path.with_name(f"{self.path.name}-wal"))
        return int(posts), sum(file.stat().st_size for file in files if file.exists())

    def check(self) -> list[str]:
        """What does not agree in the file, in English for an operator; nothing where all does."""
        return self._ask(lambda reader: whole.faults(reader), [], patience=3600.0)

    def backup(self, to: Path) -> None:
        """A copy as of now, while everything goes on. Never over a file that is there."""
        if to.exists():
            raise FileExistsError(to)
        reader = self._reader()
        if reader is None:
            raise Unavailable(NOTHING_YET)
        with sqlite3.connect(to) as copy:
            reader.connection.set_progress_handler(None, 0)
            try:
                reader.connection.backup(copy, pages=2000)
            finally:
                self._mine.reader = None
        copy.close()
        os.chmod(to, 0o600)

    def _ask(self, question: Callable[[Reader], T], otherwise: T, *, patience: float | None = None) -> T:
        """`otherwise`: the answer while there is no file. Raises Unavailable, TooSlow."""
        reader = self._reader()
        if reader is None:
            return otherwise
        reader.patience = self.patience if patience is None else patience
        try:
            with reader.asked():
                return question(reader)
        except sqlite3.DatabaseError as error:
            self._mine.reader = None
            raise said(error) from error
        except FAULTS as error:
            raise Unavailable(DAMAGED) from error

    def _reader(self) -> Reader | None:
        """This thread's own, on the file that is there now; None while there is none."""
        identity = _identity(self.path)
        reader: Reader | None = getattr(self._mine, "reader", None)
        if identity is None or identity[1] == 0:
            return None
        if reader is not None and self._mine.file == identity[0]:
            return reader
        try:
            made = Reader(reading(self.path), self.patience)
        except sqlite3.DatabaseError as error:
            raise said(error) from error
        self._mine.reader, self._mine.file = made, identity[0]
        return made


def _there(connection: sqlite3.Connection, ids: Sequence[int]) -> list[int]:
    """Those that are still kept: between the question and now some may have been deleted."""
    asked = "SELECT 1 FROM post WHERE id = ?"
    return [id for id in ids if connection.execute(asked, (id,)).fetchone()]


def _identity(path: Path) -> tuple[int, int] | None:
    """Which file it is, and whether anything is in it."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_ino, int(found.st_size > 0)
