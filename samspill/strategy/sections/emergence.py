"""What grows by itself: the rule by which a pattern is offered as a candidate for the strategy."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from samspill.strategy.sections.fields import Field, Kind, Section, Type

NUMBERS = tuple((str(n), str(n)) for n in range(1, 13))
OBSERVATIONS, PEOPLE, WEEKS = 3, 2, 2  # where nothing else is decided

EMERGENCE_RULE = Kind(
    "emergencerule",
    _("rule for candidates"),
    _("When a pattern becomes a candidate"),
    _("Enough observations, and from more than one person or over more than one week."),
    (
        Field(
            "observations",
            Type.CHOICE,
            label=_("Observations, at least"),
            help=_("So many must belong together. One swallow does not make a summer."),
            example=str(OBSERVATIONS),
            choices=NUMBERS,
        ),
        Field(
            "people",
            Type.CHOICE,
            label=_("From so many people"),
            help=_("When several have seen it, it is not only one person's impression."),
            example=str(PEOPLE),
            choices=NUMBERS,
        ),
        Field(
            "weeks",
            Type.CHOICE,
            label=_("Or over so many weeks"),
            help=_("What comes back in another calendar week counts too, although only one person saw it."),
            example=str(WEEKS),
            choices=NUMBERS,
        ),
    ),
    single=True,
)
EMERGENCE = Section(
    "emergence",
    _("What grows by itself?"),
    _("What people do without a plan and what happens around us, until somebody decides what to make of it."),
    (EMERGENCE_RULE,),
)
