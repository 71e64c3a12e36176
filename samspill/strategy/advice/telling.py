"""The advice in sentences, each with the numbers it comes from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspill.strategy.advice.advise import RECOMMENDED, Advice, Judged, Verdict
from samspill.strategy.advice.coverage import GREEDY_BOUND
from samspill.strategy.advice.figures import USES
from samspill.strategy.advice.fits import Fit
from samspill.strategy.advice.groups import in_words
from samspill.strategy.advice.numbers import figure, hours, percent
from samspill.strategy.advice.reach import From, Reach
from samspill.strategy.answers import listed
from samspill.strategy.models import Audience
from samspill.strategy.places import BLOCKS, PLACES
from samspill.strategy.subgoals import SUB_GOALS

NOTHING = 0.05  # hours a week: three minutes
NEARLY = 0.9  # of the coverage: so much may fewer channels give, and it is said
COMPARED = (Verdict.USE, Verdict.FIRST, Verdict.NO_ROOM, Verdict.RANKED)


@dataclass(frozen=True)
class Term:
    """One audience in the sum: weight × share × what is taken off = what it adds to the reach."""

    audience: Audience
    weight: float
    reach: Reach
    whose: str
    adds: float | None


@dataclass(frozen=True)
class Suits:
    """One sub-goal in the sum: weight × fit, and why."""

    name: str
    weight: float
    fit: Fit
    why: str


@dataclass(frozen=True)
class Line:
    judged: Judged
    says: str
    turns: str
    terms: Sequence[Term]
    suits: Sequence[Suits]
    bar: float  # 0 to 100, of the longest

    @property
    def name(self) -> str:
        return self.judged.candidate.name

    @property
    def anchor(self) -> str:
        """What an address on the page calls it."""
        candidate = self.judged.candidate
        return candidate.key if candidate.key in PLACES or not candidate.choice else str(candidate.choice.pk)


@dataclass(frozen=True)
class Need:
    """Something the advice lacks: a sentence, and the page where it is written."""

    sentence: str
    page: str
    args: tuple[object, ...] = ()


def names(judged: Sequence[Judged]) -> list[str]:
    return [each.candidate.name for each in judged]


def lead(advice: Advice) -> list[str]:
    """The answer, in two or three sentences."""
    if not advice.facts.audiences:
        return [_("Channels follow from people. Say whom you want to reach, and the advice can begin.")]
    if advice.facts.capacity is None:
        return [_("This is the order in which channels give most for an hour of your time."), *_no_hours()]
    if advice.is_short:
        return [_too_short(advice)]
    use = advice.of(Verdict.USE, Verdict.FIRST)
    always = names([*advice.of(Verdict.HUB), *advice.of(Verdict.OPEN)])
    if not use:
        words = _("Keep to %(names)s, which nobody needs an account for.")
        return [words % {"names": listed([_small(name) for name in always])}, _why_nothing(advice)]
    words = _("Be on %(names)s, beside %(always)s, which nobody needs an account for.")
    said = words % {"names": listed(names(use)), "always": listed([_small(name) for name in always])}
    words = _(
        "On a day they cover %(coverage)s of those you want to reach, for %(hours)s a week of the"
        " %(capacity)s there are."
    )
    numbers = {
        "coverage": percent(advice.chosen.value),
        "hours": hours(advice.hours),
        "capacity": figure(advice.facts.capacity),
    }
    return [said, words % numbers, *_fewer(advice)]


def _small(name: str) -> str:
    return name[:1].lower() + name[1:]


def _no_hours() -> list[str]:
    return [_("How many hours you have is not written down, so nothing is recommended yet.")]


def _too_short(advice: Advice) -> str:
    words = _(
        "%(capacity)s a week is less than the least: %(always)s take %(least)s. Open nothing, and"
        " close what nobody has time for."
    )
    return words % {
        "capacity": hours(advice.facts.capacity or 0),
        "always": listed([_small(name) for name in names(advice.of(Verdict.HUB, Verdict.OPEN))]),
        "least": hours(advice.given_hours),
    }


def _why_nothing(advice: Advice) -> str:
    if not advice.problem.options:
        return _("Of no other channel that stands open to you is it known that your audiences are there.")
    return _("There is no room for any other channel in the hours that are left.")


def _fewer(advice: Advice) -> list[str]:
    """Where the first few give nearly all of it."""
    use = advice.of(Verdict.USE, Verdict.FIRST)
    whole, sofar, spent = sum(each.adds or 0 for each in use), 0.0, advice.given_hours
    for n, each in enumerate(use, start=1):
        sofar, spent = sofar + (each.adds or 0), spent + each.hours
        if sofar >= NEARLY * whole:
            if n == len(use):
                return []
            words = _("Fewer would nearly do: with %(names)s alone it is %(coverage)s for %(hours)s.")
            coverage = advice.chosen.value - whole + sofar
            numbers = {"coverage": percent(coverage), "hours": hours(spent)}
            return [words % {"names": listed(names(use[:n])), **numbers}]
    return []


def needs(advice: Advice) -> list[Need]:
    """What would make the advice better, the most important first."""
    facts, found = advice.facts, []
    if not facts.audiences:
        found.append(Need(_("Nobody has said whom you want to reach."), "audience_add"))
    if facts.capacity is None:
        found.append(
            Need(_("How many hours a week you have is not written down."), "record_add", ("capacity",))
        )
    if not facts.goals:
        words = _(
            "No goal says which sub-goal it is made from, so that every channel counts as equally suited."
        )
        found.append(Need(words, "goals"))
    elif facts.goals_without:
        n = facts.goals_without
        words = ngettext(
            "%(n)d goal names no sub-goal and is not counted.",
            "%(n)d goals name no sub-goal and are not counted.",
            n,
        )
        found.append(Need(words % {"n": n}, "goals"))
    sizeless = [each.audience.name for each in facts.audiences if not each.is_size_known]
    if sizeless and len(facts.audiences) > 1:
        words = _("How many %(names)s are is not written down; they count as many as the others on average.")
        found.append(Need(words % {"names": listed(sizeless)}, "audiences"))
    no_group = [each.audience.name for each in facts.audiences if not each.audience.segment]
    if no_group:
        words = _(
            "Which age group %(names)s belong to is not said; figures of everyone stand in, less a fifth."
        )
        found.append(Need(words % {"names": listed(no_group)}, "audiences"))
    return found


def lines(advice: Advice) -> list[Line]:
    longest = max((each.an_hour or 0 for each in _comparable(advice)), default=0.0)
    return [_line(advice, each, longest) for each in advice.judged]


def _comparable(advice: Advice) -> list[Judged]:
    return [each for each in advice.judged if each.score is not None and each.hours > 0]


def _line(advice: Advice, judged: Judged, longest: float) -> Line:
    bar = 100 * min(1.0, (judged.an_hour or 0) / longest) if longest else 0.0
    return Line(judged, says(judged), turns(judged), _terms(advice, judged), _suits(advice, judged), bar)


def says(judged: Judged) -> str:
    """What the channel is worth, or why nothing can be said of it."""
    candidate, numbers = judged.candidate, {"hours": hours(judged.hours)}
    match judged.verdict:
        case Verdict.HUB:
            words = _(
                "All else points here: what is important stands where everyone can read it. It takes"
                " %(hours)s a week."
            )
            return words % numbers
        case Verdict.OPEN:
            return _("A way to follow you that asks for no account. It takes %(hours)s a week.") % numbers
        case Verdict.CLOSE:
            words = _(
                "It has %(hours)s a week. To answer within %(promise)s takes %(answering)s: %(looks)d looks"
                " of twelve minutes. Close it, promise less, or give it more time."
            )
            more = {"promise": hours(candidate.hours.promise), "answering": hours(candidate.hours.answering)}
            return words % {**numbers, **more, "looks": candidate.hours.looks}
        case Verdict.SHUT:
            return ""
        case Verdict.NO_FIT:
            return _("It serves none of the goals you have.")
        case Verdict.UNKNOWN:
            return _unknown(judged)
    words = _(
        "Reaches %(reach)s of them all on a day, suits %(fit)s of what you want, and takes %(hours)s a week."
    )
    said = words % {**numbers, "reach": _reach_words(judged), "fit": percent(judged.fit or 0, 0)}
    if judged.adds is not None:
        said += " " + _("It adds %(adds)s to those above.") % {"adds": percent(judged.adds)}
    return said


def _reach_words(judged: Judged) -> str:
    said = percent(judged.reach or 0)
    return _("at least %(share)s") % {"share": said} if judged.is_partly_known else said


def _unknown(judged: Judged) -> str:
    if judged.fit is None:
        return _("What kind of channel it is, or what it is built for, is not said.")
    uses = {each.other_use for each in judged.candidate.reaches if each.other_use in USES}
    if uses:
        words = _("Nothing is known of use every day. Others are known and not the same: %(uses)s.")
        return words % {"uses": listed([str(USES[use]) for use in sorted(uses)])}
    return _("Nobody has counted how many of your audiences are there.")


def turns(judged: Judged) -> str:
    """What would have to change for the decision to flip."""
    if judged.turn is None or judged.reach is None:
        return ""
    limit, times = judged.turn.hours, judged.turn.reach
    needed = None if times is None else times * judged.reach
    if judged.verdict in (Verdict.USE, Verdict.FIRST):
        return _falls_out(limit, needed)
    return _comes_in(limit, needed)


def _falls_out(limit: float | None, needed: float | None) -> str:
    numbers = {"hours": hours(limit or 0), "share": percent(needed or 0)}
    if needed is None or needed < 0.0005:
        return _("It falls out when it takes more than %(hours)s a week.") % numbers
    return (
        _("It falls out when it takes more than %(hours)s a week, or reaches less than %(share)s.") % numbers
    )


def _comes_in(limit: float | None, needed: float | None) -> str:
    if limit is None:
        return _("It would not come in if it took no time at all.")
    numbers = {"hours": hours(limit), "share": percent(needed or 0)}
    if needed is None or needed > 1:
        if limit < NOTHING:
            return _("It would come in only if it took no time; no reach would be enough.")
        return _("It would come in at %(hours)s a week; no reach would be enough.") % numbers
    if limit < NOTHING:
        return _("It would come in only if it took no time, or at a reach of %(share)s.") % numbers
    return _("It would come in at %(hours)s a week, or at a reach of %(share)s.") % numbers


def _terms(advice: Advice, judged: Judged) -> list[Term]:
    pairs = zip(advice.facts.audiences, judged.candidate.reaches, strict=True)
    return [
        Term(
            each.audience,
            each.weight,
            reach,
            whose(reach),
            None if reach.counted is None else each.weight * reach.counted,
        )
        for each, reach in pairs
    ]


def whose(reach: Reach) -> str:
    """Whose share it is."""
    match reach.origin:
        case From.OURS:
            return _("written of them")
        case From.SAME:
            return in_words(reach.segment)
        case From.BROADER:
            return _("%(group)s, a broader group") % {"group": in_words(reach.segment)}
        case From.TOO_YOUNG:
            return _("too young to have an account")
    return _("not known")


def _suits(advice: Advice, judged: Judged) -> list[Suits]:
    return [
        Suits(str(SUB_GOALS[key].name), weight, fit, why(fit))
        for key, weight in advice.facts.goals.items()
        if (fit := judged.candidate.fits.get(key)) is not None
    ]


def why(fit: Fit) -> str:
    """The reason for a fit in a sentence."""
    if not fit.is_derived:
        return str(fit.why)
    if not fit.blocks:
        return _("It is built for none of what this needs.")
    blocks = listed([str(BLOCKS[block].name).lower() for block in fit.blocks])
    return _("It is built for %(blocks)s, which this needs.") % {"blocks": blocks}


def evidence(judged: Judged) -> str:
    """What a channel decision can lean on: number, year and source, of each audience or group once."""
    said = []
    for reach in judged.candidate.reaches:
        if reach.share is None:
            continue
        words = _("%(share)s of %(whom)s use it every day (%(source)s, %(year)d).")
        whom = _("the audience") if reach.origin == From.OURS else in_words(reach.segment)
        numbers = {"share": percent(reach.share), "source": reach.source, "year": reach.year}
        said.append(words % {"whom": whom, **numbers})
    return capfirst(" ".join(dict.fromkeys(said)))


def how_sure(advice: Advice) -> list[str]:
    """What the number stands on, and how far it may be from the best."""
    low, high = advice.between
    words = _(
        "It is assumed that whether somebody uses one channel says nothing of the others. However they"
        " overlap, the coverage lies between %(low)s and %(high)s."
    )
    said = [words % {"low": percent(low), "high": percent(high)}]
    n = len(advice.problem.options)
    if advice.problem.is_enumerated:
        words = ngettext(
            "Every set of the %(n)d channel that can be compared was looked at; none within the hours covers"
            " more.",
            "Every set of the %(n)d channels that can be compared was looked at; none within the hours covers"
            " more.",
            n,
        )
        return [*said, words % {"n": n}] if n else said
    words = _(
        "There are too many channels to look at every set. This choice is never below %(bound)s of the best"
        " one; here no set can pass %(most)s."
    )
    return [*said, words % {"bound": percent(GREEDY_BOUND), "most": percent(advice.at_most)}]


def over_promised(advice: Advice) -> list[str]:
    """Where the channels in use are said to take more hours than there are."""
    capacity = advice.facts.capacity
    if capacity is None or advice.promised <= capacity:
        return []
    words = _("The channels you use are said to take %(promised)s a week. You have %(capacity)s.")
    return [words % {"promised": hours(advice.promised), "capacity": hours(capacity)}]


def differing(advice: Advice) -> list[str]:
    """Where decisions that stand are other than the advice."""
    leave = names([each for each in advice.judged if each.differs and each.verdict not in RECOMMENDED])
    enter = names([each for each in advice.judged if each.differs and each.verdict in RECOMMENDED])
    said = []
    if leave:
        said.append(_("You use %(names)s, and the advice does not.") % {"names": listed(leave)})
    if enter:
        said.append(_("You do not use %(names)s, and the advice does.") % {"names": listed(enter)})
    return said
