"""What people might have said in the open for a year, with seasons, hours of the day, and a day of news.

Kept by the archive as if a stream had brought it. The same for the same moment, and nobody's words.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from samspill.archive.open import store
from samspill.archive.posts import Post
from samspill.lib.tags import tag_folded

DAYS = 365
BATCH = 2000
NETWORKS = ("bluesky", "bluesky", "bluesky", "mastodon")
# How much is said at each hour, as people sleep and work.
HOURS = (1, 1, 1, 1, 1, 2, 5, 9, 10, 9, 9, 10, 11, 10, 9, 9, 10, 12, 13, 14, 14, 12, 7, 3)
WEEKDAYS = (10, 10, 10, 10, 9, 7, 8)
MONTHS = {
    "nb": "januar februar mars april mai juni juli august september oktober november desember".split(),  # noqa: SIM905
    "en": "January February March April May June July August September October November December".split(),  # noqa: SIM905
}


def lay_talk(folder: Path, now: datetime) -> None:
    """Keep the year of the organisation whose talk.toml lies in the folder."""
    said = tomllib.loads((folder / "talk.toml").read_text(encoding="utf-8"))
    posts = sorted(_year(said, folder.name, now), key=lambda post: post.at)
    for at in range(0, len(posts), BATCH):
        store().keep(posts[at : at + BATCH])


def _year(said: dict[str, Any], name: str, now: datetime) -> Iterator[Post]:
    random = Random(f"{name} {now.date()}")  # noqa: S311 - an invention
    people = [_person(said, random, n) for n in range(len(said["first"]) * len(said["last"]) * 2)]
    # A few say much, most say little.
    loud = [1 / (n + 3) for n in range(len(people))]
    moments = _moments(said, random, now)
    for number, (at, subject) in enumerate(moments):
        (who,) = random.choices(people, loud)
        yield _post(
            said, random, f"{name}-{number}", at, who, subject["texts"], subject["tags"], subject["links"]
        )
    spike = said["spike"]
    day = now.replace(hour=7, minute=0) - timedelta(days=spike["days_ago"])
    for number in range(spike["posts"]):
        at = day + timedelta(hours=min(random.expovariate(1 / 6), 40))
        links = [spike["link"]] if random.random() < 0.35 else []
        who = random.choice(people)
        yield _post(
            said,
            random,
            f"{name}-news-{number}",
            at,
            who,
            spike["texts"],
            spike["tags"],
            links,
            all_tags=True,
        )


def _person(said: dict[str, Any], random: Random, number: int) -> tuple[str, str]:
    """Handle and name."""
    first, last = random.choice(said["first"]), random.choice(said["last"])
    return f"{tag_folded(f'{first}{last}'.lower())}{number}.example", f"{first} {last}"


def _moments(said: dict[str, Any], random: Random, now: datetime) -> list[tuple[datetime, dict[str, Any]]]:
    days = [now - timedelta(days=n) for n in range(DAYS)]
    subjects: Sequence[dict[str, Any]] = said["subjects"]
    found: list[tuple[datetime, dict[str, Any]]] = []
    weights = [WEEKDAYS[day.weekday()] for day in days]
    for day in random.choices(days, weights, k=said["posts"]):
        (subject,) = random.choices(
            subjects, [each["weight"] * each["season"][day.month - 1] for each in subjects]
        )
        (hour,) = random.choices(range(24), HOURS)
        at = day.replace(hour=hour, minute=random.randrange(60), second=random.randrange(60))
        if at < now:
            found.append((at, subject))
    return sorted(found, key=lambda each: each[0])


def _post(
    said: dict[str, Any],
    random: Random,
    key: str,
    at: datetime,
    who: tuple[str, str],
    texts: Sequence[str],
    tags: Sequence[str],
    links: Sequence[str],
    *,
    all_tags: bool = False,
) -> Post:
    language = random.choice(said["languages"])
    text = random.choice(texts).format(
        sted=random.choice(said["places"]),
        mnd=MONTHS["en" if language == "en" else "nb"][at.month - 1],
        ore=random.randrange(18, 290),
        kr=random.randrange(12, 480) * 5,
        ar=random.randrange(3, 9),
    )
    chosen = (
        list(tags) if all_tags else random.sample(list(tags), k=min(random.choice((0, 1, 1, 2)), len(tags)))
    )
    link = random.choice(links) if links and random.random() < 0.4 else ""
    words = " ".join([text, link, *(f"#{tag}" for tag in chosen)])
    network = random.choice(NETWORKS)
    handle, name = who
    return Post(
        network=network,
        key=f"{network}/{key}",
        at=int(at.timestamp() * 1000),
        author=f"did:example:{handle}" if network == "bluesky" else f"https://{handle}/users/me",
        handle=handle,
        name=name,
        text=" ".join(words.split()),
        lang=language,
        tags=tuple(chosen),
        links=(link,) if link else (),
        shares=int(random.paretovariate(1.2)) - 1,
        likes=int(random.paretovariate(0.9)) - 1,
    )
