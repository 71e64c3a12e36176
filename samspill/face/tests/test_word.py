"""The Word document: everything the strategy says, with real styles, contents and tables."""

from __future__ import annotations

import io

import pytest
from docx import Document
from docx.oxml.ns import qn

from samspill.face.content import Choices, content
from samspill.face.tests.filled import fill
from samspill.face.word import word
from samspill.strategy.models import Strategy
from samspill.strategy.tests.large import Size
from samspill.strategy.tests.large import fill as fill_large


def opened(file: bytes):
    return Document(io.BytesIO(file))


def text(file) -> str:
    return "\n".join(part.text or "" for part in file.element.body.iter(qn("w:t")))


def test_everything_the_content_says_stands_in_it(filled):
    said = text(opened(word(filled, "en")))
    told = content(filled, Choices(people=True, inside=True))
    rows = [row for part in told.parts for group in part.groups for row in group.rows]
    lines = [line for row in rows for line in row.lines]
    assert [row.name for row in rows if row.name not in said] == []
    missing = [each for line in lines for each in (line.items or line.words.split("\n")) if each not in said]
    assert missing == []


def test_headings_are_headings_and_every_part_has_one(filled):
    file = opened(word(filled, "en"))
    heads = [each.text for each in file.paragraphs if each.style.name == "Heading 1"]
    assert heads[1:] == [part.title for part in content(filled, Choices(people=True, inside=True)).parts]
    assert file.paragraphs[0].style.name == "Title"


def test_tables_repeat_their_heads_and_say_their_widths(filled):
    tables = opened(word(filled, "en")).tables
    assert tables
    for table in tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert sum(int(each.get(qn("w:w"))) for each in table._tbl.tblGrid) <= 9080


def test_it_has_contents_page_numbers_a_language_and_says_what_it_is(filled):
    file = opened(word(filled, "nb"))
    codes = [each.text for each in file.element.body.iter(qn("w:instrText"))]
    assert any("TOC" in code for code in codes)
    foot = [each.text for each in file.sections[0].footer._element.iter(qn("w:instrText"))]
    assert [code.strip() for code in foot] == ["PAGE", "NUMPAGES"]
    assert {each.get(qn("w:val")) for each in file.styles.element.iter(qn("w:lang"))} == {"nb-NO"}
    assert file.core_properties.title == filled.title
    assert file.core_properties.language == "nb-NO"


@pytest.mark.parametrize(
    "say",
    [
        lambda kind, field, most: ("مرحبا\u202e 😀 & <w:p> " * 300)[: most or 9],
        lambda kind, field, most: ("W" * 20_000)[: most or 9],
        lambda kind, field, most: "a\x08\x1b\ufffe\n\nb",
    ],
)
def test_odd_texts_do_not_break_it(cast, say):
    file = opened(word(fill(cast.strategy, cast.bob, say), "nb"))
    assert "\x08" not in text(file)


def test_a_strategy_without_a_word_is_a_title_page(cast):
    file = opened(word(Strategy.of(cast.fjord), "en"))
    assert file.paragraphs[0].text == Strategy.of(cast.fjord).title
    assert not Strategy.objects.exists()


def test_a_large_strategy_stands_there_whole(cast):
    strategy = fill_large(cast.fjord, cast.bob, Size(goals=120, passages=200, editions=1, talk=5))
    said = text(opened(word(strategy, "nb")))
    assert "Mål nummer 119" in said
