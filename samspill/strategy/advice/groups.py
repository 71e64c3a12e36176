"""Groups of people as statistics write them: 18-29, 60+, women, all. And which of them holds another."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

OLDEST = 120
EVERYONE = "all"
SEXES = ("women", "men")
_SPAN = re.compile(r"(?P<low>\d{1,3})(?:\s*[-–]\s*(?P<high>\d{1,3})|(?P<up>\s*\+))")


@dataclass(frozen=True)
class Group:
    """People from `low` to `high` years, both counted; of one sex where that is said."""

    low: int = 0
    high: int = OLDEST
    sex: str = ""

    def holds(self, other: Group) -> bool:
        return self.low <= other.low and other.high <= self.high and self.sex in ("", other.sex)

    @property
    def width(self) -> float:
        """How broad it is: the years it spans, half of that where it is one sex only."""
        return (self.high - self.low + 1) / (2 if self.sex else 1)


def group(segment: str, population: str = "") -> Group | None:
    """What a segment of those who were asked means; None where it says nothing we can read.

    "all" and a sex are of the whole population: 18+, 16-79, 18+ online.
    """
    said = segment.strip().lower()
    if said in (EVERYONE, "", *SEXES):
        whole = _ages(population) or Group()
        return Group(whole.low, whole.high, said if said in SEXES else "")
    return _ages(said)


def _ages(text: str) -> Group | None:
    found = _SPAN.match(text.strip())
    if found is None:
        return None
    low = int(found["low"])
    high = OLDEST if found["up"] else int(found["high"])
    return Group(low, high) if low <= high <= OLDEST else None


def in_words(segment: str) -> str:
    """A segment as a page writes it: 18–29 years, 60 years and older, women."""
    said = segment.strip().lower()
    if said in (EVERYONE, ""):
        return _("everyone")
    if said in SEXES:
        return {"women": _("women"), "men": _("men")}[said]
    ages = _ages(said)
    if ages is None:
        return segment
    if ages.high == OLDEST:
        return _("%(age)d years and older") % {"age": ages.low}
    return _("%(low)d–%(high)d years") % {"low": ages.low, "high": ages.high}
