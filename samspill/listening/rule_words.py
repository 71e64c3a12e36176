"""How a spike was noticed, in words for who wants to check it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def in_words(rule: Mapping[str, Any]) -> str:
    """One rule of alarm.Rule, as it is kept with the spike."""
    said = {
        "posts": number_format(rule["posts"], 0, force_grouping=True),
        "usual": number_format(rule["usual"], 1),
        "value": number_format(rule["value"], 1),
        "limit": number_format(rule["limit"], 1),
        "hours": rule["hours"],
    }
    if rule["name"] == "sudden":
        words = ngettext(
            "%(posts)s posts in the last hour, where %(usual)s are usual at this time of the week. Poisson"
            " deviance %(value)s; the limit is %(limit)s.",
            "%(posts)s posts in the last %(hours)d hours, where %(usual)s are usual at this time of the week."
            " Poisson deviance %(value)s; the limit is %(limit)s.",
            rule["hours"],
        )
    else:
        words = _EARS[rule["name"]]()
    return words % said


_EARS = {
    "c1": lambda: _(
        "%(posts)s posts in 24 hours, where %(usual)s are usual in the seven days before. EARS C1 %(value)s;"
        " the limit is %(limit)s."
    ),
    "c2": lambda: _(
        "%(posts)s posts in 24 hours, more than in the seven days that end two days ago. EARS C2 %(value)s;"
        " the limit is %(limit)s."
    ),
    "c3": lambda: _(
        "Three days in a row with more than usual, %(posts)s posts in the last. EARS C3 %(value)s; the limit"
        " is %(limit)s."
    ),
}
