"""Where we stand before we begin: our accounts, what is said, whom we are compared with, what we can and
what we risk."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from samspill.strategy.sections.fields import Field, Kind, Section, Type

ACCOUNT = Kind(
    "account",
    _("account"),
    _("The accounts we have"),
    _("Every account in your name, the forgotten ones too: what nobody tends speaks for you all the same."),
    (
        Field(
            "name",
            label=_("Account"),
            help=_("The channel and what the account is called there."),
            example=_("Facebook, Fjordkraftlaget customer service"),
            needed=True,
        ),
        Field(
            "link",
            Type.LINK,
            label=_("Address"),
            help=_("Where anyone can see it, copied from the browser."),
            example="https://bsky.app/profile/fjordkraftlaget.example",
        ),
        Field(
            "state",
            Type.CHOICE,
            label=_("How it is today"),
            help=_("What somebody who comes by would say of it."),
            example=_("asleep, when the last post is from last spring"),
            choices=(
                ("active", _("in use")),
                ("asleep", _("asleep")),
                ("close", _("to be closed")),
                ("closed", _("closed")),
                ("not_ours", _("in our name, but not ours")),
            ),
        ),
        Field(
            "unit",
            label=_("Who it belongs to"),
            help=_("The unit that answers for it."),
            example=_("Customer service"),
        ),
        Field(
            "admins",
            label=_("Who can get in"),
            help=_("Everyone with the key, also those who have left."),
            example=_("Ingrid, Amir and the agency from 2023"),
        ),
        Field(
            "verified",
            Type.CHOICE,
            label=_("Verified"),
            help=_("Whether the network, or a link from your own site, shows that it is really you."),
            example=_("yes, when your own site links to it and it links back"),
            choices=(("yes", _("yes")), ("asked", _("applied for")), ("no", _("no"))),
        ),
        Field(
            "followers",
            Type.COUNT,
            label=_("Followers"),
            help=_("As the network shows it today."),
            example="1 240",
        ),
        Field(
            "counted_on",
            Type.DAY,
            label=_("Counted on"),
            help=_("A number without a date is soon a guess."),
            example=_("the day you looked"),
        ),
        Field(
            "opened_on",
            Type.DAY,
            label=_("Opened"),
            help=_("When the account was made; the network says it on the profile."),
            example=_("the first of the month, when only the month is known"),
        ),
        Field(
            "last_post_on",
            Type.DAY,
            label=_("Last post"),
            help=_("When something was last said from it."),
            example=_("the date of the newest post of your own, not of a share"),
        ),
    ),
    add=_("Write an account"),
)
HEARD = Kind(
    "heard",
    _("what is said"),
    _("What is said about us"),
    _("What you hear before you begin, so that you can tell afterwards whether anything changed."),
    (
        Field(
            "term",
            label=_("What we looked for"),
            help=_("The word, name or hashtag you searched for."),
            example=_("#powercut together with our name"),
            needed=True,
        ),
        Field(
            "period",
            label=_("When, and where"),
            help=_("The period and the places you searched, so that anyone can do it again."),
            example=_("January to March 2026, on Bluesky and in two local newspapers"),
        ),
        Field(
            "mentions",
            Type.COUNT,
            label=_("How many times"),
            help=_("Counted once per post, shares left out."),
            example="86",
        ),
        Field(
            "tone",
            Type.TEXT,
            label=_("What people say"),
            help=_("The three things that come up most often, in people's own words."),
            example=_(
                "“Nobody tells us when it comes back.” “The bill is hard to read.” “Quick help by phone.”"
            ),
        ),
    ),
    add=_("Write what you heard"),
)
COMPARATOR = Kind(
    "comparator",
    _("one we compare with"),
    _("Whom we compare ourselves with"),
    _("Two or three who do well with what you want to do: to learn from, and to see what is possible."),
    (
        Field(
            "name",
            label=_("Who"),
            help=_("An organisation in your situation, near you or far away."),
            example=_("A power company of the same size in the next county"),
            needed=True,
        ),
        Field(
            "link",
            Type.LINK,
            label=_("Address"),
            help=_("The account you look at."),
            example="https://bsky.app/profile/naboen.example",
        ),
        Field(
            "followers",
            Type.COUNT,
            label=_("Followers"),
            help=_("As the network shows it today."),
            example="3 900",
        ),
        Field(
            "counted_on",
            Type.DAY,
            label=_("Counted on"),
            help=_("A number without a date is soon a guess."),
            example=_("the day you looked"),
        ),
        Field(
            "learn",
            Type.TEXT,
            label=_("What we can learn"),
            help=_("What they do that you could do, and what you would not."),
            example=_("They answer within the hour and sign with a first name. They never ask a question."),
        ),
    ),
    add=_("Write whom you compare with"),
)
SWOT = Kind(
    "swot",
    _("strength or weakness"),
    _("Strengths, weaknesses, opportunities and threats"),
    _("The few things about you and the world around you that decide what can succeed."),
    (
        Field(
            "what",
            label=_("What it is"),
            help=_("One thing in one sentence; two things are two rows."),
            example=_("People trust our technicians more than our adverts."),
            needed=True,
        ),
        Field(
            "sort",
            Type.CHOICE,
            label=_("What sort"),
            help=_("Strengths and weaknesses are yours, opportunities and threats come from outside."),
            example=_("a strength, when you could lose it by your own doing"),
            choices=(
                ("strength", _("strength")),
                ("weakness", _("weakness")),
                ("opportunity", _("opportunity")),
                ("threat", _("threat")),
            ),
            needed=True,
        ),
        Field(
            "so",
            Type.TEXT,
            label=_("So we"),
            help=_("What follows from it for the strategy; without that it is only a list."),
            example=_("Let the technicians tell, with name and face, what they mend."),
        ),
    ),
    add=_("Write one of them"),
)
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
            example="20",
            most=10_000,
        ),
        Field(
            "budget",
            Type.COUNT,
            label=_("Budget a year, in kroner"),
            help=_("Money for pictures, advertising and tools; wages not counted."),
            example="60 000",
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
_LIKELY = (("low", _("low")), ("middling", _("middling")), ("high", _("high")))
RISK = Kind(
    "risk",
    _("risk"),
    _("What can go wrong"),
    _("What could hurt people or the organisation, and what you do so that it does not."),
    (
        Field(
            "what",
            label=_("What can happen"),
            help=_("An event, so that you know when it has happened."),
            example=_("Somebody writes about their health in our comment field."),
            needed=True,
        ),
        Field(
            "likelihood",
            Type.CHOICE,
            label=_("How likely"),
            help=_("In the course of a year, as you know your own everyday."),
            example=_("high, when it happened twice last year"),
            choices=_LIKELY,
        ),
        Field(
            "harm",
            Type.CHOICE,
            label=_("How much harm"),
            help=_("To the people it strikes first, then to you."),
            example=_("high, when somebody's privacy is at stake"),
            choices=_LIKELY,
        ),
        Field(
            "measure",
            Type.TEXT,
            label=_("What we do about it"),
            help=_("What makes it less likely, and what you do when it happens."),
            example=_("We hide it within the hour, write to the person, and say in the rules that we do."),
        ),
        Field(
            "who",
            label=_("Who watches over it"),
            help=_("One person or role."),
            example=_("The data protection officer"),
        ),
        Field(
            "review_on",
            Type.DAY,
            label=_("Look at it again"),
            help=_("When you next ask whether it is still so."),
            example=_("a year from now, or after the next event"),
        ),
    ),
    add=_("Write a risk"),
)
SITUATION = Section(
    "situation",
    _("Where do we stand?"),
    _(
        "What is there already: your accounts, what is said about you, whom you are compared with, what you"
        " can and what you risk."
    ),
    (ACCOUNT, HEARD, COMPARATOR, SWOT, CAPACITY, RISK),
)
