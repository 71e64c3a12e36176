"""Rows of a table in the room of a slide: how high each is, and where the next slide begins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from samspill.face.deck.fit import Para, clean, width
from samspill.face.deck.look import CELL, HEAD, Style

ABOVE, BELOW, RIGHT = 6.0, 6.0, 14.0  # room in a cell
MOST_LINES = 4  # of a cell; what is longer goes to the notes
MOST_ROWS = 45  # that are laid out at all
SCALES = (1.3, 1.15, 1.0, 0.93, 0.86, 0.79)
LIKELY = 0.88  # of the widest face: how wide letters mostly are


@dataclass(frozen=True)
class Column:
    """`wide` in points, the room to the next column counted in."""

    title: str
    wide: float
    style: Style = CELL
    lines: int = MOST_LINES
    is_number: bool = False

    @property
    def room(self) -> float:
        return self.wide - RIGHT


@dataclass(frozen=True)
class Cell:
    """A cell that says something in a style of its own, such as a state in its colour."""

    text: str
    style: Style


@dataclass(frozen=True)
class Row:
    """`high`: at most. `likely`: what is asked for; what shows the table makes room for more by itself."""

    cells: Sequence[Para]
    high: float
    likely: float

    @property
    def left(self) -> list[str]:
        return [cell.whole for cell in self.cells if cell.whole]


def row(said: Sequence[str | Cell], columns: Sequence[Column], scale: float = 1.0) -> Row:
    cells = [_cell(each, column, scale) for each, column in zip(said, columns, strict=True)]
    return Row(cells, _tallest(cells, columns, 1), _tallest(cells, columns, LIKELY))


def _tallest(cells: Sequence[Para], columns: Sequence[Column], share: float) -> float:
    lines = (
        cell.lines(column.room / share) * cell.style.line for cell, column in zip(cells, columns, strict=True)
    )
    return ABOVE + max(lines) + BELOW


def head(columns: Sequence[Column]) -> Row:
    return row([Cell(column.title, HEAD) for column in columns], columns)


def _cell(said: str | Cell, column: Column, scale: float) -> Para:
    style = said.style if isinstance(said, Cell) else column.style
    return Para(said.text if isinstance(said, Cell) else said, style).at(scale).cut(column.room, column.lines)


def _tidy(line: Sequence[str | Cell]) -> list[str | Cell]:
    return [Cell(clean(said.text), said.style) if isinstance(said, Cell) else clean(said) for said in line]


def laid(
    lines: Sequence[Sequence[str | Cell]],
    columns: Sequence[Column],
    room: float,
    most: int,
    largest: float = SCALES[0],
) -> list[list[Row]]:
    """The lines as rows on slides: all of one size, on one slide if that helps, else evenly over several."""
    lines = [_tidy(line) for line in lines[:MOST_ROWS]]
    for scale in (each for each in SCALES if each <= largest):
        if len(lines) * (ABOVE + BELOW + CELL.at(CELL.size * scale).line) > room:
            continue
        rows = [row(line, columns, scale) for line in lines]
        if sum(each.high for each in rows) <= room and not _is_cut(rows, columns):
            return [rows]
    return _evenly(_whole(lines, columns), room, most)


def _whole(lines: Sequence[Sequence[str | Cell]], columns: Sequence[Column]) -> list[Row]:
    """As large as they go without cutting anything; as small as may be where that does not help."""
    rows: list[Row] = []
    for scale in (each for each in SCALES if each <= 1):
        rows = [row(line, columns, scale) for line in lines]
        if not _is_cut(rows, columns):
            break
    return rows


def _is_cut(rows: Sequence[Row], columns: Sequence[Column]) -> bool:
    """Whether a cell is too long for its lines, or a word for its column."""
    for each in rows:
        for cell, column in zip(each.cells, columns, strict=True):
            longest = max(cell.text.split(), key=len, default="")
            if cell.whole or width(longest, cell.style) > column.room:
                return True
    return False


def _evenly(rows: Sequence[Row], room: float, most: int) -> list[list[Row]]:
    """At most so many slides; what comes after is not there."""
    full = _pages(rows, room)
    if len(full) > most:
        return full[:most]
    tight = max(sum(each.high for each in rows) / len(full), max(each.high for each in rows))
    while len(split := _pages(rows, min(tight, room))) > len(full):
        tight += ABOVE
    return split


def _pages(rows: Sequence[Row], room: float) -> list[list[Row]]:
    found: list[list[Row]] = []
    used = room
    for each in rows:
        if used + each.high > room:
            found.append([])
            used = 0.0
        found[-1].append(each)
        used += each.high
    return found
