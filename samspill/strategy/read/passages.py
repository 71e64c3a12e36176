"""From blocks to passages: each paragraph, list item or table row under its headings; nothing is lost."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from samspill.lib.plain import plain
from samspill.strategy.read.said import Block, Piece, Trouble, Unreadable
from samspill.strategy.read.text import numbered_level

MOST_PIECES = 10_000
MOST_CHARACTERS = 2_000_000
LONGEST_PIECE = 3_000
LONGEST_HEADING = 300  # the field's length
LONGEST_INTRODUCTION = 120

_NOT_LETTERS = {0xFFFC: " ", 0xFFFE: None}  # what stands for a picture; a byte order mark turned around
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-ZÆØÅ«\"“])")


def tidy(text: str) -> str:
    """One line of text in composed letters, without what cannot be seen."""
    composed = unicodedata.normalize("NFC", text).translate(_NOT_LETTERS)
    return " ".join(plain(composed, len(composed)).split())


def assemble(blocks: Iterable[Block]) -> list[Piece]:
    """The passages of a document. Raises Unreadable where there are none, or far too many."""
    pieces: list[Piece] = []
    numbers: Counter[int | None] = Counter()
    letters = 0
    for text, heading, chapter, block in _under_headings(_cleaned(blocks)):
        for part in _parts(text):
            numbers[block.page] += 1
            letters += len(part)
            pieces.append(Piece(part, heading, chapter, block.page, numbers[block.page], block.is_item))
            if len(pieces) > MOST_PIECES or letters > MOST_CHARACTERS:
                raise Unreadable(Trouble.TOO_LONG)
    if not pieces:
        raise Unreadable(Trouble.EMPTY)
    return pieces


def _cleaned(blocks: Iterable[Block]) -> Iterator[Block]:
    for block in blocks:
        text = tidy(block.text)
        if text:
            # A "heading" longer than headings are is a paragraph in large letters.
            level = block.level if len(text) <= LONGEST_HEADING else 0
            yield Block(text, level, block.is_item, block.page)


def _under_headings(blocks: Iterator[Block]) -> Iterator[tuple[str, str, str, Block]]:
    """Each text with its headings. A line that introduces a list is the list's heading."""
    above: list[Block] = []
    empty = False  # the last heading has nothing below it yet
    introduction = ""
    for block, following in _with_next(blocks):
        if block.level:
            introduction = ""
            if empty and above[-1].level >= block.level:
                yield above[-1].text, *_path(above[:-1]), above[-1]
            while above and above[-1].level >= block.level:
                above.pop()
            above.append(block)
            empty = True
            continue
        empty = False
        if _introduces(block, following):
            introduction = block.text
            continue
        if not block.is_item:
            introduction = ""
        yield block.text, *_path(above, introduction), block
    if empty:
        yield above[-1].text, *_path(above[:-1]), above[-1]


def _with_next(blocks: Iterator[Block]) -> Iterator[tuple[Block, Block | None]]:
    before: Block | None = None
    for block in blocks:
        if before is not None:
            yield before, block
        before = block
    if before is not None:
        yield before, None


def _introduces(block: Block, following: Block | None) -> bool:
    ends = block.text.endswith(":") and len(block.text) <= LONGEST_INTRODUCTION and not block.is_item
    return ends and following is not None and following.is_item


def _path(above: list[Block], introduction: str = "") -> tuple[str, str]:
    """The nearest heading, and those above it in one line."""
    titles = [block.text for block in above]
    if introduction:
        titles.append(introduction)
    if not titles:
        return "", ""
    chapter = " › ".join(titles[:-1])
    return titles[-1], chapter if len(chapter) <= LONGEST_HEADING else "…" + chapter[1 - LONGEST_HEADING :]


def _parts(text: str) -> Iterator[str]:
    """The text, divided between sentences, or between words, where it is longer than a passage may be."""
    part = ""
    for sentence in _SENTENCE_END.split(text) if len(text) > LONGEST_PIECE else [text]:
        for piece in _wrapped(sentence):
            if part and len(part) + 1 + len(piece) > LONGEST_PIECE:
                yield part
                part = ""
            part = f"{part} {piece}" if part else piece
    yield part


def _wrapped(text: str) -> Iterator[str]:
    while len(text) > LONGEST_PIECE:
        cut = text.rfind(" ", 1, LONGEST_PIECE)
        cut = cut if cut > 0 else LONGEST_PIECE
        yield text[:cut].rstrip()
        text = text[cut:].lstrip()
    if text:
        yield text


def title_of(blocks: Sequence[Block], pieces: Sequence[Piece]) -> str:
    """The document's own title: a heading that stands over all of it, or an unnumbered one that begins it."""
    heading = next((block for block in blocks if block.level), None)
    if heading is None:
        return ""
    title = tidy(heading.text)
    stands_over_all = all(_root(piece) in ("", title) for piece in pieces)
    begins = heading is blocks[0] and numbered_level(title) is None
    return title if stands_over_all or begins else ""


def without_title(pieces: Sequence[Piece], title: str) -> list[Piece]:
    """What stands over every passage says nothing about any of them."""
    if not title or not all(_root(piece) in ("", title) for piece in pieces):
        return list(pieces)
    return [replace(piece, chapter=" › ".join(piece.chapter.split(" › ")[1:])) for piece in pieces]


def _root(piece: Piece) -> str:
    return piece.chapter.split(" › ")[0] or piece.heading
