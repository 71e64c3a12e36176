"""Shares as pages write them, and the bars that show them. Loaded with {% load shares %}."""

from __future__ import annotations

from django import template
from django.utils.formats import number_format
from django.utils.translation import gettext as _

register = template.Library()


@register.filter
def share(percent: float) -> str:
    """18.5 → 18.5 %, 18.0 → 18 %."""
    places = 0 if float(percent).is_integer() else 1
    return _("%(number)s%%") % {"number": number_format(percent, decimal_pos=places, use_l10n=True)}
