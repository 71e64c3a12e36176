"""The archive in SQLite: the contract of every store, and what a file can suffer."""

from __future__ import annotations

import shutil
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from samspill.archive.posts import Closed, Event, Gone, Post
from samspill.archive.query import And, Field, Not, Tag, Word
from samspill.archive.store import Order, TooSlow, Unavailable
from samspill.archive.store.contract import AT, DAY, HOUR, StoreContract, post
from samspill.archive.store.sqlite import SqliteStore, packing
from samspill.archive.store.sqlite import places as where


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    store = SqliteStore(tmp_path / "archive.sqlite3")
    yield store
    assert store.check() == []
    store.close()


class TestSqlite(StoreContract):
    @pytest.fixture
    def store(self, tmp_path: Path) -> Iterator[SqliteStore]:
        store = SqliteStore(tmp_path / "archive.sqlite3")
        yield store
        assert store.check() == []
        store.close()


KEYS = st.sampled_from("abcdef")
TEXTS = st.lists(
    st.sampled_from(["#Strøm", "#strøm", "#sol", "pris", "på", "https://a.example/x"]), max_size=4
)
EVENTS = st.one_of(
    st.builds(
        lambda key, text, at, edited, who: Post(
            network="bluesky",
            key=key,
            at=AT + at * HOUR // 2,
            author=who,
            text=" ".join(text),
            tags=tuple(word[1:] for word in text if word[0] == "#"),
            links=tuple(word for word in text if word[:4] == "http"),
            edited=edited,
        ),
        KEYS,
        TEXTS,
        st.integers(0, 5),
        st.integers(0, 2),
        st.sampled_from("xy"),
    ),
    st.builds(lambda key: Gone(network="bluesky", key=key, at=AT), KEYS),
    st.builds(
        lambda who, at: Closed(network="bluesky", author=who, at=AT + at * HOUR),
        st.sampled_from("xy"),
        st.integers(-1, 2),
    ),
)


class Model:
    """What a store must hold, in the plainest way there is."""

    def __init__(self) -> None:
        self.posts: dict[str, Post] = {}
        self.gone: set[str] = set()
        self.closed: dict[str, int] = {}

    def take(self, event: Event) -> None:
        if isinstance(event, Gone):
            self.gone.add(event.key)
            self.posts.pop(event.key, None)
        elif isinstance(event, Closed):
            self.closed[event.author] = max(event.at, self.closed.get(event.author, 0))
            self.posts = {
                key: each
                for key, each in self.posts.items()
                if each.author != event.author or each.at > event.at
            }
        elif event.key not in self.gone and event.at > self.closed.get(event.author, -1):
            before = self.posts.get(event.key)
            if before is None:
                self.posts[event.key] = event
            elif event.edited > before.edited:
                self.posts[event.key] = replace(event, at=before.at)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(EVENTS, max_size=25), st.lists(st.integers(1, 8), min_size=1))
def test_whatever_comes_in_whatever_batches_posts_words_tags_and_counts_agree(tmp_path, events, sizes):
    store, model = SqliteStore(tmp_path / "any.sqlite3"), Model()
    try:
        waiting, turn = list(events), 0
        while waiting:
            size = sizes[turn % len(sizes)]
            store.keep(waiting[:size], labels=lambda post: [1] if "pris" in post.text.split() else [])
            waiting, turn = waiting[size:], turn + 1
        for event in events:
            model.take(event)
        found = store.find(And(()), limit=100).hits
        assert {hit.post.key: hit.post for hit in found} == model.posts
        assert [hit.post.at for hit in found] == sorted(
            (each.at for each in model.posts.values()), reverse=True
        )
        for tag in ("strøm", "sol"):
            hours = Counter(
                each.at // HOUR * HOUR for each in model.posts.values() if tag in map(str.lower, each.tags)
            )
            bars = store.histogram(Tag(tag), AT, AT + 4 * HOUR, HOUR)
            assert {bar.at: bar.posts for bar in bars if bar.posts} == hours
        with_word = {key for key, each in model.posts.items() if "pris" in each.text.split()}
        assert {hit.post.key for hit in store.find(Word(("pris",)), limit=100).hits} == with_word
        assert sum(store.tally([1], AT, AT + 4 * HOUR, HOUR)[1]) == len(with_word)
        without = {hit.post.key for hit in store.find(Not(Field("has", "link")), limit=100).hits}
        assert without == {key for key, each in model.posts.items() if not each.links}
        assert store.check() == []
    finally:
        store.close()
        (tmp_path / "any.sqlite3").unlink(missing_ok=True)
        for beside in tmp_path.glob("any.sqlite3-*"):
            beside.unlink()


