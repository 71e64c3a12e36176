"""The red thread in both directions: which goals serve a passage, and what hangs loose on either side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from samspill.strategy.models import Goal, Passage


def serving(goals: Iterable[Goal]) -> dict[int, list[Goal]]:
    """The goals in force by the passage they serve."""
    found: dict[int, list[Goal]] = defaultdict(list)
    for goal in goals:
        if goal.passage_id is not None and goal.closed_at is None:
            found[goal.passage_id].append(goal)
    return dict(found)


def unserved(passages: Iterable[Passage], goals: Iterable[Goal]) -> list[Passage]:
    """Passages nobody serves: what the organisation has decided and the strategy does not answer."""
    served = serving(goals)
    return [passage for passage in passages if passage.gone_in_id is None and passage.pk not in served]


def unasked(goals: Iterable[Goal]) -> list[Goal]:
    """Goals nobody asked for: none of the governing documents carries them."""
    return [goal for goal in goals if goal.passage_id is None and goal.closed_at is None]


def touched(goals: Iterable[Goal]) -> list[Goal]:
    """Goals to look at again, since their passage changed or went."""
    return [goal for goal in goals if goal.closed_at is None and goal.is_touched]


def over(goals: Iterable[Goal]) -> list[Goal]:
    """Goals whose document applies no longer: taken out of force, or past its last day."""
    return [goal for goal in goals if goal.closed_at is None and _is_over(goal.passage)]


def _is_over(passage: Passage | None) -> bool:
    return passage is not None and (passage.document.closed_at is not None or passage.document.is_expired)


@dataclass
class Changes:
    """What a version of a document changed, against the one before."""

    new: list[Passage] = field(default_factory=list)
    changed: list[Passage] = field(default_factory=list)
    gone: list[Passage] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.new or self.changed or self.gone)


def changes(passages: Sequence[Passage], version: int) -> Changes:
    """`passages`: all of the document, also the gone. `version`: its key; not the first."""
    found = Changes()
    for passage in passages:
        if passage.gone_in_id == version:
            found.gone.append(passage)
        elif passage.first_version_id == version and passage.gone_in_id is None:
            found.new.append(passage)
        elif passage.changed_in_id == version:
            # A passage that had gone and came back says nothing new against anything.
            (found.changed if passage.previous_text else found.new).append(passage)
    return found
