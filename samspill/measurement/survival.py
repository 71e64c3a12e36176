"""How long people wait for an answer, those who still wait included. Pure functions.

Leaving out the unanswered would make ignoring the hard questions look fast.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from samspill.measurement.intervals import Z95


@dataclass(frozen=True)
class Step:
    """From `time` on, the share `waiting` has had no answer; `low` and `high` are its 95% interval."""

    time: float
    waiting: float
    low: float
    high: float


def kaplan_meier(waits: Iterable[tuple[float, bool]]) -> list[Step]:
    """The share still waiting after each time at which somebody was answered.

    `waits`: how long, and whether the answer came (False: still waiting then). Kaplan & Meier 1958, JASA
    53:457-481; variance by Greenwood, interval on log(-log), as in Kalbfleisch & Prentice 1980, section 1.3.
    """
    answered: Counter[float] = Counter()
    left: Counter[float] = Counter()
    for wait, seen in waits:
        left[wait] += 1
        answered[wait] += seen
    at_risk, waiting, greenwood = left.total(), 1.0, 0.0
    steps = []
    for time in sorted(left):
        if events := answered[time]:
            waiting *= 1 - events / at_risk
            if at_risk > events:
                greenwood += events / (at_risk * (at_risk - events))
            steps.append(Step(time, waiting, *_log_log(waiting, greenwood)))
        at_risk -= left[time]
    return steps


def _log_log(waiting: float, greenwood: float) -> tuple[float, float]:
    if not 0 < waiting < 1:
        return waiting, waiting
    reach = math.exp(Z95 * math.sqrt(greenwood) / abs(math.log(waiting)))
    return waiting**reach, waiting ** (1 / reach)


def within(steps: Sequence[Step], share: float) -> float | None:
    """The time within which `share` of all were answered; None: not yet so many."""
    return next((step.time for step in steps if step.waiting <= 1 - share + 1e-12), None)


def median_interval(steps: Sequence[Step]) -> tuple[float | None, float | None]:
    """Where the two bounds of the curve cross one half: Brookmeyer & Crowley 1982, Biometrics 38:29-41."""
    low = next((step.time for step in steps if step.low <= 0.5), None)
    high = next((step.time for step in steps if step.high <= 0.5), None)
    return low, high
