"""Trends, and share of voice."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from samspill.accounts import access, log
from samspill.accounts.access import MemberRequest, door
from samspill.accounts.models import Role
from samspill.archive.open import store
from samspill.archive.store import TooSlow, Unavailable
from samspill.listening import trending, voices
from samspill.listening.forms import ShareOfVoiceForm
from samspill.listening.models import ShareOfVoice, Watch
from samspill.listening.views import SLOW

REFUSED = 422
DAYS = (7, 28, 90)


@door(read=Role.VIEWER)
def trends(request: MemberRequest) -> HttpResponse:
    """What is on the move."""
    period = trending.period_of(request.GET.get("period", ""))
    context: dict[str, Any] = {"period": period, "periods": trending.PERIODS}
    try:
        found = trending.trends(store(), period, timezone.now())
        context |= {"trends": found, "clear": bool(found) and found[0].score >= trending.CLEAR}
        context["words"] = trending.new_words(store(), period, timezone.now())
        hits = trending.newest_tagged(store(), [each.tag for each in found])
        context["map"] = trending.tag_map(hits)
    except Unavailable as error:
        context["trouble"] = _(str(error))
    except TooSlow:
        context["trouble"] = _(SLOW)
    return render(request, "listening/trends.html", context)


@door(read=Role.VIEWER)
def shares_of_voice(request: MemberRequest) -> HttpResponse:
    rows = ShareOfVoice.objects.filter(workspace=request.workspace).prefetch_related("watches")
    watches = Watch.objects.in_workspace(request.workspace).count()
    return render(request, "listening/shares.html", {"shares": rows, "watches": watches})


@door(read=Role.VIEWER)
def share_of_voice(request: MemberRequest, pk: int) -> HttpResponse:
    """The shares over a week, four weeks or three months."""
    row = access.get(ShareOfVoice, request, pk=pk)
    asked = request.GET.get("days", "")
    days = next((n for n in DAYS if str(n) == asked), DAYS[1])
    context: dict[str, Any] = {"voices": row, "days": days, "choices": DAYS}
    try:
        context["heard"] = voices.heard(store(), row, days, timezone.now())
    except Unavailable as error:
        context["trouble"] = _(str(error))
    except TooSlow:
        context["trouble"] = _(SLOW)
    return render(request, "listening/share.html", context)


@door(read=Role.CONTRIBUTOR, write=Role.CONTRIBUTOR)
def share_new(request: MemberRequest) -> HttpResponse:
    return _edit(request, ShareOfVoice(workspace=request.workspace, made_by=request.user))


@door(read=Role.CONTRIBUTOR, write=Role.CONTRIBUTOR)
def share_change(request: MemberRequest, pk: int) -> HttpResponse:
    return _edit(request, access.get(ShareOfVoice, request, pk=pk))


def _edit(request: MemberRequest, row: ShareOfVoice) -> HttpResponse:
    verb = "change" if row.pk else "create"
    form = ShareOfVoiceForm(
        request.POST if request.method == "POST" else None, instance=row, workspace=request.workspace
    )
    if not form.is_valid():
        context = {"form": form, "voices": row if row.pk else None}
        status = REFUSED if form.errors else 200
        return render(request, "listening/share_form.html", context, status=status)
    with transaction.atomic():
        form.save()
        log.record(f"shareofvoice.{verb}", workspace=request.workspace, user=request.user, subject=row)
    return redirect("listening:share", request.workspace.slug, row.pk)


@door(read=Role.EDITOR, write=Role.EDITOR)
def share_remove(request: MemberRequest, pk: int) -> HttpResponse:
    row = access.get(ShareOfVoice, request, pk=pk)
    if request.method != "POST":
        return render(request, "listening/share_remove.html", {"voices": row})
    with transaction.atomic():
        log.record("shareofvoice.remove", workspace=request.workspace, user=request.user, subject=row)
        row.delete()
    messages.success(request, _("The share of voice is removed. Its watches go on."))
    return redirect("listening:shares", request.workspace.slug)
