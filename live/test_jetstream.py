"""A real server of Bluesky's, with a real Jetstream before it or alone, and our process for streams.

Kari and Ola write while all of them are killed with -9 and started again. What their server said it has taken
must be in the archive, once; what they delete must be gone from it.
"""

from __future__ import annotations

import json
import os
import random
import signal
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import httpx
import pytest

from live.servers.bluesky import Person
from live.servers.jetstream import Firehose, running_firehose
from live.servers.jetstream.server import CURSOR
from samspill.archive.open import open_archive
from samspill.archive.query_parse import parse
from samspill.archive.store.sqlite import SqliteStore
from samspill.flows.tests.streams.run import HERE
from samspill.publishing.tests.process.run import database, process, wait_for

POSTS = 400
KILLS = 12  # four of each
GONE_WITHIN = 5.0  # seconds


@dataclass
class House:
    """The product's process for streams, over an archive of its own."""

    folder: Path

    def store(self) -> SqliteStore:
        return open_archive(self.folder)

    def kill(self) -> None:
        """Kill the process (SIGKILL); its parent starts it anew."""
        with suppress(ProcessLookupError):
            os.kill(int((self.folder / "pid").read_text()), signal.SIGKILL)


@pytest.fixture(scope="module")
def firehose() -> Iterator[Firehose]:
    with running_firehose() as servers:
        yield servers


@pytest.fixture(params=["jetstream", "pds"])
def house(request: pytest.FixtureRequest, firehose: Firehose, tmp_path: Path) -> Iterator[House]:
    """Listens to Jetstream, or to the server itself."""
    with listening(firehose.ports[request.param], tmp_path) as house:
        yield house


@contextmanager
def listening(port: int, folder: Path) -> Iterator[House]:
    database(folder)
    (folder / "ports.json").write_text(json.dumps([port]))
    (folder / "truth.json").write_text(json.dumps({"begin": time.time_ns() // 1000}))
    allowed = {"SAMSPILL_PRIVATE_HOSTS": f"127.0.0.1:{port}"}
    with process(folder, [f"{HERE}.worker", str(folder), "product"], allowed) as parent:
        wait_for(folder / "pid", parent)
        yield House(folder)


def kept(house: House, text: str, people: Sequence[Person]) -> list[str]:
    """The keys of these people's posts that a search finds, as often as it shows them."""
    query = parse(text, datetime.now(UTC), ZoneInfo("Europe/Oslo"))
    with closing(house.store()) as store:
        hits = store.find(query, limit=10 * POSTS).hits
    return [hit.post.key for hit in hits if hit.post.author in {person.did for person in people}]


def wait_until(holds: Callable[[], bool], seconds: float) -> float:
    """How long it took. Fails when it takes longer than `seconds`."""
    began = time.monotonic()
    while not holds():
        assert time.monotonic() - began < seconds, f"not within {seconds:.0f} s"
        time.sleep(0.05)
    return time.monotonic() - began


class Writing(threading.Thread):
    """Somebody writes so many posts. `said` are those that the server has said it has taken."""

    def __init__(self, person: Person, count: int) -> None:
        super().__init__(daemon=True)
        self.person, self.count = person, count
        self.said: list[str] = []

    def run(self) -> None:
        for number in range(self.count):
            text = f"Innlegg {number} om #vannverk"
            record = {"text": text, "langs": ["nb"], "facets": self.person.facets(text)}
            while True:
                try:
                    self.said.append(self.person.create("app.bsky.feed.post", record))
                    break
                except (httpx.TransportError, AssertionError):  # the server is down: again
                    time.sleep(0.1)
            time.sleep(0.05)


def test_nothing_is_lost_though_server_jetstream_and_product_are_killed(
    firehose: Firehose, house: House, capsys: pytest.CaptureFixture[str]
) -> None:
    seed = random.SystemRandom().randrange(2**32)
    chance = random.Random(seed)
    people = [firehose.create_account(name) for name in ("kari", "ola")]
    time.sleep(CURSOR + 1)
    writing = [Writing(person, POSTS // 2) for person in people]
    for each in writing:
        each.start()
    for whom in chance.sample(["pds", "jetstream", "product"] * (KILLS // 3), KILLS):
        time.sleep(chance.uniform(0.2, 1.5))
        if whom == "product":
            house.kill()
            continue
        firehose.kill(whom)
        time.sleep(chance.uniform(0, 1.0))
        firehose.start(whom)
        if not firehose.is_running("jetstream"):  # it may end when its server does
            firehose.start("jetstream")
    for each in writing:
        each.join(120)
    said = {key for each in writing for key in each.said}
    assert len(said) == POSTS, f"seed {seed}"

    try:
        wait_until(lambda: said <= set(kept(house, "#vannverk", people)), 60)
    finally:
        found = kept(house, "#vannverk", people)
        with capsys.disabled():
            lost = len(said - set(found))
            print(f"\nlive: {len(said)} posts, {KILLS} kills: {lost} lost, {len(found)} kept (seed {seed})")
    assert len(found) == len(set(found)), f"seed {seed}"


def test_what_is_deleted_on_the_network_is_gone_from_search(
    firehose: Firehose, house: House, capsys: pytest.CaptureFixture[str]
) -> None:
    kari = firehose.create_account("kari")
    words = ("første", "annet")
    stays, goes = (kari.create("app.bsky.feed.post", {"text": f"Et {word} innlegg"}) for word in words)
    wait_until(lambda: set(kept(house, "innlegg", [kari])) >= {stays, goes}, 30)

    kari.delete(goes)
    took = wait_until(lambda: goes not in kept(house, "innlegg", [kari]), GONE_WITHIN)

    with capsys.disabled():
        print(f"\nlive: gone from search {took * 1000:.0f} ms after it was deleted")
    assert stays in kept(house, "innlegg", [kari])
