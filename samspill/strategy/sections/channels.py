"""The channels beside the decision about each: how an account is opened, and which hashtags we use."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from samspill.strategy.sections.fields import PAGE, Field, Kind, Type

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
KINDS = (CHANNELRULES, HASHTAG)
