"""Passages of a Word document: headings, paragraphs, items, table rows; what is deleted is left out."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

import docx
from docx.opc.exceptions import PackageNotFoundError
from lxml import etree

from samspill.strategy.read.said import Block, Trouble, Unreadable

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_LEFT_OUT = {_W + "del", _W + "moveFrom", _W + "pPr", _W + "rPr", _W + "instrText", _FALLBACK}
_LONGEST_BOLD_HEADING = 100
_LONGEST_CELL = 300
_BOLD_LEVEL = 11  # below all that styles give


def blocks(content: bytes) -> Iterator[Block]:
    try:
        document = docx.Document(io.BytesIO(content))
        body = document.element.body
    except (PackageNotFoundError, zipfile.BadZipFile, etree.LxmlError, KeyError, ValueError) as error:
        out_of_memory = getattr(error, "code", None) == etree.ErrorTypes.ERR_NO_MEMORY
        raise Unreadable(Trouble.TOO_HEAVY if out_of_memory else Trouble.BROKEN) from error
    if body is None:
        raise Unreadable(Trouble.BROKEN)
    yield from _blocks(body, _Styles(document.styles.element))


class _Styles:
    """What the paragraph styles mean: a heading of which level, a list, a line of the table of contents."""

    def __init__(self, styles: Any) -> None:
        self._by_id = {style.get(_W + "styleId"): style for style in styles.iter(_W + "style")}

    def _chain(self, style_id: str | None) -> Iterator[Any]:
        seen: set[str] = set()
        while style_id is not None and style_id in self._by_id and style_id not in seen:
            seen.add(style_id)
            style = self._by_id[style_id]
            yield style
            style_id = _value(style.find(_W + "basedOn"))

    def level(self, paragraph: Any) -> int:
        """1 for a title, 2 for the highest heading, 0 for running text."""
        outline = _value(paragraph.find(f"{_W}pPr/{_W}outlineLvl"))
        for style in self._chain(_style_id(paragraph)):
            name = (_value(style.find(_W + "name")) or "").casefold()
            if name == "title":
                return 1
            if name.startswith("heading ") and name[8:].isdigit():
                return 1 + int(name[8:])
            outline = outline or _value(style.find(f"{_W}pPr/{_W}outlineLvl"))
        return int(outline) + 2 if outline and outline.isdigit() and int(outline) < 9 else 0

    def is_item(self, paragraph: Any) -> bool:
        own = paragraph.find(f"{_W}pPr/{_W}numPr")
        if own is not None:
            return _value(own.find(_W + "numId")) != "0"
        chain = self._chain(_style_id(paragraph))
        return any(style.find(f"{_W}pPr/{_W}numPr") is not None for style in chain)

    def is_contents(self, paragraph: Any) -> bool:
        names = [(_value(style.find(_W + "name")) or "") for style in self._chain(_style_id(paragraph))]
        return any(name.casefold().startswith("toc ") for name in names)


def _value(element: Any) -> str | None:
    return None if element is None else element.get(_W + "val")


def _style_id(paragraph: Any) -> str | None:
    return _value(paragraph.find(f"{_W}pPr/{_W}pStyle"))


def _blocks(element: Any, styles: _Styles) -> Iterator[Block]:
    for child in element:
        if child.tag == _W + "p":
            yield from _paragraph(child, styles)
        elif child.tag == _W + "tr":
            yield from _row(child, styles)
        elif child.tag not in _LEFT_OUT:
            yield from _blocks(child, styles)


def _paragraph(paragraph: Any, styles: _Styles) -> Iterator[Block]:
    text, boxes = _said(paragraph)
    if text.strip() and not styles.is_contents(paragraph):
        level = styles.level(paragraph) or (
            _BOLD_LEVEL if _looks_like_heading(paragraph, text, styles) else 0
        )
        yield Block(text, level, is_item=not level and styles.is_item(paragraph))
    for box in boxes:
        yield from _blocks(box, styles)


def _row(row: Any, styles: _Styles) -> Iterator[Block]:
    """A row of figures or words is one passage; a table that only lays the page out is read cell by cell."""
    cells = [list(_blocks(cell, styles)) for cell in row.iter(_W + "tc") if cell.getparent() is row]
    cells = [cell for cell in cells if cell]
    lays_out = len(cells) == 1 or any(
        len(cell) > 3
        or any(0 < block.level < _BOLD_LEVEL or len(block.text) > _LONGEST_CELL for block in cell)
        for cell in cells
    )
    if lays_out:
        for cell in cells:
            yield from cell
    elif cells:
        yield Block(" · ".join(" ".join(block.text for block in cell) for cell in cells), is_item=True)


def _said(paragraph: Any) -> tuple[str, list[Any]]:
    """The paragraph's text as it reads with all changes accepted, and the text boxes anchored in it."""
    words: list[str] = []
    boxes: list[Any] = []
    waiting = list(reversed(paragraph))
    while waiting:
        element = waiting.pop()
        if element.tag == _W + "txbxContent":
            boxes.append(element)
        elif element.tag == _W + "t":
            words.append(element.text or "")
        elif element.tag in (_W + "tab", _W + "br", _W + "cr"):
            words.append(" ")
        elif element.tag == _W + "noBreakHyphen":
            words.append("-")
        elif element.tag not in _LEFT_OUT:
            waiting.extend(reversed(element))
    return "".join(words), boxes


def _looks_like_heading(paragraph: Any, text: str, styles: _Styles) -> bool:
    """Many write headings as a short line in bold without any style."""
    text = text.strip()
    if len(text) > _LONGEST_BOLD_HEADING or text[-1:] in ".:;,!" or styles.is_item(paragraph):
        return False
    runs = [
        run for run in paragraph.iter(_W + "r") if "".join(t.text or "" for t in run.iter(_W + "t")).strip()
    ]
    return bool(runs) and all(_is_bold(run) for run in runs)


def _is_bold(run: Any) -> bool:
    bold = run.find(f"{_W}rPr/{_W}b")
    return bold is not None and bold.get(_W + "val", "true") not in ("0", "false", "off")
