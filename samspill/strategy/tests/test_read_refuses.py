"""Documents that are broken, locked, empty, disguised or dangerous get a sentence, and no more."""

from __future__ import annotations

import io
import random
import sys
import time
import zipfile
from pathlib import Path

import pytest
from PIL import Image

from samspill.strategy.read.kind import (
    MOST_ENTRIES,
    MOST_ENTRY,
    MOST_RATIO,
    MOST_UNPACKED,
    check_package,
    kind_of,
)
from samspill.strategy.read.limited import SENTENCES, UnreadableDocument, read, run
from samspill.strategy.read.passages import MOST_CHARACTERS, MOST_PIECES, assemble
from samspill.strategy.read.said import Block, Trouble, Unreadable
from samspill.strategy.tests.documents import (
    WORD_TYPES,
    locked_pdf,
    odt,
    package,
    pdf,
    plan_docx,
    scanned_pdf,
    slide_xml,
    slides,
    word,
)

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 512
MACROS = WORD_TYPES.replace("wordprocessingml.document", "wordprocessingml.document.macroEnabled").replace(
    "vnd.openxmlformats-officedocument.wordprocessingml.document.macro", "vnd.ms-word.document.macro"
)
SHEETS = WORD_TYPES.replace("wordprocessingml.document", "spreadsheetml.sheet")
SLIDE_MACROS = "application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml"


def picture() -> bytes:
    kept = io.BytesIO()
    Image.new("RGB", (8, 8)).save(kept, "PNG")
    return kept.getvalue()


def trouble_of(content: bytes, name: str = "plan.docx") -> Trouble:
    with pytest.raises(UnreadableDocument) as refused:
        read(content, name)
    assert refused.value.messages == [str(SENTENCES[refused.value.trouble])]
    return refused.value.trouble


@pytest.mark.parametrize(
    ("trouble", "content"),
    [
        (Trouble.EMPTY, b""),
        (Trouble.EMPTY, b"\n \r\n"),
        (Trouble.EMPTY, "\ufeff".encode()),
        (Trouble.EMPTY, word("<w:p/>")),
        (Trouble.EMPTY, odt("<text:p/>")),
        (Trouble.BROKEN, plan_docx()[:2000]),
        (Trouble.BROKEN, b"PK\x03\x04" + bytes(range(256)) * 20),
        (Trouble.BROKEN, word("<w:p>")),
        (Trouble.BROKEN, odt("<text:p>")),
        (Trouble.BROKEN, b"%PDF-1.7\n" + bytes(range(256)) * 20),
        (Trouble.BROKEN, word("<w:p/>", **{"../../outside.xml": "x"})),
        (Trouble.ENCRYPTED, locked_pdf()),
        (Trouble.ENCRYPTED, OLE + "EncryptedPackage".encode("utf-16-le")),
        (Trouble.ENCRYPTED, odt("<text:p>x</text:p>", manifest="<encryption-data/>")),
        (Trouble.NO_TEXT, scanned_pdf()),
        (Trouble.MACROS, package({"[Content_Types].xml": MACROS, "word/document.xml": "<w/>"})),
        (Trouble.MACROS, word("<w:p/>", **{"word/vbaProject.bin": "x"})),
        (Trouble.OLD_WORD, OLE),
        (Trouble.RICH_TEXT, rb"{\rtf1 Hei}"),
        (Trouble.WEB_PAGE, b"<!DOCTYPE html><p>Hei</p>"),
        (Trouble.WEB_PAGE, b"<!-- saved --> <HTML><body>Hei"),
        (Trouble.NOT_A_DOCUMENT, picture()),
        (Trouble.NOT_A_DOCUMENT, b"\x7fELF\x02\x01\x01\x00" + b"\x00" * 64),
        (Trouble.NOT_A_DOCUMENT, package({"[Content_Types].xml": SHEETS})),
        (Trouble.EMPTY, slides()),
        (Trouble.BROKEN, slides(("Mål", ["Vi svarer"]))[:9000]),
        (Trouble.BROKEN, slides(("Mål", []), without="ppt/presentation.xml")),
        (Trouble.BROKEN, slides(("Mål", []), without="ppt/slides/slide1.xml")),
        (Trouble.BROKEN, slides(("Mål", []), **{"ppt/slides/slide1.xml": "<p:sld>"})),
        (Trouble.MACROS, slides(("Mål", []), **{"ppt/vbaProject.bin": "x"})),
        (Trouble.MACROS, package({"[Content_Types].xml": SLIDE_MACROS, "ppt/presentation.xml": "<p/>"})),
        (Trouble.OLD_WORD, OLE + "PowerPoint Document".encode("utf-16-le")),
        (Trouble.NOT_A_DOCUMENT, package({"a.txt": "Hei"})),
    ],
)
def test_each_bad_document_gets_its_own_sentence(trouble, content):
    assert trouble_of(content) is trouble


