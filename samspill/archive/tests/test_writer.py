"""What came is kept with its cursor or not at all; one bad event costs no other, a database fault none."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Sequence
from typing import Any

import pytest

from samspill.archive.arrivals import Arrived, Basket, Filled, Hole, Letter, filling, verified
from samspill.archive.open import open_archive
from samspill.archive.pace import Pace
from samspill.archive.posts import Event, Gone, Post
from samspill.archive.query import Since
from samspill.archive.store import Kept, Labels, Unavailable
from samspill.archive.store.sqlite import SqliteStore
from samspill.archive.writer import Writer, in_sample

KEY = "bluesky/1"
AT = 1_772_438_400_000


class Noted:
    """Books that one can look into."""

    def __init__(self) -> None:
        self.letters: list[Letter] = []
        self.holes: list[Hole] = []
        self.filled: list[tuple[Filled, int]] = []
        self.order: list[str] = []

    def put_aside(self, key: str, letters: Sequence[Letter]) -> None:
        assert key == KEY
        self.letters += letters

    def note_hole(self, key: str, hole: Hole) -> None:
        assert key == KEY
        self.holes.append(hole)

    def close_hole(self, key: str, filled: Filled, posts: int) -> None:
        self.filled.append((filled, posts))


class Fragile(SqliteStore):
    """The store, with events that it cannot keep and moments at which it cannot be written."""

    def __init__(self, store: SqliteStore) -> None:
        super().__init__(store.path)
        self.bad: set[str] = set()
        self.faults: list[Exception] = []
        self.asked = 0

    def keep(
        self, events: Sequence[Event], *, stream: str = "", cursor: str = "", labels: Labels | None = None
    ) -> Kept:
        self.asked += 1
        if self.faults:
            raise self.faults.pop(0)
        if any(isinstance(each, Post) and each.key in self.bad for each in events):
            raise sqlite3.IntegrityError("no")
        return super().keep(events, stream=stream, cursor=cursor, labels=labels)


@pytest.fixture
def store():
    made = Fragile(open_archive())
    yield made
    made.close()


@pytest.fixture
def writer(store) -> Writer:
    return Writer(store, Basket(), Noted(), lambda key, posts: posts, Pace(pauses=(0.001, 0.001)))


def post(number: int, **more: Any) -> Post:
    return Post(
        network="bluesky", key=f"k{number}", at=AT + number, author="a", text=f"post {number}", **more
    )


def kept(store: SqliteStore) -> list[str]:
    return sorted(
        (hit.post.key for hit in store.find(Since(0), limit=1000).hits), key=lambda key: int(key[1:])
    )


def test_events_and_cursor_of_each_stream_are_kept_and_counted(store, writer):
    writer.write(
        [
            Arrived(KEY, [post(1), post(2)], "20", 20, frames=3, bytes=500),
            Arrived("bluesky/2", [post(3)], "7", 7, frames=1, bytes=90),
            Arrived(KEY, [post(2), post(4)], "40", 40, frames=2, bytes=400),
        ]
    )
    assert kept(store) == ["k1", "k2", "k3", "k4"]
    assert (store.cursor(KEY), store.cursor("bluesky/2")) == ("40", "7")
    tally = writer.tally(KEY)
    assert (tally.posts, tally.frames, tally.bytes, tally.at) == (3, 5, 900, 40)
    assert writer.tally(KEY).frames == 0


def test_one_bad_event_is_put_aside_and_all_others_are_kept(store, writer):
    store.bad = {"k37"}
    writer.write([Arrived(KEY, [post(number) for number in range(100)], "100")])
    assert kept(store) == [f"k{number}" for number in range(100) if number != 37]
    assert store.cursor(KEY) == "100"
    (letter,) = writer.books.letters
    assert b'"k37"' in letter.raw
    assert "It cannot be kept" in letter.error
    assert store.asked < 20  # halved, not one by one


def test_batch_of_bad_events_alone_moves_the_cursor_on(store, writer):
    store.bad = {"k1", "k2"}
    writer.write([Arrived(KEY, [post(1), post(2)], "2")])
    assert (kept(store), store.cursor(KEY), len(writer.books.letters)) == ([], "2", 2)


@pytest.mark.parametrize(
    "fault",
    [Unavailable("The disk is full."), sqlite3.OperationalError("locked"), OSError(28, "No space left")],
)
def test_fault_of_a_database_is_never_poison(store, writer, fault):
    store.faults = [fault, fault, fault]
    writer.write([Arrived(KEY, [post(1)], "1")])
    assert (kept(store), store.cursor(KEY)) == (["k1"], "1")
    assert not writer.books.letters
    assert writer.error == ""


def test_fault_is_said_while_it_lasts(store, writer):
    store.faults = [Unavailable("The disk is full.")] * 10_000
    writer.basket.put(Arrived(KEY, [post(1)], "1"), threading.Event())
    thread = threading.Thread(target=writer.run, daemon=True)
    thread.start()
    for _each in range(200):
        if writer.error:
            break
        threading.Event().wait(0.01)
    assert writer.error == "The disk is full."
    store.faults = []
    writer.stopping.set()
    thread.join(5)
    assert (kept(store), writer.error) == (["k1"], "")


def test_what_lies_in_the_basket_is_written_before_the_end(store, writer):
    for number in range(50):
        writer.basket.put(Arrived(KEY, [post(number)], str(number)), threading.Event())
    writer.stopping.set()
    writer.run()
    assert len(kept(store)) == 50


def test_gaps_and_poison_are_noted_before_the_cursor_moves(store, writer):
    writer.books.note_hole = lambda key, hole: store.cursor(KEY) == "" or pytest.fail("too late")
    writer.books.put_aside = lambda key, letters: store.cursor(KEY) == "" or pytest.fail("too late")
    writer.write([Arrived(KEY, [post(1)], "9", letters=[Letter("", b"x", "")], hole=Hole(1, 2))])
    assert store.cursor(KEY) == "9"


def test_gap_is_closed_once_what_fills_it_is_kept(store, writer):
    filled = Filled(1, "wss://a.example")
    writer.write([Arrived(filling(KEY), [post(1), post(2)])])
    writer.write([Arrived(filling(KEY), [post(2), post(3)]), Arrived(filling(KEY), [], filled=filled)])
    assert writer.books.filled == [(filled, 3)]
    assert store.cursor(filling(KEY)) == ""


def test_only_what_is_chosen_is_kept_and_what_is_taken_back_always_goes(store, writer):
    writer.write([Arrived(KEY, [post(number) for number in range(10)], "1")])
    writer.choose = lambda key, posts: [each for each in posts if each.key == "k11"] if key == KEY else posts
    came: list[Event] = [post(10), Gone(network="bluesky", key="k3", at=AT), post(11), post(12)]
    writer.write([Arrived(KEY, came, "2"), Arrived(verified(KEY), [post(13)], "2")])
    assert kept(store) == [f"k{number}" for number in (0, 1, 2, 4, 5, 6, 7, 8, 9, 11)]


def test_sample_is_always_the_same_and_about_as_large_as_it_says():
    posts = [post(number) for number in range(10_000)]
    chosen = [each.key for each in posts if in_sample(each, 10)]
    assert chosen == [each.key for each in reversed(posts) if in_sample(each, 10)][::-1]
    assert 900 < len(chosen) < 1100
