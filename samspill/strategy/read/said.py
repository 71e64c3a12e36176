"""What a document says, as it crosses from the limited process: passages, or why it could not be read."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Trouble(StrEnum):
    """Why a document could not be read; the sentences stand in limited.py."""

    EMPTY = "empty"
    BROKEN = "broken"
    ENCRYPTED = "encrypted"
    NO_TEXT = "no_text"  # pages that are only pictures
    MACROS = "macros"
    OLD_WORD = "old_word"  # or PowerPoint
    RICH_TEXT = "rich_text"
    WEB_PAGE = "web_page"
    NOT_A_DOCUMENT = "not_a_document"  # a picture, a spreadsheet, a program
    BOMB = "bomb"  # unpacks to far more than it weighs
    TOO_LONG = "too_long"
    TOO_HEAVY = "too_heavy"  # memory
    TOO_SLOW = "too_slow"


class Unreadable(Exception):
    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.value)
        self.trouble = trouble


@dataclass(frozen=True)
class Block:
    """A heading (level 1 and up) or a paragraph (level 0), in the order of the document."""

    text: str
    level: int = 0
    is_item: bool = False
    page: int | None = None


@dataclass(frozen=True)
class Piece:
    """A passage to be: a paragraph, a list item or a table row, with the headings it stands under."""

    text: str
    heading: str = ""
    chapter: str = ""
    page: int | None = None
    paragraph: int = 1
    is_item: bool = False


@dataclass(frozen=True)
class Reading:
    kind: str  # docx, pptx, pdf, odt, md, txt
    title: str
    pieces: list[Piece] = field(repr=False)
    pages: int | None = None
