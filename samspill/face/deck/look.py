"""How a deck looks: paper, ink and one red thread. Lengths are points on a slide of 960 × 540."""

from __future__ import annotations

from dataclasses import dataclass, replace

from samspill.face.picture import LIGHT

WIDE, HIGH = 960.0, 540.0
EDGE = 60.0  # left and right of everything
ROOM = WIDE - 2 * EDGE
TOP, BOTTOM = 134.0, 490.0  # between these stands what a slide shows below its title
EMU = 12_700  # a point

# The colours of the pages; in a deck they are those of its theme, so that whoever takes the deck over changes
# them in one place. What the theme has no name for is said as it is.
INK, INK_2, INK_3 = (LIGHT[name][1:].upper() for name in ("ink", "ink-2", "ink-3"))
PAPER, LINE, LINE_2, WASH = (LIGHT[name][1:].upper() for name in ("paper", "line", "line-2", "fjord-wash"))
FJORD, THREAD, GOOD, WARN, BAD = (
    LIGHT[name][1:].upper() for name in ("fjord", "thread", "good", "warn", "bad")
)
THEME = {
    "tx1": INK,
    "bg1": PAPER,
    "tx2": INK_2,
    "bg2": LINE,
    "accent1": FJORD,
    "accent2": THREAD,
    "accent3": GOOD,
    "accent4": WARN,
    "accent5": BAD,
    "accent6": INK_3,
}
NAMED = {colour: name for name, colour in THEME.items()}

# Faces that come with Windows, macOS and Office; LibreOffice has Arial's double, and for Georgia a serif of
# its own. The room is measured for the widest of them (widths.py).
TITLE_FACE, TEXT_FACE = "Georgia", "Arial"


@dataclass(frozen=True)
class Box:
    """Where something stands."""

    x: float
    y: float
    wide: float
    high: float


@dataclass(frozen=True)
class Style:
    """How a text is set. It may shrink to `least`; what then finds no room is cut and goes to the notes."""

    size: float
    least: float
    is_title: bool = False
    bold: bool = False
    italic: bool = False
    colour: str = INK
    leading: float = 1.25  # of the size; kept exactly, so that no substituted face grows past its box

    def at(self, size: float) -> Style:
        return replace(self, size=size)

    def in_colour(self, colour: str) -> Style:
        return replace(self, colour=colour)

    @property
    def line(self) -> float:
        """The height of a line."""
        return round(self.size * self.leading, 1)


TITLE = Style(28, 16, is_title=True, bold=True, leading=1.2)
COVER = Style(44, 24, is_title=True, bold=True, leading=1.15)
STATEMENT = Style(36, 20, is_title=True, bold=True, leading=1.25)
QUOTE = Style(20, 14, is_title=True, italic=True, leading=1.4)
NAME = Style(18, 13, is_title=True, bold=True)
FIGURE = Style(40, 20, is_title=True, bold=True, leading=1.15)
LEAD = Style(18, 14, colour=INK_2, leading=1.35)
BODY = Style(16, 12, leading=1.3)
STRONG = Style(16, 12, bold=True, leading=1.3)
CELL = Style(13, 10, leading=1.25)
CELL_STRONG = Style(13, 10, bold=True)
HEAD = Style(12, 10, bold=True, colour=INK_2)
SMALL = Style(12, 10, colour=INK_2, leading=1.3)
