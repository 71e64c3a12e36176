"""Governing documents: what the organisation has decided, passage by passage, and which goals serve each."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.http import FileResponse, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from samspill.accounts import access, log
from samspill.accounts.access import MemberRequest, door
from samspill.accounts.models import Role
from samspill.lib.uploads import was_cut
from samspill.strategy import conflict, trace
from samspill.strategy.forms import DocumentForm, posted
from samspill.strategy.match import words_changed
from samspill.strategy.models import DocumentVersion, Goal, GoverningDocument, Passage
from samspill.strategy.take_in import new_document, new_version
from samspill.strategy.thread import of_passage
from samspill.strategy.upload_form import UploadForm, VersionForm
from samspill.strategy.views.whole import threaded

PAGE = 200  # passages
CHANGES_SHOWN = 50  # of each kind


@door(read=Role.VIEWER)
def documents(request: MemberRequest) -> HttpResponse:
    rows = GoverningDocument.objects.in_workspace(request.workspace).counted()
    goals = list(Goal.objects.in_workspace(request.workspace).open().with_thread())
    context = {
        "documents": [row for row in rows if row.closed_at is None],
        "closed": [row for row in rows if row.closed_at is not None],
        "unasked": trace.unasked(goals),
        "touched": list(dict.fromkeys(trace.over(goals) + trace.touched(goals))),
        "goals": goals,
        "may_edit": request.member.role >= Role.EDITOR,
    }
    return render(request, "strategy/documents.html", context)


@door(read=Role.EDITOR, write=Role.EDITOR)
def upload(request: MemberRequest) -> HttpResponse:
    form = UploadForm(*posted(request), was_cut=was_cut(request))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            document = new_document(
                request.workspace, request.user, said["file"], title=said["title"], adopted=said["adopted"]
            )
        except ValidationError as error:
            form.add_error("file", error)
        else:
            _record(request, "upload", document)
            messages.success(request, _("The document is read. These are its passages."))
            return redirect("strategy:document", request.workspace.slug, document.pk)
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "strategy/upload.html", {"form": form}, status=status)


@door(read=Role.EDITOR, write=Role.EDITOR)
def version(request: MemberRequest, pk: int) -> HttpResponse:
    """Upload the document as it reads now."""
    document = access.get(GoverningDocument, request, pk=pk)
    form = VersionForm(*posted(request), was_cut=was_cut(request))
    if request.method == "POST" and form.is_valid():
        try:
            newest = new_version(document, request.user, form.cleaned_data["file"])
        except ValidationError as error:
            form.add_error("file", error)
        else:
            _record(request, "version", document, number=newest.number)
            messages.success(request, _("Version %(number)s is read.") % {"number": newest.number})
            return redirect("strategy:document", request.workspace.slug, document.pk)
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "strategy/upload.html", {"form": form, "document": document}, status=status)


@door(read=Role.VIEWER)
def document(request: MemberRequest, pk: int) -> HttpResponse:
    """Its passages under their headings, who serves them, and what the newest version changed."""
    found = access.get(GoverningDocument, request, pk=pk)
    newest = found.newest()
    goals = list(Goal.objects.in_workspace(request.workspace).open().with_thread())
    passages = list(found.passages.order_by("position", "pk").defer("folded"))
    standing = [passage for passage in passages if passage.gone_in_id is None]
    unserved = trace.unserved(standing, goals)
    shown = unserved if request.GET.get("show") == "unserved" else standing
    page = Paginator(shown, PAGE).get_page(request.GET.get("page"))
    context = {
        "document": found,
        "newest": newest,
        "versions": found.versions.select_related("uploaded_by").order_by("-number"),
        "count": len(standing),
        "unserved": len(unserved),
        "page": page,
        "rows": _under_headings(_with_goals(list(page), goals)),
        "changes": _changes(passages, goals, newest),
        "may_edit": request.member.role >= Role.EDITOR,
    }
    return render(request, "strategy/document.html", context)


def _with_goals(passages: list[Passage], goals: list[Goal]) -> list[Passage]:
    serving = trace.serving(goals)
    for passage in passages:
        passage.serving = serving.get(passage.pk, [])  # type: ignore[attr-defined]
    return passages


def _under_headings(passages: list[Passage]) -> list[Passage]:
    """Each knows whether it `opens` or `closes` the run of passages under its heading."""
    around = [None, *[(passage.chapter, passage.heading) for passage in passages], None]
    for before, under, after, passage in zip(around, around[1:], around[2:], passages, strict=False):
        passage.opens, passage.closes = under != before, under != after  # type: ignore[attr-defined]
    return passages


def _changes(passages: list[Passage], goals: list[Goal], newest: DocumentVersion) -> dict[str, Any] | None:
    if newest.number == 1:
        return None
    found = trace.changes(passages, newest.pk)
    for passage in found.changed[:CHANGES_SHOWN]:
        passage.runs = words_changed(passage.previous_text, passage.text)  # type: ignore[attr-defined]
    return {
        "found": found,
        "new": _with_goals(found.new[:CHANGES_SHOWN], goals),
        "changed": _with_goals(found.changed[:CHANGES_SHOWN], goals),
        "gone": _with_goals(found.gone[:CHANGES_SHOWN], goals),
        "touched": [goal for goal in trace.touched(goals) if goal.passage in {*found.changed, *found.gone}],
    }


@door(read=Role.VIEWER)
def passage(request: MemberRequest, pk: int) -> HttpResponse:
    """One passage as one would cite it, what stands around it, and the goals that serve it."""
    rows = Passage.objects.in_workspace(request.workspace)
    found = access.get(rows.select_related("document", "changed_in", "gone_in"), request, pk=pk)
    around = found.document.passages.filter(gone_in=None)
    context = {
        "passage": found,
        "document": found.document,
        "before": around.filter(position__lt=found.position).last(),
        "after": around.filter(position__gt=found.position).first(),
        "runs": words_changed(found.previous_text, found.text) if found.previous_text else None,
        **threaded(request, of_passage(found), "passages"),
        "may_edit": request.member.role >= Role.EDITOR,
    }
    return render(request, "strategy/passage.html", context)


@door(read=Role.VIEWER)
def file(request: MemberRequest, pk: int) -> FileResponse:
    """The file as it was uploaded, to be saved and never shown."""
    versions = DocumentVersion.objects.filter(document__workspace=request.workspace)
    found = access.get(versions, request, pk=pk)
    answer = FileResponse(
        found.file.open("rb"),
        as_attachment=True,
        filename=found.file_name,
        content_type="application/octet-stream",
    )
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


@door(read=Role.EDITOR, write=Role.EDITOR)
def edit(request: MemberRequest, pk: int) -> HttpResponse:
    row = access.get(GoverningDocument, request, pk=pk)
    form = DocumentForm(*posted(request), workspace=request.workspace, instance=row)
    clash = None
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            clash = conflict.save(form)
            if clash is None:
                _record(request, "change", row, fields=form.changed_data)
        if clash is None:
            messages.success(request, _("Saved."))
            return redirect("strategy:document", request.workspace.slug, row.pk)
    context = {
        "form": clash.form if clash else form,
        "clash": clash,
        "document": row,
        "title": _("What the document is"),
    }
    status = 409 if clash else 422 if form.is_bound and form.errors else 200
    return render(request, "strategy/row_form.html", context, status=status)


@door(read=Role.EDITOR, write=Role.EDITOR)
def remove(request: MemberRequest, pk: int) -> HttpResponse:
    """The document is no longer in force; the goals that build on it say so. It can be taken back."""
    row = access.get(GoverningDocument, request, pk=pk)
    if request.method != "POST":
        return render(request, "strategy/remove_document.html", {"document": row, "goals": _goals_on(row)})
    with transaction.atomic():
        row.closed_at = timezone.now()
        row.save(update_fields=["closed_at"])
        _record(request, "close", row)
    messages.success(request, _("“%(name)s” is no longer in force.") % {"name": row})
    return redirect("strategy:documents", request.workspace.slug)


@door(write=Role.EDITOR)
def reopen(request: MemberRequest, pk: int) -> HttpResponseRedirect:
    row = access.get(GoverningDocument, request, pk=pk)
    with transaction.atomic():
        row.closed_at = None
        row.save(update_fields=["closed_at"])
        _record(request, "reopen", row)
    messages.success(request, _("“%(name)s” is in force again.") % {"name": row})
    return redirect("strategy:document", request.workspace.slug, pk)


def _goals_on(document: GoverningDocument) -> list[Goal]:
    return list(Goal.objects.open().filter(passage__document=document))


def _record(request: MemberRequest, verb: str, row: GoverningDocument, **detail: Any) -> None:
    name = f"governingdocument.{verb}"
    log.record(name, workspace=request.workspace, user=request.user, subject=row, row=row.pk, **detail)
