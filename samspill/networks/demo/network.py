"""A network of invented people on this machine, to try all of Samspill with no account anywhere."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from samspill.lib.text import graphemes
from samspill.networks.base import (
    Account,
    Ask,
    Author,
    Can,
    Incoming,
    Kind,
    Limits,
    Network,
    Numbers,
    Outgoing,
    Page,
    Payload,
    PostNumbers,
    Ref,
    SignedIn,
)
from samspill.networks.demo.life import Life, chance_of, identity
from samspill.networks.demo.people import language_of
from samspill.networks.demo.store import moment, world
from samspill.networks.errors import OutcomeUnknown, Reconnect, Refused, TryLater, WrongAnswer

LIMITS = Limits(text=500, unit="graphemes", images=4, image_bytes=5_000_000, alt_text=1500)
PAGE = 100
FETCH = """
    SELECT event.*, post.text, post.parent, post.root FROM event LEFT JOIN post ON post.id = event.post
    WHERE event.account = ? AND seen_at <= ? AND (seen_at, event.at, event.id) > (?, ?, ?)
    ORDER BY seen_at, event.at, event.id LIMIT ?"""
THREAD = """
    SELECT *, 'reply' AS kind FROM post
    WHERE root = (SELECT root FROM post WHERE id = ?) AND at <= ? ORDER BY at, id"""


class Demo(Network):
    """`path` says where the world's file lies, asked anew at each call; `seed` makes another world."""

    key = "demo"
    name = "Demo"
    about = _(
        "Invented people on this machine, who answer and follow. To try everything; nothing leaves here."
    )
    can = frozenset({Can.PUBLISH, Can.INBOX, Can.NUMBERS})
    asks = (
        Ask(
            "handle",
            _("Handle"),
            _("What you would like to be called there, such as fjordkraftlaget."),
            placeholder="fjordkraftlaget",
        ),
        Ask("name", _("Name"), _("As people will see it."), required=False),
    )
    idempotent = True

    def __init__(self, path: Callable[[], Path], seed: str = "samspill") -> None:
        self.path = path
        self.seed = seed

    def sign_in(self, answers: Mapping[str, str]) -> SignedIn:
        handle = answers.get("handle", "").strip().removeprefix("@").lower()
        if not handle.replace(".", "").replace("-", "").replace("_", "").isalnum() or len(handle) > 40:
            raise WrongAnswer(
                _("A handle has letters, digits, dots and hyphens only, 40 at most."), field="handle"
            )
        name = answers.get("name", "").strip() or handle
        with self._world() as db:
            row = (handle, handle, name, _now(), "nb")
            db.execute("INSERT OR IGNORE INTO account VALUES (?, ?, ?, ?, ?)", row)
        return SignedIn(Account("", handle, handle, {"account": handle}), name, "")

    def limits(self, account: Account) -> Limits:
        return LIMITS

    def length(self, text: str, limits: Limits) -> int:
        return graphemes(text)

    def prepare(self, account: Account, outgoing: Outgoing) -> Payload:
        reply, root = outgoing.reply_to, outgoing.root or outgoing.reply_to
        said = {
            "text": outgoing.text,
            "at": outgoing.due_at.timestamp(),
            "language": language_of(outgoing.language),
            "alts": [image.alt for image in outgoing.images],
            "parent": reply.id if reply else "",
            "root": root.id if root else "",
        }
        body = json.dumps(said, ensure_ascii=False, sort_keys=True).encode()
        return Payload(body, identity("post", account.remote_id, outgoing.key))

    def send(self, account: Account, payload: Payload, key: str) -> Ref:
        said = json.loads(payload.body)
        if not said["text"].strip() and not said["alts"]:
            raise Refused(_("A post must say something."))
        if graphemes(said["text"]) > LIMITS.text or len(said["alts"]) > LIMITS.images:
            raise Refused(_("The post is longer than the network takes."))
        with self._world(writing=True) as db:
            self._known(db, account)
            self._put(db, account, payload.id, said)
        return Ref(payload.id)

    def _put(self, db: sqlite3.Connection, account: Account, post: str, said: dict[str, Any]) -> None:
        us, now = account.remote_id, _now()
        row = (post, us, us, said["text"], min(said["at"], now), said["parent"], said["root"] or post)
        if not db.execute("INSERT OR IGNORE INTO post VALUES (?, ?, ?, ?, ?, ?, ?)", row).rowcount:
            return
        db.execute("UPDATE account SET language = ? WHERE id = ?", (said["language"], us))
        made = db.execute("SELECT * FROM post WHERE id = ?", (post,)).fetchone()
        people = Life(db, self.seed, self._known(db, account), now)
        if said["parent"]:
            people.thank(made)
        else:
            people.react(made)

    def find(self, account: Account, payload: Payload, key: str, since: datetime) -> Ref | None:
        with self._world() as db:
            found = db.execute("SELECT 1 FROM post WHERE id = ?", (payload.id,)).fetchone()
        return Ref(payload.id) if found else None

    def delete(self, account: Account, ref: Ref) -> None:
        """The post goes, and with it what people have not done yet."""
        with self._world() as db:
            db.execute("DELETE FROM post WHERE id = ? AND author = ?", (ref.id, account.remote_id))
            later = "id IN (SELECT id FROM post WHERE parent = :post) OR post = :post"
            db.execute(f"DELETE FROM event WHERE at > :now AND ({later})", {"post": ref.id, "now": _now()})  # noqa: S608
            db.execute("DELETE FROM post WHERE parent = ? AND at > ?", (ref.id, _now()))

    def fetch(self, account: Account, cursor: str) -> Page:
        after = json.loads(cursor) if cursor else [0.0, 0.0, ""]
        with self._world() as db:
            Life(db, self.seed, self._known(db, account), _now()).go_on()
            rows = db.execute(FETCH, (account.remote_id, _now(), *after, PAGE + 1)).fetchall()
        taken = rows[:PAGE]
        if taken:
            cursor = json.dumps([taken[-1]["seen_at"], taken[-1]["at"], taken[-1]["id"]])
        return Page([_incoming(row) for row in taken], cursor, more=len(rows) > PAGE)

    def thread(self, account: Account, ref: Ref) -> Sequence[Incoming]:
        with self._world() as db:
            rows = db.execute(THREAD, (ref.id, _now())).fetchall()
        below, found = {ref.id}, []
        for row in rows:
            if row["parent"] in below:
                below.add(row["id"])
                found.append(_incoming(row))
        return found

    def numbers(self, account: Account) -> Numbers:
        with self._world() as db:
            row = self._known(db, account)
            Life(db, self.seed, row, _now()).go_on()
            people = db.execute(
                "SELECT count(*) FROM event WHERE account = ? AND kind = 'follow' AND at <= ?",
                (row["id"], _now()),
            ).fetchone()[0]
            posts, last = db.execute(
                "SELECT count(*), max(at) FROM post WHERE author = ? AND at <= ?", (row["id"], _now())
            ).fetchone()
        chance = chance_of(self.seed, "start", row["id"])
        followers, following = chance.randint(240, 900) + people, chance.randint(40, 160)
        return Numbers(followers, following, posts, moment(last) if last else None)

    def post_numbers(self, account: Account, refs: Sequence[Ref]) -> Sequence[PostNumbers]:
        counts = {}
        with self._world() as db:
            for ref in refs:
                if db.execute("SELECT 1 FROM post WHERE id = ?", (ref.id,)).fetchone() is None:
                    continue
                said = "SELECT count(*) FROM event WHERE post = ? AND kind = ? AND at <= ?"
                reactions, shares = (
                    db.execute(said, (ref.id, kind, _now())).fetchone()[0] for kind in ("reaction", "share")
                )
                replies = "SELECT count(*) FROM post WHERE parent = ? AND at <= ?"
                counts[ref.id] = PostNumbers(
                    ref.id, reactions, shares, db.execute(replies, (ref.id, _now())).fetchone()[0]
                )
        return list(counts.values())

    @contextmanager
    def _world(self, *, writing: bool = False) -> Iterator[sqlite3.Connection]:
        try:
            with world(self.path()) as db:
                yield db
        except sqlite3.Error as error:
            message = _("The demonstration's file does not answer.")
            raise (OutcomeUnknown if writing else TryLater)(message) from error

    def _known(self, db: sqlite3.Connection, account: Account) -> sqlite3.Row:
        row: sqlite3.Row | None = db.execute(
            "SELECT * FROM account WHERE id = ?", (account.remote_id,)
        ).fetchone()
        if row is None:
            raise Reconnect(_("The demonstration has begun anew and does not know this account."))
        return row


def _incoming(row: sqlite3.Row) -> Incoming:
    kind = Kind(row["kind"])
    says = kind in (Kind.REPLY, Kind.MENTION)
    return Incoming(
        id=row["id"],
        kind=kind,
        author=_author(row["author"]),
        at=moment(row["at"]),
        text=row["text"] or "" if says else "",
        ref=Ref(row["id"]) if says else None,
        parent_id=(row["parent"] or "") if says else row["post"],
        root_id=row["root"] or "" if says else "",
        root=Ref(row["root"]) if says and row["root"] else None,
    )


def _author(kept: str) -> Author:
    handle, _line, name = kept.partition("\n")
    return Author(handle, handle, name or handle)


def _now() -> float:
    return datetime.now(UTC).timestamp()
