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
from samspill.accounts.models import Role
from samspill.strategy import conflict
from samspill.strategy.answers import answers, in_short
from samspill.strategy.check import completeness
from samspill.strategy.forms import StrategyForm, posted
from samspill.strategy.models import GoverningDocument
from samspill.strategy.questions import QUESTIONS
from samspill.strategy.trace import touched, unasked
from samspill.strategy.views.chosen import address, chosen, to_write

GAPS_SHOWN = 6
ROWS_SHOWN = 7  # of each question; the others stand on its own page


@door(read=Role.VIEWER)
def strategy(request: MemberRequest, strategy: int | None = None) -> HttpResponse:
    """Six questions answered in short, the documents behind them, and what is missing, easiest first."""
    about = chosen(request, strategy)
    found = answers(about)
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
        "strategy": about,
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
def edit(request: MemberRequest, strategy: int | None = None) -> HttpResponse:
    """Name the strategy."""
    row = to_write(request, strategy) if request.method == "POST" else chosen(request, strategy)
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
            return redirect("strategy:strategy", *address(row))
    context = {
        "strategy": row,
        "form": clash.form if clash else form,
        "clash": clash,
        "title": _("Name the strategy"),
    }
    status = 409 if clash else 422 if form.is_bound and form.errors else 200
    return render(request, "strategy/row_form.html", context, status=status)
