from datetime import date, timedelta

import pytest

from samspill.measurement import words
from samspill.measurement.measures import Post, Span
from samspill.measurement.status import Standing, Status, status
from samspill.measurement.tests.test_measures import DAY, HOUR, NOW, asked, in_order, record
from samspill.strategy.models import Goal


def goal(**fields) -> Goal:
    plain = {"measure": "followers", "statement": "Be heard", "created_at": NOW - 100 * DAY}
    return Goal(**{**plain, **fields})


def growing(per_week: float, weeks: int = 30, start: float = 1000):
    """A channel whose followers grow by so many a week up to now."""
    told = [
        (NOW - timedelta(weeks=back), round(start + per_week * (weeks - back)))
        for back in range(weeks, -1, -1)
    ]
    return record(followers={1: told})


def of(found: Status | None) -> Status:
    assert found is not None
    return found


def test_a_goal_whose_measure_is_not_ours_has_no_status():
    assert status(goal(measure=""), record(), NOW) is None


def test_share_of_the_way_and_expected_date():
    held = growing(10, start=1000)  # 1300 now, ten a week
    now = of(status(goal(baseline=1100, target=1500, deadline=date(2026, 12, 31)), held, NOW))
    assert now.figure.value == 1300
    assert now.share == 0.5
    assert now.pace == 10
    assert now.expected == NOW.date() + timedelta(weeks=20)
    assert now.standing is Standing.ON_TIME
    assert "before the deadline" in words.standing(now)


def test_too_slow_is_behind():
    held = growing(10)
    now = of(
        status(
            goal(baseline=1290, baseline_at=date(2025, 1, 1), target=1500, deadline=date(2026, 1, 31)),
            held,
            NOW,
        )
    )
    assert now.standing is Standing.BEHIND
    assert "after the deadline" in words.standing(now)


def test_as_far_as_the_calendar_is_on_time_though_the_pace_has_stopped():
    held = growing(0, start=1300)
    ahead = goal(baseline=1000, baseline_at=date(2025, 10, 1), target=1400, deadline=date(2026, 12, 31))
    assert of(status(ahead, held, NOW)).standing is Standing.ON_TIME


def test_the_wrong_way_is_behind_and_has_no_date():
    now = of(
        status(goal(baseline=1400, target=1500, deadline=date(2026, 6, 30)), growing(-10, start=1600), NOW)
    )
    assert now.expected is None
    assert now.share == -1
    assert now.standing is Standing.BEHIND
    assert "is not reached" in words.standing(now)


@pytest.mark.parametrize(("value", "standing"), [(1300, Standing.REACHED), (1301, Standing.BEHIND)])
def test_a_target_is_reached_when_it_is_met(value, standing):
    late = goal(target=value, baseline=0, baseline_at=date(2024, 1, 1), deadline=date(2025, 11, 1))
    assert of(status(late, growing(10), NOW)).standing is standing


def test_less_is_better_for_the_time_to_an_answer():
    held = record(said=in_order(*(asked(n * DAY, 3 * HOUR) for n in range(2, 25))))
    wanted = goal(measure="response_time", baseline=10, target=4, deadline=date(2026, 6, 30))
    now = of(status(wanted, held, NOW))
    assert now.figure.value == 3
    assert now.reached
    assert now.share == pytest.approx(7 / 6)


def test_without_target_deadline_or_trend_the_goal_is_under_way():
    held = growing(10)
    assert of(status(goal(), held, NOW)).standing is Standing.OPEN
    assert of(status(goal(target=1500), held, NOW)).standing is Standing.OPEN
    assert words.standing_word(of(status(goal(), held, NOW))) == "no target yet"
    assert words.standing_word(of(status(goal(target=1500), held, NOW))) == "under way"
    young = record(followers={1: [(NOW - DAY, 5)]})
    assert of(status(goal(target=50, deadline=date(2026, 6, 30)), young, NOW)).standing is Standing.OPEN


def test_no_figures_is_said():
    now = of(status(goal(target=50, deadline=date(2026, 6, 30)), record(), NOW))
    assert now.standing is Standing.NO_FIGURES
    assert words.standing(now) == "There are no figures for this yet."


def test_an_ordinary_week_has_not_moved_and_an_extraordinary_one_has():
    weeks = [3, 5, 4, 6, 3, 5, 4, 6, 5, 4]

    def after(last: int) -> Status:
        total, told = 100, [(NOW - timedelta(weeks=len(weeks) + 1), 100)]
        for back, gain in zip(range(len(weeks), -1, -1), [*weeks, last], strict=True):
            total += gain
            told.append((NOW - timedelta(weeks=back), total))
        return of(status(goal(), record(followers={1: told}), NOW))

    assert after(6).moved is None
    move = after(30).moved
    assert move is not None
    assert move.sure
    assert move.better
    assert "more than the figure varies" in words.moved(after(30))


def test_a_young_figure_has_moved_but_not_for_sure():
    young = record(
        channels=[Span(1, since=NOW - 20 * DAY)], followers={1: [(NOW - 8 * DAY, 10), (NOW - DAY, 12)]}
    )
    move = of(status(goal(baseline=0), young, NOW)).moved
    assert move is not None
    assert (move.change, move.better, move.sure) == (2, True, False)
    first_day = record(channels=[Span(1, since=NOW - DAY)], followers={1: [(NOW - HOUR, 3)]})
    move = of(status(goal(baseline=1), first_day, NOW)).moved
    assert move is not None
    assert move.change == 2


def test_a_target_within_the_usual_variation_is_called_noise():
    """Between 14 and 28 posts in 28 days, by turns."""
    days = [n for n in range(1, 365) if n // 28 % 2 or n % 2]
    held = record(posts=[Post(n, 1, NOW - n * DAY) for n in reversed(days)])
    noise = of(status(goal(measure="posts", target=30), held, NOW))
    assert noise.target_is_noise is True
    assert "would prove nothing" in words.noise(noise)
    assert of(status(goal(measure="posts", target=90), held, NOW)).target_is_noise is False


def test_a_level_on_its_way_has_no_usual_variation():
    now = of(status(goal(target=5000), growing(10, weeks=52), NOW))
    assert now.target_is_noise is None
    assert words.noise(now) == ""


def test_a_stretch_before_we_held_the_channel_gives_no_trend():
    """Seven weeks have figures, but only the last three look back on days that were all ours."""
    held = record(
        channels=[Span(1, since=NOW - 45 * DAY)], posts=[Post(n, 1, NOW - n * DAY) for n in range(44, 0, -1)]
    )
    now = of(status(goal(measure="posts"), held, NOW))
    assert sum(week.value is not None for week in now.weeks) == 7
    assert now.pace is None


def test_a_longer_wait_is_a_move_for_the_worse():
    usual = [asked(n * DAY, timedelta(hours=2 + n % 2)) for n in range(9, 150)]
    now = of(
        status(goal(measure="response_time"), record(said=in_order(*usual, asked(2 * DAY, 20 * HOUR))), NOW)
    )
    assert now.moved is not None
    assert now.moved.sure
    assert not now.moved.better
