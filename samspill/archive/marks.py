"""Where a query's words stand in a text, so that a reader sees why it was found."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from samspill.archive.query import And, Near, Node, Or, Phrase, Prefix, Tag, Word
from samspill.lib.tags import tag_key

_WORD = re.compile(r"[#＃]?\w+")


@dataclass
class _Wanted:
    tags: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    starts: tuple[str, ...] = ()
    phrases: list[tuple[str, ...]] = field(default_factory=list)


def spans(node: Node, text: str) -> list[tuple[int, int]]:
    """Stretches of the text, in order and apart; of what must not be there nothing."""
    wanted = _Wanted()
    _gather(node, wanted)
    tokens = [(hit.start(), hit.end(), hit[0]) for hit in _WORD.finditer(text)]
    found = {(start, end) for start, end, said in tokens if _is_wanted(said, wanted)}
    for phrase in wanted.phrases:
        found.update(_runs(phrase, tokens))
    return _apart(sorted(found))


def _gather(node: Node, wanted: _Wanted) -> None:
    match node:
        case And(nodes) | Or(nodes):
            for each in nodes:
                _gather(each, wanted)
        case Tag(key):
            wanted.tags.add(key)
        case Word(forms):
            wanted.words.update(forms)
        case Prefix(start):
            wanted.starts += (start,)
        case Near(words):
            wanted.words.update(words)
        case Phrase(words):
            wanted.phrases.append(words)


def _is_wanted(said: str, wanted: _Wanted) -> bool:
    if said[0] in "#＃":
        if tag_key(said[1:]) in wanted.tags:
            return True
        said = said[1:]
    said = said.casefold()
    return said in wanted.words or (bool(wanted.starts) and said.startswith(wanted.starts))


def _runs(phrase: tuple[str, ...], tokens: list[tuple[int, int, str]]) -> Iterator[tuple[int, int]]:
    said = [token.lstrip("#＃").casefold() for _start, _end, token in tokens]
    for at in range(len(said) - len(phrase) + 1):
        if tuple(said[at : at + len(phrase)]) == phrase:
            yield tokens[at][0], tokens[at + len(phrase) - 1][1]


def _apart(found: list[tuple[int, int]]) -> list[tuple[int, int]]:
    kept: list[tuple[int, int]] = []
    for start, end in found:
        if kept and start <= kept[-1][1]:
            kept[-1] = (kept[-1][0], max(kept[-1][1], end))
        else:
            kept.append((start, end))
    return kept
