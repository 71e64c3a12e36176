"""The strategy as Markdown: whole, and what people wrote stays words whatever it looks like."""

from __future__ import annotations

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from samspill.face.content import Choices, content
from samspill.face.markdown import line, markdown, text
from samspill.face.tests.filled import fill
from samspill.lib.plain import plain
from samspill.strategy.models import Goal, Record

INSIDE = Choices("nb", people=True, inside=True)
READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
NASTY = st.text(alphabet=st.sampled_from("ab1 #*_-+>=|`~[](){}<>!&;:.\\$\n\t\"'"), max_size=40) | st.text(
    max_size=40
)


def words_of(source: str) -> str:
    """What a reader sees of it, without blanks; marks become other things than text, and so are missed."""
    found = []
    for token in READER.parse(source):
        for child in token.children or []:
            assert child.type in ("text", "text_special", "softbreak", "hardbreak"), child
            found.append(child.content)
    return "".join("".join(found).split())


@given(NASTY)
@example("1 #")
@example("1 ## #")
@settings(max_examples=400)
def test_words_stay_words(words):
    words = plain(words, 100)
    assert words_of(text(words)) == "".join(words.split())
    assert words_of(f"# {line(words)}").rstrip() == "".join(words.split())
    assert len([token for token in READER.parse(text(words)) if token.type == "paragraph_open"]) <= 1 + (
        words.count("\n")
    )


def test_the_whole_strategy_is_in_it(filled):
    said = markdown(content(filled, INSIDE))
    for kind in ("goal", "risk", "tone", "hashtag", "crisisplan", "experiment", "passage", "document"):
        assert f"canary-{kind}-" in said
    assert said.startswith("# canary-strategy-title\n\nFjordkraftlaget")
    assert "## Hva skal vi oppnå?" in said
    assert "- **Utgangspunkt:** 12,5\xa0%" in said
    assert "1. juni 2026" in said


def test_hostile_text_makes_no_marks(cast):
    nasty = (
        "# Tittel\n\n- punkt\n1. tall\n<script>alert(1)</script> [x](javascript:x) ![y](z) | `kode`\n---\n>"
    )
    fill(cast.strategy, cast.bob, lambda kind, field, longest: nasty[: longest or None])
    shown = (
        MarkdownIt("commonmark", {"html": True})
        .enable("table")
        .render(markdown(content(cast.strategy, INSIDE)))
    )
    assert "<script" not in shown
    assert "<img" not in shown
    assert "javascript:x)" in shown
    assert 'href="javascript' not in shown
    assert "<code>" not in shown
    assert shown.count("<h1>") == 1
    assert "<hr" not in shown


def test_a_table_keeps_its_columns(cast):
    data = {"tag": "#strøm|vann", "purpose": "en\nto"}
    Record.objects.create(strategy=cast.strategy, kind="hashtag", data=data)
    said = markdown(content(cast.strategy, Choices()))
    assert "| \\#strøm\\|vann | en<br>to |" in said


def test_a_strategy_that_says_nothing_is_a_title(cast):
    said = markdown(content(cast.strategy, Choices("nb")))
    assert said.startswith("# ")
    assert "##" not in said


@given(st.text(max_size=200))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_at_all_comes_through(cast, words):
    Goal.objects.all().delete()
    words = words.replace("\x00", "").encode("utf-8", "ignore").decode()
    Goal.objects.create(strategy=cast.strategy, statement=words, why=words)
    assert markdown(content(cast.strategy, INSIDE)).startswith("# ")
