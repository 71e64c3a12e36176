"""How fast posts come into the archive and questions are answered, beside a plain SQLite of the same run.

Posts are invented with the skew of life: Zipf for hashtags, words and people. Ours goes through the product's
own store, with its cursor and its look for what is kept; the other is the plainest that does the same.
"""

from __future__ import annotations

import argparse
import os
import resource
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate, islice
from pathlib import Path
from random import Random
from typing import Any

from bench import results

BATCH = 2000
TAGS, WORDS, PEOPLE = 60_000, 120_000, 200_000
SINCE = 1_780_000_000_000  # milliseconds since 1970
DAY = 86_400_000
LETTERS = "abcdefghijklmnoprstuvyæøå"
SORTED = "234567abcdefghijklmnopqrstuvwxyz"
# Milliseconds at the 99th percentile, with ten million posts on two cores.
GOALS = {
    "tag_newest": 1,
    "word_newest": 2,
    "tag_two": 3,
    "boolean": 3,
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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--posts", type=int, default=300_000)
    parser.add_argument("--questions", type=int, default=200, help="of each class")
    said = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="samspill-search-") as folder:
        os.environ |= {"SAMSPILL_DATA": folder, "DJANGO_SETTINGS_MODULE": "samspill.settings"}
        kept = measure(Path(folder), said.posts, said.questions)
    show(kept, said.posts)
    results.keep("search", kept)


