"""Why is more said than usual? The posts, words, hashtags and pages of a stretch, against the time before.

Only numbers of posts are kept, never what somebody wrote: what is deleted or erased is gone from here, too.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from samspill.archive.match import tokens
from samspill.archive.query import And, Node, Since, Until
from samspill.archive.store import Hit, Store
from samspill.archive.words import ALONE
from samspill.lib.tags import tag_key
from samspill.listening.statistics.terms import log_odds

LOOKED_AT = 2000  # posts of the stretch, and as many before it
PAGE = 500
SHOWN = 8
LIKELY = 3.0  # standard errors from which on a word counts as said more
SHORTEST = 3  # letters
ALIKE_FROM = 5  # posts with a text
_LINK = re.compile(r"https?://\S+")


@dataclass(frozen=True)
class Stretch:
    """What was said from `since` to before `until` (ms since 1970), at most the newest 2,000 posts of it."""

    asked: Node
    hits: Sequence[Hit]
    whole: bool

    @property
    def people(self) -> int:
        return len({_who(hit) for hit in self.hits})

    @property
    def alike(self) -> bool:
        """Few people for so many posts, or mostly one text: perhaps somebody has arranged it."""
        texts = Counter(_bare(hit.post.text) for hit in self.hits if not hit.post.repost_of)
        same = max(texts.values(), default=0)
        few = len(self.hits) >= 3 * max(self.people, 1)
        return few or (texts.total() >= ALIKE_FROM and same * 2 > texts.total())


def stretch(store: Store, node: Node, since: int, until: int) -> Stretch:
    asked = And((node, Since(since), Until(until)))
    hits: list[Hit] = []
    before = None
    while len(hits) < LOOKED_AT:
        page = store.find(asked, before=before, limit=PAGE)
        hits += page.hits
        if not page.more:
            return Stretch(asked, hits, True)
        before = page.hits[-1].id
    return Stretch(asked, hits[:LOOKED_AT], False)


def reasons(now: Stretch, before: Stretch) -> dict[str, Any]:
    """What drives it, largest first. Each row of words, tags and links: what, posts now, posts before, people
    now; `posts` are ids of the archive."""
    ratio = len(now.hits) / max(len(before.hits), 1)
    return {
        "posts": _strongest(now.hits),
        "words": words(now.hits, before.hits),
        "tags": _more(now.hits, before.hits, lambda hit: {tag_key(tag) for tag in hit.post.tags}, ratio),
        "links": _more(now.hits, before.hits, lambda hit: set(hit.post.links), ratio),
        "people": now.people,
        "before": len(before.hits),
    }


def _who(hit: Hit) -> tuple[str, str]:
    return hit.post.network, hit.post.author


def _bare(text: str) -> str:
    return " ".join(_LINK.sub(" ", text).casefold().split())


def _strongest(hits: Sequence[Hit]) -> list[int]:
    """The most shared, one of each text, and the first of all."""
    found: dict[str, Hit] = {}
    for hit in sorted(hits, key=lambda hit: (-hit.post.shares, -hit.post.likes, hit.id)):
        if not hit.post.repost_of:
            found.setdefault(_bare(hit.post.text), hit)
    first = [hit.id for hit in hits[-1:]]
    return list(dict.fromkeys([hit.id for hit in list(found.values())[: SHOWN - 1]] + first))


def words(now: Sequence[Hit], before: Sequence[Hit]) -> list[list[Any]]:
    """Words said clearly more, the clearest first: word, posts now, before, people now, standard errors.
    A word counts once a post, and only where three people say it: nobody talks it up alone."""
    here, people = _counted(now)
    there, _people = _counted(before)
    found = [
        [term.word, term.here, term.there, people[term.word], round(term.z, 1)]
        for term in log_odds(here, there)[: 4 * SHOWN]
        if term.z >= LIKELY and people[term.word] >= 3
    ]
    return found[:SHOWN]


def _counted(hits: Iterable[Hit]) -> tuple[Counter[str], dict[str, int]]:
    posts, people = Counter[str](), dict[str, set[tuple[str, str]]]()
    for hit in hits:
        for word in set(tokens(_LINK.sub(" ", hit.post.text))):
            if len(word) >= SHORTEST and not word.isdecimal() and word not in ALONE:
                posts[word] += 1
                people.setdefault(word, set()).add(_who(hit))
    return posts, {word: len(who) for word, who in people.items()}


def _more(
    now: Sequence[Hit], before: Sequence[Hit], of: Callable[[Hit], set[str]], ratio: float
) -> list[list[Any]]:
    """What more people have now than before would make one expect, by people."""
    people: dict[str, set[tuple[str, str]]] = {}
    posts, earlier = Counter[str](), Counter[str]()
    for hit in now:
        for what in of(hit):
            posts[what] += 1
            people.setdefault(what, set()).add(_who(hit))
    for hit in before:
        earlier.update(of(hit))
    found: list[list[Any]] = [
        [what, n, earlier[what], len(people[what])]
        for what, n in posts.items()
        if len(people[what]) >= 2 and n > 1.5 * ratio * earlier[what]
    ]
    return sorted(found, key=lambda row: (-row[3], -row[1], row[0]))[:SHOWN]
