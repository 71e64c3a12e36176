"""Watches: the list, one of them, and the way to a new one, which is tested before it is saved."""

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
from samspill.archive.query import Node
from samspill.archive.store import Hit, TooSlow, Unavailable
from samspill.lib.numbers import row_number
from samspill.listening import watches as service
from samspill.listening.asked import Asked, asked
from samspill.listening.days import days
from samspill.listening.forms import JudgeForm, WatchForm
from samspill.listening.help import EXAMPLES
from samspill.listening.models import ByWorkspace, Spike, Watch
from samspill.listening.noise import proposals
from samspill.listening.rule_words import in_words
from samspill.listening.shown import Shown, shown
from samspill.listening.views import COUNTED, SLOW

REFUSED = 422
SAMPLE = 20  # posts that a test shows
SPIKES = 10


@door(read=Role.VIEWER)
def watches(request: MemberRequest) -> HttpResponse:
    rows = _ours(request).select_related("goal").order_by("paused_at", "name")
    context: dict[str, Any] = {}
    try:
        context["heard"] = service.heard(store(), rows, timezone.localdate())
        context["spikes"] = sum(1 for row in context["heard"] if row.spike and not row.spike.ended_at)
    except Unavailable as error:
        context |= {"trouble": _(str(error)), "heard": []}
    return render(request, "listening/watches.html", context)


@door(read=Role.VIEWER)
def watch(request: MemberRequest, pk: int) -> HttpResponse:
    row = access.get(_ours(request).select_related("goal", "made_by"), request, pk=pk)
    version = row.version
    wanted = asked({"q": version.query})
    context: dict[str, Any] = {
        "watch": row,
        "version": version,
        "asked": wanted,
        "versions": row.versions.select_related("made_by"),
        "spikes": row.spikes.filter(under=None)[:SPIKES],
        "follows": row.followers.filter(pk=request.user.pk).exists(),
    }
    try:
        if wanted.node:
            page = store().find(wanted.node, limit=SAMPLE)
            context |= {
                "page": page,
                "hits": [shown(hit, wanted.node) for hit in page.hits],
                "last": page.hits[-1].id if page.hits else None,
                "first": page.hits[0].id if page.hits else 0,
            }
        (context["heard"],) = service.heard(store(), [row], timezone.localdate())
    except Unavailable as error:
        context["trouble"] = _(str(error))
    except TooSlow:
        context["trouble"] = _(SLOW)
    return render(request, "listening/watch.html", context)


@door(read=Role.CONTRIBUTOR, write=Role.CONTRIBUTOR)
def new(request: MemberRequest) -> HttpResponse:
    """Test a query, and keep it as a watch."""
    return _edit(request, Watch(workspace=request.workspace, made_by=request.user))


@door(read=Role.CONTRIBUTOR, write=Role.CONTRIBUTOR)
def change(request: MemberRequest, pk: int) -> HttpResponse:
    """Test another query for a watch, and keep it as its next version."""
    return _edit(request, access.get(_ours(request), request, pk=pk))


def _edit(request: MemberRequest, row: Watch) -> HttpResponse:
    is_new = row.pk is None
    said = request.POST if request.method == "POST" else request.GET
    typed = said.get("query") or said.get("q") or ("" if is_new else row.version.query)
    wanted = asked({"q": typed})
    initial = {"query": wanted.typed, "name": wanted.typed[:120] if is_new else row.name}
    form = WatchForm(
        request.POST if request.method == "POST" else None,
        instance=row,
        workspace=request.workspace,
        initial=initial,
    )
    if form.is_valid():
        service.save(row, form.cleaned_data["query"], request.user, form.cleaned_data.get("why", ""))
        if is_new:
            row.followers.add(request.user)
        messages.success(request, _("Kept. It hears all that comes from now on, and counts what is here."))
        return redirect("listening:watch", request.workspace.slug, row.pk)
    context = {"watch": None if is_new else row, "asked": wanted, "form": form, "examples": EXAMPLES}
    if wanted.node is not None:
        context |= _tested(request, wanted, wanted.node)
    status = REFUSED if form.errors or wanted.wrong else 200
    return render(request, "listening/watch_form.html", context, status=status)


