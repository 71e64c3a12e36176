"""Paragraphs, tables and fields of a document in the words of the format, ECMA-376."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from samspill.face.deck.masterxml import escape
from samspill.face.deck.shapes import is_right_to_left

SPACES = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
HAIR = 'w:val="single" w:sz="4" w:space="0" w:color="C4BCAB"'

NEW_PAGE = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'


def run(text: str, *, bold: bool = False, colour: str = "") -> str:
    """Line breaks stay."""
    look = ("<w:b/>" if bold else "") + (f'<w:color w:val="{colour}"/>' if colour else "")
    turned = "<w:rtl/>" if is_right_to_left(text) else ""
    said = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n"))
    return f"<w:r><w:rPr>{look}{turned}</w:rPr>{said}</w:r>"


def paragraph(runs: str, style: str = "", *, turned: bool = False, next_with: bool = False) -> str:
    about = (f'<w:pStyle w:val="{style}"/>' if style else "") + ("<w:keepNext/>" if next_with else "")
    about += "<w:bidi/>" if turned else ""
    return f"<w:p><w:pPr>{about}</w:pPr>{runs}</w:p>"


def said(text: str, style: str = "") -> str:
    return paragraph(run(text), style, turned=is_right_to_left(text))


def labelled(label: str, text: str) -> str:
    return paragraph(run(f"{label}: ", bold=True) + run(text))


def field(code: str, shown: str) -> str:
    """A field and what it showed last."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin" w:dirty="true"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(shown)}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def contents(titles: Sequence[str]) -> Iterable[str]:
    """A table of contents that shows the headings until a program sets the pages in."""
    begin = (
        '<w:r><w:fldChar w:fldCharType="begin" w:dirty="true"/></w:r>'
        '<w:r><w:instrText xml:space="preserve"> TOC \\o "1-2" \\h \\z \\u </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    for at, title in enumerate(titles):
        yield paragraph(
            (begin if at == 0 else "") + run(title) + (end if at == len(titles) - 1 else ""), "Contents"
        )


def table(heads: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int]) -> str:
    """`widths` in twentieths of a point. The heads stand again on each page."""
    grid = "".join(f'<w:gridCol w:w="{wide}"/>' for wide in widths)
    borders = f"<w:tblBorders><w:top {HAIR}/><w:bottom {HAIR}/><w:insideH {HAIR}/></w:tblBorders>"
    top = _row(heads, widths, is_head=True)
    body = "".join(_row(row, widths) for row in rows)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/>{borders}<w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="140" w:type="dxa"/></w:tblCellMar>'
        f'<w:tblLook w:firstRow="1"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{top}{body}</w:tbl>'
        + paragraph("", "Tight")
    )


def _row(cells: Sequence[str], widths: Sequence[int], *, is_head: bool = False) -> str:
    about = "<w:cantSplit/>" + ("<w:tblHeader/>" if is_head else "")
    made = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{wide}" w:type="dxa"/></w:tcPr>'
        f"{paragraph(run(cell, bold=is_head), 'Cell', turned=is_right_to_left(cell))}</w:tc>"
        for cell, wide in zip(cells, widths, strict=True)
    )
    return f"<w:tr><w:trPr>{about}</w:trPr>{made}</w:tr>"
