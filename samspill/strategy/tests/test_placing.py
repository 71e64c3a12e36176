"""An old strategy is read in pieces, and each goes where a person says; nothing by itself."""

from __future__ import annotations

import io

import docx
import pytest

from samspill.accounts.models import Event
from samspill.strategy.models import (
    Audience,
    ChannelChoice,
    Goal,
    Import,
    LaunchAction,
    Piece,
    Record,
    Strategy,
    Tactic,
)
from samspill.strategy.placing.bring_in import bring_in, pieces_of
from samspill.strategy.placing.place import leave_out, place, take_back
from samspill.strategy.placing.spots import find, main_field, new_spots, places
from samspill.strategy.placing.suggest import kind_for
from samspill.strategy.read.limited import read
from samspill.strategy.read.said import Piece as Said
from samspill.strategy.read.said import Reading
from samspill.strategy.sections import SECTIONS
from samspill.strategy.take_in import open_upload
from samspill.strategy.tests.documents import NOTE, odt, pdf, plan_docx, running, slides

OLD = """# Strategi 2020

## Mål

- Svare alle innen et døgn
- Bli kjent

## Målgrupper

Husstander i regionen

### De unge

Vanskelige å nå
"""


@pytest.fixture
def taken(cast) -> Import:
    return bring_in(cast.strategy, cast.bob, open_upload(OLD.encode(), "gammel.md"))


def piece(taken: Import, text: str) -> Piece:
    return Piece.objects.get(taken=taken, text=text)


def put(taken, cast, key, *texts):
    spot = find(taken.strategy, key)
    assert spot is not None, key
    return place(taken, cast.bob, [piece(taken, text).pk for text in texts], spot)


# ---------- read in pieces ----------


def test_headings_and_texts_stand_in_the_order_of_the_document(taken):
    rows = [(row.is_heading, row.chapter, row.text) for row in taken.pieces.all()]
    assert rows == [
        (True, "", "Strategi 2020"),
        (True, "", "Mål"),
        (False, "Mål", "Svare alle innen et døgn"),
        (False, "Mål", "Bli kjent"),
        (True, "", "Målgrupper"),
        (False, "Målgrupper", "Husstander i regionen"),
        (True, "Målgrupper", "De unge"),
        (False, "Målgrupper › De unge", "Vanskelige å nå"),
    ]
    assert [row.position for row in taken.pieces.all()] == list(range(1, 9))


def docx_file() -> bytes:
    document = docx.Document()
    document.add_heading("Mål", 1)
    document.add_paragraph("Svare alle", style="List Bullet")
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.docx", docx_file()),
        ("a.pptx", slides(("Strategi", []), ("Mål", ["Svare alle"]))),
        ("a.odt", odt('<text:h text:outline-level="1">Mål</text:h><text:list><text:list-item>'
                      "<text:p>Svare alle</text:p></text:list-item></text:list>")),
        ("a.pdf", pdf([[(72, 780, 18, "Mål"), *running("Svare alle", 740)]])),
        ("a.txt", b"M\xc3\xa5l\n\n- Svare alle\n"),
        ("a.md", "# Strategi\n\n## Mål\n\n- Svare alle\n".encode()),
    ],
)  # fmt: skip
def test_every_sort_of_document_comes_in_with_its_heading_above_its_text(cast, name, content):
    taken = bring_in(cast.strategy, cast.bob, open_upload(content, name))
    rows = list(taken.pieces.all())
    assert (taken.kind, taken.by) == (name[2:], cast.bob)
    last, above = rows[-1], rows[-2]
    assert (above.text, above.is_heading, last.text, last.is_heading) == ("Mål", True, "Svare alle", False)
    assert kind_for([above.text]) == "goal"


def test_nothing_of_a_document_is_lost(cast):
    reading = read(plan_docx(), "plan.docx")
    texts = [row.text for row in pieces_of(reading)]
    assert [text for text in texts if text in {said.text for said in reading.pieces}] == [
        said.text for said in reading.pieces
    ]
    for said in reading.pieces:
        for heading in (said.heading, *said.chapter.split(" › ")):
            assert not heading or heading in texts
    assert texts[0] == reading.title


