"""The page a draft is written on: what was typed is saved first, then comes the deed of the button."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_htmx.http import replace_url, reswap, retarget

from samspill.accounts import access
from samspill.accounts.access import MemberRequest
from samspill.accounts.models import Role, Workspace
from samspill.lib.dates import Moment, Shift, moment
from samspill.lib.numbers import row_number
from samspill.publishing import approve, schedule, write
from samspill.publishing.check import problems
from samspill.publishing.forms import DraftForm, ScheduleForm
from samspill.publishing.models import Draft

SHIFTED = {
    Shift.GAP: gettext_lazy(
        "That time does not come that night, for the clocks are set forward. See the time below, press again."
    ),
    Shift.FOLD: gettext_lazy(
        "That time comes twice that night, for the clocks are set back. See the time below, press again."
    ),
}


def page(request: MemberRequest, form: DraftForm, *, status: int = 200, **more: Any) -> HttpResponse:
    row = form.draft
    form.ask_others_than(request.user)
    context = {
        "form": form,
        "draft": row,
        "goal": row.goal,
        "still": problems(row) if row.pk else [],
        "answer": row.last_approval() if row.pk and row.state == Draft.State.RETURNED else None,
        "moment": coming(moment_of(form, request.workspace)),
        "may_publish": request.member.role >= Role.EDITOR,
        **more,
    }
    return render(request, "publishing/write.html", context, status=status)


def moment_of(form: DraftForm | ScheduleForm, workspace: Workspace) -> Moment | None:
    """When the time that stands in the form comes."""
    value = form["when"].value()
    try:
        wall = value if isinstance(value, datetime) else form.fields["when"].clean(value)
    except ValidationError:
        return None
    return moment(wall, workspace.time_zone) if wall else None


def coming(found: Moment | None) -> Moment | None:
    """The moment, unless it has passed: then there is nothing to show but that."""
    return found if found and found.at > timezone.now() else None


def written(request: MemberRequest, row: Draft) -> HttpResponse:
    """Save what was posted, then do what the pressed button says. `row` may not be saved yet."""
    form = DraftForm(row, request.POST)
    deed = request.POST.get("do", "save")
    if not form.is_valid():
        return _refused(request, form)
    if row.pk is None and form.is_empty() and not request.FILES:
        form.add_error("text", _("Write a working title or the text first."))
        return HttpResponse(status=204) if deed == "auto" else _refused(request, form)
    is_saved = False
    try:
        with transaction.atomic():
            if row.pk is None:
                row = write.begin(request.workspace, by=request.user, id_=form.cleaned_data["uuid"])
            row = _save(request, row, form)
        is_saved = True
        return _done(request, row, form, deed)
    except write.Rival as rival:
        return _rival(request, form, rival.draft)
    except ValidationError as error:
        form = DraftForm(row, request.POST)
        form.is_valid()
        blame(form, error)
        return _refused(request, form, is_saved=is_saved)


def _refused(request: MemberRequest, form: DraftForm, *, is_saved: bool = False) -> HttpResponse:
    """The page with what is wrong beside its field; after a saving by itself only a sentence."""
    if not request.htmx:
        return page(request, form, status=422, is_saved=is_saved)
    return reswap(render(request, "publishing/_not_saved.html", {"form": form}, status=422), "none")


def _save(request: MemberRequest, row: Draft, form: DraftForm) -> Draft:
    said, kept = form.cleaned_data, request.POST.get("keep", "")
    seen = row_number(kept)
    version = said["version"] if seen is None else seen
    row = write.save(row, form.words(), by=request.user, version=version, page=str(said["page"]))
    if row.state != Draft.State.APPROVED:
        schedule.wish(row, said["when"])
    return row


def _done(request: MemberRequest, row: Draft, form: DraftForm, deed: str) -> HttpResponse:
    if deed == "auto":
        return _fragment(request, row, "_saved")
    if deed == "pictures" or deed.startswith("remove-"):
        return _pictures(request, row, deed, str(form.cleaned_data["page"]))
    if deed == "ask":
        _ask(request, row, form)
    elif deed in ("schedule", "now"):
        said = form.cleaned_data
        let_go(request, row, said["when"], now=deed == "now", id_=said["page"])
    else:
        messages.success(request, _("Saved."))
    return redirect("publishing:draft", request.workspace.slug, row.pk)


def _ask(request: MemberRequest, row: Draft, form: DraftForm) -> None:
    approver, wall = form.cleaned_data["approver"], form.cleaned_data["when"]
    if approver is None:
        raise ValidationError({"approver": _("Choose who shall approve it.")})
    if wall:
        schedule.when_is(wall, request.workspace)
    approve.ask(row, by=request.user, approver=approver)
    messages.success(request, _("%(name)s is asked to approve it.") % {"name": approver})


def let_go(request: MemberRequest, row: Draft, wall: datetime | None, *, now: bool, id_: uuid.UUID) -> None:
    """Publish now, or at the wall time; one that daylight saving moves is shown before it is taken."""
    if now:
        wall = None
    elif wall is None:
        raise ValidationError({"when": _("Choose a day and a time, or publish now.")})
    else:
        found = schedule.when_is(wall, request.workspace)
        if found.shift and request.POST.get("shift") != found.shift:
            raise ValidationError({"when": SHIFTED[found.shift]})
    schedule.schedule(row, by=request.user, when=wall, request_id=id_)
    messages.success(request, _("It is scheduled.") if wall else _("It is on its way."))


def _pictures(request: MemberRequest, row: Draft, deed: str, page_id: str) -> HttpResponse:
    refused: list[str] = []
    if deed == "pictures":
        refused = write.add_pictures(row, request.FILES.getlist("pictures"), by=request.user, page=page_id)
    else:
        number = row_number(deed.removeprefix("remove-"))
        picture = access.get(row.pictures.filter(pk=number or 0), request)
        write.drop_picture(row, picture, by=request.user, page=page_id)
    if request.htmx:
        return _fragment(request, row, "_pictures", refused=refused)
    for sentence in refused:
        messages.error(request, sentence)
    return redirect("publishing:draft", request.workspace.slug, row.pk)


def _fragment(request: MemberRequest, row: Draft, name: str, **more: Any) -> HttpResponse:
    """A part of the page after a saving by itself; the address becomes the draft's own."""
    form = DraftForm(row)
    context = {"form": form, "draft": row, "still": problems(row), "swap": True, **more}
    answer = render(request, f"publishing/{name}.html", context)
    return replace_url(answer, reverse("publishing:draft", args=(request.workspace.slug, row.pk)))


def _rival(request: MemberRequest, form: DraftForm, rival: Draft) -> HttpResponse:
    """Theirs beside mine: nothing is lost, and a person decides."""
    theirs = rival.versions.filter(is_own=True).select_related("channel")
    context = {"rival": rival, "theirs": theirs}
    if request.htmx:
        answer = render(request, "publishing/_rival.html", context, status=409)
        return reswap(retarget(answer, "#rival"), "innerHTML")
    return page(request, form, status=409, **context)


def blame(form: Form, error: ValidationError) -> None:
    """Each sentence beside its field; what has none stands on top."""
    by_field = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
    for name, sentences in by_field.items():
        for sentence in sentences:
            form.add_error(name if name in form.fields else None, sentence)
        if name == "pictures" and isinstance(form, DraftForm):
            form.wrong_pictures = sentences
