"""What an invented organisation is made of, as its files say it; seed.py makes rows of it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
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
    stance: str = ""
    data_source: str = ""
    cadence: str = ""
    leading: str = ""
    assumptions: str = ""
    strength: str = ""
    passage_why: str = ""


@dataclass(frozen=True)
class Audience:
    """`aims`: numbers of the goals it belongs to. `where`: place, per cent, kind of use, year and source."""

    name: str
    description: str
    aims: Sequence[int] = ()
    size: int | None = None
    source: str = ""
    year: int | None = None
    needs: str = ""
    profile: str = ""
    segment: str = ""
    today: str = ""
    wanted: str = ""
    ladder: str = ""
    access_needs: str = ""
    priority: int | None = None
    is_not: bool = False
    where: Sequence[tuple[str, float, str, int, str]] = ()


@dataclass(frozen=True)
class Move:
    """A tactic. `audience`: number of the audience. `since`: written after the edition of that number."""

    step: str
    audience: int
    what: str
    why_follow: str
    asks: str = ""
    since: int = 0


@dataclass(frozen=True)
class Trait:
    name: str
    we_are: str
    we_are_not: str
    good: str
    bad: str = ""
    since: int = 0


@dataclass(frozen=True)
class Place:
    """A decision about a channel. `risk_on`, `risk_again` and `again` are days from now; `design`: what of it
    was looked at."""

    name: str
    choice: str
    purpose: str
    evidence: str = ""
    account: str = ""
    who: str = ""
    hours: float | None = None
    audiences: Sequence[int] = ()
    aims: Sequence[int] = ()
    place: str = ""
    link: str = ""
    blocks: Sequence[str] = ()
    formats: str = ""
    frequency: str = ""
    reply_within: float | None = None
    staffed: str = ""
    risk: str = ""
    risk_on: int | None = None
    risk_measures: str = ""
    risk_again: int | None = None
    risk_link: str = ""
    design: Mapping[str, bool] = field(default_factory=dict)
    archive: str = ""
    web_twin: str = ""
    exit_when: str = ""
    again: int | None = None


@dataclass(frozen=True)
class Action:
    """A step of the launch plan, so many days from now; what lies behind us is done, and brought what `came`
    says. `likely`: at least and at most so many followers. `place`: number of the channel."""

    phase: str
    days: int
    what: str
    who: str
    cost: int = 0
    followers: int = 0
    likely: Sequence[int] = ()
    came: int | None = None
    result: str = ""
    place: int | None = None
    aims: Sequence[int] = ()


@dataclass(frozen=True)
class Change:
    """What a row said before it was changed, after the edition `since`. `part`: its kind and number."""

    part: str
    field: str
    was: Any
    since: int = 1


@dataclass(frozen=True)
class Kept:
    """An edition, kept so many days from now; adopted then, where it says by whom."""

    days: int
    note: str
    by: str
    adopted_by: str = ""


@dataclass(frozen=True)
class Below:
    """A campaign or a unit with a strategy of its own. What it says nothing of it inherits."""

    title: str
    about: Mapping[str, Any]
    aims: Sequence[Aim] = ()
    audiences: Sequence[Audience] = ()
    moves: Sequence[Move] = ()
    voice: Sequence[Trait] = ()
    places: Sequence[Place] = ()
    launch: Sequence[Action] = ()
    records: Sequence[Mapping[str, Any]] = ()


@dataclass(frozen=True)
class Seen:
    """An observation, so many days ago. `pattern`: number of the pattern it belongs to."""

    days: int
    by: str
    text: str
    sort: str = "signal"
    pattern: int | None = None
    link: str = ""


@dataclass(frozen=True)
class Trend:
    """A pattern. `adopted`: number of the goal that came of it."""

    name: str
    what: str
    by: str
    days: int
    state: str = "open"
    adopted: int | None = None


@dataclass(frozen=True)
class Verdict:
    """A line of the decision log. `part` and `pattern` as above."""

    title: str
    reason: str
    days: int
    who: str
    by: str
    verdict: str = ""
    part: str = ""
    pattern: int | None = None


@dataclass(frozen=True)
class Remark:
    """A comment on a part of the strategy, so many days ago; settled so many days later, by whom."""

    part: str
    by: str
    days: float
    text: str
    settled_by: str = ""
    settled: float = 0


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
    about: Mapping[str, Any]  # what the strategy says of itself
    records: Sequence[Mapping[str, Any]]
    changes: Sequence[Change]
    editions: Sequence[Kept]
    below: Sequence[Below]
    patterns: Sequence[Trend]
    seen: Sequence[Seen]
    decisions: Sequence[Verdict]
    comments: Sequence[Remark]
    topics: Sequence[Topic]
    mentions: Pairs
    replies: Pairs  # to any post
    thanks: Sequence[str]
    waiting: Sequence[Unanswered]
    desk: Sequence[Piece]
    folder: Path


FILES = ("organisation.toml", "strategy.toml", "growth.toml", "topics.toml")
ANSWERS = ("aims", "audiences", "moves", "voice", "places", "launch")
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
    "changes": Change,
    "editions": Kept,
    "below": Below,
    "patterns": Trend,
    "seen": Seen,
    "decisions": Verdict,
    "comments": Remark,
    "topics": Topic,
    "waiting": Unanswered,
    "desk": Piece,
}


def read(name: str) -> Organisation:
    """The organisation in the folder of that name beside this file: "fjord" or "river"."""
    folder = Path(__file__).parent / name
    said: dict[str, Any] = {"folder": folder}
    for file in FILES:
        said |= tomllib.loads((folder / file).read_text(encoding="utf-8"))
    parts = {part: [_made(kind, row) for row in said[part]] for part, kind in PARTS.items()}
    return Organisation(**{each.name: parts.get(each.name, said[each.name]) for each in fields(Organisation)})


def _made(kind: type, row: dict[str, Any]) -> Any:
    """A row as its dataclass; the rows of a strategy below are made in turn."""
    if kind is Below:
        row = row | {part: [_made(PARTS[part], each) for each in row.get(part, ())] for part in ANSWERS}
    return kind(**row)
