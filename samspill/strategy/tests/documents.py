"""Documents made by hand for the tests: small, and exactly as broken as they should be."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path

import docx
import pptx
from django.conf import settings
from PIL import Image

# A real note, which lies beside the project and not in it.
NOTE: Path = settings.BASE_DIR.parent / "shared" / "inputs" / "notat-sosiale-medier-2016.txt"

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
WORD_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/></Types>'
)
WORD_RELATIONS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Target="word/document.xml" Type="http://schemas.openxmlformats.org/officeDocument/'
    '2006/relationships/officeDocument"/></Relationships>'
)


def package(files: Mapping[str, str | bytes]) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return kept.getvalue()


def word(body: str, *, before: str = "", **more: str) -> bytes:
    """A Word document with nothing but a body, in XML."""
    document = f'<?xml version="1.0"?>{before}<w:document {W}><w:body>{body}</w:body></w:document>'
    files = {"[Content_Types].xml": WORD_TYPES, "_rels/.rels": WORD_RELATIONS, "word/document.xml": document}
    return package(files | more)


def heavy_word(size: int) -> bytes:
    """A small Word document made heavy by a picture, to the byte."""
    text = word("<w:p><w:r><w:t>Vi svarer.</w:t></w:r></w:p>")

    def with_picture(length: int) -> bytes:
        kept = io.BytesIO(text)
        with zipfile.ZipFile(kept, "a", zipfile.ZIP_STORED) as archive:
            archive.writestr("word/media/x.png", bytes(length))
        return kept.getvalue()

    return with_picture(size - len(with_picture(0)))


def plan_docx() -> bytes:
    """A plan as people write them in Word."""
    document = docx.Document()
    document.add_heading("Strategisk plan 2026–2029", 0)
    document.add_heading("Synlighet", 1)
    document.add_paragraph("Laget skal være en synlig og etterrettelig rådgiver for medlemmene.")
    document.add_heading("Åpenhet", 2)
    document.add_paragraph("Vi skal:")
    document.add_paragraph("svare alle innen ett døgn", style="List Bullet")
    document.add_paragraph("dele det vi vet", style="List Bullet")
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Følgere", "1 200"
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


Line = tuple[float, float, float, str]  # from the left, from the bottom, size, text


def pdf(pages: list[list[Line]], *, extra: str = "", compress: bool = False) -> bytes:
    """A PDF with one font (Helvetica; a text beginning with * is bold). `extra` goes into the trailer."""
    count = len(pages)
    kids = " ".join(f"{5 + 2 * at} 0 R" for at in range(count))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {count} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>",
    ]
    for at, lines in enumerate(pages):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {6 + 2 * at} 0 R"
            " /Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> >>".encode()
        )
        drawn = b"".join(_drawn(*line) for line in lines)
        packed = zlib.compress(drawn) if compress else drawn
        how = b" /Filter /FlateDecode" if compress else b""
        objects.append(b"<< /Length %d%s >>\nstream\n%s\nendstream" % (len(packed), how, packed))
    return _written(objects, extra)


def _drawn(left: float, bottom: float, size: float, text: str) -> bytes:
    font, text = ("F2", text[1:]) if text.startswith("*") else ("F1", text)
    escaped = text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
    return b"BT /%s %g Tf %g %g Td (%s) Tj ET\n" % (font.encode(), size, left, bottom, escaped)


def _written(objects: list[bytes], extra: str) -> bytes:
    said = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(said))
        said += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    trailer = b"<< /Size %d /Root 1 0 R %s >>" % (size, extra.encode())
    head = b"xref\n0 %d\n0000000000 65535 f \n" % size
    return said + head + table + b"trailer\n%s\nstartxref\n%d\n%%%%EOF\n" % (trailer, len(said))


def running(text: str, top: float, *, left: float = 72, size: float = 11, width: int = 80) -> list[Line]:
    """The text as wrapped lines from `top` downwards."""
    lines, line = [], ""
    for word_ in text.split():
        if len(line) + 1 + len(word_) > width:
            lines.append(line)
            line = word_
        else:
            line = f"{line} {word_}".strip()
    return [(left, top - at * size * 1.25, size, said) for at, said in enumerate([*lines, line])]


def locked_pdf() -> bytes:
    """A PDF that no empty password opens."""
    owner, user = "<" + "41" * 32 + ">", "<" + "42" * 32 + ">"
    locked = f"/Encrypt << /Filter /Standard /V 1 /R 2 /O {owner} /U {user} /P -4 >> /ID [<00><00>]"
    return pdf([[(72, 700, 11, "Hemmelig")]], extra=locked)


def scanned_pdf() -> bytes:
    kept = io.BytesIO()
    Image.new("L", (200, 280), 240).save(kept, "PDF")
    return kept.getvalue()


def odt(body: str, *, manifest: str = "<manifest/>") -> bytes:
    names = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'<?xml version="1.0"?><office:document-content xmlns:office="{names}:office:1.0"'
        f' xmlns:text="{names}:text:1.0" xmlns:table="{names}:table:1.0">'
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    mimetype = "application/vnd.oasis.opendocument.text"
    return package({"mimetype": mimetype, "META-INF/manifest.xml": manifest, "content.xml": content})


def slides(*said: tuple[str, list[str]], without: str = "", **more: str) -> bytes:
    """A presentation: a title and its bullets for each slide. `more` stands instead of parts it has."""
    presentation = pptx.Presentation()
    for title, bullets in said:
        slide = presentation.slides.add_slide(presentation.slide_layouts[1])
        slide.shapes.title.text = title
        slide.placeholders[1].text = "\n".join(bullets)
    return repacked(presentation, without=without, **more)


def repacked(presentation: pptx.presentation.Presentation, *, without: str = "", **more: str) -> bytes:
    kept = io.BytesIO()
    presentation.save(kept)
    with zipfile.ZipFile(kept) as archive:
        files: dict[str, str | bytes] = {
            name: archive.read(name) for name in archive.namelist() if name != without
        }
    return package(files | more)


def slide_xml(shapes: str, *, before: str = "") -> dict[str, str]:
    """The first slide as it is written, for `slides`."""
    names = (
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
        ' xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
    )
    sheet = f"<p:cSld><p:spTree><p:nvGrpSpPr/><p:grpSpPr/>{shapes}</p:spTree></p:cSld>"
    return {"ppt/slides/slide1.xml": f'<?xml version="1.0"?>{before}<p:sld {names}>{sheet}</p:sld>'}
