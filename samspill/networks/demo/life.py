"""What the invented people do: the same for the same seed, post and day, so that it can be told again."""

from __future__ import annotations

import hashlib
import sqlite3
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random

from samspill.networks.demo.people import MENTIONS, PEOPLE, THANKS, Person, answer_to

MINUTE, HOUR = 60.0, 3600.0
FIRST_DAYS = 400  # how far back a long sleep is made up for


def chance_of(*what: object) -> Random:
    """A dice of its own for each thing that can happen."""
    return Random("/".join(str(each) for each in what))  # noqa: S311 (a demonstration, not a secret)


def identity(*what: object) -> str:
    return "demo:" + hashlib.sha256("/".join(str(each) for each in what).encode()).hexdigest()[:20]


@dataclass(frozen=True)
class Life:
    """Writes down what will happen to one account. Moments are seconds since 1970."""

    db: sqlite3.Connection
    seed: str
    account: sqlite3.Row
    now: float

    def react(self, post: sqlite3.Row) -> None:
        """How people will take a post of ours: answers, reactions, shares, followers."""
        chance = chance_of(self.seed, post["id"])
        people = chance.sample(PEOPLE, len(PEOPLE))
        for number in range(chance.choice([1, 1, 1, 2, 2, 3])):
            first = number == 0
            delay = chance.uniform(1, 8) if first else chance.lognormvariate(4.5, 1.1)
            text = answer_to(chance, post["text"], self.account["language"])
            self.answer(post, people[number], text, post["at"] + delay * MINUTE)
        for kind, least, most in (("reaction", 1, 18), ("share", 0, 4), ("follow", 0, 2)):
            for person in people[3 : 3 + chance.randint(least, most)]:
                at = post["at"] + chance.lognormvariate(4.8, 1.3) * MINUTE
                self.happen(kind, person, at, post["id"] if kind != "follow" else "")

    def thank(self, post: sqlite3.Row) -> None:
        """Whether the one we answered says something more."""
        parent = self.db.execute("SELECT * FROM post WHERE id = ?", (post["parent"],)).fetchone()
        chance = chance_of(self.seed, post["id"])
        if parent is None or parent["author"] == post["author"] or chance.random() > 0.45:
            return
        person = Person(*parent["author"].split("\n"))
        text = chance.choice(THANKS[self.account["language"]])
        self.answer(post, person, text, post["at"] + chance.uniform(4, 240) * MINUTE)

    def go_on(self) -> None:
        """Let the days up to today happen, each once: new followers, and now and then somebody who asks."""
        today = _day_of(self.now)
        first = max(_day_of(self.account["since"]), today - timedelta(days=FIRST_DAYS))
        said = self.db.execute("SELECT day FROM day WHERE account = ?", (self.account["id"],))
        lived = {row["day"] for row in said}
        for number in range((today - first).days + 1):
            day = first + timedelta(days=number)
            if day.isoformat() not in lived:
                self._day(day)

    def _day(self, day: date) -> None:
        chance = chance_of(self.seed, self.account["id"], day)
        midnight = datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()
        self.db.execute("INSERT INTO day VALUES (?, ?)", (self.account["id"], day.isoformat()))
        for _number in range(chance.choice([0, 0, 1, 1, 2, 3])):
            stranger = Person(f"folk{chance.randrange(10**6):06d}", _name(chance))
            at = midnight + chance.uniform(6, 22) * HOUR
            if at >= self.account["since"]:
                self.happen("follow", stranger, at)
        at = midnight + chance.uniform(7, 20) * HOUR
        if chance.random() < 0.35 and at >= self.account["since"]:
            text = chance.choice(MENTIONS[self.account["language"]]).format(us=f"@{self.account['handle']}")
            post = identity("mention", self.account["id"], day)
            self.mention(post, chance.choice(PEOPLE), text, at)

    def answer(self, to: sqlite3.Row, person: Person, text: str, at: float) -> str:
        reply = identity("reply", to["id"], person.handle)
        self._say(reply, person, text, at, to["id"], to["root"])
        self._tell(reply, "reply", person, reply, at)
        return reply

    def mention(self, post: str, person: Person, text: str, at: float) -> str:
        self._say(post, person, text, at, "", post)
        self._tell(post, "mention", person, post, at)
        return post

    def happen(self, kind: str, person: Person, at: float, post: str = "") -> str:
        event = identity(kind, person.handle, post or self.account["id"])
        self._tell(event, kind, person, post, at)
        return event

    def _say(self, post: str, person: Person, text: str, at: float, parent: str, root: str) -> None:
        row = (post, self.account["id"], _kept(person), text, at, parent, root)
        self.db.execute("INSERT OR IGNORE INTO post VALUES (?, ?, ?, ?, ?, ?, ?)", row)

    def _tell(self, event: str, kind: str, person: Person, post: str, at: float) -> None:
        """What is told late of the past is still seen after what was told before it."""
        row = (event, self.account["id"], kind, _kept(person), post, at, max(at, self.now))
        self.db.execute("INSERT OR IGNORE INTO event VALUES (?, ?, ?, ?, ?, ?, ?)", row)


def _kept(person: Person) -> str:
    return f"{person.handle}\n{person.name}"


def _day_of(moment: float) -> date:
    return datetime.fromtimestamp(moment, UTC).date()


def _name(chance: Random) -> str:
    return f"{chance.choice(PEOPLE).name.split()[0]} {chance.choice(PEOPLE).name.split()[-1]}"
