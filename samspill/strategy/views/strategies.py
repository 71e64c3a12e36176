"""Several strategies: the organisation's, those of units and campaigns below it, and templates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from samspill.accounts import access, log
from samspill.accounts.access import MemberRequest, door
from samspill.accounts.models import Role
from samspill.strategy.document.copies import SHIPPED, begin, content_of, keep_template
from samspill.strategy.forms import posted
from samspill.strategy.models import Strategy, Template
from samspill.strategy.strategy_forms import NewForm, PlaceForm, TemplateForm
from samspill.strategy.views.chosen import address, chosen, to_write


@door(read=Role.VIEWER)
def strategies(request: MemberRequest) -> HttpResponse:
    """All of them as a tree; those that are over apart."""
    every = list(Strategy.objects.in_workspace(request.workspace).select_related("owner"))
    context = {
        "main": Strategy.of(request.workspace),
        "tree": list(_tree(every)),
        "closed": [each for each in every if each.closed_at],
        "may_edit": request.member.role >= Role.EDITOR,
    }
    return render(request, "strategy/strategies.html", context)


def _tree(every: list[Strategy]) -> Iterator[tuple[int, Strategy]]:
    """Those that are not over, each after the one it lies below, with its level from 1."""
    below: dict[int | None, list[Strategy]] = defaultdict(list)
    for each in every:
        below[each.parent_id].append(each)

    def walk(parent: int | None, level: int) -> Iterator[tuple[int, Strategy]]:
        for each in below[parent]:
            if each.closed_at is None and not each.is_main:
                yield level, each
            yield from walk(each.pk, level + (not each.is_main))

    return walk(None, 1)


@door(read=Role.EDITOR, write=Role.EDITOR)
def add(request: MemberRequest) -> HttpResponse:
    """A new one below another, empty or begun from something."""
    form = NewForm(
        *posted_data(request), workspace=request.workspace, user=request.user, initial=_asked(request)
    )
    if request.method == "POST" and form.is_valid():
        made = _make(request, form)
        if made is not None:
            messages.success(request, _("“%(name)s” is begun.") % {"name": made})
            return redirect("strategy:strategy", *address(made))
    return _form(request, form, _("A strategy below"), "strategy:strategies")


def _asked(request: MemberRequest) -> dict[str, str]:
    return {name: request.GET[name] for name in ("parent", "begin_from", "scope") if name in request.GET}


def _make(request: MemberRequest, form: NewForm) -> Strategy | None:
    """None where what it should begin with cannot be read; then the form says so."""
    said = form.cleaned_data
    with transaction.atomic():
        parent = said["parent"] or Strategy.kept(request.workspace)
        made = Strategy.objects.create(
            workspace=request.workspace,
            parent=parent,
            title=said["title"],
            scope=said["scope"],
            owner=request.user,
            language=parent.language,
        )
        content = content_of(said["begin_from"], made, request.user) if said["begin_from"] else None
        faults = begin(made, content, request.user).faults if content else []
        if faults:
            form.add_error("begin_from", faults[0].sentence)
            transaction.set_rollback(True)
            return None
        _record(request, "create", made)
    return Strategy.objects.select_related("workspace").get(pk=made.pk)


@door(read=Role.EDITOR, write=Role.EDITOR)
def move(request: MemberRequest, strategy: int) -> HttpResponse:
    """Lay it below another."""
    about = _one(request, strategy)
    if about.is_main:
        return _stays(request)
    form = PlaceForm(
        *posted_data(request),
        workspace=request.workspace,
        moved=about,
        initial={"parent": str(about.parent_id)},
    )
    if request.method == "POST" and form.is_valid():
        about.parent = form.cleaned_data["parent"]
        with transaction.atomic():
            about.save(update_fields=["parent"])
            _record(request, "move", about)
        messages.success(request, _("Saved."))
        return redirect("strategy:strategies", request.workspace.slug)
    title = _("Move “%(name)s”") % {"name": about}
    return _form(request, form, title, "strategy:strategies", strategy=about)


@door(write=Role.EDITOR)
def close(request: MemberRequest, strategy: int) -> HttpResponseRedirect:
    """It is over; what it holds stays to be read."""
    return _closed(request, _one(request, strategy), timezone.now())


@door(write=Role.EDITOR)
def reopen(request: MemberRequest, strategy: int) -> HttpResponseRedirect:
    return _closed(request, _one(request, strategy), None)


def _closed(request: MemberRequest, about: Strategy, at: Any) -> HttpResponseRedirect:
    if about.is_main:
        return _stays(request)
    about.closed_at = at
    with transaction.atomic():
        about.save(update_fields=["closed_at"])
        _record(request, "close" if at else "reopen", about)
    said = _("“%(name)s” is over. It can be taken up again.") if at else _("“%(name)s” is taken up again.")
    messages.success(request, said % {"name": about})
    return redirect("strategy:strategies", request.workspace.slug)


# --- templates


@door(read=Role.VIEWER)
def templates(request: MemberRequest) -> HttpResponse:
    """One's own library, and what comes with Samspill."""
    context = {
        "templates": Template.objects.filter(owner=request.user).defer("document"),
        "shipped": SHIPPED.values(),
        "strategy": Strategy.of(request.workspace),
        "may_edit": request.member.role >= Role.EDITOR,
    }
    return render(request, "strategy/templates.html", context)


