"""On which channels we belong and on which we do not, and the plan for the start."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspill.face.blocks import Row
from samspill.face.deck.drawn import para, rule, tables
from samspill.face.deck.facts import Facts, count, day, short_day
from samspill.face.deck.fit import Para, fits, together
from samspill.face.deck.look import (
    BODY,
    BOTTOM,
    CELL_STRONG,
    EDGE,
    FJORD,
    GOOD,
    HEAD,
    INK_3,
    LEAD,
    LINE_2,
    PAPER,
    ROOM,
    SMALL,
    STRONG,
    THREAD,
    TITLE,
    TOP,
    WARN,
    Box,
)
from samspill.face.deck.paint import Deck, Sheet
from samspill.face.deck.people import note_rows
from samspill.face.deck.rows import Cell, Column
from samspill.strategy.answers import listed
from samspill.strategy.models import ChannelChoice, LaunchAction
from samspill.strategy.sections import SECTIONS

Choice = ChannelChoice.Choice
YES = (Choice.USE, Choice.PILOT)
COLOURS = {Choice.USE: GOOD, Choice.PILOT: FJORD, Choice.WAIT: WARN, Choice.END: WARN, Choice.NOT: INK_3}
STEPS = 7  # actions on the drawn plan
NONE = "–"


def chosen(facts: Facts, *, yes: bool) -> list[Row]:
    """Those we are on, or those we are not on, in the order people gave."""
    return [
        row
        for row in facts.rows("channelchoice")
        if row.part in facts.choices and (facts.choices[row.part].choice in YES) == yes
    ]


def channels(deck: Deck, facts: Facts) -> None:
    rows = chosen(facts, yes=True)
    if rows:
        columns = [
            Column(_("Channel"), 140, CELL_STRONG),
            Column(_("Decision"), 90, lines=2),
            Column(_("What for"), 250),
            Column(_("For whom"), 200),
            Column(_("Hours a week"), 76, lines=2),
            Column(_("Answer within"), 84, lines=2),
        ]
        sheets = tables(
            deck,
            yes_title(facts, rows),
            str(SECTIONS["channel_choices"].title),
            columns,
            [_used(facts, row) for row in rows],
            says=_("Table of the channels we are on, with purpose, hours and promise"),
        )
        note_rows(sheets[0], rows)
    _noes(deck, facts)


def _noes(deck: Deck, facts: Facts) -> None:
    rows = chosen(facts, yes=False)
    if not rows:
        return
    columns = [
        Column(_("Channel"), 170, CELL_STRONG),
        Column(_("Decision"), 90, lines=2),
        Column(_("Why"), 440),
        Column(_("Looked at again"), 140, lines=2),
    ]
    sheets = tables(
        deck,
        no_title(facts, rows),
        str(SECTIONS["channel_choices"].title),
        columns,
        [_declined(facts, row) for row in rows],
        says=_("Table of the channels we are not on, and why"),
    )
    note_rows(sheets[0], rows)


def _decision(facts: Facts, row: Row) -> Cell:
    choice = facts.choices[row.part]
    return Cell(choice.get_choice_display(), CELL_STRONG.in_colour(COLOURS.get(Choice(choice.choice), INK_3)))


def _used(facts: Facts, row: Row) -> list[str | Cell]:
    choice = facts.choices[row.part]
    hours = count(choice.hours_a_week) if choice.hours_a_week is not None else NONE
    return [
        row.name,
        _decision(facts, row),
        row.of("purpose") or NONE,
        row.of("audiences").replace("\n", ", ") or NONE,
        hours,
        within(choice.reply_within) or NONE,
    ]


def within(hours: float | None) -> str:
    if hours is None:
        return ""
    words = ngettext("%(number)s hour", "%(number)s hours", 1 if hours == 1 else 2)
    return words % {"number": count(hours)}


def _declined(facts: Facts, row: Row) -> list[str | Cell]:
    choice = facts.choices[row.part]
    why = " ".join(filter(None, (row.of("purpose"), row.of("evidence"))))
    again = day(choice.review_on) if choice.review_on else NONE
    return [row.name, _decision(facts, row), why or _("No reason is written down."), again]


def yes_title(facts: Facts, rows: Sequence[Row]) -> str:
    used = [row.name for row in rows if facts.choices[row.part].choice == Choice.USE]
    tried = [row.name for row in rows if facts.choices[row.part].choice == Choice.PILOT]
    if used and tried:
        said = _("We use %(used)s, and try %(tried)s") % {"used": listed(used), "tried": listed(tried)}
    elif used:
        said = _("We use %(used)s") % {"used": listed(used)}
    else:
        said = _("We try %(tried)s") % {"tried": listed(tried)}
    if fits(said, TITLE, ROOM, 2):
        return said
    return ngettext("We are on %(n)d channel", "We are on %(n)d channels", len(rows)) % {"n": len(rows)}


def no_title(facts: Facts, rows: Sequence[Row]) -> str:
    waiting = all(facts.choices[row.part].choice == Choice.WAIT for row in rows)
    names = listed([row.name for row in rows])
    said = (
        _("We wait with %(names)s, and here is why")
        if waiting
        else _("We say no to %(names)s, and here is why")
    )
    said = said % {"names": names}
    if fits(said, TITLE, ROOM, 2):
        return said
    n = len(rows)
    return ngettext("%(n)d channel we are not on, and why", "%(n)d channels we are not on, and why", n) % {
        "n": n
    }


def plan(deck: Deck, facts: Facts) -> None:
    rows = [row for row in facts.rows("launchaction") if row.part in facts.actions]
    if not rows and not facts.rows("criticalmass"):
        return
    sheet = deck.sheet("drawn", plan_title(facts), str(SECTIONS["launch"].title))
    draw_plan(sheet, facts, rows)
    note_plan(sheet, facts, rows)


def plan_title(facts: Facts) -> str:
    """What the start is for."""
    mass = facts.only("criticalmass")
    followers, by = facts.number(mass, "followers"), facts.day(mass, "by")
    if followers and by:
        words = _("By %(day)s the growth carries itself, with %(n)s followers")
        return words % {"n": count(followers), "day": day(by)}
    if followers:
        return _("With %(n)s followers the growth carries itself") % {"n": count(followers)}
    done, n = sum(row.done_at is not None for row in facts.actions.values()), len(facts.actions)
    words = ngettext(
        "%(done)d of %(n)d action of the start is done", "%(done)d of %(n)d actions of the start are done", n
    )
    return words % {"done": done, "n": n}


def draw_plan(sheet: Sheet, facts: Facts, rows: Sequence[Row], bottom: float = BOTTOM) -> None:
    """The phases above, the actions in their order along one line, and at its end the critical mass."""
    shown = picked(facts, rows)
    mass = mass_words(facts)
    slots = len(shown) + (1 if mass else 0)
    foot = sums(facts)
    if foot:
        sheet_foot = bottom - 44
        rule(sheet, sheet_foot)
    line_y = TOP + 38 + (bottom - (58 if foot else 8) - TOP - 38) / 2
    if slots:
        _line(sheet, facts, shown, mass, line_y, bottom - (58 if foot else 8))
    if foot:
        sheet.text(Box(EDGE, sheet_foot + 10, ROOM, 34), [para(foot, LEAD)])
    if len(shown) < len(rows):
        words = ngettext(
            "%(n)d more action is in the notes.",
            "%(n)d more actions are in the notes.",
            len(rows) - len(shown),
        )
        sheet.note(words % {"n": len(rows) - len(shown)})


def picked(facts: Facts, rows: Sequence[Row]) -> list[Row]:
    """The actions that are drawn: in order of day, those ahead before those behind when there are many."""
    dated = sorted(rows, key=lambda row: (facts.actions[row.part].on or date.max, _phase(facts, row)))
    if len(dated) <= STEPS:
        return dated
    ahead = [row for row in dated if not row.is_done][:STEPS]
    behind = [row for row in dated if row.is_done]
    more = STEPS - len(ahead)
    return [*(behind[-more:] if more else []), *ahead]


def _phase(facts: Facts, row: Row) -> int:
    return LaunchAction.Phase.values.index(facts.actions[row.part].phase)


def _line(
    sheet: Sheet, facts: Facts, shown: Sequence[Row], mass: Sequence[Para], y: float, bottom: float
) -> None:
    slots = len(shown) + (1 if mass else 0)
    slot = min(ROOM / (slots + 0.7), 200.0)
    places = [EDGE + slot * at for at in range(slots)]
    _phases(sheet, facts, shown, slot)
    end = places[len(shown) - 1] if shown else EDGE
    if len(shown) > 1:
        says = _("The actions of the start in their order")
        sheet.stroke((EDGE, y), (end, y), edge=FJORD, weight=2, says=says)
    if mass and shown:
        sheet.stroke((end, y), (places[-1], y), edge=THREAD, weight=1.5, dash="dash")
    above, below = y - 18 - (TOP + 34), bottom - y - 20
    said = [_action(facts, row) for row in shown] + ([mass] if mass else [])
    words = together(said, slot * 2 - 16, min(above, below), most=1.15)
    for at, x in enumerate(places):
        is_mass = at == len(shown)
        done = not is_mass and shown[at].is_done
        edge = THREAD if is_mass else FJORD
        dot = Box(x, y - 6, 12, 12)
        sheet.form(dot, sort="ellipse", fill=FJORD if done else PAPER, edge=edge, weight=2.5)
        wide = min(slot * 2 - 16, EDGE + ROOM - x)
        if at % 2:
            sheet.text(Box(x, y + 15, wide, below), words[at])
        else:
            sheet.text(Box(x, TOP + 34, wide, above), words[at], anchor="b")


def _phases(sheet: Sheet, facts: Facts, shown: Sequence[Row], slot: float) -> None:
    """A rule over the actions of each phase that stand together."""
    spans: list[tuple[str, int, int]] = []
    for at, row in enumerate(shown):
        name = facts.actions[row.part].get_phase_display()
        if spans and spans[-1][0] == name:
            spans[-1] = (name, spans[-1][1], at)
        else:
            spans.append((name, at, at))
    for name, first, last in spans:
        x, wide = EDGE + first * slot, (last - first + 1) * slot - 10
        sheet.stroke((x, TOP + 22), (x + wide, TOP + 22), edge=LINE_2, weight=1.5)
        sheet.text(Box(x, TOP, wide, 18), [para(capfirst(name), HEAD).cut(wide, 1)])


def _action(facts: Facts, row: Row) -> list[Para]:
    action = facts.actions[row.part]
    when = short_day(action.on, facts.today) if action.on else _("no date yet")
    when = _("%(day)s, done") % {"day": when} if row.is_done else when
    return [para(when, SMALL), para(row.name, BODY.at(14), before=1)]


def mass_words(facts: Facts) -> list[Para]:
    mass = facts.only("criticalmass")
    followers, by = facts.number(mass, "followers"), facts.day(mass, "by")
    if not followers:
        return []
    said = [para(short_day(by, facts.today), SMALL)] if by else []
    words = _("Critical mass: %(n)s followers") % {"n": count(followers)}
    return [*said, para(words, STRONG.at(14).in_colour(THREAD), before=1)]


def sums(facts: Facts) -> str:
    """What the actions cost together, what they are thought to bring, and what they have brought."""
    actions = list(facts.actions.values())
    cost, left = sum(each.cost or 0 for each in actions), to_pay(facts)
    said = []
    if cost and left < cost:
        words = _("The actions cost %(n)s kroner, of which %(left)s remain.")
        said.append(words % {"n": count(cost), "left": count(left)})
    elif cost:
        said.append(_("The actions cost %(n)s kroner.") % {"n": count(cost)})
    expected = sum(each.expected_followers or 0 for each in actions)
    came = sum(each.result_followers or 0 for each in actions)
    if expected and came:
        words = _("They are thought to bring %(n)s followers; %(came)s have come.")
        said.append(words % {"n": count(expected), "came": count(came)})
    elif expected:
        said.append(_("They are thought to bring %(n)s followers.") % {"n": count(expected)})
    return " ".join(said)


def to_pay(facts: Facts) -> int:
    """What the actions that are not done yet cost."""
    return sum(each.cost or 0 for each in facts.actions.values() if each.done_at is None)


def note_plan(sheet: Sheet, facts: Facts, rows: Sequence[Row]) -> None:
    for row in facts.rows("criticalmass"):
        sheet.note(*(f"{line.label}: {line.words}" for line in row.lines))
    note_rows(sheet, rows, under=True)
