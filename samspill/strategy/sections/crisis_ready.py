"""What lies ready for a crisis: first words, whom to inform, and the exercises that try the plan."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from samspill.strategy.sections.fields import Field, Kind, Type

HOLDING = Kind(
    "holding",
    _("holding statement"),
    _("First words, ready to use"),
    _("A first word that is ready but for the facts: written in peace, sent within the hour."),
    (
        Field(
            "event",
            label=_("What has happened"),
            help=_("The sort of event the text is for."),
            example=_("Power cut for more than two hours"),
            needed=True,
            heading=_("The event"),
        ),
        Field(
            "time",
            label=_("When"),
            help=_("With a gap to fill in."),
            example=_("today at [time]"),
        ),
        Field(
            "place",
            label=_("Where"),
            help=_("As people call it there."),
            example=_("[town], east of the river"),
        ),
        Field(
            "affected",
            label=_("Whom it strikes"),
            help=_("How many, and who first."),
            example=_("About [number] households and the nursing home"),
        ),
        Field(
            "known",
            Type.TEXT,
            label=_("What we know"),
            help=_("Only what somebody has confirmed."),
            example=_("A cable is cut at [place]. The power went at [time]."),
            heading=_("What we say"),
        ),
        Field(
            "unknown",
            Type.TEXT,
            label=_("What we do not know"),
            help=_("Said before people ask; it is why they believe the rest."),
            example=_("We do not know yet how long it will take to mend."),
        ),
        Field(
            "doing",
            Type.TEXT,
            label=_("What we do"),
            help=_("What is happening just now."),
            example=_("Two crews are on the spot. The nursing home has a generator."),
        ),
        Field(
            "you_do",
            Type.TEXT,
            label=_("What you should do"),
            help=_("What makes people safe, first of all."),
            example=_(
                "Switch off the cooker. Look in on neighbours who need help. Call 113 if life is in danger."
            ),
        ),
        Field(
            "care",
            Type.TEXT,
            label=_("Care"),
            help=_("What it means for those it strikes, in human words."),
            example=_("We know that many are cold now, and that it is worst for those who are alone."),
        ),
        Field(
            "next_at",
            label=_("Next word at"),
            help=_("A time you will keep, even with nothing new."),
            example=_("[time], at the latest in 30 minutes"),
            heading=_("And then"),
        ),
        Field(
            "contact",
            label=_("Contact"),
            help=_("For people, and for the press."),
            example=_("Customers 00 00 00 00, the press 00 00 00 01"),
        ),
        Field(
            "link",
            Type.LINK,
            label=_("The page with the newest"),
            help=_("The one page on your own site."),
            example="https://fjordkraftlaget.example/now",
        ),
        Field(
            "approved_by",
            label=_("Who has approved it"),
            help=_("So that nobody has to ask again in the first hour."),
            example=_("The managing director, 3 February 2026"),
        ),
    ),
    add=_("Write a first word"),
)
STAKEHOLDER = Kind(
    "stakeholder",
    _("one to inform"),
    _("Who must know"),
    _("Those who must hear it from you, in which order, and by whom."),
    (
        Field(
            "name",
            label=_("Who"),
            help=_("A group, a body or a person."),
            example=_("The nursing home"),
            needed=True,
        ),
        Field(
            "contact",
            label=_("Contact"),
            help=_("A name and a number that is answered at night."),
            example=_("The manager on duty, 00 00 00 02"),
        ),
        Field(
            "needs",
            Type.TEXT,
            label=_("What they need to know"),
            help=_("What they must do something about."),
            example=_("How long, and whether they must move anyone."),
        ),
        Field(
            "within",
            label=_("Within"),
            help=_("Before or after the first public word."),
            example=_("15 minutes, before anything is posted"),
        ),
        Field(
            "who", label=_("Who informs them"), help=_("A role, not a name."), example=_("The crisis leader")
        ),
    ),
    add=_("Write who must know"),
)
EXERCISE = Kind(
    "exercise",
    _("exercise"),
    _("Exercises"),
    _("A plan nobody has tried is a draft: small and often is better than large and never."),
    (
        Field(
            "what",
            label=_("Exercise"),
            help=_("What is tried, and by whom."),
            example=_("A rumour on a Friday afternoon; the first word within the hour"),
            needed=True,
        ),
        Field(
            "on",
            Type.DAY,
            label=_("When"),
            help=_("Held, or planned."),
            example=_("the second week of October"),
        ),
        Field(
            "who",
            label=_("Who takes part"),
            help=_("Also those who only have to be reached."),
            example=_("Everyone with a role, the switchboard and one from the newspaper"),
        ),
        Field(
            "learnt",
            Type.TEXT,
            label=_("What we learnt"),
            help=_("What did not work, and what was done about it."),
            example=_("The list of numbers was from last year. It is now checked each quarter."),
        ),
        Field(
            "next_on",
            Type.DAY,
            label=_("Next time"),
            help=_("A date in somebody's calendar."),
            example=_("half a year later"),
        ),
    ),
    add=_("Write an exercise"),
)
KINDS = (HOLDING, STAKEHOLDER, EXERCISE)
