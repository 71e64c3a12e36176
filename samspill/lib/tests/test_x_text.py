"""A text holds what X itself says it holds; its vectors lie beside the project."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from samspill.lib import x_text
from samspill.lib.tests.test_text import reference
from samspill.lib.text import Span


def cases(*names: str) -> list[dict[str, Any]]:
    tests = yaml.safe_load(reference("twitter-text/extract.yml").read_text())["tests"]
    found = [case for name in names for case in tests[name]]
    assert found
    return found


def says(spans: list[Span]) -> list[str]:
    return [span.says for span in spans]


def named(spans: list[Span], name: str) -> list[dict[str, Any]]:
    return [{name: span.says, "indices": [span.start, span.end]} for span in spans]


def test_links_as_x_takes_them():
    for case in cases("urls", "tco_urls_with_params"):
        assert says(x_text.links(case["text"])) == case["expected"], case["text"]
    for case in cases("urls_with_indices", "urls_with_directional_markers"):
        assert named(x_text.links(case["text"]), "url") == case["expected"], case["text"]


def test_hashtags_as_x_takes_them():
    for case in cases("hashtags", "hashtags_from_astral"):
        expected = [each["hashtag"] if isinstance(each, dict) else each for each in case["expected"]]
        assert says(x_text.hashtags(case["text"])) == expected, case["text"]
    for case in cases("hashtags_with_indices"):
        assert named(x_text.hashtags(case["text"]), "hashtag") == case["expected"], case["text"]


def test_mentions_and_lists_as_x_takes_them():
    for case in cases("mentions"):
        assert [each.partition("/")[0] for each in says(x_text.mentions(case["text"]))] == case["expected"]
    for case in cases("mentions_with_indices"):
        assert named(x_text.mentions(case["text"]), "screen_name") == case["expected"], case["text"]
    for case in cases("mentions_or_lists_with_indices"):
        found = [
            {"screen_name": name, "list_slug": slash + which, "indices": [span.start, span.end]}
            for span in x_text.mentions(case["text"])
            for name, slash, which in [span.says.partition("/")]
        ]
        assert found == case["expected"], case["text"]


def test_replies_as_x_takes_them():
    for case in cases("replies"):
        assert x_text.reply_to(case["text"]) == (case["expected"] or ""), case["text"]


def test_cashtags_as_x_takes_them():
    for case in cases("cashtags"):
        assert says(x_text.cashtags(case["text"])) == case["expected"], case["text"]
    for case in cases("cashtags_with_indices"):
        assert named(x_text.cashtags(case["text"]), "cashtag") == case["expected"], case["text"]


def test_norwegian_text_is_read():
    text = "Møte om #blåbær kl. 12, se kommune.no/møte og @fjord: $NHY"

    assert says(x_text.hashtags(text)) == ["blåbær"]
    assert says(x_text.links(text)) == ["kommune.no/møte"]
    assert says(x_text.mentions(text)) == ["fjord"]
    assert says(x_text.cashtags(text)) == ["NHY"]


@given(st.text(alphabet="aå#＃@$./:?-_ \u200d日é0(", max_size=60))
def test_spans_say_where_they_stand(text: str):
    for read in (x_text.links, x_text.hashtags, x_text.mentions, x_text.cashtags):
        for span in read(text):
            assert text[span.start : span.end].endswith(span.says)


@pytest.mark.parametrize("rude", ["a." * 5000, "http://" + "a-" * 5000, "x.com/" + "(" * 3000, "@a/" * 3000])
def test_rude_text_is_read_in_one_go(rude: str):
    x_text.links(rude)
    x_text.mentions(rude)
