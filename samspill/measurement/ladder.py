"""How many people stand on each step of the ladder: see us, follow us, answer us, contribute.

Pure, as the measures are. No network we know tells how many people have seen us, so that step has no figures.
docs/measures.md says the same in prose.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from samspill.measurement.measures import Figure, Record, figure
from samspill.strategy.models import Tactic

DAYS = 28
HALF_YEAR = 182


@dataclass(frozen=True)
class Rung:
    """`people`: None where nothing is known, which is not zero. `n`: the cases it rests on, of which kind the
    words say; `figure`: the measure it is read from, if any."""

    step: Tactic.Step
    people: int | None
    n: int = 0
    figure: Figure | None = None


def ladder(record: Record, now: datetime) -> list[Rung]:
    """The four steps from the bottom. The same person on two channels is counted on each."""
    return [
        Rung(Tactic.Step.SEES, None),
        _follows(record, now),
        _answers(record, now),
        _contributes(record, now),
    ]


def _follows(record: Record, now: datetime) -> Rung:
    found = figure(record, "followers", now)
    people = None if found.value is None else int(found.value)
    return Rung(Tactic.Step.FOLLOWS, people, found.n, found)


def _answers(record: Record, now: datetime) -> Rung:
    """Different people who answered or mentioned us; where a channel is held, nobody is a true zero."""
    if not record.held(now):
        return Rung(Tactic.Step.ANSWERS, None)
    said = [each for each in record.said if now - timedelta(days=DAYS) <= each.at < now]
    return Rung(Tactic.Step.ANSWERS, len({(each.channel, each.author) for each in said}), len(said))


def _contributes(record: Record, now: datetime) -> Rung:
    """Those who wrote to us in two or more different months of the last half year."""
    if not record.held(now):
        return Rung(Tactic.Step.CONTRIBUTES, None)
    found = figure(record, "voices_returning", now, days=HALF_YEAR)
    return Rung(Tactic.Step.CONTRIBUTES, found.hits or 0, found.n, found)
