"""Passages of a presentation: a slide's title is a heading, its bullets are items, its notes follow."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any

import pptx
from lxml import etree
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.exc import PackageNotFoundError, PythonPptxError

from samspill.strategy.read.said import Block, Trouble, Unreadable

MOST_SLIDES = 2_000
_DEEPEST = 50  # groups within groups
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_TITLES = (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE, PP_PLACEHOLDER.VERTICAL_TITLE)
_EDGES = (PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.HEADER, PP_PLACEHOLDER.SLIDE_NUMBER)
_LISTS = (PP_PLACEHOLDER.BODY, PP_PLACEHOLDER.OBJECT, PP_PLACEHOLDER.VERTICAL_BODY)


def blocks(content: bytes) -> tuple[list[Block], int]:
    """The blocks and the number of slides, hidden ones too. A block's page is its slide."""
    broken = (
        PythonPptxError,
        PackageNotFoundError,
        zipfile.BadZipFile,
        etree.LxmlError,
        KeyError,
        ValueError,
    )
    try:
        slides = pptx.Presentation(io.BytesIO(content)).slides
        if len(slides) > MOST_SLIDES:
            raise Unreadable(Trouble.TOO_LONG)
        said = [block for number, slide in enumerate(slides, start=1) for block in _slide(slide, number)]
    except (*broken, AttributeError, IndexError, TypeError) as error:
        out_of_memory = getattr(error, "code", None) == etree.ErrorTypes.ERR_NO_MEMORY
        raise Unreadable(Trouble.TOO_HEAVY if out_of_memory else Trouble.BROKEN) from error
    return said, len(slides)


def _slide(slide: Any, number: int) -> Iterator[Block]:
    shapes = list(_in_order(slide.shapes))
    titles = [shape for shape in shapes if _role(shape) in _TITLES]
    for at, shape in enumerate(titles):
        if title := _joined(shape.text_frame.paragraphs):
            # The first slide's title is the presentation's own.
            yield Block(title, (1 if number == 1 else 2) if at == 0 else 3, page=number)
    for shape in shapes:
        if shape not in titles:
            yield from _shape(shape, number)
    if slide.has_notes_slide and slide.notes_slide.notes_text_frame is not None:
        for paragraph in slide.notes_slide.notes_text_frame.paragraphs:
            yield Block(_text(paragraph), page=number)


def _in_order(shapes: Iterable[Any], depth: int = 0) -> Iterator[Any]:
    """The shapes as they are read aloud, those of groups one by one."""
    for shape in shapes:
        if hasattr(shape, "shapes"):
            if depth < _DEEPEST:
                yield from _in_order(shape.shapes, depth + 1)
        elif _role(shape) not in _EDGES:
            yield shape


def _role(shape: Any) -> Any:
    return shape.placeholder_format.type if shape.is_placeholder else None


def _shape(shape: Any, number: int) -> Iterator[Block]:
    if getattr(shape, "has_table", False) and shape.has_table:
        for row in shape.table.rows:
            cells = (_joined(cell.text_frame.paragraphs) for cell in row.cells if not cell.is_spanned)
            yield Block(" · ".join(filter(None, cells)), is_item=True, page=number)
    elif shape.has_text_frame:
        is_list = _role(shape) in _LISTS
        for paragraph in shape.text_frame.paragraphs:
            yield Block(_text(paragraph), is_item=_has_bullet(paragraph, is_list), page=number)
    else:
        yield from _diagram(shape, number)


def _has_bullet(paragraph: Any, is_list: bool) -> bool:
    """By its own words, else by the layout, which gives what stands in a list one."""
    properties = paragraph._p.find(f"{_A}pPr")
    if properties is None:
        return is_list
    if properties.find(f"{_A}buNone") is not None:
        return False
    return is_list or any(
        properties.find(_A + mark) is not None for mark in ("buChar", "buAutoNum", "buBlip")
    )


def _diagram(shape: Any, number: int) -> Iterator[Block]:
    """The words of a SmartArt drawing, which stand in a part of their own."""
    for relations in shape._element.iter(f"{_DIAGRAM}relIds"):
        part = shape.part.related_part(relations.get(f"{_R}dm"))
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        for point in etree.fromstring(part.blob, parser).iter(f"{_DIAGRAM}pt"):
            yield Block(" ".join(t.text or "" for t in point.iter(f"{_A}t")), is_item=True, page=number)


def _joined(paragraphs: Iterable[Any]) -> str:
    return " ".join(filter(None, (_text(paragraph).strip() for paragraph in paragraphs)))


def _text(paragraph: Any) -> str:
    """A line break within a paragraph is a space."""
    return str(paragraph.text).replace("\v", " ")
