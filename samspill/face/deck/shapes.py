"""What stands on a slide, in the words of the format, ECMA-376: paragraphs, boxes, lines, tables.

Text has its language, decoration says that it is decoration, and nothing borrows a look that is not said.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from samspill.face.deck.fit import Para
from samspill.face.deck.look import EMU, LINE, LINE_2, Box, Style
from samspill.face.deck.masterxml import NO_GRID, colour, escape, frame
from samspill.face.deck.rows import ABOVE, BELOW, RIGHT, Column, Row

SPACES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
)
_DECORATION = (
    '<a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative '
    'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
)
LANGUAGES = {"nb": "nb-NO", "en": "en-GB"}


def _hundredths(points: float) -> int:
    return round(points * 100)


def _emu(points: float) -> int:
    return round(points * EMU)


def placed(box: Box) -> tuple[int, int, int, int]:
    return _emu(box.x), _emu(box.y), _emu(box.wide), _emu(box.high)


def is_right_to_left(text: str) -> bool:
    """By its first character that goes either way."""
    for character in text:
        way = unicodedata.bidirectional(character)
        if way in ("R", "AL", "L"):
            return way != "L"
    return False


def paragraph(para: Para, language: str, *, align: str = "l", like: Style | None = None) -> str:
    """`like`: how the place sets its text by itself; only what is otherwise is said."""
    style = para.style
    same_size = like is not None and style.size == like.size
    turned = is_right_to_left(para.text)
    way = 'algn="r" rtl="1"' if turned else f'algn="{align}"'
    indent = f'marL="{_emu(para.indent)}" indent="{-_emu(para.hang)}" ' if para.indent else ""
    spacing = "" if same_size else f'<a:lnSpc><a:spcPts val="{_hundredths(style.line)}"/></a:lnSpc>'
    before = f'<a:spcBef><a:spcPts val="{_hundredths(para.before)}"/></a:spcBef>'
    bullet = "<a:buNone/>"
    if para.bullet:
        bullet = '<a:buChar char="–"/>'
    elif para.number:
        bullet = f'<a:buFont typeface="+mj-lt"/><a:buAutoNum type="arabicPlain" startAt="{para.number}"/>'
    return (
        f"<a:p><a:pPr {indent}{way}>{spacing}{before}{bullet}</a:pPr>"
        f"<a:r>{_characters(style, language, like)}<a:t>{escape(para.text)}</a:t></a:r></a:p>"
    )


def _characters(style: Style, language: str, like: Style | None) -> str:
    said = [f'lang="{LANGUAGES[language]}"']
    if like is None or style.size != like.size:
        said.append(f'sz="{_hundredths(style.size)}"')
    if like is None or style.bold != like.bold:
        said.append(f'b="{int(style.bold)}"')
    if like is None or style.italic != like.italic:
        said.append(f'i="{int(style.italic)}"')
    inside = ""
    if like is None or style.colour != like.colour:
        inside += colour(style.colour)
    if like is None or style.is_title != like.is_title:
        inside += f'<a:latin typeface="{"+mj-lt" if style.is_title else "+mn-lt"}"/>'
    return f'<a:rPr {" ".join(said)} dirty="0">{inside}</a:rPr>'


def number(at: int, style: Style, language: str) -> str:
    """The number of the slide, which follows it when slides are moved."""
    return (
        f'<a:p><a:pPr algn="r"/><a:fld id="{{6A1F4E0C-5C41-4C8B-9A0E-2B6D3A7C1E55}}" type="slidenum">'
        f"{_characters(style, language, None)}<a:t>{at}</a:t></a:fld></a:p>"
    )


def body(paras: Sequence[Para], language: str, *, align: str, like: Style | None) -> str:
    said = "".join(paragraph(para, language, align=align, like=like) for para in paras)
    return said or f'<a:p><a:endParaRPr lang="{LANGUAGES[language]}"/></a:p>'


def text_box(
    at: int, name: str, box: Box, paras: Sequence[Para], language: str, *, align: str = "l", anchor: str = "t"
) -> str:
    return (
        f'<p:sp {SPACES}><p:nvSpPr><p:cNvPr id="{at}" name="{escape(name)}"/><p:cNvSpPr txBox="1"/><p:nvPr/>'
        f'</p:nvSpPr><p:spPr>{frame(box)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/></p:spPr>'
        f'<p:txBody><a:bodyPr wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" anchor="{anchor}" rtlCol="0">'
        f"<a:noAutofit/></a:bodyPr><a:lstStyle/>{body(paras, language, align=align, like=None)}"
        "</p:txBody></p:sp>"
    )


def _is(at: int, name: str, says: str) -> str:
    """What a shape is; one that says nothing is decoration."""
    if says:
        return f'<p:cNvPr id="{at}" name="{escape(name)}" descr="{escape(says)}"/>'
    return f'<p:cNvPr id="{at}" name="{escape(name)}">{_DECORATION}</p:cNvPr>'


def form(
    at: int,
    name: str,
    box: Box,
    *,
    sort: str = "rect",
    fill: str = "",
    edge: str = "",
    weight: float = 1,
    dash: str = "",
    says: str = "",
) -> str:
    """A rectangle, an ellipse or another form without text."""
    filled = colour(fill) if fill else "<a:noFill/>"
    return (
        f"<p:sp {SPACES}><p:nvSpPr>{_is(at, name, says)}<p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr>{frame(box)}"
        f'<a:prstGeom prst="{sort}"><a:avLst/></a:prstGeom>{filled}{_line(edge, weight, dash)}</p:spPr>'
        "<p:txBody><a:bodyPr/><a:lstStyle/><a:p><a:endParaRPr/></a:p></p:txBody></p:sp>"
    )


def stroke(
    at: int,
    name: str,
    start: tuple[float, float],
    end: tuple[float, float],
    *,
    edge: str = LINE_2,
    weight: float = 1,
    dash: str = "",
    says: str = "",
) -> str:
    """A line from left to right, or from above to below."""
    box = Box(start[0], start[1], end[0] - start[0], end[1] - start[1])
    return (
        f"<p:cxnSp {SPACES}><p:nvCxnSpPr>{_is(at, name, says)}<p:cNvCxnSpPr/><p:nvPr/></p:nvCxnSpPr><p:spPr>"
        f'{frame(box)}<a:prstGeom prst="line"><a:avLst/></a:prstGeom>{_line(edge, weight, dash)}</p:spPr>'
        "</p:cxnSp>"
    )


def _line(edge: str, weight: float, dash: str) -> str:
    if not edge:
        return "<a:ln><a:noFill/></a:ln>"
    dashed = f'<a:prstDash val="{dash}"/>' if dash else ""
    return f'<a:ln w="{_emu(weight)}" cap="rnd">{colour(edge)}{dashed}</a:ln>'


def table(
    at: int,
    name: str,
    says: str,
    corner: tuple[float, float],
    columns: Sequence[Column],
    rows: Sequence[Row],
    language: str,
) -> str:
    """The first row heads the others."""
    wide, high = sum(column.wide for column in columns), sum(row.likely for row in rows)
    grid = "".join(f'<a:gridCol w="{_emu(column.wide)}"/>' for column in columns)
    lines = "".join(_row(row, columns, language, is_head=not number) for number, row in enumerate(rows))
    placed = frame(Box(*corner, wide, high)).replace("a:xfrm", "p:xfrm")
    return (
        f"<p:graphicFrame {SPACES}><p:nvGraphicFramePr>{_is(at, name, says)}<p:cNvGraphicFramePr>"
        '<a:graphicFrameLocks noGrp="1"/></p:cNvGraphicFramePr><p:nvPr/></p:nvGraphicFramePr>'
        f"{placed}<a:graphic>"
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/table"><a:tbl>'
        f'<a:tblPr firstRow="1"><a:tableStyleId>{NO_GRID}</a:tableStyleId></a:tblPr>'
        f"<a:tblGrid>{grid}</a:tblGrid>{lines}</a:tbl></a:graphicData></a:graphic></p:graphicFrame>"
    )


def _row(row: Row, columns: Sequence[Column], language: str, *, is_head: bool) -> str:
    none = "".join(f'<a:ln{side} w="0"><a:noFill/></a:ln{side}>' for side in "LRT")
    below = f'<a:lnB w="{_emu(1.25 if is_head else 0.75)}">{colour(LINE_2 if is_head else LINE)}</a:lnB>'
    cells = "".join(
        f"<a:tc><a:txBody><a:bodyPr/><a:lstStyle/>"
        f"{body([cell], language, align='r' if column.is_number else 'l', like=None)}</a:txBody>"
        f'<a:tcPr marL="0" marR="{_emu(RIGHT)}" marT="{_emu(ABOVE)}" marB="{_emu(BELOW)}">'
        f"{none}{below}<a:noFill/></a:tcPr></a:tc>"
        for cell, column in zip(row.cells, columns, strict=True)
    )
    return f'<a:tr h="{_emu(row.likely)}">{cells}</a:tr>'
