"""The first slides: which strategy it is, what it aspires to, and what it is derived from."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspill.face.blocks import Document, Passage
from samspill.face.deck.drawn import Knot, para, quotation, thread
from samspill.face.deck.facts import Facts, day
from samspill.face.deck.fit import fits
from samspill.face.deck.look import BODY, BOTTOM, EDGE, LEAD, NAME, ROOM, TITLE, TOP, Box
from samspill.face.deck.master import TEXT
from samspill.face.deck.paint import Deck, Sheet
from samspill.strategy.answers import listed

QUOTED = 2  # passages on a slide
LONGEST_SUMMARY = 240  # characters that may stand under the ambition


def cover(deck: Deck, facts: Facts) -> None:
    told = facts.content
    sheet = deck.sheet("cover", told.title)
    sheet.place(TEXT, [para(line, LEAD, before=0) for line in (told.organisation, validity(facts)) if line])
    thread(sheet, 420, parts(facts))
    sheet.note(
        _("Made from the strategy as it stood on %(day)s.") % {"day": day(facts.today)},
        _("What a slide has no room for stands in its notes; the Word document holds everything."),
        *(f"{line.label}: {line.words}" for line in told.about),
    )


def validity(facts: Facts) -> str:
    """Whether it is adopted, and from when to when it holds."""
    adopted, strategy = facts.content.adopted, facts.strategy
    said = []
    if adopted and adopted.by:
        said.append(_("Adopted by %(who)s %(day)s") % {"who": adopted.by, "day": day(adopted.on)})
    elif adopted:
        said.append(_("Adopted %(day)s") % {"day": day(adopted.on)})
    else:
        said.append(_("Not adopted yet"))
    if strategy.valid_from and strategy.valid_to:
        said.append(
            _("in force %(start)s – %(end)s")
            % {"start": day(strategy.valid_from), "end": day(strategy.valid_to)}
        )
    elif strategy.valid_from:
        said.append(_("in force from %(day)s") % {"day": day(strategy.valid_from)})
    return " · ".join(said)


def parts(facts: Facts) -> list[Knot]:
    """The six questions and how much each is answered, as one thread."""
    audiences = [row for row in facts.rows("audience") if not row.under]
    counted = (
        (len(facts.rows("goal")), ngettext("%(n)d goal", "%(n)d goals", len(facts.rows("goal"))), _("Goals")),
        (len(audiences), ngettext("%(n)d audience", "%(n)d audiences", len(audiences)), _("Audiences")),
        (
            len(facts.rows("tactic")),
            ngettext("%(n)d tactic", "%(n)d tactics", len(facts.rows("tactic"))),
            _("Tactics"),
        ),
        (
            len(facts.rows("trait")),
            ngettext("%(n)d trait", "%(n)d traits", len(facts.rows("trait"))),
            _("Traits"),
        ),
        (
            len(facts.choices),
            ngettext("%(n)d channel decided", "%(n)d channels decided", len(facts.choices)),
            _("Channels"),
        ),
        (len(facts.actions), ngettext("%(n)d action", "%(n)d actions", len(facts.actions)), _("Actions")),
    )
    return [
        Knot(words % {"n": n}) if n else Knot(name, _("nothing yet"), is_open=True)
        for n, words, name in counted
    ]


def ambition(deck: Deck, facts: Facts) -> None:
    told = facts.content
    if not told.ambition:
        return
    sheet = deck.sheet("statement", told.ambition, _("Ambition"))
    summary = told.summary if len(told.summary) <= LONGEST_SUMMARY else ""
    sheet.place(TEXT, [para(summary, LEAD)] if summary else [])
    sheet.note(told.summary)


def derived(deck: Deck, facts: Facts) -> None:
    """The passages that goals serve most, in their own words."""
    documents = facts.content.documents
    if documents:
        _derived(deck, documents)


def _derived(deck: Deck, documents: Sequence[Document]) -> Sheet:
    sheet = deck.sheet("drawn", derived_title(documents), _("What the goals are derived from"))
    served = most_served(documents)
    if served:
        quotations(sheet, served[:QUOTED], BOTTOM - TOP)
    else:
        list_documents(sheet, documents)
    note_documents(sheet, documents)
    return sheet


def derived_title(documents: Sequence[Document]) -> str:
    serving = [document for document in documents if document.passages]
    if not serving:
        return _("No goal is tied to a governing document yet")
    said = _("Our goals are derived from %(names)s") % {"names": listed([each.title for each in serving])}
    if fits(said, TITLE, ROOM, 2):
        return said
    n = len(serving)
    return ngettext(
        "Our goals are derived from %(n)d governing document",
        "Our goals are derived from %(n)d governing documents",
        n,
    ) % {"n": n}


def most_served(documents: Sequence[Document]) -> list[tuple[Document, Passage]]:
    """The passages that most goals serve first; else as they stand."""
    every = [(document, passage) for document in documents for passage in document.passages]
    return sorted(every, key=lambda pair: -len(pair[1].goals))


def quotations(sheet: Sheet, served: Sequence[tuple[Document, Passage]], room: float) -> None:
    gap = 22.0
    each = (room - gap * (len(served) - 1)) / len(served)
    y = TOP
    for document, passage in served:
        source = [", ".join(filter(None, (document.title, passage.place)))]
        if passage.goals:
            source.append(_("Goals that serve it: %(names)s") % {"names": listed(passage.goals)})
        y += quotation(sheet, Box(EDGE, y, ROOM, each), passage.text, source) + gap


def list_documents(sheet: Sheet, documents: Sequence[Document]) -> None:
    lines = []
    for document in documents[:8]:
        about = " · ".join(filter(None, (document.sort, _adopted(document))))
        lines.append(para(document.title, NAME, before=14))
        lines += [para(about, BODY, before=2)] if about else []
    sheet.text(Box(EDGE, TOP, ROOM, BOTTOM - TOP), lines)


def note_documents(sheet: Sheet, documents: Sequence[Document]) -> None:
    for document in documents:
        sheet.note(", ".join(filter(None, (document.title, _adopted(document), document.link))))
        for passage in document.passages:
            place = ", ".join(filter(None, (passage.chapter, passage.place)))
            sheet.note(_("“%(text)s” (%(place)s)") % {"text": passage.text, "place": place})
            sheet.note(*(f"– {goal}" for goal in passage.goals))


def _adopted(document: Document) -> str:
    return _("adopted %(adopted)s") % {"adopted": document.adopted} if document.adopted else ""
