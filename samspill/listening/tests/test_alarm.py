"""When clearly more is said than usual, and when it only looks so."""

from __future__ import annotations

import random

import pytest

from samspill.listening.alarm import DAY, HOURS, LIMITS, WEEK, alarms

NORMAL = LIMITS["normal"]
ALWAYS = [50] * HOURS


def week(*, busy: int = 4, quiet: int = 1) -> list[int]:
    """Counts by the hour: more by day than by night."""
    return [busy if 8 <= hour % DAY < 20 else quiet for hour in range(HOURS)]


def test_what_is_said_every_week_at_this_time_raises_nothing():
    assert alarms(week(), ALWAYS, 1.0, NORMAL) == []


def test_many_posts_in_an_hour_are_noticed_in_that_hour():
    counts = week()
    counts[-1] = 30
    found = alarms(counts, ALWAYS, 1.0, NORMAL)
    assert ("sudden", 1) in [(rule.name, rule.hours) for rule in found]
    first = found[0]
    assert first.posts >= 30
    assert first.value > first.limit


def test_the_running_hour_is_held_against_as_much_of_an_hour():
    counts = [60] * HOURS
    counts[-1] = 6  # five minutes into the hour, one would expect five
    assert [r for r in alarms(counts, ALWAYS, 5 / 60, NORMAL) if r.hours == 1] == []
    counts[-1] = 40
    assert [r.hours for r in alarms(counts, ALWAYS, 5 / 60, NORMAL) if r.name == "sudden"][:1] == [1]


def test_from_one_post_to_four_is_no_alarm():
    counts = [0] * HOURS
    counts[-1] = 4
    assert alarms(counts, ALWAYS, 1.0, NORMAL) == []
    counts[-1] = 5
    assert alarms(counts, ALWAYS, 1.0, NORMAL) != []


def test_more_for_days_is_noticed_by_ears_though_no_hour_stands_out():
    counts = [2] * HOURS
    counts[-DAY:] = [4] * DAY
    names = {rule.name for rule in alarms(counts, ALWAYS, 1.0, NORMAL)}
    assert {"c1", "c2"} <= names


def test_a_watch_that_is_young_has_no_usual_to_be_above():
    kept = [0] * (HOURS - 2 * DAY) + [50] * 2 * DAY
    counts = [0] * (HOURS - DAY) + [3] * (DAY - 1) + [40]
    assert alarms(counts, kept, 1.0, NORMAL) == []


def test_where_weeks_are_missing_the_days_before_tell_what_is_usual():
    kept = [0] * (HOURS - WEEK) + [50] * WEEK
    counts = [0] * (HOURS - WEEK) + [3] * (WEEK - 1) + [40]
    assert alarms(counts, kept, 1.0, NORMAL)[0].name == "sudden"


def test_hours_in_which_nothing_was_kept_do_not_make_the_usual_smaller():
    counts, kept = [10] * HOURS, list(ALWAYS)
    for hour in range(HOURS - 3 * WEEK, HOURS - 2 * WEEK):
        counts[hour] = kept[hour] = 0
    assert [rule for rule in alarms(counts, kept, 1.0, NORMAL) if rule.name == "sudden"] == []


@pytest.mark.parametrize(("keenness", "most"), [("calm", 0), ("normal", 6), ("keen", 40)])
def test_chance_alone_seldom_raises_an_alarm(keenness, most):
    """A month of hours of pure chance, 3 an hour in the mean, looked at each hour."""
    chance = random.Random(5)
    counts = [sum(chance.random() < 0.01 for _ in range(300)) for _ in range(HOURS + 30 * DAY)]
    raised = sum(
        bool(alarms(counts[at : at + HOURS], ALWAYS, 1.0, LIMITS[keenness])) for at in range(30 * DAY)
    )
    assert raised <= most


def test_less_than_usual_is_no_alarm():
    counts = [10] * HOURS
    counts[-DAY:] = [0] * DAY
    assert alarms(counts, ALWAYS, 1.0, NORMAL) == []
