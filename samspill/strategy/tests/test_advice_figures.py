"""Figures of who uses what: those that come with Samspill, and a workspace's own over them."""

from __future__ import annotations

import csv
import os
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings

from samspill.accounts.models import Event
from samspill.strategy.advice.figures import (
    ANY,
    USES,
    Figure,
    figures,
    last_month,
    period_in_words,
    shipped,
)
from samspill.strategy.advice.groups import Group, group, in_words
from samspill.strategy.models import UsageFigure
from samspill.strategy.places import PLACES

SHARED = Path(os.environ.get("SAMSPILL_SHARED", settings.BASE_DIR.parent / "shared"))
FACTS = SHARED / "reference" / "channels" / "usage.csv"
USE_OF = {
    "has_profile_pct": "profile",
    "daily_pct": "daily",
    "uses_pct": "uses",
    "used_last_3_months_pct": "quarterly",
    "social_user_identities_pct_of_population": "identities",
    "used_for_news_last_week_pct": "news",
    "ever_use_pct": "ever",
}
MESSENGER = ("NO", "18+", "2022Q1", "daily", "all", "messenger")


@pytest.mark.skipif(not FACTS.exists(), reason=f"the facts to compare with are not here: {FACTS}")
def test_what_comes_with_us_is_what_the_sources_say():
    with FACTS.open(encoding="utf-8", newline="") as file:
        facts = Counter(
            (
                *(row["country"], row["population"], row["period"], USE_OF[row["metric"]]),
                *(row["segment"], row["channel"], float(row["value_pct"]), row["url"]),
            )
            for row in csv.DictReader(file)
        )
    ours = Counter((*figure.question, figure.value, figure.link) for figure in shipped())
    assert ours == facts
    assert sum(ours.values()) == 103


def test_every_figure_that_comes_with_us_can_be_read():
    for figure in shipped():
        assert 0 <= figure.value <= 100
        assert figure.use in USES
        assert figure.place in {*PLACES, ANY}
        assert figure.source
        assert figure.link.startswith("https://")
        assert group(figure.segment, figure.population) is not None
        assert date(2019, 1, 1) < figure.until < date(2026, 1, 1)
    assert len({figure.key for figure in shipped()}) == len(shipped())


def test_conflicting_figures_both_stand():
    found = figures([])
    assert found.differing() == {MESSENGER}
    assert {figure.value for figure in found.standing if figure.question == MESSENGER} == {49, 55}
    assert found.struck == []


def own(**said) -> UsageFigure:
    names = ("country", "population", "period", "use", "segment", "place")
    return UsageFigure(**{**dict(zip(names, MESSENGER, strict=True)), "source": "SSB", **said})


def test_an_own_figure_takes_the_place_of_those_that_answer_the_same():
    found = figures([own(value=51)])
    (figure,) = [figure for figure in found.standing if figure.question == MESSENGER]
    assert (figure.value, figure.source) == (51, "SSB")
    assert {figure.value for figure in found.struck} == {49, 55}
    assert len(found.standing) == 102


def test_an_empty_own_figure_strikes_out_the_one_it_names_or_all():
    both = [figure for figure in shipped() if figure.question == MESSENGER]
    found = figures([own(value=None, source=both[0].source, link=both[0].link)], both)
    assert (found.standing, [figure.key for figure in found.struck]) == ([both[1]], [both[0].key])
    assert figures([own(value=None, source="")], both).standing == []


def test_zero_is_a_figure_and_nothing_is_not():
    assert [figure.value for figure in figures([own(value=0)], []).standing] == [0]
    assert figures([own(value=None)], []).standing == []


def test_a_new_question_stands_beside():
    found = figures([own(value=12, place="mastodon")])
    assert len(found.standing) == 104
    assert found.struck == []


@pytest.mark.parametrize(
    ("period", "month", "words"),
    [
        ("2022Q1", date(2022, 3, 1), "quarter 1 of 2022"),
        ("2022Q4", date(2022, 12, 1), "quarter 4 of 2022"),
        ("2024-01", date(2024, 1, 1), "January 2024"),
        ("2025", date(2025, 12, 1), "2025"),
        ("2022Q5", None, "2022Q5"),
        ("2022-13", None, "2022-13"),
        ("0000", None, "0000"),
        ("spring", None, "spring"),
    ],
)
def test_periods(period, month, words):
    assert last_month(period) == month
    assert period_in_words(period) == words


