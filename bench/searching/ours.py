"""Ours: from raw frames on a socket to searchable, asked while it goes on; what a thousand watches cost."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import threading
import time
from array import array
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

from bench.searching.peers import Question
from bench.searching.posts import Drawn, Said, frame, said
from bench.searching.server import EVERY, framed

BATCH = 2000
LIVE = 100  # posts a second while questions are asked: about what all of Bluesky says
WATCHED = 20_000  # posts that go by a thousand watches
PROBES = 50
HOUR, DAY = 3_600_000, 86_400_000


def measure(
    folder: Path, posts: int, questions: int, path: Path | None, drawn: Drawn
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The figures of the whole, and those of each class of questions."""
    from bench.search import ask
    from samspill.archive.open import open_archive

    last = _write_frames(folder / "frames", said(posts, path), drawn)
    with _streaming(folder, last):
        took = _wait_for(folder, posts)
        store = open_archive(folder)
        with _talking(folder / "frames", posts) as world:
            probes = [world.probe(store) for _probe in range(PROBES)]
            store.close()
            classes = {
                name: {**times, "peers": {}}
                for name, times in ask(_questions(open_archive(folder)), drawn, questions)
            }
            added = world.said
        longest, memory = map(float, (folder / "longest").read_text().split())
    size = (folder / "archive.sqlite3").stat().st_size
    found = {
        "n_posts": posts,
        "load": os.getloadavg()[0],
        "ingest_posts_per_s": round(posts / took),
        "ingest_peers": {},
        "searchable_after_ms_p99": round(sorted(probes)[int(0.99 * len(probes))]),
        "commit_ms_max": round(longest),
        "bytes_per_post": round(size / (posts + added)),
        "bytes_peers": {},
        "rss_mb": round(memory),
        "cold_start_ms": _cold(folder),
        "watches_1000_share_of_ingest": _watches(folder, path),
    }
    return found, classes


def _write_frames(path: Path, posts: Iterator[Said], drawn: Drawn) -> int:
    """The frames as they go over the line, with an index of times. The time of the last, in microseconds."""
    index, place, at = array("q"), 0, 0
    with path.open("wb", buffering=2**20) as file:
        for number, post in enumerate(posts):
            drawn.meet(post)
            at = post.at * 1000
            if number % EVERY == 0:
                index.extend((at, place))
            place += file.write(framed(frame(post)))
    path.with_suffix(".index").write_bytes(index.tobytes())
    return at


