"""The limited process: bytes on standard input, JSON on standard output. It may compute, and nothing else."""

from __future__ import annotations

import json
import os
import resource
import sys
from dataclasses import asdict
from typing import Any

MEMORY = 2**30  # bytes of address space
PROCESSOR = 20  # seconds
LONGEST_TITLE = 200


def limit() -> None:
    """Let this process write no file, start no process, leave no core, and use only so much."""
    os.umask(0o077)
    os.chdir("/")
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR, PROCESSOR + 5))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))


def answer(content: bytes, suffix: str) -> dict[str, Any]:
    """What limited.py reads: the document's kind, title, pages and pieces; or the trouble with it."""
    # The readers come in after the limits, so that what they load counts as well.
    from samspill.strategy.read import kind, passages
    from samspill.strategy.read.said import Trouble, Unreadable

    try:
        name = kind.kind_of(content, suffix)
        blocks, pages = _blocks(name, content)
        pieces = passages.assemble(blocks)
    except Unreadable as error:
        return {"trouble": error.trouble}
    except (MemoryError, RecursionError):
        return {"trouble": Trouble.TOO_HEAVY}
    title = passages.title_of(blocks, pieces)
    said = [asdict(piece) for piece in passages.without_title(pieces, title)]
    return {"kind": name, "title": title[:LONGEST_TITLE], "pages": pages, "pieces": said}


def _blocks(name: str, content: bytes) -> tuple[list[Any], int | None]:
    from samspill.strategy.read.kind import decoded

    if name == "pdf":
        from samspill.strategy.read import pdf

        return pdf.blocks(content)
    if name == "pptx":
        from samspill.strategy.read import pptx

        return pptx.blocks(content)
    if name == "docx":
        from samspill.strategy.read import docx

        return list(docx.blocks(content)), None
    if name == "odt":
        from samspill.strategy.read import odt

        return list(odt.blocks(content)), None
    if name == "md":
        from samspill.strategy.read import markdown

        return list(markdown.blocks(decoded(content))), None
    from samspill.strategy.read import text

    return list(text.blocks(decoded(content))), None


if __name__ == "__main__":
    limit()
    json.dump(answer(sys.stdin.buffer.read(), sys.argv[1]), sys.stdout)
