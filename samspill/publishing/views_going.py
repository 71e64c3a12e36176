"""From written to on its way: approve or send back, set the time, take back, copy, throw away."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from samspill.accounts import access
from samspill.accounts.access import MemberRequest, door
from samspill.accounts.models import Role
from samspill.publishing import approve as approving
from samspill.publishing import schedule as scheduling
from samspill.publishing import write
from samspill.publishing.check import problems
from samspill.publishing.forms import NoteForm, ScheduleForm
from samspill.publishing.models import Draft
from samspill.publishing.reading import reading_page, readings
from samspill.publishing.views_draft import drafts_of
from samspill.publishing.writing import blame, coming, let_go, moment_of


@door(read=Role.EDITOR, write=Role.EDITOR)
def approve(request: MemberRequest, pk: int) -> HttpResponse:
    """Read it as it will stand, then say yes, or send it back with a note."""
    row = access.get(drafts_of(request), request, pk=pk)
    form = NoteForm(request.POST or None, initial=NoteForm.of(row))
    if request.method == "POST" and form.is_valid():
        try:
            return _decide(request, row, form)
        except ValidationError as error:
            blame(form, error)
            form.reread(row)
    context = {
        "draft": row,
        "goal": row.goal,
        "readings": readings(row),
        "form": form,
        "still": problems(row),
        "moment": coming(moment_of(ScheduleForm.of(row), request.workspace)),
        "waits": row.state == Draft.State.ASKED,
    }
    return render(request, "publishing/approve.html", context, status=422 if form.errors else 200)


def _decide(request: MemberRequest, row: Draft, form: NoteForm) -> HttpResponse:
    words = {"content_sha256": form.cleaned_data["content_sha256"], "note": form.cleaned_data["note"]}
    deed = request.POST.get("do", "")
    if deed == "return":
        approving.send_back(row, by=request.user, **words)
        messages.success(request, _("Sent back to %(name)s.") % {"name": row.author})
        return redirect("publishing:drafts", request.workspace.slug)
    with transaction.atomic():
        approving.approve(row, by=request.user, **words)
        if deed == "schedule" and row.wish:
            id_ = form.cleaned_data["page"]
            scheduling.schedule(row, by=request.user, when=row.wish, request_id=id_)
    messages.success(request, _("Approved."))
    return redirect("publishing:draft", request.workspace.slug, row.pk)


@door(write=Role.EDITOR)
def schedule(request: MemberRequest, pk: int) -> HttpResponse:
    return _let_go(request, pk, now=False)


@door(write=Role.EDITOR)
def publish_now(request: MemberRequest, pk: int) -> HttpResponse:
    return _let_go(request, pk, now=True)


def _let_go(request: MemberRequest, pk: int, *, now: bool) -> HttpResponse:
    row = access.get(drafts_of(request), request, pk=pk)
    form = ScheduleForm(request.POST)
    if form.is_valid():
        try:
            said = form.cleaned_data
            let_go(request, row, said["when"], now=now, id_=said["page"])
            return redirect("publishing:draft", request.workspace.slug, row.pk)
        except ValidationError as error:
            blame(form, error)
    return reading_page(request, row, form, status=422, moment=coming(moment_of(form, request.workspace)))


@door(write=Role.EDITOR)
def unschedule(request: MemberRequest, pk: int) -> HttpResponse:
    row = access.get(drafts_of(request), request, pk=pk)
    try:
        scheduling.unschedule(row, by=request.user)
        messages.success(request, _("It has no time any more. It stays approved."))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("publishing:draft", request.workspace.slug, row.pk)


@door(write=Role.CONTRIBUTOR)
def reopen(request: MemberRequest, pk: int) -> HttpResponse:
    row = access.get(drafts_of(request), request, pk=pk)
    try:
        approving.reopen(row, by=request.user)
        messages.success(request, _("You can change it now. Afterwards it must be approved again."))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("publishing:draft", request.workspace.slug, row.pk)


@door(write=Role.CONTRIBUTOR)
def copy(request: MemberRequest, pk: int) -> HttpResponse:
    made = write.copy(access.get(drafts_of(request), request, pk=pk), by=request.user)
    messages.success(request, _("This is the copy. The one before it stays as it is."))
    return redirect("publishing:draft", request.workspace.slug, made.pk)


@door(write=Role.CONTRIBUTOR)
def delete(request: MemberRequest, pk: int) -> HttpResponse:
    row = access.get(drafts_of(request), request, pk=pk)
    try:
        write.delete(row, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("publishing:draft", request.workspace.slug, row.pk)
    messages.success(request, _("The draft is thrown away."))
    return redirect("publishing:drafts", request.workspace.slug)


@door(read=Role.CONTRIBUTOR)
def when(request: MemberRequest) -> HttpResponse:
    """A fragment: the moment of the time that is being chosen, in every zone that matters."""
    found = moment_of(ScheduleForm(request.GET), request.workspace)
    context = {"moment": coming(found), "passed": found is not None and coming(found) is None}
    return render(request, "publishing/_when.html", context)
