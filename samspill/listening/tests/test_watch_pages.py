"""The pages of watches, trends and shares, as people use them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from samspill.archive.models import Gap, Stream
from samspill.archive.open import store
from samspill.archive.query import And, Tag
from samspill.archive.store.contract import HOUR
from samspill.archive.store.contract import post as said
from samspill.listening.models import ShareOfVoice, Watch
from samspill.listening.noise import Proposal, proposals
from samspill.listening.watches import save

NOW = int(datetime.now(UTC).timestamp() * 1000)


@pytest.fixture
def page(cast):
    return lambda name, *args: reverse(f"listening:{name}", args=(cast.fjord.slug, *args))


@pytest.fixture
def alice(as_person, cast):
    return as_person(cast.alice)


@pytest.fixture
def kept() -> Iterator[None]:
    noise = [
        said(n, f"Strøm av biler på E{n} #kø", at=NOW - n * HOUR // 2, author="bil", handle="kø.example")
        for n in range(5)
    ]
    meant = [said(100 + n, f"Hva koster strøm i {n}?", at=NOW - n * HOUR) for n in range(8)]
    store().keep([*noise, *meant])
    yield
    store().close()


def watch(cast, query: str = "strøm", name: str = "Strøm", **values: object) -> Watch:
    row = Watch(workspace=cast.fjord, name=name, made_by=cast.alice, **values)
    save(row, query, cast.alice)
    return Watch.objects.prefetch_related("versions").get(pk=row.pk)


def test_a_query_is_tested_before_it_is_kept(alice, page, kept):
    shown = alice.get(page("watch_new"), {"q": "strøm"}).content.decode()
    assert "13 posts" in shown
    assert "Strøm</mark> av biler" in shown
    assert not Watch.objects.exists()


def test_what_is_marked_as_noise_shows_what_would_leave_it_out(alice, page, kept):
    noise = [hit.id for hit in store().find(Tag("kø")).hits]
    shown = alice.get(page("watch_new"), {"q": "strøm", "noise": noise}).content.decode()
    assert "8 of those shown are meant, 5 not." in shown
    assert "Leave out #kø" in shown
    assert "5 of those marked, 0 of the others" in shown
    assert "?q=str%C3%B8m%20-%23k%C3%B8" in shown


def test_what_would_leave_out_as_much_of_the_rest_is_not_proposed(kept):
    hits = store().find(And(()), limit=50).hits
    marked = [hit for hit in hits if hit.post.author == "bil"]
    found = proposals(hits, marked)
    assert found[0] == Proposal("#kø", 5, 0)
    assert "strøm" not in [each.term for each in found]
    assert proposals(hits, []) == []


def test_it_is_kept_with_its_first_version_and_who_made_it_follows(alice, cast, page, kept):
    answer = alice.post(page("watch_new"), {"query": "strøm -#kø", "name": "Strøm", "alert": "normal"})
    row = Watch.objects.get()
    assert answer.status_code == 302
    assert (row.version.query, row.version.number, row.alert) == ("strøm -#kø", 1, "normal")
    assert list(row.followers.all()) == [cast.alice]


@pytest.mark.parametrize(
    ("query", "name", "words"),
    [
        ("strøm OR", "Strøm", "OR"),
        ("strøm since:7d", "Strøm", "A watch has no beginning and no end."),
        ("strøm", "", "This field is required."),
        ("strøm", "STRØM", "There is a watch of this name already."),
        ("strøm", "x" * 121, "at most 120"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(alice, cast, page, query, name, words):
    watch(cast, name="Strøm" if name == "STRØM" else "En annen")
    answer = alice.post(page("watch_new"), {"query": query, "name": name, "purpose": "Å vite"})
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert words in shown
    assert Watch.objects.count() == 1


def test_names_have_room_for_120_characters(alice, page):
    assert alice.post(page("watch_new"), {"query": "strøm", "name": "x" * 120}).status_code == 302


def test_a_change_of_the_query_makes_a_version_with_its_reason(alice, cast, page, kept):
    row = watch(cast)
    change = {"query": "strøm -#kø", "name": "Strøm", "why": "Biler", "alert": ""}
    assert alice.post(page("watch_change", row.pk), change).status_code == 302
    shown = alice.get(page("watch", row.pk)).content.decode()
    assert "Version 2" in shown
    assert "Version 1" in shown
    assert "Biler" in shown


def test_the_list_says_what_each_has_heard(alice, cast, page, kept):
    watch(cast)
    shown = alice.get(page("watches")).content.decode()
    assert "What was here before is being counted." in shown
    assert "Nothing out of the ordinary." in shown


def test_a_watch_can_be_paused_and_goes_on(alice, cast, page):
    row = watch(cast)
    row.versions.update(labelled_at=datetime.now(UTC))
    alice.post(page("watch_pause", row.pk))
    row.refresh_from_db()
    assert row.paused_at is not None
    alice.post(page("watch_pause", row.pk))
    row.refresh_from_db()
    assert row.paused_at is None
    assert row.versions.get().labelled_at is None, "what came meanwhile is counted, too"


def test_an_editor_removes_a_watch_after_being_asked(as_person, cast, page):
    row, editor = watch(cast), as_person(cast.bob)
    assert "Remove the watch?" in editor.get(page("watch_remove", row.pk)).content.decode()
    editor.post(page("watch_remove", row.pk))
    assert not Watch.objects.exists()


def test_trends_say_what_is_on_the_move(alice, page):
    usual = [said(n, "Vær og vind i dag", at=NOW - 2 * 24 * HOUR - n * 60_000) for n in range(300)]
    now = [said(1000 + n, f"#Storøya er mørk {n}", at=NOW - HOUR - n * 60_000) for n in range(30)]
    store().keep([*usual, *now])
    store().close()
    shown = alice.get(page("trends"), {"period": "day"}).content.decode()
    assert "Most of all <strong>#Storøya</strong>" in shown
    assert ">mørk<" in shown


def test_trends_of_nothing_say_so(alice, page):
    assert "No hashtag is used clearly more" in alice.get(page("trends")).content.decode()


@pytest.fixture
def voices(cast, kept) -> ShareOfVoice:
    own = watch(cast, "koster", "Vi")
    row = ShareOfVoice.objects.create(workspace=cast.fjord, name="Vi og køen", own=own)
    row.watches.add(own, watch(cast, "#kø", "Køen"))
    return row


def test_shares_come_with_their_intervals_and_what_they_do_not_know(alice, cast, page, voices):
    stream = Stream.objects.create(workspace=cast.fjord, source="wss://a.example", keep="sample", one_in=10)
    since = datetime.now(UTC) - timedelta(days=1)
    Gap.objects.create(stream=stream, since=since, until=since + timedelta(hours=1))
    shown = alice.get(page("share", voices.pk)).content.decode()
    assert "<strong>Vi: 62%</strong>" in shown or "<strong>Vi: 61%</strong>" in shown
    assert "Of Bluesky one post in 10 is kept" in shown
    assert "In 1 stretch of this time something may be missing." in shown
    assert "Not listened to: Mastodon, Facebook" in shown


def test_what_is_only_passed_on_stands_apart(alice, cast, page, voices):
    store().keep([said(900 + n, "Hva koster det?", at=NOW - HOUR, repost_of="x") for n in range(3)])
    shown = alice.get(page("share", voices.pk)).content.decode()
    assert '<td class="n">8</td><td class="n">3</td>' in shown


@pytest.mark.parametrize(("chosen", "answer"), [(1, 422), (2, 302), (12, 302), (13, 422)])
def test_two_to_twelve_voices_are_compared(alice, cast, page, chosen, answer):
    rows = [watch(cast, "strøm", f"Vakt {n}") for n in range(13)]
    said = {"name": "Alle", "watches": [row.pk for row in rows[:chosen]]}
    assert alice.post(page("share_new"), said).status_code == answer


def test_us_is_one_of_the_voices(alice, cast, page):
    rows = [watch(cast, "strøm", f"Vakt {n}") for n in range(3)]
    said = {"name": "Alle", "watches": [rows[0].pk, rows[1].pk], "own": rows[2].pk}
    answer = alice.post(page("share_new"), said)
    assert "Choose one of the watches above." in answer.content.decode()


def test_a_damaged_archive_leaves_the_pages_with_a_sentence(alice, cast, page, voices, settings):
    store().close()
    for file in settings.DATA_DIR.glob("archive.sqlite3*"):
        file.write_bytes(b"nothing of the kind" * 500)
    row = voices.own
    for address in (
        page("watches"),
        page("watch", row.pk),
        page("trends"),
        page("share", voices.pk),
    ):
        shown = alice.get(address).content.decode()
        assert "The archive" in shown, address
