"""A search in boxes and the same as it is typed mean the same, and other spellings are on offer."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspill.archive.open import store
from samspill.archive.query_parse import pieces
from samspill.archive.store.contract import post as said
from samspill.listening.build import WrongBox, put_together, take_apart
from samspill.listening.spellings import others
from samspill.listening.tests.test_listening import page as page

WORD = st.text(alphabet="abcdeføåæ0", min_size=2, max_size=8).filter(lambda word: not word.isdigit())
WORDS = st.lists(WORD, min_size=1, max_size=3, unique=True).map(" ".join)
TAGS = st.lists(WORD, min_size=1, max_size=3, unique=True).map(lambda words: " ".join(f"#{w}" for w in words))
BOXES = st.fixed_dictionaries(
    {},
    optional={
        "tags": TAGS,
        "words": WORDS,
        "phrase": st.lists(WORD, min_size=2, max_size=4).map(" ".join),
        "any": st.lists(WORD, min_size=2, max_size=4, unique=True).map(" ".join),
        "none": WORDS,
        "by": WORD,
        "to": WORD,
        "site": st.just("nrk.no"),
        "lang": st.sampled_from(("no", "nb", "en")),
        "network": st.just("bluesky"),
        "since": st.sampled_from(("7d", "2026-11-01")),
        "until": st.just("24.11.2026"),
        "link": st.just(True),
        "originals": st.just(True),
    },
).filter(bool)


@given(BOXES)
def test_boxes_come_back_from_what_they_say(boxes):
    assert take_apart(put_together(boxes)) == boxes


@pytest.mark.parametrize(
    ("typed", "boxes"),
    [
        ("#a OR #b", {"any": "#a #b"}),
        ("fra:kari har:lenke", {"by": "kari", "link": True}),
        ("@ola «åpen dialog»", {"to": "ola", "phrase": "åpen dialog"}),
        ("strøm -kø -has:repost", {"words": "strøm", "none": "kø", "originals": True}),
        ("a (b OR c) (d OR e)", None),
        ("a OR b c", None),
        ("-(a b)", None),
        ("NEAR(a b, 3)", None),
        ("lang:no lang:en", None),
        ('-"to ord"', None),
        ("((", None),
    ],
)
def test_typed_query_stands_in_boxes_where_it_fits(typed, boxes):
    assert take_apart(typed) == boxes


@pytest.mark.parametrize(
    ("box", "value"),
    [
        ("tags", "#a b*"),
        ("tags", "#"),
        ("words", "fra:kari"),
        ("words", '"to'),
        ("words", "-nei"),
        ("words", "k*"),
        ("any", "a (b"),
        ("phrase", 'en "to'),
        ("by", "kari ola"),
        ("site", "nrk.no)"),
        ("since", "i fjor"),
        ("until", "32.13.2026"),
        ("lang", "tegnspråk"),
    ],
)
def test_box_that_says_something_else_is_pointed_at(box, value):
    with pytest.raises(WrongBox) as wrong:
        put_together({box: value})
    assert wrong.value.name == box


def test_parts_that_are_barred_or_near_each_other_stand_not_alone():
    found = pieces('#a -(b c) "x y" NEAR(d e, 3) (f OR g) -h from:k')
    assert [(each.at, each.text) for each in found] == [
        (0, "#a"), (10, '"x y"'), (30, "f"), (35, "g"), (41, "from:k"),
    ]  # fmt: skip


def test_word_is_offered_as_others_write_it():
    assert others("blåbær") == ["blaabaer", "blabaer"]
    assert others("vaer") == ["vær"]
    assert others("pris") == []


@pytest.fixture
def kept():
    texts = ["#Blåbær", "#blabær", "#blabær", "Det er vær", "Det er vaer"]
    store().keep([said(number, text) for number, text in enumerate(texts)])
    yield
    store().close()


def test_search_offers_other_spellings_and_a_click_adds_them(kept, as_person, cast, page):
    viewer = as_person(cast.vera)
    answer = viewer.get(page("search", q="#blåbær er"))
    assert [(each.says, each.posts, each.query) for each in answer.context["spellings"]] == [
        ("#blabær", 2, "(#blåbær OR #blabær) er")
    ]
    assert [each.query for each in viewer.get(page("search", q="vær")).context["spellings"]] == [
        "vær OR vaer"
    ]
    assert "spellings" not in viewer.get(page("search", q="((")).context


def test_boxes_lead_to_the_search_or_the_watch(as_person, cast, page):
    viewer = as_person(cast.alice)
    answer = viewer.get(page("build", go=1, tags="strøm", none="kø", lang="nb"))
    assert answer.status_code == 302
    assert answer.url == page("search") + "?q=%23str%C3%B8m+-k%C3%B8+lang%3Anb"
    assert viewer.get(page("build", go=1, watch=1, words="pris")).url == page("watch_new") + "?q=pris"


def test_boxes_show_what_was_typed_and_keep_what_does_not_fit(as_person, cast, page):
    viewer = as_person(cast.vera)
    assert 'value="#strøm"' in viewer.get(page("build", q="#strøm")).content.decode()
    answer = viewer.get(page("build", q="a OR b c"))
    assert answer.context["fits"] is False
    assert "<code>a OR b c</code>" in answer.content.decode()


def test_wrong_box_says_so_and_loses_nothing(as_person, cast, page):
    viewer = as_person(cast.vera)
    answer = viewer.get(page("build", go=1, words="fra:kari", tags="strøm"))
    assert answer.status_code == 422
    assert answer.context["form"].errors["words"]
    assert 'value="fra:kari"' in answer.content.decode()
    assert 'value="strøm"' in answer.content.decode()
    assert viewer.get(page("build", go=1)).context["form"].non_field_errors()


@pytest.mark.parametrize(("letters", "fits"), [(1990, True), (2001, False)])
def test_room_for_what_boxes_say_ends_where_that_of_a_query_does(as_person, cast, page, letters, fits):
    answer = as_person(cast.vera).get(page("build", go=1, phrase="ord " * (letters // 4)))
    assert (answer.status_code == 302) is fits
