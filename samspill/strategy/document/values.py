"""What one value of a document means: text, number, day or key, or a sentence on why it cannot be read."""

from __future__ import annotations

import math
import uuid
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from samspill.strategy.document.nodes import Node
from samspill.strategy.sections import Field, Type

LARGEST = 1e15
MOST_COUNT = 2**31 - 1
_web = URLValidator(["http", "https"])


class Wrong(ValueError):
    """A value that does not fit: a sentence, and its line."""

    def __init__(self, line: int, sentence: str) -> None:
        super().__init__(sentence)
        self.line = line


def read_value(field: Field, node: Node) -> Any:
    """As the row keeps it; of people, channels, passages and rows what names them. Raises Wrong."""
    if node.value is None:
        return None
    return _READERS[field.type](field, node)


def read_moment(name: str, node: Node) -> datetime:
    found = None
    if isinstance(node.value, str):
        try:
            found = parse_datetime(node.value)
        except ValueError:
            found = None
    if found is None:
        words = _("“%(field)s” is a moment, such as %(example)s.")
        raise Wrong(node.line, words % {"field": name, "example": "2026-11-25T09:30:00+01:00"})
    return found if timezone.is_aware(found) else timezone.make_aware(found)


def read_id(node: Node) -> uuid.UUID:
    try:
        return uuid.UUID(node.value)
    except (ValueError, AttributeError, TypeError):
        words = _("“%(value)s” is no id. Copy one from an export, or leave it out for something new.")
        raise Wrong(node.line, words % {"value": str(node.value)[:60]}) from None


def _text(field: Field, node: Node) -> str:
    if not isinstance(node.value, str):
        words = _("“%(field)s” takes text. Put what you mean in quotes.")
        raise Wrong(node.line, words % {"field": field.name})
    longest = field.longest
    if longest and len(node.value) > longest:
        words = _("“%(field)s” takes at most %(most)s signs; this has %(has)s. Shorten it.")
        raise Wrong(node.line, words % {"field": field.name, "most": longest, "has": len(node.value)})
    if "\0" in node.value:
        raise Wrong(
            node.line, _("“%(field)s” holds a sign that cannot be kept (NUL).") % {"field": field.name}
        )
    return node.value


def _link(field: Field, node: Node) -> str:
    text = _text(field, node)
    try:
        if text:
            _web(text)
    except ValidationError:
        words = _("“%(field)s” takes a whole web address, beginning with https://.")
        raise Wrong(node.line, words % {"field": field.name}) from None
    return text


def _number(field: Field, node: Node) -> int | float:
    if isinstance(node.value, bool) or not isinstance(node.value, int | float):
        raise Wrong(node.line, _("“%(field)s” takes a number, without quotes.") % {"field": field.name})
    if not math.isfinite(node.value) or abs(node.value) > LARGEST or node.value < 0:
        words = _("“%(field)s” takes a number from 0 up, not %(value)s.")
        raise Wrong(node.line, words % {"field": field.name, "value": node.value})
    if field.most and field.type in (Type.COUNT, Type.FIGURE) and node.value > field.most:
        words = _("“%(field)s” is at most %(most)s.")
        raise Wrong(node.line, words % {"field": field.name, "most": field.most})
    number: int | float = node.value
    return number


def _count(field: Field, node: Node) -> int:
    value = _number(field, node)
    if value != int(value) or value > MOST_COUNT:
        raise Wrong(node.line, _("“%(field)s” is counted in whole numbers.") % {"field": field.name})
    return int(value)


def _figure(field: Field, node: Node) -> float:
    return float(_number(field, node))


def _day(field: Field, node: Node) -> date:
    try:
        return date.fromisoformat(node.value)
    except (ValueError, TypeError):
        words = _("“%(field)s” takes a day, written year first: 2026-11-25.")
        raise Wrong(node.line, words % {"field": field.name}) from None


def _choice(field: Field, node: Node) -> Any:
    keys = [key for key, _label in field.choices]
    if node.value not in keys or isinstance(node.value, bool):
        words = _("“%(value)s” is none of the answers to “%(field)s”. Choose one of: %(keys)s.")
        said = {"value": str(node.value)[:60], "field": field.name, "keys": ", ".join(map(str, keys))}
        raise Wrong(node.line, words % said)
    return node.value


def _yes(field: Field, node: Node) -> bool:
    if not isinstance(node.value, bool):
        raise Wrong(node.line, _("“%(field)s” is true or false.") % {"field": field.name})
    return node.value


def _keys(field: Field, node: Node) -> list[Any]:
    return [_choice(field, each) for each in _list(field, node)]


def _checks(field: Field, node: Node) -> dict[str, bool]:
    found = _mapping(field, node)
    for key, each in found.items():
        _choice(field, Node(key, each.line))
    return {key: _yes(field, each) for key, each in found.items()}


def _row(field: Field, node: Node) -> uuid.UUID:
    return read_id(node)


def _rows(field: Field, node: Node) -> list[uuid.UUID]:
    return [read_id(each) for each in _list(field, node)]


def _named(*needed: str, maybe: tuple[str, ...] = ()) -> Callable[[Field, Node], dict[str, str]]:
    """A reader of something that is named by several texts."""

    def read(field: Field, node: Node) -> dict[str, str]:
        found = _mapping(field, node)
        for key, each in found.items():
            if key not in (*needed, *maybe):
                words = _("“%(key)s” is not known in “%(field)s”. It takes: %(keys)s.")
                said = {"key": key, "field": field.name, "keys": ", ".join((*needed, *maybe))}
                raise Wrong(each.line, words % said)
        for key in needed:
            if key not in found:
                words = _("“%(field)s” lacks “%(key)s”.")
                raise Wrong(node.line, words % {"field": field.name, "key": key})
        text = Field(field.name, Type.TEXT, most=20_000)
        return {key: _text(text, each) for key, each in found.items()}

    return read


def _list(field: Field, node: Node) -> list[Node]:
    if not isinstance(node.value, list):
        raise Wrong(node.line, _("“%(field)s” takes a list.") % {"field": field.name})
    return node.value


def _mapping(field: Field, node: Node) -> dict[str, Node]:
    if not isinstance(node.value, dict):
        raise Wrong(node.line, _("“%(field)s” takes names with values.") % {"field": field.name})
    return node.value


_READERS: dict[Type, Callable[[Field, Node], Any]] = {
    Type.LINE: _text,
    Type.TEXT: _text,
    Type.LINK: _link,
    Type.COUNT: _count,
    Type.FIGURE: _figure,
    Type.DAY: _day,
    Type.CHOICE: _choice,
    Type.YES: _yes,
    Type.KEYS: _keys,
    Type.CHECKS: _checks,
    Type.ROW: _row,
    Type.ROWS: _rows,
    Type.PERSON: _named("name", maybe=("email",)),
    Type.CHANNEL: _named("network", "handle"),
    Type.PASSAGE: _named("document", "text"),
}
