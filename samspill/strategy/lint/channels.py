"""Rules of the channels as a whole: goals and people first, hours that are there, a decision for each."""

from __future__ import annotations

from django.utils.formats import localize
from django.utils.translation import gettext_lazy as _

from samspill.strategy.answers import listed
from samspill.strategy.lint import held
from samspill.strategy.lint.facts import Facts
from samspill.strategy.lint.rule import Mend, Rule, Severity, Values
from samspill.strategy.models import ChannelChoice
from samspill.strategy.places import PLACES


def _too_early(facts: Facts) -> bool:
    return bool(facts.active) and not (facts.goals and facts.audiences)


def _undecided(facts: Facts) -> Values | None:
    decided = {row.channel_id for row in facts.choices}
    loose = [channel.name for channel in facts.channels if channel.pk not in decided]
    return {"names": listed(loose)} if loose else None


def _over_capacity(facts: Facts) -> Values | None:
    capacity = held.capacity(facts)
    hours = sum(row.hours_a_week or 0 for row in facts.active)
    if capacity is None or hours <= capacity:
        return None
    return {"hours": _number(hours), "capacity": _number(capacity)}


def _number(value: float) -> str:
    return str(localize(int(value) if float(value).is_integer() else round(value, 1)))


def _no_capacity(facts: Facts) -> bool:
    promised = any(row.hours_a_week for row in facts.active)
    return promised and held.capacity(facts) is None


def _one_person(facts: Facts) -> Values | None:
    """Several channels, all with the same one responsible."""
    people = {row.responsible_id for row in facts.active}
    if len(facts.active) < 2 or len(people) != 1 or None in people:
        return None
    return {"names": listed([row.name for row in facts.active])}


def _twice(choice: ChannelChoice, facts: Facts) -> bool:
    """Two decisions about one connected account; found in the later one."""
    same = [row.pk for row in facts.choices if row.channel_id == choice.channel_id]
    return choice.channel_id is not None and facts.is_own(choice) and same[0] != choice.pk


def _closed_doors(facts: Facts) -> bool:
    """Every channel in use is known, and none of them can be read without an account."""
    places = [PLACES.get(row.place) for row in facts.active]
    return bool(places) and all(place is not None and not place.is_open for place in places)


RULES = (
    Rule(
        "channels-first",
        "channel_choices",
        Severity.WEAK,
        _("Channels before goals and people"),
        _("Channels are in use, yet there is no goal or no audience to choose them by."),
        _("First people, then goals, then how, and the technology last (POST; Li and Bernoff 2008)."),
        _("Write a goal and an audience, then look at the channels again."),
        _too_early,
        mend=Mend("goals"),
        source="https://blogs.oracle.com/profit/power-to-the-people-v2",
    ),
    Rule(
        "channel-undecided",
        "channel_choices",
        Severity.WEAK,
        _("Account nobody has decided about"),
        _("Connected, yet nothing says what it is for: %(names)s."),
        _("An account without a decision is fed from habit."),
        _("Write a decision: use, pilot, wait, end or not, and why."),
        _undecided,
        mend=Mend("channel_choice_add"),
    ),
    Rule(
        "channel-twice",
        "channel_choices",
        Severity.WRONG,
        _("Two decisions about one account"),
        _("Another decision is about the same account."),
        _("Nobody can keep two decisions that may say different things."),
        _("Remove one of them."),
        _twice,
        each="channelchoice",
    ),
    Rule(
        "hours-over",
        "channel_choices",
        Severity.WRONG,
        _("More hours promised than people have"),
        _("The channels take %(hours)s hours a week, and there are %(capacity)s."),
        _("What there is no time for is done badly everywhere, and the answers suffer first."),
        _("Use fewer channels, ask less of each, or find more hours."),
        _over_capacity,
    ),
    Rule(
        "hours-capacity",
        "situation",
        Severity.WEAK,
        _("Hours promised without knowing how many there are"),
        _("The channels say how many hours they take; how many there are is not written down."),
        _("A strategy nobody has time for is a wish."),
        _("Write down how many hours a week all of you have for this."),
        _no_capacity,
        mend=Mend("record_add", ("capacity",)),
    ),
    Rule(
        "channels-one-person",
        "channel_choices",
        Severity.ADVICE,
        _("Everything hangs on one person"),
        _("The same person is responsible for all of them: %(names)s."),
        _("People fall ill and go on holiday; the answers must not."),
        _("Share the responsibility, or name a substitute."),
        _one_person,
    ),
    Rule(
        "channels-closed",
        "channel_choices",
        Severity.WEAK,
        _("Only for those with an account"),
        _("Every channel in use takes an account to read."),
        _("Nobody should have to be a network's customer to hear from you."),
        _("Have the same on your own site, in a newsletter or on an open network."),
        _closed_doors,
    ),
)
