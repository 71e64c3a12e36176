"""Who uses what: the figures that advice on channels rests on, to see, to add to and to correct."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from babel import Locale
from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from samspill.accounts import access, log
from samspill.accounts.access import MemberRequest, door
from samspill.accounts.models import Role, Workspace
from samspill.strategy import conflict
from samspill.strategy.advice.figures import (
    DAILY,
    USES,
    Figure,
    Figures,
    figures,
    place_name,
    shipped,
)
from samspill.strategy.advice.groups import in_words
from samspill.strategy.figure_form import QUESTION, UsageFigureForm
from samspill.strategy.forms import posted
from samspill.strategy.models import UsageFigure

PAGE = 100
FILTERS = ("place", "segment", "country")


@dataclass(frozen=True)
class Line:
    """A figure as the page shows it."""

    figure: Figure
    where: str
    whom: str
    country: str
    age: str
    is_old: bool
    differs: bool


@door(read=Role.VIEWER)
def usage(request: MemberRequest) -> HttpResponse:
    """One kind of use at a time: a profile, a visit and a daily visit are no column together."""
    found = figures_of(request.workspace)
    wanted = {name: request.GET.get(name, "") for name in FILTERS}
    standing = [figure for figure in found.standing if _meets(figure, wanted)]
    counts = Counter(figure.use for figure in standing)
    use = request.GET.get("use", "")
    use = use if use in USES else next((use for use in USES if counts[use]), DAILY)
    differing, today = found.differing(), timezone.localdate()
    lines = [_line(figure, figure.question in differing, today) for figure in standing if figure.use == use]
    lines.sort(key=lambda line: (line.where.lower(), line.figure.segment != "all", line.figure.segment))
    page = Paginator(lines, PAGE).get_page(request.GET.get("page"))
    context = {
        "uses": [(key, name, counts[key]) for key, name in USES.items() if counts[key] or key == use],
        "use": use,
        "lines": list(page),
        "page": page,
        "count": len(found.standing),
        "old": sum(figure.is_old(today) for figure in found.standing),
        "differing": len(differing),
        "struck": [_line(figure, False, today) for figure in found.struck if _meets(figure, wanted)],
        "filters": _filters(found, wanted),
        "may_edit": request.member.role >= Role.EDITOR,
    }
    return render(request, "strategy/figures.html", context)


def figures_of(workspace: Workspace) -> Figures:
    return figures(UsageFigure.objects.filter(workspace=workspace))


def _meets(figure: Figure, wanted: dict[str, str]) -> bool:
    return all(getattr(figure, name) == value for name, value in wanted.items() if value)


def _line(figure: Figure, differs: bool, today: date) -> Line:
    whom = in_words(figure.segment)
    return Line(
        figure,
        place_name(figure.place),
        whom,
        country_name(figure.country),
        age_in_words(figure.months(today)),
        figure.is_old(today),
        differs,
    )


def age_in_words(months: int) -> str:
    """How old a figure is: months up to two years, then years."""
    if months < 24:
        return ngettext("%(n)d month old", "%(n)d months old", months) % {"n": months}
    return ngettext("%(n)d year old", "%(n)d years old", months // 12) % {"n": months // 12}


def country_name(code: str) -> str:
    names = Locale.parse(get_language() or "en", sep="-").territories
    return str(names.get(code, code))


def _filters(found: Figures, wanted: dict[str, str]) -> list[dict[str, Any]]:
    """What one can narrow down by, each with the choices that there are figures for."""
    everything = [*found.standing, *found.struck]
    named = {
        "place": (_("Where"), _("everywhere"), _choices(everything, "place", place_name)),
        "segment": (_("Who"), _("every age group"), _choices(everything, "segment", in_words)),
        "country": (_("Country"), _("every country"), _choices(everything, "country", country_name)),
    }
    return [
        {"name": name, "label": label, "any": any_, "choices": choices, "chosen": wanted[name]}
        for name, (label, any_, choices) in named.items()
    ]


def _choices(found: Iterable[Figure], name: str, say: Any) -> Sequence[tuple[str, str]]:
    keys = {getattr(figure, name) for figure in found}
    return sorted(((key, say(key)) for key in keys), key=lambda pair: pair[1].lower())


@door(read=Role.EDITOR, write=Role.EDITOR)
def add(request: MemberRequest) -> HttpResponse:
    """A figure of one's own: a new one, or with ?of= in the place of one that came with Samspill."""
    replaced = _shipped(request.GET["of"]) if "of" in request.GET else None
    if replaced is not None:
        row = _own_of(request.workspace, replaced)
        if row is not None:
            return redirect("strategy:figure_edit", request.workspace.slug, row.pk)
    with transaction.atomic():
        form = UsageFigureForm(*posted(request), workspace=request.workspace, initial=_initial(replaced))
        if request.method == "POST" and form.is_valid():
            form.instance.changed_by = request.user
            row = form.save()
            _record(request, "create", row)
            messages.success(request, _("The figure is written down."))
            return _to(request, row)
    title = (
        _("Write a figure of your own") if replaced is None else _("Put a figure of your own in its place")
    )
    return _form(request, form, title=title)


