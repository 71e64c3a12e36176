from __future__ import annotations

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from samspill.lib.plain import line, plain, short_id, web_address

STRANGE = st.text(
    st.characters(categories=["Cc", "Cf", "Cs", "Mn", "Zl", "Zp"]) | st.sampled_from("aé \n👩🔬ک"),
    max_size=30,
)


@given(STRANGE)
def test_what_is_plain_stays_as_it_is(text):
    assert plain(plain(text, 50), 50) == plain(text, 50)


@given(STRANGE, st.integers(1, 20))
def test_nothing_that_hides_or_reverses_gets_through(text, limit):
    shown = plain(text, limit)
    assert len(shown) <= limit
    assert not regex.search(
        r"[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\x00-\x08\x7f-\x9f]", shown
    )
    shown.encode()


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("pay\u202egnp.exe", "paygnp.exe"),
        ("Al\u200bice", "Alice"),
        ("a\U000e0069\U000e0067b", "ab"),
        ("👩\u200d🔬 works", "👩\u200d🔬 works"),
        ("❤\ufe0f\u200d🔥", "❤\ufe0f\u200d🔥"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("ad\u200dmin", "admin"),
        ("one\r\ntwo\u2028three", "one\ntwo\nthree"),
        ("Z" + "\u0335" * 40, "Z" + "\u0335" * 4),
        ("soft\u00adhyphen \ud800", "softhyphen"),
    ],
)
def test_plain(given, shown):
    assert plain(given, 100) == shown


def test_names_are_one_line_and_cut_where_the_column_ends():
    assert line("Ola\n\t Nordmann ", 100) == "Ola Nordmann"
    assert line("x" * 10, 10) == "x" * 10
    assert line("x" * 11, 10) == "x" * 9 + "…"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("https://example.org/a?b=c", "https://example.org/a?b=c"),
        ("HTTP://example.org", "http://example.org"),
        ("javascript:alert(1)", ""),
        ("java\u200bscript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("//example.org", ""),
        ("https://[oops", ""),
        ("https://example.org/" + "x" * 180, "https://example.org/" + "x" * 180),
        ("https://example.org/" + "x" * 181, ""),
    ],
)
def test_only_addresses_of_the_web_are_linked_to(given, kept):
    assert web_address(given, 200) == kept


def test_long_identities_fit_and_stay_different():
    assert short_id("x" * 500) == "x" * 500
    assert len(short_id("x" * 501)) == 500
    assert short_id("x" * 501) != short_id("x" * 502)
    assert short_id("a\x00b") == "ab"
