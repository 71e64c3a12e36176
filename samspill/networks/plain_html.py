"""The HTML of a post from outside as plain text: paragraphs and lines, links in full, nothing else."""

from __future__ import annotations

from html.parser import HTMLParser

import nh3
import regex

BLOCKS = {"p", "blockquote", "pre", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6"}
KEPT = BLOCKS | {"br", "a", "span", "li", "strong", "b", "em", "i", "u", "del", "code"}


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag == "br":
            self.said.append("\n")
        elif tag == "li":
            self.said.append("\n• ")
        elif tag in BLOCKS:
            self.said.append("\n\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in BLOCKS:
            self.said.append("\n\n")

    def handle_data(self, data: str) -> None:
        self.said.append(data)


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        address = dict(attrs).get("href") if tag == "a" else None
        if address:
            self.found.append(address)


def links(html: str) -> list[str]:
    """The addresses that it links to, each once, in order; relative ones as they stand."""
    reader = _Links()
    reader.feed(nh3.clean(html, tags={"a"}, attributes={"a": {"href"}}, link_rel=None))
    reader.close()
    return list(dict.fromkeys(reader.found))


def plain(html: str) -> str:
    """Clean first, with a closed list, so that what is read is what a browser would show."""
    reader = _Words()
    reader.feed(nh3.clean(html, tags=KEPT, attributes={}, link_rel=None))
    reader.close()
    text = "".join(reader.said).replace("\u00a0", " ").replace("\u200b", "")
    return regex.sub(r"\n{3,}", "\n\n", text).strip()
