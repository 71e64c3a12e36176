"""Passages of a PDF with their pages: lines joined into paragraphs, repeated headers and footers left out."""

from __future__ import annotations

import ctypes
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

import pypdfium2
import pypdfium2.raw as pdfium

from samspill.strategy.read.said import Block, Trouble, Unreadable
from samspill.strategy.read.text import joined, looks_like_heading, without_mark

MOST_PAGES = 2_000
EDGE_LINES = 2  # at the top and the bottom of a page, where headers and footers stand
LARGER = 1.12  # a heading's letters, against the body's
WIDER = 1.3  # the space between paragraphs, against that between lines
LOWEST = 7

_PAGE_NUMBER = re.compile(r"^\W*(?:side|page|s\.)?\s*\d{1,4}\s*(?:(?:av|of|/|\|)\s*\d{1,4})?\W*$", re.I)
_CONTENTS_LINE = re.compile(r"(?:\.\s?){5,}\s*\d{1,4}\s*$|…{2,}\s*\d{1,4}\s*$")
_SENTENCE_END = (".", "!", "?", ":", ";", "»", "”")


@dataclass(frozen=True)
class _Line:
    text: str
    page: int
    left: float
    right: float
    bottom: float
    size: float  # height of the letters' box: the type size, whatever the file says
    bold: bool


def blocks(content: bytes) -> tuple[list[Block], int]:
    """The blocks and the number of pages."""
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        locked = getattr(error, "err_code", None) == pdfium.FPDF_ERR_PASSWORD
        raise Unreadable(Trouble.ENCRYPTED if locked else Trouble.BROKEN) from error
    if len(document) > MOST_PAGES:
        raise Unreadable(Trouble.TOO_LONG)
    pages = [list(_lines(document, number)) for number in range(1, len(document) + 1)]
    if not any(pages):
        raise Unreadable(Trouble.NO_TEXT)
    lines = [line for page in _without_edges(pages) for line in page if not _CONTENTS_LINE.search(line.text)]
    return list(_blocks(lines)), len(document)


def _lines(document: pypdfium2.PdfDocument, number: int) -> Iterator[_Line]:
    try:
        text_page = document[number - 1].get_textpage()
    except pypdfium2.PdfiumError:
        return  # one broken page does not lose the others
    said = text_page.get_text_range()
    at = 0
    for raw in re.split("(\r\n|\n|\r)", said):
        start, at = at, at + len(raw)
        text = raw.strip()
        if text:
            first = start + raw.index(text[0])
            yield _line(text_page, text, first, first + len(text) - 1, number)


def _line(page: pypdfium2.PdfTextPage, text: str, first: int, last: int, number: int) -> _Line:
    raw = page.raw
    first, last = (pdfium.FPDFText_GetCharIndexFromTextIndex(raw, at) for at in (first, last))
    left, bottom, _right, top = page.get_charbox(first, loose=True)
    right = page.get_charbox(last, loose=True)[2]
    name = ctypes.create_string_buffer(128)
    pdfium.FPDFText_GetFontInfo(raw, first, name, len(name), None)
    bold = re.search(rb"bold|black|heavy|semibold", name.value, re.I) is not None
    # U+0002 is pdfium's mark for a hyphen that divides a word at the line's end.
    return _Line(text.replace("\x02", "-"), number, left, right, bottom, round(top - bottom, 1), bold)


def _without_edges(pages: list[list[_Line]]) -> list[list[_Line]]:
    """The pages without page numbers and without what most pages repeat at their top or bottom."""
    repeated: Counter[tuple[str, int]] = Counter()
    for page in pages:
        repeated.update({_pattern(line) for line in _edges(page)})
    often = max(3, len(pages) / 2)
    body = _usual([line for page in pages for line in page])

    kept = []
    for page in pages:
        edges = {
            line
            for line in _edges(page)
            if _PAGE_NUMBER.match(line.text)
            or (repeated[_pattern(line)] >= often and line.size < body * LARGER)  # else a chapter's title
        }
        kept.append([line for line in page if line not in edges])
    return kept


def _edges(page: list[_Line]) -> list[_Line]:
    upright = sorted(page, key=lambda line: -line.bottom)
    return upright[:EDGE_LINES] + upright[-EDGE_LINES:]


