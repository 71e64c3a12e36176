"""The goals at a glance, and a slide for each of the first, with its thread and its chart."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspill.face.blocks import Figures, Row
from samspill.face.deck.drawn import Knot, kicker, para, tables, thread
from samspill.face.deck.facts import GOALS_SHOWN, Facts
from samspill.face.deck.fit import Para
from samspill.face.deck.look import (
    BODY,
    CELL_STRONG,
    FIGURE,
    GOOD,
    INK_2,
    LEAD,
    SMALL,
    STRONG,
    WARN,
)
from samspill.face.deck.master import DRAWN, PICTURE, TEXT
from samspill.face.deck.paint import Deck, Sheet
from samspill.face.deck.rows import Cell, Column
from samspill.face.picture import png
from samspill.strategy.answers import listed
from samspill.strategy.sections import SECTIONS

THREAD_Y = 418.0
NONE = "–"
STATES = {"good": GOOD, "warn": WARN}


def columns() -> list[Column]:
    return [
        Column(_("Goal"), 250, CELL_STRONG),
        Column(_("Measure"), 120, lines=3),
        Column(_("From"), 80, lines=2),
        Column(_("To"), 80, lines=2),
        Column(_("Now"), 100, CELL_STRONG, lines=2),
        Column(_("Deadline"), 114, lines=2),
        Column(_("Stands"), 96, lines=2),
    ]


def glance(deck: Deck, facts: Facts) -> None:
    goals = facts.rows("goal")
    if not goals:
        return
    sheets = tables(
        deck,
        title(goals),
        str(SECTIONS["goals"].title),
        columns(),
        [line(goal) for goal in goals],
        says=_("Table of the goals: where each begins, where it shall be, and where it is now"),
    )
    for goal in goals[: GOALS_SHOWN * 3]:
        if goal.figures:
            said = (goal.figures.sentence, goal.figures.basis)
            sheets[0].note(f"{goal.name}: {' '.join(filter(None, said))}")


def title(goals: Sequence[Row]) -> str:
    """How many goals there are, and how it goes with them."""
    n, good = len(goals), sum(goal.figures is not None and goal.figures.tag == "good" for goal in goals)
    known = [goal for goal in goals if goal.figures and goal.figures.basis]
    if not known:
        words = ngettext(
            "We have %(n)d goal, and no figures for it yet",
            "We have %(n)d goals, and no figures for them yet",
            n,
        )
        return words % {"n": n}
    if good == n:
        words = ngettext("Our goal is on time or reached", "All %(n)d goals are on time or reached", n)
        return words % {"n": n}
    return ngettext(
        "%(good)d of %(n)d goal is on time or reached",
        "%(good)d of %(n)d goals are on time or reached",
        n,
    ) % {"good": good, "n": n}


def line(goal: Row) -> list[str | Cell]:
    figures = goal.figures
    if figures is None:
        return [goal.name, NONE, goal.of("baseline") or NONE, goal.of("target") or NONE, NONE,
                goal.of("deadline") or NONE, NONE]  # fmt: skip
    return [
        goal.name,
        figures.measure,
        figures.baseline or NONE,
        figures.target or NONE,
        figures.now,
        goal.of("deadline") or NONE,
        Cell(figures.standing, CELL_STRONG.in_colour(STATES.get(figures.tag, INK_2))),
    ]


def each(deck: Deck, facts: Facts) -> None:
    """A slide for each of the first goals."""
    goals = facts.rows("goal")
    shown = goals[:GOALS_SHOWN]
    for at, goal in enumerate(shown, start=1):
        sheet = one(deck, facts, goal, at, len(goals))
        if at == len(shown) < len(goals):
            sheet.note(
                ngettext(
                    "The first %(n)d goal has a slide of its own; the others stand in the overview.",
                    "The first %(n)d goals have a slide of their own; the others stand in the overview.",
                    at,
                )
                % {"n": at}
            )


def one(deck: Deck, facts: Facts, goal: Row, at: int, of: int) -> Sheet:
    figures = goal.figures
    has_chart = bool(figures and figures.spec)
    sheet = deck.sheet("figure" if has_chart else "text", goal.name, _where(at, of))
    if figures and has_chart:
        sheet.picture(PICTURE, png(figures.spec, DRAWN.wide, DRAWN.high), figures.shows)
        sheet.place(TEXT, beside(goal, figures))
    else:
        sheet.place(TEXT, instead(goal), high=THREAD_Y - 16 - sheet.box(TEXT).y)
    thread(sheet, THREAD_Y, knots(facts, goal))
    notes(sheet, goal)
    return sheet


def _where(at: int, of: int) -> str:
    return kicker(_("Goal"), at, of) if of > 1 else _("Goal")


def beside(goal: Row, figures: Figures) -> list[Para]:
    """What stands beside the chart: the figure, what it rests on, from where to where, how it goes."""
    colour = STATES.get(figures.tag, INK_2)
    said = [
        para(figures.measure, SMALL.in_colour(INK_2)),
        para(figures.now, FIGURE, before=2),
        para(figures.basis, SMALL, before=2),
        para(way(goal), STRONG, before=14),
        para(capfirst(figures.standing), STRONG.in_colour(colour), before=14),
        para(figures.sentence, BODY.at(14).in_colour(INK_2), before=2),
        para(figures.shows, SMALL.at(11), before=14),
    ]
    return [each for each in said if each.text]


def way(goal: Row) -> str:
    """From where to where, by when."""
    figures = goal.figures
    start = figures.baseline if figures else goal.of("baseline")
    target = figures.target if figures else goal.of("target")
    when = goal.of("deadline")
    if not target:
        return _("No target yet")
    said = {"start": start, "target": target, "day": when}
    if start and when:
        return _("From %(start)s to %(target)s by %(day)s") % said
    if start:
        return _("From %(start)s to %(target)s") % said
    return _("%(target)s by %(day)s") % said if when else target


def instead(goal: Row) -> list[Para]:
    """Where there is no line to draw yet."""
    figures = goal.figures
    said = [para(goal.of("why"), LEAD), para(way(goal), STRONG, before=18)]
    if figures:
        said.append(para(_("%(measure)s now: %(value)s") % {"measure": figures.measure, "value": figures.now},
                         BODY, before=6))  # fmt: skip
        said.append(para(figures.sentence, BODY, before=6))
    else:
        said.append(
            para(_("The system does not count this; somebody has to say how it goes."), BODY, before=6)
        )
    return [each for each in said if each.text]


def knots(facts: Facts, goal: Row) -> list[Knot]:
    """Passage, goal, whom, where, figure: walked from left to right."""
    figures, reason = goal.figures, goal.reason
    audiences = [row.name for row in facts.rows("audience") if goal.name in _items(row, "goals")]
    channels = [row.name for row in facts.rows("channelchoice") if goal.name in _items(row, "goals")]
    target = figures.target if figures else goal.of("target")
    return [
        Knot(capfirst(reason.place), reason.document) if reason else Knot(_("No passage yet"), is_open=True),
        Knot(_("The goal"), target or _("no target yet"), is_open=not target),
        Knot(_("Whom"), listed(audiences)) if audiences else Knot(_("Whom"), _("nobody yet"), is_open=True),
        Knot(_("Where"), listed(channels)) if channels else Knot(_("Where"), _("nowhere yet"), is_open=True),
        Knot(figures.now, figures.standing) if figures and figures.basis
        else Knot(_("The figure"), _("no figures"), is_open=True),
    ]  # fmt: skip


def _items(row: Row, key: str) -> Sequence[str]:
    return next((line.items for line in row.lines if line.key == key), ())


def notes(sheet: Sheet, goal: Row) -> None:
    figures, reason = goal.figures, goal.reason
    sheet.note(*(f"{line.label}: {line.words}" for line in goal.lines))
    if figures:
        sheet.note(figures.shows, figures.basis, figures.sentence, figures.trend, *figures.reservations)
    if reason:
        where = ", ".join(filter(None, (reason.document, reason.adopted, reason.place)))
        sheet.note(
            _("“%(text)s” (%(place)s)") % {"text": reason.text, "place": where}, reason.strength, reason.why
        )