def test_a_chapter_longer_than_its_column_is_shortened_at_its_beginning():
    said = [Said("x", heading="h" * 280, chapter="c" * 280)]
    rows = list(pieces_of(Reading("md", "", said)))
    assert max(len(row.chapter) for row in rows) <= 300
    assert rows[-1].chapter.endswith("h" * 280)


@pytest.mark.skipif(not NOTE.exists(), reason="the note lies beside the project; it is not here")
def test_the_real_note_comes_in_whole_and_its_sub_goals_become_goals(cast):
    taken = bring_in(cast.strategy, cast.bob, open_upload(NOTE.read_bytes(), NOTE.name))
    heading = taken.pieces.get(is_heading=True, text="Fornuftige delmål å oppnå er:")
    assert kind_for([heading.text]) == "goal"
    below = [row for row in taken.pieces.all() if row.chapter.endswith(heading.text) and not row.is_heading]
    assert len(below) == 8
    spot = find(cast.strategy, "new/goal")
    assert spot
    assert place(taken, cast.bob, [row.pk for row in below], spot).done == 8
    assert [goal.statement for goal in Goal.objects.all()][:2] == [
        "Styrke bedriftens posisjon innen sitt fagfelt",
        "Bygge kunderelasjoner",
    ]
    assert Goal.objects.all()[0].source == NOTE.name


# ---------- where a piece can go ----------


def test_every_kind_of_many_that_words_and_a_choice_can_make_has_a_spot():
    without = {
        kind.key
        for section in SECTIONS.values()
        for kind in section.kinds
        if not kind.single and main_field(kind) is None
    }
    assert without == {"proposition", "promise", "fit", "placerule"}, (
        "more than words, and nothing is made up"
    )
    for section in SECTIONS.values():
        for kind in section.kinds:
            for spot in new_spots(kind):
                needed = {field.name for field in kind.fields if field.needed}
                given = {spot.field.name, *([spot.choice[0]] if spot.choice else [])}
                assert needed <= given, spot.key


def test_every_spot_on_the_page_is_found_by_its_name(cast):
    Goal.objects.create(strategy=cast.strategy, statement="Stands")
    Record.objects.create(strategy=cast.strategy, kind="role", data={"role": "Editor"})
    for each in places(cast.strategy):
        for spot in (*each.new, *(spot for one in (*each.ones, *each.rows) for spot in one.spots)):
            found = find(cast.strategy, spot.key)
            assert found is not None, spot.key
            assert (found.field.name, found.row) == (spot.field.name, spot.row)


@pytest.mark.parametrize(
    "key",
    ["", "new", "new/", "new/nothing", "new/tactic", "new/tactic/flies", "new/voicerules", "new/proposition",
     "new/exception", "one/goal/why", "one/voicerules/nothing", "row/goal/x/why", "row/goal", "out",
     "row/goal/00000000-0000-4000-8000-000000000000/why", "row/exception/x/reason", "x" * 500],
)  # fmt: skip
def test_nonsense_names_no_spot(cast, key):
    assert find(cast.strategy, key) is None


def test_another_strategy_s_row_is_no_spot(cast):
    foreign = Goal.objects.create(strategy=cast.abroad, statement="Theirs")
    below = Strategy.objects.create(workspace=cast.fjord, parent=cast.strategy, title="Summer")
    above = Goal.objects.create(strategy=cast.strategy, statement="Above")
    assert find(cast.strategy, f"row/goal/{foreign.uuid}/why") is None
    assert find(below, f"row/goal/{above.uuid}/why") is None


def test_a_long_strategy_shows_the_rows_changed_last_and_finds_the_others(
    cast, django_assert_max_num_queries
):
    for n in range(60):
        Goal.objects.create(strategy=cast.strategy, statement=f"Goal {n:02}")
    with django_assert_max_num_queries(12):
        shown = places(cast.strategy)
    rows = next(each.rows for each in shown if each.section.key == "goals")
    assert len(rows) == 6
    assert "Goal 59" in rows[0].title
    found = next(each.rows for each in places(cast.strategy, "goal 07") if each.section.key == "goals")
    assert [one.title for one in found] == ["Goal: Goal 07"]


# ---------- placed ----------


