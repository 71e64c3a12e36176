"""Passages of an OpenDocument text: headings, paragraphs, list items and table rows, deletions left out."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING
from xml.etree.ElementTree import ParseError

from defusedxml.ElementTree import fromstring

from samspill.strategy.read.said import Block, Trouble, Unreadable

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_LEFT_OUT = {
    _TEXT + name
    for name in ("tracked-changes", "table-of-content", "note", "alphabetical-index", "ruby-text")
} | {_OFFICE + "annotation", _OFFICE + "forms", _OFFICE + "event-listeners"}


def blocks(content: bytes) -> Iterator[Block]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        try:
            body = fromstring(package.read("content.xml")).find(f"{_OFFICE}body/{_OFFICE}text")
        except (ParseError, KeyError) as error:
            raise Unreadable(Trouble.BROKEN) from error
    if body is None:
        raise Unreadable(Trouble.BROKEN)
    yield from _blocks(body, is_item=False)


def _blocks(element: Element, *, is_item: bool) -> Iterator[Block]:
    for child in element:
        if child.tag in _LEFT_OUT:
            continue
        if child.tag == _TEXT + "h":
            yield Block(_said(child), level=max(1, int(child.get(_TEXT + "outline-level", "1"))))
        elif child.tag == _TEXT + "p":
            yield Block(_said(child), is_item=is_item)
        elif child.tag == _TABLE + "table-row":
            cells = (" ".join(block.text for block in _blocks(cell, is_item=False)).strip() for cell in child)
            yield Block(" · ".join(filter(None, cells)), is_item=True)
        else:
            yield from _blocks(child, is_item=is_item or child.tag == _TEXT + "list")


def _said(element: Element) -> str:
    """All text below the element, spaces and line breaks as they are written in the format."""
    words = [element.text or ""]
    for child in element:
        if child.tag == _TEXT + "s":
            words.append(" " * min(int(child.get(_TEXT + "c", "1")), 80))
        elif child.tag in (_TEXT + "tab", _TEXT + "line-break"):
            words.append(" ")
        elif child.tag not in _LEFT_OUT:
            words.append(_said(child))
        words.append(child.tail or "")
    return "".join(words)
