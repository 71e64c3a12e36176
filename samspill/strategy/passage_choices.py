"""Choose the passage a goal serves: a search over all governing documents, with a few to begin with."""

from __future__ import annotations

from typing import Any

from samspill.accounts.models import Workspace
from samspill.strategy.models import Passage

SHOWN = 12


def passage_choices(workspace: Workspace, chosen: Any, words: str) -> dict[str, Any]:
    """For _passage_choices.html. `chosen`: the key of the one that is chosen now, as the form holds it."""
    every = Passage.objects.in_workspace(workspace).select_related("document")
    mine = every.filter(pk=int(chosen)).first() if str(chosen or "").isdecimal() else None
    words = words.strip()[:200]
    # Without words: what nobody serves yet.
    found = every.standing().saying(words) if words else every.standing().filter(goals=None)
    if mine is not None:
        found = found.exclude(pk=mine.pk)
    found = found.order_by("document", "position")
    some = list(found[: SHOWN + 1])
    return {"words": words, "mine": mine, "found": some[:SHOWN], "are_more": len(some) > SHOWN}
