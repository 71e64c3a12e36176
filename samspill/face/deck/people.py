"""Whom we reach, how they are got along, and which personality they meet."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspill.face.blocks import Row
from samspill.face.deck.drawn import kicker, left_out, para, rule
from samspill.face.deck.facts import Facts, Share, count
from samspill.face.deck.fit import Para, fits, together
from samspill.face.deck.look import (
    BODY,
    BOTTOM,
    EDGE,
    FJORD,
    INK_2,
    INK_3,
    LINE,
    NAME,
    QUOTE,
    ROOM,
    SMALL,
    TITLE,
    TOP,
    Box,
)
from samspill.face.deck.paint import Deck, Sheet
from samspill.strategy.answers import listed
from samspill.strategy.models import Tactic
from samspill.strategy.sections import SECTIONS

AUDIENCES, TRAITS = 4, 3  # on a slide
MOST_SLIDES = 3
BARS = 3  # of an audience
TACTICS = 4  # on a step
GAP, RISE = 24.0, 44.0  # between the steps of the ladder


def audiences(deck: Deck, facts: Facts) -> None:
    rows = [row for row in facts.rows("audience") if not row.under]
    others = [row for row in facts.rows("audience") if row.under]
    split = _split(rows, AUDIENCES)
    for at, part in enumerate(split, start=1):
        where = kicker(str(SECTIONS["audiences"].title), at, len(split))
        sheet = deck.sheet("drawn", audiences_title(rows), where)
        below = _not_ours(others) if at == len(split) and others else ""
        shown = at * AUDIENCES if at == MOST_SLIDES else len(rows)
        is_cut = shown < len(rows)
        draw_audiences(sheet, facts, part, below, BOTTOM - 20 if is_cut else BOTTOM)
        if is_cut:
            left_out(sheet, shown, len(rows))
            sheet.note(_("Not on the slide:"), *(f"– {row.name}" for row in rows[shown:]))
        note_rows(sheet, part)
        if below:
            note_rows(sheet, others)


def _split(rows: Sequence[Row], most: int) -> list[Sequence[Row]]:
    """As evenly as it goes, at most so many on a slide; what comes after the last slide is left out."""
    slides = min(-(-len(rows) // most), MOST_SLIDES)
    kept = rows[: slides * most]
    size = -(-len(kept) // slides) if slides else 0
    return [kept[at : at + size] for at in range(0, len(kept), size)] if size else []


def audiences_title(rows: Sequence[Row]) -> str:
    said = _("We want to reach %(names)s") % {"names": listed([row.name for row in rows])}
    if fits(said, TITLE, ROOM, 2):
        return said
    n = len(rows)
    return ngettext("We want to reach %(n)d audience", "We want to reach %(n)d audiences", n) % {"n": n}


def _not_ours(rows: Sequence[Row]) -> str:
    return _("Not for: %(names)s") % {"names": listed([row.name for row in rows])}


def draw_audiences(
    sheet: Sheet, facts: Facts, rows: Sequence[Row], below: str = "", bottom: float = BOTTOM
) -> None:
    """A row for each: who and how many, what they need, and where they are."""
    foot = 24.0 if below else 0.0
    tall = min((bottom - TOP - foot - 14) / max(len(rows), 1), 150)
    who, what, where = Box(EDGE, 0, 220, 0), Box(EDGE + 244, 0, 290, 0), Box(EDGE + 558, 0, 282, 0)
    words = [_audience(row) for row in rows]
    names = together([one for one, _more in words], who.wide, tall - 20, most=1.2)
    needs = together([more for _one, more in words], what.wide, tall - 20, most=1.2)
    for at, row in enumerate(rows):
        y = TOP + at * tall
        rule(sheet, y)
        sheet.text(Box(who.x, y + 12, who.wide, tall - 20), names[at])
        sheet.text(Box(what.x, y + 12, what.wide, tall - 20), needs[at])
        bars(sheet, Box(where.x, y + 12, where.wide, tall - 20), facts.shares.get(row.part, []))
    if below:
        sheet.text(Box(EDGE, bottom - 20, ROOM, 18), [para(below, SMALL)])


def _audience(row: Row) -> tuple[list[Para], list[Para]]:
    size = row.of("size")
    about = _("%(n)s in all") % {"n": size} if size else _("size not known")
    who = [para(row.name, NAME), para(about, SMALL, before=3)]
    what = row.of("needs") or row.of("wanted") or row.of("description")
    return who, [para(what or _("What they need is not written down."), BODY.at(15))]


def bars(sheet: Sheet, box: Box, shares: Sequence[Share]) -> None:
    """Where they are: the largest shares of one kind of use, never two kinds as one."""
    if not shares:
        sheet.text(box, [para(_("Where they are is not written down."), SMALL.in_colour(INK_3))])
        return
    shown = [share for share in shares if share.use == shares[0].use][:BARS]
    step = min((box.high - 14) / BARS, 22.0)
    for at, share in enumerate(shown):
        y = box.y + at * step
        sheet.text(Box(box.x, y, 108, step), [para(share.place, SMALL).cut(108, 1)])
        sheet.form(Box(box.x + 116, y + 4, 118, 8), fill=LINE)
        sheet.form(Box(box.x + 116, y + 4, max(118 * min(share.share, 100) / 100, 1), 8), fill=FJORD)
        percent = _("%(number)s%%") % {"number": count(share.share)}
        sheet.text(Box(box.x + 240, y, box.wide - 240, step), [para(percent, SMALL.in_colour(FJORD))])
    said = _("%(use)s, %(year)s") % {"use": capfirst(shown[0].use), "year": shown[0].year}
    under = Box(box.x, box.y + len(shown) * step + 1, box.wide, 14)
    sheet.text(under, [para(said, SMALL.at(10)).cut(box.wide, 1)])
    for share in shares:
        sheet.note(_source(share))


def _source(share: Share) -> str:
    percent = _("%(number)s%%") % {"number": count(share.share)}
    return f"– {share.place}: {percent} {share.use} ({share.year}, {share.source})"


def ladder(deck: Deck, facts: Facts) -> None:
    """Four steps that rise: what brings people up each of them."""
    rows = facts.rows("tactic")
    if not rows:
        return
    sheet = deck.sheet("drawn", ladder_title(rows), str(SECTIONS["tactics"].title))
    draw_ladder(sheet, facts, rows, BOTTOM)
    sheet.note(
        _("No network tells us how many different people have seen us."),
        f"{_('answers us')}: {_('Different people who answered or mentioned us in the last 28 days.')}",
        f"{_('contributes')}: "
        + _("Different people who wrote to us in two or more months of the last half year."),
    )
    note_rows(sheet, rows, under=True)
    for row in facts.rows("proposition"):
        sheet.note(f"{row.name}: {' '.join(line.words for line in row.lines)}")


def ladder_title(rows: Sequence[Row]) -> str:
    steps = {row.under for row in rows}
    if len(steps) == len(Tactic.Step):
        return _(
            "People see us, follow, answer and contribute: each step has something that brings them there"
        )
    return ngettext(
        "We bring people along on %(n)d of four steps",
        "We bring people along on %(n)d of four steps",
        len(steps),
    ) % {"n": len(steps)}


def draw_ladder(sheet: Sheet, facts: Facts, rows: Sequence[Row], bottom: float) -> None:
    steps = list(Tactic.Step)
    people = {rung.step: rung.people for rung in facts.rungs}
    wide = (ROOM - GAP * (len(steps) - 1)) / len(steps)
    lowest = TOP + RISE * (len(steps) - 1)
    room = bottom - lowest - 14
    words = together([_step(step, people.get(step), rows) for step in steps], wide - 10, room, most=1.25)
    for at, said in enumerate(words):
        x, y = EDGE + at * (wide + GAP), lowest - at * RISE
        sheet.stroke((x, y), (x + wide, y), edge=FJORD, weight=3)
        if at:
            sheet.stroke((x, y), (x, y + RISE), edge=FJORD, weight=3)
        sheet.text(Box(x + (10 if at else 0), y + 12, wide - 10, bottom - y - 14), said)


def _step(step: Tactic.Step, people: int | None, rows: Sequence[Row]) -> list[Para]:
    name = capfirst(str(step.label))
    mine = [row for row in rows if row.under == name]
    now = _("no figures") if people is None else _("%(n)s people now") % {"n": count(people)}
    said = [
        para(name, NAME),
        para(now, SMALL, before=1),
        *(para(row.name, BODY, before=8, bullet=True) for row in mine[:TACTICS]),
    ]
    if not mine:
        said.append(para(_("Nothing yet."), BODY.in_colour(INK_3), before=8))
    more = len(mine) - TACTICS
    if more > 0:
        said.append(para(ngettext("and %(n)d more", "and %(n)d more", more) % {"n": more}, SMALL, before=6))
    return said


def voice(deck: Deck, facts: Facts) -> None:
    rows = facts.rows("trait")
    split = _split(rows, TRAITS)
    for at, part in enumerate(split, start=1):
        where = kicker(str(SECTIONS["voice"].title), at, len(split))
        sheet = deck.sheet("drawn", voice_title(rows), where)
        is_cut = at == MOST_SLIDES and len(rows) > at * TRAITS
        draw_traits(sheet, part, BOTTOM - 22 if is_cut else BOTTOM)
        if is_cut:
            left_out(sheet, at * TRAITS, len(rows))
            sheet.note(_("Not on the slide:"), *(f"– {row.name}" for row in rows[at * TRAITS :]))
        note_rows(sheet, part)
        if at == len(split):
            sheet.note(*(f"{row.name}: {row.of('tone')}" for row in facts.rows("tone")))
            sheet.note(
                *(_("We leave alone: %(topic)s") % {"topic": row.name} for row in facts.rows("untouched"))
            )


def voice_title(rows: Sequence[Row]) -> str:
    said = _("We are %(names)s") % {"names": listed([row.name.lower() for row in rows])}
    if fits(said, TITLE, ROOM, 2):
        return said
    return ngettext("Our voice has %(n)d trait", "Our voice has %(n)d traits", len(rows)) % {"n": len(rows)}


def draw_traits(sheet: Sheet, rows: Sequence[Row], bottom: float) -> None:
    """A row for each: what we are and are not, and how each sounds."""
    heads = (
        (EDGE, 236.0, ""),
        (EDGE + 260, 278.0, _("So we would say it")),
        (EDGE + 562, 278.0, _("So we would not")),
    )
    for x, wide, said in heads:
        sheet.text(Box(x, TOP - 4, wide, 18), [para(said, SMALL)] if said else [])
    tall = min((bottom - TOP - 18) / len(rows), 160)
    room = tall - 20
    about = together([_trait(row) for row in rows], heads[0][1], room, most=1.2)
    good = together([_example(row, "good_example", INK_2) for row in rows], heads[1][1], room, most=1.2)
    bad = together([_example(row, "bad_example", INK_3) for row in rows], heads[2][1], room, most=1.2)
    for at in range(len(rows)):
        y = TOP + 18 + at * tall
        rule(sheet, y)
        for (x, wide, _said), words in zip(heads, (about[at], good[at], bad[at]), strict=True):
            sheet.text(Box(x, y + 10, wide, tall - 18), words)


def _trait(row: Row) -> list[Para]:
    said = [para(row.name, NAME)]
    if row.of("we_are"):
        said.append(para(_("We are: %(what)s") % {"what": row.of("we_are")}, BODY.at(14), before=4))
    if row.of("we_are_not"):
        words = _("We are not: %(what)s") % {"what": row.of("we_are_not")}
        said.append(para(words, BODY.at(14).in_colour(INK_2), before=3))
    return said


def _example(row: Row, field: str, colour: str) -> list[Para]:
    words = row.of(field).strip('“”«»"')
    if not words:
        return [para(_("no example yet"), SMALL.in_colour(INK_3))]
    return [para(_("“%(text)s”") % {"text": words}, QUOTE.at(15).in_colour(colour))]


def note_rows(sheet: Sheet, rows: Sequence[Row], *, under: bool = False) -> None:
    """All that the rows say, for whoever presents."""
    for row in rows:
        where = f"{row.under}: " if under and row.under else ""
        sheet.note(f"{where}{row.name}", *(f"– {line.label}: {line.words}" for line in row.lines))
