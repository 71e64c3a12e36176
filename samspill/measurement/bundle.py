"""The drawing library for the browser, taken from the installed package: nothing comes from a CDN."""

from __future__ import annotations

import gzip
import os
import subprocess
import sys
import tempfile
from functools import cache
from importlib.metadata import version

from django.conf import settings

MAKE = "import sys, vl_convert; sys.stdout.write(vl_convert.javascript_bundle())"


def bundle_version() -> str:
    """Names the content: the same version always gives the same bundle."""
    return version("vl-convert-python")


@cache
def bundle() -> bytes:
    """Vega, Vega-Lite and vega-embed with its interpreter, gzipped; made once and kept in the data folder."""
    path = settings.DATA_DIR / "made" / f"vega-{bundle_version()}.js.gz"
    if not path.exists():
        path.parent.mkdir(mode=0o700, exist_ok=True)
        packed = gzip.compress(_made(), mtime=0)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
            file.write(packed)
        os.replace(file.name, path)
    return bytes(path.read_bytes())


def _made() -> bytes:
    """In a child process, whose 150 MB for a whole JavaScript engine go away with it."""
    command = [sys.executable, "-c", MAKE]
    return subprocess.run(command, capture_output=True, check=True, timeout=120).stdout  # noqa: S603 - our own words
