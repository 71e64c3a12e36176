"""Fit text into room before it is drawn: measure, break into lines, shrink, and at last cut.

Everything is an upper bound. Letters are as wide as in the widest face they may meet (widths.py), lines are
broken at spaces only, and a line is exactly as high as its style says: what fits here fits where it is shown.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice

from samspill.face.deck import widths
from samspill.face.deck.look import Style
from samspill.lib.plain import plain
from samspill.lib.text import GRAPHEME

ANY = 1.4  # of the size: what no table knows is at most so wide; emoji and the widest Arabic letters are
STEP = 0.5  # points by which a text shrinks
MOST = 20_000  # characters of one text that are looked at
ELLIPSIS = "…"
TAIL = " ,.;:-–"  # what does not stand before …
ROUNDING = 1e-6  # points by which sums of the same widths differ
_ILLEGAL = str.maketrans(dict.fromkeys((0xFFFE, 0xFFFF)))  # XML 1.0 has no place for them


def clean(text: object) -> str:
    """On one line, as a file may hold it: no hidden controls, which XML forbids or a reader is misled by."""
    return " ".join(clean_text(text).split())


def clean_text(text: object) -> str:
    """The same with its line breaks."""
    return plain(str(text).replace("\t", " "), MOST).translate(_ILLEGAL)


def width(text: str, style: Style) -> float:
    """How wide a line is at most, in points."""
    return _ems(text, style.is_title, style.bold) * style.size


@lru_cache(maxsize=30_000)
def _ems(text: str, is_title: bool, bold: bool) -> float:
    return sum(_em(character, is_title, bold) for character in text)


@lru_cache(maxsize=4096)
def _em(character: str, is_title: bool, bold: bool) -> float:
    if is_title:
        table = widths.TITLE_BOLD if bold else widths.TITLE
    else:
        table = widths.TEXT_BOLD if bold else widths.TEXT
    found = table.get(character)
    if found is not None:
        return found
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0.0
    parts = unicodedata.normalize("NFKD", character)
    if parts != character:
        return sum(_em(part, is_title, bold) for part in parts)
    return ANY


def wrap(text: str, style: Style, wide: float) -> list[str]:
    """The lines of the text; a word that is wider than the room is broken where it must."""
    return list(_wrapped(text, style, wide))


def _wrapped(text: str, style: Style, wide: float) -> Iterator[str]:
    space = width(" ", style)
    line, used = "", 0.0
    for word in text.split(" "):
        long = width(word, style)
        if line and used + space + long <= wide:
            line, used = f"{line} {word}", used + space + long
            continue
        if line:
            yield line
        line, used = word, long
        if long > wide:
            for piece in _broken(word, style, wide):
                if line is not word:
                    yield line
                line = piece
            used = width(line, style)
    yield line


def _broken(word: str, style: Style, wide: float) -> Iterator[str]:
    """A word wider than the room in pieces that fit, whole characters as a reader sees them."""
    start, used = 0, 0.0
    for hit in GRAPHEME.finditer(word):
        long = width(hit[0], style)
        if used and used + long > wide:
            yield word[start : hit.start()]
            start, used = hit.start(), 0.0
        used += long
    yield word[start:]


def cut(text: str, style: Style, wide: float, lines: int) -> str:
    """As much of the text as stands on so many lines, with … where it was cut."""
    broken = list(islice(_wrapped(text, style, wide), lines + 1))
    if len(broken) <= lines:
        return text
    start = end = 0
    for line in broken[:lines]:
        start = text.index(line, end)
        end = start + len(line)
    last = _with_room(text[start:end], style, wide)
    before, _space, word = last.rpartition(" ")
    if before and len(word) < 20 and text[start + len(last)] != " ":
        last = before  # rather between words than within one
    return (text[:start] + last).rstrip(TAIL) + ELLIPSIS


def _with_room(line: str, style: Style, wide: float) -> str:
    """As much of a line as leaves room for …"""
    pieces = GRAPHEME.findall(line)
    while pieces and width("".join(pieces) + ELLIPSIS, style) > wide - ROUNDING:
        pieces.pop()
    return "".join(pieces)


@dataclass(frozen=True)
class Para:
    """A paragraph. `before`: room above it; `whole`: what it was cut from.

    `bullet`: set off by a dash; `number`: by a number; `inset`: so far in, under one that is.
    """

    text: str
    style: Style
    before: float = 0
    bullet: bool = False
    number: int = 0
    inset: float = 0
    whole: str = ""

    @property
    def hang(self) -> float:
        """The room its dash or number takes."""
        return round(self.style.size * 1.1, 1) if self.bullet else self.inset if self.number else 0.0

    @property
    def indent(self) -> float:
        return self.hang or self.inset

    def lines(self, wide: float) -> int:
        return len(wrap(self.text, self.style, wide - self.indent))

    def cut(self, wide: float, lines: int) -> Para:
        shorter = cut(self.text, self.style, wide - self.indent, lines)
        return self if shorter == self.text else replace(self, text=shorter, whole=self.whole or self.text)

    def at(self, scale: float) -> Para:
        style = self.style
        size = max(min(style.least, style.size), round(style.size * scale / STEP) * STEP)
        return replace(self, style=style.at(size), before=round(self.before * scale, 1))


@dataclass(frozen=True)
class Fitted:
    """What stands in the box; `left`: the whole texts of what stands there cut, or not at all."""

    paras: Sequence[Para]
    left: Sequence[str] = ()
    dropped: int = 0  # so many paragraphs do not stand there at all


def high(paras: Sequence[Para], wide: float, most: int = MOST) -> float:
    """How high the paragraphs are, each cut to so many lines; the first has no room above it."""
    return sum(
        min(para.lines(wide), most) * para.style.line + (para.before if at else 0)
        for at, para in enumerate(paras)
    )


def fit(paras: Sequence[Para], wide: float, room: float) -> Fitted:
    """Shrink, then shorten the longest, then leave out the last, until the paragraphs stand in the room."""
    if not paras:
        return Fitted(())
    for tenth in range(20, 9, -1):
        smaller = [para.at(tenth / 20) for para in paras]
        if high(smaller, wide) <= room:
            return Fitted(smaller)
    return _shortened(smaller, wide, room)


def _shortened(paras: Sequence[Para], wide: float, room: float) -> Fitted:
    counts = [para.lines(wide) for para in paras]
    above = sum(para.before for para in paras[1:])
    for most in range(min(max(counts), 60), 0, -1):
        lines = zip(paras, counts, strict=True)
        if above + sum(min(count, most) * para.style.line for para, count in lines) <= room:
            shorter = [para.cut(wide, most) for para in paras]
            return Fitted(shorter, [para.whole for para in shorter if para.whole])
    return _first(paras, wide, room)


def _first(paras: Sequence[Para], wide: float, room: float) -> Fitted:
    """The first of them, a line each."""
    kept: list[Para] = []
    used = 0.0
    for para in paras:
        used += para.style.line + (para.before if kept else 0)
        if used > room:
            break
        kept.append(para.cut(wide, 1))
    left = [para.whole for para in kept if para.whole] + [para.text for para in paras[len(kept) :]]
    return Fitted(kept, left, len(paras) - len(kept))


def together(
    boxes: Sequence[Sequence[Para]], wide: float, room: float, most: float = 1.0
) -> list[list[Para]]:
    """The paragraphs of boxes that belong together, all of one size: `most` times their own, or smaller."""
    for twentieth in range(round(most * 20), 9, -1):
        found = [[para.at(twentieth / 20) for para in paras] for paras in boxes]
        if all(high(paras, wide) <= room for paras in found):
            break
    return found


def fits(text: str, style: Style, wide: float, lines: int) -> bool:
    """Whether the text stands on so many lines without shrinking."""
    return len(wrap(clean(text), style, wide)) <= lines
