"""Showing the strategy: what is offered, what each form holds, and how the public page is switched."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from samspill.accounts.models import Event
from samspill.face.models import Face
from samspill.strategy.models import Goal, Strategy


def at(cast, page: str) -> str:
    return reverse(f"face:{page}", args=(cast.fjord.slug,))


@pytest.fixture
def said(cast) -> dict[str, object]:
    """What is sent to open the page."""
    return {"is_on": "on", "address": "fjord", "languages": ["nb"], "parts": ["goals"], "version": "1"}


def test_every_form_is_offered_with_what_it_is_to_hold(filled, viewer, cast):
    text = viewer.get(at(cast, "face")).content.decode()
    for page in ("strategy.pdf", "strategy.md", "strategy.yaml", "strategy.json"):
        assert page in text
    assert "What shall we achieve?" in text
    assert "Open the page" not in text, "a viewer cannot open it"


def test_a_file_holds_what_was_chosen(filled, viewer, cast):
    asked = {"whole": "yes", "language": "nb", "parts": ["goals"]}
    answer = viewer.get(at(cast, "markdown"), asked)
    text = answer.content.decode()
    assert answer["Content-Type"] == "text/markdown; charset=utf-8"
    assert 'filename="canary-strategy-title.md"' in answer["Content-Disposition"]
    assert "## Hva skal vi oppnå?" in text
    assert "canary-audience" not in text
    assert "canary-person" not in text
    assert "canary-person" in viewer.get(at(cast, "markdown"), asked | {"people": "on"}).content.decode()
    inside = asked | {"inside": "on", "parts": ["situation"]}
    assert "canary-risk-what" in viewer.get(at(cast, "markdown"), inside).content.decode()


def test_without_choices_a_file_is_all_of_it_in_the_strategys_language(filled, viewer, cast):
    filled.language = "nb"
    filled.save()
    text = viewer.get(at(cast, "markdown")).content.decode()
    assert "## Hva skal vi oppnå?" in text
    assert "canary-guideline-text" in text
    assert "canary-risk" not in text


@pytest.mark.parametrize("page", ["markdown", "pdf"])
def test_a_choice_of_nothing_is_said_beside_the_field(page, filled, viewer, cast):
    answer = viewer.get(at(cast, page), {"whole": "yes", "language": "nb"})
    assert answer.status_code == 422
    assert "Choose at least one part." in answer.content.decode()


def test_a_pdf_is_a_pdf(filled, viewer, cast):
    answer = viewer.get(at(cast, "pdf"), {"language": "nb", "whole": "yes", "parts": ["goals"]})
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")


def test_another_strategy_has_its_own_forms(viewer, cast):
    campaign = Strategy.objects.create(workspace=cast.fjord, parent=cast.strategy, title="Varm vinter")
    Goal.objects.create(strategy=campaign, statement="Ro i kulda")
    page = reverse("face:markdown", args=(cast.fjord.slug, campaign.pk))
    assert "Ro i kulda" in viewer.get(page).content.decode()
    assert page in viewer.get(reverse("face:face", args=(cast.fjord.slug, campaign.pk))).content.decode()


# ---- the switch


def test_an_editor_opens_the_page_and_shuts_it(editor, cast, said, client):
    assert editor.post(at(cast, "public"), said).status_code == 302
    assert client.get("/s/fjord/").status_code == 200
    assert "/s/fjord/" in editor.get(at(cast, "face")).content.decode()
    assert editor.post(at(cast, "public"), said | {"is_on": "", "version": "2"}).status_code == 302
    assert client.get("/s/fjord/").status_code == 404
    assert list(Event.objects.order_by("pk").values_list("action", flat=True)) == ["face.open", "face.shut"]


def test_the_address_is_suggested_and_may_be_changed(editor, cast, said, client):
    assert 'value="fjord"' in editor.get(at(cast, "public")).content.decode()
    editor.post(at(cast, "public"), said)
    editor.post(at(cast, "public"), said | {"address": "Fjord-Kraft", "version": "2"})
    assert client.get("/s/fjord/").status_code == 404
    assert client.get("/s/fjord-kraft/").status_code == 200


def test_a_suggested_address_is_free(editor, cast):
    Face.objects.create(strategy=cast.abroad, address="fjord")
    assert 'value="fjord-2"' in editor.get(at(cast, "public")).content.decode()


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("ab", "Write at least three letters"),
        ("abc", ""),
        ("a" * 60, ""),
        ("a" * 61, "at most 60 characters"),
        ("fjord kraft", "Use small letters a to z"),
        ("fjørd", "Use small letters a to z"),
        ("-fjord", "Use small letters a to z"),
        ("taken", "Another strategy has this address"),
        ("", "This field is required"),
    ],
)
def test_what_is_wrong_with_an_address_is_said_beside_it(address, words, editor, cast, said):
    Face.objects.create(strategy=cast.abroad, address="taken")
    answer = editor.post(at(cast, "public"), said | {"address": address})
    assert answer.status_code == (422 if words else 302)
    if words:
        assert words in answer.content.decode()
        assert f'value="{address}"' in answer.content.decode(), "what was typed is still there"


@pytest.mark.parametrize(("field", "words"), [("languages", "one language"), ("parts", "one part")])
def test_a_page_has_a_language_and_a_part(field, words, editor, cast, said):
    answer = editor.post(at(cast, "public"), {name: value for name, value in said.items() if name != field})
    assert answer.status_code == 422
    assert f"Choose at least {words}." in answer.content.decode()


def test_what_stays_inside_cannot_be_asked_for(editor, cast, said):
    assert editor.post(at(cast, "public"), said | {"parts": ["crisis"]}).status_code == 422


def test_the_second_of_two_who_change_it_is_shown_the_firsts(editor, cast, said):
    editor.post(at(cast, "public"), said)
    answer = editor.post(at(cast, "public"), said | {"address": "annet"})
    assert answer.status_code == 409
    assert "while you were writing" in answer.content.decode()
    assert Face.objects.get().address == "fjord"


def test_a_contributor_may_not_open_it(as_person, cast, said):
    assert as_person(cast.alice).post(at(cast, "public"), said).status_code == 403


def test_the_page_is_offered_from_the_strategy(viewer, cast):
    text = viewer.get(reverse("strategy:strategy", args=(cast.fjord.slug,))).content.decode()
    assert re.search(rf'href="{at(cast, "face")}"', text)
