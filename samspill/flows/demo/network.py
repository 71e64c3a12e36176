"""The same year as the invented network remembers it, so that it goes on from there."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from samspill.flows.demo.place import House, follow_id
from samspill.flows.demo.year import DAYS, Word, Year, identity
from samspill.networks.demo.store import world
from samspill.networks.models import Channel, ChannelWork

DAY = timedelta(days=1)
FRESH = timedelta(days=29)  # posts whose figures are still asked for


def remember(house: House, year: Year, now: datetime) -> None:
    """Write the year down as what has happened there; what happens from now on, the network invents."""
    with _world() as db:
        for key, channel in house.channels.items():
            _account(db, channel, house.organisation.language, now)
            _follows(db, channel, key, year.follows[key], now)
        for post in year.posts:
            us = house.channels[post.account.key].remote_id
            _say(db, post.id, us, us, post.text, post.at, "", post.id)
            if post.at > now - FRESH:
                _liked(db, us, post.id, {"reaction": post.likes, "share": post.shares}, post.at, now)
        for word in year.words:
            _word(db, house.channels[word.account.key].remote_id, word)
    for channel in house.channels.values():
        work = {verb: ChannelWork(channel=channel, verb=verb) for verb in ChannelWork.Verb}
        work[ChannelWork.Verb.COLLECT].cursor = _read_to_the_end(channel)
        ChannelWork.objects.bulk_create(work.values())
    with _world() as db:
        db.execute("DELETE FROM day WHERE day = ?", (now.date().isoformat(),))  # today goes on


def _world() -> AbstractContextManager[sqlite3.Connection]:
    return world(Path(settings.DATA_DIR) / "demo-network.sqlite3")


def _read_to_the_end(channel: Channel) -> str:
    """All of it has reached us already: the cursor after the last of it."""
    network, account = channel.adapter(), channel.account()
    page = network.fetch(account, "")
    while page.more:
        page = network.fetch(account, page.cursor)
    return page.cursor


def _account(db: sqlite3.Connection, channel: Channel, language: str, now: datetime) -> None:
    us = channel.remote_id
    since = (now - DAYS * DAY).timestamp()
    db.execute("UPDATE account SET since = ?, language = ? WHERE id = ?", (since, language, us))
    days = [(us, (now - back * DAY).date().isoformat()) for back in range(DAYS + 2)]
    db.executemany("INSERT OR IGNORE INTO day VALUES (?, ?)", days)


def _follows(
    db: sqlite3.Connection, channel: Channel, key: str, moments: Sequence[datetime], now: datetime
) -> None:
    rows = [
        (follow_id(key, number), "follow", f"folk{number:05d}\nfolk{number:05d}", "", at)
        for number, at in enumerate(moments)
    ]
    _happened(db, channel.remote_id, rows)


def _liked(
    db: sqlite3.Connection, us: str, post: str, counts: dict[str, int], at: datetime, now: datetime
) -> None:
    rows = [
        (
            identity(kind, post, number),
            kind,
            f"folk{number:05d}\nfolk{number:05d}",
            post,
            min(at + DAY / 4, now),
        )
        for kind, count in counts.items()
        for number in range(count)
    ]
    _happened(db, us, rows)


def _happened(db: sqlite3.Connection, us: str, rows: Iterable[tuple[str, str, str, str, datetime]]) -> None:
    db.executemany(
        "INSERT OR IGNORE INTO event VALUES (?, ?, ?, ?, ?, ?, ?)",
        [(id_, us, kind, who, post, at.timestamp(), at.timestamp()) for id_, kind, who, post, at in rows],
    )


def _say(
    db: sqlite3.Connection, id_: str, us: str, author: str, text: str, at: datetime, parent: str, root: str
) -> None:
    row = (id_, us, author, text, at.timestamp(), parent, root)
    db.execute("INSERT OR IGNORE INTO post VALUES (?, ?, ?, ?, ?, ?, ?)", row)


def _word(db: sqlite3.Connection, us: str, word: Word) -> None:
    root = word.post.id if word.post else word.id
    who = f"{word.by.handle}\n{word.by.name}"
    _say(db, word.id, us, who, word.text, word.at, word.post.id if word.post else "", root)
    if word.answered_at:
        _say(db, f"{word.id}a", us, us, word.answer, word.answered_at, word.id, root)
    if word.thanked_at:
        _say(db, f"{word.id}t", us, who, word.thanks, word.thanked_at, f"{word.id}a", root)
