"""Rules of the decision about each channel: what it is for, who answers, what the law asks, when it ends."""

from __future__ import annotations

from django.utils.formats import date_format, localize
from django.utils.translation import gettext_lazy as _

from samspill.strategy.duties import DESIGN, DESIGN_SOURCE
from samspill.strategy.lint.facts import Facts
from samspill.strategy.lint.rule import Rule, Severity, Values
from samspill.strategy.lint.words import is_vague
from samspill.strategy.models import ChannelChoice

_DATATILSYNET = (
    "https://www.datatilsynet.no/aktuelt/aktuelle-nyheter-2021/datatilsynet-velger-a-ikke-bruke-facebook/"
)
_DIGDIR = "https://www.digdir.no/digitalisering-og-samordning/eigenskapar-ved-sosiale-medium/1927"
_ARCHIVE = "https://www.digdir.no/digitalisering-og-samordning/arkivering-fra-sosiale-medium/1958"


def _no_goal(choice: ChannelChoice, facts: Facts) -> bool:
    return choice.is_active and bool(facts.goals) and not facts.goals_of_choice.get(choice.pk)


def _no_audience(choice: ChannelChoice, facts: Facts) -> bool:
    return choice.is_active and bool(facts.audiences) and not facts.audiences_of_choice.get(choice.pk)


def _connected_though_not(choice: ChannelChoice, facts: Facts) -> bool:
    open_ones = {channel.pk for channel in facts.channels}
    return choice.choice in ("not", "wait", "end") and choice.channel_id in open_ones


def _unstaffed(choice: ChannelChoice, facts: Facts) -> Values | None:
    if not choice.is_active or choice.reply_within is None or choice.staffed:
        return None
    return {"hours": _hours(choice.reply_within)}


def _slower_than_promised(choice: ChannelChoice, facts: Facts) -> Values | None:
    if not choice.is_active or choice.reply_within is None or choice.reply_within <= facts.answer_within:
        return None
    return {"hours": _hours(choice.reply_within), "promise": _hours(facts.answer_within)}


def _hours(value: float) -> str:
    return str(localize(int(value) if float(value).is_integer() else value))


def _unassessed(choice: ChannelChoice, facts: Facts) -> bool:
    return choice.is_elsewhere and not choice.risk


def _no_twin(choice: ChannelChoice, facts: Facts) -> bool:
    return choice.is_elsewhere and not choice.web_twin


def _open_design(choice: ChannelChoice, facts: Facts) -> Values | None:
    """What of universal design is not in place, or has not been looked at."""
    done = sum(bool(choice.design.get(key)) for key in DESIGN)
    if not choice.is_active or done == len(DESIGN):
        return None
    return {"done": done, "all": len(DESIGN)}


def _refused(choice: ChannelChoice, facts: Facts) -> bool:
    return choice.is_active and choice.risk == ChannelChoice.Risk.NOT


def _no_measures(choice: ChannelChoice, facts: Facts) -> bool:
    return choice.is_active and choice.risk == ChannelChoice.Risk.MEASURES and not choice.risk_measures


def _undated_risk(choice: ChannelChoice, facts: Facts) -> bool:
    return choice.is_active and bool(choice.risk) and choice.risk_on is None


def _risk_review_passed(choice: ChannelChoice, facts: Facts) -> Values | None:
    if not choice.is_active or choice.risk_review_on is None or choice.risk_review_on >= facts.today:
        return None
    return {"day": date_format(choice.risk_review_on)}


def _risk_days_cross(choice: ChannelChoice, facts: Facts) -> bool:
    return (
        choice.risk_on is not None
        and choice.risk_review_on is not None
        and choice.risk_review_on <= choice.risk_on
    )


def _review_passed(choice: ChannelChoice, facts: Facts) -> Values | None:
    if choice.review_on is None or choice.review_on >= facts.today:
        return None
    return {"day": date_format(choice.review_on)}


def _endless_pilot(choice: ChannelChoice, facts: Facts) -> bool:
    return choice.choice == ChannelChoice.Choice.PILOT and choice.review_on is None


def _vague_exit(choice: ChannelChoice, facts: Facts) -> bool:
    return choice.is_active and is_vague(choice.exit_when)


