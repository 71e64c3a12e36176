"""The whole strategy at a glance."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from samspill.accounts import log
from samspill.accounts.access import MemberRequest, door
from samspill.accounts.models import Role, Workspace
from samspill.strategy import conflict
from samspill.strategy.answers import answers, in_short
from samspill.strategy.check import completeness
from samspill.strategy.forms import StrategyForm, posted
from samspill.strategy.models import GoverningDocument, Strategy
from samspill.strategy.questions import QUESTIONS
from samspill.strategy.trace import touched, unasked

GAPS_SHOWN = 6
ROWS_SHOWN = 7  # of each question; the others stand on its own page


@door(read=Role.VIEWER)
def strategy(request: MemberRequest) -> HttpResponse:
    """Six questions answered in short, the documents behind them, and what is missing, easiest first."""
    found = answers(request.workspace)
    whole = completeness(found)
    today = timezone.localdate()
    questions = [
        {
            "question": question,
            "rows": getattr(found, key)[:ROWS_SHOWN],
            "count": len(getattr(found, key)),
            "short": in_short(key, getattr(found, key), today),
            "part": whole.of(key),
        }
        for key, question in QUESTIONS.items()
    ]
    documents = GoverningDocument.objects.in_workspace(request.workspace).standing().counted()
    context = {
        "strategy": Strategy.of(request.workspace),
        "questions": questions,
        "whole": whole,
        "weakest": QUESTIONS[whole.weakest.question],
        "gaps": whole.gaps[:GAPS_SHOWN],
        "documents": list(documents),
        "touched": touched(found.goals),
        "unasked": unasked(found.goals),
        "is_new": not any(one["rows"] for one in questions),
        "may_edit": request.member.role >= Role.EDITOR,
    }
    return render(request, "strategy/strategy.html", context)


@door(read=Role.EDITOR, write=Role.EDITOR)
def edit(request: MemberRequest) -> HttpResponse:
    """Name the strategy."""
    row = _kept(request.workspace) if request.method == "POST" else Strategy.of(request.workspace)
    form = StrategyForm(*posted(request), workspace=request.workspace, instance=row)
    clash = None
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            clash = conflict.save(form)
            if clash is None:
                log.record(
                    "strategy.change", workspace=request.workspace, user=request.user, subject=row, row=row.pk
                )
        if clash is None:
            messages.success(request, _("Saved."))
            return redirect("strategy:strategy", request.workspace.slug)
    context = {"form": clash.form if clash else form, "clash": clash, "title": _("Name the strategy")}
    status = 409 if clash else 422 if form.is_bound and form.errors else 200
    return render(request, "strategy/row_form.html", context, status=status)


def _kept(workspace: Workspace) -> Strategy:
    title = Strategy.of(workspace).title
    return Strategy.objects.get_or_create(workspace=workspace, defaults={"title": title})[0]