def test_each_piece_becomes_a_row_of_its_own_that_says_where_it_is_from(taken, cast):
    result = put(taken, cast, "new/goal", "Bli kjent", "Svare alle innen et døgn")
    assert (result.done, result.wrong) == (2, {})
    goals = list(Goal.objects.all())
    assert [goal.statement for goal in goals] == ["Svare alle innen et døgn", "Bli kjent"], "in its order"
    assert [goal.position for goal in goals] == [1, 2]
    goal = goals[0]
    assert (goal.source, goal.changed_by, goal.measure, goal.target) == ("gammel.md", cast.bob, "", None)
    row = piece(taken, "Svare alle innen et døgn")
    assert (row.placed_in, row.placed_field, row.placed_by) == (goal.part, "statement", cast.bob)
    actions = list(Event.objects.values_list("action", flat=True))
    assert actions == ["goal.create", "piece.place", "goal.create", "piece.place"]


def test_a_slide_is_named_in_the_source(cast):
    taken = bring_in(cast.strategy, cast.bob, open_upload(slides(("S", []), ("Mål", ["Svare"])), "a.pptx"))
    put(taken, cast, "new/goal", "Svare")
    assert Goal.objects.get().source == "a.pptx, slide 2"


def test_a_kind_with_a_choice_takes_the_one_that_was_chosen(taken, cast):
    put(taken, cast, "new/tactic/sees", "Bli kjent")
    put(taken, cast, "new/launchaction/soft", "Vanskelige å nå")
    put(taken, cast, "new/channelchoice/wait", "Husstander i regionen")
    put(taken, cast, "new/boundary/never", "Svare alle innen et døgn")
    assert (Tactic.objects.get().step, Tactic.objects.get().what) == ("sees", "Bli kjent")
    assert LaunchAction.objects.get().phase == "soft"
    assert ChannelChoice.objects.get().choice == "wait"
    record = Record.objects.get()
    assert record.data == {"what": "Svare alle innen et døgn", "sort": "never"}


def test_a_heading_can_be_placed_too(taken, cast):
    put(taken, cast, "new/audience", "De unge")
    assert Audience.objects.get().name == "De unge"


def test_words_are_written_on_in_a_field_of_a_row_that_stands(taken, cast):
    goal = Goal.objects.create(strategy=cast.strategy, statement="Answer", why="Because.")
    put(taken, cast, f"row/goal/{goal.uuid}/why", "Bli kjent", "Vanskelige å nå")
    goal.refresh_from_db()
    assert (goal.why, goal.changed_by) == ("Because.\nBli kjent\nVanskelige å nå", cast.bob)
    assert goal.version == 3, "whoever has the form open is told"
    put(taken, cast, f"row/goal/{goal.uuid}/statement", "De unge")
    goal.refresh_from_db()
    assert goal.statement == "Answer De unge", "a line stays a line"
    assert Event.objects.filter(action="goal.change").count() == 3


def test_what_there_is_one_of_is_begun_and_then_written_on(taken, cast):
    put(taken, cast, "one/voicerules/address", "Bli kjent", "De unge")
    record = Record.objects.get()
    assert (record.kind, record.data) == ("voicerules", {"address": "Bli kjent\nDe unge"})
    put(taken, cast, "one/voicerules/emoji", "Vanskelige å nå")
    assert Record.objects.get().data["emoji"] == "Vanskelige å nå"


def test_a_text_too_long_is_not_cut_and_says_so(cast):
    long = "Vi svarer. " * 30
    taken = bring_in(cast.strategy, cast.bob, open_upload(f"# S\n\nKort\n\n{long}\n".encode(), "a.md"))
    keys = [row.pk for row in taken.pieces.filter(is_heading=False)]
    spot = find(cast.strategy, "new/goal")
    assert spot
    result = place(taken, cast.bob, keys, spot)
    assert result.done == 1
    [sentence] = result.wrong.values()
    assert "This has 329 characters, and “Goal” holds 200" in sentence
    assert Goal.objects.get().statement == "Kort"
    assert taken.pieces.get(pk=keys[1]).placed_in == ""


@pytest.mark.parametrize(("length", "fits"), [(200, True), (201, False)])
def test_the_limit_is_the_field_s_own(cast, length, fits):
    taken = bring_in(cast.strategy, cast.bob, open_upload(("å" * length).encode(), "a.txt"))
    spot = find(cast.strategy, "new/goal")
    assert spot
    assert bool(place(taken, cast.bob, [taken.pieces.get().pk], spot).done) is fits


