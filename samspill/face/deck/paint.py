"""A deck that is being made, slide by slide; each text fits where it is put, or says where the rest is."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from pptx import Presentation
from pptx.oxml import parse_xml

from samspill.face.deck import shapes
from samspill.face.deck.fit import Para, clean, clean_text, cut, fit
from samspill.face.deck.look import SMALL, Box, Style
from samspill.face.deck.master import FOOT, FOOTER, KICKER, NUMBER, Layout, empty, layouts
from samspill.face.deck.masterxml import escape
from samspill.face.deck.rows import Column, Row

FULLEST_NOTES = 8000  # characters; the Word document holds everything
LONGEST_NOTE = 2500


class Sheet:
    """One slide. What is put on it comes in the order a screen reader reads it."""

    def __init__(self, deck: Deck, slide: Any, layout: Layout) -> None:
        self.deck, self.slide, self.layout = deck, slide, layout
        self.notes: list[str] = []
        self.left: list[str] = []
        self.number = len(deck.sheets) + 1
        self._told = 0

    def place(self, number: int, paras: Sequence[Para], high: float | None = None) -> None:
        """Fill a place of the layout, or only so much of its height; an empty one goes."""
        holder = next(each for each in self.slide.placeholders if each.placeholder_format.idx == number)
        paras = [para for para in paras if para.text]
        if not paras:
            holder._element.getparent().remove(holder._element)
            return
        place = next(each for each in self.layout.places if each.number == number)
        box = place.box if high is None else replace(place.box, high=high)
        fitted = self._fit(paras, box)
        if high is not None:
            holder.left, holder.top, holder.width, holder.height = shapes.placed(box)
        frame = holder._element.txBody
        for old in frame.p_lst:
            frame.remove(old)
        for para in fitted:
            frame.append(_parsed(shapes.paragraph(para, self.deck.language, like=place.style)))

    def style(self, number: int) -> Style:
        return next(each.style for each in self.layout.places if each.number == number)

    def box(self, number: int) -> Box:
        return next(each.box for each in self.layout.places if each.number == number)

    def text(
        self, box: Box, paras: Sequence[Para], *, name: str = "", align: str = "l", anchor: str = "t"
    ) -> float:
        """Put what says something in a box of its own; how high it came to be."""
        paras = [para for para in paras if para.text]
        if not paras:
            return 0.0
        fitted = self._fit(paras, box)
        said = name or fitted[0].text[:40]
        self._add(shapes.text_box, said, box, fitted, self.deck.language, align=align, anchor=anchor)
        return sum(
            para.lines(box.wide) * para.style.line + (para.before if at else 0)
            for at, para in enumerate(fitted)
        )

    def table(self, y: float, columns: Sequence[Column], rows: Sequence[Row], says: str, x: float) -> None:
        for row in rows:
            self.left += row.left
        self._add(shapes.table, _("Table"), says, (x, y), columns, rows, self.deck.language)

    def form(self, box: Box, **look: Any) -> None:
        self._add(shapes.form, _("Drawing"), box, **look)

    def stroke(self, start: tuple[float, float], end: tuple[float, float], **look: Any) -> None:
        self._add(shapes.stroke, _("Line"), start, end, **look)

    def picture(self, number: int, png: bytes, says: str) -> None:
        """Put a picture in the layout's place for one."""
        holder = next(each for each in self.slide.placeholders if each.placeholder_format.idx == number)
        placed = holder.insert_picture(io.BytesIO(png))
        about = placed._element.nvPicPr.cNvPr
        about.set("descr", clean(says))
        about.set("name", _("Chart"))

    def note(self, *texts: object) -> None:
        """Say something to whoever presents; nothing where there is nothing to say."""
        self.notes += [str(text) for text in texts if text]

    def _fit(self, paras: Sequence[Para], box: Box) -> Sequence[Para]:
        fitted = fit(paras, box.wide, box.high)
        self.left += [para.whole for para in paras if para.whole]
        self.left += fitted.left
        return fitted.paras

    def _add(self, make: Any, name: str, *args: Any, **more: Any) -> None:
        tree = self.slide.shapes._spTree
        self._told = max(self._told, max(int(one) for one in tree.xpath("//@id") if str(one).isdigit()))
        self._told += 1
        tree.append(parse_xml(make(self._told, clean(name) or "–", *args, **more)))

    def finish(self) -> None:
        """What every slide has at its foot, and its notes."""
        if self.layout.key != "cover":
            self._foot()
        said = _bounded(self.notes)
        cut_short = [text for text in dict.fromkeys(self.left) if text not in said]
        if cut_short:
            room = FULLEST_NOTES - sum(map(len, said))
            said += [_("In full, what is cut short on the slide:"), *_bounded(cut_short, room)]
        self._write_notes(said)

    def _foot(self) -> None:
        """The look is said again here, since LibreOffice does not take it from the layout."""
        style, language = SMALL.at(10), self.deck.language
        title = shapes.paragraph(Para(cut(self.deck.title, style, FOOT.wide, 1), style), language)
        number = shapes.number(self.number, style, language)
        if self.deck.title:
            self._add(_footing, "ftr", "ftr", FOOTER, title)
        self._add(_footing, "sldNum", "sldNum", NUMBER, number)

    def _write_notes(self, said: Sequence[str]) -> None:
        if not said:
            return
        frame = self.slide.notes_slide.notes_text_frame
        body = frame._txBody
        for old in body.p_lst:
            body.remove(old)
        language = shapes.LANGUAGES[self.deck.language]
        for line in said:
            way = ' algn="r" rtl="1"' if shapes.is_right_to_left(line) else ""
            body.append(
                _parsed(
                    f'<a:p><a:pPr{way}/><a:r><a:rPr lang="{language}" dirty="0"/>'
                    f"<a:t>{escape(line)}</a:t></a:r></a:p>"
                )
            )


