"""How we see how it goes: when we look, at what, and how the figures are made; and what we try."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from samspill.strategy.sections.fields import PAGE, Field, Kind, Section, Type

EVALUATION = Kind(
    "evaluation",
    _("time to look"),
    _("When we look"),
    _(
        "Short and often, long and seldom: what you look at each week, each month and each year, and who"
        " does."
    ),
    (
        Field(
            "what",
            label=_("What we look at"),
            help=_("The question, and the figures that answer it."),
            example=_("Was everyone answered in time?"),
            needed=True,
        ),
        Field(
            "rhythm",
            Type.CHOICE,
            label=_("How often"),
            help=_("As often as you could do something about it."),
            example=_("every week, for what can be mended in a week"),
            choices=(
                ("weekly", _("every week")),
                ("monthly", _("every month")),
                ("quarterly", _("every quarter")),
                ("yearly", _("every year")),
            ),
            needed=True,
        ),
        Field(
            "who",
            label=_("Who"),
            help=_("Who calls the meeting, or writes the page."),
            example=_("The communications lead, with the editorial group"),
        ),
        Field(
            "next_on",
            Type.DAY,
            label=_("Next time"),
            help=_("A date in somebody's calendar."),
            example=_("the first Monday of next month"),
        ),
        Field(
            "then",
            Type.TEXT,
            label=_("What it leads to"),
            help=_("Who gets to see it, and what can be decided."),
            example=_("One page to the management group. It can stop a channel."),
        ),
    ),
    add=_("Write when you look"),
)
METHOD = Kind(
    "method",
    _("method"),
    _("How the figures are made"),
    _("What you count, how, and what you do not: so that a figure can be trusted next year too."),
    (
        Field(
            "counts",
            Type.TEXT,
            label=_("What we count, and how"),
            help=_("Where the figures come from, and what a word such as “active” means."),
            example=_(
                "Active: followers who answered, shared or liked within 28 days. From the networks"
                " themselves, every night."
            ),
            most=PAGE,
        ),
        Field(
            "limits",
            Type.TEXT,
            label=_("What the figures do not say"),
            help=_("Gaps, small numbers, and what you could be wrong about."),
            example=_("Private messages are not counted. Fewer than 30 answers is too little to compare."),
        ),
        Field(
            "never",
            Type.TEXT,
            label=_("What we do not count"),
            help=_("Figures that look good and lead astray."),
            example=_("What the same space would have cost as advertising. Reach added up over posts."),
        ),
    ),
    single=True,
)
EVALUATE = Section(
    "evaluation",
    _("How do we see how it goes?"),
    _("When you look, at what, who does, and how the figures are made."),
    (EVALUATION, METHOD),
)
EXPERIMENT = Kind(
    "experiment",
    _("experiment"),
    _("What we try"),
    _("Ideas written down before they are tried, so that the result cannot be argued away afterwards."),
    (
        Field(
            "idea",
            label=_("Idea"),
            help=_("What you do differently."),
            example=_("A table instead of a picture in posts about prices"),
            needed=True,
            heading=_("Before"),
        ),
        Field(
            "hypothesis",
            Type.TEXT,
            label=_("What we believe"),
            help=_("Who will do what more often, and why."),
            example=_("More people answer, because they find their own house in the table."),
        ),
        Field(
            "design",
            Type.CHOICE,
            label=_("How it is set up"),
            help=_("A network decides itself who sees what; only where chance decides is it an experiment."),
            example=_("a comparison, for ordinary posts"),
            choices=(
                ("experiment", _("experiment: chance decides who gets what")),
                ("comparison", _("comparison: chance does not decide")),
            ),
        ),
        Field(
            "measure",
            label=_("Measure"),
            help=_("One figure that decides."),
            example=_("Answers per thousand shown"),
        ),
        Field(
            "smallest_effect",
            label=_("Smallest effect that matters"),
            help=_("A smaller one would not change what you do."),
            example=_("From 4 to 6 answers per thousand"),
        ),
        Field(
            "n",
            Type.COUNT,
            label=_("How many"),
            help=_("Posts or people on each side, decided beforehand."),
            example="24",
        ),
        Field(
            "stop_rule",
            Type.TEXT,
            label=_("When we stop"),
            help=_("Whoever stops when it looks good always finds something."),
            example=_("After 24 posts on each side, or on 1 June. Not before, however it looks."),
        ),
        Field(
            "result",
            Type.TEXT,
            label=_("Result"),
            help=_("The figure, the number of cases, and how sure it is; “too little to say” is a result."),
            example=_("5.8 against 4.1 per thousand, 24 posts each; the difference may be from 0.3 to 3.1."),
            heading=_("After"),
        ),
        Field(
            "decision",
            Type.TEXT,
            label=_("What we decided"),
            help=_("What you do from now on, and who said so."),
            example=_("Tables in all posts about prices. The editorial group, 8 June."),
        ),
    ),
    add=_("Write an idea"),
)
EXPERIMENTS = Section(
    "experiments",
    _("What do we try?"),
    _("Ideas set up before they start, with what would convince you, and what came of them."),
    (EXPERIMENT,),
)
