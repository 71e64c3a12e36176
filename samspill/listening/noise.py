"""Noise: posts a person marks as not meant, and what would leave them out and lose little else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from samspill.archive.match import tokens
from samspill.archive.posts import Post
from samspill.archive.store import Hit
from samspill.archive.store.sqlite.words import domains, readable
from samspill.archive.words import ALONE
from samspill.lib.tags import tag_key

SHOWN = 5
SHORTEST = 4  # letters of a word that is proposed


@dataclass(frozen=True)
class Proposal:
    """`term` to write after a minus; it leaves out `noise` of what is marked, and `good` of the rest."""

    term: str
    noise: int
    good: int


def proposals(hits: Sequence[Hit], marked: Sequence[Hit]) -> list[Proposal]:
    """The best first. What would leave out as much of the rest is not worth a word."""
    noise = {hit.id for hit in marked}
    counts: dict[str, list[int]] = {}
    for hit in hits:
        for term in set(_terms(hit.post)):
            counts.setdefault(term, [0, 0])[hit.id not in noise] += 1
    found = [Proposal(term, bad, good) for term, (bad, good) in counts.items() if bad > good]
    return sorted(found, key=lambda each: (each.good - each.noise, _rank(each.term), each.term))[:SHOWN]


def _terms(post: Post) -> Iterator[str]:
    if post.handle:
        yield f"from:{post.handle}"
    for tag in post.tags:
        yield f"#{tag_key(tag)}"
    for domain in domains(post.links):
        yield f"site:{domain}"
    for word in tokens(readable(post.text)):
        if len(word) >= SHORTEST and word.isalpha() and word not in ALONE:
            yield word


def _rank(term: str) -> int:
    """Of equals first what says the least by chance: a hashtag, a site, a sender, a word."""
    return next((at for at, start in enumerate(("#", "site:", "from:")) if term.startswith(start)), 3)
