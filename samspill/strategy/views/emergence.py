"""What grows by itself: what people have seen, what it gathers into, and what waits for a decision."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspill.accounts import access, log
from samspill.accounts.access import MemberRequest, door
from samspill.accounts.models import Role
from samspill.strategy import emergence as grows
from samspill.strategy.emergence_forms import GatherForm, ObservationForm, is_page_of
from samspill.strategy.forms import posted
from samspill.strategy.models import Decision, Observation, Pattern, Strategy
from samspill.strategy.sections import SECTIONS
from samspill.strategy.sections.rows import records
from samspill.strategy.views.chosen import address, chosen, to_write

PAGE = 50
PATTERNS_SHOWN = 20  # besides the candidates
WORDS = 300  # that a link may bring along


@door(read=Role.VIEWER)
def emergence(request: MemberRequest, strategy: int | None = None) -> HttpResponse:
    """Candidates first, then what gathers, then what belongs to nothing yet; beside them the boundaries."""
    about = chosen(request, strategy)
    found = grows.gathered(about)
    loose = Observation.objects.of(about).filter(pattern=None).select_related("by")
    page = Paginator(loose, PAGE).get_page(request.GET.get("page"))
    gathering = [row for row in found if row.is_open and not row.is_candidate]
    settled = [row for row in found if not row.is_open]
    shown = None if "all" in request.GET else PATTERNS_SHOWN
    context = {
        "strategy": about,
        "section": SECTIONS["emergence"],
        "candidates": [row for row in found if row.is_candidate],
        "gathering": gathering[:shown],
        "gathering_count": len(gathering),
        "settled": _with_last_decision(settled[:shown]),
        "settled_count": len(settled),
        "page": page,
        "loose": list(page),
        "is_new": not (found or page.paginator.count),
        "rule": grows.rule(about),
        **writing(request, about),
        **boundaries(about),
    }
    return render(request, "strategy/emergence.html", context)


def writing(request: MemberRequest, strategy: Strategy) -> dict[str, Any]:
    """What those who may write need on a page with observations."""
    may_write = request.member.role >= Role.CONTRIBUTOR
    return {
        "form": ObservationForm(strategy=strategy) if may_write else None,
        "gather": GatherForm(strategy=strategy) if may_write else None,
        "may_write": may_write,
        "may_edit": request.member.role >= Role.EDITOR,
    }


def _with_last_decision(rows: list[grows.Gathered]) -> list[grows.Gathered]:
    """Each pattern has the newest decision about it as `last`, if there is one."""
    decisions = Decision.objects.filter(pattern__in=[row.pattern.pk for row in rows])
    last = {decision.pattern_id: decision for decision in decisions.order_by("pk")}
    for row in rows:
        row.pattern.last = last.get(row.pattern.pk)  # type: ignore[attr-defined]
    return rows


def boundaries(strategy: Strategy) -> dict[str, Any]:
    """What is always and what is never so, for the page to show beside what grows."""
    rows = records(strategy, SECTIONS["rails"]).get("boundary", [])
    return {
        "always": [row for row in rows if row.data.get("sort") != "never"],
        "never": [row for row in rows if row.data.get("sort") == "never"],
    }


@door(read=Role.CONTRIBUTOR, write=Role.CONTRIBUTOR)
def observe(request: MemberRequest, strategy: int | None = None) -> HttpResponse:
    """Write down what one saw, perhaps from another page, whose link and words come along."""
    about = to_write(request, strategy) if request.method == "POST" else chosen(request, strategy)
    said = request.GET
    initial = {"text": said.get("text", "")[:WORDS], "link": said.get("link", "")[:500]}
    if said.get("sort") in Observation.Sort.values:
        initial["sort"] = said["sort"]
    form = ObservationForm(request.POST or None, strategy=about, initial=initial)
    if request.method == "POST" and form.is_valid():
        form.instance.strategy, form.instance.by = about, request.user
        with transaction.atomic():
            form.instance.pattern = _pattern(request, about, form.cleaned_data["about"])
            row = form.save()
            _record(request, "observation.create", row)
        messages.success(request, _("Noted. Thank you for keeping your eyes open."))
        if row.link and is_page_of(about, row.link):
            return redirect(row.link)
        return redirect("strategy:emergence", *address(about))
    context = {"strategy": about, "form": form, "title": _("What did you see?")}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "strategy/observe.html", context, status=status)


@door(write=Role.CONTRIBUTOR)
def gather(request: MemberRequest, strategy: int | None = None) -> HttpResponseRedirect:
    """Put the chosen observations into a pattern, an old or a new one; without a name, out of theirs."""
    about = chosen(request, strategy)
    form = GatherForm(*posted(request), strategy=about)
    keys = [key for key in request.POST.getlist("observation") if key.isascii() and key.isdigit()]
    rows = list(Observation.objects.of(about).filter(pk__in=[int(key) for key in keys if len(key) < 19]))
    if not rows:
        messages.error(request, _("Choose first which observations you mean."))
    elif not form.is_valid():
        messages.error(request, _("The name is too long. Say in a few words what they are about."))
    else:
        with transaction.atomic():
            pattern = _pattern(request, about, form.cleaned_data["about"])
            Observation.objects.filter(pk__in=[row.pk for row in rows]).update(pattern=pattern)
            for row in rows:
                _record(request, "observation.gather", row, pattern=pattern.name if pattern else "")
        messages.success(request, _gathered(len(rows), pattern))
        if pattern is not None:
            return redirect("strategy:pattern", request.workspace.slug, pattern.pk)
    return redirect(reverse("strategy:emergence", args=address(about)) + "#loose")


def _gathered(n: int, pattern: Pattern | None) -> str:
    if pattern is None:
        words = ngettext(
            "%(n)d observation belongs to no pattern now.", "%(n)d observations belong to no pattern now.", n
        )
        return words % {"n": n}
    words = ngettext(
        "%(n)d observation is gathered in “%(name)s”.", "%(n)d observations are gathered in “%(name)s”.", n
    )
    return words % {"n": n, "name": pattern}


@door(read=Role.CONTRIBUTOR, write=Role.CONTRIBUTOR)
def remove(request: MemberRequest, pk: int) -> HttpResponse:
    """Take an observation away: whoever wrote it, or an editor."""
    rows = Observation.objects.in_workspace(request.workspace).select_related(
        "strategy__workspace", "strategy__parent", "pattern"
    )
    row: Observation = access.get(rows, request, pk=pk)
    if row.by != request.user and request.member.role < Role.EDITOR:
        raise PermissionDenied(_("Only the one who wrote it, or an editor, can take it away."))
    if request.method != "POST":
        context = {"observation": row, "strategy": row.strategy}
        return render(request, "strategy/observation_remove.html", context)
    with transaction.atomic():
        _record(request, "observation.remove", row)
        row.delete()
    messages.success(request, _("The observation is removed."))
    if row.pattern:
        return redirect("strategy:pattern", request.workspace.slug, row.pattern.pk)
    return redirect("strategy:emergence", *address(row.strategy))


def _pattern(request: MemberRequest, strategy: Strategy, name: str) -> Pattern | None:
    """The pattern of the name, begun if there was none."""
    name = " ".join(name.split())
    if not name:
        return None
    found = grows.named(strategy, name)
    if found is None:
        found = Pattern.objects.create(strategy=strategy, name=name, created_by=request.user)
        _record(request, "pattern.create", found)
    return found


def _record(request: MemberRequest, action: str, row: Any, **detail: Any) -> None:
    log.record(action, workspace=request.workspace, user=request.user, subject=row, row=row.pk, **detail)
