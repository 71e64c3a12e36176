"""Addresses within the strategy a page is about. Loaded in every template."""

from __future__ import annotations

from django import template
from django.template.context import RequestContext
from django.urls import reverse

register = template.Library()


@register.simple_tag(takes_context=True)
def within(context: RequestContext, name: str, *args: object) -> str:
    """{% within "strategy:goals" %}: the goals of this strategy. The organisation's has the short address."""
    strategy = context.get("strategy")
    own = () if strategy is None or strategy.is_main else (strategy.pk,)
    return reverse(name, args=(context["workspace"].slug, *own, *args))
