"""An existing strategy, piece by piece: uploaded, looked through, and placed where a person says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Count, Q
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspill.accounts import access, log
from samspill.accounts.access import MemberRequest, door
from samspill.accounts.models import Role
from samspill.lib.numbers import row_number
from samspill.lib.uploads import was_cut
from samspill.strategy import parts
from samspill.strategy.forms import posted
from samspill.strategy.models import Import, Piece
from samspill.strategy.placing.bring_in import bring_in
from samspill.strategy.placing.place import Placed, leave_out, place, take_back
from samspill.strategy.placing.spots import find, places
from samspill.strategy.placing.suggest import kind_for, path_of, spots_for
from samspill.strategy.sections import KINDS
from samspill.strategy.upload_form import VersionForm
from samspill.strategy.views.chosen import address, chosen, to_write

PAGE = 100  # pieces
MOST = 1000  # pieces in one go
OUT = "out"  # the spot of what is left out
OPEN = Q(placed_in="", left_out_at=None, is_heading=False)
SHOWS = {
    "open": Q(placed_in="", left_out_at=None),
    "placed": ~Q(placed_in=""),
    "out": Q(left_out_at__isnull=False),
}


@door(read=Role.EDITOR, write=Role.EDITOR)
def imports(request: MemberRequest, strategy: int | None = None) -> HttpResponse:
    """Upload an old strategy; those that were uploaded before, with how much of each is not placed."""
    about = chosen(request, strategy)
    form = VersionForm(*posted(request), was_cut=was_cut(request))
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            taken = bring_in(to_write(request, strategy), request.user, form.cleaned_data["file"])
            _record(request, "import.create", taken, pieces=taken.pieces.count())
        return redirect("strategy:import", request.workspace.slug, taken.pk)
    left = Count("pieces", filter=Q(pieces__placed_in="", pieces__left_out_at=None, pieces__is_heading=False))
    context = {
        "strategy": about,
        "form": form,
        "imports": Import.objects.of(about).select_related("by").annotate(left=left),
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "strategy/imports.html", context, status=status)


@door(read=Role.EDITOR)
def one(request: MemberRequest, pk: int) -> HttpResponse:
    """The pieces in the document's order, beside the places where they can go."""
    return _page(request, _import(request, pk))


def _page(request: MemberRequest, taken: Import, placed: Placed | None = None) -> HttpResponse:
    """With what is wrong beside the pieces that could not be placed, which stay chosen."""
    said = request.POST if request.method == "POST" else request.GET
    show = said.get("show", "") if said.get("show") in SHOWS else ""
    rows = taken.pieces.select_related("placed_by")
    page = Paginator(rows.filter(SHOWS[show]) if show else rows, PAGE).get_page(said.get("page"))
    pieces = list(page)
    wrong = placed.wrong if placed else {}
    below, path = _chosen_below(taken, request.GET.get("choose", ""))
    below &= {piece.pk for piece in pieces}
    chosen_ones = {*wrong, *below}
    named = parts.find_all(taken.strategy, {piece.placed_in for piece in pieces if piece.placed_in})
    words = said.get("find", "")[:100]
    context = {
        "strategy": taken.strategy,
        "taken": taken,
        "page": page,
        "show": show,
        "shows": _tabs(taken),
        "left": taken.pieces.filter(OPEN).count(),
        "pieces": [_row(piece, wrong, chosen_ones, named) for piece in pieces],
        "places": places(taken.strategy, words),
        "perhaps": spots_for(path),
        "below": len(below),
        "find": words,
    }
    return render(request, "strategy/import.html", context, status=422 if wrong else 200)


def _row(
    piece: Piece, wrong: dict[int, str], chosen_ones: set[int], named: dict[str, parts.Part]
) -> dict[str, Any]:
    """A piece as the page shows it; a heading says where what stands below it may belong."""
    kind = kind_for([piece.text]) if piece.is_heading else ""
    part = named.get(piece.placed_in)
    field = ""
    if part and part.row is not None and piece.placed_field:
        of = KINDS[part.row.kind_key]
        field = next((of.label(each) for each in of.fields if each.name == piece.placed_field), "")
    return {
        "piece": piece,
        "wrong": wrong.get(piece.pk, ""),
        "chosen": piece.pk in chosen_ones,
        "part": part,
        "field": field,
        "perhaps": KINDS[kind].title if kind else "",
    }


def _tabs(taken: Import) -> list[tuple[str, str, int]]:
    names = {"": _("All"), "open": _("Not placed"), "placed": _("Placed"), "out": _("Left out")}
    # A heading is no piece to place; one that is placed or left out counts there all the same.
    text = Q(is_heading=False)
    counts = taken.pieces.aggregate(
        all=Count("pk", filter=text),
        open=Count("pk", filter=OPEN),
        placed=Count("pk", filter=SHOWS["placed"]),
        out=Count("pk", filter=SHOWS["out"]),
    )
    return [(key, name, counts[key or "all"]) for key, name in names.items()]


