"""Words that say nothing by themselves: better, more. Pure functions over text."""

from __future__ import annotations

import re

from samspill.strategy.models import fold

# Only comparatives and verbs of growing that ask "than what?" or "how much?"; "new", "good" and the like are
# left alone, since a false alarm costs more trust than a missed one.
VAGUE = {
    *("bedre", "flere", "forbedre", "forbedret", "forbedring", "høyere", "mer", "sterkere", "større"),
    *("styrke", "styrket", "øke", "økes", "økning", "økt"),
    *("better", "greater", "grow", "higher", "improve", "improved", "increase", "increased", "more"),
    *("strengthen", "stronger"),
}
_WORD = re.compile(r"[^\W\d_]+")
SHORT = 12  # words: whoever writes more has most often said what is meant


def is_vague(text: str) -> bool:
    """A short text with such a word and no figure in it."""
    words = _WORD.findall(fold(text))
    return len(words) <= SHORT and not any(sign.isdigit() for sign in text) and not VAGUE.isdisjoint(words)
