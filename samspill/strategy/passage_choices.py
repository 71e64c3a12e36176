"""Choose the passage a goal serves: a search over all governing documents, with a few to begin with."""

from __future__ import annotations

from typing import Any

from samspill.accounts.models import Workspace
from samspill.lib.plain import line
from samspill.strategy.models import Passage

SHOWN = 8


def passage_choices(workspace: Workspace, chosen: Any, words: str) -> dict[str, Any]:
    """For _passage_choices.html. `chosen`: the key of the one that is chosen now, as the form holds it."""
    every = Passage.objects.in_workspace(workspace).select_related("document")
    chosen = str(chosen or "")
    is_key = chosen.isdecimal() and len(chosen) < 16
    mine = every.filter(pk=int(chosen)).first() if is_key else None
    words = line(words, 200)
    found = every.standing().order_by("document", "position")
    if words:
        found = found.saying(words).exclude(pk=mine.pk if mine else 0)
    else:  # a few that nobody serves yet, to begin with; nothing where the choice is made
        found = found.filter(goals=None) if mine is None else found.none()
    some = list(found[: SHOWN + 1])
    return {"words": words, "mine": mine, "found": some[:SHOWN], "are_more": len(some) > SHOWN}
