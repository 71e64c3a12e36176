"""Listening: the field, what is found, what stands beside, a post with its thread, and the files."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from samspill.archive.open import store
from samspill.archive.query import Tag
from samspill.archive.store.contract import post as said
from samspill.listening.days import days

NOW = int(datetime.now(UTC).timestamp() * 1000)
MINUTE = 60_000


@pytest.fixture
def page(cast):
    def page(name: str, *args: object, **asked: object) -> str:
        query = (
            "&".join(f"{key}={value}" for key, value in asked.items()).replace("#", "%23").replace(" ", "+")
        )
        return reverse(f"listening:{name}", args=(cast.fjord.slug, *args)) + (f"?{query}" if query else "")

    return page


def post(number: int, text: str = "", **values: object):
    return said(number, text, **({"at": NOW - (1000 - number) * MINUTE} | values))


@pytest.fixture
def viewer(as_person, cast):
    return as_person(cast.vera)


@pytest.fixture
def contributor(as_person, cast):
    return as_person(cast.alice)


@pytest.fixture
def kept():
    """A few posts in the archive of this test."""
    store().keep(
        [
            post(1, "Hva koster strømmen? #Strøm", handle="ola.example", name="Ola", lang="nb"),
            post(2, "Prisen er 90 øre #strøm #pris", handle="kari.example", shares=4, lang="nb"),
            post(3, "Svar", root=said(1).key, reply_to=said(1).key),
            post(4, "Les https://nve.example/a #strøm", links=("https://nve.example/a",), lang="nn"),
        ]
    )
    yield
    store().close()


def html(answer) -> str:
    assert answer.status_code == 200, answer.content
    return str(answer.content.decode())


def test_an_empty_archive_says_what_comes_and_what_can_be_written(viewer, page):
    shown = html(viewer.get(page("search")))
    assert "Nothing is kept yet" in shown
    assert "What you can write" in shown


def test_finds_the_newest_first_and_marks_why(viewer, page, kept):
    shown = html(viewer.get(page("search", q="#strøm")))
    assert "3 posts" in shown
    assert "milliseconds" in shown
    assert shown.index("nve.example/a") < shown.index("90 øre") < shown.index("Hva koster")
    assert "<mark>#Strøm</mark>" in shown
    assert 'href="https://nve.example/a" rel="nofollow noopener noreferrer"' in shown


def test_a_word_is_found_in_all_its_forms(viewer, page, kept):
    assert "<mark>strømmen</mark>" in html(viewer.get(page("search", q="strøm")))
    assert "<mark>Prisen</mark>" in html(viewer.get(page("search", q="priser")))


def test_orders_by_shares_on_request(viewer, page, kept):
    shown = html(viewer.get(page("search", q="#strøm", order="shared")))
    assert shown.index("90 øre") < shown.index("nve.example/a")


def test_points_at_what_cannot_be_read_and_keeps_it(viewer, page, kept):
    answer = viewer.get(page("search", q='#strøm "åpen dialog'))
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "<mark>&quot;åpen dialog</mark>" in shown
    assert "These quotation marks are not closed." in shown
    assert 'value="#strøm &quot;åpen dialog"' in shown


def test_nothing_found_says_what_to_try(viewer, page, kept):
    assert "Fewer words" in html(viewer.get(page("search", q="#finnesikke")))


def test_pages_follow_each_other_without_a_gap(viewer, page):
    store().keep([post(n, f"Nummer {n} #strøm") for n in range(45)])
    first = viewer.get(page("search", q="#strøm"))
    seen = [hit.post.text for hit in first.context["hits"]]
    answer = first
    while answer.context["page"].more:
        answer = viewer.get(
            page("search", q="#strøm", before=answer.context["last"]), headers={"HX-Request": "true"}
        )
        assert "<html" not in answer.content.decode()
        seen += [hit.post.text for hit in answer.context["hits"]]
    assert seen == [f"Nummer {n} #strøm" for n in range(44, -1, -1)]
    store().close()


def test_what_stands_beside_narrows_the_question(viewer, page, kept):
    shown = html(viewer.get(page("beside", q="#strøm")))
    assert "q=%23str%C3%B8m%20%23pris" in shown
    assert "q=%23str%C3%B8m%20lang%3Anb" in shown
    assert "q=%23str%C3%B8m%20from%3Akari.example" in shown
    assert "1 person" in shown
    assert (
        html(viewer.get(page("beside", q="#strøm OR #pris"))).count("q=%28%23str%C3%B8m%20OR%20%23pris%29")
        > 1
    )


def test_says_how_many_are_new_since(viewer, page, kept):
    newest = viewer.get(page("search", q="#strøm")).context["first"]
    assert "new one" not in html(viewer.get(page("new", newest, q="#strøm")))
    store().keep([post(5, "#strøm nå")])
    assert "1 new one" in html(viewer.get(page("new", newest, q="#strøm")))


def test_a_post_opens_with_its_thread(viewer, contributor, page, kept):
    (one,) = viewer.get(page("search", q="svar")).context["hits"]
    shown = html(viewer.get(page("post", one.id, q="svar")))
    assert "A thread of 2 posts" in shown
    assert "Hva koster" in shown
    inside = html(viewer.get(page("post", one.id), headers={"HX-Request": "true"}))
    assert "<html" not in inside
    assert "Note something you see here" not in shown
    assert "Note something you see here" in html(contributor.get(page("post", one.id)))


def test_a_post_that_is_gone_is_said(viewer, page, kept):
    answer = viewer.get(page("post", 12345))
    assert answer.status_code == 410
    assert "not kept here" in answer.content.decode()


def test_html_in_a_post_is_text_and_odd_addresses_are_no_links(viewer, page):
    store().keep([post(1, "<script>alert(1)</script> #strøm", name="<b>x</b>", url="javascript:alert(1)")])
    shown = html(viewer.get(page("search", q="#strøm")))
    assert "<script>alert" not in shown
    assert "<b><b>" not in shown
    (hit,) = viewer.get(page("search", q="#strøm")).context["hits"]
    assert "javascript" not in html(viewer.get(page("post", hit.id)))
    store().close()


def test_files_hold_what_was_found_and_run_nothing(viewer, page):
    store().keep([post(1, "=1+1 #strøm", handle="ola.example"), post(2, "To #strøm"), post(3, "Tre")])
    lines = b"".join(viewer.get(page("ndjson", q="#strøm")).streaming_content).decode().splitlines()
    assert [json.loads(line)["text"] for line in lines] == ["To #strøm", "=1+1 #strøm"]
    table = b"".join(viewer.get(page("csv", q="#strøm")).streaming_content).decode()
    assert "'=1+1 #strøm" in table
    assert table.count("\n") == 3
    assert viewer.get(page("csv", q="(")).headers["Location"].endswith("listening/?q=%28")
    store().close()


def test_a_damaged_archive_is_said_and_the_page_stays(viewer, page, settings):
    (settings.DATA_DIR / "archive.sqlite3").write_bytes(b"no database" * 500)
    answer = viewer.get(page("search", q="#strøm"))
    assert answer.status_code == 503
    assert "damaged" in answer.content.decode()
    assert 'value="#strøm"' in answer.content.decode()


@pytest.mark.parametrize("asked", ["9" * 40, "²", "(" * 3000, "'; DROP TABLE post", "a" * 5000])
def test_whatever_is_asked_gets_a_page(viewer, page, asked):
    for name in ("q", "before", "order"):
        answer = viewer.get(page("search"), {"q": "#a", name: asked})
        assert answer.status_code in (200, 422), asked


def test_the_search_page_asks_the_database_a_few_times(viewer, page, kept, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        viewer.get(page("search", q="#strøm"))


def test_days_are_counted_by_the_reader_and_say_the_peak():
    today = datetime(2026, 11, 25, tzinfo=UTC).date()
    with timezone.override("Europe/Oslo"):
        evening = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)  # already the 21st in Oslo
        store().keep([said(n, "#strøm", at=int(evening.timestamp() * 1000) + n) for n in range(30)])
        usual = [datetime(2026, 11, 25, 12, tzinfo=UTC) - timedelta(days=n) for n in range(28)]
        store().keep([said(100 + n, "#strøm", at=int(day.timestamp() * 1000)) for n, day in enumerate(usual)])
        found = days(store(), Tag("strøm"), today)
    assert {day.on.day: day.posts for day in found.days if day.posts > 1} == {21: 31}
    assert found.total == 58
    assert found.said == "Most on 21 November 2026, with 31 posts. That is 31.0 times the usual day."
    store().close()
