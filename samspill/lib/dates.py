"""Wall time and zones: when the clock on the wall shows what a person wrote, daylight saving included."""

from __future__ import annotations

import zoneinfo
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import lru_cache


class Shift(StrEnum):
    """What the change to or from daylight saving did to the wall time."""

    NONE = ""
    GAP = "gap"  # the clocks are set forward over it: there is no such time that day
    FOLD = "fold"  # the clocks are set back over it: it comes twice


@dataclass(frozen=True)
class Moment:
    """A wall time in a zone, and when that is. `local` is what the clock will show then."""

    at: datetime
    local: datetime
    zone: str
    shift: Shift


def moment(wall: datetime, zone: str) -> Moment:
    """When a naive wall time comes: in a gap the first instant after it, in a fold the first of the two.

    Raises zoneinfo.ZoneInfoNotFoundError for a zone that is not known.
    """
    place = zoneinfo.ZoneInfo(zone)
    first, second = (wall.replace(tzinfo=place, fold=fold).astimezone(UTC) for fold in (0, 1))
    if first == second:
        return Moment(first, first.astimezone(place), zone, Shift.NONE)
    if first < second:
        return Moment(first, first.astimezone(place), zone, Shift.FOLD)
    after = _end_of_gap(second, first, place)
    return Moment(after, after.astimezone(place), zone, Shift.GAP)


def _end_of_gap(before: datetime, after: datetime, place: zoneinfo.ZoneInfo) -> datetime:
    """The instant between the two at which the zone's offset changes, to the second as in the zone files."""
    offset = before.astimezone(place).utcoffset()
    low, high = before, after
    while high - low > timedelta(seconds=1):
        middle = low + timedelta(seconds=int((high - low).total_seconds()) // 2)
        if middle.astimezone(place).utcoffset() == offset:
            low = middle
        else:
            high = middle
    return high


def is_zone(name: str) -> bool:
    return name in zone_names()


@lru_cache(maxsize=1)
def zone_names() -> frozenset[str]:
    return frozenset(zoneinfo.available_timezones())
