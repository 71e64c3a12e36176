"""The query language: what is typed, what it means, and where it cannot be read."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samspill.archive.query import And, Field, Near, Node, Not, Or, Phrase, Prefix, Since, Tag, Until, Word
from samspill.archive.query_parse import DEPTH, LONGEST, TERMS, Wrong, parse

OSLO = ZoneInfo("Europe/Oslo")
NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)


def read(typed: str) -> Node:
    return parse(typed, NOW, OSLO)


def at(year: int, month: int, day: int) -> int:
    return int(datetime(year, month, day, tzinfo=OSLO).timestamp() * 1000)


def exactly(word: str) -> Word:
    return Word((word,))


@pytest.mark.parametrize(
    ("typed", "means"),
    [
        ("#Blåbær", Tag("blåbær")),
        ("＃strøm", Tag("strøm")),
        ("#strøm.", Tag("strøm")),
        ("$NHY.", Tag("$nhy")),
        ("$5", exactly("5")),
        ("#bla\u030abær", Tag("blåbær")),
        ("nå", exactly("nå")),
        ('"pris"', exactly("pris")),
        ("“åpen  dialog”", Phrase(("åpen", "dialog"))),
        ("«åpen dialog»", Phrase(("åpen", "dialog"))),
        ("kommun*", Prefix("kommun")),
        ("#a -#b", And((Tag("a"), Not(Tag("b"))))),
        ('#a -"to ord"', And((Tag("a"), Not(Phrase(("to", "ord")))))),
        ("#a -(#b OR #c)", And((Tag("a"), Not(Or((Tag("b"), Tag("c"))))))),
        ("#a OR #b #c", Or((Tag("a"), And((Tag("b"), Tag("c")))))),
        ("#a ELLER #b", Or((Tag("a"), Tag("b")))),
        ("#a AND #b OG #c", And((Tag("a"), Tag("b"), Tag("c")))),
        ("(#a OR #b) #c", And((Or((Tag("a"), Tag("b"))), Tag("c")))),
        ("NEAR(strøm pris, 5)", Near(("strøm", "pris"), 5)),
        ("NÆR(strøm pris)", Near(("strøm", "pris"), 10)),
        ("from:@Kari.bsky.social", Field("from", "kari.bsky.social")),
        ("fra:kari", Field("from", "kari")),
        ("@kari.bsky.social", Field("to", "kari.bsky.social")),
        ("site:www.nrk.no", Field("site", "nrk.no")),
        ("https://www.nrk.no/strom?x=1", Field("site", "nrk.no")),
        ("lang:nb", Field("lang", "nb")),
        ("språk:norsk", Or((Field("lang", "no"), Field("lang", "nb"), Field("lang", "nn")))),
        ("network:bluesky har:lenke", And((Field("network", "bluesky"), Field("has", "link")))),
        ("since:2026-11-01", Since(at(2026, 11, 1))),
        ("siden:1.11.2026", Since(at(2026, 11, 1))),
        ("until:2026-11-24", Until(at(2026, 11, 25))),
        ("since:24h", Since(int(NOW.timestamp() * 1000) - 86_400_000)),
        ("since:yesterday", Since(at(2026, 11, 24))),
        ("(#a OR #b) since:today", And((Or((Tag("a"), Tag("b"))), Since(at(2026, 11, 25))))),
        ("e-post", exactly("e-post")),
        ("hva?", exactly("hva")),
    ],
)
def test_reads_what_is_typed(typed, means):
    assert read(typed) == means


def test_a_word_is_read_in_all_its_forms():
    node = read("Innbyggerne")
    assert isinstance(node, Word)
    assert node.forms[0] == "innbyggerne"
    assert "innbygger" in node.forms


@pytest.mark.parametrize(
    ("typed", "marked", "says"),
    [
        ("", "", "Write # and a word"),
        ("  \u200b ", "", "Write # and a word"),
        ("#", "#", "right after #"),
        ("strøm # pris", "#", "right after #"),
        ('"åpen dialog', '"åpen dialog', "not closed"),
        ('#a ""', '""', "between the quotation marks"),
        ("(#a", "(", "not closed"),
        ("#a)", ")", "closes nothing"),
        ("()", ")", "inside the parentheses"),
        ("OR #a", "OR", "before this"),
        ("#a OR", "OR", "after this"),
        ("#a AND", "AND", "after this"),
        ("-", "-", "after the minus"),
        ("#a - #b", "-", "after the minus"),
        ("k*", "k*", "2 letters or more"),
        ("#kommun*", "#kommun*", "as a whole"),
        ("...", "...", "no letter or number"),
        ("lang:norwegianish", "lang:norwegianish", "lang:no"),
        ("has:image", "has:image", "has:link"),
        ("since:igjen", "since:igjen", "7d"),
        ("since:2026-02-30", "since:2026-02-30", "25.11.2026"),
        ("since:", "since:", "7d"),
        ("#a OR since:7d", "since:7d", "whole query"),
        ("#a -since:7d", "since:7d", "whole query"),
        ("NEAR(strøm)", "NEAR", "two words"),
        ("NEAR(strøm pris, 900)", "NEAR", "two words"),
        ("NEAR(strøm pris", "NEAR", "not closed"),
        ("from:", "from:", "from:kari"),
    ],
)
def test_points_at_what_it_cannot_read(typed, marked, says):
    with pytest.raises(Wrong) as found:
        read(typed)
    assert says in str(found.value)
    assert typed.strip()[found.value.at :][: found.value.length] == marked or not marked


def test_every_limit_holds_on_both_sides():
    assert read("a" * LONGEST)
    assert read(" ".join(f"#a{n}" for n in range(TERMS)))
    assert read("(" * DEPTH + "#a" + ")" * DEPTH)
    assert read("ko*")
    for typed in (
        "a" * (LONGEST + 1),
        " ".join(f"#a{n}" for n in range(TERMS + 1)),
        "(" * (DEPTH + 1) + "#a" + ")" * (DEPTH + 1),
        "OR ".join(["x "] * 10_000),
        "(" * 1900,
        "-" * 1900,
    ):
        with pytest.raises(Wrong):
            read(typed)


@settings(max_examples=400)
@given(
    st.one_of(
        st.text(max_size=60),
        st.lists(
            st.sampled_from(
                [
                    "#a",
                    "ord",
                    '"',
                    "(",
                    ")",
                    "-",
                    "OR",
                    "AND",
                    "NEAR",
                    "since:",
                    "7d",
                    ":",
                    "*",
                    "＃",
                    "\u202e",
                    "lang:nb",
                ]
            ),
            max_size=20,
        ).map(" ".join),
        st.lists(st.sampled_from(["#", '"', "(", ")", "-", " ", "a", "*", ":"]), max_size=30).map("".join),
    )
)
def test_whatever_is_typed_is_read_or_pointed_at(typed):
    wrong = None
    try:
        read(typed)
    except Wrong as error:
        wrong = error
    assert wrong is None or (str(wrong) and 0 <= wrong.at <= max(len(typed), LONGEST))
