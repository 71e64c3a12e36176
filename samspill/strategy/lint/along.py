"""Rules of what we talk about, and of what we promise those who write to us."""

from __future__ import annotations

from django.utils.formats import localize
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from samspill.strategy.lint import held
from samspill.strategy.lint.facts import Facts
from samspill.strategy.lint.rule import Mend, Rule, Severity, Values
from samspill.strategy.models import Audience, Record

ALL, NEAR = 100.0, 0.5  # percent; thirds do not add up exactly
MOST_PILLARS = 5


def _number(value: float) -> str:
    return str(localize(int(value) if float(value).is_integer() else round(value, 1)))


def _no_pillars(facts: Facts) -> bool:
    return bool(facts.active) and not facts.records("pillar")


def _shares_do_not_add_up(facts: Facts) -> Values | None:
    """Where every theme has a share they make a hundred; where some have, they make no more."""
    shares = held.shares(facts)
    said = [share for share in shares if share is not None]
    total = sum(said)
    if not said or (len(said) == len(shares) and abs(total - ALL) <= NEAR):
        return None
    if len(said) < len(shares) and total <= ALL + NEAR:
        return None
    return {"total": _number(total)}


def _many_pillars(facts: Facts) -> Values | None:
    count = len(facts.records("pillar"))
    return {"n": count} if count > MOST_PILLARS else None


def _slow_promise(promise: Record, facts: Facts) -> Values | None:
    hours = held.number(promise, "hours")
    if hours is None or hours <= facts.answer_within:
        return None
    return {"hours": _number(hours), "promise": _number(facts.answer_within)}


def _promise_of_no_channel(promise: Record, facts: Facts) -> bool:
    """Asked where there are decisions about channels."""
    name = str(promise.data.get("channel", "")).casefold()
    return bool(facts.choices) and name not in {row.name.casefold() for row in facts.active}


def _two_promises(promise: Record, facts: Facts) -> Values | None:
    """The decision about the channel promises something else for all that comes in."""
    hours, name = held.number(promise, "hours"), str(promise.data.get("channel", "")).casefold()
    if promise.data.get("sort") != "all" or hours is None:
        return None
    same = [row.reply_within for row in facts.active if row.name.casefold() == name]
    other = next((said for said in same if said is not None and said != hours), None)
    return None if other is None else {"hours": _number(hours), "other": _number(other)}


def _no_debate_rules(facts: Facts) -> bool:
    return bool(facts.active) and not facts.says("dialogue", "debate_rules")


def _no_moderation(facts: Facts) -> bool:
    return bool(facts.active) and not facts.says("dialogue", "moderation")


def _no_appeal(facts: Facts) -> bool:
    return bool(facts.says("dialogue", "moderation")) and not facts.says("dialogue", "appeal")


def _no_offer(audience: Audience, facts: Facts) -> bool:
    """Asked where anyone has been given a reason."""
    offered = held.offered_to(facts)
    return not audience.is_not and bool(offered) and audience.name.casefold() not in offered


RULES = (
    Rule(
        "pillars-none",
        "tactics",
        Severity.ADVICE,
        _("Nothing lasting to talk about"),
        _("Which themes you come back to is not written down."),
        _("Without a few lasting themes each week begins with an empty page."),
        _("Write three to five themes, each with what it is for."),
        _no_pillars,
        mend=Mend("record_add", ("pillar",)),
    ),
    Rule(
        "pillar-shares",
        "tactics",
        Severity.WRONG,
        _("Shares that do not add up"),
        _("The shares of the themes add up to %(total)s per cent, not 100."),
        _("Nobody can plan a week by shares that make more or less than a whole."),
        _("Correct the shares so that together they make 100."),
        _shares_do_not_add_up,
    ),
    Rule(
        "pillars-many",
        "tactics",
        Severity.ADVICE,
        _("More themes than anyone can follow"),
        lambda values: ngettext("There is %(n)d theme.", "There are %(n)d themes.", values["n"]) % values,
        _("Whoever talks about everything is known for nothing."),
        _("Keep three to five."),
        _many_pillars,
    ),
    Rule(
        "pillar-goal",
        "tactics",
        Severity.ADVICE,
        _("Theme that serves no goal"),
        _("Which goal it serves is not written down."),
        _("A theme nobody can tie to a goal is there because somebody likes it."),
        _("Choose the goal it serves, or let it go."),
        lambda pillar, facts: held.lacks(pillar, "goal"),
        each="pillar",
    ),
    Rule(
        "promise-slow",
        "tactics",
        Severity.WRONG,
        _("Slower promise than everyone's"),
        _("Answers are promised within %(hours)s hours here; the workspace promises %(promise)s."),
        _("People see one organisation, and one promise."),
        _("Promise the same, or change the workspace's promise."),
        _slow_promise,
        each="promise",
    ),
    Rule(
        "promise-unstaffed",
        "tactics",
        Severity.WRONG,
        _("Promise nobody keeps"),
        _("Who answers, and when, is not written down."),
        _("A promise without people is broken the first weekend."),
        _("Write who answers, on which days and hours, and who when they are away."),
        lambda promise, facts: held.lacks(promise, "who"),
        each="promise",
    ),
    Rule(
        "promise-channel",
        "tactics",
        Severity.WEAK,
        _("Promise for a channel not in use"),
        _("No channel in use is called that."),
        _("A promise for a channel one has left is still read by somebody."),
        _("Correct the name, or remove the promise."),
        _promise_of_no_channel,
        each="promise",
    ),
    Rule(
        "promise-two",
        "tactics",
        Severity.WRONG,
        _("Two promises for one channel"),
        _("It promises answers within %(hours)s hours, and the decision about the channel says %(other)s."),
        _("Whoever answers cannot keep two promises."),
        _("Make the two say the same."),
        _two_promises,
        each="promise",
    ),
    Rule(
        "dialogue-rules",
        "tactics",
        Severity.WEAK,
        _("No rules for the debate"),
        _("What is welcome in your comment fields, and what is not, is not written down."),
        _("Rules made after somebody broke them look like a way to silence them."),
        _("Write short rules that can stand on your own site."),
        _no_debate_rules,
        mend=Mend("record_add", ("dialogue",)),
    ),
    Rule(
        "dialogue-moderation",
        "tactics",
        Severity.WEAK,
        _("Nobody knows what is hidden"),
        _("What you hide, who decides, and how it is kept is not written down."),
        _("Without a rule one hides what one dislikes; a public body may not (Constitution, section 100)."),
        _("Write what is hidden, who decides, and that date, text and reason are kept."),
        _no_moderation,
        mend=Mend("record_add", ("dialogue",)),
    ),
    Rule(
        "dialogue-appeal",
        "tactics",
        Severity.ADVICE,
        _("No way to complain"),
        _("How people can complain about being hidden is not written down."),
        _("Mistakes are made in a hurry, and must be possible to undo."),
        _("Write where one complains, and who looks at it."),
        _no_appeal,
        mend=Mend("record_add", ("dialogue",)),
    ),
    Rule(
        "audience-offer",
        "tactics",
        Severity.ADVICE,
        _("Audience without a reason to follow"),
        _("Why they should follow you is not written down."),
        _("Others have been given a reason; these are left to find one."),
        _("Write what they get that they do not get elsewhere."),
        _no_offer,
        each="audience",
        mend=Mend("record_add", ("proposition",)),
    ),
)