RULES = (
    Rule(
        "choice-purpose",
        "channel_choices",
        Severity.WEAK,
        _("Channel without a purpose"),
        _("What it is for, or why not, is not written down."),
        _("A no without a reason is discussed again next year, and a yes without one is never ended."),
        _("Write in a sentence what it is for, or why not."),
        lambda choice, facts: not choice.purpose,
        each="channelchoice",
    ),
    Rule(
        "choice-goal",
        "channel_choices",
        Severity.WEAK,
        _("Channel without a goal"),
        _("It serves none of the goals."),
        _("Hours that serve no goal are taken from those that do."),
        _("Tick the goals it serves, or end it."),
        _no_goal,
        each="channelchoice",
    ),
    Rule(
        "choice-audience",
        "channel_choices",
        Severity.WEAK,
        _("Channel for nobody"),
        _("It is meant for none of the audiences."),
        _("Without knowing for whom, one writes for those who happen to answer."),
        _("Tick the audiences it is meant for."),
        _no_audience,
        each="channelchoice",
    ),
    Rule(
        "choice-responsible",
        "channel_choices",
        Severity.WRONG,
        _("Channel nobody is responsible for"),
        _("It is in use, and nobody is responsible for it."),
        _("What goes wrong there, nobody sees first."),
        _("Choose one person."),
        lambda choice, facts: choice.is_active and choice.responsible_id is None,
        each="channelchoice",
    ),
    Rule(
        "choice-evidence",
        "channel_choices",
        Severity.WEAK,
        _("Channel without evidence"),
        _("Nothing shows that those you want to reach are there."),
        _("“Everybody is there” is seldom true of those you mean."),
        _("Write a number, its source and its year."),
        lambda choice, facts: choice.is_active and not choice.evidence,
        each="channelchoice",
    ),
    Rule(
        "choice-hours",
        "channel_choices",
        Severity.WEAK,
        _("Channel without hours"),
        _("How many hours a week it may take is not decided."),
        _("A channel without hours takes what it wants, or gets none."),
        _("Write how many hours a week it may take, answers included."),
        lambda choice, facts: choice.is_active and choice.hours_a_week is None,
        each="channelchoice",
    ),
    Rule(
        "choice-exit",
        "channel_choices",
        Severity.WEAK,
        _("Channel without an end"),
        _("When you leave it is not written down."),
        _("It is easy to begin a channel and hard to end it; decide while nobody is fond of it."),
        _("Write what would make you leave: a figure and a day."),
        lambda choice, facts: choice.is_active and not choice.exit_when,
        each="channelchoice",
    ),
    Rule(
        "choice-exit-vague",
        "channel_choices",
        Severity.ADVICE,
        _("An end nobody can see coming"),
        _("When you leave it has no figure in it."),
        _("Without a figure the day never comes."),
        _("Write a figure and a day."),
        _vague_exit,
        each="channelchoice",
    ),
    Rule(
        "choice-review",
        "channel_choices",
        Severity.WEAK,
        _("Channel nobody will look at again"),
        _("When to look at it again is not decided."),
        _("Networks change faster than strategies."),
        _("Set a day within a year."),
        lambda choice, facts: choice.is_active and choice.review_on is None,
        each="channelchoice",
    ),
    Rule(
        "choice-review-passed",
        "channel_choices",
        Severity.WEAK,
        _("Channel that was to be looked at again"),
        _("It was to be looked at again on %(day)s."),
        _("A decision past its day is a habit."),
        _("Look at it, and set a new day."),
        _review_passed,
        each="channelchoice",
    ),
    Rule(
        "choice-pilot",
        "channel_choices",
        Severity.WEAK,
        _("Pilot without an end"),
        _("It is a pilot, and no day is set on which it is decided."),
        _("A pilot without an end is a channel nobody decided on."),
        _("Set the day on which you decide."),
        _endless_pilot,
        each="channelchoice",
    ),
    Rule(
        "choice-connected",
        "channel_choices",
        Severity.WRONG,
        _("Connected against the decision"),
        _("It is decided that it is not in use, and the account is connected."),
        _("What is connected is published to by mistake sooner or later."),
        _("Disconnect the account, or change the decision."),
        _connected_though_not,
        each="channelchoice",
    ),
    Rule(
        "choice-unstaffed",
        "channel_choices",
        Severity.WRONG,
        _("Promise of answers without staffing"),
        _("Answers are promised within %(hours)s hours, and nothing says who answers, and when."),
        _("A promise without people is broken the first weekend."),
        _("Write who answers, on which days and hours, and who when they are away."),
        _unstaffed,
        each="channelchoice",
    ),
    Rule(
        "choice-slow",
        "channel_choices",
        Severity.WRONG,
        _("Slower than the promise"),
        _("Answers are promised within %(hours)s hours here; the workspace promises %(promise)s."),
        _("People see one organisation, and one promise."),
        _("Promise the same, or change the workspace's promise."),
        _slower_than_promised,
        each="channelchoice",
    ),
    Rule(
        "choice-risk",
        "channel_choices",
        Severity.WRONG,
        _("Channel without a risk assessment"),
        _("It is in use, and no risk assessment says that it can be."),
        _("Everyone with a page in a network must assess the risk to people's privacy (Datatilsynet)."),
        _("Assess the risk, and write what it says, the day, and the next one."),
        _unassessed,
        each="channelchoice",
        source=_DATATILSYNET,
    ),
    Rule(
        "choice-risk-refused",
        "channel_choices",
        Severity.WRONG,
        _("In use against the risk assessment"),
        _("It is in use, though the risk assessment says that it must not be."),
        _("Whoever uses it all the same answers for it, by name."),
        _("End it, or assess the risk again."),
        _refused,
        each="channelchoice",
        source=_DATATILSYNET,
    ),
    Rule(
        "choice-risk-measures",
        "channel_choices",
        Severity.WRONG,
        _("Measures nobody has written down"),
        _("It can be used with measures, and which they are is not written down."),
        _("The measures are what makes it allowed."),
        _("Write what you do against the risk, and who sees to it."),
        _no_measures,
        each="channelchoice",
    ),
    Rule(
        "choice-risk-day",
        "channel_choices",
        Severity.WEAK,
        _("Risk assessment without a day"),
        _("The risk assessment has no date."),
        _("Terms and rules change; one must know which the assessment was about."),
        _("Write the day of the assessment."),
        _undated_risk,
        each="channelchoice",
    ),
    Rule(
        "choice-risk-passed",
        "channel_choices",
        Severity.WEAK,
        _("Risk assessment that is due"),
        _("The risk was to be assessed again on %(day)s."),
        _("An assessment of terms that no longer hold protects nobody."),
        _("Assess the risk again, and set a new day."),
        _risk_review_passed,
        each="channelchoice",
    ),
    Rule(
        "choice-risk-days",
        "channel_choices",
        Severity.WRONG,
        _("Next risk assessment before the last one"),
        _("The next risk assessment comes before the last one, or on the same day."),
        _("One of the two days is wrong."),
        _("Correct the days."),
        _risk_days_cross,
        each="channelchoice",
    ),
    Rule(
        "choice-web-twin",
        "channel_choices",
        Severity.WEAK,
        _("Only on somebody else's site"),
        _("Where the same stands on your own pages is not written down."),
        _("Social media should never be the only channel for important information (Digdir)."),
        _("Write the address on your own site where the same is found."),
        _no_twin,
        each="channelchoice",
        source=_DIGDIR,
    ),
    Rule(
        "choice-design",
        "channel_choices",
        Severity.WEAK,
        _("Channel not everyone can use"),
        _("%(done)s of %(all)s checks of universal design are ticked."),
        _("What is published there must be of use to everyone; the law asks it of public and private alike."),
        _("Go through the list, and tick what is in place."),
        _open_design,
        each="channelchoice",
        source=DESIGN_SOURCE,
    ),
    Rule(
        "choice-archive",
        "channel_choices",
        Severity.WEAK,
        _("Channel that is not archived"),
        _("How it is archived is not written down."),
        _("What a public body writes and receives there is archived like everything else (Digdir)."),
        _("Write who takes it out, how often, and where it is kept."),
        lambda choice, facts: choice.is_active and not choice.archive,
        each="channelchoice",
        source=_ARCHIVE,
        profile="public_sector",
    ),
)
