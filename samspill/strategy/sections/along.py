"""How people are got along, beside the ladder: what we offer, what we talk about, and what we promise."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from samspill.strategy.sections.fields import PAGE, Field, Kind, Type

PROPOSITION = Kind(
    "proposition",
    _("reason to follow"),
    _("Why follow us?"),
    _("What each audience gets from following you that they do not get elsewhere."),
    (
        Field(
            "audience",
            label=_("Audience"),
            help=_("One of those you want to reach."),
            example=_("New home owners"),
            offers="audience",
            needed=True,
        ),
        Field(
            "offer",
            Type.TEXT,
            label=_("What they get"),
            help=_("Seen from them: what is better in their lives when they follow you."),
            example=_("You know what the bill will be before it comes, and why."),
            needed=True,
        ),
        Field(
            "proof",
            Type.TEXT,
            label=_("Why they can believe it"),
            help=_("What you do that shows it, not what you say about yourselves."),
            example=_("Every Friday we post next week's price, with the sum for a typical house."),
        ),
    ),
    add=_("Write a reason to follow"),
)
PILLAR = Kind(
    "pillar",
    _("content pillar"),
    _("What we talk about"),
    _("Three to five lasting themes, so that each week's posts add up to something."),
    (
        Field(
            "name",
            label=_("Theme"),
            help=_("A few words that anyone who writes will remember."),
            example=_("This is how it works"),
            needed=True,
        ),
        Field(
            "purpose",
            Type.TEXT,
            label=_("What it is for"),
            help=_("What people know, feel or do afterwards."),
            example=_("People understand their bill, and ask before they get angry."),
        ),
        Field(
            "goal",
            label=_("The goal it serves"),
            help=_("One of your goals; a theme that serves none can be let go."),
            example=_("Everyone is answered within a day"),
            offers="goal",
        ),
        Field(
            "share",
            Type.FIGURE,
            label=_("Share of what we publish, in per cent"),
            help=_("Roughly; all themes together make 100."),
            example="40",
            most=100,
        ),
        Field(
            "formats",
            label=_("Formats"),
            help=_("How it is told."),
            example=_("Picture with a short text, a film of 30 seconds, a table"),
        ),
        Field(
            "example",
            Type.TEXT,
            label=_("A post to be proud of"),
            help=_("One that has been published, or that you would like to see."),
            example=_("“Three things we learnt from the power cut”, with a map and the times."),
        ),
    ),
    add=_("Write a theme"),
)
PROMISE = Kind(
    "promise",
    _("promise of answers"),
    _("How fast we answer"),
    _("What people can count on, for each channel and kind of message. Promise less, and keep it."),
    (
        Field(
            "channel",
            label=_("Channel"),
            help=_("Where the promise holds, or “all channels”."),
            example="Bluesky",
            offers="channelchoice",
            needed=True,
        ),
        Field(
            "sort",
            Type.CHOICE,
            label=_("What sort of message"),
            help=_("Not everything is equally urgent."),
            example=_("a complaint, which should not wait as long as praise"),
            choices=(
                ("all", _("everything")),
                ("question", _("questions")),
                ("complaint", _("complaints")),
                ("praise", _("praise")),
                ("private", _("private messages")),
                ("urgent", _("what is urgent")),
                ("media", _("the press")),
            ),
            needed=True,
        ),
        Field(
            "hours",
            Type.FIGURE,
            label=_("Answered within, hours"),
            help=_("Until a person has answered; an automatic receipt does not count."),
            example="24",
            most=8760,
            needed=True,
        ),
        Field(
            "clock",
            Type.CHOICE,
            label=_("Which hours count"),
            help=_("Only opening hours, or the whole day round."),
            example=_("opening hours, when nobody is at work at night"),
            choices=(("open", _("opening hours")), ("all", _("all hours"))),
        ),
        Field(
            "who",
            label=_("Who answers, and when"),
            help=_("Without people behind it a promise is a hope."),
            example=_("Customer service on weekdays 8–20, the duty officer otherwise"),
        ),
    ),
    add=_("Write a promise"),
    across=True,
)
DIALOGUE = Kind(
    "dialogue",
    _("rules of dialogue"),
    _("How we talk with people"),
    _(
        "The rules everyone can read: when you are there, what is welcome, what is hidden, and how to"
        " complain."
    ),
    (
        Field(
            "opening_hours",
            label=_("Opening hours"),
            help=_("When somebody reads and answers."),
            example=_("Weekdays 8–20. At weekends we look in twice a day."),
        ),
        Field(
            "languages",
            label=_("Languages we answer in"),
            help=_("Those you can write without a machine between."),
            example=_("Norwegian and English; we try in Polish."),
        ),
        Field(
            "debate_rules",
            Type.TEXT,
            label=_("Rules for the debate"),
            help=_(
                "The public text, as it can stand on your own site: first what is welcome, then what is not."
            ),
            example=_(
                "Disagree with us gladly. Keep to the subject, leave other people's privacy alone, and no"
                " threats."
            ),
            most=PAGE,
        ),
        Field(
            "moderation",
            Type.TEXT,
            label=_("What we hide, and how"),
            help=_("The grounds, who decides, and that each time is written down with its reason."),
            example=_(
                "Threats, hatred and personal data. Two people decide; date, text and reason are kept."
            ),
            most=PAGE,
        ),
        Field(
            "appeal",
            Type.TEXT,
            label=_("How people can complain"),
            help=_("Where somebody turns whose comment was hidden, and when they get an answer."),
            example=_(
                "Write to post@fjordkraftlaget.example. Somebody who did not hide it looks at it within"
                " three days."
            ),
        ),
        Field(
            "feedback",
            Type.TEXT,
            label=_("“You said, we did”"),
            help=_("How people see that what they said came to something."),
            example=_(
                "On the first Monday of the month we tell three things we changed because of what you wrote."
            ),
        ),
    ),
    single=True,
)
AMBASSADOR = Kind(
    "ambassador",
    _("ambassador"),
    _("Ambassadors"),
    _("People who gladly speak for you: they are believed where you are not."),
    (
        Field(
            "name",
            label=_("Who"),
            help=_("A person, or a group with something in common."),
            example=_("The apprentices in the line crew"),
            needed=True,
        ),
        Field(
            "does",
            Type.TEXT,
            label=_("What they do"),
            help=_("Something they would like to do anyway."),
            example=_("Show a working day up on the pylons, once a month."),
        ),
        Field(
            "gets",
            Type.TEXT,
            label=_("What they get from it"),
            help=_("Help, thanks or influence; whoever is paid must say so."),
            example=_("Working time for it, a course in filming, and a say in what we post."),
        ),
        Field(
            "contact",
            label=_("Who keeps in touch with them"),
            help=_("One of you, by name."),
            example="Amir",
        ),
    ),
    add=_("Write an ambassador"),
)
PARTICIPATION = Kind(
    "participation",
    _("way to take part"),
    _("How people can take part"),
    _("Occasions on which people can do more than like: ask, vote, propose, make something together."),
    (
        Field(
            "what",
            label=_("What it is"),
            help=_("As people will meet it."),
            example=_("An hour of questions with the head of the grid, the first Thursday of each month"),
            needed=True,
        ),
        Field(
            "sort",
            Type.CHOICE,
            label=_("What sort"),
            help=_("The more people can decide, the more they must hear back."),
            example=_("a hearing, when something is going to be decided"),
            choices=(
                ("poll", _("poll")),
                ("questions", _("questions and answers")),
                ("hearing", _("hearing")),
                ("together", _("making something together")),
                ("meeting", _("meeting")),
                ("other", _("something else")),
            ),
        ),
        Field(
            "audience",
            label=_("For whom"),
            help=_("One of those you want to reach."),
            example=_("Neighbours of the new line"),
            offers="audience",
        ),
        Field(
            "when",
            label=_("When"),
            help=_("A date, or how often."),
            example=_("Before each decision that changes what people pay for the grid"),
        ),
        Field(
            "after",
            Type.TEXT,
            label=_("What happens with what they say"),
            help=_("Who reads it, who decides, and when people hear what came of it."),
            example=_("Summed up within a week; the board gets the summary, and its answer is posted."),
        ),
    ),
    add=_("Write a way to take part"),
)
KINDS = (PROPOSITION, PILLAR, PROMISE, DIALOGUE, AMBASSADOR, PARTICIPATION)
