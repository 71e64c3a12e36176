"""The judge: knows only what happened in the world, and what the archive answers."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from samspill.archive.query import Since, Tag, Word
from samspill.archive.store.sqlite import SqliteStore

PAGE = 500
EVER = 0


@dataclass(frozen=True)
class Verdict:
    events: int
    posts: int
    lost: list[str]  # to be kept, and not there
    doubled: list[str]  # there more than once
    risen: list[str]  # there, though taken back, or never said
    stale: list[str]  # there with other words than the last
    poison: tuple[int, int]  # put aside, and to be put aside
    wrong_counts: list[str]  # what the archive counts, or says of itself, that does not agree with its posts

    @property
    def holds(self) -> bool:
        faults = (self.lost, self.doubled, self.risen, self.stale, self.wrong_counts)
        return not any(faults) and self.poison[0] == self.poison[1]

    def __str__(self) -> str:
        return (
            f"{self.events} events, {self.posts} posts: {len(self.lost)} lost, {len(self.doubled)} doubled,"
            f" {len(self.risen)} risen, {len(self.stale)} stale, {len(self.wrong_counts)} wrong counts;"
            f" {self.poison[0]} of {self.poison[1]} poison put aside"
        )


def judge(folder: Path, store: SqliteStore, put_aside: int) -> Verdict:
    truth = json.loads((folder / "truth.json").read_text())
    wanted: dict[str, str] = truth["posts"]
    found = Counter[str]()
    texts: dict[str, str] = {}
    before: int | None = None
    while True:
        page = store.find(Since(EVER), before=before, limit=PAGE)
        for hit in page.hits:
            found[hit.post.key] += 1
            texts[hit.post.key] = hit.post.text
        if not page.more:
            break
        before = page.hits[-1].id
    return Verdict(
        events=truth["events"],
        posts=len(wanted),
        lost=[key for key in wanted if key not in found],
        doubled=[key for key, times in found.items() if times > 1],
        risen=[key for key in found if key not in wanted],
        stale=[key for key, text in wanted.items() if key in texts and texts[key] != text],
        poison=(put_aside, truth["poison"]),
        wrong_counts=_wrong(truth, store),
    )


def _wrong(truth: dict[str, Any], store: SqliteStore) -> list[str]:
    """Roll-ups by tag, and the words, against the posts that stand."""
    until = truth["last"] // 1000 + 10 * 24 * 3600 * 1000
    wrong = store.check()
    for tag, posts in truth["tags"].items():
        bars = store.histogram(Tag(tag), until - 30 * 24 * 3600 * 1000, until, 24 * 3600 * 1000)
        counted = sum(bar.posts for bar in bars), store.count(Tag(tag))
        if counted != (posts, posts):
            wrong.append(f"#{tag}: {counted} for {posts}")
    for word, posts in truth["words"].items():
        if (count := store.count(Word((word,)))) != posts:
            wrong.append(f"{word}: {count} for {posts}")
    return wrong