def test_the_name_is_not_believed():
    assert read(plan_docx(), "bilde.png").kind == "docx"
    assert trouble_of(picture(), "plan.docx") is Trouble.NOT_A_DOCUMENT


# Bombs


def entry(size: int, packed: int | None = None, name: str = "x") -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.file_size, info.compress_size = size, size if packed is None else packed
    return info


@pytest.mark.parametrize(
    "entries",
    [
        [entry(1)] * MOST_ENTRIES,
        [entry(MOST_ENTRY)] * (MOST_UNPACKED // MOST_ENTRY),
        [entry(MOST_ENTRY, MOST_ENTRY // MOST_RATIO + 1)],
        [entry(2**20, 1)],
    ],
)
def test_a_package_at_its_limits_is_let_in(entries):
    check_package(entries)


@pytest.mark.parametrize(
    "entries",
    [
        [entry(1)] * (MOST_ENTRIES + 1),
        [*[entry(MOST_ENTRY)] * (MOST_UNPACKED // MOST_ENTRY), entry(1)],
        [entry(MOST_ENTRY + 1)],
        [entry(2**20 + MOST_RATIO, 2**20 // MOST_RATIO)],
    ],
)
def test_a_package_over_its_limits_is_refused(entries):
    with pytest.raises(Unreadable) as refused:
        check_package(entries)
    assert refused.value.trouble is Trouble.BOMB


def test_a_hundred_megabytes_of_empty_paragraphs_are_refused_at_once():
    started = time.monotonic()
    assert trouble_of(word("<w:p/>" * 17_000_000)) is Trouble.BOMB
    assert time.monotonic() - started < 5


def test_a_bomb_that_hides_its_ratio_meets_the_memory_limit():
    noise = random.Random(1).randbytes(300_000).hex()
    content = word(f"<!--{noise}-->" + "<w:p/>" * 8_000_000)
    assert kind_of(content) == "docx"
    assert trouble_of(content) is Trouble.TOO_HEAVY


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa">'
        + "".join(f'<!ENTITY a{n} "{f"&a{n - 1 if n > 1 else str()};" * 10}">' for n in range(1, 10))
        + "]>",
        '<!DOCTYPE w [<!ENTITY a9 SYSTEM "file:///etc/passwd">]>',
    ],
)
def test_entities_are_neither_blown_up_nor_fetched(doctype):
    body = "<w:p><w:r><w:t>Hei &a9;</w:t></w:r></w:p>"
    try:
        said = [piece.text for piece in read(word(body, before=doctype)).pieces]
    except UnreadableDocument:
        return
    assert said == ["Hei"]


def test_a_presentation_meets_the_same_walls():
    """Entities, a bomb in its slide, and more slides than a document has pages."""
    doctype = '<!DOCTYPE p [<!ENTITY a9 SYSTEM "file:///etc/passwd">]>'
    shape = "<p:sp><p:txBody><a:bodyPr/><a:p><a:r><a:t>Hei &a9;</a:t></a:r></a:p></p:txBody></p:sp>"
    try:
        said = [piece.text for piece in read(slides(("", []), **slide_xml(shape, before=doctype))).pieces]
    except UnreadableDocument:
        said = ["Hei"]
    assert said == ["Hei"]
    assert trouble_of(slides(("", []), **slide_xml("<p:sp/>" * 17_000_000))) is Trouble.BOMB
    assert trouble_of(slides(("", []), **slide_xml("<p:grpSp>" * 9_000 + "</p:grpSp>" * 9_000))) in (
        Trouble.BROKEN,
        Trouble.TOO_HEAVY,
    )


def test_xml_nested_without_end_is_refused():
    deep = "<w:sdt>" * 10_000 + "</w:sdt>" * 10_000
    assert trouble_of(word(deep)) in (Trouble.BROKEN, Trouble.TOO_HEAVY)
    deep = "<text:section>" * 10_000 + "</text:section>" * 10_000
    assert trouble_of(odt(deep)) in (Trouble.BROKEN, Trouble.TOO_HEAVY, Trouble.EMPTY)


def test_a_pdf_whose_pages_go_in_a_circle_ends():
    looped = pdf([[(72, 700, 11, "Hei")]]).replace(b"/Kids [5 0 R]", b"/Kids [2 0 R]")
    assert trouble_of(looped) in (Trouble.BROKEN, Trouble.NO_TEXT)


@pytest.mark.parametrize(
    ("blocks", "fits"),
    [
        ([Block("Hei")] * MOST_PIECES, True),
        ([Block("Hei")] * (MOST_PIECES + 1), False),
        ([Block("x" * 2000)] * (MOST_CHARACTERS // 2000), True),
        ([*[Block("x" * 2000)] * (MOST_CHARACTERS // 2000), Block("x")], False),
    ],
)
def test_a_document_has_a_longest_length(blocks, fits):
    if fits:
        assert assemble(blocks)
        return
    with pytest.raises(Unreadable) as refused:
        assemble(blocks)
    assert refused.value.trouble is Trouble.TOO_LONG


# The process


def in_the_child(words: str) -> tuple[bytes, int]:
    root = str(Path(__file__).parents[3])
    before = (
        f"import sys; sys.path.insert(0, {root!r}); from samspill.strategy.read.child import limit; limit(); "
    )
    return run([sys.executable, "-I", "-B", "-c", before + words], b"")


def test_the_child_may_use_some_memory_but_not_much():
    assert in_the_child("print(len(bytearray(2**29)))") == (b"536870912\n", 0)
    assert in_the_child("bytearray(2**30)")[1] == 1


def test_the_child_writes_no_file(tmp_path):
    path = tmp_path / "x"
    assert in_the_child(f"open({str(path)!r}, 'w').write('x' * 100000)")[1] != 0
    assert not path.exists() or path.read_text() == ""


def test_the_child_sees_no_secrets(monkeypatch):
    monkeypatch.setenv("SAMSPILL_SECRET_KEY", "hemmelig")
    said, status = in_the_child("import os; print({k for k in os.environ if k.startswith('SAMSPILL')})")
    assert (said, status) == (b"set()\n", 0)


def test_the_child_is_ended_when_it_takes_too_long():
    started = time.monotonic()
    assert run([sys.executable, "-c", "import time; time.sleep(30)"], b"", wall=0.3) == (b"", -9)
    assert time.monotonic() - started < 5


@pytest.mark.parametrize(("said", "status"), [(1000, 0), (1001, -9)])
def test_the_child_is_ended_when_it_says_too_much(said, status):
    endless = (
        f"import sys, time; sys.stdout.write('x' * {said}); sys.stdout.flush(); time.sleep({said > 1000} * 9)"
    )
    assert run([sys.executable, "-c", endless], b"", most=1000)[1] == status
