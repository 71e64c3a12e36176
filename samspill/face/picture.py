"""A chart as a picture, for what cannot draw one itself: the page's own definition on light paper."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from importlib import import_module
from typing import Any

# The page's variables in their light values, as static/app.css has them; a test holds the two together.
LIGHT = {
    "paper": "#f7f5f0",
    "sheet": "#fffdf9",
    "sunk": "#ece8df",
    "ink": "#1b2326",
    "ink-2": "#4c575b",
    "ink-3": "#5f6a6d",
    "line": "#ddd7ca",
    "line-2": "#bfb6a3",
    "fjord": "#0f4c5c",
    "fjord-wash": "#e2eef0",
    "thread": "#b8402f",
    "good": "#24613d",
    "warn": "#7a4f00",
    "bad": "#9c1c1c",
}
SCALE = 2  # pixels for a point
LETTERS = 14  # points: read from the back of a room


def png(spec: Mapping[str, Any], wide: float, high: float, paper: str = LIGHT["paper"]) -> bytes:
    """The chart in a picture of exactly this size in points, twice as fine."""
    drawn = on_paper(spec, {**LIGHT, "paper": paper})
    drawn |= {"width": wide, "height": high, "autosize": {"type": "fit", "contains": "padding"}}
    config = drawn.setdefault("config", {})
    config["background"] = paper  # where it is clear, some programs draw a grey rim
    config["axis"] = {**config.get("axis", {}), "labelFontSize": LETTERS}
    config["text"] = {**config.get("text", {}), "fontSize": LETTERS}
    locale = drawn.pop("usermeta", {}).get("embedOptions", {})
    # Its engine takes a second to start: paid by whoever draws the first picture.
    made: bytes = import_module("vl_convert").vegalite_to_png(
        drawn,
        scale=SCALE,
        format_locale=locale.get("formatLocale"),
        time_format_locale=locale.get("timeFormatLocale"),
        allowed_base_urls=[],
    )
    return made


def on_paper(spec: Mapping[str, Any], colours: Mapping[str, str]) -> dict[str, Any]:
    """The same with colours instead of the page's variables."""
    found: dict[str, Any] = _painted(
        copy.deepcopy(dict(spec)), {f"var(--{k})": v for k, v in colours.items()}
    )
    return found


def _painted(value: Any, colours: Mapping[str, str]) -> Any:
    if isinstance(value, dict):
        return {key: _painted(each, colours) for key, each in value.items()}
    if isinstance(value, list):
        return [_painted(each, colours) for each in value]
    return colours.get(value, value) if isinstance(value, str) else value
