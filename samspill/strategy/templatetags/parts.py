"""The parts of a strategy as one finds one's way between them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import template
from django.template.context import RequestContext
from django.urls import reverse

from samspill.strategy.models import Strategy
from samspill.strategy.next_step import Step
from samspill.strategy.sections import SECTIONS, Section

register = template.Library()


@dataclass(frozen=True)
class Place:
    title: str
    address: str
    is_here: bool


@register.simple_tag(takes_context=True)
def of_strategy(context: RequestContext, strategy: Strategy, name: str, *args: object) -> str:
    """{% of_strategy above "strategy:goals" %}: a page of another strategy than the one in context."""
    own = () if strategy.is_main else (strategy.pk,)
    return reverse(name, args=(context["workspace"].slug, *own, *args))


@register.simple_tag(takes_context=True)
def part_page(context: RequestContext, section: Section) -> str:
    """{% part_page section %}: its page, in the strategy in context."""
    name = section.question or section.page or "section"
    args = (section.key,) if name == "section" else ()
    return of_strategy(context, context["strategy"], f"strategy:{name}", *args)


@register.simple_tag(takes_context=True)
def step_page(context: RequestContext, step: Step) -> str:
    """{% step_page step %}: where the next thing to do is done."""
    if step.is_of_a_row:
        return reverse(f"strategy:{step.page}", args=(context["workspace"].slug, *step.args))
    return of_strategy(context, context["strategy"], f"strategy:{step.page}", *step.args)


@register.inclusion_tag("strategy/_parts.html", takes_context=True)
def parts_of_the_strategy(context: RequestContext, section: Section) -> dict[str, Any]:
    """All parts, and those before and after this one."""
    places = [Place(str(each.title), part_page(context, each), each is section) for each in SECTIONS.values()]
    at = next(at for at, place in enumerate(places) if place.is_here)
    return {
        "parts": places,
        "before": places[at - 1] if at else None,
        "after": places[at + 1] if at + 1 < len(places) else None,
    }
