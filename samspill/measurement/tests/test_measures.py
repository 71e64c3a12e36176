from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from samspill.measurement.measures import COMPUTE, Post, Record, Said, Span, figure, series
from samspill.strategy.measures import MEASURES

NOW = datetime(2025, 11, 24, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def record(**held) -> Record:
    empty: dict[str, Any] = {"followers": {}, "posts": (), "said": (), "began": ()}
    span = Span(1, since=NOW - 400 * DAY, heard_at=NOW - HOUR)
    return Record(**{"channels": [span], "promise": DAY, "zone": UTC, **empty, **held})


def asked(ago: timedelta, answered_after: timedelta | None = None, author: str = "kari") -> Said:
    at = NOW - ago
    return Said(
        int(ago.total_seconds()), 1, author, at, True, at + answered_after if answered_after else None
    )


def in_order(*said: Said) -> list[Said]:
    return sorted(said, key=lambda one: one.at)


def test_every_measure_has_a_formula_in_code_and_one_in_the_documents():
    text = (Path(__file__).parents[3] / "docs" / "measures.md").read_text(encoding="utf-8")
    described = {line.split("`")[1] for line in text.splitlines() if line.startswith("## `")}
    assert set(COMPUTE) == set(MEASURES) == described


@pytest.mark.parametrize("key", MEASURES)
def test_without_a_channel_there_are_no_figures(key):
    assert figure(record(channels=[]), key, NOW).value is None


@pytest.mark.parametrize("key", ["followers", "reactions_per_post", "response_rate", "answered_in_time"])
def test_no_data_is_not_zero(key):
    assert figure(record(), key, NOW).value is None


@pytest.mark.parametrize("key", ["posts", "replies", "conversations"])
def test_what_we_count_ourselves_is_zero_when_nothing_happened(key):
    assert figure(record(), key, NOW).value == 0


def test_followers_are_the_newest_of_each_channel_together():
    held = record(
        channels=[Span(1, NOW - 90 * DAY), Span(2, NOW - 90 * DAY), Span(3, NOW - 90 * DAY)],
        followers={1: [(NOW - 2 * DAY, 100), (NOW - HOUR, 110)], 2: [(NOW - 3 * DAY, 40)]},
    )
    now = figure(held, "followers", NOW)
    assert (now.value, now.n, now.missing) == (150, 2, 1)
    assert now.as_of == NOW - 3 * DAY
    assert now.late
    assert figure(held, "followers", NOW - DAY).value == 140
    assert figure(held.only(1), "followers", NOW).value == 110
    assert figure(held, "followers", NOW - 30 * DAY).value is None


def test_a_channel_that_was_closed_counts_no_longer():
    closed = Span(1, NOW - 90 * DAY, until=NOW - 10 * DAY)
    held = record(
        channels=[closed, Span(2, NOW - 90 * DAY)],
        followers={
            1: [(NOW - 11 * DAY, 100)],
            2: [(NOW - 11 * DAY, 7)],
        },
    )
    assert figure(held, "followers", NOW).value == 7
    assert figure(held, "followers", NOW - 10 * DAY).value == 107


def test_a_day_old_answer_is_not_late_and_two_days_old_is():
    def at(ago):
        return figure(record(followers={1: [(NOW - ago, 5)]}), "followers", NOW)

    assert not at(26 * HOUR).late
    assert at(26 * HOUR + timedelta(seconds=1)).late


def test_posts_count_from_the_first_moment_of_the_stretch_to_the_last():
    moments = [NOW - 28 * DAY - HOUR, NOW - 28 * DAY, NOW - DAY, NOW]
    held = record(posts=[Post(n, 1, at) for n, at in enumerate(moments)])
    assert figure(held, "posts", NOW).value == 2


def test_reactions_are_those_told_by_then():
    post = Post(1, 1, NOW - 10 * DAY, [(NOW - 9 * DAY, 3), (NOW - 2 * DAY, 12)])
    silent = Post(2, 1, NOW - 5 * DAY)
    held = record(posts=[post, silent])
    now = figure(held, "reactions", NOW)
    assert (now.value, now.n, now.missing) == (12, 1, 1)
    assert figure(held, "reactions", NOW - 3 * DAY).value == 3


def test_posts_whose_reactions_nobody_told_give_no_figures_but_no_posts_give_zero():
    assert figure(record(posts=[Post(2, 1, NOW - DAY)]), "reactions", NOW).value is None
    assert figure(record(), "reactions", NOW).value == 0


def test_reactions_per_post_is_a_mean_with_its_interval():
    told = [Post(n, 1, NOW - DAY, [(NOW - HOUR, n)]) for n in (2, 4, 9)]
    now = figure(record(posts=told), "reactions_per_post", NOW)
    assert now.value == 5
    assert now.low is not None
    assert now.high is not None
    assert now.low < 5 < now.high
    assert now.too_few


def test_only_what_is_older_than_the_promise_counts():
    held = record(
        said=in_order(asked(25 * HOUR), asked(24 * HOUR), asked(23 * HOUR), asked(HOUR, timedelta(0)))
    )
    now = figure(held, "response_rate", NOW)
    assert (now.value, now.n, now.hits, now.missing) == (0, 2, 0, 2)


def test_answered_late_is_answered_but_not_in_time():
    said = in_order(
        asked(5 * DAY, 24 * HOUR),
        asked(4 * DAY, 24 * HOUR + timedelta(seconds=1)),
        asked(3 * DAY, 2 * HOUR),
        asked(2 * DAY),
    )
    held = record(said=said)
    assert figure(held, "response_rate", NOW).value == 75
    assert figure(held, "answered_in_time", NOW).value == 50


def test_what_was_answered_afterwards_does_not_change_the_past():
    held = record(said=[asked(10 * DAY, 5 * DAY)])
    assert figure(held, "response_rate", NOW).value == 100
    assert figure(held, "response_rate", NOW - 6 * DAY).value == 0


def test_a_share_shows_its_interval_and_says_when_cases_are_few():
    def of(cases):
        return figure(
            record(said=in_order(*(asked(2 * DAY, HOUR) for _ in range(cases)))), "response_rate", NOW
        )

    assert of(29).too_few
    assert not of(30).too_few
    assert of(30).low == pytest.approx(88.65, abs=0.01)
    assert of(30).high == 100


def test_what_needs_no_answer_is_not_asked_for_one():
    held = record(said=[replace(asked(2 * DAY), needs_answer=False)])
    assert figure(held, "response_rate", NOW).value is None
    assert figure(held, "response_time", NOW).value is None
    assert figure(held, "replies", NOW).value == 1


def test_the_time_to_an_answer_counts_those_who_still_wait():
    fast = [asked(3 * DAY, 2 * HOUR), asked(4 * DAY, 4 * HOUR)]
    assert figure(record(said=in_order(*fast)), "response_time", NOW).value == 2
    slow = [asked(5 * DAY), asked(6 * DAY), asked(7 * DAY)]
    now = figure(record(said=in_order(*fast, *slow)), "response_time", NOW)
    assert (now.value, now.hits, now.n) == (None, 2, 5)


def test_conversations_are_counted_when_they_begin():
    held = record(began=[(NOW - 29 * DAY, 1), (NOW - 27 * DAY, 1), (NOW - DAY, 2)])
    assert figure(held, "conversations", NOW).value == 2
    assert figure(held.only(1), "conversations", NOW).value == 1


def test_a_voice_returns_when_it_is_heard_in_two_months():
    said = in_order(
        asked(40 * DAY, author="kari"),
        asked(2 * DAY, author="kari"),
        asked(3 * DAY, author="ola"),
        asked(4 * DAY, author="ola"),
    )
    now = figure(record(said=said), "voices_returning", NOW)
    assert (now.value, now.hits, now.n) == (50, 1, 2)


def test_a_month_is_that_of_the_calendar_where_the_organisation_is():
    """Half past eleven at night on the last of October in UTC is November in Oslo."""
    at = datetime(2025, 10, 31, 23, 30, tzinfo=UTC)
    said = [Said(1, 1, "kari", at), Said(2, 1, "kari", NOW - DAY)]
    assert figure(record(said=said), "voices_returning", NOW).value == 100
    assert figure(record(said=said, zone=ZoneInfo("Europe/Oslo")), "voices_returning", NOW).value == 0


def test_a_stretch_longer_than_we_have_held_a_channel_says_so():
    new = record(channels=[Span(1, since=NOW - 5 * DAY)], posts=[Post(1, 1, NOW - DAY)])
    assert figure(new, "posts", NOW).since == NOW - 5 * DAY
    assert figure(record(channels=[Span(1, since=NOW - 28 * DAY)]), "posts", NOW).since is None


def test_a_series_ends_now_and_goes_back_a_week_at_a_time():
    weeks = series(record(), "posts", NOW)
    assert len(weeks) == 26
    assert weeks[-1].end == NOW
    assert weeks[-2].end == NOW - 7 * DAY
