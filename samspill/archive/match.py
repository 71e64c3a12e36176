"""Which of many queries does a post meet? All are asked in one pass: a thousand cost little more than ten.

Each query can only be met by a post that has one of its keys: words as the index of words keeps them. A post
is asked for its words once; only the queries with a key among them are looked at whole (as in inverted
indexes of queries: Yan & Garcia-Molina, ACM TODS 19(2), 1994).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from samspill.archive.posts import Post
from samspill.archive.query import And, Field, Near, Node, Not, Or, Phrase, Prefix, Since, Tag, Until, Word
from samspill.archive.store.sqlite.words import Mark, domains, has, keys, readable, sites

# As SQLite's unicode61 reads words: letters and digits, and marks that stand on them.
_TOKEN = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u0331])*")
_START, _HANDLE = (
    "\ue00e",
    "\ue00d",
)  # begin the keys of a prefix and of a handle, which are no marks of the index
Authors = Callable[[str], Iterable[tuple[str, str]]]  # of a handle the accounts known by it
Keys = tuple[int, frozenset[str]]  # how common they are thought to be, and the keys themselves
ALWAYS: Keys = (1000, frozenset())  # no key: the query is looked at for every post
COMMON = 100  # what most posts have: a language, a network


def tokens(text: str) -> list[str]:
    """The words of a text, in order, as the index of words keeps them."""
    return _TOKEN.findall(text.lower().replace("ς", "σ"))


class Said:
    """A post as the index of words knows it; of marks only the `kinds` that are asked for."""

    __slots__ = ("_tokens", "post", "words")

    def __init__(self, post: Post, kinds: Iterable[str]) -> None:
        self.post = post
        self._tokens = tokens(readable(post.text))
        self.words = set(self._tokens)
        for kind in kinds:
            self.words.update([kind + value for value in _KINDS[kind](post)])

    def places(self, run: tuple[str, ...]) -> list[int]:
        """Where these words stand next to each other."""
        if not run or not self.words.issuperset(run):
            return []
        said, long = self._tokens, len(run)
        return [at for at, word in enumerate(said) if word == run[0] and tuple(said[at : at + long]) == run]

    def starts(self, run: tuple[str, ...]) -> bool:
        """Whether these words stand next to each other, the last of them perhaps only begun."""
        said, before, long = self._tokens, run[:-1], len(run)
        return any(
            word.startswith(run[-1]) and tuple(said[at - long + 1 : at]) == before
            for at, word in enumerate(said)
            if at + 1 >= long
        )


# What a post has of each kind; the key is what its marks begin with.
_KINDS: dict[str, Callable[[Post], Iterable[str]]] = {
    Mark.TAG: keys,
    Mark.LANG: lambda post: (post.lang,),
    Mark.NETWORK: lambda post: (post.network,),
    Mark.AUTHOR: lambda post: (post.author, f"{post.network}\0{post.author}"),
    _HANDLE: lambda post: (post.handle.casefold(),),
    Mark.SITE: lambda post: [site for domain in domains(post.links) for site in sites(domain)],
    Mark.TO: lambda post: [who.casefold() for who in post.mentions],
    Mark.HAS: has,
}
Test = Callable[[Said], bool]


@dataclass(frozen=True)
class _Query:
    number: int
    meets: Test


class Matcher:
    """`queries` by number. `authors`: whose a handle is, asked once."""

    def __init__(self, queries: Mapping[int, Node], authors: Authors = lambda _handle: ()) -> None:
        self._always: list[_Query] = []
        self._by_key: dict[str, list[_Query]] = {}
        for number, node in queries.items():
            query = _Query(number, _test(node, authors))
            common, found = _keys(node, authors)
            if common >= ALWAYS[0]:
                self._always.append(query)
            for key in found:
                self._by_key.setdefault(key, []).append(query)
        self._kinds = sorted({key[0] for node in queries.values() for key in _all_marks(node)})
        self._starts = sorted({len(key) for key in self._by_key if key[0] == _START})
        self._known = frozenset(self._by_key)
        self.queries = len(queries)

    def __call__(self, post: Post) -> Sequence[int]:
        """The numbers of the queries it meets, in order."""
        if not self.queries:
            return ()
        said = Said(post, self._kinds)
        hits = self._known & said.words
        for long in self._starts:
            hits |= self._known & {_START + word[: long - 1] for word in said.words}
        found = {each.number for each in self._always if each.meets(said)}
        tried = set[int]()
        for key in hits:
            for query in self._by_key[key]:
                if query.number not in tried:
                    tried.add(query.number)
                    if query.meets(said):
                        found.add(query.number)
        return sorted(found)


# --- what a post must have


def _keys(node: Node, authors: Authors) -> Keys:
    """Words of which a post that meets the node has at least one; the rarest of what must all be there."""
    match node:
        case And(nodes):
            return min((_keys(each, authors) for each in nodes), default=ALWAYS, key=_cost)
        case Or(nodes):
            each = [_keys(one, authors) for one in nodes]
            return max((one[0] for one in each), default=0), frozenset().union(*(one[1] for one in each))
        case Tag() | Field():
            return (COMMON if _is_common(node) else 1), frozenset(_marks(node, authors))
        case Word(forms):
            return 2, frozenset(run[0] for run in map(_run, forms) if run)
        case Prefix(start):
            run = _run(start)
            return 3, frozenset([_START + run[0] if len(run) == 1 else run[0]] if run else [])
        case Phrase(words):
            return 2, frozenset(sorted(_run(" ".join(words)), key=len)[-1:])
        case Near(words):
            return 2, frozenset(sorted((word for each in words for word in _run(each)), key=len)[-1:])
    return ALWAYS


def _cost(found: Keys) -> tuple[int, int]:
    return found[0], -max(map(len, found[1]), default=0)


def _is_common(node: Tag | Field) -> bool:
    return isinstance(node, Field) and node.name in ("lang", "network", "has")


def _run(words: str) -> tuple[str, ...]:
    return tuple(tokens(readable(words)))


_FIELDS = {"to": Mark.TO, "site": Mark.SITE, "lang": Mark.LANG, "network": Mark.NETWORK, "has": Mark.HAS}


def _marks(node: Tag | Field, authors: Authors) -> list[str]:
    if isinstance(node, Tag):
        return [Mark.TAG + node.key]
    if node.name == "from":
        known = [f"{Mark.AUTHOR}{network}\0{author}" for network, author in authors(node.value)]
        return [*known, Mark.AUTHOR + node.value, _HANDLE + node.value.casefold()]
    return [_FIELDS[node.name] + node.value]


def _all_marks(node: Node) -> Iterator[str]:
    """The marks that any part of it asks for."""
    match node:
        case And(nodes) | Or(nodes):
            for each in nodes:
                yield from _all_marks(each)
        case Not(inner):
            yield from _all_marks(inner)
        case Tag() | Field():
            yield from _marks(node, lambda _handle: ())


# --- whether it has it


def _test(node: Node, authors: Authors) -> Test:
    match node:
        case And(nodes):
            return partial(_all, [_test(each, authors) for each in nodes])
        case Or(nodes):
            return partial(_any, [_test(each, authors) for each in nodes])
        case Not(inner):
            return partial(_not, _test(inner, authors))
        case Since(at):
            return lambda said: said.post.at >= at
        case Until(at):
            return lambda said: said.post.at < at
        case _:
            return _leaf(node, authors)


def _leaf(node: Node, authors: Authors) -> Test:
    match node:
        case Tag() | Field():
            wanted = frozenset(_marks(node, authors))
            return lambda said: not said.words.isdisjoint(wanted)
        case Word(forms):
            return _word(forms)
        case Prefix(start):
            run = _run(start)
            return lambda said: bool(run) and said.starts(run)
        case Phrase(words):
            run = _run(" ".join(words))
            return lambda said: bool(said.places(run))
        case Near(words, within):
            runs = [run for run in map(_run, words) if run]
            return lambda said: _near(said, runs, within)
    raise ValueError(f"{type(node).__name__} is no part of the language")


def _word(forms: Sequence[str]) -> Test:
    runs = [run for run in map(_run, forms) if run]
    single = frozenset(run[0] for run in runs if len(run) == 1)
    longer = [run for run in runs if len(run) > 1]
    if not longer:
        return lambda said: not said.words.isdisjoint(single)
    return lambda said: not said.words.isdisjoint(single) or any(said.places(run) for run in longer)


def _near(said: Said, runs: Sequence[tuple[str, ...]], within: int) -> bool:
    """Whether all stand so that from the end of each to the last of them are at most `within` words."""
    places = [said.places(run) for run in runs]
    return bool(places) and any(
        all(
            any(last - len(run) - within <= at <= last for at in each)
            for run, each in zip(runs, places, strict=True)
        )
        for last in {at for each in places for at in each}
    )


def _all(tests: Sequence[Test], said: Said) -> bool:
    return all(test(said) for test in tests)


def _any(tests: Sequence[Test], said: Said) -> bool:
    return any(test(said) for test in tests)


def _not(test: Test, said: Said) -> bool:
    return not test(said)
