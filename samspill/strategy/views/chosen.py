"""Which strategy a page is about: the organisation's where the address names none."""

from __future__ import annotations

from samspill.accounts import access
from samspill.accounts.access import MemberRequest
from samspill.strategy.models import Strategy


def chosen(request: MemberRequest, pk: int | None) -> Strategy:
    """The strategy with the key, or 404; without one the organisation's, perhaps not yet kept."""
    if pk is None:
        return Strategy.of(request.workspace)
    rows = Strategy.objects.in_workspace(request.workspace).select_related("workspace", "parent")
    return access.get(rows, request, pk=pk)


def to_write(request: MemberRequest, pk: int | None) -> Strategy:
    """The same, written down if it was not: for a POST that adds something to it."""
    return Strategy.kept(request.workspace) if pk is None else chosen(request, pk)


def address(strategy: Strategy) -> tuple[object, ...]:
    """The arguments of a page's address: the organisation's strategy has the short one."""
    slug = strategy.workspace.slug
    return (slug,) if strategy.is_main else (slug, strategy.pk)
