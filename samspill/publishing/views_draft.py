"""A draft while it is written: beginning it, writing on, and how long it is on each channel."""

from __future__ import annotations

import uuid

from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import render

from samspill.accounts import access
from samspill.accounts.access import MemberRequest, door
from samspill.accounts.models import Role
from samspill.lib.numbers import row_number
from samspill.publishing.forms import DraftForm
from samspill.publishing.models import Draft, DraftQuerySet, Picture
from samspill.publishing.reading import reading_page
from samspill.publishing.writing import page, written
from samspill.strategy.models import Goal


@door(read=Role.CONTRIBUTOR, write=Role.CONTRIBUTOR)
def new(request: MemberRequest) -> HttpResponse:
    """A draft begins when it is first saved; until then nothing is kept."""
    if request.method == "POST":
        return written(request, _begun(request))
    asked = row_number(request.GET.get("goal", ""))
    goals = Goal.objects.in_workspace(request.workspace).open()
    goal = goals.filter(pk=asked).first() if asked is not None else None
    return page(request, DraftForm(Draft(workspace=request.workspace, author=request.user, goal=goal)))


@door(read=Role.VIEWER, write=Role.CONTRIBUTOR)
def draft(request: MemberRequest, pk: int) -> HttpResponse:
    """The page to write on while it may be changed, else the page to read."""
    row = access.get(drafts_of(request), request, pk=pk)
    if request.method == "POST":
        return written(request, row)
    is_open = row.state != Draft.State.APPROVED and not row.has_gone()
    if is_open and request.member.role >= Role.CONTRIBUTOR:
        return page(request, DraftForm(row))
    return reading_page(request, row)


@door(write=Role.CONTRIBUTOR)
def length(request: MemberRequest) -> HttpResponse:
    """How long the text is on each channel and how it will stand there; from what is typed, saved or not."""
    form = DraftForm(_begun(request), request.POST)
    form.is_valid()
    if request.htmx.target == "thread":
        goal = form.cleaned_data.get("goal")
        return render(request, "publishing/_thread.html", {"goal": goal, "draft": form.draft})
    name = "_versions" if request.htmx.target == "versions" else "_counts"
    return render(request, f"publishing/{name}.html", {"form": form, "draft": form.draft, "swap": True})


@door(read=Role.VIEWER)
def picture(request: MemberRequest, pk: int) -> HttpResponseBase:
    row = access.get(Picture.objects.filter(draft__workspace=request.workspace), request, pk=pk)
    answer = FileResponse(row.file.open("rb"), content_type=row.media_type)
    answer.headers["Cache-Control"] = "private, max-age=86400"
    return answer


def drafts_of(request: MemberRequest) -> DraftQuerySet:
    return Draft.objects.in_workspace(request.workspace).listed().select_related("goal__passage__document")


def _begun(request: MemberRequest) -> Draft:
    """The draft that this page has begun, or one that is not saved yet."""
    try:
        id_ = uuid.UUID(request.POST.get("uuid", ""))
    except ValueError:
        id_ = uuid.uuid4()
    begun = drafts_of(request).filter(uuid=id_).first()
    return begun or Draft(workspace=request.workspace, author=request.user, uuid=id_)
