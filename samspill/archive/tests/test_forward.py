"""An archive of an older version is brought forward while it is searched, and after a kill goes on."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from django.urls import reverse

from samspill.archive.open import open_archive
from samspill.archive.posts import Gone
from samspill.archive.query import Field, Tag
from samspill.archive.store.contract import AT, post
from samspill.archive.store.sqlite import SqliteStore, forward
from samspill.archive.store.sqlite.schema import VERSION
from samspill.archive.store.sqlite.words import indexed, keys

POSTS = 50
REPOST = Field("has", "repost")


def older(path: Path) -> None:
    """An archive as version 1 left it: no labels, and words that do not tell what is passed on."""
    store = SqliteStore(path)
    posts = [post(n, "Om #strøm", repost_of="at://x" if n % 5 == 0 else "") for n in range(POSTS)]
    store.keep(posts, stream="s", cursor="7")
    store.close()
    with closing(sqlite3.connect(path)) as file:
        for (id,) in file.execute("SELECT id FROM post").fetchall():
            said = next(each for each in posts if store.post(id) == each)
            words = indexed(said, keys(said))
            without = indexed(post(0, said.text, author=said.author), keys(said))
            file.execute("INSERT INTO word(word, rowid, text) VALUES('delete', ?, ?)", (id, words))
            file.execute("INSERT INTO word(rowid, text) VALUES(?, ?)", (id, without))
        file.executescript("DROP TABLE label_post; DROP TABLE label_hour; PRAGMA user_version=1;")
        file.commit()
    store.close()


@pytest.fixture
def path(tmp_path, monkeypatch):
    monkeypatch.setattr(forward, "STRETCH", 10)
    older(tmp_path / "archive.sqlite3")
    return tmp_path / "archive.sqlite3"


def test_it_is_searched_while_it_is_brought_forward(path):
    reader, seen = SqliteStore(path), []
    store = SqliteStore(path)
    store.bring_forward(lambda: seen.append((reader.forward(), reader.count(Tag("strøm")))))
    assert seen == [(20, POSTS), (40, POSTS), (60, POSTS), (80, POSTS), (99, POSTS)]
    assert (reader.forward(), store.cursor("s")) == (None, "7")
    store.close()


def test_all_holds_afterwards(path):
    store = SqliteStore(path)
    assert store.keep([post(POSTS, "Ny #strøm")]).new == 1  # who writes first brings it forward
    assert store.count(REPOST) == POSTS // 5
    store.keep([Gone(network="bluesky", key=post(5).key, at=AT)])
    assert (store.count(REPOST), store.check()) == (POSTS // 5 - 1, [])
    store.close()
    with closing(sqlite3.connect(path)) as file:
        assert file.execute("PRAGMA user_version").fetchone() == (VERSION,)


def test_after_a_kill_it_goes_on_where_it_was(path):
    calls = 0

    def killed() -> None:
        nonlocal calls
        calls += 1
        if calls == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        SqliteStore(path).bring_forward(killed)
    store = SqliteStore(path)
    assert (store.forward(), store.count(Tag("strøm"))) == (60, POSTS)
    seen = []
    store.bring_forward(lambda: seen.append(1))
    assert (len(seen), store.count(REPOST), store.check()) == (2, POSTS // 5, [])
    store.close()


def test_page_says_how_far_it_is(path, as_person, cast, settings, monkeypatch):
    settings.DATA_DIR = path.parent
    with pytest.raises(KeyboardInterrupt):
        open_archive().bring_forward(lambda: (_ for _ in ()).throw(KeyboardInterrupt))
    page = as_person(cast.vera).get(reverse("archive:streams", args=(cast.fjord.slug,)))
    assert "20 per cent" in page.content.decode()
