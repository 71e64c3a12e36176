"""Read an existing strategy in pieces: its headings, paragraphs and list items, in their order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db import transaction

from samspill.accounts.models import User
from samspill.strategy.models import Import, Piece, Strategy
from samspill.strategy.read.said import Reading
from samspill.strategy.take_in import Upload

SEPARATOR = " › "  # between the headings of a chapter, as read/passages.py writes them
LONGEST_CHAPTER = 300


def bring_in(strategy: Strategy, user: User | None, upload: Upload) -> Import:
    """Keep the pieces of the document; the file itself is not kept."""
    with transaction.atomic():
        taken = Import.objects.create(
            strategy=strategy, file_name=upload.name, kind=upload.reading.kind, by=user
        )
        rows = list(pieces_of(upload.reading))
        for position, row in enumerate(rows, start=1):
            row.taken, row.position = taken, position
        Piece.objects.bulk_create(rows, batch_size=500)
    return taken


def pieces_of(reading: Reading) -> Iterator[Piece]:
    """Each text with a piece before it for every heading it is the first below."""
    above: list[str] = []
    if reading.title and reading.pieces and _path(reading.pieces[0])[:1] != [reading.title]:
        yield Piece(text=reading.title, is_heading=True, page=reading.pieces[0].page)
    for said in reading.pieces:
        path = _path(said)
        same = _in_common(above, path)
        for depth in range(same, len(path)):
            yield Piece(text=path[depth], chapter=_joined(path[:depth]), is_heading=True, page=said.page)
        above = path
        yield Piece(text=said.text, chapter=_joined(path), page=said.page, is_item=said.is_item)


def _path(said: object) -> list[str]:
    """The headings a passage stands below, the highest first."""
    chapter, heading = getattr(said, "chapter", ""), getattr(said, "heading", "")
    return [*(chapter.split(SEPARATOR) if chapter else []), *([heading] if heading else [])]


def _in_common(before: Sequence[str], path: Sequence[str]) -> int:
    same = 0
    for one, other in zip(before, path, strict=False):
        if one != other:
            break
        same += 1
    return same


def _joined(path: Sequence[str]) -> str:
    chapter = SEPARATOR.join(path)
    return chapter if len(chapter) <= LONGEST_CHAPTER else "…" + chapter[1 - LONGEST_CHAPTER :]
