"""How much is said about the parts of a strategy: one query a page, however many rows it shows."""

from __future__ import annotations

from typing import Any

from django import template
from django.db.models import Count
from django.template.context import RequestContext

from samspill.strategy.models import Comment, Strategy
from samspill.strategy.parts import OWN_PAGES

register = template.Library()
KEPT = "_open_comments"  # on the request


@register.simple_tag(takes_context=True)
def open_comments(context: RequestContext, strategy: Strategy) -> int:
    """How many comments on the strategy's parts wait for somebody."""
    return sum(n for (of, _part), n in _counts(context).items() if of == strategy.pk)


@register.inclusion_tag("strategy/_talk_link.html", takes_context=True)
def talk_link(context: RequestContext, row: Any, *, alone: bool = False) -> dict[str, Any]:
    """The way to what is said about a row, with how many comments are open."""
    count = _counts(context).get((row.strategy_id, row.part), 0)
    return {
        "row": row,
        "count": count,
        "strategy": row.strategy,
        "workspace": context["workspace"],
        "alone": alone,
        "shows": count or context["member"].role > 1,
    }


@register.inclusion_tag("strategy/_talk_link.html", takes_context=True)
def talk_count(context: RequestContext, row: Any) -> dict[str, Any]:
    """The same in a list for a row with a page of its own, which has the way: only if something waits."""
    said = talk_link(context, row, alone=True)
    return {**said, "shows": said["count"] and type(row) in OWN_PAGES}


def _counts(context: RequestContext) -> dict[tuple[int, str], int]:
    request = context["request"]
    if not hasattr(request, KEPT):
        rows = Comment.objects.in_workspace(context["workspace"]).filter(settled_at=None).order_by()
        found = rows.values_list("strategy_id", "part").annotate(n=Count("pk"))
        setattr(request, KEPT, {(strategy, part): n for strategy, part, n in found})
    counts: dict[tuple[int, str], int] = getattr(request, KEPT)
    return counts
