"""Advice on channels: what it says, how steady it is, and the fits it goes by."""

from __future__ import annotations

import hashlib
from typing import Any

from django.contrib import messages
from django.core.cache import cache
from django.db import transaction
from django.db.models import Max
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from samspill.accounts import log
from samspill.accounts.access import MemberRequest, door
from samspill.accounts.models import Role
from samspill.strategy import conflict
from samspill.strategy.advice import telling
from samspill.strategy.advice.advise import Advice, Verdict, advise
from samspill.strategy.advice.coverage import Problem
from samspill.strategy.advice.facts import COUNTRY, own_fits, read
from samspill.strategy.advice.fits import BUILT_FOR, Fit, fit
from samspill.strategy.advice.stability import DRAWS, stability
from samspill.strategy.fit_form import FitForm
from samspill.strategy.forms import posted
from samspill.strategy.models import Goal, Record, Strategy, UsageFigure
from samspill.strategy.places import PLACES
from samspill.strategy.sections import SECTIONS
from samspill.strategy.sections.rows import every_record
from samspill.strategy.subgoals import SUB_GOALS
from samspill.strategy.views.chosen import address, chosen, to_write
from samspill.strategy.views.figures import country_name

MONTH = 30 * 24 * 3600  # seconds
KEYS = {0.0: "0", 0.5: "half", 1.0: "1"}


@door(read=Role.VIEWER)
def advice(request: MemberRequest, strategy: int | None = None) -> HttpResponse:
    """What is recommended and why, what is not now and because, with every number."""
    about = chosen(request, strategy)
    found = advise(read(about, _country(request)))
    lines = telling.lines(found)
    context = {
        "strategy": about,
        "section": SECTIONS["channel_choices"],
        "advice": found,
        "lead": telling.lead(found),
        "needs": telling.needs(found),
        "notes": [*telling.differing(found), *telling.over_promised(found)],
        "always": [*_lines(lines, Verdict.HUB), *_lines(lines, Verdict.OPEN)],
        "use": _lines(lines, Verdict.USE, Verdict.FIRST, Verdict.RANKED),
        "shut": _lines(lines, Verdict.SHUT, Verdict.CLOSE),
        "others": _lines(lines, Verdict.NO_ROOM, Verdict.NO_FIT),
        "unknown": [line for line in _lines(lines, Verdict.UNKNOWN) if line.judged.candidate.choice],
        "untold": [line.name for line in _lines(lines, Verdict.UNKNOWN) if not line.judged.candidate.choice],
        "compared": sorted(_lines(lines, *telling.COMPARED), key=lambda line: -line.bar),
        "sure": telling.how_sure(found),
        "steady": _steady(found) if "steady" in request.GET else None,
        "countries": _countries(about, found.facts.country),
        "may_edit": request.member.role >= Role.EDITOR,
    }
    return render(request, "strategy/advice.html", context)


def _lines(lines: list[telling.Line], *verdicts: Verdict) -> list[telling.Line]:
    return [line for line in lines if line.judged.verdict in verdicts]


def _country(request: MemberRequest) -> str:
    said = request.GET.get("country", COUNTRY).upper()
    return said if len(said) == 2 and said.isascii() and said.isalpha() else COUNTRY


def _countries(strategy: Strategy, chosen_one: str) -> list[tuple[str, str]]:
    """Those there are figures of, when a workspace has any of another country than ours."""
    rows = UsageFigure.objects.filter(workspace=strategy.workspace)
    theirs = set(rows.values_list("country", flat=True).distinct()) - {COUNTRY}
    found = {COUNTRY, chosen_one, *theirs}
    return sorted(((code, country_name(code)) for code in found), key=lambda pair: pair[1])


@door(read=Role.VIEWER)
def steadiness(request: MemberRequest, strategy: int | None = None) -> HttpResponse:
    """How steady the advice is; asked for once the page stands, since it takes a moment to work out."""
    found = advise(read(chosen(request, strategy), _country(request)))
    return render(request, "strategy/_advice_steady.html", {"steady": _steady(found), "draws": DRAWS})


def _steady(found: Advice) -> list[dict[str, Any]]:
    """The share of the draws in which each channel is chosen; what is never chosen is left out."""
    if found.facts.capacity is None:
        return []
    shares = _worked_out(found.problem)
    rows = [
        {
            "name": each.candidate.name,
            "share": shares[each.candidate.key],
            "is_in": each.candidate.key in found.chosen.keys,
        }
        for each in found.judged
        if shares.get(each.candidate.key)
    ]
    return sorted(rows, key=lambda row: -row["share"])


