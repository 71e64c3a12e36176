"""Editions of a strategy: keep one, adopt one, lay two side by side, come back to one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from samspill.accounts import access, log
from samspill.accounts.access import MemberRequest, door
from samspill.accounts.models import Role
from samspill.strategy.document.compare import compare, counted
from samspill.strategy.document.editions import Damaged, keep, opened, standing
from samspill.strategy.document.forms import AdoptForm, EditionForm
from samspill.strategy.document.write import Plain, document
from samspill.strategy.forms import posted
from samspill.strategy.models import Edition, Strategy
from samspill.strategy.views.chosen import address, chosen, to_write

PAGE = 50
NOW = "now"
CHANGES_SHOWN = 500


@door(read=Role.VIEWER)
def editions(request: MemberRequest, strategy: int | None = None) -> HttpResponse:
    """All of them, the newest first, and how the strategy stands."""
    about = chosen(request, strategy)
    rows = Edition.objects.of(about).defer("document").select_related("made_by")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {
        "strategy": about,
        "standing": standing(about),
        "page": page,
        "form": EditionForm(),
        "may_edit": request.member.role >= Role.EDITOR,
    }
    return render(request, "strategy/editions.html", context)


@door(read=Role.VIEWER)
def stands(request: MemberRequest, strategy: int | None = None) -> HttpResponse:
    """How the strategy stands, for the page of the whole strategy: it is compared word by word, so apart."""
    about = chosen(request, strategy)
    return render(request, "strategy/_standing.html", {"strategy": about, "standing": standing(about)})


@door(read=Role.EDITOR, write=Role.EDITOR)
def keep_edition(request: MemberRequest, strategy: int | None = None) -> HttpResponse:
    """Keep the strategy as it is now, adopted or not yet."""
    about = to_write(request, strategy) if request.method == "POST" else chosen(request, strategy)
    form = EditionForm(*posted(request), initial={"adopted_by": about.approver})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        with transaction.atomic():
            made = keep(
                about,
                request.user,
                note=said["note"],
                adopted_by=said["adopted_by"] if said["adopted_on"] else "",
                adopted_on=said["adopted_on"],
            )
            _record(request, "create", made)
        messages.success(request, _("Edition %(number)s is kept.") % {"number": made.number})
        return redirect("strategy:editions", *address(about))
    status = 422 if form.is_bound and form.errors else 200
    context = {"strategy": about, "form": form, "title": _("Keep an edition")}
    return render(request, "strategy/edition_form.html", context, status=status)


@door(read=Role.VIEWER)
def edition(request: MemberRequest, pk: int) -> HttpResponse:
    """What it changed against the one before, and what has changed since."""
    found = _edition(request, pk)
    before = Edition.objects.of(found.strategy).filter(number__lt=found.number).first()
    said = _said(found, found.strategy)
    context = {
        "edition": found,
        "strategy": found.strategy,
        "before": before,
        "since_before": _compared(_said(before, found.strategy), said) if before else None,
        "since": _compared(said, document(found.strategy)),
        "may_edit": request.member.role >= Role.EDITOR,
    }
    return render(request, "strategy/edition.html", context)


@door(read=Role.EDITOR, write=Role.EDITOR)
def adopt(request: MemberRequest, pk: int) -> HttpResponse:
    """Say by whom and when it was adopted; what the edition says is not touched."""
    found = _edition(request, pk)
    initial = {"adopted_by": found.adopted_by or found.strategy.approver, "adopted_on": found.adopted_on}
    form = AdoptForm(*posted(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        found.adopted_by, found.adopted_on = form.cleaned_data["adopted_by"], form.cleaned_data["adopted_on"]
        with transaction.atomic():
            found.save(update_fields=["adopted_by", "adopted_on"])
            _record(request, "adopt", found)
        messages.success(request, _("Edition %(number)s is adopted.") % {"number": found.number})
        return redirect("strategy:editions", *address(found.strategy))
    status = 422 if form.is_bound and form.errors else 200
    title = _("Adopt edition %(number)s") % {"number": found.number}
    context = {"strategy": found.strategy, "form": form, "title": title}
    return render(request, "strategy/edition_form.html", context, status=status)


@door(read=Role.VIEWER)
def side_by_side(request: MemberRequest, strategy: int | None = None) -> HttpResponse:
    """Any two editions, or one and the strategy as it is now."""
    about = chosen(request, strategy)
    rows = list(Edition.objects.of(about).defer("document"))
    one = _picked(about, request.GET.get("from", ""), rows[0] if rows else None)
    other = _picked(about, request.GET.get("to", NOW), None)
    context = {
        "strategy": about,
        "editions": [(each.number, _named(each)) for each in rows],
        "one": one,
        "other": other,
        "compared": _compared(_said(one, about), _said(other, about)) if one else None,
    }
    return render(request, "strategy/side_by_side.html", context)


def _named(edition: Edition) -> str:
    """As one chooses it from a list."""
    day = date_format(timezone.localtime(edition.made_at), "SHORT_DATE_FORMAT")
    named = _("Edition %(number)s, %(day)s") % {"number": edition.number, "day": day}
    return f"{named} ({_('adopted')})" if edition.adopted_on else named


def _picked(strategy: Strategy, number: str, otherwise: Edition | None) -> Edition | None:
    """The edition of that number; None for now."""
    if number == NOW:
        return None
    if not (number.isascii() and number.isdecimal() and len(number) < 10):
        return otherwise
    return Edition.objects.of(strategy).filter(number=int(number)).first() or otherwise


def _compared(one: Plain | None, other: Plain | None) -> dict[str, Any]:
    """For _compared.html. None for what cannot be read any more."""
    if one is None or other is None:
        return {"damaged": True}
    parts = compare(one, other)
    return {"parts": parts, "counted": counted(parts), "any": bool(parts)}


def _said(edition: Edition | None, strategy: Strategy) -> Plain | None:
    """What an edition says, or without one the strategy as it is now; None where it is damaged."""
    try:
        return document(strategy) if edition is None else opened(edition)
    except Damaged:
        return None


def _edition(request: MemberRequest, pk: int) -> Edition:
    rows = Edition.objects.in_workspace(request.workspace)
    found: Edition = access.get(
        rows.select_related("strategy__workspace", "strategy__parent", "made_by"), request, pk=pk
    )
    return found


def _record(request: MemberRequest, verb: str, row: Edition) -> None:
    log.record(
        f"edition.{verb}",
        workspace=request.workspace,
        user=request.user,
        subject=f"{row.strategy.title} {row.number}",
        row=row.pk,
    )
