"""What was found and put aside: kept with the strategy, shown on the page of the check and nowhere else."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from samspill.strategy.sections.fields import Field, Kind, Section, Type

EXCEPTION = Kind(
    "exception",
    _("finding put aside"),
    _("Put aside"),
    _("What the check finds and you live with, for a reason and until a day."),
    (
        Field("rule", label=_("Rule"), needed=True),
        Field("part", label=_("Part of the strategy"), needed=True),
        Field(
            "reason",
            Type.TEXT,
            label=_("Why it can wait"),
            help=_("So that somebody who comes after you understands it."),
            example=_("The figure comes with the survey in November; until then there is none."),
            needed=True,
        ),
        Field(
            "until",
            Type.DAY,
            label=_("Until"),
            help=_("On this day it comes back by itself, unless it has been mended."),
            needed=True,
        ),
    ),
)
CHECK = Section(
    "check", _("What should be better?"), EXCEPTION.purpose, (EXCEPTION,), inherits=False, page="check"
)
