"""JSON and YAML become the same tree, with the line of everything; what is neither is refused in words."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspill.strategy.document import nodes
from samspill.strategy.document.nodes import Unread, read
from samspill.strategy.document.yaml_text import as_yaml

WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60)
ODD = [
    *("no", "yes", "~", "null", "1e3", "0x1F", "1:30", "2026-01-01", "-", "- a", "# b", "a: b", "'", '"'),
    *(" a", "a ", "\t", "a\n", "\na", "a\n\n b", "\x85", "\u2028x", "\ufeff", "عربي", "😀"),
    *("|", ">", "&a", "*a", "!a", "%", "@"),
]
VALUES = st.recursive(
    WORDS
    | st.sampled_from(ODD)
    | st.booleans()
    | st.none()
    | st.integers(-(2**60), 2**60)
    | st.floats(-1e12, 1e12),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=12,
)


@given(VALUES)
def test_what_is_written_is_read_again_exactly(value):
    said = {"format": value}
    assert read(json.dumps(said, ensure_ascii=False, indent=2).encode()).plain() == said
    assert read(json.dumps(said).encode()).plain() == said
    assert read(as_yaml(said).encode()).plain() == said


@pytest.mark.parametrize("odd", ODD)
def test_texts_that_look_like_something_else_stay_texts(odd):
    for said in ({odd: odd}, {"a": [odd]}):
        assert read(as_yaml(said).encode()).plain() == said


def test_dates_and_no_may_be_written_without_quotes():
    assert read(b"day: 2026-01-01\nanswer: no\nsure: true\n").plain() == {
        "day": "2026-01-01",
        "answer": "no",
        "sure": True,
    }


def test_everything_knows_its_line():
    yaml = read(b"a: 1\nb:\n  - c: 2\n    d: 3\n")
    plain = read(b'{"a": 1,\n "b": [\n  {"c": 2,\n "d": 3}]}')
    for tree in (yaml, plain):
        row = tree.value["b"].value[0]
        assert (tree.value["a"].line, row.key_lines) == (1, {"c": 3, "d": 4})


def test_a_key_that_stands_twice_is_told():
    assert read(b"a: 1\nb: 2\na: 3\n").twice == [("a", 3)]
    assert read(b'{"a": 1,\n"a": 3}').twice == [("a", 2)]


@pytest.mark.parametrize(
    ("content", "line", "words"),
    [
        (b"", 1, "empty"),
        (b"# only a remark\n", 1, "empty"),
        (b"a: b\xff\n", 1, "UTF-8"),
        (b"a: 1\nb: [1\nc: 2\n", 3, "not YAML"),
        (b'{"a": 1,\n"b" 2}', 2, "cannot stand here"),
        (b'{"a": 1', 1, "the end of the file"),
        (b'{"a": 01}', 1, "cannot stand here"),
        (b'{"a": 1}\n{}', 2, "cannot stand here"),
        (b"a: &x 1\nb: *x\n", 1, "Anchors"),
        (b"a: 1\nb: !!python/object:os.system x\n", 2, "Tags"),
        (b"a: 1\n---\nb: 2\n", 2, "not YAML"),
        (b"[" * 13 + b"]" * 13, 1, "deeper"),
        (b"a:\n" + b"".join(b" " * n + b"- b:\n" for n in range(1, 30, 2)), 7, "deeper"),
    ],
)
def test_what_is_no_document_is_refused_with_its_line(content, line, words):
    with pytest.raises(Unread) as refused:
        read(content)
    assert words in str(refused.value)
    assert refused.value.line == line


def test_the_largest_is_read_and_one_byte_more_is_not(monkeypatch):
    monkeypatch.setattr(nodes, "LARGEST", 10)
    assert read(b"a: 1234567").plain() == {"a": 1234567}
    with pytest.raises(Unread, match="larger"):
        read(b"a: 12345678")


def test_the_most_nodes_are_read_and_one_more_is_not(monkeypatch):
    monkeypatch.setattr(nodes, "MOST_NODES", 5)
    assert read(b"[1, 2, 3, 4]").plain() == [1, 2, 3, 4]
    with pytest.raises(Unread, match="more than a strategy"):
        read(b"[1, 2, 3, 4, 5]")
    with pytest.raises(Unread, match="more than a strategy"):
        read(b"- 1\n- 2\n- 3\n- 4\n- 5\n")
