"""What a file is, by its content. The name is not believed."""

from __future__ import annotations

import io
import re
import zipfile

from samspill.strategy.read.said import Trouble, Unreadable

MOST_ENTRIES = 5_000
MOST_UNPACKED = 200 * 2**20
MOST_ENTRY = 50 * 2**20
MOST_RATIO = 200  # how many times larger than packed, for entries above a megabyte

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
_ODT = b"application/vnd.oasis.opendocument.text"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WEB_PAGE = re.compile(
    rb"\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<(!doctype html|html|head|body)\b", re.I | re.S
)
# NUL and the other control characters, save tab, line ends, form feed and escape.
_NOT_TEXT = re.compile(r"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")
_MARKDOWN = re.compile(r"^(#{1,6} \S|[^\n]{1,120}\n(={3,}|-{3,})[ \t]*$)", re.M)


def kind_of(content: bytes, suffix: str = "") -> str:
    """docx, pptx, pdf, odt, md or txt. `suffix` only tells plain text from markdown, where both read well."""
    if not content.strip(b"\x00 \t\r\n\f"):
        raise Unreadable(Trouble.EMPTY)
    if b"%PDF-" in content[:1024]:
        return "pdf"
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _kind_of_zip(content)
    if content.startswith(_OLE):
        locked = "EncryptedPackage".encode("utf-16-le") in content
        raise Unreadable(Trouble.ENCRYPTED if locked else Trouble.OLD_WORD)
    if content.startswith(b"{\\rtf"):
        raise Unreadable(Trouble.RICH_TEXT)
    if _WEB_PAGE.match(content[:4096]):
        raise Unreadable(Trouble.WEB_PAGE)
    text = decoded(content)
    return "md" if suffix in (".md", ".markdown") or _MARKDOWN.search(text) else "txt"


def decoded(content: bytes) -> str:
    """Text in UTF-8, UTF-16 with its mark, or Windows-1252, which old Norwegian text files are written in."""
    marked = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ["utf-16"] if marked else ["utf-8-sig", "cp1252"]:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _NOT_TEXT.search(text):
            break
        return text
    raise Unreadable(Trouble.NOT_A_DOCUMENT)


def _kind_of_zip(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            check_package(package.infolist())
            return _kind_of_package(package)
    except (zipfile.BadZipFile, KeyError, NotImplementedError) as error:
        raise Unreadable(Trouble.BROKEN) from error


def check_package(entries: list[zipfile.ZipInfo]) -> None:
    """Refuse by the table of contents alone, before anything is unpacked."""
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise Unreadable(Trouble.BOMB)
    for entry in entries:
        swollen = entry.file_size > 2**20 and entry.file_size > MOST_RATIO * max(entry.compress_size, 1)
        if entry.file_size > MOST_ENTRY or swollen:
            raise Unreadable(Trouble.BOMB)
        if ".." in entry.filename.replace("\\", "/").split("/") or entry.filename.startswith(("/", "\\")):
            raise Unreadable(Trouble.BROKEN)
        if entry.flag_bits & 1:
            raise Unreadable(Trouble.ENCRYPTED)


def _kind_of_package(package: zipfile.ZipFile) -> str:
    names = set(package.namelist())
    if "mimetype" in names and package.read("mimetype").strip() in (_ODT, _ODT + b"-template"):
        if b"encryption-data" in package.read("META-INF/manifest.xml"):
            raise Unreadable(Trouble.ENCRYPTED)
        return "odt"
    if "[Content_Types].xml" not in names:
        raise Unreadable(Trouble.NOT_A_DOCUMENT)
    types = package.read("[Content_Types].xml").decode("utf-8", "replace")
    if "macroEnabled" in types or any(name.casefold().endswith("vbaproject.bin") for name in names):
        raise Unreadable(Trouble.MACROS)
    if _WORD in types:
        return "docx"
    if _SLIDES in types:
        return "pptx"
    raise Unreadable(Trouble.NOT_A_DOCUMENT)
