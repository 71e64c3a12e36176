"""The strategy as a file, through its pages: out, in, and back to an edition."""

from __future__ import annotations

import json

import pytest

from samspill.accounts.models import Event
from samspill.strategy.document.editions import keep
from samspill.strategy.document.read import read
from samspill.strategy.document.write import as_json, document
from samspill.strategy.models import Edition, Goal, Strategy
from samspill.strategy.tests.conftest import upload


@pytest.fixture
def goal(cast):
    return Goal.objects.create(strategy=cast.strategy, statement="Alle får svar", owner=cast.bob, position=1)


def changed(cast, **about):
    plain = document(cast.strategy)
    plain["strategy"] |= about
    return json.dumps(plain)


def look(editor, page, text):
    return editor.post(page("data_look"), {"file": upload(text, "strategy.json")})


def test_both_forms_are_downloaded_and_read_again(page, viewer, cast, goal):
    for form in ("data_json", "data_yaml"):
        answer = viewer.get(page(form))
        assert "attachment" in answer["Content-Disposition"]
        assert read(answer.content).rows[0].values["statement"] == "Alle får svar"
        assert "bob@example.org" in answer.content.decode()
        assert "bob@example.org" not in viewer.get(page(form) + "?addresses=no").content.decode()


def test_what_would_change_is_shown_before_anything_does(page, editor, cast, goal):
    shown = look(editor, page, changed(cast, ambition="Best i landet"))
    assert "Best i landet" in shown.content.decode()
    assert Strategy.of(cast.fjord).ambition == ""
    taken = editor.post(page("data_take"), {"token": shown.context["token"]})
    assert (taken.status_code, Strategy.of(cast.fjord).ambition) == (302, "Best i landet")
    event = Event.objects.get(action="strategy.take_in")
    assert event.detail == {"row": cast.strategy.pk, "new": 0, "gone": 0, "changed": 1}


def test_a_change_by_somebody_else_meanwhile_is_noticed(page, editor, cast, goal):
    shown = look(editor, page, changed(cast, ambition="Best i landet"))
    goal.statement = "Noe helt annet"
    goal.save()
    again = editor.post(page("data_take"), {"token": shown.context["token"]})
    said = again.content.decode()
    assert "Somebody has changed the strategy since you looked" in said
    assert "Noe helt annet" in said
    assert Goal.objects.get().statement == "Noe helt annet"
    editor.post(page("data_take"), {"token": again.context["token"]})
    assert Goal.objects.get().statement == "Alle får svar"


def test_faults_are_shown_with_their_lines_and_nothing_changes(page, editor, cast, goal):
    shown = look(editor, page, changed(cast, scope="planet").replace("statement", "statment"))
    assert shown.status_code == 422
    assert "Did you mean “statement”?" in shown.content.decode()
    assert Goal.objects.get().statement == "Alle får svar"


def test_what_is_not_here_is_left_open_only_when_somebody_says_so(page, editor, cast, goal):
    text = changed(cast).replace("bob@example.org", "gone@example.org")
    shown = look(editor, page, text)
    assert "gone@example.org" in shown.content.decode()
    kept = editor.post(page("data_take"), {"token": shown.context["token"]})
    assert "Say that their places may stand open" in kept.content.decode()
    assert Goal.objects.get().owner == cast.bob
    editor.post(page("data_take"), {"token": kept.context["token"], "leave_open": "yes"})
    assert Goal.objects.get().owner is None


@pytest.mark.parametrize("token", ["", "x", "x:y:z"])
def test_a_token_that_is_not_ours_takes_nothing_in(page, editor, cast, goal, token):
    assert editor.post(page("data_take"), {"token": token}).status_code == 302
    assert not Event.objects.filter(action="strategy.take_in").exists()


def test_a_token_of_another_strategy_takes_nothing_in(page, editor, cast, goal):
    token = look(editor, page, changed(cast, ambition="Best")).context["token"]
    below = Strategy.objects.create(workspace=cast.fjord, parent=cast.strategy, title="Kampanje")
    editor.post(page("data_take", below.pk), {"token": token})
    assert not Goal.objects.of(below).exists()


def test_no_file_and_too_large_a_file_are_told_beside_the_field(page, editor, monkeypatch):
    assert "Choose the file first." in editor.post(page("data_look"), {}).content.decode()
    monkeypatch.setattr("samspill.strategy.document.forms.LARGEST", 10)
    assert "larger than" in editor.post(page("data_look"), {"file": upload("x" * 11)}).content.decode()


def test_the_schema_holds_what_is_written(viewer, page, cast, goal):
    said = json.loads(viewer.get(page("data_schema")).content)
    known = said["properties"]["sections"]["properties"]["goals"]["properties"]["goal"]["items"]["properties"]
    assert set(document(cast.strategy)["sections"]["goals"]["goal"][0]) <= set(known)


# --- editions


def test_an_edition_is_kept_and_adopted(page, editor, viewer, cast, goal):
    assert "No edition yet" in viewer.get(page("editions")).content.decode()
    editor.post(page("edition_keep"), {"note": "Til høring"})
    edition = Edition.objects.get()
    assert "This is a draft" in viewer.get(page("editions")).content.decode()
    assert editor.post(page("edition_adopt", edition.pk), {"adopted_on": "2026-01-02"}).status_code == 422
    editor.post(page("edition_adopt", edition.pk), {"adopted_by": "styret", "adopted_on": "2026-01-02"})
    assert "adopted by styret on" in viewer.get(page("editions")).content.decode()
    assert list(Event.objects.order_by("pk").values_list("action", flat=True)) == [
        "edition.create",
        "edition.adopt",
    ]


def test_an_adoption_is_not_in_the_future_and_has_somebody_behind_it(page, editor, goal):
    late = editor.post(page("edition_keep"), {"adopted_by": "styret", "adopted_on": "2999-01-02"})
    assert "This day has not come yet" in late.content.decode()
    nobody = editor.post(page("edition_keep"), {"adopted_on": "2026-01-02"})
    assert "Say who adopted it" in nobody.content.decode()
    assert not Edition.objects.exists()


def test_any_two_are_laid_side_by_side(page, editor, viewer, cast, goal):
    keep(cast.strategy, cast.bob)
    goal.statement = "Alle får svar innen et døgn"
    goal.save()
    keep(cast.strategy, cast.bob)
    shown = viewer.get(page("side_by_side"), {"from": "1", "to": "2"}).content.decode()
    assert "<ins>innen et døgn</ins>" in shown
    assert "Not a word." in viewer.get(page("side_by_side"), {"from": "2", "to": "now"}).content.decode()
    assert (
        "<ins>innen et døgn</ins>"
        in viewer.get(page("edition", Edition.objects.get(number=2).pk)).content.decode()
    )


def test_one_goes_back_to_an_edition_by_way_of_what_would_change(page, editor, cast, goal):
    edition = keep(cast.strategy, cast.bob)
    before = as_json(document(cast.strategy))
    goal.statement = "Noe annet"
    goal.save()
    shown = editor.post(page("edition_restore", edition.pk))
    assert "Noe annet" in shown.content.decode()
    editor.post(page("data_take"), {"token": shown.context["token"]})
    assert as_json(document(cast.strategy)) == before


def test_a_damaged_edition_says_so(page, editor, cast, goal):
    edition = keep(cast.strategy, cast.bob)
    Edition.objects.update(sha256="0" * 64)
    assert "This edition is damaged" in editor.get(page("edition", edition.pk)).content.decode()
    assert editor.post(page("edition_restore", edition.pk)).status_code == 302
