"""The start beside its actions: what critical mass means here, and whom we begin with."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from samspill.strategy.sections.fields import Field, Kind, Type

CRITICALMASS = Kind(
    "criticalmass",
    _("critical mass"),
    _("What critical mass is for us"),
    _(
        "When is it alive without a push? A medium lives when an entry is likely to get an answer: say how"
        " many followers that takes, by when, and what you do if it does not come."
    ),
    (
        Field(
            "followers",
            Type.COUNT,
            label=_("Followers it takes"),
            help=_("So many that a post usually gets three answers."),
            example=_("600, when two hundred followers give one answer a post"),
            heading=_("The level"),
        ),
        Field(
            "answers",
            Type.FIGURE,
            label=_("Answers an ordinary post should get"),
            help=_("From people who are not you; with fewer than three nobody feels that somebody is there."),
            example="3",
            most=1_000_000,
        ),
        Field(
            "active_share",
            Type.FIGURE,
            label=_("Active share, in per cent"),
            help=_("Of the followers, those who did something within the last four weeks."),
            example="8",
            most=100,
        ),
        Field(
            "organic_share",
            Type.FIGURE,
            label=_("Share that come by themselves, in per cent"),
            help=_("Of the new followers, those whom no advert or campaign of yours brought."),
            example="50",
            most=100,
        ),
        Field(
            "weeks",
            Type.COUNT,
            label=_("So many weeks in a row"),
            help=_("One good week is luck."),
            example="4",
            most=520,
        ),
        Field(
            "by",
            Type.DAY,
            label=_("By when"),
            help=_("The day you look, whatever it shows."),
            example=_("a year after the first post"),
            heading=_("The decision"),
        ),
        Field(
            "go",
            Type.TEXT,
            label=_("Before we launch"),
            help=_("What must be true for you to go from the soft start to the launch."),
            example=_("Fifty followers, ten of whom have answered, and three weeks with the promise kept."),
        ),
        Field(
            "budget",
            Type.COUNT,
            label=_("Budget for the start, in kroner"),
            help=_("What the push may cost in all, work not counted."),
            example="25 000",
        ),
        Field(
            "if_missed",
            Type.TEXT,
            label=_("If it does not come"),
            help=_("Decided now, while nobody is disappointed."),
            example=_(
                "We close the account, tell our followers where to find us, and move the hours to the"
                " newsletter."
            ),
        ),
        Field(
            "decides",
            label=_("Who decides then"),
            help=_("One person or body."),
            example=_("The management group"),
        ),
    ),
    single=True,
)
SEED = Kind(
    "seed",
    _("first follower"),
    _("Whom we begin with"),
    _("The few who come first because you ask them: what they can do counts more than how many they are."),
    (
        Field(
            "name",
            label=_("Who"),
            help=_("A person or an organisation, by name."),
            example=_("The local housing association"),
            needed=True,
        ),
        Field(
            "relation",
            label=_("How we know them"),
            help=_("Why they would say yes."),
            example=_("Customers for twenty years; Ingrid knows the chair"),
        ),
        Field(
            "asks",
            label=_("What we ask of them"),
            help=_("One small thing."),
            example=_("Share the first post, and ask one question under it"),
        ),
        Field(
            "reach",
            Type.COUNT,
            label=_("How many they reach"),
            help=_("Their followers or members, roughly."),
            example="300",
        ),
        Field(
            "state",
            Type.CHOICE,
            label=_("How far we are"),
            help=_("So that nobody is asked twice, or forgotten."),
            example=_("said yes, when they have promised, not when they were friendly"),
            choices=(
                ("to_ask", _("to be asked")),
                ("asked", _("asked")),
                ("yes", _("said yes")),
                ("done", _("is with us")),
                ("no", _("said no")),
            ),
        ),
        Field(
            "who",
            label=_("Who asks"),
            help=_("The one they know best."),
            example="Ingrid",
        ),
    ),
    add=_("Write who comes first"),
    across=True,
)
KINDS = (CRITICALMASS, SEED)
