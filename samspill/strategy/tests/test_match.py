"""Passages keep their identity over a new version of their document."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspill.strategy.match import pair, words_changed

TEXTS = st.lists(st.sampled_from(["Vi svarer alle.", "Vi deler det vi vet.", "Vi er der folk er.", "Ja", ""]))


def test_the_same_text_is_the_same_passage_wherever_it_moves():
    assert pair(["a b", "c d", "e f"], ["e f", "x y", "a b"]) == [2, None, 0]


def test_equal_texts_are_paired_in_order_and_once():
    assert pair(["Ja", "Ja"], ["Ja", "Ja", "Ja"]) == [0, 1, None]


def test_a_changed_text_is_the_old_passage():
    old = ["Vi skal svare alle innen to døgn.", "Vi skal dele det vi vet.", "Bygge kunderelasjoner"]
    new = ["Bygge gode kunderelasjoner", "Vi skal svare alle innen ett døgn."]
    assert pair(old, new) == [None, 0], "near matches keep the order; the better one wins"
    assert pair(old, [new[1], new[0]]) == [0, 2]


def test_what_is_less_than_six_tenths_alike_is_another_passage():
    assert pair(["en to tre fire fem"], ["en to tre seks sju"]) == [0]
    assert pair(["en to tre fire fem seks"], ["en to tre sju åtte"]) == [None]


def test_a_short_passage_with_a_word_spelt_anew_is_the_same():
    assert pair(["Byge kunderelasjoner"], ["Bygge kunderelasjoner"]) == [0]
    assert pair(["Bygge kunderelasjoner"], ["Bygge en kunnskapsbase"]) == [None]


def test_what_had_gone_and_is_said_again_is_what_it_was():
    assert pair(["Vi skal lytte alle."], ["Vi skal lytte."], ["Vi skal lytte."]) == [1]


@given(TEXTS, TEXTS)
def test_nobody_is_paired_twice_and_the_same_text_is_never_lost(old, new):
    found = pair(old, new)
    used = [at for at in found if at is not None]
    assert len(found) == len(new)
    assert len(set(used)) == len(used)
    for text in set(new):
        pairs = sum(1 for at, said in zip(found, new, strict=True) if said == text and at is not None)
        assert pairs >= min(old.count(text), new.count(text))


@pytest.mark.parametrize("length", [8, 16, 40])
def test_a_long_plan_rewritten_throughout_takes_seconds(length):
    words = [f"ord{n}" for n in range(3000)]
    chance = random.Random(7)
    old = [" ".join(chance.choices(words, k=length)) for _ in range(3000)]
    kept = length * 3 // 4
    new = [" ".join([*text.split()[:kept], *chance.choices(words, k=length - kept)]) for text in old]
    started = time.process_time()
    found = pair(old, new)
    assert time.process_time() - started < 10
    assert sum(at == match for at, match in enumerate(found)) > 2900


def test_changes_are_told_word_by_word():
    runs = words_changed("Vi svarer innen to døgn", "Vi svarer alltid innen ett døgn")
    assert runs == [
        ("same", "Vi svarer"),
        ("new", "alltid"),
        ("same", "innen"),
        ("gone", "to"),
        ("new", "ett"),
        ("same", "døgn"),
    ]
