"""The promise, everyone is answered within a day, and the proof of it: pure functions of moments.

A case is a message that needs an answer: when it was said, and when it was first answered (None: not yet).
Its window is closed once the promised time is over; only closed windows prove anything.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from samspill.accounts.models import Workspace
from samspill.conversations.models import Message

Case = tuple[datetime, datetime | None]
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Proof:
    """Of `cases` whose time was over between `start` and `end`, so many were answered in time, or at all."""

    start: datetime
    end: datetime
    cases: int
    in_time: int
    answered: int

    @property
    def share(self) -> float | None:
        return self.in_time / self.cases if self.cases else None


def is_closed(case: Case, within: timedelta, now: datetime) -> bool:
    """Is the promised time over? Until then an unanswered message says nothing."""
    said_at, _answered_at = case
    return said_at + within <= now


def in_time(case: Case, within: timedelta) -> bool:
    said_at, answered_at = case
    return answered_at is not None and answered_at - said_at <= within


def prove(cases: Iterable[Case], within: timedelta, start: datetime, end: datetime) -> Proof:
    """The proof for [start, end): the cases whose promised time was over in it."""
    closed = [case for case in cases if start <= case[0] + within < end]
    kept = sum(in_time(case, within) for case in closed)
    answered = sum(answered_at is not None and answered_at < end for _said_at, answered_at in closed)
    return Proof(start, end, cases=len(closed), in_time=kept, answered=answered)


def prove_weeks(workspace: Workspace, now: datetime, weeks: int = 8) -> list[Proof]:
    """Week by week back from now, the last seven days first."""
    within = workspace.answer_within
    rows = Message.objects.needing_answer(workspace, now - weeks * WEEK - within, now - within)
    cases = list(rows.values_list("at", "answered_at"))
    return [prove(cases, within, now - (n + 1) * WEEK, now - n * WEEK) for n in range(weeks)]
