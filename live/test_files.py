"""The strategy's files of the demonstration, opened by LibreOffice as somebody else would open them.

Set SAMSPILL_PICTURES to a folder to keep the PDF files that come of it.
"""

from __future__ import annotations

import io
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Page
from pptx import Presentation

from live.product import Product, chromium, running_product, sign_in

PICTURES = os.environ.get("SAMSPILL_PICTURES")
FILES = {"strategy.pptx": "deck", "board.pptx": "board", "strategy.docx": "document"}
SLACK = 1.0  # points


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Product, Page]]:
    data = tmp_path_factory.mktemp("demo") / "data"
    with running_product(data, command="demo") as product, chromium() as browser:
        page = browser.new_page()
        sign_in(page, product, "ingrid")
        yield product, page


@pytest.mark.parametrize("language", ["nb", "en"])
@pytest.mark.parametrize("name", FILES)
def test_libreoffice_opens_it_with_every_word_on_its_page(
    desk: tuple[Product, Page], tmp_path: Path, name: str, language: str
) -> None:
    product, page = desk
    answer = page.request.get(f"{product.address}/w/fjordkraftlaget/face/{name}?language={language}")
    assert answer.ok, answer.status
    file = tmp_path / name
    file.write_bytes(answer.body())
    pdf = _opened(file, tmp_path)
    if PICTURES:
        shutil.copy(pdf, Path(PICTURES) / f"{FILES[name]}-{language}.pdf")
    document = pypdfium2.PdfDocument(pdf)
    if name.endswith(".pptx"):
        slides = Presentation(io.BytesIO(answer.body())).slides
        assert len(document) == len(slides)
        for sheet, slide in zip(document, slides, strict=True):
            _holds(sheet, slide)
    assert [fault for number, sheet in enumerate(document, 1) for fault in _outside(sheet, number)] == []
    if name == "board.pptx":
        assert len(document) == 10


def _opened(file: Path, folder: Path) -> Path:
    """What LibreOffice makes of it; a fault in the file is said on the way, or nothing comes."""
    said = subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation=file://{folder}/profile",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(folder),
            str(file),
        ],
        capture_output=True,
        text=True,
        timeout=180,
        check=True,
    )
    pdf = file.with_suffix(".pdf")
    assert pdf.exists(), said.stderr or said.stdout
    return pdf


def _holds(sheet: pypdfium2.PdfPage, slide: object) -> None:
    """The slide's sentence stands on its page, whole."""
    shown = "".join(sheet.get_textpage().get_text_range().split())
    title = "".join(slide.shapes.title.text_frame.text.split())  # type: ignore[attr-defined]
    assert title in shown, f"{title} is not on the page: {shown}"


def _outside(sheet: pypdfium2.PdfPage, number: int) -> Iterator[str]:
    """Words that run off the page."""
    text = sheet.get_textpage()
    wide, high = sheet.get_size()
    for at in range(text.count_rects()):
        left, bottom, right, top = text.get_rect(at)
        if left < -SLACK or bottom < -SLACK or right > wide + SLACK or top > high + SLACK:
            yield f"page {number}: “{text.get_text_bounded(left, bottom, right, top)}”"
