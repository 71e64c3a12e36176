"""What a text holds, as the networks read it; outside vectors where they lie beside the project."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
import yaml

from samspill.lib import text
from samspill.lib.tags import mastodon_key

ROOT = Path(__file__).resolve().parents[3]
SHARED = Path(os.environ.get("SAMSPILL_SHARED", ROOT.parent / "shared")) / "reference"


def reference(name: str) -> Path:
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"{name} is not beside the project; SAMSPILL_SHARED names its folder")
    return path


def in_bytes(words: str, span: text.Span) -> tuple[int, int]:
    return len(words[: span.start].encode()), len(words[: span.end].encode())


def test_bluesky_tags_as_its_own_client_finds_them():
    cases = json.loads(reference("bluesky/facet_tags.json").read_text())["cases"]
    assert len(cases) > 30
    for case in cases:
        found = text.bluesky_tags(case["text"])
        assert [span.says for span in found] == case["tags"], case["text"]
        places = [(each["byteStart"], each["byteEnd"]) for each in case["indices"]]
        assert [in_bytes(case["text"], span) for span in found] == places, case["text"]


def test_bluesky_cashtags_as_its_own_client_finds_them():
    cases = json.loads(reference("bluesky/facet_cashtags.json").read_text())["cases"]
    assert len(cases) == 18
    for case in cases:
        found = text.bluesky_cashtags(case["text"])
        assert [span.says for span in found] == case["tags"], case["text"]
        places = [(each["byteStart"], each["byteEnd"]) for each in case["indices"]]
        assert [in_bytes(case["text"], span) for span in found] == places, case["text"]


def test_mastodon_tags_as_its_servers_find_them():
    cases = json.loads(reference("mastodon/behaviour.json").read_text())["match"]
    assert cases
    for words, expected in cases:
        assert [span.says for span in text.mastodon_tags(words)] == ([expected] if expected else []), words


def test_mastodon_keys_as_its_servers_make_them():
    cases = json.loads(reference("mastodon/behaviour.json").read_text())["normalise"]
    assert cases
    for words, expected in cases:
        assert mastodon_key(words) == expected, words


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("Blåbær", "blabær"),
        ("SØRØST", "sorost"),
        ("#Straße!", "straße"),
        ("e\u0301t_e", "et_e"),
        ("Ђорђе", "ђорђе"),
    ],
)
def test_mastodon_folds_latin_letters_and_leaves_others(written: str, key: str):
    assert mastodon_key(written) == key


def test_handles_as_the_protocol_takes_them():
    lines = reference("bluesky/interop/handle_syntax_valid.txt").read_text().splitlines()
    valid = [line for line in lines if line.strip() and not line.startswith("#")]
    assert valid
    assert [line for line in valid if not text.is_handle(line)] == []


def test_handles_as_the_protocol_refuses_them():
    lines = reference("bluesky/interop/handle_syntax_invalid.txt").read_text().split("\n")
    invalid = [line for line in lines if line and not line.startswith("#")]
    assert invalid
    assert [line for line in invalid if text.is_handle(line)] == []


def test_links_that_mastodon_shortens_are_those_of_twitter_text():
    """Beside the cases of links without a scheme and of t.co, which Mastodon does not share."""
    cases = yaml.safe_load(reference("twitter-text/extract.yml").read_text())["tests"]["urls"]
    mine = [
        case
        for case in cases
        if "http" in case["text"]
        and "t.co" not in case["text"]
        and not any(
            odd in case["text"] for odd in ("comだよね", "xn--は")
        )  # no space after; damaged punycode
        and all(url.startswith("http") for url in case["expected"])
    ]
    assert len(mine) > 55
    wrong = [
        case["text"]
        for case in mine
        if [span.says for span in text.mastodon_links(case["text"])] != case["expected"]
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("words", "length"),
    [
        ("", 0),
        ("blåbær", 6),
        ("bla\u030abær", 6),
        ("a~öñ©⽘☎𓋓😀👨‍👩‍👧‍👧", 10),
        ("नमस्ते", 3),
        ("🇳🇴", 1),
        ("\r\n", 1),
    ],
)
def test_length_is_what_a_person_sees(words, length):
    assert text.graphemes(words) == length
    assert text.bluesky_length(words) == max(length, -(-len(words.encode()) // 10))
    assert text.mastodon_length(words) == length


def test_bluesky_counts_bytes_where_they_run_out_first():
    family = "👨‍👩‍👧‍👧"
    assert len(family.encode()) == 25
    assert text.bluesky_length(family * 120) == 300
    assert text.bluesky_length(family * 121) == 303


@pytest.mark.parametrize(
    ("words", "length"),
    [
        ("https://example.org/" + "x" * 200, 23),
        ("Se https://example.org/a.", 3 + 23 + 1),
        ("Se (https://example.org/a_(b)), takk", 4 + 23 + 7),
        ("Hei @kari@mastodon.example!", 10),
        ("Hei @kari!", 10),
        ("post@kari.example", 17),
    ],
)
def test_mastodon_counts_links_and_mentions_short(words, length):
    assert text.mastodon_length(words) == length


def test_links_count_as_they_stand_where_the_server_says_so():
    assert text.mastodon_length("Se https://example.org/a", None) == 24


@pytest.mark.parametrize(
    ("words", "handles"),
    [
        ("@kari.bsky.social", ["kari.bsky.social"]),
        ("Hei (@Kari.example.org).", ["kari.example.org"]),
        ("@kari.test, @per-1.test.", ["kari.test", "per-1.test"]),
        ("@kari uten punktum", []),
        ("post@kari.example", []),
        ("@-kari.example", []),
    ],
)
def test_mentions_on_bluesky(words, handles):
    found = text.bluesky_mentions(words)
    assert [span.says for span in found] == handles
    assert [words[span.start : span.end].lower() for span in found] == [f"@{name}" for name in handles]


@pytest.mark.parametrize(
    ("words", "links"),
    [
        ("Les https://example.org/a?b=c#d.", ["https://example.org/a?b=c#d"]),
        ("(https://example.org/a)", ["https://example.org/a"]),
        ("https://example.org/a_(b)", ["https://example.org/a_(b)"]),
        ("fjordkraft.no og www.vg.no/x!", ["https://fjordkraft.no", "https://www.vg.no/x"]),
        ("Slutt.Ny setning, f.eks og 3.14", []),
        ("blåbær https://blåbær.no/øl", ["https://blåbær.no/øl"]),
    ],
)
def test_links_on_bluesky(words, links):
    assert [span.says for span in text.bluesky_links(words)] == links
