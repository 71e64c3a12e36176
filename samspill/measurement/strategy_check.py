"""What the check of a strategy needs to know from the data: each goal's figure, and the work done for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q

from samspill.measurement.measures import Record, figure
from samspill.measurement.record import gather
from samspill.measurement.status import natural_range
from samspill.publishing.models import Delivery, Draft
from samspill.strategy.lint.facts import Facts, Reading, Work
from samspill.strategy.measures import MEASURES
from samspill.strategy.models import Goal

WEEKS = 8


def with_data(facts: Facts, now: datetime) -> Facts:
    """The same facts, with the figures of the goals and the work for them."""
    record = gather(facts.strategy.workspace, now, {goal.measure for goal in facts.goals})
    return replace(facts, readings=readings(facts.goals, record, now), work=work(facts, now))


def readings(goals: Sequence[Goal], record: Record, now: datetime) -> dict[int, Reading]:
    """By goal; goals with the same measure and channel share one reading."""
    known: dict[tuple[str, int | None], Reading] = {}
    found = {}
    for goal in goals:
        if goal.measure not in MEASURES:
            continue
        asked = goal.measure, goal.channel_id
        if asked not in known:
            part = record.only(goal.channel_id) if goal.channel_id else record
            measure = MEASURES[goal.measure]
            known[asked] = Reading(figure(part, measure.key, now).value, natural_range(part, measure, now))
        found[goal.pk] = known[asked]
    return found


def work(facts: Facts, now: datetime) -> Work:
    """Drafts begun, and those that went out, in the last weeks; answers are not counted."""
    since = now - timedelta(weeks=WEEKS)
    out = Delivery.objects.published().filter(version__draft=OuterRef("pk"), published_at__gte=since)
    rows = Draft.objects.in_workspace(facts.strategy.workspace).listed()
    rows = rows.filter(Q(created_at__gte=since) | Exists(out))
    goals: Counter[int | None] = Counter(rows.values_list("goal_id", flat=True))
    loose = goals.pop(None, 0)
    served = {goal: count for goal, count in goals.items() if goal is not None}
    return Work(served, loose, loose + sum(served.values()), WEEKS)
