"""The document as YAML: long texts as blocks that a person can read and git can compare."""

from __future__ import annotations

from typing import Any

import yaml


class _Dumper(yaml.SafeDumper):
    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Items of a list stand in under its name."""
        super().increase_indent(flow, False)


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
    """A block where nothing of the text would get lost in one, escaped where signs do not show."""
    lines = value.split("\n")
    style = None
    if not all(line.isprintable() for line in lines):
        style = '"'
    elif len(lines) > 1 and lines[0] and all(line == line.strip() for line in lines):
        style = "|"
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


_Dumper.add_representer(str, _text)


def as_yaml(said: dict[str, Any]) -> str:
    return yaml.dump(said, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=100)
