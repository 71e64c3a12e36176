"""Posts to measure with: real ones that lie beside the project, or invented ones with the skew of life."""

from __future__ import annotations

import json
import os
import re
import time
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import accumulate, islice
from pathlib import Path
from random import Random
from typing import Any

DAY = 86_400_000
SINCE = int(time.time() // 3600) * 3_600_000 - 30 * DAY  # so that the last of them are said now
LETTERS = "abcdefghijklmnoprstuvyæøå"
SORTED = "234567abcdefghijklmnopqrstuvwxyz"
TAGS, WORDS, PEOPLE = 60_000, 120_000, 200_000
ALTERED = 0.05  # of the words and hashtags of a real post that is said again: so new ones come, as in life
WORD = re.compile(r"[^\W\d_]{3,}")
ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Said:
    """A post as every engine takes it. `at` in milliseconds since 1970, never falling."""

    id: int
    at: int
    author: str
    text: str
    lang: str
    tags: tuple[str, ...]
    links: tuple[str, ...]

    @property
    def domains(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(link.split("/")[2].removeprefix("www.") for link in self.links))


def real_file() -> Path | None:
    """The real posts, where they lie beside the project or where SAMSPILL_SHARED says."""
    path = Path(os.environ.get("SAMSPILL_SHARED", ROOT.parent / "shared")) / "posts" / "posts.parquet"
    return path if path.exists() else None


def said(count: int, path: Path | None) -> Iterator[Said]:
    """So many posts over thirty days, the oldest first; the same ones each time."""
    source = _real(path) if path else _invented(Random(1))
    chance, at = Random(2), float(SINCE)
    step = 30 * DAY / count
    for number, (author, text, lang, tags, links) in enumerate(islice(source, count)):
        at += chance.uniform(0, 2 * step)
        yield Said(number, int(at), author, text, lang, tags, links)


Parts = tuple[str, str, str, tuple[str, ...], tuple[str, ...]]


def _real(path: Path) -> Iterator[Parts]:
    import duckdb

    asked = f"SELECT author, text, lang, hashtags, urls FROM '{path}' ORDER BY ts"
    rows = duckdb.connect().execute(asked).fetchall()
    chance, turn = Random(3), 0
    while True:
        for author, text, lang, tags, links in rows:
            who = f"did:plc:{zlib.crc32(f'{author} {turn}'.encode()):024d}"
            if turn:
                text = " ".join(_altered(word, chance, turn) for word in text.split())
                tags = [_altered(tag, chance, turn) for tag in tags]
            yield who, text, (lang or "")[:2], tuple(dict.fromkeys(tags)), tuple(links)
        turn += 1


def _altered(word: str, chance: Random, turn: int) -> str:
    return f"{word}{LETTERS[turn % 25]}" if chance.random() < ALTERED else word


def _invented(random: Random) -> Iterator[Parts]:
    """Words, hashtags and people, each as often as its place in the row allows: 1, 1/2, 1/3 ..."""
    tags, words = _names(random, TAGS, 4, 12), _names(random, WORDS, 2, 11)
    zipf = {n: list(accumulate(1 / place for place in range(1, n + 1))) for n in (TAGS, WORDS, PEOPLE)}

    def pick(values: Sequence[str], count: int) -> list[str]:
        return random.choices(values, cum_weights=zipf[len(values)], k=count)

    while True:
        mine = tuple(dict.fromkeys(pick(tags, random.choice((0, 0, 1, 1, 2, 3)))))
        page = f"https://{words[random.randrange(300)]}.example/{random.randrange(900)}"
        links = (page,) if random.random() < 0.3 else ()
        (who,) = random.choices(range(PEOPLE), cum_weights=zipf[PEOPLE])
        text = " ".join([*pick(words, random.randint(6, 24)), *links, *(f"#{tag}" for tag in mine)])
        yield f"did:plc:{who:024d}", text, random.choice(("nb", "nn", "en", "en", "en")), mine, links


def _names(random: Random, count: int, least: int, most: int) -> list[str]:
    found: dict[str, None] = {}
    while len(found) < count:
        found["".join(random.choices(LETTERS, k=random.randint(least, most)))] = None
    return list(found)


def frame(post: Said) -> bytes:
    """The post as Jetstream streams it (version 1)."""
    rkey = tid(post.at * 1000 + post.id % 1000)
    created = datetime.fromtimestamp(post.at / 1000, UTC).isoformat(timespec="milliseconds")
    features = [{"$type": "app.bsky.richtext.facet#tag", "tag": tag} for tag in post.tags]
    features += [{"$type": "app.bsky.richtext.facet#link", "uri": link} for link in post.links]
    facets = [{"index": {"byteStart": 0, "byteEnd": 1}, "features": [each]} for each in features]
    record = {
        "$type": "app.bsky.feed.post",
        "createdAt": created,
        "text": post.text,
        "langs": [post.lang] if post.lang else [],
        "facets": facets,
    }
    commit = {
        "rev": rkey,
        "operation": "create",
        "collection": "app.bsky.feed.post",
        "rkey": rkey,
        "record": record,
        "cid": "bafyreib2rxk3rybk3aobmv5cjuql3bm2twh4jo5uxgf5kpqcsgz7soitae",
    }
    told = {"did": post.author, "time_us": post.at * 1000, "kind": "commit", "commit": commit}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


def tid(moment: int) -> str:
    """Of a moment in microseconds, as atproto writes it."""
    number, written = moment << 10, ""
    for _sign in range(13):
        written, number = SORTED[number & 31] + written, number >> 5
    return written


@dataclass
class Drawn:
    """What questions are made of: drawn from posts, so that the common is asked for most."""

    random: Random = field(default_factory=lambda: Random(4))
    posts: list[Said] = field(default_factory=list)
    seen: int = 0
    most: int = 5000

    def meet(self, post: Said) -> None:
        """Keep a fair sample of all that is met."""
        self.seen += 1
        if len(self.posts) < self.most:
            self.posts.append(post)
        elif (place := self.random.randrange(self.seen)) < self.most:
            self.posts[place] = post

    def tags(self, count: int) -> list[str]:
        found: dict[str, None] = {}
        while len(found) < count:
            found |= dict.fromkeys(self.random.choice(self.posts).tags)
        return list(found)[:count]

    def common(self, count: int) -> list[str]:
        """Hashtags that are among the forty most used."""
        counts: dict[str, int] = {}
        for post in self.posts:
            for tag in post.tags:
                counts[tag] = counts.get(tag, 0) + 1
        return self.random.sample(sorted(counts, key=lambda tag: -counts[tag])[:40], count)

    def words(self) -> list[str]:
        """Two words that stand next to each other somewhere, in small letters."""
        while True:
            found = WORD.findall(re.sub(r"https?://\S+|#\w+", " ", self.random.choice(self.posts).text))
            if len(found) > 1:
                at = self.random.randrange(len(found) - 1)
                return [word.lower() for word in found[at : at + 2]]


def question(drawn: Drawn) -> dict[str, Any]:
    """One draw for every class of question."""
    return {"tags": drawn.tags(20), "common": drawn.common(2), "words": drawn.words()}
