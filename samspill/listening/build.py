"""A search put together in boxes, for those who do not want to type signs; and a typed one taken apart again.

Boxes and query say the same: what is taken apart is only shown if put together it means what was typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from samspill.archive.query import And, Node, Not, Or, Phrase, Prefix, Tag, Word
from samspill.archive.query_parse import AND, FIELDS, HAS, OR, Wrong, parse, tokens

# Boxes for what has a name in the query, with that name.
NAMED = {"by": "from", "to": "to", "site": "site", "lang": "lang", "network": "network"}
NAMED |= {"since": "since", "until": "until"}
BOX_OF = {name: box for box, name in NAMED.items()}
LINK, ORIGINALS = "has:link", "-has:repost"
Boxes = dict[str, str | bool]
_MOMENT = datetime(2026, 1, 1, tzinfo=UTC)  # any will do: two queries are compared


def put_together(boxes: Boxes) -> str:
    """The query that the boxes say. Raises WrongBox where one says something else than it is for."""
    parts = [*_tags("tags", boxes), *_words("words", boxes), *_phrase(boxes), *_any_of(boxes)]
    parts += [f"-{word}" for word in _words("none", boxes)]
    parts += [_named(box, value) for box in NAMED if (value := _typed(box, boxes))]
    parts += [part for name, part in (("link", LINK), ("originals", ORIGINALS)) if boxes.get(name)]
    return " ".join(parts)


class WrongBox(ValueError):
    """What stands in the box `name` is not what it is for."""

    def __init__(self, name: str, message: str) -> None:
        super().__init__(message)
        self.name = name


def _typed(name: str, boxes: Boxes) -> str:
    return str(boxes.get(name) or "").strip()


def _split(name: str, boxes: Boxes) -> list[str]:
    return [word for word in re.split(r"[\s,;]+", _typed(name, boxes)) if word]


def _tags(name: str, boxes: Boxes) -> Iterator[str]:
    for word in _split(name, boxes):
        tag = word if word[0] in "#＃$" else f"#{word}"
        if not isinstance(_read(name, tag), Tag):
            raise WrongBox(name, _("Write hashtags only, with a space between them."))
        yield tag


def _words(name: str, boxes: Boxes) -> Iterator[str]:
    """Words, the beginnings of words, and hashtags."""
    for word in _split(name, boxes):
        if not isinstance(_read(name, word), Word | Prefix | Tag) or word[0] in '"-@':
            words = _("“%(word)s” is no plain word. Take away its signs, or use the box it belongs in.")
            raise WrongBox(name, words % {"word": word[:40]})
        yield word


def _phrase(boxes: Boxes) -> Iterator[str]:
    words = _typed("phrase", boxes).strip('"“”«»')
    if words:
        phrase = f'"{words}"'
        if not isinstance(_read("phrase", phrase), Phrase | Word):
            raise WrongBox("phrase", _("Write the words as they stand in the text, without quotation marks."))
        yield phrase


def _any_of(boxes: Boxes) -> Iterator[str]:
    words = list(_words("any", boxes))
    if words:
        yield f"({' OR '.join(words)})" if len(words) > 1 else words[0]


def _named(box: str, value: str) -> str:
    part = f"{NAMED[box]}:{value}"
    if len(tokens(part)) != 1:
        raise WrongBox(box, _("Write one only, without spaces and signs."))
    _read(box, part)
    return part


def _read(name: str, part: str) -> Node:
    try:
        return parse(part, _MOMENT, ZoneInfo("UTC"))
    except Wrong as error:
        raise WrongBox(name, str(error)) from error


def take_apart(typed: str) -> Boxes | None:
    """What was typed, in boxes; None where it says more than they can."""
    boxes: Boxes = {}
    try:
        for name, part in _parts(tokens(typed)):
            if name in ("tags", "words", "any", "none"):
                boxes[name] = f"{boxes.get(name, '')} {part}".strip()
            elif name in boxes:
                return None
            else:
                boxes[name] = part or True
        meant, said = (parse(text, _MOMENT, ZoneInfo("UTC")) for text in (typed, put_together(boxes)))
        return boxes if _in_order(said) == _in_order(meant) else None
    except (Wrong, WrongBox):
        return None


def _in_order(node: Node) -> Node:
    """The same with what holds in any order in one order, and nothing inside of its like."""
    match node:
        case And(nodes):
            return And(_sorted(each for one in nodes for each in _flat(_in_order(one), And)))
        case Or(nodes):
            return Or(_sorted(each for one in nodes for each in _flat(_in_order(one), Or)))
        case Not(inner):
            return Not(_in_order(inner))
    return node


def _flat(node: Node, kind: type[And] | type[Or]) -> tuple[Node, ...]:
    return node.nodes if isinstance(node, And | Or) and isinstance(node, kind) else (node,)


def _sorted(nodes: Iterable[Node]) -> tuple[Node, ...]:
    return tuple(sorted(nodes, key=repr))


def _parts(said: list[str]) -> Iterator[tuple[str, str]]:
    """The boxes that the parts of a query belong in. What fits none comes out wrong, and is found so."""
    either = {at for at, (one, other) in enumerate(pairwise([*said, ""])) if one in OR or other in OR}
    either |= {at + 1 for at in either if said[at] in OR}
    for at, part in enumerate(said):
        if part in ("(", ")", *AND, *OR):
            continue
        if at in either:
            yield "any", part
        elif part == ORIGINALS:
            yield "originals", ""
        elif part[0] == "-":
            yield "none", part[1:]
        else:
            yield _box_of(part)


def _box_of(part: str) -> tuple[str, str]:
    name, colon, value = part.partition(":")
    field = FIELDS.get(name.lower(), "") if colon else ""
    if field == "has" and HAS.get(value.casefold()) == "link":
        return "link", ""
    if field in BOX_OF:
        return BOX_OF[field], value
    if part[0] == "@":
        return "to", part[1:]
    if part[0] == '"':
        return "phrase", part.strip('"')
    return ("tags", part) if part[0] in "#＃$" else ("words", part)
