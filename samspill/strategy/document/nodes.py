"""JSON or YAML as a tree that knows the line of everything in it, so that a fault can be shown where it is.

Neither parser is let near what a document never holds: anchors and aliases (with them a few lines make
gigabytes), tags, several documents in a file, keys that are no text, and depths no strategy has.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from json.decoder import scanstring  # type: ignore[attr-defined]
from typing import Any

import yaml
from django.utils.translation import gettext as _

LARGEST = 5_000_000  # bytes
DEEPEST = 12
MOST_NODES = 400_000


class Unread(ValueError):
    """The text is no document at all: a sentence, and the line where it ends to be one."""

    def __init__(self, line: int, sentence: str) -> None:
        super().__init__(sentence)
        self.line = line


@dataclass(frozen=True)
class Node:
    """`value`: text, a number, true, false, None, {key: Node} or [Node]. `line` counts from 1."""

    value: Any
    line: int
    key_lines: dict[str, int] | None = None  # of a mapping
    twice: Sequence[tuple[str, int]] = ()  # keys of a mapping that stand again, and where

    def plain(self) -> Any:
        if isinstance(self.value, dict):
            return {key: node.plain() for key, node in self.value.items()}
        if isinstance(self.value, list):
            return [node.plain() for node in self.value]
        return self.value


def read(content: bytes) -> Node:
    """JSON where it begins as JSON does, else YAML. Raises Unread."""
    if len(content) > LARGEST:
        words = _("The file is larger than %(most)s MB, which no strategy is. Choose the right file.")
        raise Unread(1, words % {"most": LARGEST // 1_000_000})
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise Unread(line, _("The file is not UTF-8 text. Save it as UTF-8 and try again.")) from error
    if not text.strip():
        raise Unread(1, _("The file is empty."))
    return _Json(text).read() if text.lstrip()[0] in "{[" else _yaml(text)


# --- YAML


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """As YAML 1.2 has it where 1.1 surprises: dates and “no” are text."""


_Loader.yaml_implicit_resolvers = {
    sign: [(tag, rule) for tag, rule in rules if tag.rsplit(":")[-1] in ("int", "float", "null")]
    for sign, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(true|false)$"), list("tf"))


def _yaml(text: str) -> Node:
    try:
        _refuse_tricks(text)
        loader = _Loader(text)
        try:
            root = loader.get_single_node()
            if root is None:
                raise Unread(1, _("The file is empty."))
            return _from_yaml(loader, root, 0)
        finally:
            loader.dispose()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        line = mark.line + 1 if mark else 1
        said = getattr(error, "problem", None) or str(error)
        raise Unread(line, _("This is not YAML: %(problem)s.") % {"problem": said}) from error


def _refuse_tricks(text: str) -> None:
    """Look at the stream of events, which costs nothing for aliases, before anything is built of it."""
    depth = nodes = 0
    for event in yaml.parse(text, Loader=_Loader):
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise Unread(line, _("Anchors and aliases (& and *) are not read. Write the words out."))
        if getattr(event, "tag", None):
            raise Unread(line, _("Tags (!) are not read. Take the tag away."))
        nodes += isinstance(event, yaml.NodeEvent)
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        _measure(line, depth, nodes)


def _measure(line: int, depth: int, nodes: int) -> None:
    if depth > DEEPEST:
        raise Unread(line, _("This is nested deeper than any strategy is."))
    if nodes > MOST_NODES:
        raise Unread(line, _("The file holds more than a strategy can. Divide it."))


def _from_yaml(loader: Any, node: Any, depth: int) -> Node:
    line = node.start_mark.line + 1
    if isinstance(node, yaml.ScalarNode):
        return Node(_scalar(loader, node), line)
    if isinstance(node, yaml.SequenceNode):
        return Node([_from_yaml(loader, each, depth + 1) for each in node.value], line)
    pairs = [
        (str(key.value), key.start_mark.line + 1, _from_yaml(loader, value, depth + 1))
        for key, value in node.value
    ]
    return _mapping(pairs, line)


def _scalar(loader: Any, node: Any) -> Any:
    kind = node.tag.rsplit(":")[-1]
    if kind == "null":
        return None
    if kind == "bool":
        return node.value == "true"
    if kind in ("int", "float"):
        try:
            return loader.construct_object(node)
        except (ValueError, OverflowError):
            return node.value
    return node.value


def _mapping(pairs: Sequence[tuple[str, int, Node]], line: int) -> Node:
    values: dict[str, Node] = {}
    lines: dict[str, int] = {}
    twice = []
    for key, at, value in pairs:
        if key in values:
            twice.append((key, at))
        values[key], lines[key] = value, at
    return Node(values, line, lines, twice)


# --- JSON


class _Json:
    """A reader of JSON that counts lines, on the scanners of Python's own."""

    SPACE = re.compile(r"[ \t\r\n]*")
    NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,300})(\.\d{1,300})?([eE][-+]?\d{1,3})?")
    WORDS = (("true", True), ("false", False), ("null", None))

    def __init__(self, text: str) -> None:
        self.text, self.at, self.nodes = text, 0, 0
        self.line, self.counted = 1, 0

    def read(self) -> Node:
        node = self.node(0)
        self.space()
        if self.at < len(self.text):
            raise self.wrong()
        return node

    def here(self) -> int:
        self.line += self.text.count("\n", self.counted, self.at)
        self.counted = self.at
        return self.line

    def wrong(self) -> Unread:
        sign = self.text[self.at : self.at + 1] or _("the end of the file")
        return Unread(self.here(), _("This is not JSON: “%(sign)s” cannot stand here.") % {"sign": sign})

    def space(self) -> str:
        match = self.SPACE.match(self.text, self.at)
        self.at = match.end() if match else self.at
        return self.text[self.at : self.at + 1]

    def expect(self, sign: str) -> None:
        if self.space() != sign:
            raise self.wrong()
        self.at += 1

    def node(self, depth: int) -> Node:
        sign = self.space()
        line = self.here()
        self.nodes += 1
        _measure(line, depth + 1, self.nodes)
        if sign == "{":
            return self.mapping(line, depth)
        if sign == "[":
            return self.sequence(line, depth)
        if sign == '"':
            return Node(self.string(), line)
        for word, value in self.WORDS:
            if self.text.startswith(word, self.at):
                self.at += len(word)
                return Node(value, line)
        return Node(self.number(), line)

    def string(self) -> str:
        if self.space() != '"':
            raise self.wrong()
        try:
            found, self.at = scanstring(self.text, self.at + 1, True)
        except json.JSONDecodeError as error:
            self.at = min(error.pos, len(self.text))
            raise self.wrong() from error
        return str(found)

    def number(self) -> int | float:
        match = self.NUMBER.match(self.text, self.at)
        if match is None:
            raise self.wrong()
        self.at = match.end()
        return float(match[0]) if match[1] or match[2] else int(match[0])

    def mapping(self, line: int, depth: int) -> Node:
        self.expect("{")
        pairs: list[tuple[str, int, Node]] = []
        while self.space() != "}":
            if pairs:
                self.expect(",")
                self.space()
            at = self.here()
            key = self.string()
            self.expect(":")
            pairs.append((key, at, self.node(depth + 1)))
        self.expect("}")
        return _mapping(pairs, line)

    def sequence(self, line: int, depth: int) -> Node:
        self.expect("[")
        items: list[Node] = []
        while self.space() != "]":
            if items:
                self.expect(",")
            items.append(self.node(depth + 1))
        self.expect("]")
        return Node(items, line)
