"""What we keep within: boundaries, the law, and our own guidelines."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from samspill.strategy.sections.fields import PAGE, Field, Kind, Section, Type

BOUNDARY = Kind(
    "boundary",
    _("boundary"),
    _("Always and never"),
    _("The few things that are always so, or never. Within them people may act without asking."),
    (
        Field(
            "what",
            label=_("Boundary"),
            help=_("So clear that two people would judge a case the same way."),
            example=_("We never delete criticism that is within the law."),
            needed=True,
        ),
        Field(
            "sort",
            Type.CHOICE,
            label=_("Always or never"),
            help=_("What is only mostly so belongs among the guidelines."),
            example=_("never, for what you would stop even if it worked"),
            choices=(("always", _("always")), ("never", _("never"))),
            needed=True,
        ),
        Field(
            "why",
            Type.TEXT,
            label=_("Why"),
            help=_("A reason people would agree with."),
            example=_("Whoever deletes criticism is asked what else they hide."),
        ),
    ),
    add=_("Write a boundary"),
)
DUTY = Kind(
    "duty",
    _("duty"),
    _("What the law asks"),
    _("Each rule with what it asks and how you do it. Laws change: say as of which day, and look again."),
    (
        Field(
            "rule",
            label=_("Rule"),
            help=_("The law or regulation, and where in it."),
            example=_("The Equality and Anti-Discrimination Act, section 18: universal design"),
            needed=True,
        ),
        Field(
            "asks",
            Type.TEXT,
            label=_("What it asks of us"),
            help=_("In your own words, for your own case."),
            example=_("Everyone must be able to take part, also those who cannot see or hear."),
        ),
        Field(
            "how",
            Type.TEXT,
            label=_("How we do it"),
            help=_("What happens on an ordinary day so that it is kept."),
            example=_("No picture goes out without an alt text, no film without captions."),
        ),
        Field(
            "as_of",
            Type.DAY,
            label=_("As of"),
            help=_("The day somebody last read the rule."),
            example=_("the day you checked it at the source"),
        ),
        Field(
            "link",
            Type.LINK,
            label=_("Where the rule is found"),
            help=_("The page of the one who made the rule, or guides about it."),
            example="https://www.uutilsynet.no/regelverk/",
        ),
    ),
    add=_("Write a duty"),
)
GUIDELINE = Kind(
    "guideline",
    _("guideline"),
    _("Our own guidelines"),
    _("What you have agreed on yourselves: how you deal with children, pictures, sources, advertising."),
    (
        Field(
            "name",
            label=_("What it is about"),
            help=_("A few words to find it by."),
            example=_("Pictures of people"),
            needed=True,
        ),
        Field(
            "text",
            Type.TEXT,
            label=_("The guideline"),
            help=_("First what one does, then why."),
            example=_(
                "We ask everyone who can be recognised, and write down that they said yes. Of children we"
                " ask the parents too."
            ),
            most=PAGE,
        ),
        Field(
            "who",
            label=_("For whom"),
            help=_("Everyone, or those with a certain task."),
            example=_("Everyone who publishes"),
        ),
    ),
    add=_("Write a guideline"),
)
RAILS = Section(
    "rails",
    _("What do we keep within?"),
    _("What is always and never so, what the law asks and how you do it, and your own guidelines."),
    (BOUNDARY, DUTY, GUIDELINE),
)
