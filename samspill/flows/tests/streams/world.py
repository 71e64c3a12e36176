"""An invented network: all that happens on it, in order, and what must be kept of it in the end."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from samspill.networks.bluesky.tests.firehose import Event, account, commit, identity, post

WORDS = ["strøm", "pris", "fjord", "kommune", "skole", "buss", "vann", "helse", "idrett", "bibliotek"]
TAGS = ["Blåbær", "strøm", "kollektiv", "skole", "Fjord", "helse", "kultur", "friluft"]
DAY = 24 * 3600 * 1_000_000  # microseconds
TAIL = 150_000  # events come after the last that counts at the most, and say nothing
POISONS = (b"", b"no JSON", b"[1, 2]", b'{"did":' * 2000, b'"half \\ud83d"', b"\xff\xfe")


@dataclass
class World:
    """`posts` are the texts that must be kept in the end, by key; `tags` how many posts have each of them."""

    events: list[Event] = field(default_factory=list)
    posts: dict[str, str] = field(default_factory=dict)
    poison: int = 0
    counted: int = 0  # how many of the events count; those after them only let the time go on

    def tags(self) -> Counter[str]:
        found = Counter[str]()
        for text in self.posts.values():
            found.update({word[1:].casefold() for word in text.split() if word.startswith("#")})
        return found

    def words(self) -> Counter[str]:
        found = Counter[str]()
        for text in self.posts.values():
            said = {word.removeprefix("#").casefold() for word in text.split()}  # a tag is a word, too
            found.update(said & set(WORDS))
        return found


class Maker:
    """Lets things happen, one every `step` microseconds from `begin` on."""

    def __init__(self, seed: int, begin: int, step: int) -> None:
        self.chance = random.Random(seed)
        self.now, self.step = begin, step
        self.world = World()
        self.number = 0
        self.gone: set[str] = set()  # accounts
        self.said: list[str] = []  # keys of posts
        self.changed: dict[str, int] = {}
        self.authors = [f"did:plc:{number:024d}" for number in range(200)]

    def make(self, count: int) -> World:
        kinds = {
            self.says: 700,
            self.says_again: 100,
            self.changes: 60,
            self.takes_back: 60,
            self.passes_on: 40,
            self.is_renamed: 20,
            self.likes: 10,
            self.lies: 5,
            self.poisons: 4,
            self.closes: 1,
        }
        for chosen in self.chance.choices(list(kinds), list(kinds.values()), k=count):
            self.now += self.step
            chosen()
        self.world.counted = len(self.world.events)
        for number in range(min(4 * count, TAIL)):
            self.now += self.step
            self.happens(identity(f"did:plc:tail{number}", self.now, "tail.example"))
        return self.world

    def happens(self, event: Event) -> None:
        """Something happens now, whenever it says that it did."""
        self.world.events.append(Event(self.now, event.raw))

    def says(self) -> None:
        did = self._author()
        key = self._new()
        self.happens(post(did, self.now, key, self._text(key)))
        self.said.append(f"at://{did}/app.bsky.feed.post/{key}")
        self.world.posts[self.said[-1]] = self._text(key)

    def says_again(self) -> None:
        """A server repeats what it has sent: of long ago, or just now."""
        events = self.world.events
        if events:
            recent = events[-self.chance.choice((5, 50, 5000)) :]
            event = self.chance.choice(recent)
            if b'"commit"' in event.raw:
                self.happens(event)

    def changes(self) -> None:
        if (key := self._known()) and self.changed.get(key) != self.now // 1000:
            self.changed[key] = self.now // 1000  # a network tells two versions apart by the millisecond
            did, rkey = _parts(key)
            text = f"{self._text(rkey)} changed at {self.now}"
            self.happens(post(did, self.now, rkey, text, operation="update"))
            self.world.posts[key] = text

    def takes_back(self) -> None:
        if key := self._known():
            did, rkey = _parts(key)
            self.happens(commit(did, self.now, rkey, None))
            del self.world.posts[key]

    def passes_on(self) -> None:
        if (key := self._known()) and (did := self._author()):
            rkey = self._new()
            record = {"subject": {"uri": key, "cid": "x"}, "createdAt": "2026-03-02T08:00:00Z"}
            self.happens(commit(did, self.now, rkey, record, kind="repost"))
            self.world.posts[f"at://{did}/app.bsky.feed.repost/{rkey}"] = ""

    def is_renamed(self) -> None:
        self.happens(identity(self._author(), self.now, f"name{self.now}.example"))

    def likes(self) -> None:
        self.happens(commit(self._author(), self.now, self._new(), {"subject": {"uri": "x"}}, kind="like"))

    def lies(self) -> None:
        """A post whose server says another time: years ago, or days ahead."""
        did, key = self._author(), self._new()
        lie = self.chance.choice((1, self.now + 5 * DAY))
        raw = post(did, self.now, key, self._text(key)).raw
        self.happens(Event(self.now, raw.replace(b'"time_us":%d' % self.now, b'"time_us":%d' % lie)))
        self.world.posts[f"at://{did}/app.bsky.feed.post/{key}"] = self._text(key)

    def poisons(self) -> None:
        self.world.poison += 1
        told: Any = self.chance.choice(POISONS) + b" " * self.world.poison
        self.happens(Event(self.now, told))

    def closes(self) -> None:
        """An account goes, and all that it has said with it."""
        did = self._author()
        if len(self.gone) < len(self.authors) // 2:
            self.gone.add(did)
            self.happens(account(did, self.now, active=False, status="takendown"))
            self.world.posts = {key: text for key, text in self.world.posts.items() if did not in key[:40]}

    def _author(self) -> str:
        while (did := self.chance.choice(self.authors)) in self.gone:
            pass
        return did

    def _known(self) -> str:
        """The key of some post that stands, often of a very new one; '' where the one chosen is gone."""
        if not self.said:
            return ""
        key = self.said[-self.chance.randint(1, min(len(self.said), self.chance.choice((5, 300))))]
        return key if key in self.world.posts else ""

    def _new(self) -> str:
        self.number += 1
        return f"k{self.number}"

    def _text(self, key: str) -> str:
        chance = random.Random(key)
        words = [
            key,
            *chance.sample(WORDS, 4),
            *(f"#{tag}" for tag in chance.sample(TAGS, chance.randint(0, 3))),
        ]
        return " ".join(words)


def _parts(key: str) -> tuple[str, str]:
    did, _collection, rkey = key.removeprefix("at://").split("/")
    return did, rkey
