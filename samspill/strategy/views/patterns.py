"""One pattern: what was seen, what is decided about it, and what became of it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from samspill.accounts import access, log
from samspill.accounts.access import MemberRequest, door
from samspill.accounts.models import Role
from samspill.strategy import conflict
from samspill.strategy import emergence as grows
from samspill.strategy.decision_form import VerdictForm
from samspill.strategy.emergence_forms import PatternForm
from samspill.strategy.forms import posted
from samspill.strategy.models import Decision, Pattern
from samspill.strategy.views.chosen import address
from samspill.strategy.views.emergence import PAGE, boundaries, writing

STATES = {
    Decision.Verdict.ADOPT: Pattern.State.ADOPTED,
    Decision.Verdict.WATCH: Pattern.State.WATCHED,
    Decision.Verdict.STOP: Pattern.State.STOPPED,
}


@door(read=Role.VIEWER)
def pattern(request: MemberRequest, pk: int) -> HttpResponse:
    row = _row(request, pk)
    page = Paginator(row.observations.select_related("by"), PAGE).get_page(request.GET.get("page"))
    context = {
        "strategy": row.strategy,
        "pattern": row,
        "row": grows.one(row),
        "page": page,
        "observations": list(page),
        "decisions": row.decisions.all(),
        "goals": row.goals.all(),
        **writing(request, row.strategy),
        **boundaries(row.strategy),
    }
    return render(request, "strategy/pattern.html", context)


@door(read=Role.CONTRIBUTOR, write=Role.CONTRIBUTOR)
def edit(request: MemberRequest, pk: int) -> HttpResponse:
    """Its name, and what the observations have in common."""
    row = _row(request, pk)
    form = PatternForm(*posted(request), strategy=row.strategy, instance=row)
    clash = None
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            clash = conflict.save(form)
            if clash is None:
                _record(request, "pattern.change", row, fields=form.changed_data)
        if clash is None:
            messages.success(request, _("Saved."))
            return redirect("strategy:pattern", request.workspace.slug, row.pk)
    context = {
        "form": clash.form if clash else form,
        "clash": clash,
        "strategy": row.strategy,
        "pattern": row,
        "title": _("Change the pattern"),
    }
    status = 409 if clash else 422 if form.is_bound and form.errors else 200
    return render(request, "strategy/pattern_form.html", context, status=status)


@door(read=Role.EDITOR, write=Role.EDITOR)
def decide(request: MemberRequest, pk: int) -> HttpResponse:
    """Adopt it, keep watching, or stop it; always with a reason, which stands in the log of decisions."""
    row = _row(request, pk)
    initial = {"seen": row.version, "decided_by": request.user.name}
    form = VerdictForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            done = _decide(request, row, form)
        if done:
            return _after(request, row, form.cleaned_data["verdict"])
        form = _again(request, row, form)
    context = {
        "strategy": row.strategy,
        "pattern": row,
        "row": grows.one(row),
        "form": form,
        "decisions": row.decisions.all(),
        **boundaries(row.strategy),
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "strategy/decide.html", context, status=status)


def _decide(request: MemberRequest, row: Pattern, form: VerdictForm) -> bool:
    """Write the decision down, unless somebody decided since the form was opened."""
    verdict = form.cleaned_data["verdict"]
    standing = Pattern.objects.filter(pk=row.pk, version=form.cleaned_data["seen"])
    if not standing.update(version=F("version") + 1, state=STATES[verdict]):
        return False
    decision = form.instance
    decision.strategy, decision.pattern, decision.written_by = row.strategy, row, request.user
    decision.title = row.name
    form.save()
    _record(request, "pattern.decide", row, verdict=verdict)
    return True


def _again(request: MemberRequest, row: Pattern, form: VerdictForm) -> VerdictForm:
    """The form with what was typed, and a word about whoever came first."""
    row.refresh_from_db()
    data = request.POST.copy()
    data["seen"] = str(row.version)
    again = VerdictForm(data)
    again.add_error(
        None,
        _(
            "Somebody changed this pattern or decided about it meanwhile. Read what stands below, and"
            " save again if you still mean the same."
        ),
    )
    return again


def _after(request: MemberRequest, row: Pattern, verdict: str) -> HttpResponse:
    if verdict == Decision.Verdict.ADOPT:
        messages.success(request, _("Adopted. Now write it as a goal; what you know is filled in."))
        where = reverse("strategy:goal_add", args=address(row.strategy))
        return redirect(f"{where}?sub_goal=&pattern={row.pk}")
    messages.success(request, _("The decision is written down."))
    return redirect("strategy:pattern", request.workspace.slug, row.pk)


def _row(request: MemberRequest, pk: int) -> Pattern:
    rows = Pattern.objects.in_workspace(request.workspace)
    found: Pattern = access.get(
        rows.select_related("strategy__workspace", "strategy__parent"), request, pk=pk
    )
    return found


def _record(request: MemberRequest, action: str, row: Any, **detail: Any) -> None:
    log.record(action, workspace=request.workspace, user=request.user, subject=row, row=row.pk, **detail)
