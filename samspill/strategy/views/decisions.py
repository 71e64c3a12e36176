"""The log of decisions: read, and added to. Nothing in it is changed."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from samspill.accounts import access, log
from samspill.accounts.access import MemberRequest, door
from samspill.accounts.models import Role
from samspill.lib.numbers import row_number
from samspill.strategy import decisions as decided
from samspill.strategy import parts
from samspill.strategy.decision_form import DecisionForm
from samspill.strategy.models import Decision, Strategy
from samspill.strategy.sections import SECTIONS
from samspill.strategy.views.chosen import address, chosen, to_write

PAGE = 30


@door(read=Role.VIEWER)
def decisions(request: MemberRequest, strategy: int | None = None) -> HttpResponse:
    """Every decision, the newest first; of one part or one year for whoever asks."""
    about = chosen(request, strategy)
    part, year = request.GET.get("part", ""), row_number(request.GET.get("year", ""))
    page = Paginator(decided.keys(about, part, year), PAGE).get_page(request.GET.get("page"))
    other = part not in ("", decided.NOTHING, *(f"{parts.SECTION}/{key}" for key in SECTIONS))
    context = {
        "strategy": about,
        "page": page,
        "lines": decided.lines(about, page),
        "sections": [parts.of_section(about, section) for section in SECTIONS.values()],
        "asked": part,
        "one_part": parts.find(about, part) if other else None,
        "years": decided.years(about),
        "year": year,
        "may_edit": request.member.role >= Role.EDITOR,
    }
    return render(request, "strategy/decisions.html", context)


@door(read=Role.EDITOR, write=Role.EDITOR)
def add(request: MemberRequest, strategy: int | None = None) -> HttpResponse:
    """Write a decision down: about a part, about nothing in particular, or to put another right."""
    about = to_write(request, strategy) if request.method == "POST" else chosen(request, strategy)
    part = _asked(about, request.GET.get("part", ""))
    wrong = _wrong(request, about)
    initial = {"decided_by": request.user.name, "about": part.key if part else ""}
    form = DecisionForm(request.POST or None, strategy=about, part=part, corrects=wrong, initial=initial)
    if request.method == "POST" and form.is_valid():
        row = form.instance
        row.strategy, row.written_by = about, request.user
        with transaction.atomic():
            form.save()
            log.record(
                "decision.create",
                workspace=request.workspace,
                user=request.user,
                subject=row,
                row=row.pk,
                part=row.part,
            )
        messages.success(request, _("The decision is written down."))
        return redirect("strategy:decisions", *address(about))
    context: dict[str, Any] = {
        "strategy": about,
        "form": form,
        "part": part,
        "wrong": wrong,
        "title": _("Put a decision right") if wrong else _("Write a decision down"),
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "strategy/decision_form.html", context, status=status)


def _asked(strategy: Strategy, part: str) -> parts.Part | None:
    """The part one came from."""
    if not part:
        return None
    found = parts.find(strategy, part)
    if found.is_gone:
        raise Http404
    return found


def _wrong(request: MemberRequest, strategy: Strategy) -> Decision | None:
    """The decision that is to be put right."""
    name = request.GET.get("corrects", "")
    if not name:
        return None
    try:
        asked = uuid.UUID(name)
    except ValueError:
        raise Http404 from None
    found: Decision = access.get(Decision.objects.of(strategy), request, uuid=asked)
    return found
