"""Posts as a page shows them: what was found is marked, links lead out only where links may."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise

from babel import Locale
from django.utils.translation import get_language, to_locale

from samspill.archive.marks import spans
from samspill.archive.posts import Post
from samspill.archive.query import Node
from samspill.archive.store import Hit
from samspill.networks.registry import network_name

_LINK = re.compile(r"https?://\S+[^\s.,;:!?)»”\"']", re.IGNORECASE)


@dataclass(frozen=True)
class Part:
    """A stretch of a text: `hit` where it was asked for, `link` where it is one."""

    text: str
    hit: bool = False
    link: str = ""


@dataclass(frozen=True)
class Shown:
    id: int
    post: Post
    parts: Sequence[Part]

    @property
    def at(self) -> datetime:
        return datetime.fromtimestamp(self.post.at / 1000, UTC)

    @property
    def who(self) -> str:
        return self.post.name or self.post.handle or self.post.author

    @property
    def network(self) -> str:
        return network_name(self.post.network)

    @property
    def url(self) -> str:
        """The post on its network, where that is an address one can follow."""
        return self.post.url if re.match(r"https?://", self.post.url) else ""


def shown(hit: Hit, node: Node | None = None) -> Shown:
    return Shown(hit.id, hit.post, parts(hit.post.text, node))


def parts(text: str, node: Node | None) -> list[Part]:
    """The text in stretches, in order, nothing left out."""
    links = [(hit.start(), hit.end()) for hit in _LINK.finditer(text)]
    marks = spans(node, text) if node is not None else []
    cuts = sorted({0, len(text), *(edge for each in (*links, *marks) for edge in each)})
    found = []
    for start, end in pairwise(cuts):
        link = next((text[a:b] for a, b in links if a <= start and end <= b), "")
        found.append(Part(text[start:end], any(a <= start and end <= b for a, b in marks), link))
    return found


def language_name(code: str) -> str:
    """In the reader's language; the code itself where nobody has named it."""
    locale = Locale.parse(to_locale(get_language() or "en"))
    return str(locale.languages.get(code, code))
