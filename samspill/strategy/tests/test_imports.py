"""The pages of an old strategy on its way in: upload, choose, place, and never lose sight of the rest."""

from __future__ import annotations

import pytest
from django.urls import reverse

from samspill.accounts.models import Event
from samspill.strategy.models import Audience, Goal, Import, Piece, Strategy
from samspill.strategy.placing.bring_in import bring_in
from samspill.strategy.take_in import open_upload
from samspill.strategy.tests.conftest import upload
from samspill.strategy.tests.test_placing import OLD


@pytest.fixture
def taken(cast) -> Import:
    return bring_in(cast.strategy, cast.bob, open_upload(OLD.encode(), "gammel.md"))


@pytest.fixture
def keys(taken) -> dict[str, int]:
    return {row.text: row.pk for row in taken.pieces.all()}


def test_a_document_is_uploaded_and_laid_out_with_nothing_placed(cast, editor, page):
    answer = editor.post(page("imports"), {"file": upload(OLD, "gammel.md")}, follow=True)
    taken = Import.objects.get()
    text = answer.content.decode()
    assert "5 pieces are not placed" not in text
    assert "4 pieces are not placed" in text
    for words in ("gammel.md", "Svare alle innen et døgn", "Målgrupper", "What shall we achieve?"):
        assert words in text
    assert not Goal.objects.exists(), "nothing is placed by itself"
    assert not taken.pieces.exclude(placed_in="").exists()
    assert Event.objects.get().action == "import.create"
    assert "gammel.md" in editor.get(page("imports")).content.decode()


def test_the_first_upload_keeps_a_strategy_nobody_has_named(cast, editor, page):
    assert editor.get(page("imports")).status_code == 200
    assert not Strategy.objects.filter(workspace=cast.fjord).exists()
    editor.post(page("imports"), {"file": upload(OLD, "gammel.md")})
    assert Import.objects.get().strategy.workspace == cast.fjord


@pytest.mark.parametrize(
    ("content", "says"), [(b"", "empty"), (b"\x7fELF\x00\x01", "not a document"), (b"{\\rtf1}", "rich text")]
)
def test_a_file_that_cannot_be_read_says_why(cast, editor, page, content, says):
    answer = editor.post(page("imports"), {"file": upload(content, "a.docx")})
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert not Import.objects.exists()


def test_the_chosen_go_where_the_button_says_or_the_list(taken, keys, cast, editor, page):
    where = page("import_put", taken.pk)
    said = {"piece": [keys["Bli kjent"], keys["Svare alle innen et døgn"]], "to": "new/goal", "where": ""}
    answer = editor.post(where, said, follow=True)
    assert Goal.objects.count() == 2
    text = answer.content.decode()
    assert "2 pieces are placed" in text
    assert "2 pieces are not placed" in text
    assert Goal.objects.all()[0].get_absolute_url() in text
    editor.post(where, {"piece": [keys["De unge"]], "where": "new/audience"})
    assert Audience.objects.get().name == "De unge"


@pytest.mark.parametrize(
    ("said", "says"),
    [
        ({"to": "new/goal"}, "Choose first which pieces"),
        ({"piece": ["x", "²", "9" * 40], "to": "new/goal"}, "Choose first which pieces"),
        ({"piece": ["mine"]}, "Choose where the pieces shall go"),
        ({"piece": ["mine"], "to": "new/nothing"}, "Choose where the pieces shall go"),
    ],
)
def test_what_is_not_chosen_is_said(taken, keys, editor, page, said, says):
    said = {**said, "piece": [keys["Bli kjent"] if key == "mine" else key for key in said.get("piece", [])]}
    answer = editor.post(page("import_put", taken.pk), said, follow=True)
    assert says in answer.content.decode()
    assert not Goal.objects.exists()


def test_too_long_is_said_beside_the_piece_which_stays_chosen(cast, editor, page):
    long = "Vi svarer. " * 30
    taken = bring_in(cast.strategy, cast.bob, open_upload(f"# S\n\n{long}\n".encode(), "a.md"))
    row = taken.pieces.get(is_heading=False)
    answer = editor.post(page("import_put", taken.pk), {"piece": [row.pk], "to": "new/goal"})
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "This has 329 characters" in text
    assert f'id="choose-{row.pk}" checked' in text
    assert f'href="{page("import", taken.pk)}' in text or "?show=" in text


def test_another_import_s_pieces_are_not_touched(taken, cast, editor, page):
    other = bring_in(cast.abroad, cast.charlie, open_upload(OLD.encode(), "deres.md"))
    foreign = other.pieces.get(text="Bli kjent")
    editor.post(page("import_put", taken.pk), {"piece": [foreign.pk], "to": "new/goal"})
    assert not Goal.objects.exists()
    assert editor.post(page("piece_back", foreign.pk)).status_code == 404
    assert editor.get(page("import", other.pk)).status_code == 404


def test_pieces_are_left_out_and_taken_in_again(taken, keys, editor, page):
    where = page("import_put", taken.pk)
    editor.post(where, {"piece": [keys["Bli kjent"]], "to": "out"})
    text = editor.get(page("import", taken.pk)).content.decode()
    assert "left out" in text
    assert "3 pieces are not placed" in text
    back = editor.post(page("piece_back", keys["Bli kjent"]), {"show": "out", "page": "1"})
    assert "show=out" in back.headers["Location"]
    assert "4 pieces are not placed" in editor.get(page("import", taken.pk)).content.decode()