def test_two_keys_at_one_place_are_two_posts_also_when_the_first_is_gone(store, monkeypatch):
    monkeypatch.setattr("samspill.archive.store.sqlite.batch.place_of", lambda network, key: 5)
    monkeypatch.setattr("samspill.archive.store.sqlite.rows.place_of", lambda network, key: 5)
    store.keep([post(n, "#strøm") for n in range(4)])
    store.keep([Gone(network="bluesky", key=post(1).key, at=AT)])
    assert store.keep([post(n, "#strøm") for n in range(4)]).new == 0
    assert store.count(Tag("strøm")) == 3


def test_keys_of_a_time_stand_side_by_side():
    newer = where.place_of("bluesky", "did:plc:a/app.bsky.feed.post/3l6oveex3ii2l")
    older = where.place_of("bluesky", "did:plc:b/app.bsky.feed.post/3l6ovdex3ii2l")
    assert older < newer < 1 << 63
    assert 0 <= where.place_of("feed", "https://example.org/?p=1") < 1 << 63


def test_learns_to_pack_and_reads_what_was_packed_before(store, tmp_path):
    said = [
        post(n, f"Om #strøm og pris, melding nummer {n} fra laget, og mer om {n * n}") for n in range(1400)
    ]
    store.keep(said[:200])
    assert sizes(store) == {0}
    store.keep(said[200:1300])
    store.keep(said[1300:])
    assert sizes(store) == {0, 1}
    with closing(sqlite3.connect(store.path)) as file:
        rows = dict(file.execute("SELECT substr(body, 1, 1), avg(length(body)) FROM post GROUP BY 1"))
    assert rows[b"\x01"] < rows[b"\x00"] / 2, "what is learnt from makes posts small"
    found = {hit.post.key: hit.post for hit in store.find(Word(("melding",)), limit=1400).hits}
    assert [found[each.key] for each in said] == said
    store.close()
    assert SqliteStore(store.path).count(Word(("melding",))) == 1400


def sizes(store) -> set[int]:
    """The dictionaries that posts are packed with."""
    with closing(sqlite3.connect(store.path)) as file:
        return {body[0] for (body,) in file.execute("SELECT body FROM post")}


def test_learns_again_from_posts_that_lie_wider_apart_and_when_they_change(store, monkeypatch):
    for name, value in {"FIRST": 100, "SAMPLE": 100, "EVERY": 2, "WINDOW": 200}.items():
        monkeypatch.setattr(packing, name, value)
    chance = Random(1)

    def say(number: int) -> Post:
        words = ["vann", "strøm", "pris", "laget", "møte", "linje"]
        if number >= 1000:  # another language, and other people
            words = ["".join(chance.choices("абвгдежзиклмно", k=9)) for _word in range(6)]
        return post(number, " ".join(chance.choices(words, k=20)))

    for first in range(0, 2600, 50):
        store.keep([say(number) for number in range(first, first + 50)])
        if first == 900:
            assert sizes(store) == {0, 1, 2}
    assert sizes(store) == {0, 1, 2, 3}
    assert store.count(Word(("strøm",))) > 900


def test_a_second_writer_is_told_so_and_may_read(store, tmp_path):
    store.keep([post(1, "#strøm")])
    other = SqliteStore(store.path)
    with pytest.raises(Unavailable, match="Another process writes"):
        other.keep([post(2, "#strøm")])
    assert other.count(Tag("strøm")) == 1
    store.close()
    assert other.keep([post(2, "#strøm")]).new == 1
    other.close()


def test_a_batch_that_fails_leaves_nothing_and_the_next_goes_through(store):
    store.keep([post(1, "#strøm")], stream="a", cursor="1")
    odd = post(2, "#ny", name="\udc80")
    with pytest.raises(UnicodeEncodeError):
        store.keep([post(3, "#ny"), odd], stream="a", cursor="2")
    assert (store.count(Tag("ny")), store.cursor("a")) == (0, "1")
    assert store.keep([post(3, "#ny")], stream="a", cursor="2").new == 1
    assert store.count(Tag("ny")) == 1


