"""The strategy as PDF: set whatever people wrote, told as words and never run, with nothing cut or lost."""

from __future__ import annotations

import pypdfium2
import pytest

from samspill.face.content import Choices, content
from samspill.face.pdf import make
from samspill.face.pdf.make import TooLarge, pdf, soft
from samspill.face.tests.filled import fill
from samspill.strategy.models import Goal, Strategy
from samspill.strategy.tests.large import Size
from samspill.strategy.tests.large import fill as fill_large

INSIDE = Choices("nb", people=True, inside=True, charts=2)
NASTY = (
    '#include "x.typ" #read("/etc/passwd") ] $x^2$ [ ) } \\ `raw` *b* _i_ <label> @ref // slutt /* '
    + "#panic() "
)


def pages(made: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(made)
    return [str(page.get_textpage().get_text_range()) for page in document]


def words_of(made: bytes) -> str:
    """Without blanks and marks of broken words."""
    found = "".join(pages(made)).replace("\ufffe", "").replace("\u200b", "")
    return "".join(found.split())


def outside(made: bytes) -> list[int]:
    """The pages on which words stand outside the margins."""
    found = []
    for at, page in enumerate(pypdfium2.PdfDocument(made)):
        text, (width, height) = page.get_textpage(), page.get_size()
        boxes = [text.get_rect(n) for n in range(text.count_rects())]
        if any(a < 60 or c > width - 60 or b < 30 or d > height - 30 for a, b, c, d in boxes):
            found.append(at)
    return found


def test_everything_is_in_it_and_it_says_what_it_is(filled):
    made = pdf(content(filled, INSIDE))
    found = words_of(made)
    for kind in (
        "goal-statement",
        "risk-what",
        "tone-tone",
        "crisisplan-aims",
        "passage-text",
        "experiment-idea",
    ):
        assert f"canary-{kind}" in found
    assert b"pdfuaid" in made, "the mark of PDF/UA"
    assert b"/StructTreeRoot" in made
    document = pypdfium2.PdfDocument(made)
    assert document.get_metadata_value("Title") == "canary-strategy-title"
    assert b"/Lang" in made
    assert outside(made) == []


def test_text_is_never_read_as_typst(cast):
    fill(cast.strategy, cast.bob, lambda kind, field, longest: NASTY[: longest or None])
    made = pdf(content(cast.strategy, INSIDE))
    found = words_of(made)
    assert '#read("/etc/passwd")' in found
    assert "root:" not in found
    assert outside(made) == []


@pytest.mark.parametrize("word", ["samfunnssikkerhetsavdelingen ", "W", "https://example.org/a/b/c?d=e&f="])
def test_the_longest_texts_stay_within_the_margins(word, cast):
    def say(kind: str, field: str, longest: int) -> str:
        longest = min(longest or 200, 1000)  # longer does not make it wider
        return str(word * longest)[:longest]

    fill(cast.strategy, cast.bob, say)
    made = pdf(content(cast.strategy, INSIDE))
    assert outside(made) == []
    assert len(pages(made)) > 15


@pytest.mark.parametrize("system_fonts", [True, False])
def test_every_script_comes_through_also_on_a_bare_machine(system_fonts, cast):
    cast.strategy.summary = "مرحبا بالعالم · שלום עולם · 👩🏽‍🚒 🏳️‍🌈 · 中文 · Ελληνικά · Ωμέγα"
    made = pdf(content(cast.strategy, Choices("en")), system_fonts=system_fonts)
    assert "Ελληνικά" in words_of(made)


def test_a_strategy_that_says_nothing_is_a_title_page_and_a_sentence(cast):
    made = pdf(content(Strategy.of(cast.fjord), Choices("nb")))
    assert "Fjordkraftlaget" in words_of(made)


def test_five_hundred_goals_are_set(cast):
    fill_large(cast.fjord, cast.bob, Size(passages=500, editions=1, each_kind=10, talk=1))
    made = pdf(content(cast.strategy, Choices("nb", charts=make.CHARTS)))
    found = words_of(made)
    assert all(f"Målnummer{number}sier" in found for number in (0, 250, 499))


def test_what_is_too_large_says_so(cast, monkeypatch):
    Goal.objects.create(strategy=cast.strategy, statement="Ro")
    monkeypatch.setattr(make, "LARGEST", 1000)
    with pytest.raises(TooLarge, match="Leave out some parts"):
        pdf(content(cast.strategy, Choices()))


def test_only_what_has_no_place_to_break_gets_one():
    assert soft("samfunnssikkerhetsavdelingen.") == "samfunnssikkerhetsavdelingen."
    assert soft("kort-og-godt") == "kort-og-godt"
    assert "\u200b" in soft("https://example.org/en/lang/adresse")
    assert "\u200b" in soft("W" * 41)
    assert soft("👩🏽‍🚒" * 30).count("\u200b") == 3, "a sign of many parts stays whole"
