"""Where a finding of the check is mended."""

from __future__ import annotations

from django import template
from django.template.context import RequestContext
from django.urls import reverse

from samspill.strategy.lint import Finding
from samspill.strategy.lint.checklist import Point
from samspill.strategy.templatetags.within import within

register = template.Library()


@register.simple_tag(takes_context=True)
def mended_at(context: RequestContext, finding: Finding | Point) -> str:
    """{% mended_at finding %}: the address of the row's form, or of a page within the strategy."""
    mend = finding.mend
    if mend.is_row:
        return reverse(f"strategy:{mend.page}", args=(context["workspace"].slug, *mend.args))
    return within(context, f"strategy:{mend.page}", *mend.args)
