"""A document is read, kept, and laid over its version before; goals go on pointing where they pointed."""

from __future__ import annotations

import errno

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import FileSystemStorage, default_storage

from samspill.strategy.models import DocumentVersion, Goal, GoverningDocument, Passage
from samspill.strategy.take_in import new_document, new_version, open_upload, plain_name
from samspill.strategy.tests.documents import plan_docx
from samspill.strategy.trace import changes

FIRST = """# Plan

## Mål

- Vi skal svare alle innen to døgn.
- Vi skal dele det vi vet.
- Vi skal være til stede der folk er.
"""
SECOND = """# Plan

Vedtatt av årsmøtet.

## Mål

- Vi skal være til stede der folk er.
- Vi skal svare alle innen ett døgn.
- Vi skal lytte.
"""


def kept(text: str, name: str = "plan.md"):
    return open_upload(text.encode(), name)


@pytest.fixture
def plan(cast) -> GoverningDocument:
    return new_document(cast.fjord, cast.bob, kept(FIRST), adopted="av årsmøtet")


def test_a_document_is_kept_with_its_passages(cast, plan):
    version = plan.newest()
    assert (plan.title, plan.adopted, version.number, version.kind) == ("Plan", "av årsmøtet", 1, "md")
    assert (version.file_name, version.uploaded_by) == ("plan.md", cast.bob)
    with version.file.open() as file:
        assert file.read().decode() == FIRST
    said = [(row.position, row.heading, row.text) for row in plan.passages.all()]
    assert said == [
        (1, "Mål", "Vi skal svare alle innen to døgn."),
        (2, "Mål", "Vi skal dele det vi vet."),
        (3, "Mål", "Vi skal være til stede der folk er."),
    ]


def test_the_file_gets_a_name_of_our_own_with_the_ending_of_its_content(cast):
    document = new_document(cast.fjord, cast.bob, open_upload(plan_docx(), "../../etc/passwd.exe"))
    version = document.newest()
    assert version.file_name == "passwd.exe"
    assert version.file.name.startswith("documents/")
    assert version.file.name.endswith(".docx")
    assert "passwd" not in version.file.name


def test_a_new_version_keeps_what_it_still_says(cast, plan):
    goals = {
        passage.text: Goal.objects.create(strategy=cast.strategy, statement="Mål", passage=passage)
        for passage in plan.passages.all()
    }
    before = dict(plan.passages.values_list("text", "pk"))
    version = new_version(plan, cast.bob, kept(SECOND))
    found = changes(list(Passage.objects.filter(document=plan)), version.pk)
    assert version.number == 2
    assert [row.text for row in found.new] == ["Vedtatt av årsmøtet.", "Vi skal lytte."]
    assert [(row.previous_text, row.text) for row in found.changed] == [
        ("Vi skal svare alle innen to døgn.", "Vi skal svare alle innen ett døgn.")
    ]
    assert [row.text for row in found.gone] == ["Vi skal dele det vi vet."]
    after = dict(plan.passages.filter(gone_in=None).values_list("text", "pk"))
    assert after["Vi skal være til stede der folk er."] == before["Vi skal være til stede der folk er."]
    assert after["Vi skal svare alle innen ett døgn."] == before["Vi skal svare alle innen to døgn."]
    touched = set(Goal.objects.touched())
    assert touched == {goals["Vi skal svare alle innen to døgn."], goals["Vi skal dele det vi vet."]}
    assert {goal for goal in Goal.objects.with_thread() if goal.is_touched} == touched


def test_what_comes_back_is_the_passage_it_was(cast, plan):
    gone = plan.passages.get(text="Vi skal dele det vi vet.")
    new_version(plan, cast.bob, kept(SECOND))
    version = new_version(plan, cast.bob, kept(FIRST + "\n- Og dette.\n"))
    back = plan.passages.get(text="Vi skal dele det vi vet.")
    assert (back.pk, back.gone_in) == (gone.pk, None)
    assert back in changes(list(plan.passages.all()), version.pk).new


def test_the_order_is_that_of_the_newest_version(cast, plan):
    new_version(plan, cast.bob, kept(SECOND))
    standing = plan.passages.filter(gone_in=None).order_by("position")
    assert [row.text for row in standing] == [
        "Vedtatt av årsmøtet.",
        "Vi skal være til stede der folk er.",
        "Vi skal svare alle innen ett døgn.",
        "Vi skal lytte.",
    ]


def test_the_same_file_changes_nothing(cast, plan):
    with pytest.raises(ValidationError, match="same file as version 1"):
        new_version(plan, cast.bob, kept(FIRST))
    with pytest.raises(ValidationError, match="already here: “Plan”"):
        new_document(cast.fjord, cast.bob, kept(FIRST))
    assert DocumentVersion.objects.count() == 1
    assert len(default_storage.listdir("documents")[1]) == 1, "a refused file leaves nothing behind"


def test_another_workspace_may_hold_the_same_file(cast, plan):
    assert new_document(cast.utland, cast.charlie, kept(FIRST)).workspace == cast.utland


def test_a_full_disk_is_said(cast, monkeypatch):
    def full(*args: object) -> str:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(FileSystemStorage, "_save", full)
    with pytest.raises(ValidationError, match="disk is full"):
        new_document(cast.fjord, cast.bob, kept(FIRST))
    assert not GoverningDocument.objects.exists()


def test_search_finds_norwegian_capitals(cast):
    document = new_document(cast.fjord, cast.bob, kept("# ÅPENHET\n\nØkonomi og ærlighet."))
    rows = Passage.objects.in_workspace(cast.fjord).standing()
    assert list(rows.saying("økonomi åpen")) == list(document.passages.all())
    assert not rows.saying("økonomi makt").exists()


@pytest.mark.parametrize(
    ("given", "kept_name"),
    [
        ("C:\\Users\\meg\\plan.docx", "plan.docx"),
        ("\u202eplan\x00.docx", "plan.docx"),
        ("", "document"),
        ("a" * 195 + ".docx", "a" * 195 + ".docx"),
        ("a" * 196 + ".docx", "a" * 180 + ".docx"),
    ],
)
def test_file_names_are_plain(given, kept_name):
    assert plain_name(given) == kept_name
