"""Which goals serve which passage, and what hangs loose on either side."""

from __future__ import annotations

from datetime import UTC, datetime

from samspill.strategy.models import Goal, Passage
from samspill.strategy.trace import serving, unasked, unserved

CLOSED = datetime(2026, 1, 1, tzinfo=UTC)


def test_a_passage_is_served_by_goals_in_force_only():
    first, second = Goal(pk=1, passage_id=7), Goal(pk=2, passage_id=7, closed_at=CLOSED)
    assert serving([first, second]) == {7: [first]}


def test_passages_nobody_serves_are_those_that_stand():
    passages = [Passage(pk=7), Passage(pk=8), Passage(pk=9, gone_in_id=3)]
    assert [row.pk for row in unserved(passages, [Goal(passage_id=7)])] == [8]
    assert [row.pk for row in unserved(passages, [Goal(passage_id=7, closed_at=CLOSED)])] == [7, 8]


def test_goals_nobody_asked_for_point_to_no_passage():
    goals = [Goal(pk=1), Goal(pk=2, passage_id=7), Goal(pk=3, closed_at=CLOSED)]
    assert [goal.pk for goal in unasked(goals)] == [1]
