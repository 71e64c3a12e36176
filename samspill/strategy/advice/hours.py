"""The hours a week that a place takes at the least: to make what is worth reading, and to keep the promise.

Proposals, printed beside every result. The hours a workspace writes on its channel choice stand instead.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

# Hours a week to make the least that is worth following: a post or two in the form of the place.
MAKING: dict[str, float] = {
    "facebook": 2,
    "instagram": 3,
    "snapchat": 3,
    "tiktok": 4,
    "youtube": 4,
    "x": 1.5,
    "linkedin": 1.5,
    "messenger": 0,
    "whatsapp": 1,
    "reddit": 1.5,
    "pinterest": 1.5,
    "twitch": 4,
    "threads": 1.5,
    "bluesky": 1,
    "mastodon": 1,
    "bereal": 1,
    "truthsocial": 1.5,
    "discord": 2,
    "telegram": 1,
    "website": 1,
    "blog": 2,
    "newsletter": 2,
    "feed": 0.5,
    "podcast": 4,
    "intranet": 1,
}
OTHER = 2.0  # hours, of a place that is not on the list
ONE_WAY = ("website", "blog", "feed", "podcast")  # nobody writes to us there
LOOK = 0.2  # hours: twelve minutes to see what has come and to answer
WORKING_DAYS, WORKING_DAY = 5, 8  # days a week, hours


@dataclass(frozen=True)
class Hours:
    """`written`: what the workspace says that it spends. `promise`: answered within so many hours."""

    making: float
    looks: int
    promise: float
    written: float | None = None

    @property
    def least(self) -> float:
        return self.making + self.answering

    @property
    def answering(self) -> float:
        return self.looks * LOOK

    @property
    def counted(self) -> float:
        return self.least if self.written is None else self.written

    @property
    def keeps_promise(self) -> bool:
        """Do the hours that are set aside suffice to look as often as was promised?"""
        return self.written is None or self.written >= self.answering - 1e-9


def looks(promise: float) -> int:
    """How many times a week one must look in so that the promise is kept, on working days.

    A promise of 24 hours takes one look a working day; of 4 hours two; of 48 hours one every second day.
    """
    if promise >= 24:
        return max(1, ceil(WORKING_DAYS * 24 / promise))
    return WORKING_DAYS * max(1, ceil(WORKING_DAY / max(promise, 0.25)))


def hours(place: str, promise: float, written: float | None = None) -> Hours:
    return Hours(MAKING.get(place, OTHER), 0 if place in ONE_WAY else looks(promise), promise, written)