def _tested(request: MemberRequest, wanted: Asked, node: Node) -> dict[str, Any]:
    """What the query finds in what is kept: how much, by the day, and the newest to be looked at."""
    try:
        count = store().count(node, most=COUNTED + 1)
        page = store().find(node, limit=SAMPLE)
        found: dict[str, Any] = {"count": min(count, COUNTED), "is_more": count > COUNTED}
        found["days"] = days(store(), node, timezone.localdate())
    except Unavailable as error:
        return {"trouble": _(str(error))}
    except TooSlow:
        return {"trouble": _(SLOW)}
    noise = {row_number(each) for each in request.GET.getlist("noise")}
    marked = [hit for hit in page.hits if hit.id in noise]
    found["hits"] = [(shown(hit, node), hit.id in noise) for hit in page.hits]
    found["marked"] = len(marked)
    found["meant"] = len(page.hits) - len(marked)
    found["proposals"] = [(each, f"{wanted.narrowed}-{each.term}") for each in proposals(page.hits, marked)]
    return found


@door(write=Role.CONTRIBUTOR)
def pause(request: MemberRequest, pk: int) -> HttpResponse:
    """Pause a watch that is on, or let one go on that is paused."""
    row = access.get(_ours(request), request, pk=pk)
    row.paused_at = None if row.paused_at else timezone.now()
    with transaction.atomic():
        row.save(update_fields=["paused_at"])
        if row.paused_at is None:  # what came meanwhile is labelled, too
            row.versions.filter(pk=row.version.pk).update(labelled_to=None, labelled_at=None)
        verb = "pause" if row.paused_at else "resume"
        log.record(f"watch.{verb}", workspace=request.workspace, user=request.user, subject=row)
    messages.success(request, _("Paused.") if row.paused_at else _("It goes on."))
    return redirect("listening:watch", request.workspace.slug, row.pk)


@door(write=Role.VIEWER)
def follow(request: MemberRequest, pk: int) -> HttpResponse:
    """Get the mails of a watch, or no longer."""
    row = access.get(_ours(request), request, pk=pk)
    if row.followers.filter(pk=request.user.pk).exists():
        row.followers.remove(request.user)
    else:
        row.followers.add(request.user)
    return redirect("listening:watch", request.workspace.slug, row.pk)


@door(read=Role.EDITOR, write=Role.EDITOR)
def remove(request: MemberRequest, pk: int) -> HttpResponse:
    row = access.get(_ours(request), request, pk=pk)
    if request.method != "POST":
        return render(request, "listening/watch_remove.html", {"watch": row})
    service.remove(row, request.user)
    messages.success(request, _("The watch is removed. The posts stay in the archive."))
    return redirect("listening:watches", request.workspace.slug)


@door(read=Role.VIEWER, write=Role.CONTRIBUTOR)
def spike(request: MemberRequest, pk: int) -> HttpResponse:
    """A time when much more was said, why, and what we make of it."""
    rows = Spike.objects.filter(watch__workspace=request.workspace)
    row = access.get(rows.select_related("watch", "version", "judged_by"), request, pk=pk)
    form = JudgeForm(request.POST if request.method == "POST" else None, instance=row)
    if form.is_valid():
        row.judged_by, row.judged_at = request.user, timezone.now()
        with transaction.atomic():
            form.save()
            log.record("spike.judge", workspace=request.workspace, user=request.user, subject=row)
        return redirect("listening:spike", request.workspace.slug, row.pk)
    context: dict[str, Any] = {
        "spike": row,
        "form": form,
        "others": row.others.select_related("watch"),
        "rules": [in_words(rule) for rule in row.rules],
    }
    try:
        context["posts"] = _posts(row)
    except Unavailable as error:
        context["trouble"] = _(str(error))
    return render(request, "listening/spike.html", context, status=REFUSED if form.errors else 200)


def _posts(row: Spike) -> list[Shown]:
    """Those that drive it, as far as they are still kept."""
    node = asked({"q": row.version.query}).node
    found = [(id, store().post(id)) for id in row.reasons.get("posts", ())]
    return [shown(Hit(id, post), node) for id, post in found if post is not None]


def _ours(request: MemberRequest) -> ByWorkspace:
    return Watch.objects.in_workspace(request.workspace).prefetch_related("versions")
