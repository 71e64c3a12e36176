"""What the strategy says of itself is written in one form, and its days must hang together."""

from __future__ import annotations

import pytest

from samspill.accounts.models import Event
from samspill.strategy.models import Strategy
from samspill.strategy.strategy_form import StrategyForm

WHOLE = {
    "title": "Slik er vi",
    "ambition": "Landets beste på å svare",
    "summary": "Vi er der kundene er.\n\nVi svarer alle.",
    "approver": "Ledergruppen",
    "valid_from": "2026-01-01",
    "valid_to": "2029-12-31",
    "review_on": "2027-01-15",
    "language": "nb",
    "profile": "public_sector",
    "version": "1",
}


def test_everything_is_written_and_read_back(page, editor, viewer, cast):
    answer = editor.post(page("strategy_edit"), WHOLE | {"owner": cast.olga.pk})
    assert answer.status_code == 302
    kept = Strategy.objects.get()
    for name, value in WHOLE.items():
        if name != "version":
            assert str(getattr(kept, name)).replace("\r\n", "\n") == value, name
    assert kept.owner == cast.olga
    said = viewer.get(page("strategy")).content.decode()
    for words in (
        "Landets beste på å svare",
        "<p>Vi svarer alle.</p>",
        "Olga",
        "Ledergruppen",
        "Norsk bokmål",
    ):
        assert words in said
    assert "Norwegian public sector" in said
    assert set(Event.objects.get().detail["fields"]) == {*WHOLE, "owner"} - {"version"}
    asked = editor.get(page("strategy_edit")).context["form"]
    assert {name: str(asked[name].value()) for name in WHOLE} == WHOLE | {"version": "2"}


@pytest.mark.parametrize(
    ("days", "wrong"),
    [
        ({"valid_from": "2026-01-01", "valid_to": "2026-01-01"}, None),
        ({"valid_from": "2026-01-01", "valid_to": "2025-12-31"}, "valid_to"),
        ({"valid_from": "2026-01-01", "review_on": "2026-01-01"}, None),
        ({"valid_from": "2026-01-01", "review_on": "2025-12-31"}, "review_on"),
        ({"valid_to": "2026-01-01", "review_on": "2026-01-01"}, None),
        ({"valid_to": "2026-01-01", "review_on": "2026-01-02"}, "review_on"),
        ({"valid_to": "2026-02-30"}, "valid_to"),
        ({"review_on": "soon"}, "review_on"),
    ],
)
def test_days_do_not_contradict_one_another(page, editor, days, wrong):
    answer = editor.post(page("strategy_edit"), {"title": "Slik er vi", "version": "1"} | days)
    if wrong is None:
        assert answer.status_code == 302
    else:
        assert answer.status_code == 422
        assert list(answer.context["form"].errors) == [wrong]
        assert all(
            day in answer.content.decode() for day in days.values() if day[0] == "2" and "30" not in day
        )


@pytest.mark.parametrize(
    ("field", "longest"), [("title", 200), ("ambition", 1000), ("summary", 4000), ("approver", 120)]
)
def test_texts_have_an_end(page, editor, field, longest):
    said = {"title": "Slik er vi", "version": "1"}
    assert editor.post(page("strategy_edit"), said | {field: "æ" * (longest + 1)}).status_code == 422
    assert editor.post(page("strategy_edit"), said | {field: "æ" * longest}).status_code == 302


def test_an_owner_is_one_of_us(page, editor, cast):
    said = {"title": "Slik er vi", "version": "1", "owner": cast.charlie.pk}
    assert editor.post(page("strategy_edit"), said).status_code == 422


def test_every_field_guides(cast):
    form = StrategyForm(workspace=cast.fjord, instance=cast.strategy)
    for field in form:
        assert field.is_hidden or "For example: " in str(field.help_text), field.name
    assert [name for part in form.parts() for name in (field.name for field in part.fields)] == [
        "version",
        *form.Meta.fields,
    ]


def test_no_special_duties_is_a_choice_in_words(page, editor):
    asked = editor.get(page("strategy_edit")).content.decode()
    assert '<option value="" selected>no special duties</option>' in asked


def test_only_editors_write_it(page, as_person, viewer, cast):
    assert viewer.get(page("strategy_edit")).status_code == 403
    assert as_person(cast.charlie).post(page("strategy_edit"), WHOLE).status_code == 404
    assert not Strategy.objects.filter(workspace=cast.fjord).exists()
