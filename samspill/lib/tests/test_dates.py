"""Wall times through every change to and from daylight saving that the zones know."""

from __future__ import annotations

import zoneinfo
from datetime import UTC, datetime, timedelta

import pytest

from samspill.lib.dates import Shift, is_zone, moment


def at(text: str, zone: str = "Europe/Oslo") -> tuple[str, str, Shift]:
    found = moment(datetime.fromisoformat(text), zone)
    return found.at.strftime("%d %H:%M"), found.local.strftime("%d %H:%M"), found.shift


def test_an_ordinary_time() -> None:
    assert at("2026-11-24T11:30") == ("24 10:30", "24 11:30", Shift.NONE)
    assert at("2026-07-24T11:30") == ("24 09:30", "24 11:30", Shift.NONE)


@pytest.mark.parametrize(
    ("wall", "expected"),
    [
        ("2027-03-28T01:59", ("28 00:59", "28 01:59", Shift.NONE)),
        ("2027-03-28T02:00", ("28 01:00", "28 03:00", Shift.GAP)),
        ("2027-03-28T02:59", ("28 01:00", "28 03:00", Shift.GAP)),
        ("2027-03-28T03:00", ("28 01:00", "28 03:00", Shift.NONE)),
        ("2027-10-31T01:59", ("30 23:59", "31 01:59", Shift.NONE)),
        ("2027-10-31T02:00", ("31 00:00", "31 02:00", Shift.FOLD)),
        ("2027-10-31T02:59", ("31 00:59", "31 02:59", Shift.FOLD)),
        ("2027-10-31T03:00", ("31 02:00", "31 03:00", Shift.NONE)),
    ],
)
def test_both_nights_in_oslo(wall: str, expected: tuple[str, str, Shift]) -> None:
    assert at(wall) == expected


def test_half_an_hour_on_lord_howe() -> None:
    assert at("2026-10-04T02:15", "Australia/Lord_Howe") == ("03 15:30", "04 02:30", Shift.GAP)


def test_a_day_that_never_came_in_samoa() -> None:
    assert at("2011-12-30T12:00", "Pacific/Apia") == ("30 10:00", "31 00:00", Shift.GAP)


def transitions(zone: zoneinfo.ZoneInfo) -> list[datetime]:
    """The instants from 2025 to 2030 at which the zone's offset changes."""
    found, at = [], datetime(2025, 1, 1, tzinfo=UTC)
    while at < datetime(2031, 1, 1, tzinfo=UTC):
        later = at + timedelta(days=7)
        if at.astimezone(zone).utcoffset() != later.astimezone(zone).utcoffset():
            low, high = at, later
            while high - low > timedelta(minutes=1):
                middle = low + (high - low) / 2
                same = middle.astimezone(zone).utcoffset() == at.astimezone(zone).utcoffset()
                low, high = (middle, high) if same else (low, middle)
            found.append(high.replace(second=0, microsecond=0))
        at = later
    return found


def test_every_change_of_every_zone() -> None:
    """Inside a gap: the first instant after it. Inside a fold: the first of the two. Outside: as it is."""
    seen = 0
    for name in sorted(zoneinfo.available_timezones()):
        zone = zoneinfo.ZoneInfo(name)
        for change in transitions(zone):
            seen += 1
            before, after = (
                (change + timedelta(minutes=minutes)).astimezone(zone).utcoffset() for minutes in (-5, 5)
            )
            assert before is not None
            assert after is not None
            width = abs(after - before)
            if after > before:
                wall = change.replace(tzinfo=None) + before + width / 2
                assert moment(wall, name).at == change, name
                assert moment(wall, name).shift is Shift.GAP
            else:
                wall = change.replace(tzinfo=None) + after + width / 2
                assert moment(wall, name).at == change - width / 2, name
                assert moment(wall, name).shift is Shift.FOLD
            edge = change.replace(tzinfo=None) + max(before, after)
            assert moment(edge, name).shift is Shift.NONE
    assert seen > 2000


def test_a_zone_that_is_none() -> None:
    assert is_zone("Europe/Oslo")
    assert not is_zone("Europe/Bodø")
    with pytest.raises(zoneinfo.ZoneInfoNotFoundError):
        moment(datetime(2026, 1, 1), "Europe/Bodø")  # noqa: DTZ001
