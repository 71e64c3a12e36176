"""Cases of the rules that need figures and work."""

from __future__ import annotations

from datetime import UTC, date, datetime

from samspill.strategy.lint.facts import Reading, Work
from samspill.strategy.tests.lint.rows import Case, goal


def reading(value: float | None, *limits: float) -> dict[str, dict[int, Reading]]:
    return {"readings": {1: Reading(value, (limits[0], limits[1]) if limits else None)}}


def work(of_goal: int, loose: int = 0, total: int = 8) -> dict[str, Work]:
    return {"work": Work({1: of_goal}, loose, total, weeks=8)}


CASES = [
    Case(
        "target-in-variation",
        reading(60, -3.5, 90),
        reading(60, 50, 89.9),
        "The figure wanders between 0% and 90% by itself, and the target lies there.",
    ),
    Case(
        "goal-no-figures",
        reading(None),
        {**reading(None), "goal": [goal(measure="trust", data_source="Undersøkelsen")]},
        "There are no figures of its measure yet.",
    ),
    Case(
        "goal-reached-early",
        {**reading(4), "goal": [goal(measure="response_time", baseline=9, target=4)]},
        {**reading(90), "goal": [goal(deadline=date(2026, 6, 29))]},
        "It stands at 4 hours, with the deadline still ahead.",
    ),
    Case(
        "goal-no-work",
        work(0),
        {**work(0), "goal": [goal(created_at=datetime(2026, 5, 5, tzinfo=UTC))]},
        "Nothing has been written or published for it in the last 8 weeks.",
    ),
    Case(
        "work-no-goal",
        work(1, loose=5),
        work(1, loose=4),
        "5 of the last 8 drafts and posts serve no goal.",
    ),
]
