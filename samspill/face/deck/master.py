"""The empty deck all others begin as: theme, master and layouts of our own, made here and nowhere else.

Each layout has a real title and numbered places for text and pictures, so that the outline, a screen reader
and whoever takes the deck over find what belongs where.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samspill.face.deck import masterxml as xml
from samspill.face.deck.look import (
    BODY,
    BOTTOM,
    COVER,
    EDGE,
    LEAD,
    ROOM,
    SMALL,
    STATEMENT,
    TITLE,
    TOP,
    Box,
    Style,
)

NAMESPACES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
)
KICKER, TEXT, PICTURE, FOOTER, NUMBER = 13, 1, 14, 11, 12  # what the places are numbered


@dataclass(frozen=True)
class Place:
    """A place of a layout: what sort, its number, where, and how its text is set."""

    sort: str
    number: int
    box: Box
    style: Style
    hint: str
    anchor: str = "t"


@dataclass(frozen=True)
class Layout:
    key: str
    sort: str  # as the format calls it
    name: str
    places: tuple[Place, ...]


HEADLINE = Box(EDGE, 48, ROOM, 70)
ABOVE_HEADLINE = Box(EDGE, 28, ROOM, 18)
COVER_TITLE = Box(EDGE, 70, ROOM, 170)
COVER_TEXT = Box(EDGE, 256, 700, 110)
STATED = Box(EDGE, 96, 780, 230)
STATED_TEXT = Box(EDGE, 346, 700, 120)
DRAWN = Box(EDGE, TOP, 540, 270)
BESIDE_DRAWN = Box(EDGE + 576, TOP, ROOM - 576, 270)
BODY_TEXT = Box(EDGE, TOP, ROOM, BOTTOM - TOP)
FOOT = Box(EDGE, 508, 700, 16)
FOOT_NUMBER = Box(EDGE + ROOM - 80, 508, 80, 16)


def layouts() -> list[Layout]:
    """In the order they are numbered; named in the language of the deck."""
    kicker = Place("body", KICKER, ABOVE_HEADLINE, SMALL, _("Part of the strategy"))
    title = Place("title", 0, HEADLINE, TITLE, _("What the slide says, in one sentence"))
    return [
        Layout(
            "cover",
            "title",
            _("Title slide"),
            (
                Place("ctrTitle", 0, COVER_TITLE, COVER, _("Title"), "b"),
                Place("subTitle", TEXT, COVER_TEXT, LEAD, _("Whose it is, and from when")),
            ),
        ),
        Layout(
            "statement",
            "cust",
            _("One sentence"),
            (
                Place("title", 0, STATED, STATEMENT, _("One sentence"), "b"),
                kicker,
                Place("body", TEXT, STATED_TEXT, LEAD, _("What it means")),
            ),
        ),
        Layout(
            "text",
            "obj",
            _("Title and text"),
            (title, kicker, Place("body", TEXT, BODY_TEXT, BODY, _("Text"))),
        ),
        Layout(
            "figure",
            "cust",
            _("Title, picture and text"),
            (
                title,
                kicker,
                Place("pic", PICTURE, DRAWN, SMALL, _("Picture")),
                Place("body", TEXT, BESIDE_DRAWN, BODY, _("Text")),
            ),
        ),
        Layout("drawn", "titleOnly", _("Title, and room for a table or a drawing"), (title, kicker)),
    ]


@lru_cache(maxsize=8)
def _empty(language: str | None) -> bytes:
    made = layouts()
    parts = xml.parts([_layout(layout) for layout in made], _master(made), _notes_master())
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, said in parts.items():
            package.writestr(name, said)
    return file.getvalue()


def empty() -> io.BytesIO:
    """A deck without slides, in the language that is active."""
    return io.BytesIO(_empty(get_language()))


def _layout(layout: Layout) -> str:
    places = [_place(place, at) for at, place in enumerate(layout.places, start=2)]
    if layout.key != "cover":
        places += _foot(len(places) + 2)
    return (
        f'<p:sldLayout {NAMESPACES} type="{layout.sort}" preserve="1">'
        f'<p:cSld name="{xml.escape(layout.name)}">'
        f"{xml.tree(''.join(places))}</p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sldLayout>"
    )


def _place(place: Place, at: int) -> str:
    index = f' idx="{place.number}"' if place.number else ""
    return xml.placeholder(
        at,
        xml.escape(place.hint),
        f'type="{place.sort}"{index}',
        place.box,
        place.anchor,
        f'<a:lstStyle><a:lvl1pPr marL="0" indent="0">{xml.leading(place.style)}<a:buNone/>'
        f"{xml.characters(place.style)}</a:lvl1pPr></a:lstStyle>",
        f"<a:p><a:r><a:rPr/><a:t>{xml.escape(place.hint)}</a:t></a:r></a:p>",
    )


def _foot(at: int) -> list[str]:
    """Which strategy it is, and the number of the slide."""
    foot = (
        ("ftr", FOOTER, FOOT, "l", "<a:p><a:endParaRPr/></a:p>"),
        ("sldNum", NUMBER, FOOT_NUMBER, "r", xml.NUMBER_FIELD),
    )
    return [
        xml.placeholder(
            at + more,
            name,
            f'type="{name}" sz="quarter" idx="{number}"',
            box,
            "t",
            f'<a:lstStyle><a:lvl1pPr algn="{align}">{xml.leading(SMALL.at(10))}{xml.characters(SMALL.at(10))}'
            "</a:lvl1pPr></a:lstStyle>",
            text,
        )
        for more, (name, number, box, align, text) in enumerate(foot)
    ]


def _master(made: list[Layout]) -> str:
    title = Place("title", 0, HEADLINE, TITLE, _("What the slide says, in one sentence"))
    body = Place("body", TEXT, BODY_TEXT, BODY, _("Text"))
    shapes = "".join([_place(title, 2), _place(body, 3), *_foot(4)])
    ids = "".join(f'<p:sldLayoutId id="{2147483649 + at}" r:id="rId{at + 1}"/>' for at in range(len(made)))
    return (
        f'<p:sldMaster {NAMESPACES} preserve="1"><p:cSld>{xml.BACKGROUND}{xml.tree(shapes)}</p:cSld>'
        f"{xml.COLOUR_MAP}<p:sldLayoutIdLst>{ids}</p:sldLayoutIdLst>{xml.text_styles(TITLE, BODY)}"
        "</p:sldMaster>"
    )


def _notes_master() -> str:
    return xml.notes_master(NAMESPACES, _("Notes"))