def test_what_is_not_placed_stays_in_sight(taken, keys, editor, page):
    editor.post(page("import_put", taken.pk), {"piece": [keys["Bli kjent"]], "to": "new/goal"})
    shows = {
        show: editor.get(page("import", taken.pk), {"show": show}).content.decode()
        for show in ("open", "placed", "")
    }
    assert "Husstander i regionen" in shows["open"]
    mark = f'id="piece-{keys["Bli kjent"]}"'
    assert mark not in shows["open"]
    assert mark in shows["placed"]
    assert "Husstander i regionen" in shows[""]
    assert "3 pieces are not placed" in editor.get(page("imports")).content.decode()


def test_all_below_a_heading_are_chosen_for_whoever_asks_and_a_place_is_suggested(taken, keys, editor, page):
    text = editor.get(page("import", taken.pk), {"choose": keys["Mål"]}).content.decode()
    for words, is_chosen in (
        ("Bli kjent", True),
        ("Svare alle innen et døgn", True),
        ("Husstander i regionen", False),
    ):
        assert (f'id="choose-{keys[words]}" checked' in text) is is_chosen
    assert "2 pieces are chosen. Perhaps they belong here:" in text
    wider = editor.get(page("import", taken.pk), {"choose": keys["Målgrupper"]}).content.decode()
    assert "2 pieces are chosen" in wider, "also what stands below a heading below it"
    for nonsense in ("x", "9" * 40, keys["Bli kjent"], ""):
        assert "are chosen" not in editor.get(page("import", taken.pk), {"choose": nonsense}).content.decode()


def test_a_heading_suggests_and_a_text_does_not(taken, editor, page):
    text = editor.get(page("import", taken.pk)).content.decode()
    assert "perhaps: Goals" in text
    assert "perhaps: Audiences" in text


def test_an_enormous_document_is_turned_page_by_page(cast, editor, page, django_assert_max_num_queries):
    many = "# S\n\n" + "".join(f"- Punkt {n:04}.\n" for n in range(9000))
    taken = bring_in(cast.strategy, cast.bob, open_upload(many.encode(), "stor.md"))
    assert taken.pieces.count() == 9001
    with django_assert_max_num_queries(30):
        text = editor.get(page("import", taken.pk)).content.decode()
    assert "9000 pieces are not placed" in text
    assert "Punkt 0001." in text
    assert "Punkt 0500." not in text
    assert "Punkt 0500." in editor.get(page("import", taken.pk), {"page": 6}).content.decode()


def test_one_finds_a_row_to_add_to(taken, editor, page, cast):
    for n in range(20):
        Goal.objects.create(strategy=cast.strategy, statement=f"Goal number {n:02}")
    hidden = Goal.objects.get(statement="Goal number 03")
    plain = editor.get(page("import", taken.pk)).content.decode()
    assert f"row/goal/{hidden.uuid}/why" not in plain
    found = editor.get(page("import", taken.pk), {"find": "number 03"}).content.decode()
    assert f"row/goal/{hidden.uuid}/why" in found


def test_what_is_read_is_shown_as_text(cast, editor, page):
    taken = bring_in(
        cast.strategy, cast.bob, open_upload("S\n\n<script>alert(1)</script> مرحبا\n".encode(), "a.txt")
    )
    text = editor.get(page("import", taken.pk)).content.decode()
    assert "<script>alert(1)" not in text
    assert "&lt;script&gt;alert(1)" in text


def test_one_is_done_with_it_and_can_go_on(taken, editor, page):
    editor.post(page("import_close", taken.pk), {"closed": "yes"})
    taken.refresh_from_db()
    assert taken.closed_at
    assert "4 pieces are not placed" in editor.get(page("imports")).content.decode(), "still in sight"
    editor.post(page("import_close", taken.pk), {"closed": "no"})
    taken.refresh_from_db()
    assert taken.closed_at is None


def test_what_was_placed_stays_when_the_old_document_goes(taken, keys, editor, page):
    editor.post(page("import_put", taken.pk), {"piece": [keys["Bli kjent"]], "to": "new/goal"})
    assert (
        "3 pieces that are not placed go for good"
        in editor.get(page("import_remove", taken.pk)).content.decode()
    )
    editor.post(page("import_remove", taken.pk))
    assert not Piece.objects.exists()
    assert Goal.objects.get().statement == "Bli kjent"
    assert Event.objects.filter(action="import.remove").exists()


def test_who_may_not_change_the_strategy_may_not_bring_one_in(taken, viewer, as_person, cast, page):
    for person in (viewer, as_person(cast.alice)):
        assert person.get(page("imports")).status_code == 403
        assert person.post(page("import_put", taken.pk), {"to": "new/goal"}).status_code == 403


def test_a_campaign_takes_in_its_own(cast, editor, page):
    below = Strategy.objects.create(workspace=cast.fjord, parent=cast.strategy, title="Summer")
    editor.post(page("imports", below.pk), {"file": upload(OLD, "gammel.md")})
    taken = Import.objects.get()
    assert taken.strategy == below
    row = taken.pieces.get(text="Bli kjent")
    editor.post(
        reverse("strategy:import_put", args=("fjord", taken.pk)), {"piece": [row.pk], "to": "new/goal"}
    )
    assert Goal.objects.get().strategy == below
