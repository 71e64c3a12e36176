"""Many queries in one pass: each post is given to exactly those that would find it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samspill.archive.match import Matcher, Said, Test
from samspill.archive.posts import Post
from samspill.archive.query import And, Field, Near, Node, Not, Or, Phrase, Prefix, Since, Tag, Until, Word
from samspill.archive.query_parse import parse
from samspill.archive.store.contract import AT, post
from samspill.archive.store.sqlite import SqliteStore

WORDS = [
    "strøm",
    "Strøm",
    "pris",
    "PRISEN",
    "høy",
    "e-post",
    "3d",
    "å",
    "a\u030a",
    "Ωμέγας",
    "😀",
    "på_nett",
    "日本",
]
TERMS = st.sampled_from(WORDS)
LINKS = ["https://tv.nrk.no/a", "https://vg.example/pris"]
POSTS = st.builds(
    lambda words, tags, links, lang, network, who, to, at: {
        "text": " ".join([*words, *(f"#{tag}" for tag in tags), *links]),
        "tags": tuple(tags),
        "links": tuple(links),
        "lang": lang,
        "network": network,
        "author": f"did:plc:{who}",
        "handle": f"{who}.Example",
        "mentions": (to,) if to else (),
        "at": AT + at,
    },
    st.lists(TERMS, max_size=7),
    st.lists(st.sampled_from(["Strøm", "strom", "pris"]), max_size=2),
    st.lists(st.sampled_from(LINKS), max_size=2),
    st.sampled_from(["", "nb", "en"]),
    st.sampled_from(["bluesky", "mastodon"]),
    st.sampled_from("xy"),
    st.sampled_from(["", "Kari.example"]),
    st.integers(0, 3),
)
LEAVES = st.one_of(
    st.builds(Tag, st.sampled_from(["strøm", "strom", "pris"])),
    st.builds(lambda words: Word(tuple(words)), st.lists(TERMS, min_size=1, max_size=3)),
    st.builds(Prefix, st.sampled_from(["str", "pri", "e-po", "høy"])),
    st.builds(lambda words: Phrase(tuple(words)), st.lists(TERMS, min_size=1, max_size=3)),
    st.builds(
        lambda words, within: Near(tuple(words), within),
        st.lists(TERMS, min_size=2, max_size=3),
        st.integers(0, 3),
    ),
    st.builds(
        Field,
        st.sampled_from(["from"]),
        st.sampled_from(["x.example", "Y.example", "did:plc:x", "nobody"]),
    ),
    st.sampled_from(
        [
            Field("to", "kari.example"),
            Field("site", "nrk.no"),
            Field("site", "tv.nrk.no"),
            Field("lang", "nb"),
            Field("network", "mastodon"),
            Field("has", "link"),
        ]
    ),
)
NODES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.builds(lambda nodes: And(tuple(nodes)), st.lists(inner, min_size=1, max_size=3)),
        st.builds(lambda nodes: Or(tuple(nodes)), st.lists(inner, min_size=1, max_size=3)),
        st.builds(Not, inner),
    ),
    max_leaves=6,
)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(POSTS, min_size=1, max_size=8), st.lists(NODES, min_size=1, max_size=8))
def test_a_post_meets_just_the_queries_that_would_find_it(tmp_path, said, nodes):
    posts = [post(number, **values) for number, values in enumerate(said)]
    store = SqliteStore(tmp_path / "any.sqlite3")
    try:
        store.keep(posts)
        matcher = Matcher(dict(enumerate(nodes)), store.accounts)
        met = {each.key: list(matcher(each)) for each in posts}
        for number, node in enumerate(nodes):
            found = {hit.post.key for hit in store.find(node, limit=100).hits}
            assert {key for key, numbers in met.items() if number in numbers} == found, node
    finally:
        store.close()
        for file in tmp_path.glob("any.*"):
            file.unlink()


@pytest.mark.parametrize(
    ("typed", "met"),
    [
        ("#strøm", True),
        ("#strom", False),
        ("priser", True),
        ("pri*", True),
        ("“høye priser”", True),
        ("NEAR(strøm priser, 2)", True),
        ("NEAR(strøm priser, 1)", False),
        ("#strøm -priser", False),
        ("(vind OR sol) #strøm", False),
        ("from:ola.example", True),
        ("site:nrk.no", True),
        ("since:2026-01-01 #strøm", True),
        ("until:2026-01-01 #strøm", False),
    ],
)
def test_reads_what_people_type(typed, met):
    said = post(
        1,
        "Om #Strøm og høye priser https://tv.nrk.no/a",
        handle="Ola.example",
        links=("https://tv.nrk.no/a",),
    )
    node = parse(typed, datetime(2026, 11, 25, tzinfo=UTC), ZoneInfo("Europe/Oslo"))
    assert list(Matcher({5: node})(said)) == ([5] if met else [])


def test_only_queries_with_a_key_in_the_post_are_looked_at():
    nodes: dict[int, Node] = {n: And((Tag(f"sak{n}"), Word((f"ord{n}",)))) for n in range(1000)}
    matcher = Matcher(nodes)
    looked: list[str] = []

    def watched(test: Test) -> Test:
        def look(said: Said) -> bool:
            looked.append(said.post.key)
            return test(said)

        return look

    for queries in matcher._by_key.values():
        queries[:] = [replace(query, meets=watched(query.meets)) for query in queries]
    assert list(matcher(post(1, "#sak7 og ord7, ord8"))) == [7]
    assert len(looked) == 1


def test_a_moment_counts_by_when_it_was_said():
    matcher = Matcher({1: And((Tag("strøm"), Since(AT + 60_000), Until(AT + 120_000)))})
    assert [list(matcher(post(n, "#strøm"))) for n in range(3)] == [[], [1], []]


def test_no_queries_meet_nothing():
    assert list(Matcher({})(Post(network="bluesky", key="a", at=AT, author="b", text="strøm"))) == []
