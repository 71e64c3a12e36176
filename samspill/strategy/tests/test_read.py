"""Governing documents become passages under their headings, whatever they are written in."""

from __future__ import annotations

import pytest

from samspill.strategy.read.limited import read
from samspill.strategy.read.passages import LONGEST_PIECE, assemble, tidy, title_of, without_title
from samspill.strategy.read.said import Block, Piece
from samspill.strategy.tests.documents import NOTE, Line, odt, pdf, plan_docx, running, word

SENTENCE = "Laget skal være en synlig og etterrettelig rådgiver for medlemmene og for allmennheten."


def texts(pieces: list[Piece], heading: str) -> list[str]:
    return [piece.text for piece in pieces if piece.heading == heading]


@pytest.mark.skipif(not NOTE.exists(), reason="the note lies beside the project; it is not here")
def test_every_question_and_sub_goal_of_the_note_is_a_passage():
    reading = read(NOTE.read_bytes(), NOTE.name)
    questions = texts(reading.pieces, "Hva bør en god strategi inneholde rent overordnet?")
    sub_goals = texts(reading.pieces, "Fornuftige delmål å oppnå er:")
    assert reading.title == "Er det behov for en strategi i sosiale medier?"
    assert questions[1:7] == [
        "Hva skal bedriften oppnå?",
        "Hvem skal bedriften nå?",
        "Hvordan få målgruppen med?",
        "Hvilken personlighet skal vår bedrift fremvise på nettet?",
        "Hvilke sosiale medier er hensiktsmessig for bedriften å ha tilstedeværelse?",
        "En plan for en vellykket start for deltakelse i sosiale medier med mål om oppnå den første kritiske"
        " massen av følgere",
    ]
    assert sub_goals == [
        "Styrke bedriftens posisjon innen sitt fagfelt",
        "Bygge kunderelasjoner",
        "Bygge relasjoner til media",
        "Kommunisere og samarbeide internt i bedriften",
        "Bygge en kunnskapsbase",
        "Teste ideer og produkter",
        "Komme høyere oppe i søkemotorer",
        "Håndtere kriser gjennom åpen dialog",
    ]
    after = texts(reading.pieces, "Samspillet mellom strategier og øvrige styringsdokumenter")
    assert [text[:14] for text in after] == ["Som nevnt over", "Men det bør sa"]
    assert texts(reading.pieces, "1 kommentar:")[0].endswith("kommentarer besvares daglig.")


def test_wrapped_text_is_joined_and_its_headings_seen():
    said = """1. Innledning

Laget skal være en synlig og etterrettelig råd-
giver for medlemmene, i kunde- og medierela-
sjoner, og for allmennheten.

2. Mål
2.1 Synlighet
Vi er der folk er, og vi svarer den som spør oss
om strøm.

1. Vi svarer alle.
2. Vi deler det vi vet, også når det ikke lønner
   seg på kort sikt.
"""
    pieces = read(said.encode(), "plan.txt").pieces
    assert [(piece.chapter, piece.heading, piece.is_item, piece.text) for piece in pieces] == [
        ("", "1. Innledning", False,
         "Laget skal være en synlig og etterrettelig rådgiver for medlemmene, i kunde- og medierelasjoner,"
         " og for allmennheten."),
        ("2. Mål", "2.1 Synlighet", False, "Vi er der folk er, og vi svarer den som spør oss om strøm."),
        ("2. Mål", "2.1 Synlighet", True, "Vi svarer alle."),
        ("2. Mål", "2.1 Synlighet", True, "Vi deler det vi vet, også når det ikke lønner seg på kort sikt."),
    ]  # fmt: skip


