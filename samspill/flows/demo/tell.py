"""Words for a year: the same seed tells the same year, whenever it ends."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from random import Random

from django.utils import translation
from django.utils.dates import MONTHS

from samspill.flows.demo.organisation import Organisation

PLAIN = str.maketrans("æøå ", "aoa.", "-")
CROWD = 420  # people who have something to say in the course of a year


@dataclass(frozen=True)
class Person:
    handle: str
    name: str


class Teller:
    """Fills in places, figures and months, and knows who speaks."""

    def __init__(self, organisation: Organisation, chance: Random) -> None:
        self.organisation, self.chance = organisation, chance
        self.crowd = self._crowd()
        # A few are heard often, most of them once or twice: a share that falls with the rank.
        self.weights = [1 / (rank + 6) for rank in range(CROWD)]
        with translation.override(organisation.language):
            self.months = {number: str(name) for number, name in MONTHS.items()}

    def _crowd(self) -> list[Person]:
        first, last = self.organisation.first_names, self.organisation.last_names
        names = [f"{one} {other}" for one in first for other in last]
        picked = self.chance.sample(names, CROWD)
        return [Person(_handle(name, number), name) for number, name in enumerate(picked)]

    def somebody(self) -> Person:
        return self.chance.choices(self.crowd, self.weights)[0]

    def blanks(self, at: datetime, handle: str = "") -> dict[str, str]:
        """What stands for each {name} in one text and in the answers to it."""
        filled = {name: self.chance.choice(words) for name, words in self.organisation.words.items()}
        for name, (low, high) in self.organisation.numbers.items():
            filled[name] = _grouped(self.chance.randint(low, high))
        month, week = self.months[at.month], str(at.isocalendar().week)
        return filled | {"mnd": month, "month": month, "uke": week, "us": f"@{handle}"}


def fill(text: str, blanks: Mapping[str, str]) -> str:
    filled = text.format_map(blanks)
    return filled[:1].upper() + filled[1:]


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", " ") if number >= 10_000 else str(number)


def _handle(name: str, number: int) -> str:
    plain = name.lower().translate(PLAIN)
    return plain if number % 3 else f"{plain.partition('.')[0]}{10 + number}"
