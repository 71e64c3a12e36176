"""What is kept as records: each kind is a form that guides, and nothing that is written in it is lost."""

from __future__ import annotations

import pytest
from django.utils import translation

from samspill.accounts.models import Event
from samspill.strategy.models import Audience, Goal, Record, Strategy
from samspill.strategy.record_form import RecordForm, guidance
from samspill.strategy.sections import KINDS, SECTION_OF, SECTIONS, Type
from samspill.strategy.sections.fields import LINE
from samspill.strategy.sections.shown import shown, words

RECORDS = {
    key: kind for key, kind in KINDS.items() if kind.model is None and not SECTION_OF[key].page
}  # those with the common form
TYPED = {
    Type.LINK: "https://example.org/side?a=1&b=2",
    Type.COUNT: "37",
    Type.FIGURE: "12.5",
    Type.DAY: "2026-03-12",
}


@pytest.fixture(params=RECORDS)
def kind(request):
    return RECORDS[request.param]


def typed(kind) -> dict[str, str]:
    """An answer to every field, as a browser sends it."""
    said = {}
    for at, field in enumerate(kind.fields):
        if field.type is Type.CHOICE:
            said[field.name] = str(field.choices[-1][0])
        else:
            said[field.name] = TYPED.get(field.type, f"<b>Blåbær</b> & «{field.name}» {at} 👩‍🚒")
    return said


def test_the_parts_stand_in_the_order_a_strategy_is_read():
    assert list(SECTIONS) == [
        *("situation", "goals", "audiences", "tactics", "voice", "channel_choices", "launch"),
        *("roles", "rails", "learning", "crisis", "evaluation", "experiments", "emergence"),
    ]


def test_names_are_keys_that_a_file_can_carry(kind):
    """The document format writes them; they are short, small and English."""
    for name in (kind.key, *(field.name for field in kind.fields)):
        assert name.replace("_", "").isascii()
        assert name == name.lower()
        assert name.replace("_", "").isalnum()
        assert len(name) <= 30
    names = [field.name for field in kind.fields]
    assert len(set(names)) == len(names)
    assert not {"source", "version", "position", "uuid"} & set(names), "the row's own"


@pytest.mark.parametrize("language", ["en", "nb"])
def test_every_field_guides(kind, language):
    with translation.override(language):
        assert str(kind.title)
        assert str(kind.purpose).endswith((".", "?"))
        assert kind.single or str(kind.add)
        for field in kind.fields:
            assert field.label, field.name
            assert str(field.help).endswith((".", "?", ":")), (field.name, str(field.help))
            assert str(field.example), field.name
            assert "  " not in guidance(field)


def test_little_is_asked_for(kind):
    """Whoever has ten minutes can save what they know."""
    assert sum(field.needed for field in kind.fields) <= 3
    if not kind.single:
        assert kind.fields[0].needed, "what a row is called"
    else:
        assert not any(field.needed for field in kind.fields)


def test_a_form_is_opened_saved_and_read_back_without_loss(kind, page, editor, viewer, cast):
    asked = editor.get(page("record_add", kind.key)).content.decode()
    for field in kind.fields:
        assert f'name="{field.name}"' in asked
    said = typed(kind)
    answer = editor.post(page("record_add", kind.key), said | {"source": "Håndboka, side 3"})
    assert answer.status_code == 302, answer.context["form"].errors
    row = Record.objects.get()
    assert (row.workspace, row.kind, row.position, row.source) == (
        cast.fjord,
        kind.key,
        1,
        "Håndboka, side 3",
    )
    assert row.changed_by == cast.bob
    event = Event.objects.get()
    assert (event.action, event.detail) == ("record.create", {"row": row.pk, "kind": kind.key})
    form = RecordForm(strategy=cast.strategy, kind=kind, instance=row)
    for field in kind.fields:
        assert str(form[field.name].value()) == said[field.name], field.name
    # Saved again as it was opened, it says the same.
    data = dict(row.data)
    again = {name: form[name].value() for name in form.fields}
    assert editor.post(page("record_edit", row.pk), again).status_code == 302
    row.refresh_from_db()
    assert (row.data, row.version) == (data, 2)
    section = SECTION_OF[kind.key]
    where = page(section.question) if section.question else page("section", section.key)
    text = viewer.get(where).content.decode()
    for field in kind.fields:
        if field.type in (Type.LINE, Type.TEXT):
            assert f"&lt;b&gt;Blåbær&lt;/b&gt; &amp; «{field.name}»" in text, field.name
    assert "<b>Blåbær" not in text


def test_every_field_is_shown_in_words(kind, cast):
    form = RecordForm(typed(kind), strategy=cast.strategy, kind=kind)
    assert form.is_valid()
    form.save()
    section = SECTION_OF[kind.key]
    one = next(each for each in shown(cast.strategy, section) if each.kind is kind).records[0]
    told = [each.words for each in one.said] + ([] if kind.single else [one.name])
    assert len(told) == len(kind.fields)
    assert all(told)


