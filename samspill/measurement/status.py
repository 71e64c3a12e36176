"""Where a goal stands: how far it has come, where it is heading, and whether it has moved or only wavers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cached_property
from itertools import pairwise

from samspill.measurement.measures import Figure, Record, figure, series, values
from samspill.measurement.variation import natural_limits, slope
from samspill.strategy.measures import MEASURES, Measure
from samspill.strategy.models import Goal

TREND_WEEKS = 8
YEAR = 52
MONTH = 31
FAR = 3650  # days; a date further away than ten years is not a date


class Standing(StrEnum):
    REACHED = "reached"
    ON_TIME = "on_time"
    BEHIND = "behind"
    OPEN = "open"  # no target or no deadline to hold it against, or no trend yet
    NO_FIGURES = "no_figures"


@dataclass(frozen=True)
class Move:
    """The newest week against the weeks before. `sure`: outside what they vary by themselves."""

    change: float
    better: bool
    sure: bool


@dataclass(frozen=True)
class Status:
    """A goal's figures, and what can be read from them. `weeks`: the figure at each week's end."""

    goal: Goal
    measure: Measure
    weeks: Sequence[Figure]
    limits: tuple[float, float] | None  # what the figure varies within by itself
    week_limits: tuple[float, float] | None  # the same for a single week
    week: float | None  # the newest week by itself
    now: datetime

    @property
    def figure(self) -> Figure:
        return self.weeks[-1]

    @property
    def share(self) -> float | None:
        """How much of the way from baseline to target has been gone; below zero: the wrong way."""
        goal, value = self.goal, self.figure.value
        if value is None or goal.target is None or goal.baseline is None or goal.target == goal.baseline:
            return None
        return (value - goal.baseline) / (goal.target - goal.baseline)

    @property
    def calendar(self) -> float | None:
        """How much of the time from baseline to deadline has gone."""
        begin = self.goal.baseline_at or self.goal.created_at.date()
        if self.goal.deadline is None or self.goal.deadline <= begin:
            return None
        return (self.now.date() - begin).days / (self.goal.deadline - begin).days

    @property
    def reached(self) -> bool:
        value, target = self.figure.value, self.goal.target
        if value is None or target is None:
            return False
        return value <= target if self.measure.lower_is_better else value >= target

    @cached_property
    def pace(self) -> float | None:
        """Change a week over the last eight weeks; a stretch we held no channel in says nothing."""
        recent = self.weeks[-TREND_WEEKS:]
        return slope(
            [(n, week.value) for n, week in enumerate(recent) if week.value is not None and not week.since]
        )

    @property
    def expected(self) -> date | None:
        """When the target is met at the same pace; None when it is not."""
        value, target = self.figure.value, self.goal.target
        if value is None or target is None or self.reached or not self.pace:
            return None
        weeks = (target - value) / self.pace
        if weeks < 0 or weeks * 7 > FAR:
            return None
        return self.now.date() + timedelta(days=round(weeks * 7))

    @property
    def standing(self) -> Standing:
        if self.figure.value is None:
            return Standing.NO_FIGURES
        if self.reached:
            return Standing.REACHED
        deadline = self.goal.deadline
        if self.goal.target is None or deadline is None:
            return Standing.OPEN
        if self.expected is not None and self.expected <= deadline:
            return Standing.ON_TIME
        if self.share is not None and self.calendar is not None and self.share >= self.calendar:
            return Standing.ON_TIME
        if self.pace is None and self.now.date() <= deadline:
            return Standing.OPEN
        return Standing.BEHIND

    @cached_property
    def moved(self) -> Move | None:
        """Whether the newest week says something new; with fewer than eight weeks behind it, not for sure."""
        if self.week_limits and self.week is not None:
            low, high = self.week_limits
            if low <= self.week <= high:
                return None
            return self._move(self.week - (low + high) / 2, sure=True)
        if self.measure.days > MONTH:
            return None
        before = self.weeks[-2].value
        before = self.goal.baseline if before is None else before
        now, show = self.figure.value, self.measure.show
        if now is None or before is None or show(now) == show(before):
            return None
        return self._move(now - before, sure=False)

    def _move(self, change: float, *, sure: bool) -> Move:
        return Move(change, better=(change < 0) == self.measure.lower_is_better, sure=sure)

    @property
    def target_is_noise(self) -> bool | None:
        """The target lies within what the figure varies by itself: reaching it would prove nothing."""
        if self.limits is None or self.goal.target is None or self.reached:
            return None
        return self.limits[0] <= self.goal.target <= self.limits[1]


def status(goal: Goal, record: Record, now: datetime) -> Status | None:
    """None for a goal without a measure the system can compute. Reads nothing but the record."""
    measure = MEASURES.get(goal.measure)
    if measure is None:
        return None
    part = record.only(goal.channel_id) if goal.channel_id else record
    single = _single_weeks(part, measure, now)
    return Status(
        goal=goal,
        measure=measure,
        weeks=series(part, measure.key, now),
        limits=natural_range(part, measure, now),
        week_limits=natural_limits([week for week in single[:-1] if week is not None]),
        week=single[-1],
        now=now,
    )


def statuses(goals: Iterable[Goal], record: Record, now: datetime) -> list[Status]:
    found = (status(goal, record, now) for goal in goals)
    return [one for one in found if one is not None]


def natural_range(record: Record, measure: Measure, now: datetime) -> tuple[float, float] | None:
    """What the figure varies within by itself: over stretches of a year that share no cases.

    A level, such as followers, is on its way, so it has none.
    """
    if measure.days == 0:
        return None
    apart = measure.days // 7
    own = [
        figure(record, measure.key, now - timedelta(weeks=back)) for back in range(YEAR - apart, 0, -apart)
    ]
    return natural_limits(values(f for f in own if not f.since))


def _single_weeks(record: Record, measure: Measure, now: datetime) -> list[float | None]:
    """Each of the last 26 weeks by itself, sharing no cases with the next; for a level its change."""
    ends = [now - timedelta(weeks=back) for back in range(26, -1, -1)]
    if measure.days == 0:
        levels = [figure(record, measure.key, end).value for end in ends]
        return [None if a is None or b is None else b - a for a, b in pairwise(levels)]
    if measure.days > MONTH:  # a week says nothing about something that takes months to show
        return [None]
    weeks = [figure(record, measure.key, end, days=7) for end in ends[1:]]
    return [None if week.since else week.value for week in weeks]
