"""Shares, hours and factors as the reader writes them, rounded so that a sum can be followed by hand."""

from __future__ import annotations

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def percent(fraction: float, places: int = 1) -> str:
    """0.1849 → 18.5 %. Django cuts off where it should round."""
    number = number_format(f"{fraction * 100:.{places}f}", use_l10n=True)
    return _("%(number)s%%") % {"number": number}


def figure(value: float) -> str:
    """3, 3.5 or 2.25."""
    return number_format(f"{value:.2f}".rstrip("0").rstrip("."), use_l10n=True)


def factor(value: float) -> str:
    """1, 0.5 or 0.729."""
    return number_format(f"{value:.3f}".rstrip("0").rstrip("."), use_l10n=True)


def hours(value: float) -> str:
    """1 hour, 3.5 hours."""
    words = ngettext("%(n)s hour", "%(n)s hours", 1 if value == 1 else 2)
    return words % {"n": figure(value)}
