"""Governing documents are uploaded, read, versioned and fetched."""

from __future__ import annotations

import io

import pytest

from samspill.accounts.models import Event
from samspill.lib import uploads
from samspill.strategy.models import Goal, GoverningDocument, Passage
from samspill.strategy.read.limited import LARGEST
from samspill.strategy.tests.conftest import PLAN, upload
from samspill.strategy.tests.documents import heavy_word, plan_docx


def test_the_empty_list_teaches(page, editor, viewer):
    assert page("upload") in editor.get(page("documents")).content.decode()
    shown = viewer.get(page("documents")).content.decode()
    assert "every paragraph becomes a passage" in shown
    assert page("upload") not in shown


def test_an_uploaded_document_shows_its_passages(page, editor, viewer, cast):
    answer = editor.post(page("upload"), {"file": upload(plan_docx(), "plan.docx"), "adopted": "av styret"})
    document = GoverningDocument.objects.get()
    assert answer.url == page("document", document.pk)
    shown = viewer.get(answer.url).content.decode()
    assert "Laget skal være en synlig og etterrettelig rådgiver for medlemmene." in shown
    assert "Adopted av styret." in shown
    assert "No goal serves any of them yet." in shown
    event = Event.objects.get()
    assert (event.action, event.subject) == ("governingdocument.upload", "Strategisk plan 2026–2029")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "This document is empty."),
        (b"%PDF-1.4 nothing", "the file seems to be damaged"),
        (b"\x89PNG\r\n\x1a\n\x00", "This is not a document that can be read here"),
    ],
)
def test_a_bad_document_gets_a_sentence_and_the_title_stays(page, editor, content, sentence):
    answer = editor.post(page("upload"), {"file": upload(content, "plan.docx"), "title": "Tittelen min"})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert "Tittelen min" in answer.content.decode()
    assert not GoverningDocument.objects.exists()


def test_no_document_is_asked_for(page, editor):
    assert "Choose the document first." in editor.post(page("upload")).content.decode()


@pytest.mark.parametrize(("over", "status"), [(0, 302), (1, 422)])
def test_a_document_is_at_most_25_megabytes(page, editor, over, status):
    content = heavy_word(LARGEST + over)
    assert len(content) == LARGEST + over
    answer = editor.post(page("upload"), {"file": upload(content, "plan.docx")})
    assert answer.status_code == status
    assert ("larger than 25 MB" in answer.content.decode()) is bool(over)


class _Endless(io.RawIOBase):
    """As many bytes as one cares to read, without holding them."""

    name = "plan.md"

    def __init__(self, size: int) -> None:
        self.left = size

    def read(self, size: int = -1) -> bytes:
        taken = self.left if size < 0 else min(size, self.left)
        self.left -= taken
        return b"a" * taken


def test_an_enormous_upload_is_let_go_while_it_comes_in(page, editor, settings, tmp_path):
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    answer = editor.post(page("upload"), {"file": _Endless(uploads.LARGEST + 2**20), "title": "Stor"})
    assert answer.status_code == 422
    assert "larger than 25 MB" in answer.content.decode()
    assert [path.name for path in tmp_path.iterdir() if path.name.endswith("upload")] == []


def test_a_new_version_shows_what_changed_and_which_goals_to_look_at(page, editor, viewer, cast, plan):
    passage = plan.passages.get(text="Vi skal svare alle.")
    goal = Goal.objects.create(strategy=cast.strategy, statement="Alle får svar", passage=passage)
    changed = PLAN.replace("Vi skal svare alle.", "Vi skal svare nesten alle.").replace(
        "lytte", "synge høyt for barna"
    )
    editor.post(page("version", plan.pk), {"file": upload(changed)})
    shown = " ".join(viewer.get(page("document", plan.pk)).content.decode().split())
    assert "What version 2 changed" in shown
    assert "<ins>nesten</ins>" in shown
    assert "1 new passage, 1 changed, 1 gone." in shown
    assert "Look at these goals again:" in shown
    assert page("goal", goal.pk) in shown
    gone = Passage.objects.get(text="Vi skal lytte.")
    assert (
        "Version 2 of the document no longer says this."
        in viewer.get(page("passage", gone.pk)).content.decode()
    )


def test_the_same_file_again_is_said(page, editor, plan):
    again = editor.post(page("version", plan.pk), {"file": upload(PLAN)})
    assert "This is the same file as version 1" in again.content.decode()
    twice = editor.post(page("upload"), {"file": upload(PLAN)})
    assert "This very file is already here: “Plan”." in twice.content.decode()