def test_a_full_disk_is_said_and_nothing_is_half_kept(store):
    store.keep([post(1, "#strøm")])
    connection, _rows = store._open()
    connection.execute("PRAGMA max_page_count = 1")
    with pytest.raises(Unavailable, match="disk is full"):
        store.keep([post(n, "#strøm " + "ord " * 200) for n in range(2, 400)], stream="a", cursor="1")
    assert (store.count(Tag("strøm")), store.cursor("a")) == (1, "")
    assert store.keep([post(2, "#strøm")]).new == 1


def test_a_file_that_is_put_back_is_read_at_once(store, tmp_path):
    store.keep([post(1, "#strøm")])
    store.backup(tmp_path / "copy.sqlite3")
    store.keep([post(2, "#strøm")])
    assert store.count(Tag("strøm")) == 2
    for each in tmp_path.glob("archive.sqlite3*"):
        each.unlink()
    shutil.copy(tmp_path / "copy.sqlite3", store.path)
    assert store.count(Tag("strøm")) == 1
    assert store.keep([post(2, "#strøm"), post(3, "#strøm")]).new == 2
    assert store.count(Tag("strøm")) == 3


def test_a_damaged_file_is_said_in_a_sentence(tmp_path):
    path = tmp_path / "archive.sqlite3"
    path.write_bytes(b"not a database" * 1000)
    store = SqliteStore(path)
    with pytest.raises(Unavailable, match="damaged"):
        store.find(Tag("strøm"))
    with pytest.raises(Unavailable, match="damaged"):
        store.keep([post(1)])


def test_a_newer_file_is_left_alone(tmp_path):
    path = tmp_path / "archive.sqlite3"
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(Unavailable, match="newer version"):
        SqliteStore(path).keep([post(1)])


def test_a_backup_never_writes_over_a_file(store, tmp_path):
    store.keep([post(1)])
    store.backup(tmp_path / "copy.sqlite3")
    with pytest.raises(FileExistsError):
        store.backup(tmp_path / "copy.sqlite3")


def test_a_question_that_takes_too_long_is_broken_off(tmp_path):
    store = SqliteStore(tmp_path / "archive.sqlite3", patience=0.0)
    store.keep([post(n, "ord " * 20 + "#strøm") for n in range(3000)])
    with pytest.raises(TooSlow):
        store.histogram(Word(("ord",)), AT, AT + DAY, HOUR)
    store.patience = 10.0
    assert store.count(Word(("ord",))) == 3000
    store.close()


def test_somebody_gets_all_that_is_kept_of_them_and_has_it_erased(store):
    store.keep([post(n, "#strøm", handle=f"h{n % 7}.example") for n in range(14)])
    assert [each.at for each in store.said_by("bluesky", "did:plc:2")] == [post(2).at, post(9).at]
    assert store.erase("bluesky", "did:plc:2", AT) == 2
    assert store.said_by("bluesky", "did:plc:2") == []
    assert store.count(Field("from", "h2.example")) == 0
    assert store.count(Tag("strøm")) == 12


def test_tombstones_are_forgotten_after_thirty_days(store):
    store.keep([Gone(network="bluesky", key=post(1).key, at=AT)])
    store.forget_tombstones(AT + 30 * DAY)
    assert store.keep([post(1)]).new == 0
    store.forget_tombstones(AT + 30 * DAY + 1)
    assert store.keep([post(1)]).new == 1


def test_the_check_finds_what_does_not_agree(tmp_path):
    store = SqliteStore(tmp_path / "archive.sqlite3")
    store.keep([post(n, "#strøm") for n in range(3)])
    assert store.check() == []
    connection, _rows = store._open()
    connection.execute("UPDATE tag_hour SET posts = posts + 1")
    assert "wrong" in " ".join(store.check())
    store.close()


def test_most_shared_says_among_how_many(store):
    store.keep([post(n, "#strøm", shares=n % 5) for n in range(2101)])
    found = store.find(Tag("strøm"), Order.SHARED, limit=3)
    assert ([hit.post.shares for hit in found.hits], found.among) == ([4, 4, 4], 2000)
