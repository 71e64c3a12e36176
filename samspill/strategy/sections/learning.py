"""What we listen to, and what we have learnt from it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from samspill.strategy.sections.fields import Field, Kind, Section, Type

WATCHED = Kind(
    "watched",
    _("what we listen to"),
    _("What we listen to"),
    _("Words, hashtags, accounts and pages that somebody reads regularly, and why."),
    (
        Field(
            "what",
            label=_("What"),
            help=_("As you would write it in a search box."),
            example=_("#energyadvice"),
            needed=True,
        ),
        Field(
            "sort",
            Type.CHOICE,
            label=_("What sort"),
            help=_("It decides where one looks."),
            example=_("an account, when it is a person or organisation you follow"),
            choices=(
                ("hashtag", _("hashtag")),
                ("term", _("word or name")),
                ("account", _("account")),
                ("page", _("page or feed")),
            ),
        ),
        Field(
            "where",
            label=_("Where"),
            help=_("Which networks or sites."),
            example=_("Bluesky and Mastodon"),
        ),
        Field(
            "rhythm",
            Type.CHOICE,
            label=_("How often"),
            help=_("So often that it would still be of use to know."),
            example=_("every day, for your own name"),
            choices=(("daily", _("every day")), ("weekly", _("every week")), ("monthly", _("every month"))),
        ),
        Field("who", label=_("Who"), help=_("One person who reads it."), example="Amir"),
        Field(
            "why",
            Type.TEXT,
            label=_("What we want to know"),
            help=_("The question it should answer."),
            example=_("Which words do people use when they do not understand the bill?"),
        ),
    ),
    add=_("Write what you listen to"),
    across=True,
)
LESSON = Kind(
    "lesson",
    _("lesson"),
    _("What we have learnt"),
    _("What was learnt, from where, and what it led to: so that nobody has to learn it again."),
    (
        Field(
            "learnt",
            label=_("What we learnt"),
            help=_("One thing, so that somebody who was not there understands it."),
            example=_("Posts with a table get three times as many answers as posts with a picture."),
            most=300,
            needed=True,
        ),
        Field(
            "on",
            Type.DAY,
            label=_("When"),
            help=_("The day you saw it."),
            example=_("the day of the meeting where you talked about it"),
        ),
        Field(
            "link",
            Type.LINK,
            label=_("Where it is from"),
            help=_("The page, post or report one can read oneself."),
            example="https://fjordkraftlaget.example/report-2026",
        ),
        Field(
            "tag",
            label=_("Subject"),
            help=_("A word that gathers what belongs together."),
            example=_("formats"),
        ),
        Field(
            "consequence",
            Type.TEXT,
            label=_("What follows from it"),
            help=_("What you do differently from now on; “nothing” is an answer too."),
            example=_("Every post about prices gets a table, from 1 March."),
        ),
        Field(
            "decided_by",
            label=_("Who decided it"),
            help=_("The person or group."),
            example=_("The editorial group"),
        ),
    ),
    add=_("Write what you learnt"),
)
LEARNING = Section(
    "learning",
    _("What do we listen to and learn?"),
    _("What somebody reads regularly, and what you have learnt from it, with source and consequence."),
    (WATCHED, LESSON),
)
