"""Start the networks and the workers, kill -9 again and again, and ask the judge.

python -m samspill.publishing.tests.process.run [DELIVERIES [KILLS [SEED]]]
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from samspill.publishing.tests.process.check import Verdict, judge

ROOT = Path(__file__).resolve().parents[4]
HERE = "samspill.publishing.tests.process"
LAST_ARRIVAL = 2.0  # seconds after which no request is on its way any more
DONE = "SELECT count(*) FROM publishing_delivery WHERE state IN ('scheduled', 'sending', 'uncertain')"
SAID = """
    SELECT version.text, channel.network, delivery.state FROM publishing_delivery AS delivery
    JOIN publishing_version AS version ON version.id = delivery.version_id
    JOIN networks_channel AS channel ON channel.id = delivery.channel_id"""


@dataclass(frozen=True)
class Run:
    """What happened in a run, and the judge's verdict."""

    verdict: Verdict
    kills: int
    points: Counter[str] = field(default_factory=Counter)  # workers that died at a named point
    states: Counter[str] = field(default_factory=Counter)
    seconds: float = 0

    def __str__(self) -> str:
        dead = self.kills + self.points.total()
        return f"{self.verdict}; {dead} workers killed, {self.seconds:.0f} s, {dict(self.states)}"


def database(folder: Path) -> Path:
    """An empty database with all its tables, made once and copied for each run."""
    env = _env(folder, {})
    subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], cwd=ROOT, env=env, check=True)
    with sqlite3.connect(folder / "samspill.sqlite3") as file:
        file.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return folder / "samspill.sqlite3"


def run(
    empty: Path,
    *,
    deliveries: int,
    kills: int,
    rate: float = 0.2,
    way: str = "product",
    workers: int = 3,
    seed: int = 1,
    patience: float = 300,
) -> Run:
    """Deliver, killing a worker now and then, until all is done or `patience` seconds are over."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        shutil.copy(empty, folder / "samspill.sqlite3")
        words = [HERE + ".networks", place, str(seed), str(rate)]
        with process(folder, words, {}) as networks:
            ports = json.loads(wait_for(folder / "ports.json", networks).read_text())
            hosts = ",".join(f"127.0.0.1:{port}" for port in ports.values())
            more = {"SAMSPILL_PRIVATE_HOSTS": hosts}
            words = [HERE + ".workers", place, way, str(workers), str(deliveries), str(seed)]
            with process(folder, words, more) as parent:
                wait_for(folder / "ready", parent)
                networks.send_signal(signal.SIGUSR1)
                began = time.monotonic()
                killed = _kill(folder, kills, random.Random(seed), began + patience)
                seconds = time.monotonic() - began
            time.sleep(LAST_ARRIVAL)
            networks.send_signal(signal.SIGTERM)
            wait_for(folder / "state.json", networks)
        states = _say(folder)
        points = folder / "points"
        died = Counter(points.read_text().split()) if points.exists() else Counter()
        return Run(judge(folder), killed, died, states, seconds)


def _kill(folder: Path, kills: int, chance: random.Random, until: float) -> int:
    """Kill a worker at random moments until everything is done; how many were killed."""
    killed = 0
    pause = 0.25
    while time.monotonic() < until and (left := _left(folder)):
        time.sleep(pause * chance.uniform(0.2, 1.8))
        pids = [int(pid) for pid in (folder / "pids").read_text().split()] if left else []
        if killed < kills and pids:
            with suppress(ProcessLookupError):
                os.kill(chance.choice(pids), signal.SIGKILL)
                killed += 1
    return killed


def _left(folder: Path) -> int:
    with sqlite3.connect(folder / "samspill.sqlite3", timeout=20) as file:
        return int(file.execute(DONE).fetchone()[0])


def _say(folder: Path) -> Counter[str]:
    """Write into the history what the product says of each delivery."""
    with sqlite3.connect(folder / "samspill.sqlite3") as file:
        rows = file.execute(SAID).fetchall()
    with (folder / "history.jsonl").open("a", encoding="utf-8") as history:
        for text, network, state in rows:
            history.write(json.dumps({"said": text, "network": network, "state": state}) + "\n")
    return Counter(state for _text, _network, state in rows)


@contextmanager
def process(folder: Path, words: list[str], env: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    with (folder / f"{words[0].rpartition('.')[2]}.log").open("wb") as log:
        started = subprocess.Popen(
            [sys.executable, "-m", *words], cwd=ROOT, env=_env(folder, env), stdout=log, stderr=log
        )
        try:
            yield started
        finally:
            started.kill()
            started.wait()


def _env(folder: Path, more: dict[str, str]) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SAMSPILL_")}
    words = {"SAMSPILL_DATA": str(folder), "SAMSPILL_LOG_LEVEL": "WARNING"}
    return {**kept, **words, "DJANGO_SETTINGS_MODULE": "samspill.settings", **more}


def wait_for(path: Path, process: subprocess.Popen[bytes], seconds: float = 120) -> Path:
    until = time.monotonic() + seconds
    while not path.exists():
        if process.poll() is not None or time.monotonic() > until:
            logs = "\n".join(log.read_text(errors="replace")[-3000:] for log in path.parent.glob("*.log"))
            raise AssertionError(f"{path.name} did not come:\n{logs}")
        time.sleep(0.05)
    return path


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:]]
    with tempfile.TemporaryDirectory() as made:
        print(  # noqa: T201
            run(
                database(Path(made)),
                deliveries=numbers[0] if numbers else 100,
                kills=numbers[1] if len(numbers) > 1 else 12,
                seed=numbers[2] if len(numbers) > 2 else random.randrange(2**32),
            )
        )