def test_a_line_that_introduces_a_list_heads_the_list_and_no_more():
    said = "Mål\n\nVi vil noe.\n\nVi skal:\n\n- svare alle\n- lytte\n\nDette gjelder alle.\n"
    assert [(piece.heading, piece.text) for piece in read(said.encode(), "plan.txt").pieces] == [
        ("Mål", "Vi vil noe."),
        ("Vi skal:", "svare alle"),
        ("Vi skal:", "lytte"),
        ("Mål", "Dette gjelder alle."),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_old_and_new_encodings_read_the_same(encoding):
    said = "Synlighet\n\n• Vi skal være å stole på – også når det blåser."
    assert read(said.encode(encoding), "plan.txt").pieces == [
        Piece("Vi skal være å stole på – også når det blåser.", "Synlighet", is_item=True)
    ]


def test_markdown_loses_its_marks_and_keeps_its_words():
    said = (
        "---\nauthor: x\n---\n# Plan\n\n"
        "Første **avsnitt** med [lenke](https://x.example)\nover to linjer.\n\n"
        "## Mål\n\nVi skal:\n\n- svare *alle*\n- dele `alt`\n\n"
        "| Hva | 2026 |\n|---|---|\n| Følgere | 1200 |\n"
    )
    reading = read(said.encode(), "plan.md")
    assert (reading.kind, reading.title) == ("md", "Plan")
    assert [(piece.chapter, piece.heading, piece.text) for piece in reading.pieces] == [
        ("", "Plan", "Første avsnitt med lenke over to linjer."),
        ("Mål", "Vi skal:", "svare alle"),
        ("Mål", "Vi skal:", "dele alt"),
        ("Mål", "Vi skal:", "Hva · 2026"),
        ("Mål", "Vi skal:", "Følgere · 1200"),
    ]


def test_word_headings_lists_and_tables():
    reading = read(plan_docx(), "whatever.txt")
    assert (reading.kind, reading.title) == ("docx", "Strategisk plan 2026–2029")
    assert [(piece.heading, piece.is_item, piece.text) for piece in reading.pieces] == [
        ("Synlighet", False, "Laget skal være en synlig og etterrettelig rådgiver for medlemmene."),
        ("Vi skal:", True, "svare alle innen ett døgn"),
        ("Vi skal:", True, "dele det vi vet"),
        ("Vi skal:", True, "Følgere · 1 200"),
    ]


def test_word_reads_with_all_changes_accepted():
    body = (
        "<w:p><w:r><w:t>Vi svarer </w:t></w:r><w:del><w:r><w:delText>noen</w:delText></w:r></w:del>"
        "<w:moveFrom><w:r><w:t>flyttet</w:t></w:r></w:moveFrom><w:del><w:r><w:t>nei</w:t></w:r></w:del>"
        "<w:ins><w:r><w:t>alle</w:t></w:r></w:ins></w:p>"
        "<w:sdt><w:sdtContent><w:p><w:r><w:t>I en boks</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    )
    assert [piece.text for piece in read(word(body)).pieces] == ["Vi svarer alle", "I en boks"]


def test_a_short_bold_line_in_word_is_a_heading():
    bold = "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>Synlighet</w:t></w:r></w:p>"
    text = "<w:p><w:r><w:t>Vi er der folk er.</w:t></w:r></w:p>"
    assert read(word(bold + text)).pieces == [Piece("Vi er der folk er.", "Synlighet")]


def test_opendocument_leaves_out_deletions_and_notes():
    body = (
        "<text:tracked-changes><text:p>slettet</text:p></text:tracked-changes>"
        '<text:h text:outline-level="1">Synlighet</text:h>'
        "<text:p>Vi<text:s text:c='2'/>svarer <text:span>alle</text:span>"
        "<text:note><text:p>fotnote</text:p></text:note>.</text:p>"
        "<text:list><text:list-item><text:p>innen ett døgn</text:p></text:list-item></text:list>"
        "<table:table><table:table-row><table:table-cell><text:p>Følgere</text:p></table:table-cell>"
        "<table:table-cell><text:p>1200</text:p></table:table-cell></table:table-row></table:table>"
    )
    reading = read(odt(body))
    assert (reading.kind, reading.title) == ("odt", "Synlighet")
    assert [(piece.text, piece.is_item) for piece in reading.pieces] == [
        ("Vi svarer alle.", False),
        ("innen ett døgn", True),
        ("Følgere · 1200", True),
    ]


def test_pdf_has_pages_joined_lines_and_no_running_headers():
    promise = (
        "• Vi svarer alle som spør oss, også når det er vanskelig, innen ett døgn, og takker for det de {}."
    )
    pages = []
    for number, word_ in enumerate(["forteller", "spør om", "lærer oss", "deler"], start=1):
        pages.append([
            (72, 800, 9, "Fjordkraftlaget – Strategisk plan"),
            (72, 740, 16, f"{number} Kapittel {number}"),
            *running(SENTENCE * 2, 700),
            (72, 600, 11, "*Uthevet mellomtittel"),
            *running(promise.format(word_), 570),
            (280, 30, 9, f"Side {number} av 4"),
        ])  # fmt: skip
    reading = read(pdf(pages, compress=True))
    assert (reading.kind, reading.pages, len(reading.pieces)) == ("pdf", 4, 8)
    first, second, third = reading.pieces[:3]
    assert (first.heading, first.page, first.paragraph) == ("1 Kapittel 1", 1, 1)
    assert first.text == SENTENCE * 2
    assert (second.heading, second.page, second.paragraph) == ("Uthevet mellomtittel", 1, 2)
    assert second.is_item
    assert second.text == promise.format("forteller")[2:]
    assert (third.heading, third.page, third.paragraph) == ("2 Kapittel 2", 2, 1)


def test_a_paragraph_goes_on_over_the_page_and_stays_on_the_first():
    pages: list[list[Line]] = [[(72, 80, 11, "Vi skal være til stede")], [(72, 780, 11, "der folk er.")]]
    assert read(pdf(pages)).pieces == [Piece("Vi skal være til stede der folk er.", page=1)]


def test_a_line_that_ends_early_in_a_pdf_ends_the_paragraph():
    said = running("Dette er et langt avsnitt som fyller linjen helt ut til kanten og litt til. " * 2, 700)
    short = (72, said[-1][1] - 13.75, 11, "Kort linje.")
    last = (72, short[1] - 13.75, 11, "Neste avsnitt begynner.")
    assert [piece.text[:11] for piece in read(pdf([[*said, short, last]])).pieces][-1] == "Neste avsni"


def test_a_heading_without_text_is_not_lost():
    blocks = [Block("Mål", 1), Block("Synlighet", 2), Block("Åpenhet", 2), Block("Vi svarer.")]
    assert [(piece.text, piece.heading) for piece in assemble(blocks)] == [
        ("Synlighet", "Mål"),
        ("Vi svarer.", "Åpenhet"),
    ]


@pytest.mark.parametrize(("length", "parts"), [(LONGEST_PIECE, 1), (LONGEST_PIECE + 1, 2)])
def test_a_long_paragraph_is_divided_between_sentences(length, parts):
    text = ("Vi svarer alle som spør. " * 200)[: length - 1] + "."
    pieces = assemble([Block(text)])
    assert len(pieces) == parts
    assert " ".join(piece.text for piece in pieces) == text
    assert all(piece.text[0] == "V" for piece in pieces)


def test_text_is_tidied_of_what_cannot_be_seen():
    assert tidy("a\u0307 bla\u030aba\u00adr\u202eevil\x00\n  to") == "ȧ blåbarevil to"


@pytest.mark.parametrize(
    ("blocks", "title", "chapters"),
    [
        ([Block("Plan", 1), Block("Mål", 2), Block("Vi svarer.")], "Plan", [""]),
        ([Block("Plan", 1), Block("A", 2), Block("B", 3), Block("Vi svarer.")], "Plan", ["A"]),
        ([Block("Vedtatt."), Block("Plan", 1), Block("Mål", 2), Block("Vi svarer.")], "Plan", ["", ""]),
        ([Block("1 Mål", 2), Block("x.", 0), Block("2 Folk", 2), Block("y.", 0)], "", ["", ""]),
        ([Block("Plan", 2), Block("x.", 0), Block("Mål", 2), Block("y.", 0)], "Plan", ["", ""]),
        ([Block("Bare tekst.")], "", [""]),
    ],
)
def test_the_title_is_what_stands_over_all_and_is_not_repeated(blocks, title, chapters):
    pieces = assemble(blocks)
    assert title_of(blocks, pieces) == title
    assert [piece.chapter for piece in without_title(pieces, title)] == chapters


def test_an_indented_list_without_bullets_in_a_pdf_is_a_list():
    lines: list[Line] = [
        (72, 700, 11, "Vi skal:"),
        (90, 686, 11, "svare alle"),
        (90, 672, 11, "dele det vi vet, også når det ikke lønner seg"),
        (72, 640, 11, "Slik er det."),
    ]
    assert [(piece.heading, piece.text) for piece in read(pdf([lines])).pieces] == [
        ("Vi skal:", "svare alle"),
        ("Vi skal:", "dele det vi vet, også når det ikke lønner seg"),
        ("", "Slik er det."),
    ]