@door(read=Role.EDITOR, write=Role.EDITOR)
def keep(request: MemberRequest, strategy: int | None = None) -> HttpResponse:
    """Keep a strategy as a template."""
    about = to_write(request, strategy) if request.method == "POST" else chosen(request, strategy)
    form = TemplateForm(*posted_data(request), initial={"title": about.title})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        with transaction.atomic():
            made = keep_template(about, request.user, title=said["title"], note=said["note"])
            log.record("template.create", workspace=request.workspace, user=request.user, subject=made)
        messages.success(request, _("“%(name)s” is among your templates.") % {"name": made})
        return redirect("strategy:templates", request.workspace.slug)
    return _form(
        request, form, _("Keep as a template"), "strategy:templates", strategy=about, is_template=True
    )


@door(read=Role.EDITOR, write=Role.EDITOR)
def change(request: MemberRequest) -> HttpResponse:
    """Rename one of one's own, or delete it; `template` says which."""
    asked = request.POST.get("template", "") or request.GET.get("template", "")
    pk = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 16 else 0
    row = Template.objects.filter(owner=request.user, pk=pk).first()
    if row is None:
        return redirect("strategy:templates", request.workspace.slug)
    if request.method == "POST" and "delete" in request.POST:
        row.delete()
        messages.success(request, _("“%(name)s” is deleted.") % {"name": row})
        return redirect("strategy:templates", request.workspace.slug)
    form = TemplateForm(*posted_data(request), instance=row)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("strategy:templates", request.workspace.slug)
    return _form(request, form, _("Change the template"), "strategy:templates", template=row)


def posted_data(request: MemberRequest) -> tuple[Any]:
    return (posted(request)[0],)


def _form(request: MemberRequest, form: Any, title: str, leave: str, **more: Any) -> HttpResponse:
    context = {"form": form, "title": title, "leave": leave, **more}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "strategy/strategy_form.html", context, status=status)


def _one(request: MemberRequest, pk: int) -> Strategy:
    rows = Strategy.objects.in_workspace(request.workspace).select_related("workspace", "parent")
    return access.get(rows, request, pk=pk)


def _stays(request: MemberRequest) -> HttpResponseRedirect:
    messages.info(
        request, _("The organisation's own strategy is neither moved nor over: the others lie below it.")
    )
    return redirect("strategy:strategies", request.workspace.slug)


def _record(request: MemberRequest, verb: str, row: Strategy) -> None:
    log.record(f"strategy.{verb}", workspace=request.workspace, user=request.user, subject=row, row=row.pk)