def _initial(figure: Figure | None) -> dict[str, Any]:
    if figure is None:
        return {"country": "NO", "segment": "all"}
    names = (*QUESTION, "value", "source", "link")
    return {name: getattr(figure, name) for name in names}


@door(read=Role.EDITOR, write=Role.EDITOR)
def edit(request: MemberRequest, pk: int) -> HttpResponse:
    row = access.get(UsageFigure, request, pk=pk)
    form = UsageFigureForm(*posted(request), workspace=request.workspace, instance=row)
    clash = None
    if request.method == "POST" and form.is_valid():
        form.instance.changed_by = request.user
        with transaction.atomic():
            clash = conflict.save(form)
            if clash is None:
                _record(request, "change", row, fields=form.changed_data)
        if clash is None:
            messages.success(request, _("Saved."))
            return _to(request, row)
    return _form(request, clash.form if clash else form, title=_("Change the figure"), clash=clash)


def _form(request: MemberRequest, form: Any, **more: Any) -> HttpResponse:
    status = 409 if more.get("clash") else 422 if form.is_bound and form.errors else 200
    return render(request, "strategy/figure_form.html", {"form": form, **more}, status=status)


@door(write=Role.EDITOR)
def strike(request: MemberRequest, came: str) -> HttpResponseRedirect:
    """Strike out a figure that came with Samspill; of two that differ, the other stands."""
    figure = _shipped(came)
    with transaction.atomic():
        asked = dict(zip(QUESTION, figure.question, strict=True))
        row, is_new = UsageFigure.objects.get_or_create(
            workspace=request.workspace,
            **asked,
            defaults={"source": figure.source, "link": figure.link, "changed_by": request.user},
        )
        if not is_new and (row.source, row.link) != (figure.source, figure.link):
            # Another one that answers the same is struck out already: now none of them counts.
            row.value, row.source, row.link, row.changed_by = None, "", "", request.user
            row.save()
        _record(request, "strike", row)
    messages.success(request, _("The figure is struck out and counts no more."))
    return _to(request, row)


@door(write=Role.EDITOR)
def remove(request: MemberRequest, pk: int) -> HttpResponseRedirect:
    """Take away a figure of one's own; what came with Samspill counts again."""
    row = access.get(UsageFigure, request, pk=pk)
    with transaction.atomic():
        _record(request, "remove", row)
        row.delete()
    came = any(figure.question == _question(row) for figure in shipped())
    said = _("The figure that came with Samspill counts again.") if came else _("The figure is taken away.")
    messages.success(request, said)
    return _to(request, row)


def _question(row: UsageFigure) -> tuple[str, ...]:
    return tuple(getattr(row, name) for name in QUESTION)


def _shipped(key: str) -> Figure:
    found = next((figure for figure in shipped() if figure.key == key), None)
    if found is None:
        raise Http404
    return found


def _own_of(workspace: Workspace, figure: Figure) -> UsageFigure | None:
    asked = dict(zip(QUESTION, figure.question, strict=True))
    return UsageFigure.objects.filter(workspace=workspace, **asked).first()


def _to(request: MemberRequest, row: UsageFigure) -> HttpResponseRedirect:
    """Back to the figures of the same kind of use and place."""
    page = redirect("strategy:usage", request.workspace.slug)
    page["Location"] += f"?use={row.use}&place={row.place}"
    return page


def _record(request: MemberRequest, verb: str, row: UsageFigure, **detail: Any) -> None:
    name = f"usagefigure.{verb}"
    log.record(
        name,
        workspace=request.workspace,
        user=request.user,
        subject=f"{place_name(row.place)}, {row.period}",
        row=row.pk,
        **detail,
    )
