"""Rows as CSV that a spreadsheet shows and never runs."""

from __future__ import annotations

import csv
import io
import itertools
from collections.abc import Iterable, Iterator, Sequence

# A cell that begins so is a formula to a spreadsheet, also in full width (OWASP, CSV injection).
DANGEROUS = tuple("=+-@\t\r\n\0＝＋－＠")
BOM = "\ufeff"  # without it Excel reads æøå as something else


def safe_cell(value: object) -> str:
    """The value as text, with an apostrophe before what a spreadsheet would run. Numbers stay numbers."""
    text = "" if value is None else str(value).replace("\0", "")
    if isinstance(value, int | float):
        return text
    return f"'{text}" if text.lstrip(" \u00a0").startswith(DANGEROUS) else text


def csv_lines(head: Sequence[object], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """The file, line by line, for a streaming answer."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    yield BOM
    for row in itertools.chain([head], rows):
        writer.writerow([safe_cell(cell) for cell in row])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
