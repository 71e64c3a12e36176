"""The basket is bounded, loses nothing and keeps the order."""

from __future__ import annotations

import threading
import time

from samspill.archive.arrivals import Arrived, Basket
from samspill.archive.posts import Gone

ON = threading.Event()


def arrived(count: int, cursor: str = "", size: int = 0) -> Arrived:
    return Arrived("a", [Gone(network="x", key=str(each), at=1) for each in range(count)], cursor, bytes=size)


def test_full_basket_holds_its_caller_back_until_there_is_room():
    basket, left = Basket(most_events=10), []

    def fill() -> None:
        for number in range(6):
            basket.put(arrived(5, str(number)), ON)
            left.append(number)

    filler = threading.Thread(target=fill)
    filler.start()
    time.sleep(0.1)
    assert left == [0, 1]
    taken = [basket.take(10, 0.01) for _each in range(3)]
    filler.join(2)
    assert left == [0, 1, 2, 3, 4, 5]
    assert [each.cursor for batch in taken for each in batch] == ["0", "1", "2", "3", "4", "5"]
    assert basket.events == 0


def test_large_frames_fill_it_too():
    basket, stopping = Basket(most_bytes=1000), threading.Event()
    assert basket.put(arrived(1, size=2000), stopping)
    stopping.set()
    assert not basket.put(arrived(1), stopping)
    assert basket.take(10, 0)
    assert basket.put(arrived(1), stopping)


def test_small_batch_waits_its_time_and_no_longer():
    basket = Basket()
    began = time.monotonic()
    assert basket.take(2000, 0.05) == []
    basket.put(arrived(3), ON)
    assert len(basket.take(2000, 0.1)) == 1
    assert 0.15 <= time.monotonic() - began < 0.6


def test_full_batch_does_not_wait():
    basket = Basket()
    basket.put(arrived(2000), ON)
    began = time.monotonic()
    assert len(basket.take(2000, 5.0)) == 1
    assert time.monotonic() - began < 1.0


def test_batch_is_never_larger_than_asked_but_for_what_came_as_one():
    basket = Basket()
    for size in (400, 400, 400, 900):
        basket.put(arrived(size), ON)
    sizes = [sum(len(each.events) for each in basket.take(800, 0)) for _round in range(3)]
    assert sizes == [800, 400, 900]
