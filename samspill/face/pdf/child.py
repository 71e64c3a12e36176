"""The limited process: JSON on standard input, a PDF on standard output. It may compute, and nothing else."""

from __future__ import annotations

import os
import resource
import sys
from pathlib import Path
from typing import Any

MEMORY = 2 * 2**30  # bytes of address space
PROCESSOR = 60  # seconds
TEMPLATE = Path(__file__).with_name("strategy.typ")


def limit() -> None:
    """Let this process write no file, start no program, leave no core, and use only so much."""
    os.umask(0o077)
    os.chdir("/")
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR, PROCESSOR + 5))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def made(said: str, *, system_fonts: bool) -> bytes:
    """The document. The template is given as bytes, and the root is a folder that holds nothing."""
    import typst

    def compiled(standards: list[Any]) -> bytes:
        compiler = typst.Compiler(
            TEMPLATE.read_bytes(),
            root=sys.argv[2],
            sys_inputs={"data": said},
            ignore_system_fonts=not system_fonts,
        )
        return bytes(compiler.compile(format="pdf", pdf_standards=standards))  # type: ignore[arg-type]

    try:
        return compiled(["ua-1"])
    except typst.TypstError as error:
        # PDF/UA takes no letter that no font has; the same pages without the promise.
        sys.stderr.write(str(error))
        return compiled([])


if __name__ == "__main__":
    limit()
    sys.stdout.buffer.write(made(sys.stdin.buffer.read().decode(), system_fonts=sys.argv[1] == "system"))
