"""How much is said day by day, and what is usual."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from statistics import median

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspill.archive.query import Node
from samspill.archive.store import Store
from samspill.listening.asked import zone

DAYS = 28
HOUR = 3_600_000  # milliseconds
WIDE, HIGH, GAP = 560, 96, 3  # of the drawing
MUCH, MANY = 2.0, 10  # times as many as usual, and posts at the least, are worth a word


@dataclass(frozen=True)
class Day:
    """`x`, `y`, `wide`, `high`: its bar in the drawing."""

    on: date
    posts: int
    x: float
    y: float
    wide: float
    high: float
    is_peak: bool


@dataclass(frozen=True)
class Days:
    days: Sequence[Day]
    total: int
    usual: float  # the median of the days
    said: str

    @property
    def box(self) -> str:
        return f"0 0 {WIDE} {HIGH}"


def days(store: Store, node: Node, today: date) -> Days:
    """The last 28 days of the reader, today included."""
    first = today - timedelta(days=DAYS - 1)
    since, until = begins(first), begins(today + timedelta(days=1))
    counts = dict.fromkeys((first + timedelta(days=n) for n in range(DAYS)), 0)
    for bar in store.histogram(node, since, until, HOUR):
        on = datetime.fromtimestamp(bar.at / 1000, zone()).date()
        if on in counts:
            counts[on] += bar.posts
    return Days(_drawn(counts), sum(counts.values()), median(counts.values()), _sentence(counts))


def begins(day: date) -> int:
    return int(datetime.combine(day, time(), zone()).timestamp()) * 1000 // HOUR * HOUR


def _drawn(counts: dict[date, int]) -> list[Day]:
    most = max(counts.values()) or 1
    step = WIDE / len(counts)
    found = []
    for at, (on, posts) in enumerate(counts.items()):
        high = max(round(posts / most * HIGH, 1), 2 if posts else 0)
        peak = posts == most and posts > 0
        found.append(
            Day(on, posts, round(at * step, 1), round(HIGH - high, 1), round(step - GAP, 1), high, peak)
        )
    return found


def _sentence(counts: dict[date, int]) -> str:
    total, usual = sum(counts.values()), median(counts.values())
    if not total:
        return _("Nothing in the last 28 days.")
    peak = max(counts, key=lambda day: (counts[day], day))
    words = ngettext(
        "Most on %(day)s, with %(n)s post.", "Most on %(day)s, with %(n)s posts.", counts[peak]
    ) % {"day": date_format(peak, "DATE_FORMAT"), "n": number_format(counts[peak], 0, force_grouping=True)}
    if usual and counts[peak] >= max(MUCH * usual, MANY):
        times = _("That is %(times)s times the usual day.")
        return f"{words} {times % {'times': number_format(round(counts[peak] / usual, 1), 1)}}"
    return words
