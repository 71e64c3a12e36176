"""What a person must know of a stream is noted once, and nothing of it is forgotten by itself."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from samspill.archive import books as books_module
from samspill.archive.arrivals import Filled, Hole, Letter
from samspill.archive.books import Books, moment
from samspill.archive.models import LARGEST_LETTER, Gap, Stream
from samspill.networks.bluesky.frames import micros

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
AT = micros(NOW)
HOUR = 3600 * 1_000_000


@pytest.fixture
def stream(cast) -> Stream:
    return Stream.objects.create(workspace=cast.fjord, source="wss://a.example wss://b.example")


@pytest.fixture
def books() -> Books:
    return Books()


def test_frame_that_nobody_could_read_is_put_aside_once(stream, books):
    for cursor in ("1", "2"):
        books.put_aside(stream.key, [Letter(cursor, b"\xff\x00poison", "no \0 JSON")])
    (letter,) = stream.letters.all()
    assert (letter.cursor, letter.error, letter.size, bytes(letter.raw)) == (
        "1",
        "no  JSON",
        8,
        b"\xff\x00poison",
    )
    assert letter.shown() == "\\xff\x00poison"


def test_large_frame_is_kept_up_to_64_kb(stream, books):
    books.put_aside(stream.key, [Letter("", b"x" * 200_000, "")])
    letter = stream.letters.get()
    assert (letter.size, len(letter.raw)) == (200_000, LARGEST_LETTER)


def test_flood_of_poison_keeps_the_newest(stream, books, monkeypatch):
    monkeypatch.setattr(books_module, "MOST_LETTERS", 3)
    for number in range(5):
        books.put_aside(stream.key, [Letter("", b"%d" % number, "")])
    assert [bytes(letter.raw) for letter in stream.letters.all()] == [b"4", b"3", b"2"]


def test_gap_is_noted_once_and_grows(stream, books):
    for end in (2, 3, 1):
        books.note_hole(stream.key, Hole(AT, AT + end * HOUR))
    (gap,) = stream.gaps.all()
    assert (gap.since, gap.until) == (NOW, NOW + timedelta(hours=3))


def test_gap_is_closed_by_what_filled_it_and_open_again_when_it_grows(stream, books):
    books.note_hole(stream.key, Hole(AT, AT + HOUR))
    books.close_hole(stream.key, Filled(AT, "wss://b.example"), 12)
    gap = stream.gaps.get()
    assert gap.closed_at
    assert (gap.filled_by, gap.filled_posts) == ("wss://b.example", 12)
    books.note_hole(stream.key, Hole(AT, AT + HOUR))
    assert Gap.objects.get().closed_at
    books.note_hole(stream.key, Hole(AT, AT + 2 * HOUR))
    assert Gap.objects.get().closed_at is None


def test_gap_is_tried_at_once_then_each_hour_and_given_up_after_a_week(stream, books):
    with time_machine.travel(NOW, tick=False) as clock:
        books.note_hole(stream.key, Hole(AT, AT + HOUR))
        assert books.due_holes(stream.key) == [Hole(AT, AT + HOUR)]
        assert books.due_holes(stream.key) == []
        clock.move_to(NOW + timedelta(hours=1))
        assert len(books.due_holes(stream.key)) == 1
        clock.move_to(NOW + timedelta(days=8))
        assert books.due_holes(stream.key) == []
    gap = stream.gaps.get()
    assert gap.tries == 2
    assert gap.closed_at is None


def test_stream_that_was_removed_has_no_books(stream, books):
    key = stream.key
    stream.delete()
    books.put_aside(key, [Letter("", b"x", "")])
    books.note_hole(key, Hole(AT, AT + 1))
    books.close_hole(key, Filled(AT, "x"), 1)
    assert books.due_holes(key) == []


def test_moment_is_exact_to_the_microsecond():
    for at in (1, AT + 1, 4_102_444_799_999_999):
        assert micros(moment(at)) == at