def test_how_old_a_figure_is():
    figure = Figure(*MESSENGER, value=1, source="x")
    assert figure.months(date(2022, 3, 31)) == 0
    assert figure.months(date(2024, 3, 1)) == 24
    assert not figure.is_old(date(2024, 3, 31))
    assert figure.is_old(date(2024, 4, 1))
    assert figure.months(date(2021, 1, 1)) == 0, "of a year that still runs"


@pytest.mark.parametrize(
    ("segment", "population", "expected"),
    [
        ("18-29", "18+", Group(18, 29)),
        ("18–29", "", Group(18, 29)),
        (" 60+ ", "18+", Group(60, 120)),
        ("all", "18+ online", Group(18, 120)),
        ("all", "16-79", Group(16, 79)),
        ("all", "all", Group(0, 120)),
        ("", "", Group(0, 120)),
        ("women", "18+", Group(18, 120, "women")),
        ("29-18", "", None),
        ("18-300", "", None),
        ("students", "", None),
    ],
)
def test_groups(segment, population, expected):
    assert group(segment, population) == expected


def test_which_group_holds_another():
    adults, young, women = Group(18), Group(18, 29), Group(18, 120, "women")
    assert adults.holds(young)
    assert not young.holds(adults)
    assert adults.holds(women)
    assert not women.holds(adults)
    assert not women.holds(young)
    assert not adults.holds(Group(15, 24))
    assert young.width < women.width < adults.width


def test_groups_in_words():
    assert [in_words(each) for each in ("all", "", "18-29", "60+", "women", "students")] == [
        *("everyone", "everyone", "18–29 years", "60 years and older", "women", "students"),
    ]


SAID = {
    "place": "mastodon",
    "use": "daily",
    "segment": "18-29",
    "population": "18+",
    "country": "NO",
    "period": "2025Q3",
    "value": "12,5",
    "source": "SSB",
    "link": "https://www.ssb.no/medie",
}


def key_of(value: float) -> str:
    return next(each.key for each in shipped() if each.question == MESSENGER and each.value == value)


def rows_of(text: str) -> list[str]:
    """The lines of the page's table."""
    return [line for line in text.split("<tr>")[2:] if "</tr>" in line]


def test_the_page_shows_one_kind_of_use_at_a_time(page, viewer):
    text = viewer.get(page("usage")).content.decode()
    daily = sum(figure.use == "daily" for figure in shipped())
    assert len(rows_of(text)) == daily
    assert "103 figures with their sources." in text
    assert "On 1 question the sources differ" in text
    assert text.count("sources differ</span>") == 2
    profile = viewer.get(page("usage"), {"use": "profile"}).content.decode()
    assert len(rows_of(profile)) == sum(figure.use == "profile" for figure in shipped())
    assert page("figure_add") not in text, "a viewer reads"


def test_the_page_is_narrowed_down(page, editor):
    asked = {"place": "tiktok", "segment": "18-29", "country": "NO", "use": "daily"}
    rows = rows_of(editor.get(page("usage"), asked).content.decode())
    assert len(rows) == 2
    assert all("TikTok" in row and "18–29 years" in row for row in rows)
    nothing = editor.get(page("usage"), {"place": "nowhere", "use": "cleverness"})
    assert nothing.status_code == 200
    assert "never counted as zero" in nothing.content.decode()


def test_old_figures_say_their_age(page, cast, as_person, time_machine):
    time_machine.move_to(date(2027, 1, 15))
    viewer = as_person(cast.vera)
    text = viewer.get(page("usage"), {"place": "snapchat", "segment": "15-24"}).content.decode()
    assert "13 months old" in text
    assert '<span class="tag warn">13' not in text
    older = viewer.get(page("usage"), {"place": "facebook", "segment": "40-49"}).content.decode()
    assert '<span class="tag warn">4 years old</span>' in older