def test_passages_served_by_nobody_can_be_seen_alone(page, viewer, cast, plan):
    passage = plan.passages.get(text="Vi skal svare alle.")
    Goal.objects.create(strategy=cast.strategy, statement="Alle får svar", passage=passage)
    every = viewer.get(page("document", plan.pk)).content.decode()
    alone = viewer.get(page("document", plan.pk), {"show": "unserved"}).content.decode()
    assert ("Vi skal svare alle." in every, "Vi skal svare alle." in alone) == (True, False)
    assert "2 are served by nobody." in every


def test_a_passage_shows_who_serves_it_and_what_stands_around(page, viewer, editor, cast, plan):
    passage = plan.passages.get(text="Vi skal dele det vi vet.")
    Goal.objects.create(strategy=cast.strategy, statement="Dele alt", passage=passage)
    shown = viewer.get(page("passage", passage.pk)).content.decode()
    assert all(
        words in shown for words in ("Dele alt", "Vi skal svare alle.", "Vi skal lytte.", "Plan, paragraph 2")
    )
    link = f"{page('goal_add')}?passage={passage.pk}"
    assert (link in shown, link in editor.get(page("passage", passage.pk)).content.decode()) == (False, True)


def test_the_file_comes_back_as_it_was_to_be_saved_and_not_shown(page, viewer, plan):
    answer = viewer.get(page("file", plan.newest().pk))
    assert b"".join(answer.streaming_content) == PLAN.encode()
    assert answer["Content-Disposition"] == 'attachment; filename="plan.md"'
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    answer.close()


def test_the_title_is_changed_without_overwriting_another(page, editor, plan):
    said = {"title": "Strategisk plan", "adopted": "av styret", "version": "1"}
    assert editor.post(page("document_edit", plan.pk), said).status_code == 302
    assert editor.post(page("document_edit", plan.pk), said | {"title": "Noe annet"}).status_code == 409
    assert GoverningDocument.objects.get().title == "Strategisk plan"


def test_a_document_goes_out_of_force_and_back(page, editor, viewer, cast, plan):
    Goal.objects.create(strategy=cast.strategy, statement="Alle får svar", passage=plan.passages.first())
    assert "1 goal builds on it" in editor.get(page("document_remove", plan.pk)).content.decode()
    editor.post(page("document_remove", plan.pk))
    assert "No longer in force" in viewer.get(page("documents")).content.decode()
    assert not Passage.objects.standing().exists()
    editor.post(page("document_reopen", plan.pk))
    assert Passage.objects.standing().count() == 3


def test_documents_of_others_are_out_of_reach(as_person, cast, plan):
    charlie = as_person(cast.charlie)
    passage, version = plan.passages.first(), plan.newest()
    for path in (f"documents/{plan.pk}/", f"passages/{passage.pk}/", f"files/{version.pk}/"):
        assert charlie.get(f"/w/utland/strategy/{path}").status_code == 404
        assert charlie.get(f"/w/fjord/strategy/{path}").status_code == 404
    for path in ("version", "edit", "remove", "reopen"):
        assert charlie.post(f"/w/utland/strategy/documents/{plan.pk}/{path}/").status_code == 404


def test_contributors_read_and_do_not_upload(page, as_person, cast, plan):
    alice = as_person(cast.alice)
    assert alice.get(page("document", plan.pk)).status_code == 200
    for name in ("version", "document_edit", "document_remove", "document_reopen"):
        assert alice.post(page(name, plan.pk)).status_code == 403
    assert alice.post(page("upload"), {"file": upload(PLAN)}).status_code == 403


def test_a_document_says_when_it_applies(page, editor, viewer, plan):
    said = {"title": "Plan", "version": "1", "sort": "plan", "link": "example.org/plan"}
    said |= {"valid_from": "2019-01-01", "valid_to": "2020-12-31"}
    editor.post(page("document_edit", plan.pk), said)
    shown = viewer.get(page("document", plan.pk)).content.decode()
    for words in (
        "Plan of work.",
        "Applies from 1 January 2019 to 31 December 2020.",
        'href="https://example.org/plan"',
        "It applied until 31 December 2020.",
    ):
        assert words in shown
    assert "applied until" in viewer.get(page("documents")).content.decode()


def test_goals_on_a_document_that_applies_no_longer_ask_to_be_looked_at(cast, page, viewer, plan):
    passage = plan.passages.get(text="Vi skal svare alle.")
    Goal.objects.create(strategy=cast.strategy, statement="Alle får svar", passage=passage)
    assert "Look at these again" not in viewer.get(page("documents")).content.decode()
    plan.valid_to = "2020-12-31"
    plan.save()
    shown = viewer.get(page("documents")).content.decode()
    assert "Look at these again" in shown
    assert "“Plan” applied until 31 December 2020." in shown
