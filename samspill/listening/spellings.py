"""Other ways of writing what was asked for, with how often they are used: one click adds them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from samspill.archive.query import Tag, Word
from samspill.archive.query_parse import Piece, pieces
from samspill.archive.store import Store
from samspill.archive.words import forms
from samspill.lib.tags import tag_key
from samspill.listening.asked import Asked

COUNTED = 1000  # posts; beyond, that many
MOST = 6
LONG = str.maketrans({"å": "aa", "ø": "oe", "æ": "ae"})
BARE = str.maketrans({"å": "a", "ø": "o", "æ": "ae"})


@dataclass(frozen=True)
class Spelling:
    """`query`: what was asked for, widened by it."""

    says: str
    posts: int
    query: str


def spellings(store: Store, wanted: Asked) -> list[Spelling]:
    """The most used first; nothing that is never used."""
    found = [each for piece in pieces(wanted.typed) for each in _of(store, wanted.typed, piece)]
    return sorted(found, key=lambda each: -each.posts)[:MOST]


def _of(store: Store, typed: str, piece: Piece) -> Iterator[Spelling]:
    if isinstance(piece.node, Tag):
        for row in store.variants(piece.node.key):
            yield Spelling(f"#{row.says}", row.posts, _widened(typed, piece, f"#{tag_key(row.says)}"))
    elif isinstance(piece.node, Word):
        for word in others(piece.node.forms[0]):
            if posts := store.count(Word(forms(word)), most=COUNTED):
                yield Spelling(word, posts, _widened(typed, piece, word))


def others(word: str) -> list[str]:
    """A word with æ, ø or å as it is written without them; one with aa, oe or ae as it may be meant."""
    short = word.replace("aa", "å").replace("oe", "ø").replace("ae", "æ")
    return [
        each for each in dict.fromkeys((word.translate(LONG), word.translate(BARE), short)) if each != word
    ]


def _widened(typed: str, piece: Piece, other: str) -> str:
    end = piece.at + len(piece.text)
    either = f"{piece.text} OR {other}"
    return either if piece.text == typed else f"{typed[: piece.at]}({either}){typed[end:]}"
