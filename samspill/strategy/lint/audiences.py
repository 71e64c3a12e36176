"""Rules of the audiences: who they are, how we know, and whether anything reaches them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from samspill.strategy.answers import listed
from samspill.strategy.lint.facts import Facts
from samspill.strategy.lint.rule import Rule, Severity, Values
from samspill.strategy.models import Audience, fold

OLD = 2  # years: a figure from the year before last is still good
FEW = 10.0  # percent: fewer than these on a channel, and it is hardly theirs
MANY = 3  # audiences, before their order must be said
EVERYONE = {
    *("alle", "alle mennesker", "alle sammen", "allmennheten", "befolkningen", "folk", "folk flest"),
    *("hele befolkningen", "publikum", "all", "all people", "everybody", "everyone", "general public"),
    *("people", "the general public", "the public", "the whole population"),
}


def _wanted(audience: Audience) -> bool:
    return not audience.is_not


def _unreached(audience: Audience, facts: Facts) -> bool:
    """Asked where there are channels in use at all."""
    return _wanted(audience) and bool(facts.active) and audience.pk not in facts.reached


def _not_there(audience: Audience, facts: Facts) -> Values | None:
    """Channels in use that are meant for it, where the newest share known says that hardly any of it is."""
    shares: dict[str, tuple[int, float]] = {}
    for presence in facts.presences:
        if presence.audience_id == audience.pk:
            shares[presence.place] = max(
                shares.get(presence.place, (0, 0.0)), (presence.year, presence.share)
            )
    meant = [row for row in facts.active if audience.pk in facts.audiences_of_choice.get(row.pk, ())]
    thin = [row.name for row in meant if row.place and shares.get(row.place, (0, 100.0))[1] < FEW]
    return {"channels": listed(thin)} if thin else None


def _served_though_not(audience: Audience, facts: Facts) -> bool:
    served = audience.pk in facts.reached or bool(facts.goals_of_audience.get(audience.pk))
    return audience.is_not and (served or any(row.audience_id == audience.pk for row in facts.tactics))


def _everyone(audience: Audience, facts: Facts) -> bool:
    return _wanted(audience) and fold(audience.name).strip(" .!") in EVERYONE


def _no_size(audience: Audience, facts: Facts) -> bool:
    return _wanted(audience) and audience.size is None


def _no_source(audience: Audience, facts: Facts) -> bool:
    return audience.size is not None and not audience.size_source


def _no_year(audience: Audience, facts: Facts) -> bool:
    return audience.size is not None and bool(audience.size_source) and audience.size_said_in is None


def _old_source(audience: Audience, facts: Facts) -> Values | None:
    year = audience.size_said_in if audience.size is not None else None
    return {"year": str(year)} if year is not None and facts.today.year - year > OLD else None


def _old_presence(audience: Audience, facts: Facts) -> Values | None:
    years = [presence.year for presence in facts.presences if presence.audience_id == audience.pk]
    if not _wanted(audience) or not years or facts.today.year - max(years) <= OLD:
        return None
    return {"year": str(max(years))}


def _no_goal(audience: Audience, facts: Facts) -> bool:
    return _wanted(audience) and bool(facts.goals) and not facts.goals_of_audience.get(audience.pk)


def _no_change(audience: Audience, facts: Facts) -> bool:
    return _wanted(audience) and not audience.wanted


def _same_order(facts: Facts) -> Values | None:
    """Many audiences, and none comes before another."""
    if len(facts.audiences) <= MANY or len({row.priority for row in facts.audiences}) > 1:
        return None
    return {"n": len(facts.audiences)}


def _shut_out(audience: Audience, facts: Facts) -> bool:
    return _wanted(audience) and not audience.access_needs


RULES = (
    Rule(
        "audience-unreached",
        "audiences",
        Severity.WRONG,
        _("Audience no channel reaches"),
        _("None of the channels in use is meant for them."),
        _("What nobody carries to them, they do not hear."),
        _("Tick the audience in the decision about a channel they are on, or say that they are none."),
        _unreached,
        each="audience",
    ),
    Rule(
        "audience-not-there",
        "audiences",
        Severity.WEAK,
        _("Audience that is hardly on the channel meant for it"),
        _("By your own figures, fewer than one in ten of them are on %(channels)s."),
        _("The hours spent there are spent on others."),
        _("Choose a channel they use, or find a newer figure."),
        _not_there,
        each="audience",
    ),
    Rule(
        "audience-not-yet-served",
        "audiences",
        Severity.WRONG,
        _("Not an audience, and yet served"),
        _("They are not to be an audience, yet a goal, a channel or something we do is meant for them."),
        _("Whom one has chosen not to speak to should cost no hours."),
        _("Take away what is meant for them, or take them in as an audience."),
        _served_though_not,
        each="audience",
    ),
    Rule(
        "audience-everyone",
        "audiences",
        Severity.WEAK,
        _("Everyone as an audience"),
        _("This is everyone, and everyone needs something different."),
        _("Whoever speaks to everyone reaches nobody."),
        _("Say whom you would write to if you could write to one group only."),
        _everyone,
        each="audience",
    ),
    Rule(
        "audience-size",
        "audiences",
        Severity.WEAK,
        _("Audience of unknown size"),
        _("How many they are is not written down."),
        _("Without a number nobody can say whether a thousand reached is much or little."),
        _("Find a number you can stand for, with its source and year."),
        _no_size,
        each="audience",
    ),
    Rule(
        "audience-source",
        "audiences",
        Severity.WEAK,
        _("Number without a source"),
        _("Where the number is from is not written down."),
        _("A number nobody can look up is a guess."),
        _("Write the source and the year."),
        _no_source,
        each="audience",
    ),
    Rule(
        "audience-year",
        "audiences",
        Severity.WEAK,
        _("Number without a year"),
        _("The source does not say which year the number is from."),
        _("Where people are changes from year to year."),
        _("Write the year."),
        _no_year,
        each="audience",
    ),
    Rule(
        "audience-source-old",
        "audiences",
        Severity.ADVICE,
        _("Number that has grown old"),
        _("The number is from %(year)s."),
        _("Figures older than 24 months say where people were."),
        _("See whether there is a newer one."),
        _old_source,
        each="audience",
    ),
    Rule(
        "audience-presence-old",
        "audiences",
        Severity.ADVICE,
        _("Old figures of where they are"),
        _("The newest figure of where they are is from %(year)s."),
        _("People move between networks faster than strategies are revised; 24 months is long."),
        _("See whether there is a newer one."),
        _old_presence,
        each="audience",
    ),
    Rule(
        "audience-needs",
        "audiences",
        Severity.WEAK,
        _("Audience whose needs are not known"),
        _("What they need from you is not written down."),
        _("Without it you write about yourselves."),
        _("Write in their words what they come to you for."),
        lambda audience, facts: _wanted(audience) and not audience.needs,
        each="audience",
    ),
    Rule(
        "audience-goal",
        "audiences",
        Severity.WEAK,
        _("Audience no goal is meant for"),
        _("No goal is meant for them."),
        _("Reaching somebody is not an end in itself."),
        _("Tick the goals they matter to, or say that it is not an audience."),
        _no_goal,
        each="audience",
    ),
    Rule(
        "audience-change",
        "audiences",
        Severity.ADVICE,
        _("Audience nothing should change for"),
        _("What you want them to think or do is not written down."),
        _("A strategy is for changing something: from what they do today to what you want (OASIS)."),
        _("Write what they do today, and what you want them to do."),
        _no_change,
        each="audience",
        source="https://gcs.civilservice.gov.uk/guidance/marketing/delivering-government-campaigns/guide-to-campaign-planning-oasis/",
    ),
    Rule(
        "audiences-order",
        "audiences",
        Severity.ADVICE,
        _("Audiences in no order"),
        lambda values: (
            ngettext(
                "There is %(n)d audience, and none comes before another.",
                "There are %(n)d audiences, and none comes before another.",
                values["n"],
            )
            % values
        ),
        _("On a day with time for one of them, somebody has to choose; better now than then."),
        _("Say which comes first."),
        _same_order,
    ),
    Rule(
        "audience-access",
        "audiences",
        Severity.ADVICE,
        _("Who may be shut out"),
        _("What they need to be able to take part is not written down."),
        _("A public body shall reach everyone it concerns (the state's communication policy: «Nå alle»)."),
        _("Write what helps them: captions, plain language, another language, a telephone number."),
        _shut_out,
        each="audience",
        source="https://www.regjeringen.no/no/dokument/dep/kmd/lover_regler/retningslinjer/2009/statens-kommunikasjonspolitikk/del-1-mal-og-prinsipper-/id582091/",
        profile="public_sector",
    ),
)
