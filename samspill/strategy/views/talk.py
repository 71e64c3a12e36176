"""What people say about a part of the strategy: comments until they are settled, and what was decided."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from samspill.accounts import access, log
from samspill.accounts.access import MemberRequest, door
from samspill.accounts.models import Role
from samspill.strategy import decisions as decided
from samspill.strategy import parts
from samspill.strategy.comment_form import CommentForm
from samspill.strategy.models import Comment
from samspill.strategy.views.chosen import address, chosen, to_write

PAGE = 50
SHOWN = 12  # of each sort, in the fragment on a part's own page


@door(read=Role.VIEWER, write=Role.CONTRIBUTOR)
def talk(request: MemberRequest, part: str, strategy: int | None = None) -> HttpResponse:
    """Comments and decisions about one part: a fragment on the part's page, and a page of its own."""
    found = parts.find(chosen(request, strategy), part)
    form = CommentForm(request.POST or None)
    if request.method == "POST":
        if found.is_gone:
            raise Http404
        if form.is_valid():
            found = parts.find(to_write(request, strategy), part)
            form.instance.strategy, form.instance.part, form.instance.by = found.strategy, part, request.user
            with transaction.atomic():
                form.save()
                _record(request, "comment.create", form.instance, found)
            if not request.htmx:
                messages.success(request, _("The comment is written down."))
                return redirect("strategy:part_talk", *address(found.strategy), part)
            form = CommentForm()
    return _shown(request, found, form)


def _shown(request: MemberRequest, part: parts.Part, form: CommentForm) -> HttpResponse:
    whole = not request.htmx
    comments = Comment.objects.of(part.strategy).filter(part=part.key).select_related("by", "settled_by")
    open_ones, settled = comments.filter(settled_at=None), comments.exclude(settled_at=None)
    decisions = decided.of_part(part.strategy, part)
    n = open_ones.count()
    if part.is_gone and not (n or decisions or settled.exists()):
        raise Http404
    # The newest page stands first to hand; within it one reads from the oldest on.
    page = Paginator(open_ones.order_by("-at", "-pk"), PAGE if whole else SHOWN)
    shown = page.get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "strategy": part.strategy,
        "part": part,
        "page": shown,
        "comments": list(reversed(shown)),
        "count": n,
        "settled": settled.order_by("-settled_at")[: PAGE if whole else SHOWN],
        "settled_count": settled.count(),
        "lines": decided.lines(part.strategy, decisions[: PAGE if whole else 3]),
        "decisions_count": len(decisions),
        "form": form,
        "may_write": request.member.role >= Role.CONTRIBUTOR and not part.is_gone,
        "may_settle": request.member.role >= Role.CONTRIBUTOR,
        "may_edit": request.member.role >= Role.EDITOR and not part.is_gone,
    }
    template = "strategy/talk.html" if whole else "strategy/_talk.html"
    return render(request, template, context, status=422 if form.is_bound and form.errors else 200)


@door(write=Role.CONTRIBUTOR)
def settle(request: MemberRequest, pk: int) -> HttpResponse:
    """A comment has had its answer; or it has not after all."""
    rows = Comment.objects.in_workspace(request.workspace)
    row: Comment = access.get(rows.select_related("strategy__workspace", "strategy__parent"), request, pk=pk)
    part = parts.find(row.strategy, row.part)
    settled = request.POST.get("settled") == "yes"
    if settled is (row.settled_at is None):
        row.settled_at = timezone.now() if settled else None
        row.settled_by = request.user if settled else None
        with transaction.atomic():
            row.save(update_fields=["settled_at", "settled_by"])
            _record(request, "comment.settle" if settled else "comment.reopen", row, part)
    if request.htmx:
        return _shown(request, part, CommentForm())
    if request.POST.get("back") == "comments":
        return redirect("strategy:comments", *address(row.strategy))
    return redirect("strategy:part_talk", *address(row.strategy), row.part)


@door(read=Role.VIEWER)
def comments(request: MemberRequest, strategy: int | None = None) -> HttpResponse:
    """Every comment that waits for somebody, part by part; or those that are settled."""
    about = chosen(request, strategy)
    rows = Comment.objects.of(about).select_related("by", "settled_by")
    settled = request.GET.get("show") == "settled"
    chosen_ones = (
        rows.exclude(settled_at=None).order_by("-settled_at") if settled else rows.order_by("-at", "-pk")
    )
    page = Paginator(chosen_ones if settled else chosen_ones.filter(settled_at=None), PAGE).get_page(
        request.GET.get("page")
    )
    named = parts.find_all(about, {row.part for row in page})
    context = {
        "strategy": about,
        "page": page,
        "comments": [(row, named[row.part]) for row in page],
        "is_settled": settled,
        "may_settle": request.member.role >= Role.CONTRIBUTOR,
    }
    return render(request, "strategy/comments.html", context)


def _record(request: MemberRequest, action: str, row: Comment, part: parts.Part) -> None:
    log.record(
        action,
        workspace=request.workspace,
        user=request.user,
        subject=part.name,
        row=row.pk,
        part=part.key,
    )
