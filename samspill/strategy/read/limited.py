"""Read a document in a process of its own, that has little memory, little time, no files and no secrets."""

from __future__ import annotations

import json
import logging
import signal
import subprocess
import sys
import tempfile
import threading
from pathlib import Path, PurePath
from typing import IO, cast

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from samspill.strategy.read.said import Piece, Reading, Trouble

log = logging.getLogger(__name__)

LARGEST = 25 * 2**20  # bytes of an uploaded document
LARGEST_ANSWER = 40 * 2**20  # bytes of JSON
WALL = 60.0  # seconds

_ROOT = Path(__file__).resolve().parents[3]
# -I leaves out the working directory and the environment, -B writes no compiled files.
_CHILD = (
    "import runpy, sys; sys.path.insert(0, sys.argv.pop(1));"
    " runpy.run_module('samspill.strategy.read.child', None, '__main__')"
)

SENTENCES = {
    Trouble.EMPTY: _("This document is empty. Choose the file again, or check that there is text in it."),
    Trouble.BROKEN: _(
        "This document cannot be read; the file seems to be damaged. Open it, save it anew, and upload that."
    ),
    Trouble.ENCRYPTED: _(
        "This document is locked with a password. Save a copy without the password, and upload that."
    ),
    Trouble.NO_TEXT: _(
        "This PDF holds only pictures of pages, no text. Run text recognition (OCR) on it,"
        " or upload the document it was made from."
    ),
    Trouble.MACROS: _(
        "This document carries macros, and those are not let in. Save it without them, as .docx or .pptx,"
        " and upload that."
    ),
    Trouble.OLD_WORD: _(
        "This is an old Word or PowerPoint file (.doc, .ppt). Save it as .docx, .pptx or PDF, and upload"
        " that."
    ),
    Trouble.RICH_TEXT: _("This is a rich text file (.rtf). Save it as .docx or PDF, and upload that."),
    Trouble.WEB_PAGE: _("This is a web page. Print it to PDF, and upload that."),
    Trouble.NOT_A_DOCUMENT: _(
        "This is not a document that can be read here, whatever its name says."
        " Upload a Word document (.docx), a PDF, a presentation (.pptx), an OpenDocument text, markdown or"
        " plain text."
    ),
    Trouble.BOMB: _(
        "This document unpacks to far more than a document does, so it was not opened."
        " Save it anew without large pictures, and upload that."
    ),
    Trouble.TOO_LONG: _(
        "This document has more than 10,000 paragraphs or 2,000 pages."
        " Upload the parts that the strategy builds on."
    ),
    Trouble.TOO_HEAVY: _(
        "This document takes more memory to read than it may."
        " Save it anew without large pictures or tables, or upload it in parts."
    ),
    Trouble.TOO_SLOW: _("This document took too long to read. Save it anew as PDF, or upload it in parts."),
}


class UnreadableDocument(ValidationError):
    """`trouble` says which; the message is a sentence for the one who uploaded."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(SENTENCES[trouble], code=trouble.value)
        self.trouble = trouble


def read(content: bytes, name: str = "") -> Reading:
    """The passages of the document. The name's ending only tells markdown from plain text."""
    suffix = PurePath(name).suffix.casefold()
    hint = suffix if suffix in (".md", ".markdown") else ""
    said, status = run([sys.executable, "-I", "-B", "-c", _CHILD, str(_ROOT), hint], content)
    if status != 0:
        raise UnreadableDocument(_trouble(status))
    answer = json.loads(said)
    if "trouble" in answer:
        raise UnreadableDocument(Trouble(answer["trouble"]))
    pieces = [Piece(**piece) for piece in answer["pieces"]]
    return Reading(answer["kind"], answer["title"], pieces, answer["pages"])


def run(
    command: list[str], given: bytes, *, wall: float = WALL, most: int = LARGEST_ANSWER
) -> tuple[bytes, int]:
    """What the command said on the bytes, and its exit status: 0, or minus the signal that ended it.

    It is ended after `wall` seconds and when it says more than `most` bytes; its environment is empty.
    """
    with tempfile.TemporaryFile() as file:
        file.write(given)
        file.seek(0)
        child = subprocess.Popen(  # noqa: S603 -- our own interpreter, our own words
            command,
            stdin=file,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={},
            start_new_session=True,
        )
        with child:
            alarm = threading.Timer(wall, child.kill)
            alarm.start()
            said = cast("IO[bytes]", child.stdout).read(most + 1)
            if len(said) > most:
                child.kill()
            complaint = cast("IO[bytes]", child.stderr).read(64 * 2**10)
            status = child.wait()
            alarm.cancel()
    if status:
        log.info("A limited process failed (%s): %s", status, complaint[-500:].decode(errors="replace"))
    return said, status


def _trouble(status: int) -> Trouble:
    if status in (-signal.SIGXCPU, -signal.SIGKILL):
        return Trouble.TOO_SLOW
    if status in (-signal.SIGABRT, -signal.SIGTRAP, -signal.SIGSEGV):
        return Trouble.TOO_HEAVY
    return Trouble.BROKEN
