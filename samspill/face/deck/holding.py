"""What holds the strategy together: roles, boundaries, the first hours of a crisis, the calendar."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspill.face.blocks import Row
from samspill.face.deck.drawn import para, rule, tables
from samspill.face.deck.facts import Facts, count
from samspill.face.deck.fit import Para
from samspill.face.deck.look import (
    BODY,
    BOTTOM,
    CELL_STRONG,
    EDGE,
    FJORD,
    INK,
    LEAD,
    NAME,
    PAPER,
    ROOM,
    SMALL,
    TOP,
    Box,
)
from samspill.face.deck.paint import Deck, Sheet
from samspill.face.deck.people import note_rows
from samspill.face.deck.places import within
from samspill.face.deck.rows import Cell, Column, head, laid
from samspill.strategy.answers import listed
from samspill.strategy.sections import KINDS, SECTIONS

HALF = (ROOM - 40) / 2
BOUNDARIES = 6  # on each side
SIDE = 1.0  # two tables beside each other are of one size
NONE = "–"


def roles(deck: Deck, facts: Facts) -> None:
    """Who does what, and what people can count on."""
    people, promises = facts.rows("role"), facts.rows("promise")
    if not people and not promises:
        return
    sheet = deck.sheet("drawn", roles_title(facts, promises), str(SECTIONS["roles"].title))
    if people:
        columns = [Column(_("Role"), 150, CELL_STRONG), Column(_("Who"), 135), Column(_("Substitute"), 135)]
        lines = [[row.name, row.of("person") or NONE, row.of("substitute") or NONE] for row in people]
        _half(sheet, EDGE, columns, lines, _("Table of the roles"))
    if promises:
        columns = [
            Column(_("Channel"), 128, CELL_STRONG),
            Column(_("What sort of message"), 128),
            Column(_("Answer within"), 134),
        ]
        lines = [[row.name, capfirst(row.of("sort")) or NONE, _promised(facts, row)] for row in promises]
        _half(sheet, EDGE + (450 if people else 0), columns, lines, _("Table of the promises"))
    note_rows(sheet, people)
    note_rows(sheet, promises)


def _promised(facts: Facts, row: Row) -> str:
    hours, clock = facts.number(row, "hours"), row.of("clock")
    said = within(hours) or NONE
    return f"{said} ({clock})" if clock and hours is not None else said


def _half(
    sheet: Sheet, x: float, columns: Sequence[Column], lines: Sequence[Sequence[str | Cell]], says: str
) -> None:
    """A table beside another; what it has no room for is in the notes, and that is said."""
    top = head(columns)
    room = BOTTOM - TOP - top.high
    part = laid(lines, columns, room, 1, SIDE)[0]
    if len(part) < len(lines):
        part = laid(lines, columns, room - 22, 1, SIDE)[0]
        words = ngettext(
            "and %(n)d more, in the notes", "and %(n)d more, in the notes", len(lines) - len(part)
        )
        wide = sum(column.wide for column in columns)
        sheet.text(Box(x, BOTTOM - 16, wide, 18), [para(words % {"n": len(lines) - len(part)}, SMALL)])
    sheet.table(TOP, columns, [top, *part], says, x)


def roles_title(facts: Facts, promises: Sequence[Row]) -> str:
    hours = sorted(found for row in promises if (found := facts.number(row, "hours")) is not None)
    if not hours:
        return _("Everybody knows who does what")
    if hours[0] == hours[-1]:
        return _("We answer within %(hours)s, and everybody knows who does it") % {"hours": within(hours[0])}
    words = _("We answer within %(low)s to %(high)s, by what it is about")
    return words % {"low": count(hours[0]), "high": within(hours[-1])}


def rails(deck: Deck, facts: Facts) -> None:
    rows = facts.rows("boundary")
    if not rows:
        return
    n = len(rows)
    title = ngettext(
        "Within %(n)d boundary, everybody may act without asking",
        "Within %(n)d boundaries, everybody may act without asking",
        n,
    )
    sheet = deck.sheet("drawn", title % {"n": n}, str(SECTIONS["rails"].title))
    sides = [
        (str(label), [row for row in rows if row.under == capfirst(str(label))]) for _key, label in _sorts()
    ]
    for at, (label, mine) in enumerate(sides):
        x = EDGE + at * (HALF + 40)
        rule(sheet, TOP + 32, x=x, wide=HALF)
        sheet.text(Box(x, TOP, HALF, 28), [para(capfirst(label), NAME)])
        sheet.text(Box(x, TOP + 44, HALF, BOTTOM - TOP - 44), _boundaries(mine))
    note_rows(sheet, rows, under=True)
    for row in facts.rows("duty"):
        sheet.note(f"{row.name}: {' '.join(line.words for line in row.lines)}")


def _sorts() -> Sequence[tuple[str | int, object]]:
    return KINDS["boundary"].field("sort").choices


def _boundaries(rows: Sequence[Row]) -> list[Para]:
    said = [para(row.name, LEAD.at(22).in_colour(INK), before=14) for row in rows[:BOUNDARIES]]
    more = len(rows) - BOUNDARIES
    if more > 0:
        said.append(para(ngettext("and %(n)d more", "and %(n)d more", more) % {"n": more}, SMALL, before=10))
    return said


def crisis(deck: Deck, facts: Facts) -> None:
    """The first hours along a line, and below it the levels."""
    steps, levels = crisis_steps(facts), facts.rows("crisislevel")
    if not steps and not levels:
        return
    sheet = deck.sheet("drawn", crisis_title(facts), str(SECTIONS["crisis"].title))
    y = TOP + 4.0
    if steps:
        y = _along(sheet, steps, y) + 18
    if levels:
        columns = [
            Column(_("Level"), 170, CELL_STRONG),
            Column(_("What sets it off"), 335, lines=3),
            Column(_("What we do"), 335, lines=3),
        ]
        top = head(columns)
        lines = [[row.name, row.of("triggers") or NONE, row.of("does") or NONE] for row in levels]
        part = laid(lines, columns, BOTTOM - y - top.high, 1)[0]
        sheet.table(y, columns, [top, *part], _("Table of the levels of a crisis"), EDGE)
    for kind in ("crisisplan", "crisislevel", "crisisrole"):
        note_rows(sheet, facts.rows(kind))


def crisis_title(facts: Facts) -> str:
    plan = facts.only("crisisplan")
    minutes = facts.number(plan, "first_minutes")
    if not minutes:
        return _("We are ready before the crisis comes")
    words = ngettext(
        "In a crisis the first word is out within %(n)s minute",
        "In a crisis the first word is out within %(n)s minutes",
        round(minutes),
    )
    return words % {"n": count(minutes)}


def crisis_steps(facts: Facts) -> list[tuple[str, str]]:
    """When, and what then."""
    plan, found = facts.only("crisisplan"), []
    for field, words in (
        ("verify_minutes", _("Checked, and the roles handed out")),
        ("first_minutes", _("The first word is out")),
    ):
        minutes = facts.number(plan, field)
        if minutes:
            n = ngettext("%(n)s minute", "%(n)s minutes", round(minutes)) % {"n": count(minutes)}
            found.append((n, words))
    rhythm = plan.of("rhythm") if plan else ""
    if rhythm:
        found.append((_("After that"), rhythm))
    for field, words in (
        ("review_days", _("Looked back on")),
        ("mend_days", _("What was learnt is done")),
    ):
        days = facts.number(plan, field)
        if days:
            n = ngettext("%(n)s day", "%(n)s days", round(days)) % {"n": count(days)}
            found.append((n, words))
    return found


def _along(sheet: Sheet, steps: Sequence[tuple[str, str]], y: float) -> float:
    slot = ROOM / len(steps)
    if len(steps) > 1:
        says = _("What is done, and when")
        sheet.stroke(
            (EDGE + 6, y + 6), (EDGE + slot * (len(steps) - 1) + 6, y + 6), edge=FJORD, weight=2, says=says
        )
    tall = 0.0
    for at, (when, what) in enumerate(steps):
        x = EDGE + at * slot
        sheet.form(Box(x, y, 12, 12), sort="ellipse", fill=PAPER, edge=FJORD, weight=2.5)
        said = [para(when, NAME), para(what, BODY.at(14), before=2)]
        tall = max(tall, sheet.text(Box(x, y + 20, slot - 14, 84), said))
    return y + 20 + tall


def followed(deck: Deck, facts: Facts) -> None:
    rows = facts.rows("evaluation")
    if not rows:
        return
    order = [str(label) for _key, label in KINDS["evaluation"].field("rhythm").choices]
    rows = sorted(
        rows, key=lambda row: order.index(row.of("rhythm")) if row.of("rhythm") in order else len(order)
    )
    columns = [
        Column(_("How often"), 130, CELL_STRONG, lines=2),
        Column(_("What we look at"), 330),
        Column(_("Who"), 220),
        Column(_("Next time"), 160, lines=2),
    ]
    lines = [
        [capfirst(row.of("rhythm")) or NONE, row.name, row.of("who") or NONE, row.of("next_on") or NONE]
        for row in rows
    ]
    sheets = tables(
        deck, followed_title(rows), str(SECTIONS["evaluation"].title), columns, lines,
        says=_("Table of when we look at how it goes"),
    )  # fmt: skip
    note_rows(sheets[0], rows)
    sheets[0].note(*(f"{line.label}: {line.words}" for row in facts.rows("method") for line in row.lines))


def followed_title(rows: Sequence[Row]) -> str:
    often = listed(list(dict.fromkeys(row.of("rhythm") for row in rows if row.of("rhythm"))))
    return _("We look at how it goes %(often)s") % {"often": often} if often else _("We look at how it goes")
