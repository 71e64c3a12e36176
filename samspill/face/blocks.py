"""What the strategy's face is made of: plain words in the order they are read, ready for any form.

No markup, and nothing that must be asked for again: a block can be kept, sent to another process, or shown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True)
class Line:
    """One thing a row says. `items`: the same one by one, where it is a list."""

    key: str  # the field's name
    label: str
    words: str
    items: tuple[str, ...] = ()
    is_link: bool = False
    is_brief: bool = False  # short enough to stand on a line with others


@dataclass(frozen=True)
class Figures:
    """Where a goal stands. A goal without a measure the system computes has none."""

    measure: str
    channel: str
    baseline: str
    target: str
    now: str
    basis: str  # what it rests on: 148 of 154 messages
    standing: str  # a word or two
    tag: str  # good, warn, or nothing
    sentence: str  # against target and deadline
    trend: str
    reservations: tuple[str, ...]
    share: float | None  # of the way from baseline to target
    calendar: float | None  # of the time from baseline to deadline
    shows: str  # what the line shows, in a sentence
    weeks: tuple[tuple[str, str], ...]  # day and figure, the oldest first
    line: tuple[float | None, ...]  # the same as numbers, unknown ones too
    target_value: float | None
    from_zero: bool
    spec: Mapping[str, Any] = field(default_factory=dict)  # of the chart; {} where none is asked for


@dataclass(frozen=True)
class Reason:
    """Which passage a goal serves."""

    document: str
    adopted: str
    place: str
    text: str
    strength: str
    why: str


@dataclass(frozen=True)
class Row:
    part: str  # kind/uuid
    name: str  # "" where a strategy has only one of the kind
    lines: tuple[Line, ...]
    under: str = ""  # what it is grouped by: a step, a phase, a decision
    above: str = ""  # the title of the strategy it is inherited from
    is_done: bool = False  # of an action
    figures: Figures | None = None  # of a goal
    reason: Reason | None = None  # of a goal

    @property
    def brief(self) -> list[Line]:
        return [line for line in self.lines if line.is_brief]

    @property
    def long(self) -> list[Line]:
        return [line for line in self.lines if not line.is_brief]

    def of(self, key: str) -> str:
        """What the row says in a field; "" where it says nothing."""
        return next((line.words for line in self.lines if line.key == key), "")


@dataclass(frozen=True)
class Group:
    """The rows of one kind."""

    key: str
    title: str
    purpose: str
    naming: str  # the label of what a row is called
    rows: tuple[Row, ...]
    across: bool  # short enough to be read as a table

    @property
    def columns(self) -> list[tuple[str, str]]:
        """Of a table: key and label of what any row says beside its name."""
        found = {line.key: line.label for row in self.rows for line in row.lines}
        return list(found.items())

    @property
    def cells(self) -> list[tuple[Row, list[str]]]:
        return [(row, [row.of(key) for key, _label in self.columns]) for row in self.rows]


@dataclass(frozen=True)
class Part:
    """A section of the strategy, in the order they are read."""

    key: str
    title: str
    short: str  # the answer in a sentence or two, where it is one of the six questions
    groups: tuple[Group, ...]

    def group(self, key: str) -> Group | None:
        return next((group for group in self.groups if group.key == key), None)


@dataclass(frozen=True)
class Passage:
    """A passage of a governing document that goals serve."""

    text: str
    place: str
    chapter: str
    goals: tuple[str, ...]


@dataclass(frozen=True)
class Document:
    """A governing document. `said`: how many passages it has."""

    title: str
    sort: str
    adopted: str
    link: str
    said: int
    passages: tuple[Passage, ...]


@dataclass(frozen=True)
class Adopted:
    """The edition that was last adopted."""

    number: int
    on: date
    by: str  # "" where people are not named


@dataclass(frozen=True)
class Content:
    """A strategy as it is shown to somebody, in one language."""

    organisation: str
    title: str
    language: str
    ambition: str
    summary: str
    about: tuple[Line, ...]  # who owns it, from when to when
    parts: tuple[Part, ...]
    documents: tuple[Document, ...]
    adopted: Adopted | None
    changed_on: date
    made_at: datetime

    @property
    def is_empty(self) -> bool:
        return not (self.parts or self.documents or self.ambition or self.summary)

    def part(self, key: str) -> Part | None:
        return next((part for part in self.parts if part.key == key), None)

    def rows(self, kind: str) -> Sequence[Row]:
        """All rows of a kind."""
        return [
            row for part in self.parts for group in part.groups if group.key == kind for row in group.rows
        ]