def measure(folder: Path, posts: int, questions: int) -> dict[str, Any]:
    from samspill.archive.store.sqlite import SqliteStore

    world = World(Random(1))
    ours, plain = SqliteStore(folder / "archive.sqlite3"), Plain(folder / "plain.sqlite3")
    took, longest, plain_took = 0.0, 0.0, 0.0
    stream = world.posts(posts)
    while batch := list(islice(stream, BATCH)):
        begun = time.perf_counter()
        ours.keep(batch, stream="bench", cursor=batch[-1].key)
        one = time.perf_counter() - begun
        took, longest = took + one, max(longest, one)
        begun = time.perf_counter()
        plain.keep(batch)
        plain_took += time.perf_counter() - begun
    found: dict[str, Any] = {
        "n_posts": posts,
        "load": os.getloadavg()[0],
        "ingest_posts_per_s": round(posts / took),
        "ingest_peers": {"plain_sqlite": round(posts / plain_took)},
        "commit_ms_max": round(longest * 1000),
        "bytes_per_post": round(size(folder, "archive") / posts),
        "bytes_peers": {"plain_sqlite": round(size(folder, "plain") / posts)},
        "cold_start_ms": round(cold(folder), 1),
        "classes": dict(classes(world, ours, plain, questions)),
        "rss_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }
    ours.close()
    return found


def size(folder: Path, name: str) -> int:
    """Bytes on disk when all of the log has moved into the file."""
    with sqlite3.connect(folder / f"{name}.sqlite3") as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return (folder / f"{name}.sqlite3").stat().st_size


def cold(folder: Path) -> float:
    """Milliseconds from nothing open to the first answer, in this process."""
    from samspill.archive.query import Tag
    from samspill.archive.store.sqlite import SqliteStore

    begun = time.perf_counter()
    SqliteStore(folder / "archive.sqlite3").find(Tag("aaa"))
    return (time.perf_counter() - begun) * 1000


class World:
    """Words, hashtags and people, each as often as its place in the row allows: 1, 1/2, 1/3 ..."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.tags = self._names(TAGS, 4, 12)
        self.words = self._names(WORDS, 2, 11)
        self.zipf = {
            n: list(accumulate(1 / place for place in range(1, n + 1))) for n in (TAGS, WORDS, PEOPLE)
        }
        self.until = SINCE

    def _names(self, count: int, least: int, most: int) -> list[str]:
        found: dict[str, None] = {}
        while len(found) < count:
            found["".join(self.random.choices(LETTERS, k=self.random.randint(least, most)))] = None
        return list(found)

    def posts(self, count: int) -> Iterator[Any]:
        from samspill.archive.posts import Post

        random = self.random
        for number in range(count):
            self.until += random.randrange(0, 2 * 30 * DAY // count)  # a month of them
            tags = dict.fromkeys(self.pick(self.tags, random.choice((0, 0, 1, 1, 2, 3))))
            words = self.pick(self.words, random.randint(6, 24))
            links = (
                (f"https://{self.words[number % 300]}.example/{number % 900}",)
                if random.random() < 0.3
                else ()
            )
            (who,) = random.choices(range(PEOPLE), cum_weights=self.zipf[PEOPLE])
            yield Post(
                network="bluesky",
                key=f"did:plc:{who:024d}/app.bsky.feed.post/{tid(self.until * 1000 + number % 1000)}",
                at=self.until,
                author=f"did:plc:{who:024d}",
                text=" ".join([*words, *links, *(f"#{tag}" for tag in tags)]),
                lang=random.choice(("nb", "nn", "en", "en", "en")),
                tags=tuple(tags),
                links=links,
            )

    def pick(self, values: Sequence[str], count: int) -> list[str]:
        return self.random.choices(values, cum_weights=self.zipf[len(values)], k=count)


def tid(moment: int) -> str:
    """Of a moment in microseconds, as atproto writes it."""
    number, said = moment << 10, ""
    for _sign in range(13):
        said, number = SORTED[number & 31] + said, number >> 5
    return said


class Plain:
    """FTS5 with its texts, and a table of hashtags with an index: what one would write in an afternoon."""

    def __init__(self, path: Path) -> None:
        self.connection = sqlite3.connect(path, isolation_level=None)
        self.connection.executescript("""
            PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;
            CREATE TABLE post(id INTEGER PRIMARY KEY, key TEXT UNIQUE, at INTEGER, author TEXT, lang TEXT);
            CREATE INDEX post_at ON post(at);
            CREATE TABLE tag(tag TEXT, at INTEGER, post INTEGER);
            CREATE INDEX tag_at ON tag(tag, at);
            CREATE VIRTUAL TABLE word USING fts5(text, tokenize='unicode61 remove_diacritics 0');
        """)

    def keep(self, posts: Sequence[Any]) -> None:
        execute = self.connection.execute
        execute("BEGIN")
        for post in posts:
            cursor = execute(
                "INSERT OR IGNORE INTO post(key, at, author, lang) VALUES(?, ?, ?, ?)",
                (post.key, post.at, post.author, post.lang),
            )
            execute("INSERT INTO word(rowid, text) VALUES(?, ?)", (cursor.lastrowid, post.text))
            for tag in post.tags:
                execute("INSERT INTO tag VALUES(?, ?, ?)", (tag, post.at, cursor.lastrowid))
        execute("COMMIT")

    def ask(self, question: str, *values: Any) -> None:
        self.connection.execute(question, values).fetchall()


def classes(world: World, ours: Any, plain: Plain, questions: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each class on both, one question on the one and the same on the other, in turn."""
    random = Random(2)
    world.random = random
    for name, mine, theirs in asked(world, ours, plain):
        times: list[float] = []
        others: list[float] = []
        for _question in range(questions):
            tags, words = world.pick(world.tags, 20), world.pick(world.words, 4)
            times.append(took(mine, tags, words))
            if theirs is not None:
                others.append(took(theirs, tags, words))
        peers = {"plain_sqlite": spread(others)} if others else {}
        yield name, {**spread(times), "peers": peers}


def took(question: Callable[[list[str], list[str]], Any], tags: list[str], words: list[str]) -> float:
    begun = time.perf_counter()
    question(tags, words)
    return (time.perf_counter() - begun) * 1000


def spread(times: Sequence[float]) -> dict[str, Any]:
    cuts = statistics.quantiles(times, n=100)
    return {"p50_ms": round(cuts[49], 3), "p95_ms": round(cuts[94], 3), "p99_ms": round(cuts[98], 3)}


Question = Callable[[list[str], list[str]], Any]


def asked(world: World, ours: Any, plain: Plain) -> Iterator[tuple[str, Question, Question | None]]:
    from samspill.archive.query import And, Field, Not, Or, Phrase, Tag, Word
    from samspill.archive.store import Order

    store, now = ours, world.until
    hour = 3_600_000
    end = now // hour * hour + hour
    month = (end - 30 * DAY, end, DAY)
    newest = "SELECT * FROM post JOIN word ON word.rowid = post.id WHERE id IN"
    by_tag = f"{newest} (SELECT post FROM tag WHERE tag = ? ORDER BY at DESC LIMIT 20)"
    by_word = f"{newest} (SELECT rowid FROM word WHERE word MATCH ? ORDER BY rowid DESC LIMIT 20)"

    def find(make: Callable[[list[str], list[str]], Any], order: Order = Order.NEWEST) -> Question:
        return lambda tags, words: store.find(make(tags, words), order)

    yield "tag_newest", find(lambda tags, _w: Tag(tags[0])), lambda tags, _w: plain.ask(by_tag, tags[0])
    yield (
        "word_newest",
        find(lambda _t, words: Word((words[0],))),
        lambda _t, words: plain.ask(by_word, f'"{words[0]}"'),
    )
    yield (
        "tag_two",
        find(lambda tags, _w: And((Tag(tags[0]), Tag(tags[1])))),
        lambda tags, _w: plain.ask(
            f"{newest} (SELECT post FROM tag a WHERE tag = ? AND EXISTS"
            " (SELECT 1 FROM tag b WHERE b.tag = ? AND b.at = a.at AND b.post = a.post)"
            " ORDER BY at DESC LIMIT 20)",
            tags[0],
            tags[1],
        ),
    )
    yield (
        "boolean",
        find(
            lambda tags, words: And((Or(tuple(map(Tag, tags))), Field("lang", "nb"), Not(Word((words[0],)))))
        ),
        None,
    )
    yield (
        "phrase_newest",
        find(lambda _t, words: Phrase((words[0], words[1]))),
        lambda _t, words: plain.ask(by_word, f'"{words[0]} {words[1]}"'),
    )
    yield (
        "tag_histogram",
        lambda tags, _w: store.histogram(Tag(tags[0]), *month),
        lambda tags, _w: plain.ask(f"SELECT at / {DAY}, count(*) FROM tag WHERE tag = ? GROUP BY 1", tags[0]),
    )
    yield (
        "tag_beside",
        lambda tags, _w: store.beside(Tag(tags[0]), "tags"),
        lambda tags, _w: plain.ask(
            "SELECT b.tag, count(*) FROM tag a JOIN tag b ON b.post = a.post AND b.at = a.at"
            " WHERE a.tag = ? GROUP BY 1 ORDER BY 2 DESC LIMIT 10",
            tags[0],
        ),
    )
    yield "domains", lambda tags, _w: store.beside(Tag(tags[0]), "domains"), None
    yield "voices", lambda tags, _w: store.beside(Tag(tags[0]), "voices"), None
    yield (
        "relevance",
        find(lambda _t, words: Word((words[0],)), Order.RELEVANT),
        lambda _t, words: plain.ask(
            "SELECT rowid FROM word WHERE word MATCH ? ORDER BY bm25(word) LIMIT 20", f'"{words[0]}"'
        ),
    )
    yield (
        "word_histogram",
        lambda _t, words: store.histogram(Word((words[0],)), *month),
        lambda _t, words: plain.ask(
            f"SELECT at / {DAY}, count(*) FROM word JOIN post ON id = word.rowid"
            " WHERE word MATCH ? GROUP BY 1",
            f'"{words[0]}"',
        ),
    )
    yield "trend_now", lambda _t, _w: store.trends(now, 1), None
    yield "trend_days", lambda _t, _w: store.trends(now, 240), None


def show(kept: dict[str, Any], posts: int) -> None:
    print(
        f"{posts:,} invented posts, python {sys.version.split()[0]}, SQLite {sqlite3.sqlite_version}, "
        f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}"
    )
    for key, value in kept.items():
        if key != "classes":
            print(f"{key:>22}  {value}")
    print(f"{'milliseconds':>22}  {'p50':>8} {'p99':>8} {'goal p99':>9}   plain SQLite p50 / p99")
    for name, each in kept["classes"].items():
        peer = each["peers"].get("plain_sqlite")
        beside = f"{peer['p50_ms']:.2f} / {peer['p99_ms']:.2f}" if peer else ""
        print(f"{name:>22}  {each['p50_ms']:8.2f} {each['p99_ms']:8.2f} {GOALS[name]:9}   {beside}")


if __name__ == "__main__":
    main()
