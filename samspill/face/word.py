"""The whole strategy as a Word document: everything it says, with styles, contents and tables."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from lxml import etree

from samspill.accounts.middleware import zone_of
from samspill.face import wordxml as xml
from samspill.face.blocks import Content, Figures, Group, Line, Part, Row
from samspill.face.content import Choices, content
from samspill.face.deck.fit import clean
from samspill.face.deck.look import FJORD, INK, INK_2, TEXT_FACE, TITLE_FACE
from samspill.face.deck.shapes import LANGUAGES
from samspill.face.picture import png
from samspill.strategy.models import Strategy
from samspill.strategy.sections import KINDS

CHARTS = 12  # goals with a picture of their line
ROOM = 9070  # between the margins, in twentieths of a point
CHART = (454.0, 200.0)  # points
TABLE_MOST = 5  # columns beside the name; more are read row by row
NONE, WHITE = "–", "#ffffff"
# What stands in a table before each row is told: fields of the kind, and the widths of the columns.
OVERVIEW = {
    "channelchoice": (("hours_a_week", "reply_within", "responsible"), (2600, 1570, 1500, 1500, 1900)),
    "launchaction": (("on", "owner", "cost", "expected_followers"), (2900, 1370, 1500, 1400, 900, 1000)),
}


def word(strategy: Strategy, language: str, now: datetime | None = None) -> bytes:
    """The file, in the language."""
    now = now or timezone.now()
    zone = zone_of(strategy.workspace.time_zone) or timezone.get_default_timezone()
    with translation.override(language), timezone.override(zone):
        choices = Choices(language=language, people=True, inside=True, charts=CHARTS)
        return _Writer(content(strategy, choices, now), language, now).file()


class _Writer:
    def __init__(self, told: Content, language: str, now: datetime) -> None:
        self.told, self.language, self.now = told, language, now
        self.document: Any = Document()

    def file(self) -> bytes:
        _set_styles(self.document, LANGUAGES[self.language])
        self.about()
        self.edges()
        self.fill(
            [*self.front(), *self.derived(), *(each for part in self.told.parts for each in self.part(part))]
        )
        made = io.BytesIO()
        self.document.save(made)
        return made.getvalue()

    def about(self) -> None:
        about, told = self.document.core_properties, self.told
        about.title, about.author = clean(told.title)[:255], clean(told.organisation)[:255]
        about.last_modified_by, about.language = about.author, LANGUAGES[self.language]
        about.created = about.modified = self.now.replace(tzinfo=None)
        about.subject, about.comments, about.revision = _("Social media strategy"), "", 1

    def edges(self) -> None:
        """A4, with the title above and the number of the page below."""
        section = self.document.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.5)
        section.top_margin = section.bottom_margin = Cm(2.3)
        _replace(section.header, xml.said(self.told.title, "Header"))
        pages = (
            xml.run(_("Page") + " ") + xml.field("PAGE", "1") + xml.run(" / ") + xml.field("NUMPAGES", "1")
        )
        _replace(section.footer, xml.paragraph(pages, "Footer"))

    def fill(self, blocks: Sequence[str]) -> None:
        body = self.document.element.body
        for old in body.findall(qn("w:p")):
            body.remove(old)
        made = parse_xml(f"<w:body {xml.SPACES}>{''.join(blocks)}</w:body>")
        for at, each in enumerate(list(made)):
            body.insert(at, each)

    # ---- what stands where

    def front(self) -> Iterator[str]:
        told = self.told
        yield xml.said(told.title or NONE, "Title")
        yield xml.said(told.organisation, "Subtitle")
        if told.ambition:
            yield xml.said(told.ambition, "Quote")
        if told.summary:
            yield xml.said(told.summary)
        for line in told.about:
            yield xml.labelled(line.label, line.words)
        if told.adopted:
            yield xml.labelled(
                _("Adopted"), " · ".join(filter(None, (date_format(told.adopted.on), told.adopted.by)))
            )
        titles = [str(_("What the goals are derived from"))] if told.documents else []
        titles += [part.title for part in told.parts]
        if titles:
            yield xml.said(_("Contents"), "ContentsTitle")
            yield from xml.contents(titles)
            yield xml.NEW_PAGE

    def derived(self) -> Iterator[str]:
        if not self.told.documents:
            return
        yield xml.said(_("What the goals are derived from"), "Heading1")
        for document in self.told.documents:
            yield xml.said(document.title, "Heading2")
            about = " · ".join(filter(None, (document.sort, document.adopted, document.link)))
            if about:
                yield xml.said(about, "Source")
            for passage in document.passages:
                yield xml.said(_("“%(text)s”") % {"text": passage.text}, "Quote")
                yield xml.said(", ".join(filter(None, (passage.chapter, passage.place))), "Source")
                for goal in passage.goals:
                    yield xml.said(goal, "ListBullet")

    def part(self, part: Part) -> Iterator[str]:
        yield xml.said(part.title, "Heading1")
        if part.short:
            yield xml.said(part.short)
        for group in part.groups:
            yield xml.said(group.title, "Heading2")
            yield xml.said(group.purpose, "Source")
            if group.key == "goal":
                yield _goals(group)
            elif group.key in OVERVIEW:
                yield _overview(group)
            if group.key not in OVERVIEW and group.across and len(group.columns) <= TABLE_MOST:
                yield _across(group)
            else:
                yield from (each for row in group.rows for each in self.row(row))

    def row(self, row: Row) -> Iterator[str]:
        if row.name:
            yield xml.said(row.name, "Heading3")
        if row.under or row.above:
            yield xml.said(" · ".join(filter(None, (row.under, row.above))), "Source")
        if row.reason:
            reason = row.reason
            yield xml.said(_("“%(text)s”") % {"text": reason.text}, "Quote")
            where = ", ".join(filter(None, (reason.document, reason.adopted, reason.place)))
            yield xml.said(" · ".join(filter(None, (where, reason.strength))), "Source")
            if reason.why:
                yield xml.said(reason.why)
        if row.figures:
            yield from self.figures(row.figures)
        brief = [line for line in row.brief if len(line.items) < 2]
        if brief:
            yield xml.paragraph(xml.run(" · ").join(_labelled(line) for line in brief))
        for line in row.lines:
            if line not in brief:
                yield from _line(line)

    def figures(self, figures: Figures) -> Iterator[str]:
        way = {
            "measure": figures.measure,
            "start": figures.baseline or NONE,
            "target": figures.target or NONE,
            "now": figures.now,
        }
        yield xml.said(_("%(measure)s: from %(start)s to %(target)s; now %(now)s") % way)
        if figures.spec:
            yield self.chart(figures)
        told = (figures.sentence, figures.trend, figures.basis, *figures.reservations)
        yield xml.said(" ".join(_sentence(each) for each in told if each))

    def chart(self, figures: Figures) -> str:
        wide, high = CHART
        picture = io.BytesIO(png(figures.spec, wide, high, WHITE))
        inline = self.document.part.new_pic_inline(picture, width=Pt(wide))
        inline.docPr.set("descr", clean(figures.shows))
        drawing = f"<w:r><w:drawing>{etree.tostring(inline, encoding='unicode')}</w:drawing></w:r>"
        return xml.paragraph(drawing, next_with=True) + xml.said(figures.shows, "Caption")


def _labelled(line: Line) -> str:
    return xml.run(f"{line.label}: ", bold=True) + xml.run(line.words)


def _sentence(words: str) -> str:
    said = str(capfirst(words))
    return said if said.endswith((".", "!", "?", "…")) else f"{said}."


def _line(line: Line) -> Iterator[str]:
    if len(line.items) > 1:
        yield xml.paragraph(xml.run(line.label, bold=True), next_with=True)
        yield from (xml.said(item, "ListBullet") for item in line.items)
    else:
        yield xml.labelled(line.label, line.words)


def _goals(group: Group) -> str:
    """All goals on a page or two, before each is told."""
    heads = (_("Goal"), _("From"), _("To"), _("Now"), _("Deadline"), _("Stands"))
    rows = []
    for row in group.rows:
        figures = row.figures
        start = figures.baseline if figures else row.of("baseline")
        target = figures.target if figures else row.of("target")
        now, stands = (figures.now, figures.standing) if figures else ("", "")
        rows.append([each or NONE for each in (row.name, start, target, now, row.of("deadline"), stands)])
    return xml.table(heads, rows, (3270, 1100, 1100, 1200, 1300, 1100))


def _overview(group: Group) -> str:
    fields, widths = OVERVIEW[group.key]
    kind = KINDS[group.key]
    under = kind.label(kind.field("choice" if group.key == "channelchoice" else "phase"))
    heads = [group.naming, under, *(kind.label(kind.field(name)) for name in fields)]
    rows = [
        [each or NONE for each in (row.name, row.under, *(row.of(name) for name in fields))]
        for row in group.rows
    ]
    return xml.table(heads, rows, widths)


def _across(group: Group) -> str:
    columns = group.columns
    rest = (ROOM - 2600) // max(len(columns), 1)
    rows = [[row.name or NONE, *(cell or NONE for cell in cells)] for row, cells in group.cells]
    heads = [group.naming, *(label for _key, label in columns)]
    return xml.table(heads, rows, [2600 if columns else ROOM, *([rest] * len(columns))])


def _replace(edge: Any, paragraph: str) -> None:
    element = edge._element
    for old in list(element):
        element.remove(old)
    element.append(parse_xml(paragraph.replace("<w:p>", f"<w:p {xml.SPACES}>", 1)))


def _set_styles(document: Any, language: str) -> None:
    styles = document.styles
    for tag in styles.element.iter(qn("w:lang")):
        tag.set(qn("w:val"), language)
    _style(styles["Normal"], TEXT_FACE, 10.5, INK, after=6, line=1.25)
    _style(styles["Title"], TITLE_FACE, 28, INK, after=4, bold=True)
    _style(styles["Subtitle"], TEXT_FACE, 13, INK_2, after=18)
    _style(styles["Heading 1"], TITLE_FACE, 20, INK, before=30, after=8, bold=True)
    _style(styles["Heading 2"], TITLE_FACE, 14, FJORD, before=18, after=3, bold=True)
    _style(styles["Heading 3"], TEXT_FACE, 11.5, INK, before=12, after=3, bold=True)
    _style(styles["Quote"], TITLE_FACE, 11.5, INK, after=3, italic=True)
    _style(styles["Caption"], TEXT_FACE, 9, INK_2, after=6)
    _style(styles["List Bullet"], TEXT_FACE, 10.5, INK, after=2)
    _style(styles["Header"], TEXT_FACE, 9, INK_2)
    _style(styles["Footer"], TEXT_FACE, 9, INK_2)
    for name, size, colour, after in (
        ("Source", 9.5, INK_2, 8),
        ("Cell", 9.5, INK, 2),
        ("Contents", 10.5, INK, 2),
        ("ContentsTitle", 14, INK, 6),
        ("Tight", 4, INK, 0),
    ):
        made = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        made.base_style = styles["Normal"]
        _style(made, TITLE_FACE if name == "ContentsTitle" else TEXT_FACE, size, colour, after=after)
    styles["Title"].element.pPr.remove(styles["Title"].element.pPr.find(qn("w:pBdr")))
    styles["ContentsTitle"].paragraph_format.space_before = Pt(24)


def _style(
    style: Any,
    face: str,
    size: float,
    colour: str,
    *,
    before: float = 0,
    after: float = 0,
    line: float | None = None,
    bold: bool = False,
    italic: bool = False,
) -> None:
    font, spacing = style.font, style.paragraph_format
    font.name, font.size, font.bold, font.italic = face, Pt(size), bold, italic
    font.color.rgb = RGBColor.from_string(colour)
    faces = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in list(faces.attrib):  # the template's theme has other faces, which would go first
        if name.endswith("Theme"):
            del faces.attrib[name]
    faces.set(qn("w:hAnsi"), face)
    faces.set(qn("w:cs"), face)
    spacing.space_before, spacing.space_after = Pt(before), Pt(after)
    if line:
        spacing.line_spacing = line
