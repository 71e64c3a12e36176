"""The query language: what a person types, as a tree that every store can answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Union


@dataclass(frozen=True)
class Tag:
    """`#Blåbær`: by its exact key, æøå kept."""

    key: str


@dataclass(frozen=True)
class Word:
    """One of these forms of a word; the first is the one that was typed."""

    forms: tuple[str, ...]


@dataclass(frozen=True)
class Prefix:
    """`kommun*`"""

    start: str


@dataclass(frozen=True)
class Phrase:
    """`"åpen dialog"`: these words, next to each other, in order."""

    words: tuple[str, ...]


@dataclass(frozen=True)
class Near:
    """`NEAR(strøm pris, 5)`: these words in any order with at most so many words between them."""

    words: tuple[str, ...]
    within: int = 10


@dataclass(frozen=True)
class Field:
    """`from: to: site: lang: network: has:`. `value` is folded as the store keeps it."""

    name: str
    value: str


@dataclass(frozen=True)
class Since:
    """At or after this moment, in milliseconds since 1970 UTC."""

    at: int


@dataclass(frozen=True)
class Until:
    """Before this moment, in milliseconds since 1970 UTC."""

    at: int


@dataclass(frozen=True)
class Not:
    node: Node


@dataclass(frozen=True)
class And:
    nodes: tuple[Node, ...]


@dataclass(frozen=True)
class Or:
    nodes: tuple[Node, ...]


Node = Union[Tag, Word, Prefix, Phrase, Near, Field, Since, Until, Not, And, Or]  # noqa: UP007 - refers ahead