def test_a_field_that_is_full_says_so(taken, cast):
    goal = Goal.objects.create(strategy=cast.strategy, statement="x" * 195)
    result = put(taken, cast, f"row/goal/{goal.uuid}/statement", "Bli kjent")
    assert "would have 205 characters with this, and holds 200" in next(iter(result.wrong.values()))


def test_a_piece_is_placed_once_whoever_comes_second(taken, cast):
    put(taken, cast, "new/goal", "Bli kjent")
    assert put(taken, cast, "new/audience", "Bli kjent").done == 0
    assert not Audience.objects.exists()
    leave_out(taken, cast.bob, [piece(taken, "De unge").pk])
    assert put(taken, cast, "new/audience", "De unge").done == 0


def test_a_row_removed_meanwhile_takes_nothing(taken, cast):
    goal = Goal.objects.create(strategy=cast.strategy, statement="Gone soon")
    spot = find(cast.strategy, f"row/goal/{goal.uuid}/why")
    assert spot
    goal.delete()
    row = piece(taken, "Bli kjent")
    assert "removed meanwhile" in place(taken, cast.bob, [row.pk], spot).wrong[row.pk]


# ---------- taken back ----------


def test_a_row_that_was_only_the_piece_goes_with_it(taken, cast):
    put(taken, cast, "new/goal", "Bli kjent")
    assert take_back(piece(taken, "Bli kjent"), cast.bob)
    assert not Goal.objects.exists()
    row = piece(taken, "Bli kjent")
    assert (row.placed_in, row.placed_field, row.placed_at) == ("", "", None)
    assert list(Event.objects.values_list("action", flat=True))[-2:] == ["goal.remove", "piece.take_back"]


def test_words_that_were_written_on_go_and_the_rest_stays(taken, cast):
    goal = Goal.objects.create(strategy=cast.strategy, statement="Answer", why="Because.")
    put(taken, cast, f"row/goal/{goal.uuid}/why", "Bli kjent", "Vanskelige å nå")
    assert take_back(piece(taken, "Bli kjent"), cast.bob)
    goal.refresh_from_db()
    assert goal.why == "Because.\nVanskelige å nå"


def test_a_row_that_somebody_changed_stays_and_that_is_said(taken, cast):
    put(taken, cast, "new/goal", "Bli kjent")
    Goal.objects.update(statement="Bli bedre kjent", version=2)
    assert not take_back(piece(taken, "Bli kjent"), cast.bob)
    assert Goal.objects.get().statement == "Bli bedre kjent"
    assert piece(taken, "Bli kjent").placed_in == ""


def test_a_row_that_others_build_on_stays(taken, cast):
    put(taken, cast, "new/goal", "Bli kjent")
    audience = Audience.objects.create(strategy=cast.strategy, name="Everyone here")
    audience.goals.add(Goal.objects.get())
    assert not take_back(piece(taken, "Bli kjent"), cast.bob)
    assert Goal.objects.exists()


def test_a_row_with_another_piece_in_it_stays(taken, cast):
    put(taken, cast, "new/goal", "Bli kjent")
    goal = Goal.objects.get()
    put(taken, cast, f"row/goal/{goal.uuid}/why", "De unge")
    assert not take_back(piece(taken, "Bli kjent"), cast.bob), "a goal is not without its words"
    assert take_back(piece(taken, "De unge"), cast.bob)
    goal.refresh_from_db()
    assert (goal.statement, goal.why) == ("Bli kjent", "")


def test_a_piece_whose_row_is_gone_can_be_taken_back(taken, cast):
    put(taken, cast, "new/goal", "Bli kjent")
    Goal.objects.all().delete()
    assert take_back(piece(taken, "Bli kjent"), cast.bob)


def test_what_was_left_out_comes_in_again(taken, cast):
    row = piece(taken, "Bli kjent")
    assert leave_out(taken, cast.bob, [row.pk]) == 1
    assert piece(taken, "Bli kjent").left_out_at
    take_back(piece(taken, "Bli kjent"), cast.bob)
    assert piece(taken, "Bli kjent").left_out_at is None
