"""Who wrote what in one row of the strategy, and when."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render

from samspill.accounts import access
from samspill.accounts.access import MemberRequest, door
from samspill.accounts.models import Role
from samspill.strategy.history import changes, origins
from samspill.strategy.sections import KINDS, SECTION_OF


@door(read=Role.VIEWER)
def history(request: MemberRequest, kind: str, pk: int) -> HttpResponse:
    """Field by field who wrote last, then everything that was done."""
    what = KINDS.get(kind)
    if what is None:
        raise Http404
    rows = what.table._default_manager.in_workspace(request.workspace)  # type: ignore[attr-defined]
    rows = rows.select_related("strategy__workspace", "strategy__parent", "changed_by")
    row = access.get(rows.filter(kind=kind) if what.model is None else rows, request, pk=pk)
    done = changes(what, row)
    context = {
        "strategy": row.strategy,
        "section": SECTION_OF[kind],
        "kind": what,
        "row": row,
        "origins": origins(what, row, done),
        "changes": done,
    }
    return render(request, "strategy/history.html", context)
