"""Listening: write # and a word, and read what everybody says."""

from __future__ import annotations

import time
from contextlib import suppress
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from samspill.accounts.access import MemberRequest, door
from samspill.accounts.models import Role
from samspill.archive.open import store
from samspill.archive.query import And, Node
from samspill.archive.store import Order, TooSlow, Unavailable
from samspill.lib.numbers import LARGEST
from samspill.listening import export
from samspill.listening.asked import Asked, asked
from samspill.listening.beside import blocks
from samspill.listening.build import take_apart
from samspill.listening.days import days
from samspill.listening.forms_build import BuildForm
from samspill.listening.help import EXAMPLES
from samspill.listening.shown import shown
from samspill.listening.spellings import spellings

PAGE = 20
COUNTED = 100_000  # posts; beyond, “more than”
SLOW = gettext_noop("This would take too long. Ask for less, such as since:30d.")
ORDERS = [Order.NEWEST, Order.SHARED, Order.RELEVANT]


@door(read=Role.VIEWER)
def search(request: MemberRequest) -> HttpResponse:
    """The field, and what is found."""
    wanted = asked(request.GET)
    context: dict[str, Any] = {"asked": wanted, "orders": ORDERS, "examples": EXAMPLES}
    try:
        context |= (
            _found(wanted, wanted.node) if wanted.node else {"kept": store().count(And(()), most=LARGEST)}
        )
    except Unavailable as error:
        context["trouble"] = _(str(error))
    except TooSlow:
        context["trouble"] = _(SLOW)
    status = 422 if wanted.wrong else 503 if "trouble" in context else 200
    template = "listening/_hits.html" if request.htmx and wanted.before else "listening/search.html"
    return render(request, template, context, status=status)


def _found(wanted: Asked, node: Node) -> dict[str, Any]:
    """The first question is timed: what a person waits for."""
    begun = time.perf_counter()
    page = store().find(node, wanted.order, before=wanted.before, limit=PAGE)
    took = (time.perf_counter() - begun) * 1000
    count = store().count(node, most=COUNTED + 1)
    return {
        "hits": [shown(hit, node) for hit in page.hits],
        "page": page,
        "count": min(count, COUNTED),
        "is_more": count > COUNTED,
        "took": max(round(took, 1), 0.1),
        "spellings": spellings(store(), wanted) if not wanted.before else [],
        "last": page.hits[-1].id if page.hits else None,
        "first": page.hits[0].id if page.hits else 0,
    }


@door(read=Role.VIEWER)
def build(request: MemberRequest) -> HttpResponse:
    """A search put together in boxes; it ends at the search, or at the watch it is for."""
    wanted = asked(request.GET)
    boxes = take_apart(wanted.typed) if wanted.node else {}
    form = BuildForm(request.GET if "go" in request.GET else None, initial=boxes or {})
    if form.is_valid():
        then = "watch_new" if "watch" in request.GET else "search"
        page = reverse(f"listening:{then}", args=(request.workspace.slug,))
        return redirect(f"{page}?{urlencode({'q': form.query})}")
    context = {"form": form, "asked": wanted, "fits": boxes is not None}
    return render(request, "listening/build.html", context, status=422 if form.is_bound else 200)


@door(read=Role.VIEWER)
def beside(request: MemberRequest) -> HttpResponse:
    """How much day by day, and what stands beside: in its place, or as a page of its own."""
    wanted = asked(request.GET)
    template = "listening/_beside.html" if request.htmx else "listening/beside.html"
    context: dict[str, Any] = {"asked": wanted}
    if wanted.node is None:
        context["trouble"] = wanted.wrong or _("Write # and a word, or any word.")
        return render(request, template, context)
    try:
        context["days"] = days(store(), wanted.node, timezone.localdate())
        context["blocks"] = blocks(store(), wanted, wanted.node)
    except Unavailable as error:
        context["trouble"] = _(str(error))
    except TooSlow:
        context["trouble"] = _("There is too much to count it all. Ask for less, such as since:30d.")
    return render(request, template, context)


@door(read=Role.VIEWER)
def new(request: MemberRequest, after: int) -> HttpResponse:
    """A fragment: how many have come since, never moving what one reads."""
    wanted = asked(request.GET)
    count = 0
    if wanted.node is not None and after <= LARGEST:
        with suppress(Unavailable, TooSlow):  # it is asked again soon
            count = store().since(wanted.node, after)
    return render(request, "listening/_new.html", {"asked": wanted, "count": count, "after": after})


@door(read=Role.VIEWER)
def post(request: MemberRequest, pk: int) -> HttpResponse:
    """A post with its thread, in place or as a page of its own."""
    wanted = asked(request.GET)
    try:
        thread = store().thread(pk) if pk <= LARGEST else ()
    except Unavailable as error:
        context = {"trouble": _(str(error)), "asked": wanted}
        return render(request, "listening/post.html", context, status=503)
    one = next((hit for hit in thread if hit.id == pk), None)
    if one is None:
        context = {
            "asked": wanted,
            "trouble": _("This post is not kept here. Its author may have deleted it."),
        }
        return render(request, "listening/post.html", context, status=410)
    context = {
        "asked": wanted,
        "one": shown(one, wanted.node),
        "thread": [shown(hit, wanted.node) for hit in thread] if len(thread) > 1 else [],
    }
    return render(request, "listening/_post.html" if request.htmx else "listening/post.html", context)


@door(read=Role.VIEWER)
def ndjson(request: MemberRequest) -> HttpResponseBase:
    return _file(request, export.ndjson, "application/x-ndjson", "ndjson")


@door(read=Role.VIEWER)
def csv(request: MemberRequest) -> HttpResponseBase:
    return _file(request, export.csv, "text/csv; charset=utf-8", "csv")


def _file(request: MemberRequest, lines: Any, kind: str, ending: str) -> HttpResponseBase:
    wanted = asked(request.GET)
    if wanted.node is None:  # the page says what is wrong
        page = reverse("listening:search", args=(request.workspace.slug,))
        return redirect(f"{page}?{urlencode({'q': wanted.typed})}" if wanted.typed else page)
    name = f"{_('posts')}.{ending}"
    answer = StreamingHttpResponse(lines(store(), wanted.node), content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