def test_an_editor_writes_changes_and_takes_away_a_figure(page, editor, cast):
    answer = editor.post(page("figure_add"), SAID)
    assert answer.status_code == 302, answer.context["form"].errors
    row = UsageFigure.objects.get()
    assert (row.workspace, row.value, row.period, row.changed_by) == (cast.fjord, 12.5, "2025Q3", cast.bob)
    text = editor.get(answer["Location"]).content.decode()
    assert "12.5%" in text
    assert "ours</span>" in text
    changed = editor.post(page("figure_edit", row.pk), SAID | {"value": "0", "version": "1"})
    assert changed.status_code == 302
    row.refresh_from_db()
    assert (row.value, row.version) == (0, 2)
    late = editor.post(page("figure_edit", row.pk), SAID | {"value": "3", "version": "1"})
    assert late.status_code == 409, "somebody saved it meanwhile"
    editor.post(page("figure_remove", row.pk))
    assert not UsageFigure.objects.exists()
    actions = [event.action for event in Event.objects.order_by("pk")]
    assert actions == ["usagefigure.create", "usagefigure.change", "usagefigure.remove"]


def test_one_that_came_with_us_is_replaced(page, editor, cast):
    form = editor.get(page("figure_add"), {"of": key_of(55)}).context["form"]
    assert (form["place"].value(), form["value"].value()) == ("messenger", 55)
    said = {name: form[name].value() for name in SAID} | {"value": "51"}
    editor.post(page("figure_add") + f"?of={key_of(55)}", said)
    row = UsageFigure.objects.get()
    # Asked again for it, the own one is changed rather than a second written.
    again = editor.get(page("figure_add"), {"of": key_of(49)})
    assert again["Location"] == page("figure_edit", row.pk)
    text = editor.get(page("usage"), {"place": "messenger"}).content.decode()
    assert "2 figures that you have struck out or replaced" in text


def test_one_that_came_with_us_is_struck_out_and_let_count_again(page, editor, viewer):
    assert viewer.post(page("figure_strike", key_of(55))).status_code == 403
    editor.post(page("figure_strike", key_of(55)))
    row = UsageFigure.objects.get()
    assert row.value is None
    text = editor.get(page("usage"), {"place": "messenger", "segment": "all"}).content.decode()
    assert "sources differ</span>" not in text
    editor.post(page("figure_strike", key_of(49)))
    assert UsageFigure.objects.count() == 1
    text = editor.get(page("usage"), {"place": "messenger"}).content.decode()
    assert "2 figures that you have struck out" in text
    editor.post(page("figure_remove", row.pk))
    assert len(figures(UsageFigure.objects.all()).standing) == 103
    assert editor.post(page("figure_strike", "none-such")).status_code == 404


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("value", "101", "100"),
        ("value", "-1", "0"),
        ("value", "many", "number"),
        ("value", "", "required"),
        ("country", "N0", "two letters"),
        ("country", "Norge", "2 characters"),
        ("population", "adults", "such as 18+"),
        ("segment", "29-18", "lower age first"),
        ("period", "2025Q5", "2025Q3"),
        ("period", "2031", "yet to come"),
        ("source", "", "required"),
        ("source", "x" * 301, "300"),
        ("link", "javascript:alert(1)", "https://"),
        ("place", "myspace", "myspace"),
        ("use", "often", "often"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(page, editor, time_machine, field, typed, words):
    time_machine.move_to(date(2026, 6, 1))
    answer = editor.post(page("figure_add"), SAID | {field: typed})
    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() == {field}
    assert words in str(answer.context["form"].errors[field])
    assert not UsageFigure.objects.exists()


def test_the_edges_are_let_in(page, editor, time_machine):
    time_machine.move_to(date(2026, 6, 1))
    for said in (
        {"value": "100"},
        {"value": "0", "period": "2026"},
        {"segment": "60 +", "source": "x" * 300},
    ):
        assert editor.post(page("figure_add"), SAID | said).status_code == 302
    assert set(UsageFigure.objects.values_list("segment", flat=True)) == {"18-29", "60+"}


def test_the_same_question_is_not_answered_twice_by_ourselves(page, editor):
    editor.post(page("figure_add"), SAID)
    answer = editor.post(page("figure_add"), SAID | {"value": "99"})
    assert answer.status_code == 422
    assert "already" in str(answer.context["form"].errors["value"])
