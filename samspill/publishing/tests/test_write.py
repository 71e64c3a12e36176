"""The page a draft is written on: saved by itself, nothing typed is lost, two writers do not overwrite."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from conftest import Cast
from samspill.accounts.models import Event, Member
from samspill.networks.models import Channel
from samspill.publishing import approve, write
from samspill.publishing.models import Draft, Version
from samspill.publishing.tests.outside import Outside
from samspill.strategy.models import Goal

HTMX = {"headers": {"HX-Request": "true"}}
NEW = "/w/fjord/publishing/new/"


@pytest.fixture
def alice(cast: Cast, as_person: Callable[..., Any]) -> Any:
    return as_person(cast.alice)


def posted(**more: Any) -> dict[str, Any]:
    """What the form of a new draft posts."""
    return {
        "uuid": str(uuid.uuid4()),
        "page": str(uuid.uuid4()),
        "version": 1,
        "title": "",
        "text": "",
        **more,
    }


def at(draft: Draft) -> str:
    return f"/w/fjord/publishing/{draft.pk}/"


def again(draft: Draft, **more: Any) -> dict[str, Any]:
    return posted(uuid=str(draft.uuid), version=draft.version, title=draft.title, text=draft.text, **more)


def test_an_opened_page_keeps_nothing(alice: Any) -> None:
    assert alice.get(NEW).status_code == 200
    assert not Draft.objects.exists()


def test_the_only_channel_is_chosen_and_of_two_none(
    alice: Any, bluesky: Channel, connect: Callable[..., Channel]
) -> None:
    assert alice.get(NEW).context["form"]["channels"].value() == [bluesky.pk]
    connect("mastodon")
    assert alice.get(NEW).context["form"]["channels"].value() == []


def test_first_saving_makes_the_draft_and_gives_the_page_its_address(alice: Any, cast: Cast) -> None:
    answer = alice.post(NEW, posted(text="Hei", do="auto"), **HTMX)
    draft = Draft.objects.get()
    assert answer.headers["HX-Replace-Url"] == at(draft)
    assert "saved" in answer.content.decode()
    assert draft.author == cast.alice


def test_the_same_page_saves_the_same_draft(alice: Any) -> None:
    first = posted(text="Hei")
    alice.post(NEW, first | {"do": "auto"}, **HTMX)
    alice.post(NEW, first | {"text": "Hei hei", "do": "auto"}, **HTMX)
    alice.post(NEW, first | {"text": "Hei hei hei", "do": "save"})
    assert [draft.text for draft in Draft.objects.all()] == ["Hei hei hei"]


def test_nothing_typed_makes_no_draft_and_says_what_to_do(alice: Any) -> None:
    answer = alice.post(NEW, posted(text="  ", do="save"))
    assert answer.status_code == 422
    assert "Write a working title or the text first" in answer.content.decode()
    assert alice.post(NEW, posted(do="auto"), **HTMX).status_code == 204
    assert not Draft.objects.exists()


def test_a_title_is_borrowed_from_the_text(alice: Any) -> None:
    alice.post(NEW, posted(text="Tre ting vi lærte\nav strømbruddet"))
    assert Draft.objects.get().title == "Tre ting vi lærte"


def test_a_page_begins_with_the_goal_it_was_opened_for(alice: Any, cast: Cast) -> None:
    goal = Goal.objects.create(strategy=cast.strategy, statement="Styrke posisjonen")
    foreign = Goal.objects.create(strategy=cast.abroad, statement="Fremmed")
    assert alice.get(f"{NEW}?goal={goal.pk}").context["goal"] == goal
    assert alice.get(f"{NEW}?goal={foreign.pk}").context["goal"] is None
    assert alice.get(f"{NEW}?goal=x").status_code == 200


def test_each_channel_follows_the_text_until_it_is_written_differently(
    alice: Any, bluesky: Channel, mastodon: Channel
) -> None:
    alice.post(NEW, posted(text="Hei", channels=[bluesky.pk, mastodon.pk]))
    draft = Draft.objects.get()
    own = {f"own_{mastodon.pk}": "on", f"own_text_{mastodon.pk}": "Hei, Mastodon"}
    alice.post(at(draft), again(draft, channels=[bluesky.pk, mastodon.pk], **own) | {"text": "Hallo"})
    assert {v.channel: (v.text, v.is_own) for v in Version.objects.all()} == {
        bluesky: ("Hallo", False),
        mastodon: ("Hei, Mastodon", True),
    }


def test_a_text_of_its_own_begins_as_a_copy(alice: Any, bluesky: Channel) -> None:
    alice.post(NEW, posted(text="Hei", channels=[bluesky.pk], **{f"own_{bluesky.pk}": "on"}))
    version = Version.objects.get()
    assert (version.text, version.is_own) == ("Hei", True)


def test_a_first_saving_that_fails_leaves_no_empty_draft(
    clock: Any, going: Callable[..., Any], alice: Any, cast: Cast, bluesky: Channel
) -> None:
    sent = going("Hei", bluesky).version.draft
    answer = alice.post(NEW, posted(uuid=str(sent.uuid), version=0, text="Annet"))
    assert answer.status_code == 409
    assert [draft.text for draft in Draft.objects.all()] == ["Hei"]


def test_too_many_pictures_are_said_beside_them(alice: Any, cast: Cast, bluesky: Channel) -> None:
    alice.post(NEW, posted(text="Hei", channels=[bluesky.pk]))
    draft = Draft.objects.get()
    for _number in range(5):
        draft.pictures.create(sha256="x", media_type="image/png", width=1, height=1, alt="En mast")
    said = again(draft, channels=[bluesky.pk], do="ask", approver=cast.bob.pk)
    page = alice.post(at(draft), said).content.decode()
    assert page.count("takes 4 pictures at most") >= 2


def test_a_channel_can_be_left_out_again(alice: Any, bluesky: Channel) -> None:
    alice.post(NEW, posted(text="Hei", channels=[bluesky.pk]))
    draft = Draft.objects.get()
    alice.post(at(draft), again(draft))
    assert not Version.objects.exists()


def test_a_foreign_channel_or_goal_is_not_taken(alice: Any, cast: Cast, bluesky: Channel) -> None:
    goal = Goal.objects.create(strategy=cast.abroad, statement="Fremmed")
    Channel.objects.update(workspace=cast.utland)
    answer = alice.post(NEW, posted(text="Hei", channels=[bluesky.pk], goal=goal.pk))
    assert answer.status_code == 422
    assert "Hei" in answer.content.decode()
    assert not Draft.objects.exists()


def test_letters_and_line_breaks_are_written_one_way(alice: Any) -> None:
    alice.post(NEW, posted(text=" bla\u030abær\r\nog mer\r\n"))
    assert Draft.objects.get().text == "blåbær\nog mer"


def test_a_title_of_120_is_taken_and_of_121_refused(alice: Any) -> None:
    assert alice.post(NEW, posted(title="t" * 120)).status_code == 302
    answer = alice.post(NEW, posted(title="t" * 121, text="Hei"))
    assert answer.status_code == 422
    assert "t" * 121 in answer.content.decode()
    assert Draft.objects.count() == 1


def test_a_text_of_20000_is_taken_and_of_20001_refused(alice: Any) -> None:
    assert alice.post(NEW, posted(text="a" * 20_000)).status_code == 302
    assert alice.post(NEW, posted(text="a" * 20_001)).status_code == 422
    assert Draft.objects.count() == 1


def test_a_saving_by_itself_that_fails_says_so(alice: Any) -> None:
    answer = alice.post(NEW, posted(title="t" * 121, text="Hei", do="auto"), **HTMX)
    assert answer.status_code == 422
    assert "Not saved" in answer.content.decode()
    assert "120" in answer.content.decode()


# ---------- two people, two pages ----------


def test_an_older_page_does_not_overwrite_and_shows_both_texts(
    alice: Any, cast: Cast, as_person: Callable[..., Any], drafted: Callable[..., Draft]
) -> None:
    draft = drafted("Hei")
    older = again(draft) | {"text": "Hei fra Alice"}
    as_person(cast.bob).post(at(draft), again(draft) | {"text": "Hei fra Bob"})
    answer = alice.post(at(draft), older)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Hei fra Bob" in page
    assert "Hei fra Alice" in page
    assert "Bob saved at" in page
    draft.refresh_from_db()
    assert draft.text == "Hei fra Bob"
    alice.post(at(draft), older | {"keep": draft.version})
    draft.refresh_from_db()
    assert draft.text == "Hei fra Alice"


def test_a_saving_by_itself_meets_the_rival_in_its_place(
    alice: Any, cast: Cast, as_person: Callable[..., Any], drafted: Callable[..., Draft]
) -> None:
    draft = drafted("Hei")
    older = again(draft, do="auto") | {"text": "Hei fra Alice"}
    as_person(cast.bob).post(at(draft), again(draft) | {"text": "Hei fra Bob"})
    answer = alice.post(at(draft), older, **HTMX)
    assert answer.status_code == 409
    assert answer.headers["HX-Retarget"] == "#rival"
    assert "Hei fra Bob" in answer.content.decode()


def test_a_page_is_not_its_own_rival(alice: Any, drafted: Callable[..., Draft]) -> None:
    """The button is pressed while the page saves by itself: both carry the same version."""
    draft = drafted("Hei")
    same = again(draft)
    assert alice.post(at(draft), same | {"text": "Hei 1", "do": "auto"}, **HTMX).status_code == 200
    assert alice.post(at(draft), same | {"text": "Hei 2"}).status_code == 302
    draft.refresh_from_db()
    assert draft.text == "Hei 2"


def test_saving_what_stands_changes_nothing(drafted: Callable[..., Draft], cast: Cast) -> None:
    draft = drafted("Hei")
    write.save(
        draft, write.Words(title=draft.title, text="Hei"), by=cast.bob, version=draft.version, page="x"
    )
    draft.refresh_from_db()
    assert draft.version == 2
    assert draft.saved_by == cast.alice


def test_the_log_has_one_line_a_page_not_one_a_saving(alice: Any) -> None:
    first = posted(text="Hei")
    for number in range(5):
        alice.post(NEW, first | {"text": f"Hei {number}", "do": "auto"}, **HTMX)
    assert list(Event.objects.values_list("action", flat=True)) == ["draft.create", "draft.change"]


def test_a_draft_of_another_workspace_is_not_written_on(
    alice: Any, cast: Cast, outside: Outside, drafted: Callable[..., Draft]
) -> None:
    draft = drafted("Hei")
    Draft.objects.update(workspace=cast.utland)
    assert alice.get(at(draft)).status_code == 404
    answer = alice.post(NEW, posted(uuid=str(draft.uuid), text="Mitt nå"))
    assert answer.status_code == 422
    draft.refresh_from_db()
    assert draft.text == "Hei"


# ---------- counted by the server ----------


def test_length_is_counted_as_each_network_counts(alice: Any, bluesky: Channel, mastodon: Channel) -> None:
    text = "👩‍👩‍👧‍👧 https://example.org/" + "a" * 100
    said = posted(text=text, channels=[bluesky.pk, mastodon.pk])
    answer = alice.post("/w/fjord/publishing/length/", said, **HTMX).content.decode()
    assert "122 of 300" in answer  # one grapheme, a space, 120 characters of link
    assert "25 of 500" in answer  # one grapheme, a space, 23 for any link
    assert not Draft.objects.exists()


def test_a_length_over_the_limit_is_said_in_words(alice: Any, bluesky: Channel) -> None:
    for length, words in ((300, "300 of 300"), (301, "1 character too long"), (302, "2 characters too long")):
        said = posted(text="a" * length, channels=[bluesky.pk])
        assert words in alice.post("/w/fjord/publishing/length/", said, **HTMX).content.decode()


def test_preview_shows_the_text_and_never_runs_it(alice: Any, bluesky: Channel) -> None:
    said = posted(text="<script>alert(1)</script>", channels=[bluesky.pk])
    answer = alice.post("/w/fjord/publishing/length/", said, **HTMX).content.decode()
    assert "&lt;script&gt;" in answer
    assert "<script>" not in answer


# ---------- copies, and throwing away ----------


def test_a_copy_has_the_same_words(
    drafted: Callable[..., Draft], cast: Cast, bluesky: Channel, mastodon: Channel
) -> None:
    draft = drafted("Hei", bluesky, mastodon, title="Tittel")
    copy = write.copy(draft, by=cast.bob)
    assert copy.pk != draft.pk
    assert copy.content_sha256() == draft.content_sha256()
    assert copy.state == Draft.State.WRITING
    assert copy.author == cast.bob


def test_a_draft_is_thrown_away(drafted: Callable[..., Draft], cast: Cast, bluesky: Channel) -> None:
    write.delete(drafted("Hei", bluesky), by=cast.alice)
    assert not Draft.objects.exists()
    assert Event.objects.filter(action="draft.delete").exists()


def test_what_is_out_is_neither_changed_nor_thrown_away(
    clock: Any, going: Callable[..., Any], cast: Cast, bluesky: Channel
) -> None:
    from samspill.publishing.deliver import deliver_due

    draft = going("Hei", bluesky).version.draft
    deliver_due()
    draft.refresh_from_db()
    with pytest.raises(ValidationError):
        write.delete(draft, by=cast.olga)
    with pytest.raises(ValidationError):
        write.save(draft, write.Words(text="Ha"), by=cast.bob, version=draft.version, page="x")
    draft.refresh_from_db()
    assert draft.text == "Hei"
    assert draft.versions.get().text == "Hei"


def test_whoever_asks_is_offered_others_only(cast: Cast, as_person: Callable[..., Any]) -> None:
    text = as_person(cast.bob).get(NEW).content.decode()
    assert f'<option value="{cast.olga.pk}">' in text
    assert f'<option value="{cast.bob.pk}">' not in text


def test_who_is_alone_is_not_told_to_ask_somebody_else(cast: Cast, as_person: Callable[..., Any]) -> None:
    Member.objects.filter(workspace=cast.fjord).exclude(user=cast.olga).delete()
    assert "Ask for approval" not in as_person(cast.olga).get(NEW).content.decode()


def test_who_is_asked_is_told_so_on_the_draft(
    drafted: Callable[..., Draft], cast: Cast, as_person: Callable[..., Any], bluesky: Channel
) -> None:
    draft = drafted("Hei", bluesky)
    approve.ask(draft, by=cast.alice, approver=cast.bob)
    assert "asks you to approve this" in as_person(cast.bob).get(at(draft)).content.decode()
    assert "asks you to approve this" not in as_person(cast.olga).get(at(draft)).content.decode()


def test_the_day_is_written_as_the_language_writes_it(cast: Cast, as_person: Callable[..., Any]) -> None:
    cast.bob.language = "nb"
    cast.bob.save()
    answer = as_person(cast.bob).get("/w/fjord/publishing/when/", {"when": "2026-12-05T12:00"})
    assert "lørdag 5. desember 2026" in answer.content.decode()
