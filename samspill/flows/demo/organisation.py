"""What an invented organisation is made of, as its two files say it; seed.py makes rows of it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

Pairs = Sequence[tuple[str, str]]  # what is asked, and what is answered


@dataclass(frozen=True)
class Who:
    """Somebody who works there. `key` is how the rest of the data names them."""

    key: str
    name: str
    email: str
    role: str


@dataclass(frozen=True)
class Account:
    """A channel of theirs. `share`: of what is said; `follows`: new followers a day when the year ends."""

    key: str
    handle: str
    name: str
    share: float
    follows: float
    quick: bool = False  # answers within the hour, as those on duty do


@dataclass(frozen=True)
class Paper:
    """A governing document. `changed`: what the newest version says, and what stood there before."""

    source: str
    file_name: str
    title: str
    adopted: str
    changed: Sequence[str] = ()


@dataclass(frozen=True)
class Aim:
    """A goal. `passage`: words of the passage it serves. Without a target it is today's figure × `better`."""

    statement: str
    why: str
    sub_goal: str
    measure: str
    owner: str
    passage: str
    days_ahead: int
    target: float | None = None
    better: float = 1.1
    channel: str = ""
    level: str = ""


@dataclass(frozen=True)
class Audience:
    """`aims`: numbers of the goals it belongs to."""

    name: str
    description: str
    size: int
    source: str
    needs: str
    aims: Sequence[int]


@dataclass(frozen=True)
class Move:
    """A tactic. `audience`: number of the audience."""

    step: str
    audience: int
    what: str
    why_follow: str


@dataclass(frozen=True)
class Trait:
    name: str
    we_are: str
    we_are_not: str
    good: str
    bad: str


@dataclass(frozen=True)
class Place:
    """A decision about a channel."""

    name: str
    choice: str
    purpose: str
    evidence: str = ""
    account: str = ""
    who: str = ""
    hours: float | None = None
    audiences: Sequence[int] = ()
    aims: Sequence[int] = ()
    exit_when: str = ""
    risk: str = ""  # what the assessment a month ago says
    measures: str = ""  # against the risk


@dataclass(frozen=True)
class Beside:
    """A record of a kind of sections.KINDS."""

    kind: str
    data: Mapping[str, Any]


@dataclass(frozen=True)
class Action:
    """A step of the launch plan, so many days from now; what lies behind us is done."""

    phase: str
    days: int
    what: str
    who: str
    cost: int = 0
    followers: int = 0


@dataclass(frozen=True)
class Topic:
    """Something they speak about: posts with endings to choose from, and what people ask and hear."""

    key: str
    aim: int
    weight: int
    posts: Pairs
    endings: Sequence[str]
    questions: Pairs
    account: str = ""  # where it is said, when not on the first channel


@dataclass(frozen=True)
class Unanswered:
    """Somebody who waits now. `left`: hours of the promise; `topic`: of the post it replies to, if any."""

    name: str
    handle: str
    left: float
    text: str
    topic: str = ""


@dataclass(frozen=True)
class Piece:
    """A draft on the desk. `state`: that of a draft, or scheduled, uncertain, failed. `hours`: from now."""

    state: str
    title: str
    text: str
    author: str
    aim: int | None = None
    accounts: Sequence[str] = ()
    approver: str = ""
    note: str = ""
    hours: float = 0


@dataclass(frozen=True)
class Organisation:
    name: str
    slug: str
    language: str
    strategy: str
    note: str  # a word among ourselves about the one who waits longest
    refused: str  # the network's words for the post it did not take
    words: Mapping[str, Sequence[str]]  # what {places} in texts become
    numbers: Mapping[str, tuple[int, int]]  # and {numbers}
    first_names: Sequence[str]
    last_names: Sequence[str]
    people: Sequence[Who]
    accounts: Sequence[Account]
    papers: Sequence[Paper]
    aims: Sequence[Aim]
    audiences: Sequence[Audience]
    moves: Sequence[Move]
    voice: Sequence[Trait]
    places: Sequence[Place]
    launch: Sequence[Action]
    records: Sequence[Beside]
    topics: Sequence[Topic]
    mentions: Pairs
    replies: Pairs  # to any post
    thanks: Sequence[str]
    waiting: Sequence[Unanswered]
    desk: Sequence[Piece]
    folder: Path


PARTS: dict[str, type] = {
    "people": Who,
    "accounts": Account,
    "papers": Paper,
    "aims": Aim,
    "audiences": Audience,
    "moves": Move,
    "voice": Trait,
    "places": Place,
    "launch": Action,
    "records": Beside,
    "topics": Topic,
    "waiting": Unanswered,
    "desk": Piece,
}


def read(name: str) -> Organisation:
    """The organisation in the folder of that name beside this file: "fjord" or "river"."""
    folder = Path(__file__).parent / name
    said: dict[str, Any] = {"folder": folder}
    for file in ("organisation.toml", "topics.toml"):
        said |= tomllib.loads((folder / file).read_text(encoding="utf-8"))
    for part, kind in PARTS.items():
        said[part] = [kind(**row) for row in said.get(part, ())]
    return Organisation(**{field.name: said[field.name] for field in fields(Organisation)})
