"""Start the servers and the process for streams, kill -9 it again and again, and ask the judge.

DJANGO_SETTINGS_MODULE=samspill.settings python -m samspill.flows.tests.streams.run [EVENTS [KILLS [SEED]]]
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from samspill.archive.arrivals import verified
from samspill.archive.open import open_archive
from samspill.flows.tests.streams.check import Verdict, judge
from samspill.networks.bluesky.jetstream import Place
from samspill.publishing.tests.process.run import database, process, wait_for

HERE = "samspill.flows.tests.streams"
RATE = 2500.0  # events a second


@dataclass(frozen=True)
class Run:
    """What happened in a run, and the judge's verdict."""

    verdict: Verdict
    kills: int
    faults: Counter[str]
    late: int  # posts that only the second reader has seen
    seconds: float

    def __str__(self) -> str:
        return (
            f"{self.verdict}; {self.kills} kills, {self.faults['cuts']} cuts,"
            f" {self.faults['silences']} silences, {self.late} found late, {self.seconds:.0f} s"
        )


def run(
    empty: Path, *, events: int, kills: int, way: str = "product", seed: int = 1, patience: float = 900
) -> Run:
    """Stream, killing the process now and then, until all has come or `patience` seconds are over."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        shutil.copy(empty, folder / "samspill.sqlite3")
        words = [f"{HERE}.servers", place, str(seed), str(events), str(RATE)]
        with process(folder, words, {}) as servers:
            ports = json.loads(wait_for(folder / "ports.json", servers).read_text())
            more = {"SAMSPILL_PRIVATE_HOSTS": ",".join(f"127.0.0.1:{port}" for port in ports)}
            began = time.monotonic()
            with process(folder, [f"{HERE}.worker", place, way], more) as parent:
                wait_for(folder / "pid", parent)
                killed = _kill(folder, kills, events / RATE / max(kills, 1), way, seed, began + patience)
            servers.send_signal(signal.SIGTERM)
            counts = json.loads(wait_for(folder / "counts.json", servers).read_text())
        put_aside, late = _books(folder)
        with closing(open_archive(folder)) as store:
            verdict = judge(folder, store, put_aside)
        faults = sum((Counter(each) for each in counts), Counter[str]())
        return Run(verdict, killed, faults, late, time.monotonic() - began)


def _kill(folder: Path, kills: int, pause: float, way: str, seed: int, until: float) -> int:
    """Kill the process at random moments until all has come; how many times."""
    chance, killed = random.Random(seed), 0
    is_done = _end(folder, way)
    while time.monotonic() < until and not (is_done() and killed >= kills):
        time.sleep(pause * chance.uniform(0.2, 1.8) if killed < kills else 0.1)
        if killed < kills:
            with suppress(ProcessLookupError):
                os.kill(int((folder / "pid").read_text()), signal.SIGKILL)
                killed += 1
    time.sleep(0.3)  # for what is in the basket
    return killed


def _end(folder: Path, way: str) -> Callable[[], bool]:
    """Whether the stream, and its second reader where it has one, has come past all events that count."""
    last, key = json.loads((folder / "truth.json").read_text())["last"], (folder / "key").read_text()
    keys = [key, verified(key)] if way == "product" else [key]

    def is_done() -> bool:
        with closing(open_archive(folder)) as store:
            return all(Place.read(store.cursor(each)).at > last for each in keys)

    return is_done


def _books(folder: Path) -> tuple[int, int]:
    """How many frames were put aside, and how many posts were found late."""
    with sqlite3.connect(folder / "samspill.sqlite3", timeout=20) as file:
        (letters,) = file.execute("SELECT count(*) FROM archive_deadletter").fetchone()
        (late,) = file.execute("SELECT late_found_total FROM archive_stream").fetchone()
    return letters, late


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:]]
    with tempfile.TemporaryDirectory() as made:
        done = run(
            database(Path(made)),
            events=numbers[0] if numbers else 10_000,
            kills=numbers[1] if len(numbers) > 1 else 8,
            seed=numbers[2] if len(numbers) > 2 else random.randrange(2**32),
        )
        print(done)  # noqa: T201
