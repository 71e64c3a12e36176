"""The whole strategy at a glance, and what it says of itself."""

from __future__ import annotations

from typing import Any

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
from samspill.strategy.forms import posted
from samspill.strategy.models import GoverningDocument, Strategy
from samspill.strategy.next_step import next_step
from samspill.strategy.questions import QUESTIONS
from samspill.strategy.sections.counted import counted
from samspill.strategy.strategy_form import StrategyForm
from samspill.strategy.trace import touched, unasked
from samspill.strategy.views.chosen import address, chosen, to_write

GAPS_SHOWN = 5
GOALS_SHOWN = 7  # the others stand on their own page


@door(read=Role.VIEWER)
def strategy(request: MemberRequest, strategy: int | None = None) -> HttpResponse:
    """The answers in short, the other parts in a line each, and one thing to do next."""
    about = chosen(request, strategy)
    found, parts = answers(about), counted(about)
    whole, today = completeness(found), timezone.localdate()
    empty = [kind for part in parts for kind in part.empty]
    context = {
        "strategy": about,
        "questions": [
            {
                "question": question,
                "short": in_short(key, getattr(found, key), today),
                "part": whole.of(key),
                "more": next(part for part in parts if part.section is question.section).written,
            }
            for key, question in QUESTIONS.items()
        ],
        "goals": found.goals[:GOALS_SHOWN],
        "parts": [part for part in parts if not part.section.question],
        "whole": whole,
        "weakest": QUESTIONS[whole.weakest.question],
        "step": next_step(about, whole, empty, today),
        "touched": touched(found.goals),
        "is_new": not any(getattr(found, key) for key in QUESTIONS),
        "may_edit": request.member.role >= Role.EDITOR,
        "today": today,
        **_beside(request, found.goals),
    }
    context["gaps"] = [gap for gap in whole.gaps if not _is_step(gap, context["step"])][:GAPS_SHOWN]
    return render(request, "strategy/strategy.html", context)


def _is_step(gap: Any, step: Any) -> bool:
    return step is not None and gap.sentence == step.sentence


def _beside(request: MemberRequest, goals: Any) -> dict[str, Any]:
    """What it is derived from, and how many goals that is said of."""
    documents = GoverningDocument.objects.in_workspace(request.workspace).standing().counted()
    return {"documents": list(documents), "unasked": unasked(goals), "count": len(goals)}


@door(read=Role.EDITOR, write=Role.EDITOR)
def edit(request: MemberRequest, strategy: int | None = None) -> HttpResponse:
    """What the strategy says of itself."""
    row = to_write(request, strategy) if request.method == "POST" else chosen(request, strategy)
    form = StrategyForm(*posted(request), workspace=request.workspace, instance=row)
    clash = None
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            clash = conflict.save(form)
            if clash is None:
                _record(request, row, form)
        if clash is None:
            messages.success(request, _("Saved."))
            is_new_duty = "profile" in form.changed_data and row.profile
            return redirect("strategy:duties" if is_new_duty else "strategy:strategy", *address(row))
    context = {
        "strategy": chosen(request, strategy),
        "form": clash.form if clash else form,
        "clash": clash,
        "title": _("About the strategy"),
    }
    status = 409 if clash else 422 if form.is_bound and form.errors else 200
    return render(request, "strategy/row_form.html", context, status=status)


def _record(request: MemberRequest, row: Strategy, form: StrategyForm) -> None:
    log.record(
        "strategy.change",
        workspace=request.workspace,
        user=request.user,
        subject=row,
        row=row.pk,
        fields=form.changed_data,
    )
