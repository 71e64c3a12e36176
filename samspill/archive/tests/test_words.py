"""Norwegian words are found in all their forms."""

from __future__ import annotations

import pytest

from samspill.archive.words import MOST, forms


@pytest.mark.parametrize(
    "written",
    [
        "innbygger innbyggeren innbyggere innbyggerne",
        "kommune kommunen kommuner kommunene kommunar",
        "strøm strømmen",
        "pris prisen priser prisene prisar prisane",
        "regning regningen regninger regningene regninga regningar",
        "svar svaret svarene",
        "lege legen leger legene",
        "sykkel sykkelen sykler syklene",
        "vinter vinteren vintre vintrene",
        "bok boka boken bøker bøkene",
        "veileder veilederen veiledere veilederne",
        "stor stort store større størst",
        "spørsmål spørsmålet spørsmålene spørsmåla",
        "customer customers",
        "city cities",
    ],
)
def test_the_word_one_looks_up_finds_its_forms(written):
    word, *others = written.split()
    assert set(others) <= set(forms(word))
    assert forms(word)[0] == word


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("innbyggerne", "innbygger"),
        ("innbyggere", "innbygger"),
        ("kommunene", "kommuner"),
        ("prisene", "pris"),
        ("strømmen", "strøm"),
        ("bøkene", "bok"),
        ("Regninger", "regning"),
        ("spurte", "spør"),
    ],
)
def test_any_form_finds_the_others(typed, meant):
    assert meant in forms(typed)


@pytest.mark.parametrize("word", ["bare", "man", "over", "den", "ikke", "with", "nå", "co2", "e-post"])
def test_small_words_mean_only_themselves(word):
    assert forms(word) == (word,)


@pytest.mark.parametrize(("word", "other"), [("pris", "prisme"), ("kraft", "kraftig"), ("lege", "legge")])
def test_a_word_does_not_find_another(word, other):
    assert other not in forms(word)


def test_there_are_never_very_many():
    assert len(forms("a" * 200)) <= MOST
