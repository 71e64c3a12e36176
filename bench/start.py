"""How soon the first page is there after the start, and how much memory the whole group holds when idle.

Each run starts in a data folder of its own: fresh (everything is made) and again (everything is there).
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from bench import results

ROOT = Path(__file__).resolve().parent.parent
GOALS = {"first page, fresh (s)": 3.0, "idle memory, PSS (MB)": 350.0}
IDLE = 20.0  # seconds of quiet before the memory is read


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs
    fresh, again, memory = [], [], []
    for number in range(runs):
        folder = Path(tempfile.mkdtemp(prefix="samspill-start-"))
        try:
            fresh.append(start(folder))
            seconds, pss, rss, processes = start_and_rest(folder, rest=IDLE if number == 0 else 5.0)
            again.append(seconds)
            memory.append((pss, rss, processes))
        finally:
            shutil.rmtree(folder)
    print(
        f"{runs} runs, python {sys.version.split()[0]}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}"
    )
    results.show(
        {
            "first page, fresh (s)": fresh,
            "first page, again (s)": again,
            "idle memory, PSS (MB)": [pss for pss, _rss, _n in memory],
            "idle memory, RSS summed (MB)": [rss for _pss, rss, _n in memory],
            "processes": [float(n) for _pss, _rss, n in memory],
        },
        GOALS,
    )
    kept = {"fresh_s": fresh, "again_s": again, "pss_mb": [each[0] for each in memory]}
    results.keep("start", {**kept, "rss_mb": [each[1] for each in memory], "load": os.getloadavg()[0]})


def start(folder: Path) -> float:
    return start_and_rest(folder, rest=0.0)[0]


def start_and_rest(folder: Path, rest: float) -> tuple[float, float, float, int]:
    """Seconds until the first page; then, after a rest, PSS and RSS in MB and the number of processes."""
    port = free_port()
    env = os.environ | {"SAMSPILL_DATA": str(folder), "SAMSPILL_PORT": str(port)}
    began = time.monotonic()
    group = subprocess.Popen(
        [sys.executable, "manage.py", "run"], cwd=ROOT, env=env, stdout=subprocess.DEVNULL
    )
    try:
        seconds = until_page(f"http://localhost:{port}/", began)
        time.sleep(rest)
        pids = [group.pid, *below(group.pid)]
        return seconds, total(pids, "Pss"), total(pids, "Rss"), len(pids)
    finally:
        group.send_signal(signal.SIGINT)
        group.wait(40)


def until_page(address: str, began: float) -> float:
    while time.monotonic() - began < 60:
        try:
            with urllib.request.urlopen(address, timeout=30) as page:
                page.read()
            return time.monotonic() - began
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.01)
    raise SystemExit("No page within a minute.")


def below(pid: int) -> list[int]:
    """All descendants of a process (Linux)."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [each for child in children for each in (int(child), *below(int(child)))]


def total(pids: list[int], what: str) -> float:
    """MB over the processes. Pss counts a page that n share as one n-th for each; Rss counts it n times."""
    kilobytes = 0
    for pid in pids:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith(f"{what}:"):
                kilobytes += int(line.split()[1])
    return kilobytes / 1024


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


if __name__ == "__main__":
    main()
