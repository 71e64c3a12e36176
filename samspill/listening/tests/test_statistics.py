"""The arithmetic of listening, against what others have computed."""

from __future__ import annotations

import json
import math
import os
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspill.listening.statistics.bursts import Burst, bursts, gap_states
from samspill.listening.statistics.ears import ears
from samspill.listening.statistics.shares import shares
from samspill.listening.statistics.terms import entropy, log_odds, pmi

ROOT = Path(__file__).resolve().parents[3]
SHARED = Path(os.environ.get("SAMSPILL_SHARED", ROOT.parent / "shared")) / "reference" / "statistics"


def reference(name: str) -> Any:
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"{name} is not beside the project; SAMSPILL_SHARED names its folder")
    return json.loads(path.read_text())


def test_ears_are_those_of_the_reference():
    known = reference("burst_ears.json")["ears"]
    found = ears(known["y"])
    assert len(found) == len(known["C1_C2_C3"])
    for day, wanted in zip(found, known["C1_C2_C3"], strict=True):
        for mine, theirs in zip((day.c1, day.c2, day.c3), wanted, strict=True):
            assert (mine is None) == (theirs is None)
            assert mine is None or mine == pytest.approx(theirs, abs=1e-9)


@pytest.mark.parametrize(
    "name", ["kleinberg_pybursts_readme", "kleinberg_R_bursts_example", "kleinberg_node_readme"]
)
def test_gaps_have_the_states_of_the_reference(name):
    known = reference("burst_ears.json")[name]
    gaps = [b - a for a, b in pairwise(known["offsets"])]
    assert gap_states(gaps, known["s"], known["gamma"]) == known["gap_states"]


def test_bursts_are_those_of_the_reference():
    known = reference("kleinberg.json")
    moments = known["offsets"]
    for case in known["cases"]:
        found = bursts(moments, case["s"], case["gamma"])
        levels = [0] * len(moments)
        for burst in found:
            # The reference gives a level to each event, by the gap that leads to it.
            for at in range(burst.first + 1, burst.last + 1):
                levels[at] = max(levels[at], burst.level)
        assert levels == case["levels"]


def test_where_all_comes_evenly_nothing_is_a_burst():
    assert bursts([float(n) for n in range(50)]) == []
    assert bursts([1.0, 1.0, 1.0, 1.0]) == []
    assert bursts([1.0]) == []


def test_a_burst_is_found_where_it_is():
    moments = [n * 60.0 for n in range(40)] + [2400 + n * 2.0 for n in range(60)]
    (burst, *_inner) = bursts(moments)
    assert burst == Burst(1, 39, 99) or (burst.first in (39, 40) and burst.last == 99)


def test_a_calm_week_has_no_ears_until_they_are_floored():
    calm = [5.0] * 10
    assert [day.c1 for day in ears(calm)][-1] is None
    assert ears([*calm, 40.0], floored=True)[-1].c1 == pytest.approx(35 / math.sqrt(5))
    assert ears([0.0] * 9 + [2.0], floored=True)[-1].c2 == 2.0


def test_a_word_that_is_new_here_stands_first_and_one_that_is_as_common_does_not():
    found = log_odds({"strøm": 40, "ras": 30, "og": 500}, {"strøm": 45, "og": 480})
    assert found[0].word == "ras"
    assert found[0].z > 3
    assert abs(next(term.z for term in found if term.word == "strøm")) < 1


def test_log_odds_turn_their_sign_when_here_and_there_change_places():
    one, other = {"a": 3, "b": 9}, {"a": 12, "c": 4}
    there = {term.word: term.z for term in log_odds(other, one)}
    assert all(term.z == pytest.approx(-there[term.word]) for term in log_odds(one, other))


def test_pairs_are_told_by_how_much_more_than_chance():
    assert pmi(10, 10, 10, 1000) == pytest.approx(math.log2(100))
    assert pmi(4, 4, 4, 1000) is None
    assert pmi(5, 50, 100, 1000) == 0.0


def test_entropy_is_the_bits_it_takes_to_tell_who_speaks():
    assert [entropy(counts) for counts in ([7], [], [5, 5], [1] * 8)] == [0.0, 0.0, 1.0, 3.0]


def test_the_ends_of_a_share_are_as_far_from_it_as_the_chi_square_allows():
    counts = [56, 72, 73, 59, 62, 87, 58]
    quantile = 7.2367  # of chi-square with one degree of freedom at 1 - 0.05 / 7: 2.6901²
    for share in shares(counts):
        for end in (share.low, share.high):
            away = sum(counts) * (share.share - end) ** 2 / (end * (1 - end))
            assert away == pytest.approx(quantile, abs=1e-3)


@given(st.lists(st.integers(0, 10_000), min_size=2, max_size=8))
def test_shares_lie_within_their_intervals_and_add_up(counts):
    found = shares(counts)
    if not sum(counts):
        assert found == []
        return
    assert sum(share.share for share in found) == pytest.approx(1)
    assert all(0 <= share.low <= share.share <= share.high <= 1 for share in found)
