"""Where the goals stand, in words and as the points of a line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from samspill.accounts.models import Workspace
from samspill.face.blocks import Figures
from samspill.face.sources import clean
from samspill.measurement import words
from samspill.measurement.chart import spec, starts_at_zero
from samspill.measurement.record import gather
from samspill.measurement.status import Status, status
from samspill.strategy.models import Goal


def of_goals(workspace: Workspace, goals: Iterable[Goal], now: datetime, charts: int) -> dict[int, Figures]:
    """By key of the goal; for so many of the first with a chart. What several count alike is counted once."""
    measured = [goal for goal in goals if goal.measured is not None]
    if not measured:
        return {}
    record = gather(workspace, now, {goal.measure for goal in measured})
    counted: dict[tuple[str, int | None], Status | None] = {}
    found: dict[int, Figures] = {}
    for goal in measured:
        key = goal.measure, goal.channel_id
        if key not in counted:
            counted[key] = status(goal, record, now)
        first = counted[key]
        if first is not None:
            found[goal.pk] = _figures(replace(first, goal=goal), draw=len(found) < charts)
    return found


def _figures(now: Status, *, draw: bool) -> Figures:
    goal, show, known = now.goal, now.measure.show, now.figure.value is not None
    shows = words.shown(now.weeks)
    weeks = [week for week in now.weeks if week.value is not None]
    return Figures(
        measure=str(now.measure.name),
        channel=clean(goal.channel.name) if goal.channel else "",
        baseline=goal.baseline_shown,
        target=goal.target_shown,
        now=show(now.figure.value),
        basis=words.basis(now.figure) if known else "",
        standing=words.standing_word(now),
        tag=words.standing_tag(now),
        sentence=words.standing(now),
        trend=words.trend(now) if known else "",
        reservations=tuple(words.reservations(now.figure)) if known else (),
        share=now.share,
        calendar=now.calendar,
        shows=shows,
        weeks=tuple((words.day(week.end), show(week.value)) for week in weeks),
        line=tuple(week.value for week in now.weeks),
        target_value=goal.target,
        from_zero=starts_at_zero(now.measure),
        spec=spec(now.weeks, goal.target, shows) if draw else {},
    )
