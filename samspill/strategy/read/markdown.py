"""Passages of a markdown document, by CommonMark's own reading, with tables."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token

from samspill.strategy.read.said import Block

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n.*?\n(---|\.\.\.)[ \t]*\n", re.S)
_BREAKS = ("softbreak", "hardbreak")


_INTO, _OUT_OF = ("bullet_list_open", "ordered_list_open"), ("bullet_list_close", "ordered_list_close")


def blocks(text: str) -> Iterator[Block]:
    tokens = MarkdownIt("commonmark", {"html": False}).enable("table").parse(_FRONT_MATTER.sub("", text))
    lists = level = 0
    cells: list[str] = []
    in_row = False
    for token in tokens:
        lists += (token.type in _INTO) - (token.type in _OUT_OF)
        if token.type in ("heading_open", "heading_close"):
            level = int(token.tag[1]) if token.nesting == 1 else 0
        elif token.type in ("tr_open", "tr_close"):
            if cells:
                yield Block(" · ".join(filter(None, cells)), is_item=True)
            cells, in_row = [], token.nesting == 1
        elif token.type == "inline" and in_row:
            cells.append(_plain(token))
        elif token.type == "inline":
            yield Block(_plain(token), level, is_item=lists > 0)
        elif token.type in ("fence", "code_block"):
            yield Block(token.content)


def _plain(token: Token) -> str:
    """The words of a line without the marks around them; a picture is its alt text."""
    said = []
    for child in token.children or []:
        if child.type in _BREAKS:
            said.append(" ")
        elif child.type == "image":
            said.append(_plain(child))
        else:
            said.append(child.content)
    return "".join(said)
