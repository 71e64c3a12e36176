"""The red thread of a whole strategy: every goal from passage to figure, and what hangs loose."""

from __future__ import annotations

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from samspill.accounts.access import MemberRequest, door
from samspill.accounts.models import Role
from samspill.strategy import loose
from samspill.strategy.thread import woven
from samspill.strategy.views.chosen import chosen

PAGE = 40  # goals


@door(read=Role.VIEWER)
def trace(request: MemberRequest, strategy: int | None = None) -> HttpResponse:
    about = chosen(request, strategy)
    page = Paginator(woven(loose.goals(about)), PAGE).get_page(request.GET.get("page"))
    context = {
        "strategy": about,
        "page": page,
        "goals": list(page),
        "goals_query": urlencode([("goal", goal.pk) for goal in page]),
        "count": page.paginator.count,
        "tied": loose.tied_through(about),
        "to_look_at": loose.to_look_at(about, timezone.localdate()),
        "unserved": loose.unserved(about),
        "unasked": loose.unasked(about),
        "unreached": loose.unreached(about),
        "aimless": loose.aimless(about),
        "may_edit": request.member.role >= Role.EDITOR,
    }
    return render(request, "strategy/trace.html", context)
