"""The work, as pages of the strategy ask for it: fragments for a goal, and for what hangs on goals."""

from __future__ import annotations

from typing import Any

from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import render

from samspill.accounts import access
from samspill.accounts.access import MemberRequest, door
from samspill.accounts.models import Role
from samspill.lib.numbers import row_number
from samspill.publishing.models import Draft, DraftQuerySet
from samspill.publishing.views import with_versions
from samspill.strategy.models import Audience, ChannelChoice, Goal, LaunchAction, Passage

GLANCE = 8  # rows of work on a page of the strategy; the rest is one click away
MOST = 100  # goals asked for at once
KINDS: dict[str, Any] = {
    "passage": Passage,
    "audience": Audience,
    "channelchoice": ChannelChoice,
    "launchaction": LaunchAction,
}


@door(read=Role.VIEWER)
def goal_work(request: MemberRequest, pk: int) -> HttpResponse:
    """The drafts that serve a goal and how far they have come."""
    goal = access.get(Goal.objects.in_workspace(request.workspace), request, pk=pk)
    rows = Draft.objects.in_workspace(request.workspace).filter(goal=goal)
    return render(request, "publishing/_goal_work.html", {"goal": goal, **_glance(rows)})


@door(read=Role.VIEWER)
def work(request: MemberRequest, kind: str, pk: int) -> HttpResponse:
    """The drafts that serve the goals a row of the strategy hangs on; of a channel, what goes out there."""
    if kind not in KINDS:
        raise Http404
    row = access.get(KINDS[kind].objects.in_workspace(request.workspace), request, pk=pk)
    rows = Draft.objects.in_workspace(request.workspace)
    if isinstance(row, ChannelChoice) and row.channel_id is None:
        rows = rows.none()
    elif isinstance(row, ChannelChoice):
        rows = rows.filter(pk__in=Draft.objects.filter(versions__channel=row.channel_id).values("pk"))
    else:
        rows = rows.filter(goal__in=row.goals.filter(closed_at=None).values("pk"))
    return render(request, "publishing/_work.html", {"row": row, "kind": kind, **_glance(rows)})


def _glance(rows: DraftQuerySet) -> dict[str, Any]:
    rows = rows.listed()
    return {"work": with_versions(rows.staged()).in_order()[:GLANCE], "count": rows.count()}


@door(read=Role.VIEWER)
def goals_work(request: MemberRequest) -> HttpResponse:
    """How many drafts serve each goal that is asked for, into the page's own places: `?goal=1&goal=2`."""
    asked = [number for number in map(row_number, request.GET.getlist("goal")[:MOST]) if number is not None]
    goals = Goal.objects.in_workspace(request.workspace).filter(pk__in=asked)
    drafts = Draft.objects.in_workspace(request.workspace).listed().filter(goal__in=asked)
    counts = dict(drafts.order_by().values_list("goal").annotate(n=Count("pk")))
    rows = [(pk, counts.get(pk, 0)) for pk in goals.values_list("pk", flat=True)]
    return render(request, "publishing/_goals_work.html", {"rows": rows})


@door(read=Role.VIEWER)
def loose(request: MemberRequest) -> HttpResponse:
    """Goals of a strategy without work, and work without goal. `?strategy=`; none: the organisation's."""
    pk = row_number(request.GET.get("strategy", ""))
    goals = Goal.objects.in_workspace(request.workspace).open()
    goals = goals.filter(strategy=pk) if pk is not None else goals.filter(strategy__parent=None)
    drafts = Draft.objects.in_workspace(request.workspace).listed()
    idle = goals.exclude(pk__in=drafts.exclude(goal=None).values("goal"))
    aimless = drafts.filter(goal=None)
    context = {
        "idle": idle[:GLANCE],
        "idle_count": idle.count(),
        "aimless": with_versions(aimless.staged()).in_order()[:GLANCE],
        "aimless_count": aimless.count(),
        "any": drafts.exists(),
    }
    return render(request, "publishing/_loose.html", context)
