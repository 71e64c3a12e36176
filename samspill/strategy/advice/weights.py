"""What counts how much: audiences by priority and size, goals by how many ask for the same sub-goal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from samspill.strategy.models import Audience, Goal
from samspill.strategy.subgoals import SUB_GOALS

# What comes first counts three times what comes third; what nobody has ranked counts as third.
PRIORITY: dict[int | None, int] = {1: 3, 2: 2, 3: 1, None: 1}


@dataclass(frozen=True)
class AudienceWeight:
    """`size`: as written, or where nothing is written the mean of the others, and 1 where none is known."""

    audience: Audience
    priority: int
    size: float
    is_size_known: bool
    weight: float


def audience_weights(audiences: Sequence[Audience]) -> list[AudienceWeight]:
    """Priority × size, so that all together are 1."""
    wanted = [audience for audience in audiences if not audience.is_not]
    known = [audience.size for audience in wanted if audience.size]
    mean = sum(known) / len(known) if known else 1.0
    counted = [(PRIORITY.get(each.priority, 1), float(each.size or mean)) for each in wanted]
    whole = sum(priority * size for priority, size in counted) or 1.0
    return [
        AudienceWeight(audience, priority, size, bool(audience.size), priority * size / whole)
        for audience, (priority, size) in zip(wanted, counted, strict=True)
    ]


def goal_weights(goals: Sequence[Goal]) -> dict[str, float]:
    """The share of the goals that serve each sub-goal, the most first. Those that name none count nothing."""
    times = Counter(goal.sub_goal for goal in goals if goal.sub_goal in SUB_GOALS)
    return {sub_goal: n / times.total() for sub_goal, n in times.most_common()}
