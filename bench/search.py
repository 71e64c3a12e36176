"""How fast posts come into the archive and questions are answered, beside other engines in the same run.

Ours goes through the product: raw Jetstream frames from a local socket into its process for streams, and is
asked while it goes on taking posts. The others are filled through their Python packages, and asked at rest.
"""

from __future__ import annotations

import argparse
import os
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

from bench import results
from bench.searching.peers import Asked, Peer, PlainSqlite, Question, Tantivy
from bench.searching.peers_sql import Chdb, Duck, Postgres
from bench.searching.posts import Drawn, Said, question, real_file, said

BATCH = 2000
LONGEST = 30.0  # seconds that one class of questions may take of one engine
# Milliseconds at the 99th percentile, with ten million posts on two cores.
GOALS = {
    "tag_newest": 1,
    "tag_two": 3,
    "tag_two_common": 3,
    "boolean": 3,
    "word_newest": 2,
    "phrase_newest": 10,
    "tag_histogram": 2,
    "tag_beside": 20,
    "domains": 20,
    "voices": 20,
    "relevance": 50,
    "word_histogram": 50,
    "trend_now": 10,
    "trend_days": 20,
}
PEERS: tuple[type[Peer], ...] = (PlainSqlite, Tantivy, Postgres, Chdb, Duck)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--posts", type=int, default=300_000)
    parser.add_argument("--questions", type=int, default=200, help="of each class")
    parser.add_argument("--invented", action="store_true", help="also where real ones lie beside the project")
    parser.add_argument("--without", action="append", default=[], help="an engine to leave out")
    asked = parser.parse_args()
    path = None if asked.invented else real_file()
    with tempfile.TemporaryDirectory(prefix="samspill-search-", ignore_cleanup_errors=True) as folder:
        os.environ |= {"SAMSPILL_DATA": folder, "DJANGO_SETTINGS_MODULE": "samspill.settings"}
        import django

        django.setup()
        kept = measure(Path(folder), asked.posts, asked.questions, path, set(asked.without))
    show(kept)
    results.keep("search", kept)


def measure(folder: Path, posts: int, questions: int, path: Path | None, without: set[str]) -> dict[str, Any]:
    from bench.searching import ours

    drawn = Drawn()
    found, classes = ours.measure(folder, posts, questions, path, drawn)
    found["posts"] = "real ones, said again with altered words" if path else "invented"
    for kind in PEERS:
        if kind.name in without:
            continue
        print(f"{kind.name} ...", flush=True)
        try:
            peer = kind(folder)
        except (ImportError, ValueError, OSError) as error:
            print(f"{kind.name} is not measured: {error}")
            continue
        found["ingest_peers"][kind.name], found["bytes_peers"][kind.name] = fill(
            peer, said(posts, path), posts
        )
        for name, times in ask(peer.questions(), drawn, questions):
            classes[name]["peers"][kind.name] = times
        peer.close()
    return {**found, "classes": classes}


def fill(peer: Peer, posts: Iterator[Said], count: int) -> tuple[int, int]:
    """Posts a second until they can be searched, their making left out; and bytes a post."""
    took = 0.0
    while batch := list(islice(posts, BATCH)):
        begun = time.perf_counter()
        peer.keep(batch)
        took += time.perf_counter() - begun
    begun = time.perf_counter()
    peer.settle()
    took += time.perf_counter() - begun
    return round(count / took), round(peer.bytes() / count)


def ask(
    questions: Mapping[str, Question], drawn: Drawn, count: int
) -> Iterator[tuple[str, dict[str, float]]]:
    """Each class in turn; one that takes very long is asked less often."""
    for name in GOALS:
        if name not in questions:
            continue
        one, times, until = questions[name], list[float](), time.monotonic() + LONGEST
        while len(times) < count and (len(times) < 5 or time.monotonic() < until):
            times.append(timed(one, question(drawn)))
        yield name, spread(times[1:])


def timed(one: Question, asked: Asked) -> float:
    begun = time.perf_counter()
    one(asked)
    return (time.perf_counter() - begun) * 1000


def spread(times: list[float]) -> dict[str, float]:
    """Percentiles in milliseconds, and of how many."""
    cuts = statistics.quantiles(times, n=100, method="inclusive")
    return {
        "p50_ms": round(cuts[49], 3),
        "p95_ms": round(cuts[94], 3),
        "p99_ms": round(cuts[98], 3),
        "asked": len(times),
    }


def show(kept: dict[str, Any]) -> None:
    print(
        f"{kept['n_posts']:,} posts ({kept['posts']}), python {sys.version.split()[0]},"
        f" SQLite {sqlite3.sqlite_version}, {os.cpu_count()} cores, load {kept['load']:.1f}"
    )
    for key, value in kept.items():
        if key != "classes":
            print(f"{key:>24}  {value}")
    names = list(kept["ingest_peers"])
    print(f"{'p50 / p99 ms':>16} {'goal':>5} {'ours':>16} " + " ".join(f"{name:>18}" for name in names))
    for name, each in kept["classes"].items():
        others = [each["peers"].get(peer) for peer in names]
        cells = " ".join(f"{_cell(other):>18}" for other in others)
        print(f"{name:>16} {GOALS[name]:>5} {_cell(each):>16} {cells}")


def _cell(times: Mapping[str, float] | None) -> str:
    return f"{times['p50_ms']:.2f} / {times['p99_ms']:.2f}" if times else "-"


if __name__ == "__main__":
    main()
