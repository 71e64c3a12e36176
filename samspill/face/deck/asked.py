"""What comes next: what must be decided, and the days ahead. Nothing is asked that no row asks for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspill.face.blocks import Row
from samspill.face.deck.drawn import para, rule
from samspill.face.deck.facts import Facts, count, day
from samspill.face.deck.fit import Para
from samspill.face.deck.look import BODY, BOTTOM, EDGE, ROOM, SMALL, TOP, Box
from samspill.face.deck.paint import Deck, Sheet
from samspill.face.deck.places import to_pay
from samspill.strategy.answers import listed
from samspill.strategy.models import ChannelChoice

SHOWN = 6
DAYS = 5
ASKED, HANG = BODY.at(18), 34.0
YES = (ChannelChoice.Choice.USE, ChannelChoice.Choice.PILOT)


@dataclass(frozen=True)
class Ask:
    """Something to be decided, and why it is asked."""

    what: str
    why: str = ""


@dataclass(frozen=True)
class Coming:
    """Something that is looked at on a day."""

    on: date
    what: str
    who: str = ""


def asks(facts: Facts) -> list[Ask]:
    """The weightiest first."""
    return [*_adopt(facts), *_spend(facts), *_risks(facts), *_goals(facts), *_channels(facts), *_grown(facts)]


def _adopt(facts: Facts) -> Iterator[Ask]:
    adopted = facts.content.adopted
    if facts.content.is_empty:
        yield Ask(_("Begin the strategy: the first goal takes ten minutes to write"))
    elif adopted is None:
        who = facts.strategy.approver
        yield Ask(_("Adopt the strategy"), _("It is adopted by %(who)s.") % {"who": who} if who else "")
    elif facts.content.changed_on > adopted.on:
        said = {"number": adopted.number, "day": day(adopted.on)}
        yield Ask(
            _("Adopt what has changed since edition %(number)s") % said,
            _("Edition %(number)s was adopted on %(day)s, and the strategy has been changed since.") % said,
        )


def hours(facts: Facts) -> float:
    """A week, on the channels we are on."""
    return sum(row.hours_a_week or 0 for row in facts.choices.values() if row.choice in YES)


def _spend(facts: Facts) -> Iterator[Ask]:
    asked, have = hours(facts), facts.number(facts.only("capacity"), "hours_a_week")
    if asked:
        words = _("Set aside %(n)s hours a week for the channels we are on") % {"n": count(asked)}
        why = ""
        if have is not None:
            short = asked > have
            why = (
                _("There are %(n)s hours a week, which is too few.")
                if short
                else _("There are %(n)s hours a week.")
            ) % {"n": count(have)}
        yield Ask(words, why)
    money = to_pay(facts)
    if money:
        yield Ask(
            _("Grant %(n)s kroner for the start") % {"n": count(money)},
            _("It is what the actions that remain cost together."),
        )


def _risks(facts: Facts) -> Iterator[Ask]:
    bare = [row.name for row in facts.choices.values() if row.choice in YES and not row.risk]
    if bare:
        yield Ask(
            _("Have the risk assessed for %(names)s") % {"names": listed(bare)},
            _("We are there, and no risk assessment is written down."),
        )
    refused = [row.name for row in facts.choices.values() if row.choice in YES and row.risk == "not"]
    if refused:
        yield Ask(
            _("Decide whether we leave %(names)s") % {"names": listed(refused)},
            _("The risk assessment says that it must not be used."),
        )


def _goals(facts: Facts) -> Iterator[Ask]:
    bare = [goal.name for goal in facts.rows("goal") if not _says_how_far(goal)]
    why = _("Without them nobody can say whether it is reached.")
    if len(bare) == 1:
        yield Ask(_("Set a target and a deadline for “%(name)s”") % {"name": bare[0]}, why)
    elif bare:
        yield Ask(_("Set targets and deadlines for %(n)d goals") % {"n": len(bare)}, why)


def _says_how_far(goal: Row) -> bool:
    """How far, and by when."""
    target = goal.figures.target if goal.figures else goal.of("target")
    return bool(target and goal.of("deadline"))


def _channels(facts: Facts) -> Iterator[Ask]:
    tried = [row for row in facts.choices.values() if row.choice == ChannelChoice.Choice.PILOT]
    for row in tried[:2]:
        when = _("It is looked at again on %(day)s.") % {"day": day(row.review_on)} if row.review_on else ""
        leave = _("We leave when: %(what)s") % {"what": row.exit_when} if row.exit_when else ""
        yield Ask(
            _("Decide whether %(name)s goes on after the trial") % {"name": row.name},
            " ".join(filter(None, (when, leave))),
        )
    mass = facts.only("criticalmass")
    missed, by = mass.of("if_missed") if mass else "", facts.day(mass, "by")
    if missed and by:
        yield Ask(
            _("Agree on what happens if the critical mass has not come by %(day)s") % {"day": day(by)}, missed
        )


def _grown(facts: Facts) -> Iterator[Ask]:
    if facts.candidates:
        n = len(facts.candidates)
        words = ngettext(
            "Look at %(n)d pattern that has grown by itself: adopt, watch or stop",
            "Look at %(n)d patterns that have grown by themselves: adopt, watch or stop",
            n,
        )
        yield Ask(words % {"n": n}, listed([row.pattern.name for row in facts.candidates]))


def coming(facts: Facts) -> list[Coming]:
    """What lies ahead, the nearest first."""
    return sorted(
        (each for each in _days(facts) if each.on >= facts.today), key=lambda each: (each.on, each.what)
    )


def _days(facts: Facts) -> Iterator[Coming]:
    strategy = facts.strategy
    if strategy.review_on:
        yield Coming(strategy.review_on, _("The strategy is looked at again"), str(strategy.owner or ""))
    yield from _in_records(facts)
    for choice in facts.choices.values():
        yield from _of_channel(choice)
    for action in facts.actions.values():
        if action.on and action.done_at is None:
            yield Coming(action.on, action.what, str(action.owner or ""))


def _in_records(facts: Facts) -> Iterator[Coming]:
    for row in facts.rows("evaluation"):
        if when := facts.day(row, "next_on"):
            yield Coming(when, row.name, row.of("who"))
    for row in facts.rows("exercise"):
        if when := facts.day(row, "next_on"):
            yield Coming(when, _("Exercise: %(what)s") % {"what": row.name}, row.of("who"))
    if by := facts.day(facts.only("criticalmass"), "by"):
        yield Coming(by, _("Has the critical mass come?"))


def _of_channel(choice: ChannelChoice) -> Iterator[Coming]:
    who, said = str(choice.responsible or ""), {"name": choice.name}
    if choice.review_on:
        yield Coming(choice.review_on, _("The decision on %(name)s is looked at again") % said, who)
    if choice.risk_review_on:
        yield Coming(choice.risk_review_on, _("The risk on %(name)s is assessed again") % said, who)


def next_up(deck: Deck, facts: Facts) -> None:
    """What is decided next, and the days ahead."""
    asked, days = asks(facts), coming(facts)
    if not asked and not days:
        return
    sheet = deck.sheet("drawn", next_title(asked), _("What is decided next"))
    wide = 520.0 if days and asked else ROOM
    if asked:
        draw_asks(sheet, asked, wide)
    if days:
        x = EDGE + wide + 40 if asked else EDGE
        draw_days(sheet, days, x, ROOM - (wide + 40 if asked else 0))
    sheet.note(*(f"{ask.what}. {ask.why}".strip() for ask in asked))
    sheet.note(*(f"{day(each.on)}: {' · '.join(filter(None, (each.what, each.who)))}" for each in days[:40]))


def next_title(asked: Sequence[Ask]) -> str:
    n = len(asked)
    if not n:
        return _("Nothing waits for a decision; this is what lies ahead")
    return ngettext("%(n)d thing waits for a decision", "%(n)d things wait for a decision", n) % {"n": n}


def draw_asks(sheet: Sheet, asked: Sequence[Ask], wide: float) -> None:
    """A numbered list; more than find room are named in the notes, and it is said."""
    shown = asked[:SHOWN]
    more = len(asked) - len(shown)
    rule(sheet, TOP, wide=wide)
    said = [para for at, ask in enumerate(shown, start=1) for para in _ask(ask, at, wide)]
    sheet.text(Box(EDGE, TOP + 12, wide, BOTTOM - TOP - 12 - (26 if more else 0)), said)
    if more:
        left = ngettext("and %(n)d more, in the notes", "and %(n)d more, in the notes", more) % {"n": more}
        sheet.text(Box(EDGE, BOTTOM - 18, wide, 18), [para(left, SMALL)])


def _ask(ask: Ask, at: int, wide: float) -> list[Para]:
    said = [para(ask.what, ASKED, before=12 if at > 1 else 0, number=at, inset=HANG).cut(wide, 2)]
    return [*said, para(ask.why, SMALL.at(13), before=1, inset=HANG).cut(wide, 2)] if ask.why else said


def draw_days(sheet: Sheet, days: Sequence[Coming], x: float, wide: float) -> None:
    shown = days[:DAYS]
    rule(sheet, TOP, x=x, wide=wide)
    said: list[Para] = []
    for each in shown:
        said.append(para(capfirst(day(each.on)), SMALL, before=12 if said else 0))
        said.append(para(each.what, BODY.at(15), before=1))
    sheet.text(Box(x, TOP + 9, wide, BOTTOM - TOP - 9), said)
