"""Sentences that every form of the strategy says alike."""

from __future__ import annotations

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from samspill.face.blocks import Content


def stand(content: Content) -> list[str]:
    """When it was last changed, and which edition is adopted; no full stop after either."""
    said = [_("Last changed %(day)s") % {"day": date_format(content.changed_on)}]
    if content.adopted:
        about = {
            "number": content.adopted.number,
            "day": date_format(content.adopted.on),
            "who": content.adopted.by,
        }
        if content.adopted.by:
            said.append(_("Edition %(number)s, adopted by %(who)s on %(day)s") % about)
        else:
            said.append(_("Edition %(number)s, adopted on %(day)s") % about)
    return said
