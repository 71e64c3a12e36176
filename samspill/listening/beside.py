"""What stands beside what was found: hashtags, pages, people, networks, languages. Each narrows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samspill.archive.query import Node
from samspill.archive.store import Beside, Row, Store
from samspill.lib.tags import tag_key
from samspill.listening.asked import Asked
from samspill.listening.shown import language_name
from samspill.networks.registry import network_name

SHOWN = 6


@dataclass(frozen=True)
class Line:
    """`query`: the question narrowed to it; '' where it cannot be. `link`: an address outside."""

    says: str
    posts: int
    people: int
    query: str = ""
    link: str = ""


@dataclass(frozen=True)
class Block:
    key: str
    title: Promise
    lines: Sequence[Line]
    among: int
    whole: bool


def blocks(store: Store, wanted: Asked, node: Node) -> list[Block]:
    return [
        Block(key, title, [line(wanted, row) for row in beside.rows], beside.among, beside.whole)
        for key, title, line in _KINDS
        if (beside := store.beside(node, key, SHOWN)).rows and not _is_one(key, beside)
    ]


def _is_one(key: str, beside: Beside) -> bool:
    """All from one network, all in one language: nothing to choose."""
    return key in ("networks", "languages") and len(beside.rows) == 1


def _tag(wanted: Asked, row: Row) -> Line:
    return Line(f"#{row.says}", row.posts, row.people, f"{wanted.narrowed}#{tag_key(row.says)}")


def _link(wanted: Asked, row: Row) -> Line:
    parts = urlsplit(row.says)
    says = f"{parts.netloc.removeprefix('www.')}{parts.path}".rstrip("/")
    return Line(says, row.posts, row.people, "", row.says)


def _voice(wanted: Asked, row: Row) -> Line:
    return Line(row.says, row.posts, row.people, f"{wanted.narrowed}from:{row.says}")


def _network(wanted: Asked, row: Row) -> Line:
    return Line(network_name(row.says), row.posts, row.people, f"{wanted.narrowed}network:{row.says}")


def _language(wanted: Asked, row: Row) -> Line:
    return Line(language_name(row.says), row.posts, row.people, f"{wanted.narrowed}lang:{row.says}")


_KINDS = (
    ("tags", _("Together with"), _tag),
    ("links", _("Pages people share"), _link),
    ("voices", _("Who says it"), _voice),
    ("networks", _("Networks"), _network),
    ("languages", _("Languages"), _language),
)
