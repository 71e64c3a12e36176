"""Look a deck over as a ruler would: what stands where, whether its text fits, and whether things collide.

It reads the finished file and nothing else. Text is measured in the widest face it may be set in.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from pptx import Presentation
from pptx.util import Emu

from samspill.face.deck.fit import wrap
from samspill.face.deck.look import HIGH, WIDE, Style

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
SLACK = 0.6  # points: lengths in the file are whole EMU, and sizes hundredths of a point


@dataclass(frozen=True)
class Taken:
    """The part of a slide that a text takes at most. `room`: how high it may be."""

    what: str
    x: float
    y: float
    wide: float
    high: float
    room: float


def opened(file: bytes) -> Any:
    return Presentation(io.BytesIO(file))


def faults(file: bytes) -> list[str]:
    """Everything that is not as it should be, in words."""
    found = []
    for number, slide in enumerate(opened(file).slides, start=1):
        found += [f"slide {number}: {fault}" for fault in _of(slide)]
    return found


def _of(slide: Any) -> Iterator[str]:
    title = slide.shapes.title
    if title is None or not title.text_frame.text.strip():
        yield "has no title"
    for shape in slide.shapes:
        yield from _placed(shape)
        yield from _told(shape)
    taken = list(texts(slide))
    for each in taken:
        if each.high > each.room + SLACK:
            yield f"“{each.what}” is {each.high:.0f} high in a box of {each.room:.0f}"
        if each.y + each.high > HIGH + SLACK:
            yield f"“{each.what}” runs off the slide"
    for one, other in combinations(taken, 2):
        if _meet(one, other):
            yield f"“{one.what}” and “{other.what}” stand on each other"


def _placed(shape: Any) -> Iterator[str]:
    left, top = points(shape.left), points(shape.top)
    right, bottom = left + points(shape.width), top + points(shape.height)
    if min(left, top) < -SLACK or right > WIDE + SLACK or bottom > HIGH + SLACK:
        yield f"“{shape.name}” is not on the slide"


def _told(shape: Any) -> Iterator[str]:
    """A picture or a drawing says what it is, or that it is decoration."""
    about = shape._element.xpath(".//p:cNvPr")[0]
    is_text = shape.has_text_frame and shape.text_frame.text.strip()
    if not is_text and not about.get("descr") and "decorative" not in "".join(_names(about)):
        yield f"“{shape.name}” has no alternative text"
    for run in shape._element.iter(f"{A}r"):
        if run.find(f"{A}rPr") is None or not run.find(f"{A}rPr").get("lang"):
            yield f"“{shape.name}” does not say its language"


def _names(element: Any) -> Iterator[str]:
    yield from (child.tag.rpartition("}")[2] for child in element.iter())


def _meet(one: Taken, other: Taken) -> bool:
    across = min(one.x + one.wide, other.x + other.wide) - max(one.x, other.x)
    down = min(one.y + one.high, other.y + other.high) - max(one.y, other.y)
    return across > SLACK and down > SLACK


def texts(slide: Any) -> Iterator[Taken]:
    for shape in slide.shapes:
        x, y, wide, room = (points(each) for each in (shape.left, shape.top, shape.width, shape.height))
        if shape.has_table if hasattr(shape, "has_table") else False:
            high = sum(_row(row, shape.table) for row in shape.table.rows)
            yield Taken("table", x, y, wide, high, HIGH - y - 30)
        elif shape.has_text_frame and shape.text_frame.text.strip():
            like = _like(shape)
            high, widest = _measured(shape.text_frame._txBody, wide, like)
            top = y + room - high if _anchor(shape) == "b" else y
            yield Taken(shape.text_frame.text[:40], x, top, widest, high, room)


def _row(row: Any, table: Any) -> float:
    tallest = 0.0
    for cell, column in zip(row.cells, table.columns, strict=True):
        wide = points(column.width) - points(cell.margin_left) - points(cell.margin_right)
        high, _widest = _measured(cell.text_frame._txBody, wide, {})
        tallest = max(tallest, high + points(cell.margin_top) + points(cell.margin_bottom))
    return tallest


def _measured(body: Any, wide: float, like: dict[str, Any]) -> tuple[float, float]:
    """How high the paragraphs are, and how wide at most."""
    high, widest = 0.0, 0.0
    for place, paragraph in enumerate(body.findall(f"{A}p")):
        about = paragraph.find(f"{A}pPr")
        run = next((each for each in paragraph if each.tag in (f"{A}r", f"{A}fld")), None)
        if run is None:
            continue
        style = _style(run.find(f"{A}rPr"), like)
        indent = points(int(about.get("marL", 0))) if about is not None else 0.0
        lines = wrap("".join(each.text or "" for each in paragraph.iter(f"{A}t")), style, wide - indent)
        high += len(lines) * (_said(about, "lnSpc") or like.get("line") or 0)
        high += (_said(about, "spcBef") or 0) if place else 0
        widest = wide
    return high, widest


def _style(about: Any, like: dict[str, Any]) -> Style:
    size = int(about.get("sz", 0)) / 100 or like["size"]
    latin = about.find(f"{A}latin")
    is_title = latin.get("typeface") == "+mj-lt" if latin is not None else like.get("is_title", False)
    bold = about.get("b") == "1" if about.get("b") is not None else like.get("bold", False)
    return Style(size, size, is_title=is_title, bold=bold)


def _said(about: Any, name: str) -> float | None:
    found = about.find(f"{A}{name}/{A}spcPts") if about is not None else None
    return int(found.get("val")) / 100 if found is not None else None


def _like(shape: Any) -> dict[str, Any]:
    """How the layout's place sets its text."""
    if not shape.is_placeholder:
        return {}
    index = shape.placeholder_format.idx
    places = shape.part.slide_layout.placeholders
    place = next(each for each in places if each.placeholder_format.idx == index)
    level = place._element.find(f".//{A}lvl1pPr")
    about = level.find(f"{A}defRPr")
    return {
        "size": int(about.get("sz")) / 100,
        "bold": about.get("b") == "1",
        "is_title": about.find(f"{A}latin").get("typeface") == "+mj-lt",
        "line": _said(level, "lnSpc"),
    }


def _anchor(shape: Any) -> str:
    for each in (shape, _place_of(shape)):
        body = each._element.find(f".//{A}bodyPr") if each is not None else None
        if body is not None and body.get("anchor"):
            return str(body.get("anchor"))
    return "t"


def _place_of(shape: Any) -> Any:
    if not shape.is_placeholder:
        return None
    index = shape.placeholder_format.idx
    return next(each for each in shape.part.slide_layout.placeholders if each.placeholder_format.idx == index)


def points(length: int | None) -> float:
    return Emu(length or 0).pt
