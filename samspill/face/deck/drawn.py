"""What is drawn on several slides: the red thread, a quotation, the words over a table that goes on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspill.face.deck.fit import Para, clean, fit, high
from samspill.face.deck.look import (
    BOTTOM,
    EDGE,
    INK,
    LINE_2,
    PAPER,
    QUOTE,
    ROOM,
    SMALL,
    STRONG,
    THREAD,
    TOP,
    Box,
    Style,
)
from samspill.face.deck.paint import Deck, Sheet
from samspill.face.deck.rows import LIKELY, Cell, Column, head, laid

DOT = 12.0
KNOT = 50.0  # room for the words of a knot
FOOTNOTE = 22.0  # room for a line under a table


@dataclass(frozen=True)
class Knot:
    """A knot of the red thread: what it is, and a line about it. `is_open`: there is nothing yet."""

    name: str
    about: str = ""
    is_open: bool = False


def para(text: object, style: Style, **more: Any) -> Para:
    return Para(clean(text), style, **more)


def thread(sheet: Sheet, y: float, knots: Sequence[Knot]) -> None:
    """From left to right: this belongs to that."""
    slot = ROOM / len(knots)
    places = [EDGE + slot * at for at in range(len(knots))]
    said = _("The red thread: %(knots)s") % {"knots": " → ".join(knot.name for knot in knots)}
    middle = y + DOT / 2
    sheet.stroke(
        (places[0] + DOT / 2, middle), (places[-1] + DOT / 2, middle), edge=THREAD, weight=2, says=clean(said)
    )
    for x, knot in zip(places, knots, strict=True):
        sheet.form(
            Box(x, y, DOT, DOT),
            sort="ellipse",
            fill=PAPER,
            edge=LINE_2 if knot.is_open else THREAD,
            weight=2.5,
            dash="sysDash" if knot.is_open else "",
        )
        sheet.text(Box(x, y + DOT + 6, slot - 12, KNOT), _about(knot, slot - 12))


def _about(knot: Knot, wide: float) -> list[Para]:
    words = [para(knot.name, STRONG.at(13)).cut(wide, 1)]
    return [*words, para(knot.about, SMALL, before=1).cut(wide, 2)] if knot.about else words


def quotation(sheet: Sheet, box: Box, words: str, source: Sequence[str]) -> float:
    """A passage and where it stands, with the thread's red rule beside it; how high it came to be."""
    wide = box.wide - 20
    below = [para(line, SMALL, before=6 if at == 0 else 1).cut(wide, 2) for at, line in enumerate(source)]
    said = para(_("“%(text)s”") % {"text": words}, QUOTE)
    room = box.high - high(below, wide) - 6
    (quoted,) = fit([said], wide, room).paras
    tall = sheet.text(Box(box.x + 20, box.y, wide, box.high), [quoted, *below])
    if quoted.whole:
        sheet.left.append(clean(words))
    likely = high([quoted, *below], wide / LIKELY)  # a rule longer than its text looks forgotten
    sheet.stroke((box.x, box.y + 3), (box.x, box.y + likely), edge=THREAD, weight=3)
    return tall


def kicker(section: str, at: int = 1, of: int = 1) -> str:
    """Which part of the strategy it is, and which of several slides."""
    if of == 1:
        return section
    return _("%(section)s · %(at)d of %(of)d") % {"section": section, "at": at, "of": of}


def tables(
    deck: Deck,
    title: str,
    section: str,
    columns: Sequence[Column],
    lines: Sequence[Sequence[str | Cell]],
    *,
    says: str,
    most: int = 3,
) -> list[Sheet]:
    """A table over as many slides as it takes, at most so many; what then is left out is said."""
    top = head(columns)
    room = BOTTOM - TOP - top.high
    split = laid(lines, columns, room, most)
    if sum(map(len, split)) < len(lines):
        split = laid(lines, columns, room - FOOTNOTE, most)
    sheets = []
    for at, part in enumerate(split, start=1):
        sheet = deck.sheet("drawn", title, kicker(section, at, len(split)))
        sheet.table(TOP, columns, [top, *part], says, EDGE)
        sheets.append(sheet)
    shown = sum(map(len, split))
    if shown < len(lines):
        left_out(sheets[-1], shown, len(lines))
        names = [line[0].text if isinstance(line[0], Cell) else line[0] for line in lines[shown:]]
        sheets[-1].note(_("Not on the slide:"), *(f"– {name}" for name in names))
    return sheets


def left_out(sheet: Sheet, shown: int, of: int) -> None:
    words = ngettext(
        "The first %(shown)d of %(of)d; the others are in the notes and in the Word document.",
        "The first %(shown)d of %(of)d; the others are in the notes and in the Word document.",
        shown,
    )
    said = words % {"shown": shown, "of": of}
    sheet.text(Box(EDGE, BOTTOM - 16, ROOM, 18), [para(said, SMALL)])


def rule(sheet: Sheet, y: float, *, x: float = EDGE, wide: float = ROOM, strong: bool = False) -> None:
    sheet.stroke((x, y), (x + wide, y), edge=INK if strong else LINE_2, weight=1)
