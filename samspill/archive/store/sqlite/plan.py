"""A query's tree as a question to the file: a stretch of ids, and an expression of the index of words.

Moments are stretches of ids and stand outside; all else is one expression, https://sqlite.org/fts5.html
(section 3). A lone hashtag is answered from the table that is kept by tag.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass

from samspill.archive.query import And, Field, Near, Node, Not, Or, Phrase, Prefix, Since, Tag, Until, Word
from samspill.archive.store.sqlite.schema import LAST, TIES, id_from
from samspill.archive.store.sqlite.words import Mark, author_mark, mark, readable

END = (LAST + 1) << TIES
NOBODY = "\ue00f"  # a word that no post has


@dataclass(frozen=True)
class Plan:
    """Ids from `first` to before `end`; of those the ones of `tag`, else the ones `words` finds, else all."""

    first: int = 0
    end: int = END
    words: str = ""
    tag: str = ""

    def before(self, id: int | None) -> Plan:
        end = self.end if id is None else min(self.end, id)
        return Plan(self.first, end, self.words, self.tag)

    def after(self, id: int) -> Plan:
        return Plan(max(self.first, id + 1), self.end, self.words, self.tag)


def plan(node: Node, connection: sqlite3.Connection) -> Plan:
    """Raises ValueError where a moment stands below OR or NOT: the language has no such query."""
    parts = list(_parts(node))
    first = max((id_from(each.at) for each in parts if isinstance(each, Since)), default=0)
    end = min((id_from(each.at) for each in parts if isinstance(each, Until)), default=END)
    rest = [each for each in parts if not isinstance(each, Since | Until)]
    if not rest:
        return Plan(first, end)
    if len(rest) == 1 and isinstance(rest[0], Tag):
        return Plan(first, end, tag=rest[0].key)
    return Plan(first, end, words=_Expression(connection).of(And(tuple(rest))))


def _parts(node: Node) -> list[Node]:
    if isinstance(node, And):
        return [part for each in node.nodes for part in _parts(each)]
    return [node]


def quoted(words: str) -> str:
    return '"' + words.replace('"', '""') + '"'


def typed(words: str) -> str:
    """What a person wrote, which is never a mark."""
    return quoted(readable(words))


class _Expression:
    """`connection` tells which networks there are, and whose a handle is."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    def of(self, node: Node) -> str:
        make: Callable[..., str] = _MAKERS[type(node)]
        return make(self, node)

    def all_of(self, node: And) -> str:
        """What must be there, without what must not."""
        wanted = [self.of(each) for each in node.nodes if not isinstance(each, Not)]
        barred = [self.of(each.node) for each in node.nodes if isinstance(each, Not)]
        said = " AND ".join(wanted) if wanted else self.everything()
        if barred:
            said = f"({said}) NOT ({' OR '.join(barred)})"
        return f"({said})"

    def any_of(self, node: Or) -> str:
        return f"({' OR '.join(self.of(each) for each in node.nodes)})"

    def none_of(self, node: Not) -> str:
        return f"({self.everything()} NOT {self.of(node.node)})"

    def everything(self) -> str:
        """Every post says its network."""
        names = [name for (name,) in self.connection.execute("SELECT name FROM network ORDER BY name")]
        marks = [quoted(mark(Mark.NETWORK, name)) for name in names]
        return f"({' OR '.join(marks)})" if marks else quoted(NOBODY)

    def tag(self, node: Tag) -> str:
        return quoted(mark(Mark.TAG, node.key))

    def word(self, node: Word) -> str:
        return f"({' OR '.join(typed(form) for form in node.forms)})"

    def prefix(self, node: Prefix) -> str:
        return f"{typed(node.start)} *"

    def phrase(self, node: Phrase) -> str:
        return typed(" ".join(node.words))

    def near(self, node: Near) -> str:
        return f"NEAR({' '.join(typed(word) for word in node.words)}, {node.within})"

    def field(self, node: Field) -> str:
        if node.name == "from":
            return self.sender(node.value)
        return quoted(mark(_FIELDS[node.name], node.value))

    def sender(self, who: str) -> str:
        """By handle, or by the lasting id that a network gives."""
        asked = "SELECT network, author FROM handle WHERE handle = ?"
        found = set(self.connection.execute(asked, (who.casefold(),)).fetchall())
        networks = self.connection.execute("SELECT name FROM network").fetchall()
        marks = [author_mark(*each) for each in sorted(found)] + [
            author_mark(name, who) for (name,) in networks
        ]
        return f"({' OR '.join(quoted(each) for each in marks)})" if marks else quoted(NOBODY)


_FIELDS = {
    "to": Mark.TO,
    "site": Mark.SITE,
    "lang": Mark.LANG,
    "network": Mark.NETWORK,
    "has": Mark.HAS,
}
_MAKERS: dict[type, Callable[..., str]] = {
    And: _Expression.all_of,
    Or: _Expression.any_of,
    Not: _Expression.none_of,
    Tag: _Expression.tag,
    Word: _Expression.word,
    Prefix: _Expression.prefix,
    Phrase: _Expression.phrase,
    Near: _Expression.near,
    Field: _Expression.field,
}


def _no_moment(_expression: _Expression, node: Since | Until) -> str:
    raise ValueError(f"{type(node).__name__} stands below OR or NOT")


_MAKERS[Since] = _MAKERS[Until] = _no_moment
