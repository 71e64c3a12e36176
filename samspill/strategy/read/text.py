"""Passages of plain text by its shape: a short line before text is a heading, a marked line an item."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from samspill.strategy.read.said import Block

LONGEST_HEADING = 90
LONGEST_LABEL = 60  # a heading that ends in a colon
WIDEST_WRAPPED = 120  # where any line is longer than this, lines are not wrapped: each is a paragraph
_MOST_IN_A_ROW = 2  # short lines without a blank between; more of them are no headings

_BULLET = re.compile(r"^\s*(?:[•·▪◦‣●○■□➢➤✓\uf0b7*+–—-]|(?<=\s)o)\s+(?=\S)")
_ORDERED = re.compile(r"^\s*\(?(?:\d{1,3}|[a-zæøå])[.)]\s+(?=\S)")
_SECTION = re.compile(r"^\s*(?:§+\s*)?(?P<number>\d{1,2}(?:[.-]\d{1,3}){1,4})\.?\s+(?=[A-ZÆØÅ])")
_CHAPTER = re.compile(r"^\s*(?:(?:kapittel|kap\.?|del|chapter|part)\s+)?\d{1,2}[.:]?\s+(?=[A-ZÆØÅ])", re.I)
_RULE = re.compile(r"^\s*([=\-_*~#])\1{2,}\s*$")
_BEGINS_LARGE = re.compile(r"^[\W_]*[A-ZÆØÅ0-9]")
_SHARED_WORD = re.compile(r"(og|eller|and|or)\b", re.I)

TITLE, LOWEST = 1, 7  # levels; numbered headings lie between


@dataclass(frozen=True)
class _Line:
    """One paragraph, item or heading to be. `short`: how many short lines stand together in its block."""

    text: str
    is_item: bool = False
    is_ordered: bool = False
    short: int = 0

    @property
    def could_head(self) -> bool:
        if self.is_item and not self.is_ordered:
            return False
        return self.short <= _MOST_IN_A_ROW and looks_like_heading(self.text)


def looks_like_heading(text: str) -> bool:
    """Short, begins large, does not end as a sentence ends; a question may."""
    if len(text) > LONGEST_HEADING or not any(letter.isalpha() for letter in text):
        return False
    if text.endswith(":") and len(text) > LONGEST_LABEL:
        return False
    return bool(_BEGINS_LARGE.match(text)) and text[-1] not in ".,;!…"


def without_mark(text: str) -> tuple[str, bool]:
    """The text without a bullet or number before it, and whether there was one."""
    for mark in (_BULLET, _ORDERED):
        found = mark.match(text)
        if found:
            return text[found.end() :], True
    return text, False


def numbered_level(text: str) -> int | None:
    """2 for "2 Goals", 3 for "2.1 Visible"; None without a number."""
    section = _SECTION.match(text)
    if section:
        return 2 + section["number"].count(".") + section["number"].count("-")
    return 2 if _CHAPTER.match(text) else None


def joined(lines: list[str]) -> str:
    """Wrapped lines as one; a word divided at a line's end is whole again, "kunde- og" stays."""
    said = lines[0].strip()
    for line in lines[1:]:
        line = line.strip()
        divided = said.endswith("-") and line[:1].islower() and not _SHARED_WORD.match(line)
        said = said[:-1] + line if divided else f"{said} {line}"
    return said


def blocks(text: str) -> Iterator[Block]:
    lines = _lines(text)
    around: list[_Line | None] = [None, *lines, None, None]
    headed = False
    for before, line, after, later in zip(around, lines, around[2:], around[3:], strict=False):
        level = _level(before, line, after)
        if level and not headed and after is not None and _level(line, after, later):
            level = TITLE  # the first heading, with another right below it
        headed = headed or level > 0
        is_item = line.is_item and not level
        yield Block(without_mark(line.text)[0] if is_item else line.text, level, is_item)


def _level(before: _Line | None, line: _Line, after: _Line | None) -> int:
    """0 for running text."""
    if not line.could_head or after is None:
        return 0
    if line.is_ordered and (after.is_item or (before is not None and before.is_item)):
        return 0
    if line.text.endswith(":") and after.is_item:
        return 0  # it introduces the list, and ends with it
    if line.text.isupper():
        return 2
    return numbered_level(line.text) or LOWEST


def _lines(text: str) -> list[_Line]:
    raw = [line.expandtabs(4).rstrip() for line in re.split(r"\r\n?|\n|\f|\v|\x85|\u2028|\u2029", text)]
    width = _width(raw)
    lines: list[_Line] = []
    for block in _divided(raw):
        found = _units(block, width)
        short = sum(not line.is_item and looks_like_heading(line.text) for line in found)
        lines += [replace(line, short=short) for line in found]
    return lines


def _divided(raw: list[str]) -> Iterator[list[str]]:
    """Runs of lines without a blank or a rule between."""
    block: list[str] = []
    for line in [*raw, ""]:
        if line.strip() and not _RULE.match(line):
            block.append(line)
        elif block:
            yield block
            block = []


def _width(raw: list[str]) -> int:
    """Where lines are wrapped; 0 where each line is a paragraph of its own."""
    lengths = sorted(len(line) for line, after in pairwise(raw) if line and after.strip())
    if not lengths or max(map(len, raw)) > WIDEST_WRAPPED:
        return 0
    return lengths[len(lengths) * 3 // 4]


def _units(block: list[str], width: int) -> list[_Line]:
    """The paragraphs and items of a block: a line goes on where the next word would not have fitted."""
    units: list[list[str]] = []
    for line in block:
        goes_on = units and not without_mark(line)[1] and _goes_on(units[-1], line, width)
        if goes_on:
            units[-1].append(line)
        else:
            units.append([line])
    return [
        _Line(joined(unit), is_item=without_mark(unit[0])[1], is_ordered=bool(_ORDERED.match(unit[0])))
        for unit in units
    ]


def _goes_on(unit: list[str], line: str, width: int) -> bool:
    if without_mark(unit[0])[1] and line.startswith("  "):
        return True
    first_word = line.split(maxsplit=1)[0]
    return len(unit[-1]) + 1 + len(first_word) > width * 0.9 if width else False
