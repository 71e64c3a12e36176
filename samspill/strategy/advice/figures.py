"""Who uses what: figures with population, period, kind of use and source, ours and those that come with us.

usage.csv holds what comes with Samspill, every figure as its source has it; where two sources differ, both
stand. A workspace's own figure of the same question takes its place, and an empty one strikes it out.
A profile, a visit every day and one in three months are different things and never compared.
"""

from __future__ import annotations

import csv
import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspill.strategy.models import UsageFigure
from samspill.strategy.places import PLACES

SHIPPED = Path(__file__).with_name("usage.csv")
OLD = 24  # months
DAILY = "daily"
ANY = "any"  # any social medium at all
USES: dict[str, Promise] = {
    DAILY: gettext_lazy("use it every day"),
    "weekly": gettext_lazy("use it every week"),
    "quarterly": gettext_lazy("used it in the last three months"),
    "profile": gettext_lazy("have a profile"),
    "uses": gettext_lazy("say that they use it"),
    "ever": gettext_lazy("ever use it"),
    "news": gettext_lazy("used it for news in the last week"),
    "identities": gettext_lazy("accounts, not people"),
}
_PERIOD = re.compile(r"(?P<year>\d{4})(?:Q(?P<quarter>[1-4])|-(?P<month>0[1-9]|1[0-2]))?")
Question = tuple[str, str, str, str, str, str]


@dataclass(frozen=True)
class Figure:
    """`value`: percent. `own`: the row of the workspace it is, or is struck out by."""

    country: str
    population: str
    period: str
    use: str
    segment: str
    place: str
    value: float
    source: str
    link: str = ""
    own: UsageFigure | None = None

    @property
    def question(self) -> Question:
        """What it answers; two that answer the same are alternatives."""
        return self.country, self.population, self.period, self.use, self.segment, self.place

    @property
    def key(self) -> str:
        """What an address calls one that came with Samspill."""
        return hashlib.sha256("|".join((*self.question, self.source, self.link)).encode()).hexdigest()[:12]

    @property
    def until(self) -> date:
        """The last month it is about."""
        return last_month(self.period) or date.min

    @property
    def year(self) -> int:
        return self.until.year

    @property
    def when(self) -> str:
        return period_in_words(self.period)

    def months(self, today: date) -> int:
        """How old it is."""
        return max(0, 12 * (today.year - self.until.year) + today.month - self.until.month)

    def is_old(self, today: date) -> bool:
        return self.months(today) > OLD


def last_month(period: str) -> date | None:
    """The first day of a period's last month: 2022Q1 is March 2022, 2025 is December. None: not a period."""
    found = _PERIOD.fullmatch(period)
    if found is None or not 1900 <= int(found["year"]) <= 2200:
        return None
    month = 3 * int(found["quarter"]) if found["quarter"] else int(found["month"] or 12)
    return date(int(found["year"]), month, 1)


def period_in_words(period: str) -> str:
    found, month = _PERIOD.fullmatch(period), last_month(period)
    if found is None or month is None:
        return period
    if found["quarter"]:
        return _("quarter %(n)s of %(year)s") % {"n": found["quarter"], "year": found["year"]}
    return date_format(month, "F Y") if found["month"] else found["year"]


def place_name(key: str) -> str:
    return _("any social medium") if key == ANY else str(PLACES.get(key, key))


@cache
def shipped() -> tuple[Figure, ...]:
    """What comes with Samspill."""
    with SHIPPED.open(encoding="utf-8", newline="") as file:
        return tuple(
            Figure(**{**row, "value": float(row["value"])})  # type: ignore[arg-type]
            for row in csv.DictReader(file)
        )


def own(row: UsageFigure) -> Figure:
    """A row of the workspace as a figure; of one that strikes out the value says nothing."""
    said = (row.country, row.population, row.period, row.use, row.segment, row.place)
    return Figure(*said, value=row.value or 0.0, source=row.source, link=row.link, own=row)


@dataclass(frozen=True)
class Figures:
    """The figures of a workspace: those that count, and those it has struck out or replaced."""

    standing: Sequence[Figure]
    struck: Sequence[Figure]

    def differing(self) -> set[Question]:
        """Questions to which more than one figure stands."""
        times = Counter(figure.question for figure in self.standing)
        return {question for question, n in times.items() if n > 1}


def figures(rows: Iterable[UsageFigure], theirs: Iterable[Figure] | None = None) -> Figures:
    """A workspace's own rows laid over what came with Samspill."""
    by_question = {own(row).question: row for row in rows}
    standing = [own(row) for row in by_question.values() if row.value is not None]
    struck = []
    for figure in shipped() if theirs is None else theirs:
        row = by_question.get(figure.question)
        if row is None or (row.value is None and _origin(row) not in (("", ""), _origin(figure))):
            standing.append(figure)
        else:
            said = (*figure.question, figure.value, figure.source, figure.link)
            struck.append(Figure(*said, own=row))
    return Figures(standing, struck)


def _origin(said: Figure | UsageFigure) -> tuple[str, str]:
    """Which of those that answer the same it is; of a row that strikes out ("", "") is every one."""
    return said.source, said.link
