"""A year that could have been: what was posted, what people said, how soon they were answered."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from random import Random

from samspill.flows.demo.organisation import Account, Organisation, Topic
from samspill.flows.demo.tell import Person, Teller, fill

DAYS = 366
POSTS = 252
MENTIONS = 700
REPLIES = 3.6  # to a post, in the mean
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
PROMISE = DAY


@dataclass(frozen=True)
class Post:
    id: str
    topic: Topic
    account: Account
    at: datetime
    title: str
    text: str
    likes: int
    shares: int


@dataclass(frozen=True)
class Word:
    """Something somebody said: to a post or out of the blue. `answered_at` None: nobody has."""

    id: str
    account: Account
    by: Person
    at: datetime
    text: str
    post: Post | None = None
    answered_at: datetime | None = None
    answer: str = ""
    thanks: str = ""
    thanked_at: datetime | None = None


@dataclass(frozen=True)
class Year:
    posts: Sequence[Post]
    words: Sequence[Word]
    follows: dict[str, list[datetime]]  # by account, oldest first


def identity(*what: object) -> str:
    """A name on the demo network that nothing else has."""
    return "demo:" + hashlib.sha256("/".join(map(str, what)).encode()).hexdigest()[:20]


def tell_year(organisation: Organisation, now: datetime, zone: tzinfo) -> Year:
    chance = Random(organisation.slug)  # noqa: S311 - a demonstration, not a secret
    return _Storyteller(organisation, now, zone, chance).tell()


class _Storyteller:
    def __init__(self, organisation: Organisation, now: datetime, zone: tzinfo, chance: Random) -> None:
        self.organisation, self.now, self.zone, self.chance = organisation, now, zone, chance
        self.teller = Teller(organisation, chance)
        self.accounts = {account.key: account for account in organisation.accounts}
        self.first = organisation.accounts[0]

    def tell(self) -> Year:
        posts = sorted(self._posts(), key=lambda post: post.at)
        words = [word for post in posts for word in self._replies(post)]
        words += self._mentions()
        return Year(posts, sorted(words, key=lambda word: word.at), self._follows())

    def _share(self, at: datetime) -> float:
        """How much of the year had gone."""
        return 1 - (self.now - at) / (DAYS * DAY)

    def _moment(self, day: datetime, hours: Sequence[int]) -> datetime:
        """Some time of that day, in one of the hours as the clock there shows them."""
        hour, minute = self.chance.choice(hours), self.chance.randrange(60)
        return day.astimezone(self.zone).replace(hour=hour, minute=minute, second=0, microsecond=0)

    def _posts(self) -> Iterator[Post]:
        """On most working days one, more of them as the year goes, seldom at weekends; the last yesterday."""
        topics = self.organisation.topics
        days = [self.now - number * DAY for number in range(1, DAYS)]
        at_work = (0.25 if day.astimezone(self.zone).weekday() > 4 else 1.0 for day in days)
        weights = [busy * (0.4 + 1.2 * self._share(day)) for busy, day in zip(at_work, days, strict=True)]
        told: dict[str, int] = {}
        for number, day in enumerate(self.chance.choices(days, weights, k=POSTS)):
            topic = self.chance.choices(topics, [topic.weight for topic in topics])[0]
            account = self.accounts[topic.account] if topic.account else self.first
            at = self._moment(day, (7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 18, 19))
            # Each topic goes through its posts in turn, so that the same one comes back only months later.
            turn = told[topic.key] = told.get(topic.key, self.chance.randrange(9)) + 1
            title, text = topic.posts[turn % len(topic.posts)]
            blanks = self.teller.blanks(at)
            ending = self.chance.choice(topic.endings)
            yield Post(
                id=identity("post", self.organisation.slug, number),
                topic=topic,
                account=account,
                at=at,
                title=fill(title, blanks),
                text=fill(f"{text} {ending}", blanks),
                likes=round(self.chance.lognormvariate(math.log(5 + 7 * self._share(at)), 0.6)),
                shares=self.chance.choice((0, 0, 1, 1, 2, 4)),
            )

    def _replies(self, post: Post) -> Iterator[Word]:
        busy = 1.8 if post.account.quick else 0.8
        for number in range(min(round(self.chance.expovariate(1 / (REPLIES * busy))), 14)):
            at = self._awake(post.at + self.chance.lognormvariate(math.log(1.6), 1.2) * HOUR)
            own = self.chance.random() < 0.8
            said, answer = self.chance.choice(post.topic.questions if own else self.organisation.replies)
            name = identity("reply", post.id, number)
            word = self._word(name, post.account, at, said, answer, post)
            if word is not None:
                yield word

    def _mentions(self) -> list[Word]:
        found, accounts = [], self.organisation.accounts
        for number in range(MENTIONS):
            day = self.now - self.chance.random() ** 0.8 * DAYS * DAY
            at = self._moment(day, (6, 7, 8, 9, 11, 12, 13, 15, 16, 17, 18, 19, 20, 20, 21, 21, 22))
            account = self.chance.choices(accounts, [each.share for each in accounts])[0]
            said, answer = self.chance.choice(self.organisation.mentions)
            name = identity("mention", self.organisation.slug, number)
            word = self._word(name, account, at, said, answer, None)
            if word is not None:
                found.append(word)
        return found

    def _word(
        self, name: str, account: Account, at: datetime, said: str, answer: str, post: Post | None
    ) -> Word | None:
        """None for what would not have been answered by now: who waits now is told elsewhere."""
        blanks = self.teller.blanks(at, account.handle)
        answered_at = self._answered(account, at)
        if answered_at >= self.now:
            return None
        return Word(
            id=name,
            account=account,
            by=self.teller.somebody(),
            at=at,
            text=fill(said, blanks),
            post=post,
            answered_at=answered_at,
            answer=fill(answer, blanks),
            thanks=self.chance.choice(self.organisation.thanks),
            thanked_at=self._thanked(answered_at),
        )

    def _thanked(self, answered_at: datetime) -> datetime | None:
        at = answered_at + self.chance.uniform(0.1, 5) * HOUR
        return at if self.chance.random() < 0.22 and at < self.now - HOUR else None

    def _answered(self, account: Account, at: datetime) -> datetime:
        """Late less and less often as the year goes."""
        share = self._share(at)
        if at < self.now - 10 * DAY and self.chance.random() < 0.025 - 0.02 * share:
            return self._at_work(at + self.chance.uniform(3, 9) * DAY)  # forgotten, then found
        if self.chance.random() < 0.15 - 0.125 * share:
            return self._at_work(at + PROMISE + self.chance.uniform(1, 30) * HOUR)
        if account.quick:
            return at + self.chance.lognormvariate(math.log(1.7 - 0.7 * share), 0.9) * HOUR
        soon = at + self.chance.lognormvariate(math.log(2.6 - share), 0.8) * HOUR
        return min(self._at_work(soon), at + PROMISE - self.chance.uniform(10, 200) / 60 * HOUR)

    def _at_work(self, at: datetime) -> datetime:
        """At night people sleep: then it is done the next morning, at weekends by whoever is on duty."""
        local = at.astimezone(self.zone)
        if 7 <= local.hour < 21:
            return at
        morning = local.replace(hour=7, minute=0) + (DAY if local.hour >= 21 else timedelta(0))
        return morning + self.chance.uniform(5, 150) / 60 * HOUR

    def _awake(self, at: datetime) -> datetime:
        local = at.astimezone(self.zone)
        if 6 <= local.hour < 23:
            return at
        morning = local.replace(hour=6, minute=0) + (DAY if local.hour == 23 else timedelta(0))
        return morning + self.chance.uniform(0.5, 5) * HOUR

    def _follows(self) -> dict[str, list[datetime]]:
        """A stream that grows, and a push after each action of the launch plan."""
        found = {}
        for account in self.organisation.accounts:
            moments: list[datetime] = []
            for back in range(DAYS):
                day = self.now - back * DAY
                rate = account.follows * (0.45 + 0.55 * self._share(day)) + account.share * self._pushed(back)
                count = int(rate) + (self.chance.random() < rate % 1)
                moments += [day - self.chance.random() * DAY for _each in range(count)]
            found[account.key] = sorted(moments)
        return found

    def _pushed(self, back: int) -> float:
        """Followers that the launch plan brought so many days ago; a push halves in three days."""
        since = [(-back - action.days, action.followers) for action in self.organisation.launch]
        return math.fsum(
            followers * (1 - 0.5 ** (1 / 3)) * 0.5 ** (days / 3) for days, followers in since if days >= 0
        )
