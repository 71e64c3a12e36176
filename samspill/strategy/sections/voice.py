"""The personality beside its traits: the tone in each situation, what we leave alone, who speaks and how."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from samspill.strategy.sections.fields import Field, Kind, Type

SITUATIONS = (
    ("praise", _("praise")),
    ("question", _("a question")),
    ("complaint", _("a complaint")),
    ("mistake", _("our own mistake")),
    ("grief", _("grief")),
    ("crisis", _("a crisis")),
    ("anger", _("anger and insults")),
    ("troll", _("trolls")),
    ("wrong", _("wrong facts")),
    ("politics", _("party politics")),
    ("other", _("something else")),
)
TONE = Kind(
    "tone",
    _("tone"),
    _("How we sound in each situation"),
    _("The same personality, but not the same voice at a funeral as at a feast."),
    (
        Field(
            "situation",
            Type.CHOICE,
            label=_("Situation"),
            help=_("What you are answering."),
            example=_("our own mistake, the one that is hardest to get right"),
            choices=SITUATIONS,
            needed=True,
        ),
        Field(
            "about",
            label=_("More precisely"),
            help=_("Where the situation has a shape of its own with you."),
            example=_("when the power has been gone for more than two hours"),
        ),
        Field(
            "tone",
            Type.TEXT,
            label=_("How we sound"),
            help=_("Two or three words, and what comes first."),
            example=_("Plain and warm. First what we did wrong, then what we do now, last why."),
            needed=True,
        ),
        Field(
            "good_example",
            Type.TEXT,
            label=_("So we would say it"),
            help=_("An answer that can be used as it stands."),
            example=_(
                "“You are right, we sent you the wrong bill. The right one is on its way. I am sorry. Ingrid”"
            ),
        ),
        Field(
            "bad_example",
            Type.TEXT,
            label=_("So we would not"),
            help=_("The same answer as it often comes out when one is in a hurry."),
            example=_("“We regret any inconvenience this may have caused.”"),
        ),
    ),
    add=_("Write a tone"),
)
UNTOUCHED = Kind(
    "untouched",
    _("topic left alone"),
    _("What we leave alone"),
    _("Topics you do not comment on, and who does: then nobody has to guess in a hurry."),
    (
        Field(
            "topic",
            label=_("Topic"),
            help=_("As people will ask about it."),
            example=_("Ongoing court cases"),
            needed=True,
        ),
        Field(
            "why",
            Type.TEXT,
            label=_("Why we do not"),
            help=_("A reason you could give openly."),
            example=_("Both sides have a right to have it heard in court first."),
        ),
        Field(
            "who",
            label=_("Who does answer"),
            help=_("Where you send people instead."),
            example=_("The managing director, through the press contact"),
        ),
        Field(
            "say",
            Type.TEXT,
            label=_("What we say instead"),
            help=_("Silence is an answer too, and a bad one."),
            example=_(
                "“That we cannot go into here. Write to press@fjordkraftlaget.example, and you will get"
                " an answer.”"
            ),
        ),
    ),
    add=_("Write a topic"),
)
SPEAKER = Kind(
    "speaker",
    _("one who speaks"),
    _("Who speaks"),
    _("Named people, or the organisation itself: who says what, and where."),
    (
        Field(
            "name",
            label=_("Who"),
            help=_("A person with their role, or the organisation as such."),
            example=_("Ingrid Solberg, customer adviser"),
            needed=True,
        ),
        Field(
            "about",
            label=_("About what"),
            help=_("What they may speak about without asking first."),
            example=_("Bills, moving house and power cuts"),
        ),
        Field(
            "where",
            label=_("Where"),
            help=_("On which channels, and in whose name."),
            example=_("Bluesky and Facebook, on the organisation's account, signed Ingrid"),
        ),
        Field(
            "substitute",
            label=_("When they are away"),
            help=_("Somebody who knows that they are the one."),
            example="Amir",
        ),
    ),
    add=_("Write who speaks"),
)
STAFFRULE = Kind(
    "staffrule",
    _("rule for staff"),
    _("Rules for those who work here"),
    _("A few short rules that everyone remembers, for what people write in their own name too."),
    (
        Field(
            "rule",
            label=_("Rule"),
            help=_("One thing, said as you would say it to a new colleague."),
            example=_("Say that you work here when you write about us."),
            needed=True,
        ),
        Field(
            "why",
            Type.TEXT,
            label=_("What it means"),
            help=_("Why it is so, and what it does not forbid."),
            example=_("You may disagree with us in the open. People should only know where you stand."),
        ),
        Field(
            "example",
            Type.TEXT,
            label=_("Example"),
            help=_("A case from your own everyday."),
            example=_("“I work in the power company myself, and I think the price is too high as well.”"),
        ),
        Field(
            "ask",
            label=_("Whom to ask"),
            help=_("In doubt one asks, and then there must be somebody to ask."),
            example=_("The communications lead, also in the evening"),
        ),
    ),
    add=_("Write a rule"),
)
VOICERULES = Kind(
    "voicerules",
    _("rules of the voice"),
    _("How we write"),
    _(
        "What would otherwise be decided anew each day: written form, how people are addressed, emoji,"
        " signature."
    ),
    (
        Field(
            "written_form",
            Type.TEXT,
            label=_("Written form and plain language"),
            help=_("Bokmål, Nynorsk or both, and how plain is plain."),
            example=_(
                "Bokmål; we answer Nynorsk with Nynorsk. Short sentences, no abbreviations, no “pursuant to”."
            ),
        ),
        Field(
            "address",
            Type.TEXT,
            label=_("How we address people"),
            help=_("By first name or not, and what you call yourselves."),
            example=_("First name when they use theirs. We say “we”, never “the company”."),
        ),
        Field(
            "emoji",
            Type.TEXT,
            label=_("Emoji and humour"),
            help=_("How much, when, and when never."),
            example=_(
                "One emoji at most, never instead of a word. Jokes about ourselves, never about the one"
                " who asks."
            ),
        ),
        Field(
            "signature",
            label=_("Signature"),
            help=_("How people see who wrote."),
            example=_("First name at the end of each answer"),
        ),
        Field(
            "visual",
            Type.TEXT,
            label=_("What it looks like"),
            help=_("Pictures, colours and logo, and where the files are."),
            example=_(
                "Own pictures of people at work, no stock photos. The logo only in the profile picture."
            ),
        ),
        Field(
            "disclosure",
            Type.TEXT,
            label=_("What we are open about"),
            help=_("Whom you work for, what is paid for, what a machine has made."),
            example=_(
                "Advertising is marked as such. Pictures made by a machine say so. Nobody writes under a"
                " false name."
            ),
        ),
    ),
    single=True,
)
KINDS = (TONE, UNTOUCHED, SPEAKER, VOICERULES, STAFFRULE)
