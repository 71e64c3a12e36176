"""POST's order (Li and Bernoff 2008): people and objectives before ways, ways before channels. Not forced."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samspill.strategy.models import Strategy
from samspill.strategy.questions import QUESTIONS, Question
from samspill.strategy.sections import SECTIONS


@dataclass(frozen=True)
class TooEarly:
    """What a question follows from that has no answer yet."""

    words: Promise | str
    first: Sequence[Question]


_AFTER: dict[str, tuple[Sequence[str], Promise | str]] = {
    "tactics": (
        ("goals", "audiences"),
        _(
            "How you get people along follows from what you want and whom you want to reach. You can write"
            " here all the same."
        ),
    ),
    "channel_choices": (
        ("goals", "audiences"),
        _(
            "Channels come last for a reason: they follow from what you want and whom you want to reach. You"
            " can write here all the same."
        ),
    ),
    "launch": (
        ("goals", "audiences", "channel_choices"),
        _(
            "A launch follows from what you want, whom you want to reach and the channels you have chosen."
            " You can write here all the same."
        ),
    ),
}


def too_early(strategy: Strategy, question: str) -> TooEarly | None:
    """None where all that the question follows from has an answer, an inherited one, too."""
    before, words = _AFTER.get(question, ((), ""))
    lacking = [QUESTIONS[key] for key in before if not _is_answered(strategy, key)]
    return TooEarly(words, lacking) if lacking else None


def _is_answered(strategy: Strategy, key: str) -> bool:
    chain = strategy.chain(key) if SECTIONS[key].inherits else [strategy]
    rows = QUESTIONS[key].model.objects.filter(strategy__in=[each.pk for each in chain if each.pk])
    if key == "goals":
        rows = rows.filter(closed_at=None)
    return bool(rows.exists())
