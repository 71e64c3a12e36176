"""The check of a strategy with what only the data know: figures that vary by themselves, and the work."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from samspill.measurement.record import gather
from samspill.measurement.status import status
from samspill.measurement.strategy_check import readings, work
from samspill.measurement.tests import rows
from samspill.strategy.lint.gather import gather as gather_strategy
from samspill.strategy.models import Goal, Record, Strategy

WEEK = timedelta(weeks=1)


@pytest.fixture
def channel(cast):
    """A year of posts: now four, now five in each stretch of 28 days."""
    ours, now = rows.channel(cast.fjord, cast.olga), timezone.now()
    for back in range(0, 52, 4):
        for n in range(4 + back // 4 % 2):
            rows.post(ours, cast.alice, now - back * WEEK - timedelta(days=5 * n + 1))
    return ours


def goal(cast, **more) -> Goal:
    whole = {
        "statement": "Vi svarer ofte",
        "measure": "posts",
        "baseline": 4,
        "target": 5,
        "deadline": timezone.localdate() + timedelta(days=200),
        "created_at": timezone.now() - timedelta(days=60),
    }
    return Goal.objects.create(strategy=cast.strategy, **(whole | more))


def page(*args) -> str:
    return reverse("measurement:strategy_check", args=("fjord", *args))


def test_a_target_inside_normal_variation_is_found(cast, channel, as_person):
    goal(cast, target=6.5)
    shown = as_person(cast.vera).get(page()).content.decode()
    assert "Target inside normal variation" in shown
    assert "Vi svarer ofte" in shown


def test_a_target_outside_it_is_not(cast, channel, as_person):
    goal(cast, target=20)
    assert "Target inside normal variation" not in as_person(cast.vera).get(page()).content.decode()


def test_the_limits_are_those_of_the_goals_own_page(cast, channel):
    served, now = goal(cast), timezone.now()
    record = gather(cast.fjord, now)
    found = status(served, record, now)
    reading = readings([served], record, now)[served.pk]
    assert found is not None
    assert reading.limits == found.limits is not None
    assert reading.value == found.figure.value


def test_a_goal_for_one_channel_is_read_by_that_channel(cast, channel):
    other = rows.channel(cast.fjord, cast.olga, "andre")
    now = timezone.now()
    served = goal(cast, channel=other)
    assert readings([served], gather(cast.fjord, now), now)[served.pk].value == 0


def test_a_goal_without_a_measure_of_ours_has_no_reading(cast):
    now = timezone.now()
    assert readings([goal(cast, measure="trust")], gather(cast.fjord, now), now) == {}


def test_work_is_what_was_begun_or_went_out_lately(cast, channel):
    served, now = goal(cast), timezone.now()
    late = rows.post(channel, cast.alice, now - 7 * WEEK)
    early = rows.post(channel, cast.alice, now - 9 * WEEK)
    for post in (late, early):
        draft = post.version.draft
        draft.goal, draft.created_at = served, now - 20 * WEEK
        draft.save()
    done = work(gather_strategy(cast.strategy, timezone.localdate()), now)
    assert done.by_goal == {served.pk: 1}
    assert done.total == done.loose + 1


def test_a_goal_without_work_is_found_and_a_new_one_left_alone(cast, as_person):
    goal(cast, statement="Gammelt mål")
    goal(cast, statement="Nytt mål", created_at=timezone.now())
    shown = as_person(cast.vera).get(page()).content.decode()
    found = shown.split("Goal without work")[1]
    assert "Gammelt mål" in found
    assert "Nytt mål" not in found


def test_what_was_put_aside_stands_below(cast, as_person):
    served = goal(cast)
    said = {"rule": "goal-no-work", "part": served.part, "reason": "Etter ferien", "until": "2099-01-01"}
    Record.objects.create(strategy=cast.strategy, kind="exception", data=said)
    shown = as_person(cast.vera).get(page()).content.decode()
    assert "Etter ferien" in shown
    assert shown.index("Put aside") < shown.index("Goal without work")


def test_a_strategy_below_is_not_blamed_for_all_loose_work(cast, channel, as_person):
    below = Strategy.objects.create(workspace=cast.fjord, parent=cast.strategy, title="Kampanjen")
    assert "Work without a goal" in as_person(cast.vera).get(page()).content.decode()
    assert "Work without a goal" not in as_person(cast.vera).get(page(below.pk)).content.decode()


def test_takes_few_queries_whatever_the_goals(cast, channel, as_person, django_assert_max_num_queries):
    for n in range(40):
        goal(cast, statement=f"Mål {n}")
    person = as_person(cast.vera)
    person.get(page())
    with django_assert_max_num_queries(30):
        person.get(page())
