"""A presentation becomes passages: titles as headings, bullets as items, notes, and the slide as the page."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pptx
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.oxml import parse_xml
from pptx.util import Inches

from samspill.strategy.read.limited import read
from samspill.strategy.read.said import Piece
from samspill.strategy.tests.documents import repacked, slides


def said(pieces: list[Piece]) -> list[tuple[int | None, str, str, bool]]:
    return [(piece.page, piece.heading, piece.text, piece.is_item) for piece in pieces]


def deck() -> pptx.presentation.Presentation:
    """A title slide, one with bullets and notes, one with boxes, a group and a table."""
    made = pptx.Presentation()
    first = made.slides.add_slide(made.slide_layouts[0])
    first.shapes.title.text, first.placeholders[1].text = "Vår strategi", "Vedtatt av styret"
    second = made.slides.add_slide(made.slide_layouts[1])
    second.shapes.title.text = "Mål"
    second.placeholders[1].text = "Svare alle\nDele det vi vet"
    second.notes_slide.notes_text_frame.text = "Si at dette er nytt.\nOg at det gjelder alle."
    third = made.slides.add_slide(made.slide_layouts[5])
    third.shapes.title.text = "Kanaler\vog hvorfor"
    box = third.shapes.add_textbox(0, 0, Inches(2), Inches(1))
    box.text_frame.text = "Vi er der folk er."
    group = third.shapes.add_group_shape()
    group.shapes.add_textbox(0, 0, Inches(1), Inches(1)).text_frame.text = "I en gruppe"
    table = third.shapes.add_table(1, 2, 0, 0, Inches(4), Inches(1)).table
    table.cell(0, 0).text, table.cell(0, 1).text = "Facebook", "Kunder"
    return made


def test_titles_head_bullets_are_items_and_notes_are_read():
    reading = read(repacked(deck()), "strategi.pptx")
    assert (reading.kind, reading.title, reading.pages) == ("pptx", "Vår strategi", 3)
    assert said(reading.pieces) == [
        (1, "Vår strategi", "Vedtatt av styret", False),
        (2, "Mål", "Svare alle", True),
        (2, "Mål", "Dele det vi vet", True),
        (2, "Mål", "Si at dette er nytt.", False),
        (2, "Mål", "Og at det gjelder alle.", False),
        (3, "Kanaler og hvorfor", "Vi er der folk er.", False),
        (3, "Kanaler og hvorfor", "I en gruppe", False),
        (3, "Kanaler og hvorfor", "Facebook · Kunder", True),
    ]


def test_a_slide_without_a_title_stands_under_the_one_before():
    reading = read(slides(("Mål", ["Svare alle"]), ("", ["Også om natta"])))
    assert said(reading.pieces)[-1] == (2, "Mål", "Også om natta", True)


def test_a_title_with_nothing_below_it_is_still_said():
    reading = read(slides(("Strategi", []), ("Takk for oss", []), ("Spørsmål?", [])))
    assert {"Takk for oss", "Spørsmål?"} <= {piece.text for piece in reading.pieces}


def test_emoji_and_right_to_left_text_come_through():
    reading = read(slides(("Hei 👩‍🚒", ["مرحبا بكم", "Blåbær & <b>fet</b>"])))
    assert [piece.text for piece in reading.pieces] == ["مرحبا بكم", "Blåbær & <b>fet</b>"]
    assert reading.title == "Hei 👩‍🚒"


def test_numbers_and_dates_at_the_edges_are_left_out():
    made = pptx.Presentation()
    slide = made.slides.add_slide(made.slide_layouts[1])
    slide.shapes.title.text, slide.placeholders[1].text = "Mål", "Svare alle"
    for index in (10, 11, 12):  # the layout's date, footer and number
        placeholders: Any = made.slide_layouts[1].placeholders
        layout = next(one for one in placeholders if one.placeholder_format.idx == index)
        slide.shapes._spTree.append(deepcopy(layout._element))
    for shape in slide.placeholders:
        if shape.placeholder_format.idx >= 10:
            shape.text_frame.text = "Fjordkraftlaget 2026"
    assert [piece.text for piece in read(repacked(made)).pieces] == ["Svare alle"]


def test_the_words_of_a_drawing_are_read():
    """SmartArt keeps its words in a part of its own."""
    made = pptx.Presentation()
    slide = made.slides.add_slide(made.slide_layouts[5])
    slide.shapes.title.text = "Stigen"
    data = (
        '<dgm:dataModel xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram"'
        ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><dgm:ptLst>'
        "<dgm:pt><dgm:t><a:p><a:r><a:t>Ser oss</a:t></a:r></a:p></dgm:t></dgm:pt>"
        "<dgm:pt><dgm:t><a:p><a:r><a:t>Følger oss</a:t></a:r></a:p></dgm:t></dgm:pt>"
        "</dgm:ptLst></dgm:dataModel>"
    )
    kind = "application/vnd.openxmlformats-officedocument.drawingml.diagramData+xml"
    part = Part(PackURI("/ppt/diagrams/data1.xml"), kind, slide.part.package, data.encode())
    name = slide.part.relate_to(
        part, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/diagramData"
    )
    frame = parse_xml(
        '<p:graphicFrame xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
        ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
        ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
        '<p:nvGraphicFramePr><p:cNvPr id="9" name="d"/><p:cNvGraphicFramePr/><p:nvPr/></p:nvGraphicFramePr>'
        '<p:xfrm><a:off x="0" y="0"/><a:ext cx="9" cy="9"/></p:xfrm><a:graphic>'
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/diagram">'
        '<dgm:relIds xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram"'
        f' r:dm="{name}" r:lo="x" r:qs="x" r:cs="x"/></a:graphicData></a:graphic></p:graphicFrame>'
    )
    slide.shapes._spTree.append(frame)
    assert [piece.text for piece in read(repacked(made)).pieces] == ["Ser oss", "Følger oss"]
