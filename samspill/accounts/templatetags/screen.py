"""Small words of the page language: figures, moments, hours left. Loaded in every template."""

from __future__ import annotations

from datetime import datetime

from django import template
from django.template.context import RequestContext
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

register = template.Library()


@register.simple_tag(takes_context=True)
def here(context: RequestContext, name: str, *args: object) -> str:
    """The address of a page of this workspace: {% here "strategy:goal" goal.pk %}."""
    return reverse(name, args=(context["workspace"].slug, *args))


@register.filter
def figure(value: float | None, places: int = 0) -> str:
    """A number as the reader writes it; no data is said, never zero."""
    if value is None:
        return _("no figures")
    return number_format(value, decimal_pos=places, use_l10n=True, force_grouping=True)


@register.filter
def percent(value: float | None, places: int = 0) -> str:
    """0.184 → 18 %; None → no figures."""
    if value is None:
        return _("no figures")
    return _("%(number)s%%") % {"number": number_format(value * 100, decimal_pos=places, use_l10n=True)}


@register.filter
def in_words(sentence: str) -> str:
    """A sentence that a row keeps, in the reader's language where it is one of ours."""
    return _(sentence) if sentence else ""


@register.filter
def hours_left(moment: datetime | None) -> str:
    """The time until the moment in words: 2 h left, 40 min left, 3 h too late."""
    if moment is None:
        return ""
    seconds = (moment - timezone.now()).total_seconds()
    minutes = int(abs(seconds) // 60)
    if minutes < 60:
        said = ngettext("%(n)d min", "%(n)d min", minutes) % {"n": minutes}
    elif minutes < 48 * 60:
        said = ngettext("%(n)d h", "%(n)d h", minutes // 60) % {"n": minutes // 60}
    else:
        said = ngettext("%(n)d day", "%(n)d days", minutes // 1440) % {"n": minutes // 1440}
    return (_("%(time)s left") if seconds >= 0 else _("%(time)s too late")) % {"time": said}


@register.filter
def urgency(moment: datetime | None) -> str:
    """CSS word for hours left: late, soon (under 4 hours) or nothing."""
    if moment is None:
        return ""
    seconds = (moment - timezone.now()).total_seconds()
    return "late" if seconds < 0 else "soon" if seconds < 4 * 3600 else ""
