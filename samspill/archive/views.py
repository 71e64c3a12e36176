"""The streams: which there are, how they go, what may be missing; add, change, pause or remove one."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from samspill.accounts import access, log
from samspill.accounts.access import MemberRequest, door
from samspill.accounts.models import Role
from samspill.archive.cost import Cost, cost_of, everything_a_day
from samspill.archive.forms import FeedForm, StreamForm, TagForm
from samspill.archive.models import Stream, StreamQuerySet
from samspill.archive.open import open_archive
from samspill.archive.store import Unavailable

Form = StreamForm | TagForm | FeedForm
REFUSED = 422
ENOUGH = 10_000  # posts from which on their size says something
GAPS, LETTERS = 20, 5  # shown on a page


@door(read=Role.VIEWER)
def streams(request: MemberRequest) -> HttpResponse:
    rows = list(_ours(request).order_by("paused_at", "pk"))
    for row in rows:
        row.open_gaps = row.gaps.filter(closed_at=None).count()  # type: ignore[attr-defined]
    running = [row for row in rows if not row.paused_at]
    return render(
        request, "archive/streams.html", {"streams": rows, "running": running, "forward": _forward()}
    )


@door(read=Role.VIEWER)
def stream(request: MemberRequest, pk: int) -> HttpResponse:
    row = access.get(_ours(request).select_related("added_by"), request, pk=pk)
    context = {
        "stream": row,
        "hour": row.came_since(1),
        "day": row.came_since(24),
        "gaps": row.gaps.order_by(F("closed_at").desc(nulls_first=True), "-since")[:GAPS],
        "open_gaps": row.gaps.filter(closed_at=None).count(),
        "letters": row.letters.defer("raw")[:LETTERS],
        "letters_total": row.letters.count(),
        "newest": row.letters.first(),
        "cost": cost_of(row, _bytes_a_post()),
    }
    return render(request, "archive/stream.html", context)


@door(read=Role.EDITOR, write=Role.EDITOR)
def new(request: MemberRequest) -> HttpResponse:
    """Add a stream of Bluesky."""
    return _add(
        request, StreamForm(request.POST if request.method == "POST" else None), Stream.Network.BLUESKY
    )


@door(read=Role.EDITOR, write=Role.EDITOR)
def new_tag(request: MemberRequest) -> HttpResponse:
    """Add a stream of a hashtag on Mastodon."""
    return _add(request, TagForm(request.POST if request.method == "POST" else None), Stream.Network.MASTODON)


@door(read=Role.EDITOR, write=Role.EDITOR)
def new_feed(request: MemberRequest) -> HttpResponse:
    """Add a feed of a blog or a site, or of what is commented there."""
    return _add(request, FeedForm(request.POST if request.method == "POST" else None), Stream.Network.FEED)


def _add(request: MemberRequest, form: Form, network: Stream.Network) -> HttpResponse:
    if not form.is_valid():
        return _form(request, form, network)
    row = form.save(commit=False)
    row.workspace, row.added_by, row.network = request.workspace, request.user, network
    with transaction.atomic():
        row.save()
        log.record(
            "stream.create", workspace=request.workspace, user=request.user, subject=row, keep=row.keep
        )
    messages.success(
        request, _("The stream begins within seconds. Its first posts are searchable right after.")
    )
    return redirect("archive:stream", request.workspace.slug, row.pk)


@door(read=Role.EDITOR, write=Role.EDITOR)
def change(request: MemberRequest, pk: int) -> HttpResponse:
    """Change the servers of a stream of Bluesky, and what is kept of it."""
    row = access.get(_ours(request).filter(network=Stream.Network.BLUESKY), request, pk=pk)
    form = StreamForm(request.POST if request.method == "POST" else None, instance=row)
    if not form.is_valid():
        return _form(request, form, Stream.Network.BLUESKY)
    with transaction.atomic():
        form.save()
        log.record(
            "stream.change", workspace=request.workspace, user=request.user, subject=row, keep=row.keep
        )
    messages.success(request, _("Changed. The stream goes on where it was."))
    return redirect("archive:stream", request.workspace.slug, row.pk)


@door(write=Role.EDITOR)
def pause(request: MemberRequest, pk: int) -> HttpResponse:
    """Pause a stream that is on, or let one go on that is paused or has ended."""
    row = access.get(_ours(request), request, pk=pk)
    is_on = not row.paused_at and not row.stopped_at
    row.paused_at = timezone.now() if is_on else None
    if row.stopped_at:
        row.stopped_at, row.state, row.last_error = None, Stream.State.NEW, ""
    with transaction.atomic():
        row.save(update_fields=["paused_at", "stopped_at", "state", "last_error"])
        verb = "pause" if is_on else "resume"
        log.record(f"stream.{verb}", workspace=request.workspace, user=request.user, subject=row)
    said = (
        _("Paused. What is kept stays.")
        if is_on
        else _("It goes on where it was, as far as the server still has it.")
    )
    messages.success(request, said)
    return redirect("archive:stream", request.workspace.slug, row.pk)


@door(read=Role.EDITOR, write=Role.EDITOR)
def remove(request: MemberRequest, pk: int) -> HttpResponse:
    row = access.get(_ours(request), request, pk=pk)
    if request.method != "POST":
        return render(request, "archive/remove.html", {"stream": row})
    with transaction.atomic():
        log.record("stream.remove", workspace=request.workspace, user=request.user, subject=row)
        row.delete()
    messages.success(request, _("The stream is removed. The posts that came through it stay in the archive."))
    return redirect("archive:streams", request.workspace.slug)


def _form(request: MemberRequest, form: Form, network: Stream.Network) -> HttpResponse:
    rate, size = everything_a_day(network), _bytes_a_post()
    context = {
        "form": form,
        "stream": form.instance if form.instance.pk else None,
        "network": network,
        "cost": Cost(rate, size) if rate and size else None,
        "bytes_a_post": size,
        "one_a_second": Cost(86_400, size) if size else None,
    }
    return render(request, "archive/form.html", context, status=REFUSED if form.errors else 200)


def _forward() -> int | None:
    """How far, in per cent, the archive has been brought to the form of this version; None: it has it."""
    try:
        return open_archive().forward()
    except Unavailable:
        return None


def _bytes_a_post() -> float | None:
    """As measured over all that is kept here; None while that is little, or cannot be read."""
    try:
        posts, size = open_archive().size()
    except Unavailable:
        return None
    return size / posts if posts >= ENOUGH else None


def _ours(request: MemberRequest) -> StreamQuerySet:
    return Stream.objects.in_workspace(request.workspace)
