"""Where an audience is: several rows on one page, each fault beside its row, kinds of use never mixed."""

from __future__ import annotations

from typing import Any

import pytest
import time_machine

from samspill.accounts.models import Event
from samspill.strategy.models import Audience, Presence
from samspill.strategy.presence import by_use, key_of, shares_at
from samspill.strategy.presence_form import MOST

SNAPCHAT = {"place": "Snapchat", "share": "69", "use": "daily", "year": "2022", "source": "Ipsos"}


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2026-06-01T12:00:00Z", tick=False):
        yield


@pytest.fixture
def youth(cast) -> Audience:
    return Audience.objects.create(strategy=cast.strategy, name="Unge")


@pytest.fixture
def save(page, editor, youth):
    """Post rows as the page would; a field left out is as it stands in a row nobody wrote in."""

    def post(*rows: dict[str, Any], before: int = 0, version: int = 1):
        said: dict[str, Any] = {"version": version}
        said |= {"form-TOTAL_FORMS": len(rows), "form-INITIAL_FORMS": before}
        for at, row in enumerate(rows):
            said |= {f"form-{at}-{name}": value for name, value in ({"use": "daily"} | row).items()}
        return editor.post(page("audience_presence", youth.pk), said)

    return post


def faults(answer) -> list[dict[str, list[str]]]:
    return [dict(form.errors) for form in answer.context["rows"].forms]


def test_several_rows_are_written_at_once(save, youth, page, viewer, cast):
    answer = save(SNAPCHAT, SNAPCHAT | {"use": "profile", "share": "91,5 %"}, {})
    assert answer.status_code == 302
    kept = list(youth.presences.values_list("place", "share", "use", "year", "source"))
    assert kept == [("snapchat", 69, "daily", 2022, "Ipsos"), ("snapchat", 91.5, "profile", 2022, "Ipsos")]
    shown = viewer.get(page("audience", youth.pk)).content.decode()
    assert shown.count("<table>") == 2, "a table for each kind of use"
    assert "more than two years old" in shown
    event = Event.objects.get()
    assert (event.action, event.subject, event.user) == ("audience.presence", "Unge", cast.bob)


def test_a_fault_stands_beside_its_own_row(save, youth):
    answer = save(SNAPCHAT, SNAPCHAT | {"share": "100.1", "use": "weekly", "source": ""})
    assert answer.status_code == 422
    assert faults(answer) == [
        {},
        {"share": ["A share is from 0 to 100 per cent."], "source": ["This field is required."]},
    ]
    assert 'value="100.1"' in answer.content.decode()
    assert not youth.presences.exists()


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({"share": "0"}, None),
        ({"share": "100"}, None),
        ({"share": "-0.1"}, "share"),
        ({"share": "mange"}, "share"),
        ({"year": "2026"}, None),
        ({"year": "2027"}, "year"),
        ({"year": "1900"}, None),
        ({"year": "1899"}, "year"),
        ({"use": "hourly"}, "use"),
        ({"place": "x" * 60}, None),
        ({"place": "x" * 61}, "place"),
        ({"source": "x" * 300}, None),
        ({"source": "x" * 301}, "source"),
    ],
)
def test_a_row_says_what_can_be(save, said, wrong):
    answer = save(SNAPCHAT | said)
    if wrong is None:
        assert answer.status_code == 302
    else:
        assert [list(each) for each in faults(answer)] == [[wrong]]


def test_the_same_question_is_answered_once(save):
    answer = save(SNAPCHAT, SNAPCHAT | {"place": " SNAPCHAT ", "share": "50"})
    assert faults(answer)[1] == {"place": ["Row 1 says the same place, use and year. Keep one of them."]}
    assert save(SNAPCHAT, SNAPCHAT | {"year": "2021"}).status_code == 302


@pytest.mark.parametrize(("rows", "status"), [(MOST, 302), (MOST + 4, 422)])
def test_there_is_an_end_to_the_rows(save, rows, status):
    assert save(*(SNAPCHAT | {"place": f"Sted {at}"} for at in range(rows))).status_code == status


def test_a_row_is_changed_and_another_removed(save, youth):
    save(SNAPCHAT, SNAPCHAT | {"place": "Avisa"})
    gone = SNAPCHAT | {"place": "Avisa", "DELETE": "on"}
    answer = save(SNAPCHAT | {"share": "70"}, gone, before=2, version=2)
    assert answer.status_code == 302
    assert list(youth.presences.values_list("place", "share")) == [("snapchat", 70)]


def test_two_people_write_and_the_second_sees_the_first(save, youth):
    save(SNAPCHAT)
    answer = save(SNAPCHAT | {"place": "TikTok", "share": "58"}, version=1)
    shown = answer.content.decode()
    assert answer.status_code == 409
    for words in ("Snapchat", 'value="TikTok"', 'name="version" value="2"'):
        assert words in shown
    assert youth.presences.get().place == "snapchat"
    assert save(SNAPCHAT | {"place": "TikTok", "share": "58"}, version=2).status_code == 302
    assert youth.presences.get().place == "tiktok"


@pytest.mark.parametrize("version", ["", "x", "999999999999999999999"])
def test_without_its_version_nothing_is_overwritten(save, youth, version):
    assert save(SNAPCHAT, version=version).status_code == 409
    assert not youth.presences.exists()


def test_a_place_is_kept_by_its_key_in_any_language():
    assert [key_of(words) for words in ("TikTok", " tiktok ", "Our own website", "Lokalavisa")] == [
        "tiktok",
        "tiktok",
        "website",
        "Lokalavisa",
    ]


def row(place: str, use: str, share: float, year: int) -> Presence:
    return Presence(place=place, use=use, share=share, year=year, source="x")


def test_kinds_of_use_are_never_in_one_column():
    rows = [row("x", "profile", 29, 2022), row("x", "daily", 9, 2020), row("tiktok", "daily", 21, 2022)]
    found = [(column.use, [each.share for each in column.rows]) for column in by_use(rows)]
    assert found == [("daily", [21, 9]), ("profile", [29])]


def test_what_is_known_at_a_place_is_the_newest_of_each_kind():
    rows = [row("x", "daily", 8, 2022), row("x", "daily", 9, 2020), row("x", "profile", 29, 2022)]
    rows.append(row("tiktok", "daily", 21, 2025))
    assert [(each.use, each.share) for each in shares_at(rows, "x")] == [("daily", 8), ("profile", 29)]
    assert shares_at(rows, "") == []


@pytest.mark.parametrize(("year", "old"), [(2024, False), (2023, True)])
def test_a_figure_says_when_it_is_old(year, old):
    assert row("x", "daily", 8, year).is_old is old


def test_only_editors_write_where_people_are(as_person, page, youth, cast):
    assert as_person(cast.alice).get(page("audience_presence", youth.pk)).status_code == 403
    foreign = Audience.objects.create(strategy=cast.abroad, name="De")
    assert as_person(cast.bob).post(page("audience_presence", foreign.pk)).status_code == 404


@pytest.mark.parametrize(
    ("source", "cited"), [("Ipsos", "Ipsos, 2022"), ("Ipsos, våren 2022", "Ipsos, våren 2022")]
)
def test_a_source_is_cited_with_its_year_once(source, cited):
    assert Presence(place="x", year=2022, source=source).cited == cited
