"""Which words are said more here than there? And which stand together more than by chance?"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

PAIRED_AT_LEAST = 5  # times: a pair that is rarer says nothing


@dataclass(frozen=True)
class Term:
    """`z`: by how many standard errors it is said more here; 1.96 is unlikely by chance."""

    word: str
    here: int
    there: int
    z: float


def log_odds(here: Mapping[str, int], there: Mapping[str, int]) -> list[Term]:
    """Weighted log-odds with an informative Dirichlet prior, the words of both as the prior, highest first.

    Monroe, Colaresi & Quinn, Fightin' Words, Political Analysis 16 (2008), 372-403, equations 16, 19, 22.
    """
    words = here.keys() | there.keys()
    n_here, n_there = sum(here.values()), sum(there.values())
    total = n_here + n_there
    found = []
    for word in words:
        mine, theirs = here.get(word, 0), there.get(word, 0)
        prior = mine + theirs
        a, b = mine + prior, theirs + prior
        delta = math.log(a / (n_here + total - a)) - math.log(b / (n_there + total - b))
        found.append(Term(word, mine, theirs, delta / math.sqrt(1 / a + 1 / b)))
    return sorted(found, key=lambda term: (-term.z, -term.here, term.word))


def pmi(pair: int, one: int, other: int, total: int) -> float | None:
    """Pointwise mutual information in bits, log2(p(x,y) / (p(x) p(y))); None for a pair met fewer than five
    times. Church & Hanks, Computational Linguistics 16 (1990), 22-29."""
    if pair < PAIRED_AT_LEAST:
        return None
    return math.log2(pair * total / (one * other))


def entropy(counts: Sequence[int]) -> float:
    """Shannon's, in bits: 0 where all is said by one, log2(n) where n say as much each."""
    total = sum(counts)
    return -sum(n / total * math.log2(n / total) for n in counts if n) if total else 0.0
