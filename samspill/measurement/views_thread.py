"""Figures as pages of the strategy ask for them: for many goals at once, and for the ladder."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from samspill.accounts.access import MemberRequest, door
from samspill.accounts.models import Role
from samspill.lib.numbers import row_number
from samspill.measurement.ladder import ladder
from samspill.measurement.record import gather
from samspill.measurement.status import statuses
from samspill.strategy.models import Goal

MOST = 100  # goals asked for at once


@door(read=Role.VIEWER)
def goals_figures(request: MemberRequest) -> HttpResponse:
    """Where each goal that is asked for stands, into the page's own places: `?goal=1&goal=2`."""
    asked = [number for number in map(row_number, request.GET.getlist("goal")[:MOST]) if number is not None]
    goals = list(Goal.objects.in_workspace(request.workspace).filter(pk__in=asked))
    now = timezone.now()
    record = gather(request.workspace, now, {goal.measure for goal in goals})
    return render(request, "measurement/_goals_figures.html", {"goals": statuses(goals, record, now)})


@door(read=Role.VIEWER)
def ladder_steps(request: MemberRequest) -> HttpResponse:
    """How many people stand on each step of the ladder."""
    now = timezone.now()
    record = gather(request.workspace, now, ["followers", "voices_returning"])
    rungs = ladder(record, now)
    context = {"rungs": rungs, "answers": rungs[2], "contributes": rungs[3]}
    return render(request, "measurement/_ladder.html", context)
