"""Which passage of the old version is which of the new, so that goals keep pointing where they pointed."""

from __future__ import annotations

from bisect import bisect, insort
from collections import Counter, defaultdict, deque
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

ALIKE = 0.6  # difflib's ratio over words, from which a text is the old one changed
SPELT_ALIKE = 0.8  # the same over letters, for short texts with a word spelt anew
_SHORT = 100  # letters; longer texts are compared by words alone
_COMMON = 50  # of the passages that share a word, this many nearest by place are looked at
_CANDIDATES = 3


def pair(old: Sequence[str], new: Sequence[str], gone: Sequence[str] = ()) -> list[int | None]:
    """For each new text, which old one it is: the same wherever it stands, or a near one in order.

    A text that had gone and is said again is the one it was: an index from len(old) on is into `gone`.
    """
    found = _exact([*old, *gone], new)
    taken = {at for at in found if at is not None}
    rest_old = [at for at in range(len(old)) if at not in taken]
    rest_new = [at for at, match in enumerate(found) if match is None]
    near = _near([old[at] for at in rest_old], [new[at] for at in rest_new])
    for new_at, old_at in near.items():
        found[rest_new[new_at]] = rest_old[old_at]
    return found


def _exact(old: Sequence[str], new: Sequence[str]) -> list[int | None]:
    places: dict[str, deque[int]] = defaultdict(deque)
    for at, text in enumerate(old):
        places[text].append(at)
    return [places[text].popleft() if places[text] else None for text in new]


def _near(old: Sequence[str], new: Sequence[str]) -> dict[int, int]:
    """The most alike first, as long as the order holds."""
    likely = [
        (_ratio(old[old_at], text), new_at, old_at)
        for new_at, text, candidates in _likely(old, new)
        for old_at in candidates
    ]
    ordered: list[tuple[int, int]] = []  # (new, old), rising in both
    for ratio, new_at, old_at in sorted(likely, key=lambda one: (-one[0], one[1], one[2])):
        at = bisect(ordered, (new_at, old_at))
        after_before = at == 0 or (ordered[at - 1][0] < new_at and ordered[at - 1][1] < old_at)
        before_after = at == len(ordered) or (new_at < ordered[at][0] and old_at < ordered[at][1])
        if ratio and after_before and before_after:
            insort(ordered, (new_at, old_at))
    return dict(ordered)


def _likely(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, str, list[int]]]:
    """For each new text the few old ones that share most words with it, rare words before common ones."""
    places: dict[str, list[int]] = defaultdict(list)
    for at, text in enumerate(old):
        for word in set(text.casefold().split()):
            places[word].append(at)
    for new_at, text in enumerate(new):
        expected = new_at * len(old) // max(len(new), 1)
        shared: Counter[int] = Counter()
        for word in set(text.casefold().split()):
            shared.update(_nearest(places.get(word, []), expected))
        yield new_at, text, [at for at, _count in shared.most_common(_CANDIDATES)]


def _nearest(places: list[int], expected: int) -> list[int]:
    if len(places) <= _COMMON:
        return places
    start = min(max(bisect(places, expected) - _COMMON // 2, 0), len(places) - _COMMON)
    return places[start : start + _COMMON]


def _ratio(before: str, after: str) -> float:
    """How alike, or 0 where it is too little."""
    ratio = _at_least(ALIKE, SequenceMatcher(None, before.split(), after.split(), autojunk=False))
    if ratio or max(len(before), len(after)) > _SHORT:
        return ratio
    return _at_least(SPELT_ALIKE, SequenceMatcher(None, before, after, autojunk=False))


def _at_least(least: float, matcher: SequenceMatcher[str]) -> float:
    if matcher.real_quick_ratio() < least or matcher.quick_ratio() < least:
        return 0.0
    ratio = matcher.ratio()
    return ratio if ratio >= least else 0.0


def words_changed(before: str, after: str) -> list[tuple[str, str]]:
    """The text in runs of words: ("same" | "gone" | "new", words), to be read from left to right."""
    old, new = before.split(), after.split()
    runs: list[tuple[str, str]] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            runs.append(("same", " ".join(new[j1:j2])))
            continue
        if i2 > i1:
            runs.append(("gone", " ".join(old[i1:i2])))
        if j2 > j1:
            runs.append(("new", " ".join(new[j1:j2])))
    return runs