class Deck:
    """`title`: what it is called at the foot of each slide and in the file's properties."""

    def __init__(self, title: str, organisation: str, language: str, now: datetime) -> None:
        self.title, self.language = clean(title), language
        self.sheets: list[Sheet] = []
        self._file = Presentation(empty())
        self._layouts = {made.key: made for made in layouts()}
        self._forms = dict(zip(self._layouts, self._file.slide_layouts, strict=True))
        about = self._file.core_properties
        about.title, about.author = self.title[:255], clean(organisation)[:255]
        about.last_modified_by, about.language = about.author, shapes.LANGUAGES[language]
        about.created = about.modified = now.replace(tzinfo=None)
        about.subject, about.revision = _("Social media strategy"), 1

    def sheet(self, layout: str, title: str, kicker: str = "") -> Sheet:
        """A new slide with its sentence, and above it which part of the strategy it is about."""
        made = self._layouts[layout]
        sheet = Sheet(self, self._file.slides.add_slide(self._forms[layout]), made)
        self.sheets.append(sheet)
        sheet.place(0, [Para(clean(title) or "–", sheet.style(0))])
        if any(place.number == KICKER for place in made.places):
            sheet.place(KICKER, [Para(clean(kicker), sheet.style(KICKER))] if kicker else [])
        return sheet

    def save(self) -> bytes:
        for sheet in self.sheets:
            sheet.finish()
        file = io.BytesIO()
        self._file.save(file)
        return file.getvalue()


def _parsed(paragraph: str) -> Any:
    return parse_xml(paragraph.replace("<a:p>", f"<a:p {shapes.SPACES}>", 1))


def _footing(at: int, name: str, sort: str, index: int, text: str) -> str:
    return (
        f'<p:sp {shapes.SPACES}><p:nvSpPr><p:cNvPr id="{at}" name="{name}"/><p:cNvSpPr><a:spLocks noGrp="1"/>'
        f'</p:cNvSpPr><p:nvPr><p:ph type="{sort}" sz="quarter" idx="{index}"/></p:nvPr></p:nvSpPr><p:spPr/>'
        f"<p:txBody><a:bodyPr/><a:lstStyle/>{text}</p:txBody></p:sp>"
    )


def _bounded(said: Sequence[str], room: int = FULLEST_NOTES) -> list[str]:
    """Notes that somebody can read while they speak: long ones are cut, and so are many, and it is said."""
    kept: list[str] = []
    for at, text in enumerate(said):
        whole = clean_text(text)
        short = whole if len(whole) <= LONGEST_NOTE else whole[:LONGEST_NOTE].rsplit(" ", 1)[0] + " …"
        if len(short) > room:
            more = len(said) - at
            words = ngettext(
                "%(n)d more line stands in the Word document.",
                "%(n)d more lines stand in the Word document.",
                more,
            )
            kept.append(words % {"n": more})
            break
        kept += [line for line in short.split("\n") if line]
        room -= len(short)
    return kept
