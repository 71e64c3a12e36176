"""Where we stand before we begin: our accounts, whom we are compared with, what we can and what we risk."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from samspill.strategy.sections.fields import Field, Kind, Section, Type

CAPACITY = Kind(
    "capacity",
    _("what we can"),
    _("What we have to do it with"),
    _("Hours, money and skills: a strategy nobody has time for is a wish."),
    (
        Field(
            "hours_a_week",
            Type.FIGURE,
            label=_("Hours a week"),
            help=_("All that all of you can spend on this in an ordinary week."),
            example=_("20"),
            most=10_000,
        ),
        Field(
            "budget",
            Type.COUNT,
            label=_("Budget a year, in kroner"),
            help=_("Money for pictures, advertising and tools; wages not counted."),
            example=_("60 000"),
        ),
        Field(
            "skills",
            Type.TEXT,
            label=_("What we are good at, and what we lack"),
            help=_("Who can write, film, answer and count, and what nobody here can."),
            example=_("Two of us write well. Nobody films, so we buy that twice a year."),
        ),
    ),
    single=True,
)
SITUATION = Section(
    "situation",
    _("Where do we stand?"),
    _(
        "What is there already: your accounts, what is said about you, whom you are compared with, what you"
        " can and what you risk."
    ),
    (CAPACITY,),
)
