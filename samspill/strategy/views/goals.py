"""A goal with its red thread: the passage it serves, the work, what was said, the figure."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from samspill.accounts import access, log
from samspill.accounts.access import MemberRequest, door
from samspill.accounts.models import Role
from samspill.strategy.facts import facts
from samspill.strategy.lint import RULES
from samspill.strategy.lint.gather import gather_goal
from samspill.strategy.lint.report import checks
from samspill.strategy.models import Goal
from samspill.strategy.passage_choices import passage_choices
from samspill.strategy.thread import of_goal, woven
from samspill.strategy.views.whole import threaded


@door(read=Role.VIEWER)
def goal(request: MemberRequest, pk: int) -> HttpResponse:
    rows = woven(Goal.objects.in_workspace(request.workspace)).select_related("parent")
    found = access.get(rows, request, pk=pk)
    gathered = gather_goal(found, timezone.localdate())
    context = {
        "goal": found,
        "strategy": found.strategy,
        "passage": found.passage,
        "checks": checks(found, gathered, RULES.values()),
        "larger": found.parent,
        "smaller": list(found.children.open()),
        "known": facts(
            found, "level", "stance", "data_source", "cadence", "leading", "assumptions", "source"
        ),
        **threaded(request, of_goal(found), "goals"),
    }
    return render(request, "strategy/goal.html", context)


@door(write=Role.EDITOR)
def reopen(request: MemberRequest, pk: int) -> HttpResponseRedirect:
    found = access.get(Goal.objects.in_workspace(request.workspace), request, pk=pk)
    with transaction.atomic():
        found.reopen()
        _record(request, "reopen", found)
    messages.success(request, _("The goal is taken up again."))
    return redirect("strategy:goal", request.workspace.slug, pk)


@door(write=Role.EDITOR)
def see_passage(request: MemberRequest, pk: int) -> HttpResponseRedirect:
    """Somebody has looked: the goal still serves the passage, as it reads now."""
    found = access.get(Goal.objects.in_workspace(request.workspace), request, pk=pk)
    with transaction.atomic():
        found.see_passage()
        _record(request, "see_passage", found)
    messages.success(request, _("Good. The goal still serves the passage."))
    return redirect("strategy:goal", request.workspace.slug, pk)


@door(read=Role.EDITOR)
def choices(request: MemberRequest) -> HttpResponse:
    """Passages to choose among, while somebody types."""
    found = passage_choices(request.workspace, request.GET.get("passage"), request.GET.get("words", ""))
    return render(request, "strategy/_passage_choices.html", found)


def _record(request: MemberRequest, verb: str, found: Goal) -> None:
    log.record(f"goal.{verb}", workspace=request.workspace, user=request.user, subject=found, row=found.pk)
