"""What the rules read of records: a field safely, whatever a file brought in, and what several say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from django.utils.dateparse import parse_date

from samspill.strategy.lint.facts import Facts
from samspill.strategy.models import Record

HARD_HOURS = ("complaint", "mistake", "crisis")  # situations one needs a tone for before they come
FIRST_WORD = 60  # minutes: the golden hour


def day(record: Record, name: str) -> date | None:
    """A date the record says, or None where it says none that can be read."""
    said = record.data.get(name)
    try:
        return parse_date(said) if isinstance(said, str) else None
    except ValueError:
        return None


def number(record: Record, name: str) -> float | None:
    said = record.data.get(name)
    return float(said) if isinstance(said, int | float) and not isinstance(said, bool) else None


def lacks(record: Record, name: str) -> bool:
    return record.data.get(name) in (None, "", [])


def capacity(facts: Facts) -> float | None:
    """Hours a week that all have together."""
    rows = facts.records("capacity")
    return number(rows[0], "hours_a_week") if rows else None


def shares(facts: Facts) -> list[float | None]:
    """Percent of what is published, theme by theme; None where it is not said."""
    return [number(pillar, "share") for pillar in facts.records("pillar")]


def tones(facts: Facts) -> set[str]:
    """The situations that have a tone."""
    return {str(tone.data.get("situation", "")) for tone in facts.records("tone")}


def offered_to(facts: Facts) -> set[str]:
    """Those who have been given a reason to follow, by name in small letters."""
    return {str(row.data.get("audience", "")).casefold() for row in facts.records("proposition")}


def critical_mass(facts: Facts) -> float | None:
    """Followers it takes."""
    rows = facts.records("criticalmass")
    return number(rows[0], "followers") if rows else None


def is_critical_mass_said(facts: Facts) -> bool:
    """A figure that shows when it is there: followers, answers, or a share."""
    names = ("followers", "answers", "active_share", "organic_share")
    return any(number(row, name) is not None for row in facts.records("criticalmass") for name in names)


def held_exercises(facts: Facts) -> Iterator[tuple[Record, date]]:
    """Those that have been held, with their day."""
    for row in facts.records("exercise"):
        held = day(row, "on")
        if held is not None and held <= facts.today:
            yield row, held


def with_substitute(facts: Facts) -> Sequence[Record]:
    """Roles and speakers that somebody steps in for."""
    rows = [*facts.records("role"), *facts.records("speaker")]
    return [row for row in rows if not lacks(row, "substitute")]
