"""Charts as pictures for paper: the same definition as on the page, with print's colours, drawn elsewhere.

The drawing engine takes 150 MB and most of a second; it lives in a child process and goes away with it.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import Any

INK = {
    "var(--fjord)": "#0f4c5c",
    "var(--fjord-wash)": "#e2eef0",
    "var(--thread)": "#b8402f",
    "var(--paper)": "#ffffff",
    "var(--line)": "#ddd7ca",
    "var(--ink-3)": "#5f6a6d",
}
LONGEST = 60.0  # seconds
DRAW = """
import json, sys, vl_convert
for spec in json.load(sys.stdin):
    locale = spec.get("usermeta", {}).get("embedOptions", {})
    svg = vl_convert.vegalite_to_svg(
        spec, format_locale=locale.get("formatLocale"), time_format_locale=locale.get("timeFormatLocale")
    )
    print(json.dumps(svg))
"""


def drawn(specs: Sequence[Mapping[str, Any]], face: str, width: int = 540, height: int = 140) -> list[str]:
    """Each chart as SVG, in a typeface; "" where the drawing failed, since a figure has words."""
    if not specs:
        return []
    given = json.dumps([_on_paper(spec, face, width, height) for spec in specs])
    command = [sys.executable, "-c", DRAW]
    try:
        said = subprocess.run(  # noqa: S603 - our own words
            command, input=given.encode(), capture_output=True, check=True, timeout=LONGEST
        ).stdout
    except (subprocess.SubprocessError, OSError):
        return [""] * len(specs)
    return [json.loads(line) for line in said.splitlines()]


def _on_paper(spec: Mapping[str, Any], face: str, width: int, height: int) -> dict[str, Any]:
    made = deepcopy(dict(spec)) | {"width": width, "height": height}
    made.setdefault("config", {})["font"] = face
    return dict(_resolved(made))


def _resolved(value: Any) -> Any:
    """Without variables: paper knows no light and dark."""
    if isinstance(value, dict):
        return {key: _resolved(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_resolved(each) for each in value]
    return INK.get(value, value) if isinstance(value, str) else value
