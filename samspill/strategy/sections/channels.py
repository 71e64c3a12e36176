"""The channels beside the decision about each: how an account is opened, which hashtags we use, and where we
see a channel differently from what the advice goes by."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from samspill.strategy.places import PLACE_CHOICES
from samspill.strategy.sections.fields import PAGE, Field, Kind, Type
from samspill.strategy.subgoals import SUB_GOALS

FIT_CHOICES = (("0", _("not at all")), ("half", _("half")), ("1", _("well")))

CHANNELRULES = Kind(
    "channelrules",
    _("rules for channels"),
    _("How an account is opened"),
    _("What it takes to open an account in your name, who decides, and what it is called."),
    (
        Field(
            "opening",
            Type.TEXT,
            label=_("What it takes to open one"),
            help=_("What must be in place before the first post."),
            example=_(
                "A purpose, two people who answer, hours set aside, and a risk assessment. What no account"
                " of ours covers already."
            ),
            most=PAGE,
        ),
        Field(
            "decides",
            label=_("Who decides"),
            help=_("One person or role; otherwise everyone does."),
            example=_("The communications lead, after asking the unit's manager"),
        ),
        Field(
            "naming",
            Type.TEXT,
            label=_("What accounts are called"),
            help=_("So that people find you, and see that it is you."),
            example=_("Our name first, then the unit: Fjordkraftlaget customer service."),
        ),
        Field(
            "publishing",
            Type.TEXT,
            label=_("Who may publish"),
            help=_("How many there are, how they are appointed, and who answers for what is published."),
            example=_(
                "Only appointed administrators, at most three for each account. The unit's manager is the"
                " editor."
            ),
        ),
        Field(
            "closing",
            Type.TEXT,
            label=_("When one is closed"),
            help=_("What nobody tends is better closed than asleep."),
            example=_("After three months without a post. What is there is archived first."),
        ),
    ),
    single=True,
)
HASHTAG = Kind(
    "hashtag",
    _("hashtag"),
    _("Our hashtags"),
    _(
        "The few tags you use yourselves and ask others to use, so that what belongs together is found"
        " together."
    ),
    (
        Field(
            "tag",
            label=_("Hashtag"),
            help=_("With a capital letter for each word, so that screen readers can read it."),
            example="#BlåbærTur",
            needed=True,
        ),
        Field(
            "purpose",
            Type.TEXT,
            label=_("What it is for"),
            help=_("When it is used, and by whom."),
            example=_("Everything about walks in our area; everyone may use it."),
        ),
        Field(
            "channel",
            label=_("Where"),
            help=_("On which channels, or all of them."),
            example=_("Instagram and Mastodon"),
            offers="channelchoice",
        ),
    ),
    add=_("Write a hashtag"),
    across=True,
)
FIT = Kind(
    "fit",
    _("fit of a channel"),
    _("Where you see it differently"),
    _("How well a channel suits a goal, where you know better than what Samspill proposes."),
    (
        Field(
            "place",
            Type.CHOICE,
            label=_("Which channel"),
            help=_("The kind of channel, whatever your account there is called."),
            example="LinkedIn",
            choices=PLACE_CHOICES,
            needed=True,
        ),
        Field(
            "sub_goal",
            Type.CHOICE,
            label=_("For which sub-goal"),
            help=_("One of the eight that your goals are made from."),
            example=_("Build customer relations"),
            choices=[(key, one.name) for key, one in SUB_GOALS.items()],
            needed=True,
        ),
        Field(
            "fit",
            Type.CHOICE,
            label=_("How well it suits"),
            help=_("What the channel is good for with you, not what it could be."),
            example=_("half, when it works, but something else works better"),
            choices=FIT_CHOICES,
            needed=True,
        ),
        Field(
            "why",
            label=_("Why"),
            help=_("One sentence that others can agree or disagree with."),
            example=_("Our members ask there, and get answers from one another."),
        ),
    ),
    add=_("Write a fit of your own"),
)
PLACERULE = Kind(
    "placerule",
    _("rule for a channel"),
    _("What keeps you from a channel, or lets you in"),
    _("Law, advice from an authority, or a decision of your own that goes before what the figures say."),
    (
        Field(
            "place",
            Type.CHOICE,
            label=_("Which channel"),
            help=_("The kind of channel, whatever your account there is called."),
            example="TikTok",
            choices=PLACE_CHOICES,
            needed=True,
        ),
        Field(
            "verdict",
            Type.CHOICE,
            label=_("What holds"),
            help=_("A rule of yours goes before the one that came with Samspill."),
            example=_("not now, until the council has decided"),
            choices=(("not_now", _("not now")), ("may", _("may be used"))),
            needed=True,
        ),
        Field(
            "because",
            Type.TEXT,
            label=_("Because"),
            help=_("So that whoever reads the advice understands it."),
            example=_(
                "The council decided on 3 March that we do not use it before the children's ombud is heard."
            ),
        ),
        Field(
            "review_on",
            Type.DAY,
            label=_("Look at it again"),
            help=_("Laws and advice change; when to ask whether this still holds."),
            example=_("half a year from now"),
        ),
    ),
    add=_("Write a rule"),
)
KINDS = (CHANNELRULES, HASHTAG, FIT, PLACERULE)