def _pattern(line: _Line) -> tuple[str, int]:
    """The same words, whatever their numbers, at the same height of the page."""
    return re.sub(r"\d+", "#", line.text).casefold(), round(line.bottom / 6)


def _blocks(lines: list[_Line]) -> Iterator[Block]:
    if not lines:
        return
    body = _usual(lines)
    body_is_bold = sum(len(line.text) for line in lines if line.bold) * 2 > sum(
        len(line.text) for line in lines
    )
    pitch = _pitch(lines, body)
    margins = _margins(lines, pitch)
    paragraphs: list[list[_Line]] = []
    for line in lines:
        if paragraphs and _goes_on(paragraphs[-1], line, pitch, margins[paragraphs[-1][-1]]):
            paragraphs[-1].append(line)
        else:
            paragraphs.append([line])
    sizes = sorted({line.size for line in lines if line.size >= body * LARGER}, reverse=True)
    introduced: float | None = None  # how far in the line stood that a list follows
    for paragraph in paragraphs:
        first, text = paragraph[0], joined([line.text for line in paragraph])
        level = _level(first, text, body, sizes, bold_stands_out=not body_is_bold)
        words, is_item = (text, False) if level else without_mark(text)
        if introduced is not None and (level or first.left < introduced + first.size * 0.8):
            introduced = None
        # Some programs draw the bullets; then only the indent is left to see them by.
        yield Block(words, level, is_item or introduced is not None, first.page)
        if text.endswith(":") and not is_item and not level:
            introduced = first.left


def _usual(lines: list[_Line]) -> float:
    """The size most letters are set in."""
    letters: Counter[float] = Counter()
    for line in lines:
        letters[line.size] += len(line.text)
    return letters.most_common(1)[0][0]


def _pitch(lines: list[_Line], body: float) -> float:
    """The usual distance from one line of running text to the next."""
    steps = [
        before.bottom - line.bottom
        for before, line in pairwise(lines)
        if before.page == line.page and before.size == line.size == body
    ]
    steps = [step for step in steps if 0 < step < body * 2.5]
    return median(steps) if steps else body * 1.2


def _margins(lines: list[_Line], pitch: float) -> dict[_Line, float]:
    """How far to the right the lines reach that stand close above and below each line."""
    margins: dict[_Line, float] = {}
    run: list[_Line] = []
    for line in [*lines, None]:
        if run and (line is None or not _is_next(run[-1], line, pitch)):
            margin = max(one.right for one in run)
            margins |= dict.fromkeys(run, margin)
            run = []
        if line is not None:
            run.append(line)
    return margins


def _is_next(before: _Line, line: _Line, pitch: float) -> bool:
    step = before.bottom - line.bottom
    return before.page == line.page and before.size == line.size and 0 < step <= pitch * WIDER


def _goes_on(paragraph: list[_Line], line: _Line, pitch: float, margin: float) -> bool:
    """Does the line belong to the paragraph before it? `margin`: where the line before could have ended."""
    before = paragraph[-1]
    if abs(before.size - line.size) > 0.08 * before.size or before.bold != line.bold:
        return before.page == line.page and abs(before.bottom - line.bottom) < before.size * 0.3
    if without_mark(line.text)[1]:
        return False
    step = before.bottom - line.bottom
    if before.page != line.page or step < -before.size * 0.3:  # a new page or a new column
        return not before.text.endswith(_SENTENCE_END) and line.text[:1].islower()
    if step > max(pitch, before.size * 1.05) * WIDER:
        return False
    first_word = line.text.split(maxsplit=1)[0]
    word_width = (line.right - line.left) * len(first_word) / len(line.text)
    if step > 0.3 * before.size and before.right + before.size * 0.3 + word_width * 1.2 < margin:
        return False  # the word would have fitted, so the line was meant to end
    indented = line.left > before.left + before.size * 0.8 and not without_mark(paragraph[0].text)[1]
    return not (indented and before.text.endswith(_SENTENCE_END))


def _level(first: _Line, text: str, body: float, sizes: list[float], *, bold_stands_out: bool) -> int:
    """A heading is set larger or bolder than the body, and does not end as a sentence ends."""
    if not looks_like_heading(text) and not (first.size >= body * 1.4 and len(text) <= 200):
        return 0
    if first.size >= body * LARGER:
        return min(1 + sizes.index(first.size), LOWEST - 1)
    return LOWEST if bold_stands_out and first.bold else 0
