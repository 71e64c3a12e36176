"""The parts of a strategy that are not among the six questions, and one record at a time."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import Max
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from samspill.accounts import access, log
from samspill.accounts.access import MemberRequest, door
from samspill.accounts.models import Role
from samspill.strategy import conflict
from samspill.strategy.forms import posted
from samspill.strategy.models import Record, Strategy
from samspill.strategy.record_form import RecordForm, as_python
from samspill.strategy.sections import KINDS, SECTION_OF, SECTIONS, Kind, Section
from samspill.strategy.sections.rows import single
from samspill.strategy.sections.shown import shown
from samspill.strategy.views.chosen import address, chosen, to_write

SHOWN = 25  # of each kind; the others come when asked for


@door(read=Role.VIEWER)
def section(request: MemberRequest, section: str, strategy: int | None = None) -> HttpResponse:
    """One part of the strategy with everything it holds."""
    part = SECTIONS.get(section)
    if part is None or part.question:
        raise Http404
    about = chosen(request, strategy)
    context = {
        "strategy": about,
        "section": part,
        "kinds": shown(about, part, most=SHOWN, whole=request.GET.get("all", "")),
        "may_edit": request.member.role >= Role.EDITOR,
    }
    return render(request, "strategy/section.html", context)


@door(write=Role.EDITOR)
def own(request: MemberRequest, section: str, strategy: int) -> HttpResponseRedirect:
    """Show only our own in a part of a strategy below another, or what it inherits too."""
    part = SECTIONS.get(section)
    about = chosen(request, strategy)
    if part is None:
        raise Http404
    alone = request.POST.get("own") == "yes"
    if about.is_main or not part.inherits or alone == (section in about.own_sections):
        return redirect(_page_of(about, part))
    kept = [key for key in about.own_sections if key != section]
    about.own_sections = [*kept, section] if alone else kept
    with transaction.atomic():
        about.save(update_fields=["own_sections", "updated_at"])
        verb = "part_alone" if alone else "part_inherits"
        log.record(
            f"strategy.{verb}",
            workspace=request.workspace,
            user=request.user,
            subject=part.title,
            row=about.pk,
        )
    return redirect(_page_of(about, part))


@door(read=Role.EDITOR, write=Role.EDITOR)
def add(request: MemberRequest, kind: str, strategy: int | None = None) -> HttpResponse:
    """Write a record; of a single kind that stands already, change it."""
    what = _kind(kind)
    about = to_write(request, strategy) if request.method == "POST" else chosen(request, strategy)
    row = Record.objects.of(about).filter(kind=kind).first() if what.single else None
    if row is not None:
        return _change(request, what, row)
    form = RecordForm(*posted(request), strategy=about, kind=what, initial=_from_above(about, what))
    if request.method == "POST" and form.is_valid():
        last = Record.objects.of(about).filter(kind=kind).aggregate(last=Max("position"))["last"]
        form.instance.position = (last or 0) + 1
        form.instance.changed_by = request.user
        with transaction.atomic():
            row = form.save()
            _record(request, "create", row)
        messages.success(request, _("“%(name)s” is written down.") % {"name": row})
        if "another" in request.POST:
            return redirect("strategy:record_add", *address(about), kind)
        return _back(about, row)
    return _form(request, what, about, form, title=what.add or what.title)


def _from_above(strategy: Strategy, kind: Kind) -> dict[str, Any]:
    """Whoever writes their own instead of what they inherit begins with that."""
    if not kind.single or strategy.is_main:
        return {}
    said = single(strategy, SECTION_OF[kind.key], kind)
    return {field.name: as_python(field, said.get(field.name)) for field in kind.fields}


@door(read=Role.EDITOR, write=Role.EDITOR)
def edit(request: MemberRequest, pk: int) -> HttpResponse:
    row = _row(request, pk)
    return _change(request, _kind(row.kind), row)


def _change(request: MemberRequest, what: Kind, row: Record) -> HttpResponse:
    form = RecordForm(*posted(request), strategy=row.strategy, kind=what, instance=row)
    clash = None
    if request.method == "POST" and form.is_valid():
        form.instance.changed_by = request.user
        with transaction.atomic():
            clash = conflict.save(form)
            if clash is None:
                _record(request, "change", row, fields=form.changed_data)
        if clash is None:
            messages.success(request, _("Saved."))
            return _back(row.strategy, row)
    return _form(
        request, what, row.strategy, clash.form if clash else form, title=what.title, row=row, clash=clash
    )


def _form(request: MemberRequest, what: Kind, strategy: Strategy, form: Any, **more: Any) -> HttpResponse:
    context = {"kind": what, "section": SECTION_OF[what.key], "strategy": strategy, "form": form, **more}
    status = 409 if more.get("clash") else 422 if form.is_bound and form.errors else 200
    return render(request, "strategy/record_form.html", context, status=status)


@door(read=Role.EDITOR, write=Role.EDITOR)
def remove(request: MemberRequest, pk: int) -> HttpResponse:
    row = _row(request, pk)
    if request.method != "POST":
        context = {
            "row": row,
            "strategy": row.strategy,
            "kind": KINDS[row.kind],
            "section": SECTION_OF[row.kind],
        }
        return render(request, "strategy/record_remove.html", context)
    with transaction.atomic():
        _record(request, "remove", row)
        row.delete()
    messages.success(request, _("“%(name)s” is removed.") % {"name": row})
    return _back(row.strategy, row)


@door(write=Role.EDITOR)
def move(request: MemberRequest, pk: int) -> HttpResponseRedirect:
    """One place up or down among its own kind."""
    row = _row(request, pk)
    order = list(Record.objects.of(row.strategy).filter(kind=row.kind))
    at = order.index(row)
    to = at + (-1 if request.POST.get("way") == "up" else 1)
    if 0 <= to < len(order):
        order[at], order[to] = order[to], order[at]
        for position, each in enumerate(order, start=1):
            each.position = position
        with transaction.atomic():
            Record.objects.bulk_update(order, ["position"])
            _record(request, "move", row, way="up" if to < at else "down")
    return _back(row.strategy, row)


def _kind(key: str) -> Kind:
    kind = KINDS.get(key)
    if kind is None or kind.model is not None or SECTION_OF[key].page:
        raise Http404
    return kind


def _row(request: MemberRequest, pk: int) -> Record:
    rows = Record.objects.in_workspace(request.workspace).select_related("strategy__workspace")
    found: Record = access.get(rows, request, pk=pk)
    _kind(found.kind)
    return found


def _back(strategy: Strategy, row: Record) -> HttpResponseRedirect:
    return redirect(f"{_page_of(strategy, SECTION_OF[row.kind])}#{row.kind}")


def _page_of(strategy: Strategy, part: Section) -> str:
    page = f"strategy:{part.question}" if part.question else "strategy:section"
    more = () if part.question else (part.key,)
    return reverse(page, args=(*address(strategy), *more))


def _record(request: MemberRequest, verb: str, row: Record, **detail: Any) -> None:
    detail["kind"] = row.kind
    log.record(
        f"record.{verb}", workspace=request.workspace, user=request.user, subject=row, row=row.pk, **detail
    )
