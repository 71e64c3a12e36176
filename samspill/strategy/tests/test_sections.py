"""The pages of the strategy's parts: what each holds, the way between them, and who wrote what."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils.html import escape

from samspill.accounts.models import Event
from samspill.strategy.models import Audience, Record
from samspill.strategy.sections import SECTIONS
from samspill.strategy.views.records import SHOWN


def risk(cast, what="Noen skriver om helsa si", **more):
    return Record.objects.create(strategy=cast.strategy, kind="risk", data={"what": what}, **more)


@pytest.mark.parametrize("key", SECTIONS)
def test_a_part_tells_what_can_stand_there(key, page, editor, viewer):
    section = SECTIONS[key]
    address = page(section.question) if section.question else page("section", key)
    text, read = (person.get(address).content.decode() for person in (editor, viewer))
    for kind in section.kinds:
        if kind.model is None:
            assert str(kind.title) in text
            assert escape(str(kind.purpose)) in read
            assert (page("record_add", kind.key) in text, page("record_add", kind.key) in read) == (
                True,
                False,
            )


def test_one_goes_from_part_to_part(page, viewer):
    addresses = [
        page(section.question) if section.question else page("section", key)
        for key, section in SECTIONS.items()
    ]
    for at, address in enumerate(addresses):
        text = viewer.get(address).content.decode()
        assert f'<a href="{address}" aria-current="page">' in text
        assert (f'<a rel="prev" href="{addresses[at - 1]}">' in text) == (at > 0)
        after = addresses[at + 1] if at + 1 < len(addresses) else None
        assert ('rel="next"' in text) == (after is not None)
        assert after is None or f'<a rel="next" href="{after}">' in text


def test_a_part_that_is_not_there_is_not_found(page, viewer, editor):
    assert viewer.get(page("section", "nothing")).status_code == 404
    assert viewer.get(page("section", "goals")).status_code == 404, "it has a page of its own"
    for kind in ("nothing", "goal"):
        assert editor.get(page("record_add", kind)).status_code == 404


def test_many_of_a_kind_are_shown_a_few_at_a_time_and_all_when_asked(page, viewer, cast):
    for n in range(SHOWN + 1):
        risk(cast, f"Risiko {n:02}.", position=n)
    few = viewer.get(page("section", "situation")).content.decode()
    everything = viewer.get(page("section", "situation"), {"all": "risk"}).content.decode()
    last = f"Risiko {SHOWN:02}."
    assert (last in few, f"All {SHOWN + 1}" in few) == (False, True)
    assert (last in everything, f"All {SHOWN + 1}" in everything) == (True, False)


def test_what_is_short_stands_on_a_line_and_what_is_alike_in_a_table(page, viewer, cast):
    Record.objects.create(
        strategy=cast.strategy,
        kind="promise",
        data={"channel": "Bluesky", "sort": "complaint", "hours": 4.5, "who": "Kundeservice"},
    )
    text = viewer.get(page("tactics")).content.decode()
    assert '<th scope="col">Answered within, hours</th>' in text
    assert "<td>4.5</td>" in text
    assert "Which hours count" not in text, "a column in which nothing is said is left out"


def test_records_move_among_their_own_kind(page, editor, cast):
    first, second = risk(cast, "A", position=1), risk(cast, "B", position=2)
    Record.objects.create(strategy=cast.strategy, kind="swot", data={"what": "C"}, position=1)
    assert "Move “A” up" not in editor.get(page("section", "situation")).content.decode()
    answer = editor.post(page("record_move", second.pk), {"way": "up"})
    assert answer.url == page("section", "situation") + "#risk"
    assert list(Record.objects.filter(kind="risk")) == [second, first]
    editor.post(page("record_move", second.pk), {"way": "up"})
    assert list(Record.objects.filter(kind="risk")) == [second, first]
    assert [event.detail["way"] for event in Event.objects.all()] == ["up"]


def test_a_record_is_removed_after_a_question(page, editor, cast):
    row = risk(cast)
    assert "Noen skriver om helsa si" in editor.get(page("record_remove", row.pk)).content.decode()
    assert Record.objects.exists()
    editor.post(page("record_remove", row.pk))
    assert not Record.objects.exists()
    assert Event.objects.get().action == "record.remove"


def test_one_writes_the_next_without_going_back(page, editor):
    answer = editor.post(page("record_add", "hashtag"), {"tag": "#BlåbærTur", "another": "yes"})
    assert answer.url == page("record_add", "hashtag")
    assert editor.post(page("record_add", "hashtag"), {"tag": "#Tur"}).url.endswith("#hashtag")
    assert "another" not in editor.get(page("record_add", "capacity")).content.decode()


def test_two_people_change_the_same_record_and_nothing_is_lost(page, editor, as_person, cast):
    row = risk(cast)
    as_person(cast.olga).post(page("record_edit", row.pk), {"what": "Olgas ord", "version": "1"})
    answer = editor.post(page("record_edit", row.pk), {"what": "Bobs ord", "version": "1"})
    text = answer.content.decode()
    assert answer.status_code == 409
    assert ("<strong>Olga</strong>" in text, "Olgas ord" in text, "Bobs ord" in text) == (True, True, True)
    assert Record.objects.get().data == {"what": "Olgas ord"}


def test_strangers_and_readers_cannot_write(page, as_person, viewer, editor, cast):
    row = risk(cast)
    foreign = Record.objects.create(strategy=cast.abroad, kind="risk", data={"what": "x"})
    for verb in ("edit", "remove", "move"):
        assert viewer.post(page(f"record_{verb}", row.pk)).status_code == 403
        assert editor.post(page(f"record_{verb}", foreign.pk)).status_code == 404
    assert viewer.get(page("history", "risk", foreign.pk)).status_code == 404


def test_the_history_says_field_by_field_who_wrote_what(page, editor, as_person, viewer, cast):
    editor.post(page("record_add", "risk"), {"what": "Et rykte", "measure": "Vi svarer"})
    row = Record.objects.get()
    again = {"what": "Et rykte", "measure": "Vi svarer innen en time", "version": "1"}
    as_person(cast.olga).post(page("record_edit", row.pk), again)
    answer = viewer.get(page("history", "risk", row.pk))
    assert [(one.label, one.by) for one in answer.context["origins"]] == [
        ("What can happen", cast.bob),
        ("What we do about it", cast.olga),
    ]
    assert [one.labels for one in answer.context["changes"]] == [["What we do about it"], []]
    assert "Last changed by Olga" in viewer.get(page("section", "situation")).content.decode()


def test_rows_with_tables_have_a_history_too(page, editor, viewer, cast):
    editor.post(page("audience_add"), {"name": "Unge", "needs": "Svar"})
    row = Audience.objects.get()
    answer = viewer.get(page("history", "audience", row.pk))
    origins = {one.field.name: one.by for one in answer.context["origins"]}
    assert (origins["name"], origins["needs"]) == (cast.bob, cast.bob)
    assert page("history", "audience", row.pk) in editor.get(page("audience_edit", row.pk)).content.decode()


def test_what_came_without_a_form_says_so(page, viewer, cast):
    row = risk(cast, changed_by=cast.olga)
    answer = viewer.get(page("history", "risk", row.pk))
    assert [(one.by, one.at) for one in answer.context["origins"]] == [(cast.olga, row.changed_at)]
    assert "it came with the strategy, not through a form" in answer.content.decode()
    assert viewer.get(page("history", "swot", row.pk)).status_code == 404
    assert viewer.get(page("history", "nothing", row.pk)).status_code == 404


def test_every_event_of_a_record_is_said_in_words(page, editor, as_person, cast):
    row = risk(cast)
    editor.post(page("record_edit", row.pk), {"what": "Et rykte", "version": "1"})
    log = as_person(cast.olga).get(reverse("accounts:events", args=("fjord",))).content.decode()
    assert "changed record <strong>Et rykte</strong>" in " ".join(log.split())
