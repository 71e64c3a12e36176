"""Shares and sums as the pages about channels write them."""

from __future__ import annotations

from django import template

from samspill.strategy.advice import numbers

register = template.Library()


@register.filter
def share(percent: float) -> str:
    """18.5 → 18.5 %, 18.0 → 18 %."""
    return numbers.percent(percent / 100, 0 if float(percent).is_integer() else 1)


@register.filter
def fraction(value: float) -> str:
    """0.1849 → 18.5 %; with as many digits as it takes to follow the sum."""
    return numbers.percent(value)


@register.filter
def factor(value: float) -> str:
    return numbers.factor(value)


@register.filter
def hours(value: float) -> str:
    return numbers.hours(value)


@register.filter
def amount(value: float) -> str:
    """A number of hours where the heading says that they are."""
    return numbers.figure(value)


@register.filter
def bar(value: float) -> str:
    """As a progress element wants it, whatever the language."""
    return f"{value:.1f}"


@register.filter
def hundred(value: float) -> str:
    return bar(value * 100)