def _worked_out(problem: Problem) -> dict[str, float]:
    key = "advice-" + hashlib.sha256(repr(problem).encode()).hexdigest()
    return cache.get_or_set(key, lambda: stability(problem), MONTH) or {}


@door(read=Role.VIEWER)
def fits(request: MemberRequest, strategy: int | None = None) -> HttpResponse:
    """How well each channel suits one sub-goal at a time."""
    about = chosen(request, strategy)
    asked = request.GET.get("for", "")
    if asked not in SUB_GOALS:
        used = Goal.objects.of(about).open().filter(sub_goal__in=SUB_GOALS).values_list("sub_goal", flat=True)
        asked = used.first() or next(iter(SUB_GOALS))
    own = own_fits(every_record(about, ["fit"]).get("fit", []))
    rows = [(place, found, telling.why(found)) for place, found in _fits_of(asked, own)]
    context = {
        "strategy": about,
        "sub_goals": SUB_GOALS.values(),
        "asked": SUB_GOALS[asked],
        "rows": sorted(rows, key=lambda row: (-row[1].value, str(row[0].name).lower())),
        "may_edit": request.member.role >= Role.EDITOR,
    }
    return render(request, "strategy/fits.html", context)


def _fits_of(sub_goal: str, own: Any) -> list[tuple[Any, Fit]]:
    return [(PLACES[key], found) for key in BUILT_FOR if (found := fit(key, sub_goal, own)) is not None]


@door(read=Role.EDITOR, write=Role.EDITOR)
def change_fit(
    request: MemberRequest, place: str, sub_goal: str, strategy: int | None = None
) -> HttpResponse:
    """Say that a channel suits a sub-goal better or worse than is proposed; or go back to the proposal."""
    if place not in BUILT_FOR or sub_goal not in SUB_GOALS:
        raise Http404
    about = to_write(request, strategy) if request.method == "POST" else chosen(request, strategy)
    row = Record.objects.of(about).filter(kind="fit", data__place=place, data__sub_goal=sub_goal).first()
    if "as_proposed" in request.POST and row is not None:
        with transaction.atomic():
            _record(request, "remove", row)
            row.delete()
        messages.success(request, _("What Samspill proposes counts again."))
        return _to_fits(about, sub_goal)
    proposed = fit(place, sub_goal, {}) or Fit(0.0)
    begins = {"fit": KEYS[proposed.value]} if row is None else None
    form = FitForm(
        *posted(request), strategy=about, instance=row, initial=begins, place=place, sub_goal=sub_goal
    )
    clash = None
    if request.method == "POST" and form.is_valid():
        clash = _save(request, about, form, row)
        if clash is None:
            messages.success(request, _("Saved."))
            return _to_fits(about, sub_goal)
    context = {
        "strategy": about,
        "form": clash.form if clash else form,
        "clash": clash,
        "row": row,
        "place": PLACES[place],
        "sub_goal": SUB_GOALS[sub_goal],
        "proposed": proposed,
        "why": telling.why(proposed),
        "title": _("%(place)s for “%(goal)s”") % {"place": PLACES[place], "goal": SUB_GOALS[sub_goal].name},
    }
    status = 409 if clash else 422 if form.is_bound and form.errors else 200
    return render(request, "strategy/fit_form.html", context, status=status)


def _save(
    request: MemberRequest, about: Strategy, form: FitForm, row: Record | None
) -> conflict.Clash | None:
    form.instance.changed_by = request.user
    with transaction.atomic():
        if row is not None:
            clash = conflict.save(form)
            if clash is None:
                _record(request, "change", row)
            return clash
        last = Record.objects.of(about).filter(kind="fit").aggregate(last=Max("position"))["last"]
        form.instance.position = (last or 0) + 1
        _record(request, "create", form.save())
    return None


def _to_fits(strategy: Strategy, sub_goal: str) -> HttpResponse:
    return redirect(reverse("strategy:fits", args=address(strategy)) + f"?for={sub_goal}")


def _record(request: MemberRequest, verb: str, row: Record) -> None:
    log.record(
        f"record.{verb}",
        workspace=request.workspace,
        user=request.user,
        subject=row,
        row=row.pk,
        kind=row.kind,
    )
