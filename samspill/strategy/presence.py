"""Where an audience is, kept apart by kind of use: a profile and a daily habit are different things."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from samspill.strategy.models import Presence
from samspill.strategy.places import PLACES


@dataclass(frozen=True)
class Column:
    """The shares of one kind of use, the largest first."""

    use: str
    title: str
    rows: list[Presence]


def by_use(presences: Iterable[Presence]) -> list[Column]:
    """One column for each kind of use that has figures, never two in one."""
    rows = sorted(presences, key=lambda row: (-row.share, row.place, -row.year))
    return [
        Column(use, str(Presence.Use(use).label), found)
        for use in Presence.Use.values
        if (found := [row for row in rows if row.use == use])
    ]


def shares_at(presences: Iterable[Presence], place: str) -> list[Presence]:
    """What is known of an audience at a place: the newest figure of each kind of use."""
    newest: dict[str, Presence] = {}
    for row in sorted(presences, key=lambda row: row.year):
        if place and row.place == place:
            newest[row.use] = row
    return [newest[use] for use in Presence.Use.values if use in newest]


def key_of(words: str) -> str:
    """What a place is kept as: its key where it is a known one, else as it was typed."""
    folded = words.strip().casefold()
    for key, place in PLACES.items():
        if folded in (key, str(place.name).casefold()):
            return key
    return words.strip()
