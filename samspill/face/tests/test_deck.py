"""The decks: every text fits in its box, every slide says what it is, and the board's are always ten."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.utils import translation
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from samspill.face import deck as decks
from samspill.face.deck import CHAPTERS
from samspill.face.deck.board import SLIDES
from samspill.face.deck.paint import Deck
from samspill.face.tests.boxes import faults, opened
from samspill.face.tests.extremes import NOW, facts

WORDS = "Vi svarer alle som spør, også når svaret er at vi ikke vet det ennå. "
SAYS = {
    "plain": lambda most: (WORDS * 80)[:most].strip(),
    "short": lambda most: "Ja"[:most],
    "nothing": lambda most: "",
    "one long word": lambda most: "W" * most,
    "norwegian": lambda most: ("samfunnssikkerhetsavdelingen" * 90)[:most],
    "emoji": lambda most: ("👩‍👩‍👧🇳🇴😀 " * 400)[:most],
    "right to left": lambda most: ("مرحبا بالعالم وأهلا " * 300)[:most],
    "controls": lambda most: ("ja\x00\x08 \x1b\ufffe nei\u202e & <b> " * 200)[:most],
}


def drawn(chapters, say, many: int) -> bytes:
    told = facts(say, many)
    made = Deck(told.content.title, told.content.organisation, "nb", NOW)
    for chapter in chapters:
        chapter(made, told)
    return made.save()


@pytest.mark.parametrize(("chapters", "many"), [(CHAPTERS, 1), (CHAPTERS, 25), (SLIDES, 4)])
@pytest.mark.parametrize("says", SAYS)
def test_every_text_fits_in_its_box_and_nothing_collides(chapters, says, many):
    with translation.override("nb"):
        assert faults(drawn(chapters, SAYS[says], many)) == []


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.text(min_size=1, max_size=60),
    st.integers(1, 200),
    st.integers(0, 12),
    st.sampled_from([CHAPTERS, SLIDES]),
)
@example("0", 16, 10, CHAPTERS)
@example("00-NO", 61, 0, SLIDES)  # cut where the line is full to the last fraction of a point
def test_whatever_is_written_fits(text, often, many, chapters):
    assert faults(drawn(chapters, lambda most: (text * often)[:most], many)) == []


@pytest.mark.parametrize(
    ("says", "many"), [("nothing", 0), ("nothing", 3), ("short", 1), ("plain", 3), ("norwegian", 500)]
)
def test_the_board_gets_ten_slides_whatever_there_is(says, many):
    assert len(opened(drawn(SLIDES, SAYS[says], many)).slides) == 10


def test_five_hundred_goals_make_a_deck_of_bounded_length_that_says_what_is_left_out():
    slides = opened(drawn(CHAPTERS, SAYS["plain"], 500)).slides
    assert len(slides) < 40
    said = [slide.notes_slide.notes_text_frame.text for slide in slides]
    assert any("Word document" in each for each in said)
    assert max(map(len, said)) < 10_000


def test_a_strategy_without_a_word_has_a_cover_and_says_what_comes_next():
    slides = opened(drawn(CHAPTERS, SAYS["nothing"], 0)).slides
    assert slides[0].shapes.title.text_frame.text == "–"
    assert "waits for a decision" in slides[-1].shapes.title.text_frame.text


def test_what_is_cut_on_the_slide_stands_whole_in_its_notes():
    slides = opened(drawn(CHAPTERS, SAYS["plain"], 1)).slides
    ambition = next(slide for slide in slides if slide.slide_layout.name == "One sentence")
    assert ambition.shapes.title.text_frame.text.endswith("…")
    assert SAYS["plain"](1000) in ambition.notes_slide.notes_text_frame.text


def test_the_master_is_our_own_and_its_layouts_have_titles():
    file = opened(drawn(SLIDES, SAYS["plain"], 3))
    assert [layout.name for layout in file.slide_layouts] == [
        "Title slide",
        "One sentence",
        "Title and text",
        "Title, picture and text",
        "Title, and room for a table or a drawing",
    ]
    for layout in file.slide_layouts:
        assert any(place.placeholder_format.idx == 0 for place in layout.placeholders)
    assert (file.slide_width.pt, file.slide_height.pt) == (960, 540)


def test_the_file_says_what_it_is():
    about = opened(drawn(SLIDES, SAYS["plain"], 3)).core_properties
    assert about.title.startswith("Vi svarer alle")
    assert about.author.startswith("Vi svarer alle")
    assert about.language == "nb-NO"


def test_a_text_that_goes_from_right_to_left_is_set_so():
    with zipfile.ZipFile(io.BytesIO(drawn(SLIDES, SAYS["right to left"], 2))) as file:
        slide = file.read("ppt/slides/slide3.xml").decode()
    assert 'rtl="1"' in slide


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["nb", "en"])
def test_a_real_strategy_makes_both_decks(filled, language):
    for make in (decks.deck, decks.board):
        file = make(filled, language)
        assert faults(file) == []
    titles = [slide.shapes.title.text_frame.text for slide in opened(decks.deck(filled, language)).slides]
    assert "canary-goal-statement" in titles
    assert "canary-strategy-ambition" in titles


@pytest.mark.django_db
def test_a_strategy_nobody_has_written_down_makes_both_decks_and_writes_nothing(cast):
    from samspill.strategy.models import Strategy

    about = Strategy.of(cast.fjord)
    assert faults(decks.deck(about, "nb")) == []
    assert len(opened(decks.board(about, "nb")).slides) == 10
    assert not Strategy.objects.exists()
