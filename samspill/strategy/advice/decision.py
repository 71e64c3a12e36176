"""What the advice lays into the form of a channel decision. A person reads it, changes it and saves it."""

from __future__ import annotations

from typing import Any

from samspill.strategy.advice.advise import RECOMMENDED, Advice, Judged, Verdict, advise
from samspill.strategy.advice.facts import read
from samspill.strategy.advice.telling import evidence
from samspill.strategy.models import ChannelChoice, Strategy
from samspill.strategy.places import PLACES

LONGEST = 1000  # characters of evidence
_CHOICE = {
    **dict.fromkeys(RECOMMENDED, ChannelChoice.Choice.USE),
    Verdict.FIRST: ChannelChoice.Choice.WAIT,
    Verdict.SHUT: ChannelChoice.Choice.WAIT,
    Verdict.NO_ROOM: ChannelChoice.Choice.NOT,
    Verdict.NO_FIT: ChannelChoice.Choice.NOT,
}


def decision(strategy: Strategy, key: str) -> dict[str, Any]:
    """What a new decision begins with; {} of a channel that the advice does not know."""
    judged = _judged(strategy, key)
    if judged is None:
        return {}
    candidate = judged.candidate
    return {
        "name": candidate.name,
        "place": candidate.key if candidate.key in PLACES else "",
        "choice": _CHOICE.get(judged.verdict, ""),
        "hours_a_week": candidate.hours.counted,
        "evidence": evidence(judged)[:LONGEST],
    }


def with_evidence(row: ChannelChoice, key: str) -> dict[str, Any]:
    """The figures below what stands there already, once."""
    judged = _judged(row.strategy, key)
    found = evidence(judged) if judged is not None else ""
    if not found or found in row.evidence:
        return {}
    both = f"{row.evidence}\n{found}" if row.evidence else found
    return {"evidence": both[:LONGEST]} if len(row.evidence) < LONGEST else {}


def _judged(strategy: Strategy, key: str) -> Judged | None:
    found: Advice = advise(read(strategy))
    return next((each for each in found.judged if each.candidate.key == key), None)