@contextmanager
def _streaming(folder: Path, last: int) -> Iterator[None]:
    """The server, and the product's process for streams, which begins with the first frame."""
    from samspill.archive.arrivals import verified
    from samspill.archive.open import open_archive
    from samspill.networks.bluesky.jetstream import Place
    from samspill.publishing.tests.process.run import database

    database(folder)
    server = subprocess.Popen(
        [sys.executable, "-m", "bench.searching.server", str(folder / "frames")],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert server.stdout is not None
    port = int(server.stdout.readline())
    from samspill.accounts.models import Workspace
    from samspill.archive.models import Stream

    house = Workspace.objects.create(name="Bench", slug="bench")
    stream = Stream.objects.create(workspace=house, source=f"ws://127.0.0.1:{port}")
    store = open_archive(folder)
    store.keep([], stream=stream.key, cursor=Place(1_000_000).written())
    store.keep([], stream=verified(stream.key), cursor=Place(last).written())
    store.close()
    env = {**os.environ, "SAMSPILL_PRIVATE_HOSTS": f"127.0.0.1:{port}", "SAMSPILL_LOG_LEVEL": "WARNING"}
    collector = subprocess.Popen([sys.executable, "-m", "bench.searching.collector", str(folder)], env=env)
    try:
        yield
    finally:
        for process in (collector, server):
            process.terminate()
            process.wait(30)


def _wait_for(folder: Path, posts: int) -> float:
    """Seconds from the first post that is kept until all of them are, searchable for another process."""
    from samspill.archive.open import open_archive

    store, begun, first = open_archive(folder), 0.0, 0
    while (kept := store.size()[0]) < posts:
        if kept and not begun:
            begun, first = time.monotonic(), kept
        time.sleep(0.05)
    store.close()
    return (time.monotonic() - begun) * posts / max(posts - first, 1)


class _World:
    """Says posts at a steady pace, a probe among them now and then."""

    def __init__(self, path: Path, number: int) -> None:
        self.file = path.open("ab", buffering=0)
        self.number, self.said = number, 0
        self.lock, self.is_over = threading.Lock(), threading.Event()

    def run(self) -> None:
        words = [f"ord{random.randrange(1000)}" for _word in range(2000)]
        while not self.is_over.wait(0.1):
            for _post in range(LIVE // 10):
                self.say(" ".join(random.choices(words, k=15)), ("live",))

    def say(self, text: str, tags: tuple[str, ...]) -> None:
        with self.lock:
            self.number, self.said = self.number + 1, self.said + 1
            author = f"did:plc:{self.number % 999:024d}"
            post = Said(self.number, time.time_ns() // 1_000_000, author, text, "en", tags, ())
            self.file.write(framed(frame(post)))

    def probe(self, store: Any) -> float:
        """Milliseconds from when a post is said until another process finds it."""
        from samspill.archive.query import Tag

        tag = f"probe{self.number}"
        begun = time.perf_counter()
        self.say("A probe", (tag,))
        while not store.find(Tag(tag)).hits:
            time.sleep(0.001)
        return (time.perf_counter() - begun) * 1000


@contextmanager
def _talking(path: Path, number: int) -> Iterator[_World]:
    world = _World(path, number)
    thread = threading.Thread(target=world.run, daemon=True)
    thread.start()
    yield world
    world.is_over.set()
    thread.join()


def _cold(folder: Path) -> float:
    """Milliseconds from a process with nothing open to its first answer, its start left out."""
    code = (
        "import django, time, sys; django.setup()\n"
        "from pathlib import Path\nfrom samspill.archive.open import open_archive\n"
        "from samspill.archive.query import Tag\nbegun = time.perf_counter()\n"
        "open_archive(Path(sys.argv[1])).find(Tag('news'))\n"
        "print(round((time.perf_counter() - begun) * 1000, 1))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(folder)], capture_output=True, text=True, check=True
    )
    return float(done.stdout)


def _watches(folder: Path, path: Path | None) -> float:
    """What a thousand watches add to keeping the same posts, as a share of it; the median of three."""
    from samspill.archive.match import Matcher
    from samspill.archive.posts import Post
    from samspill.archive.store.sqlite import SqliteStore

    drawn, batches = Drawn(), list[list[Post]]()
    stream = said(WATCHED, path)
    while batch := list(islice(stream, BATCH)):
        for each in batch:
            drawn.meet(each)
        batches.append([_post(each) for each in batch])
    nodes = dict(enumerate(_different(drawn)))
    shares = []
    for turn in range(3):
        times = []
        for labels in (None, Matcher(nodes)):
            store = SqliteStore(folder / f"watched{turn}{labels is None}" / "archive.sqlite3")
            begun = time.perf_counter()
            for each_batch in batches:
                store.keep(each_batch, stream="s", cursor="1", labels=labels)
            times.append(time.perf_counter() - begun)
            store.close()
        shares.append((times[1] - times[0]) / times[0])
    return round(sorted(shares)[1], 3)


def _different(drawn: Drawn) -> list[Any]:
    """A thousand queries, each about something else: hashtags, hashtags without a word, pairs of words."""
    from samspill.archive.query import And, Not, Tag, Word

    tags = list(dict.fromkeys(tag for each in drawn.posts for tag in each.tags))[:500]
    pairs = iter({tuple(drawn.words()): None for _draw in range(5000)})
    nodes: list[Any] = [Tag(tag) for tag in tags[::2]]
    nodes += [And((Tag(tag), Not(Word((next(pairs)[0],))))) for tag in tags[1::2]]
    nodes += [And((Word((one,)), Word((other,)))) for one, other in islice(pairs, 1000 - len(nodes))]
    return nodes


def _post(each: Said) -> Any:
    from samspill.archive.posts import Post

    return Post(
        network="bluesky",
        key=f"at://{each.author}/app.bsky.feed.post/{each.id}",
        at=each.at,
        author=each.author,
        text=each.text,
        lang=each.lang,
        tags=each.tags,
        links=each.links,
    )


def _questions(store: Any) -> dict[str, Question]:
    from samspill.archive.query import And, Field, Not, Or, Phrase, Tag, Word
    from samspill.archive.store import Order

    now = time.time_ns() // 1_000_000
    end = now // HOUR * HOUR + HOUR
    month = (end - 30 * DAY, end, DAY)

    def tag(asked: Any) -> Any:
        return Tag(asked["tags"][0])

    def word(asked: Any) -> Any:
        return Word((asked["words"][0],))

    def boolean(asked: Any) -> Any:
        return And((Or(tuple(map(Tag, asked["tags"]))), Field("lang", "en"), Not(word(asked))))

    return {
        "tag_newest": lambda q: store.find(tag(q)),
        "tag_two": lambda q: store.find(And((tag(q), Tag(q["tags"][1])))),
        "tag_two_common": lambda q: store.find(And(tuple(map(Tag, q["common"])))),
        "boolean": lambda q: store.find(boolean(q)),
        "word_newest": lambda q: store.find(word(q)),
        "phrase_newest": lambda q: store.find(Phrase(tuple(q["words"]))),
        "tag_histogram": lambda q: store.histogram(tag(q), *month),
        "tag_beside": lambda q: store.beside(tag(q), "tags"),
        "domains": lambda q: store.beside(tag(q), "domains"),
        "voices": lambda q: store.beside(tag(q), "voices"),
        "relevance": lambda q: store.find(word(q), Order.RELEVANT),
        "word_histogram": lambda q: store.histogram(word(q), *month),
        "trend_now": lambda _q: store.trends(now, 1),
        "trend_days": lambda _q: store.trends(now, 240),
    }