def _chosen_below(taken: Import, key: str) -> tuple[set[int], list[str]]:
    """What stands below a heading and is not placed, and the headings it stands below."""
    number = row_number(key)
    heading = taken.pieces.filter(pk=number, is_heading=True).first() if number is not None else None
    if heading is None:
        return set(), []
    path = path_of(heading.chapter, heading.text)
    after = taken.pieces.filter(position__gt=heading.position).order_by("position")
    below = set()
    for piece in after.only("chapter", "is_heading", "placed_in", "left_out_at")[:MOST]:
        if path_of(piece.chapter)[: len(path)] != path:
            break
        if not (piece.is_heading or piece.placed_in or piece.left_out_at):
            below.add(piece.pk)
    return below, path


@door(write=Role.EDITOR)
def put(request: MemberRequest, pk: int) -> HttpResponse:
    """Place the chosen pieces, or leave them out."""
    taken = _import(request, pk)
    to = request.POST.get("to") or request.POST.get("where", "")
    numbers = [row_number(key) for key in request.POST.getlist("piece")[:MOST]]
    keys = [number for number in numbers if number is not None]
    if not keys:
        messages.error(request, _("Choose first which pieces you mean."))
    elif to == OUT:
        n = leave_out(taken, request.user, keys)
        words = ngettext("%(n)d piece is left out.", "%(n)d pieces are left out.", n)
        messages.success(request, words % {"n": n})
    elif (spot := find(taken.strategy, to)) is None:
        messages.error(request, _("Choose where the pieces shall go."))
    else:
        placed = place(taken, request.user, keys, spot)
        _tell(request, placed)
        if placed.wrong:
            return _page(request, taken, placed)
    return _back(request, taken, keys)


def _tell(request: MemberRequest, placed: Placed) -> None:
    if placed.done:
        words = ngettext("%(n)d piece is placed.", "%(n)d pieces are placed.", placed.done)
        messages.success(request, words % {"n": placed.done})
    elif not placed.wrong:
        messages.warning(request, _("Somebody has placed these meanwhile; nothing was done."))
    if placed.wrong:
        n = len(placed.wrong)
        words = ngettext(
            "%(n)d piece did not fit; it says why.", "%(n)d pieces did not fit; each says why.", n
        )
        messages.error(request, words % {"n": n})


@door(write=Role.EDITOR)
def back(request: MemberRequest, pk: int) -> HttpResponseRedirect:
    """Take a piece back from where it was placed, or in again after it was left out."""
    rows = Piece.objects.filter(taken__strategy__workspace=request.workspace)
    rows = rows.select_related("taken__strategy__workspace", "taken__strategy__parent")
    piece = access.get(rows, request, pk=pk)
    if take_back(piece, request.user):
        messages.success(request, _("The piece is taken back."))
    else:
        messages.warning(
            request,
            _("The piece is taken back, but its words stay where they were: the row was changed since."),
        )
    return _back(request, piece.taken, [piece.pk])


def _back(request: MemberRequest, taken: Import, keys: Sequence[int]) -> HttpResponseRedirect:
    """To the page and the list one was on, at the first piece."""
    query = request.POST.copy()
    asked = {name: query[name] for name in ("page", "show", "find") if query.get(name)}
    where = reverse("strategy:import", args=(request.workspace.slug, taken.pk), query=asked or None)
    mark = f"#piece-{keys[0]}" if keys else ""
    return redirect(where + mark)


@door(write=Role.EDITOR)
def close(request: MemberRequest, pk: int) -> HttpResponseRedirect:
    """Done with it, or begin again; what is not placed stays as it is."""
    taken = _import(request, pk)
    done = request.POST.get("closed") == "yes"
    with transaction.atomic():
        taken.closed_at = timezone.now() if done else None
        taken.save(update_fields=["closed_at"])
        _record(request, "import.close" if done else "import.reopen", taken)
    if not done:
        return redirect("strategy:import", request.workspace.slug, taken.pk)
    messages.success(request, _("Done. What is not placed is kept, and you can go on later."))
    return redirect("strategy:imports", *address(taken.strategy))


@door(read=Role.EDITOR, write=Role.EDITOR)
def remove(request: MemberRequest, pk: int) -> HttpResponse:
    """Forget the old document; what was placed stays in the strategy."""
    taken = _import(request, pk)
    if request.method != "POST":
        context = {"taken": taken, "strategy": taken.strategy, "left": taken.pieces.filter(OPEN).count()}
        return render(request, "strategy/import_remove.html", context)
    with transaction.atomic():
        _record(request, "import.remove", taken)
        taken.delete()
    messages.success(request, _("“%(name)s” is removed.") % {"name": taken})
    return redirect("strategy:imports", *address(taken.strategy))


def _import(request: MemberRequest, pk: int) -> Import:
    rows = Import.objects.in_workspace(request.workspace)
    found: Import = access.get(rows.select_related("strategy__workspace", "strategy__parent"), request, pk=pk)
    return found


def _record(request: MemberRequest, action: str, taken: Import, **detail: Any) -> None:
    log.record(action, workspace=request.workspace, user=request.user, subject=taken, row=taken.pk, **detail)