def test_a_row_is_called_by_what_it_says_first_and_one_of_a_kind_by_the_kind():
    assert str(Record(kind="tone", data={"situation": "praise", "tone": "Varmt"})) == "praise"
    assert str(Record(kind="tone", data={"tone": "Varmt", "situation": "mistake"})) == "our own mistake"
    assert str(Record(kind="voicerules", data={"signature": "Fornavn"})) == "How we write"
    assert str(Record(kind="risk", data={})) == "What can go wrong"
    assert str(Record(kind="from_another_time", data={"a": "b"})) == "from_another_time"


@pytest.mark.parametrize(
    ("kind", "field", "longest"),
    [
        ("risk", "what", LINE),
        ("lesson", "learnt", 300),
        ("risk", "measure", 2000),
        ("guideline", "text", 20_000),
    ],
)
def test_a_text_is_as_long_as_it_may_be_and_no_longer(page, editor, kind, field, longest):
    said = {each.name: TYPED.get(each.type, "x") for each in KINDS[kind].fields if each.needed}
    assert editor.post(page("record_add", kind), said | {field: "å" * longest}).status_code == 302
    answer = editor.post(page("record_add", kind), said | {field: "å" * (longest + 1)})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert "å" * (longest + 1) in answer.content.decode()


@pytest.mark.parametrize(
    ("kind", "field", "value", "status"),
    [
        ("pillar", "share", "100", 302),
        ("pillar", "share", "100.1", 422),
        ("pillar", "share", "-1", 422),
        ("criticalmass", "weeks", "520", 302),
        ("criticalmass", "weeks", "521", 422),
        ("criticalmass", "weeks", "1.5", 422),
        ("promise", "hours", "0", 302),
        ("account", "link", "http://example.org", 302),
        ("account", "link", "example.org/us", 302),
        ("account", "link", "not an address", 422),
        ("account", "link", "javascript:alert(1)", 422),
        ("account", "counted_on", "2026-02-29", 422),
        ("account", "state", "gone", 422),
        ("risk", "what", "   ", 422),
    ],
)
def test_what_cannot_be_is_said_beside_the_field(page, editor, kind, field, value, status):
    needed = {"channel": "Bluesky", "sort": "all", "hours": "1", "name": "x", "what": "x"}
    answer = editor.post(page("record_add", kind), needed | {field: value})
    assert answer.status_code == status
    if status == 422:
        assert list(answer.context["form"].errors) == [field]


def test_a_record_that_says_nothing_is_not_written(page, editor):
    answer = editor.post(page("record_add", "capacity"), {"source": "Håndboka"})
    assert answer.status_code == 422
    assert "Nothing is written yet." in answer.content.decode()
    assert not Record.objects.exists()


def test_zero_is_said(page, editor):
    assert editor.post(page("record_add", "capacity"), {"hours_a_week": "0"}).status_code == 302
    assert Record.objects.get().data == {"hours_a_week": 0}


def test_of_a_single_kind_there_is_one(page, editor):
    editor.post(page("record_add", "capacity"), {"hours_a_week": "10"})
    again = editor.get(page("record_add", "capacity")).content.decode()
    assert 'value="10"' in again
    assert (
        editor.post(page("record_add", "capacity"), {"hours_a_week": "12", "version": "1"}).status_code == 302
    )
    assert [row.data for row in Record.objects.all()] == [{"hours_a_week": 12}]


def test_names_one_may_mean_are_offered_and_others_taken(page, editor, cast):
    Audience.objects.create(strategy=cast.strategy, name="Nye & gamle huseiere")
    Audience.objects.create(strategy=cast.abroad, name="Utlendinger")
    Goal.objects.create(strategy=cast.strategy, statement="Alle får svar")
    Goal.objects.create(strategy=cast.strategy, statement="Lukket", closed_at="2026-01-01T00:00Z")
    text = editor.get(page("record_add", "proposition")).content.decode()
    assert '<option value="Nye &amp; gamle huseiere">' in text
    assert "Utlendinger" not in text
    goals = editor.get(page("record_add", "pillar")).content.decode()
    assert ('<option value="Alle får svar">' in goals, "Lukket" in goals) == (True, False)
    said = {"audience": "Noen helt andre", "offer": "Ro i sinnet"}
    assert editor.post(page("record_add", "proposition"), said).status_code == 302


def test_names_from_the_strategy_above_are_offered(cast, editor):
    Audience.objects.create(strategy=cast.strategy, name="Huseiere")
    unit = Strategy.objects.create(workspace=cast.fjord, parent=cast.strategy, title="Kampanje")
    text = editor.get(f"/w/fjord/strategy/{unit.pk}/records/proposition/add/").content.decode()
    assert '<option value="Huseiere">' in text


def test_a_long_form_has_parts(page, editor):
    text = editor.get(page("record_add", "crisisplan")).content.decode()
    for heading in ("What we want", "The clock", "People and places", "Kept alive"):
        assert f"<h2>{heading}</h2>" in text


def test_choices_dates_and_figures_are_read_as_the_reader_writes_them():
    with translation.override("nb"):
        field = KINDS["crisislevel"].field("planned")
        assert words(field, "stop") == "blir stanset"
        assert words(KINDS["pillar"].field("share"), 12.5) == "12,5"
        assert words(KINDS["exercise"].field("on"), "2026-03-12") == "12. mars 2026"
