"""Text fits in its room before it is drawn, whatever it says; what finds no room is told, never lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ImageFont

from samspill.face.deck.fit import Para, clean, cut, fit, high, width, wrap
from samspill.face.deck.look import BODY, CELL, SMALL, STRONG, TITLE
from samspill.face.deck.rows import Column, head, laid

TEXTS = st.text(st.characters(codec="utf-8"), max_size=300).map(clean)
STYLES = st.sampled_from([BODY, STRONG, TITLE, SMALL])
ODD = "Samfunnssikkerhetsavdelingen 👩‍👩‍👧 مرحبا بالعالم WWWWWWWWWW ﷽ ēį 漢字"


@given(TEXTS, STYLES, st.floats(40, 900))
def test_no_line_is_wider_than_the_room(text, style, wide):
    for line in wrap(text, style, wide):
        assert width(line, style) <= wide or len(line) == 1 or " " not in line
        if width(line, style) > wide:  # a single character as its reader sees it
            assert len(wrap(line, style, wide)) == 1


@given(TEXTS, STYLES, st.floats(40, 900))
def test_breaking_a_text_into_lines_loses_nothing(text, style, wide):
    assert "".join(wrap(text, style, wide)).replace(" ", "") == text.replace(" ", "")


@given(TEXTS, STYLES, st.floats(60, 900), st.integers(1, 6))
def test_a_cut_text_stands_on_its_lines_and_says_that_it_goes_on(text, style, wide, lines):
    shorter = cut(text, style, wide, lines)
    assert len(wrap(shorter, style, wide)) <= lines
    assert shorter == text or (shorter.endswith("…") and text.startswith(shorter[:-1]))


@given(st.lists(TEXTS.filter(bool), max_size=12), STYLES, st.floats(60, 900), st.floats(40, 400))
def test_paragraphs_fit_and_what_does_not_stand_there_whole_is_told(texts, style, wide, room):
    fitted = fit([Para(text, style, before=6) for text in texts], wide, room)
    assert high(fitted.paras, wide) <= room
    stands = [para.text for para in fitted.paras]
    assert [text for text in texts if text not in stands and text not in fitted.left] == []


def test_a_text_with_room_keeps_its_size():
    (para,) = fit([Para("Alle får svar", BODY)], 400, 100).paras
    assert para.style == BODY


def test_a_text_shrinks_no_further_than_its_style_allows():
    (para,) = fit([Para("svar " * 400, BODY)], 200, 100).paras
    assert para.style.size == BODY.least
    assert para.whole == "svar " * 400


@pytest.mark.parametrize("style", [BODY, STRONG])
def test_letters_are_measured_as_wide_as_a_real_face_sets_them(style):
    face = ImageFont.load_default(100)  # Aileron, which comes with Pillow
    for text in ("Alle som spør, får svar innen et døgn.", "Målverdi 22 % innen 30. juni", "QWÆØÅ & mmm"):
        assert width(text, style.at(100)) >= face.getlength(text)


def test_what_is_composed_is_as_wide_as_its_base_and_emoji_have_room():
    assert width("é", BODY) == width("e", BODY)
    assert width("😀", BODY) > width("W", BODY)
    assert width("\u0301", BODY) == 0


@pytest.mark.parametrize(
    "text", ["a\x00b", "a\x08b", "a\x1fb", "a\ufffeb", "a\uffffb", "a\ud800b", "a\u202eb"]
)
def test_what_xml_forbids_or_hides_is_taken_out(text):
    assert clean(text) == "ab"


def test_lines_and_tabs_become_spaces():
    assert clean(" en\n\ntil\tog\u2028en ") == "en til og en"


@given(st.lists(TEXTS, min_size=1, max_size=80), st.integers(1, 3))
def test_rows_fill_slides_and_none_is_higher_than_the_room(texts, most):
    columns = [Column("Mål", 200), Column("Nå", 80, CELL, lines=2)]
    room = 300 - head(columns).high
    pages = laid([[text, "12"] for text in texts], columns, room, most)
    assert len(pages) <= most
    assert all(sum(row.high for row in page) <= room for page in pages)


def test_few_rows_are_set_larger_and_stand_on_one_slide():
    columns = [Column("Mål", 300), Column("Nå", 100)]
    few = laid([["Alle får svar", "12"]] * 3, columns, 300, 3)
    many = laid([["Alle får svar", "12"]] * 14, columns, 300, 3)
    assert len(few) == 1
    assert few[0][0].cells[0].style.size > many[0][0].cells[0].style.size


def test_rows_over_several_slides_are_shared_evenly():
    columns = [Column("Mål", 300), Column("Nå", 100)]
    pages = laid([["Alle får svar", "12"]] * 15, columns, 300, 3)
    assert [len(page) for page in pages] in ([8, 7], [5, 5, 5])
