"""The board's ten slides: what it must know, and what it is asked to decide. Always ten."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspill.face.blocks import Row
from samspill.face.deck import asked, goals, opening, people, places
from samspill.face.deck.drawn import left_out, para, rule, thread
from samspill.face.deck.facts import Facts, count, day
from samspill.face.deck.fit import Para, fits, high
from samspill.face.deck.look import (
    BODY,
    BOTTOM,
    EDGE,
    INK_3,
    LEAD,
    NAME,
    ROOM,
    SMALL,
    STRONG,
    TITLE,
    TOP,
    Box,
)
from samspill.face.deck.master import TEXT
from samspill.face.deck.paint import Deck, Sheet
from samspill.face.deck.rows import Cell, Column, head, laid
from samspill.strategy.answers import listed
from samspill.strategy.sections import SECTIONS

HALF = (ROOM - 40) / 2
LISTED = 5
FEW = 3  # are always shown, however long
EASY = 0.9  # of the size of a text: smaller is hard to read beside the other column
ABOUT = SMALL.at(14)


def purpose(deck: Deck, facts: Facts) -> None:
    """Which strategy it is, and what it is for."""
    told = facts.content
    sheet = deck.sheet("cover", told.title)
    aim = told.ambition or told.summary or _("The ambition is not written yet.")
    sheet.place(TEXT, [para(aim, LEAD), para(_where(facts), SMALL, before=8)])
    thread(sheet, 420, opening.parts(facts))
    sheet.note(told.ambition, told.summary, *(f"{line.label}: {line.words}" for line in told.about))


def _where(facts: Facts) -> str:
    return " · ".join((facts.content.organisation, opening.validity(facts)))


def derived(deck: Deck, facts: Facts) -> None:
    documents = facts.content.documents
    sheet = deck.sheet("drawn", opening.derived_title(documents), _("What the goals are derived from"))
    served = opening.most_served(documents)
    if served:
        opening.quotations(sheet, served[:2], BOTTOM - TOP)
    elif documents:
        opening.list_documents(sheet, documents)
    else:
        nothing(
            sheet, _("No governing document has been uploaded, so nobody can see who asked for the goals.")
        )
    opening.note_documents(sheet, documents)


def stand(deck: Deck, facts: Facts) -> None:
    rows = facts.rows("goal")
    title = goals.title(rows) if rows else _("There is no goal yet")
    sheet = deck.sheet("drawn", title, str(SECTIONS["goals"].title))
    if not rows:
        nothing(sheet, _("Until a goal is written nobody can say whether the work helps."))
        return
    one_table(sheet, goals.columns(), [goals.line(goal) for goal in rows], _("Table of the goals"))
    for goal in rows[:12]:
        if goal.figures:
            sheet.note(f"{goal.name}: {' '.join(filter(None, (goal.figures.sentence, goal.figures.basis)))}")


def whom(deck: Deck, facts: Facts) -> None:
    rows = [row for row in facts.rows("audience") if not row.under]
    title = people.audiences_title(rows) if rows else _("Whom we want to reach is not written down yet")
    sheet = deck.sheet("drawn", title, str(SECTIONS["audiences"].title))
    if not rows:
        nothing(sheet, _("Whoever speaks to everyone reaches nobody."))
        return
    shown = rows[: people.AUDIENCES]
    others = [row.name for row in rows[people.AUDIENCES :]]
    below = _("Also: %(names)s") % {"names": listed(others)} if others else ""
    people.draw_audiences(sheet, facts, shown, below)
    people.note_rows(sheet, rows)


def sound(deck: Deck, facts: Facts) -> None:
    rows = facts.rows("trait")
    title = people.voice_title(rows) if rows else _("Which personality we show is not written down yet")
    sheet = deck.sheet("drawn", title, str(SECTIONS["voice"].title))
    if not rows:
        nothing(sheet, _("Until it is, each of us sounds in a way of their own."))
        return
    people.draw_traits(sheet, rows[: people.TRAITS], BOTTOM - 26)
    others = [row.name for row in rows[people.TRAITS :]]
    if others:
        said = _("Also: %(names)s") % {"names": listed(others)}
        sheet.text(Box(EDGE, BOTTOM - 20, ROOM, 18), [para(said, SMALL)])
    people.note_rows(sheet, rows)


def channels(deck: Deck, facts: Facts) -> None:
    """Chosen to the left, not chosen to the right, each with its reason."""
    yes, no = places.chosen(facts, yes=True), places.chosen(facts, yes=False)
    sheet = deck.sheet("drawn", channels_title(facts, yes, no), str(SECTIONS["channel_choices"].title))
    if not yes and not no:
        nothing(sheet, _("A decision for each channel saves the same talk next year."))
        return
    for at, (title, rows) in enumerate(((_("We are on"), yes), (_("We are not on"), no))):
        _side(sheet, EDGE + at * (HALF + 40), title, [_channel(facts, row) for row in rows])
    people.note_rows(sheet, [*yes, *no])


def channels_title(facts: Facts, yes: Sequence[Row], no: Sequence[Row]) -> str:
    if not yes and not no:
        return _("No channel is decided on yet")
    names = [row.name for row in yes]
    if yes and no:
        said = _("We are on %(yes)s, and not on %(no)s")
        said = said % {"yes": listed(names), "no": listed([row.name for row in no])}
        if fits(said, TITLE, ROOM, 2):
            return said
    return places.yes_title(facts, yes) if yes else places.no_title(facts, no)


def _channel(facts: Facts, row: Row) -> list[Para]:
    choice = facts.choices[row.part]
    why = row.of("purpose") or row.of("evidence") or _("No reason is written down.")
    name = f"{row.name} · {choice.get_choice_display()}"
    return [para(name, STRONG), para(why, ABOUT, before=1).cut(HALF, 2)]


def plan(deck: Deck, facts: Facts) -> None:
    rows = [row for row in facts.rows("launchaction") if row.part in facts.actions]
    has_any = rows or facts.rows("criticalmass")
    title = places.plan_title(facts) if has_any else _("There is no plan for the start yet")
    sheet = deck.sheet("drawn", title, str(SECTIONS["launch"].title))
    if not has_any:
        nothing(sheet, _("Without a plan nobody knows what the start costs, or when it has succeeded."))
        return
    places.draw_plan(sheet, facts, rows)
    places.note_plan(sheet, facts, rows)


def risk(deck: Deck, facts: Facts) -> None:
    risks, duties = facts.rows("risk"), facts.rows("duty")
    sheet = deck.sheet("drawn", risk_title(facts), _("Risk and duties"))
    people.note_rows(sheet, [*risks, *duties])
    assessed = [_assessed(facts, part) for part in facts.choices if facts.choices[part].choice in asked.YES]
    left = [_risk(facts, row) for row in risks] or assessed
    if not left and not duties:
        nothing(sheet, _("No risk and no duty is written down yet."))
        return
    heading = _("What can go wrong") if risks else _("What the risk assessments say")
    _side(sheet, EDGE, heading, left)
    _side(sheet, EDGE + HALF + 40, _("What the law asks, and how we do it"), [_duty(row) for row in duties])


def risk_title(facts: Facts) -> str:
    used = [row for row in facts.choices.values() if row.choice in asked.YES]
    bare = [row.name for row in used if not row.risk]
    if not used:
        return _("We know our risks and duties before we begin")
    if bare:
        n = len(bare)
        words = ngettext(
            "%(n)d channel we are on has no risk assessment",
            "%(n)d channels we are on have no risk assessment",
            n,
        )
        return words % {"n": n}
    return _("Every channel we are on has a risk assessment")


def _risk(facts: Facts, row: Row) -> list[Para]:
    about = " · ".join(
        f"{line.label}: {line.words}" for line in row.lines if line.key in ("likelihood", "harm")
    )
    said = [
        para(row.name, STRONG).cut(HALF, 2),
        para(about, SMALL, before=1),
        para(row.of("measure"), ABOUT, before=1).cut(HALF, 2),
    ]
    return [each for each in said if each.text]


def _assessed(facts: Facts, part: str) -> list[Para]:
    choice = facts.choices[part]
    said = choice.get_risk_display() or _("no risk assessment")
    when = f" ({day(choice.risk_on)})" if choice.risk_on else ""
    return [para(choice.name, STRONG), para(f"{said}{when}", ABOUT, before=1)]


def _duty(row: Row) -> list[Para]:
    how = row.of("how") or row.of("asks")
    return [
        each
        for each in (para(row.name, STRONG).cut(HALF, 2), para(how, ABOUT, before=1).cut(HALF, 2))
        if each.text
    ]


def learnt(deck: Deck, facts: Facts) -> None:
    """What has been done, decided and learnt so far."""
    done = [row for row in facts.rows("launchaction") if row.is_done]
    lessons, decided = facts.rows("lesson"), facts.decisions
    sheet = deck.sheet(
        "drawn", learnt_title(len(done), len(decided), len(lessons)), _("What has been done and learnt")
    )
    left = [_done(facts, row) for row in done]
    left += [
        [
            para(row.title, STRONG).cut(HALF, 2),
            para(_decided(row.decided_on, row.decided_by), SMALL, before=1),
        ]
        for row in decided
    ]
    if not left and not lessons:
        nothing(sheet, _("Nothing is done or decided yet, and nothing is written down that was learnt."))
        return
    _side(sheet, EDGE, _("Done and decided"), left)
    _side(sheet, EDGE + HALF + 40, _("Learnt"), [_lesson(row) for row in lessons])
    people.note_rows(sheet, [*done, *lessons])
    sheet.note(*(f"{row.title}: {row.reason}" for row in decided if row.reason))


def learnt_title(done: int, decided: int, learnt: int) -> str:
    said = [
        ngettext("%(n)d action is done", "%(n)d actions are done", done) % {"n": done},
        ngettext("%(n)d decision made", "%(n)d decisions made", decided) % {"n": decided},
        ngettext("%(n)d lesson learnt", "%(n)d lessons learnt", learnt) % {"n": learnt},
    ]
    return listed([words for words, n in zip(said, (done, decided, learnt), strict=True) if n]) or _(
        "We have not begun yet"
    )


def _decided(on: date, by: str) -> str:
    return " · ".join(filter(None, (day(on), by)))


def _done(facts: Facts, row: Row) -> list[Para]:
    action = facts.actions.get(row.part)
    result = action.result_followers if action else None
    about = row.of("result") or (_("Brought %(n)s followers.") % {"n": count(result)} if result else "")
    said = [para(row.name, STRONG).cut(HALF, 2), para(about, ABOUT, before=1).cut(HALF, 2)]
    return [each for each in said if each.text]


def _lesson(row: Row) -> list[Para]:
    said = [
        para(row.name, STRONG).cut(HALF, 2),
        para(row.of("consequence"), ABOUT, before=1).cut(HALF, 2),
    ]
    return [each for each in said if each.text]


def decide(deck: Deck, facts: Facts) -> None:
    wanted = asked.asks(facts)
    title = (
        ngettext(
            "We ask the board to decide on %(n)d thing",
            "We ask the board to decide on %(n)d things",
            len(wanted),
        )
        % {"n": len(wanted)}
        if wanted
        else _("We ask the board for nothing new")
    )
    sheet = deck.sheet("drawn", title, _("What we ask the board to decide"))
    if not wanted:
        nothing(sheet, _("Nothing in the strategy waits for a decision."))
    else:
        asked.draw_asks(sheet, wanted, ROOM)
    sheet.note(*(f"{ask.what}. {ask.why}".strip() for ask in wanted))
    for each in asked.coming(facts)[:12]:
        sheet.note(f"{day(each.on)}: {each.what}")


SLIDES: tuple[Callable[[Deck, Facts], None], ...] = (
    purpose,
    derived,
    stand,
    whom,
    sound,
    channels,
    plan,
    risk,
    learnt,
    decide,
)


def nothing(sheet: Sheet, words: str) -> None:
    """Said where a slide would be empty: what is missing, and why it matters."""
    rule(sheet, TOP + 10, wide=ROOM)
    sheet.text(Box(EDGE, TOP + 30, 620, 120), [para(words, LEAD.in_colour(INK_3))])


def one_table(
    sheet: Sheet, columns: Sequence[Column], lines: Sequence[Sequence[str | Cell]], says: str
) -> None:
    """As many rows as find room; the others are named in the notes, and it is said."""
    top = head(columns)
    part = laid(lines, columns, BOTTOM - TOP - top.high, 1)[0]
    if len(part) < len(lines):
        part = laid(lines, columns, BOTTOM - TOP - top.high - 22, 1)[0]
    sheet.table(TOP, columns, [top, *part], says, EDGE)
    if len(part) < len(lines):
        left_out(sheet, len(part), len(lines))
        sheet.note(_("Not on the slide:"), *(f"– {line[0]}" for line in lines[len(part) :]))


def _side(sheet: Sheet, x: float, title: str, items: Sequence[Sequence[Para]]) -> None:
    """A column of short rows under a heading."""
    sheet.text(Box(x, TOP, HALF, 26), [para(title, NAME)])
    rule(sheet, TOP + 30, x=x, wide=HALF)
    if not items:
        sheet.text(Box(x, TOP + 42, HALF, 30), [para(_("Nothing yet."), BODY.in_colour(INK_3))])
        return
    room = BOTTOM - TOP - 42
    for shown in range(min(len(items), LISTED), 0, -1):
        said = _listed(items, shown)
        if shown <= FEW or high([each.at(EASY) for each in said], HALF) <= room:
            break
    sheet.text(Box(x, TOP + 42, HALF, room), said)


def _listed(items: Sequence[Sequence[Para]], shown: int) -> list[Para]:
    """The first of them, and how many more there are."""
    said = [
        replace(each, before=14) if not at and place else each
        for place, item in enumerate(items[:shown])
        for at, each in enumerate(item)
    ]
    more = len(items) - shown
    if more > 0:
        words = ngettext("and %(n)d more, in the notes", "and %(n)d more, in the notes", more) % {"n": more}
        said.append(para(words, SMALL, before=14))
    return said
