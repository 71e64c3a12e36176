"""Read a document back: every fault with its line and what to do, and nothing taken in while there is one."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.utils.translation import gettext as _

from samspill.strategy.document.nodes import Node, Unread
from samspill.strategy.document.nodes import read as read_nodes
from samspill.strategy.document.values import Wrong, read_id, read_moment, read_value
from samspill.strategy.document.write import ABOUT, DECISION, FORMAT, MOMENTS, PRESENCE
from samspill.strategy.models import Presence
from samspill.strategy.sections import EVERY_SECTION, KINDS, SECTION_OF, Field, Kind, Type

MOST_ROWS = 20_000
MOST_FAULTS = 100
SOURCE = Field("source", most=500)
PRESENCE_FIELDS = {
    "place": Field("place", most=60, needed=True),
    "use": Field("use", Type.CHOICE, choices=Presence.Use.choices, needed=True),
    "share": Field("share", Type.FIGURE, most=100, needed=True),
    "year": Field("year", Type.COUNT, most=2200, needed=True),
    "source": Field("source", most=300, needed=True),
}


@dataclass(frozen=True)
class Fault:
    line: int
    sentence: str


@dataclass
class ReadRow:
    """A row as the document has it. `values`: by field; what refers to something is named, not yet found."""

    kind: Kind
    id: uuid.UUID
    line: int
    values: dict[str, Any] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    moments: dict[str, Any] = field(default_factory=dict)
    presences: list[dict[str, Any]] = field(default_factory=list)
    source: str = ""


@dataclass
class Reading:
    """What a document says. With faults it is only to be shown."""

    faults: list[Fault] = field(default_factory=list)
    id: uuid.UUID | None = None
    about: dict[str, Any] = field(default_factory=dict)
    about_lines: dict[str, int] = field(default_factory=dict)
    rows: list[ReadRow] = field(default_factory=list)
    decisions: list[tuple[uuid.UUID, dict[str, Any]]] = field(default_factory=list)
    decision_lines: list[int] = field(default_factory=list)  # of each one's id
    more_faults: int = 0  # beyond those that are listed

    def fault(self, line: int, sentence: str) -> None:
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(Fault(line, sentence))
        else:
            self.more_faults += 1


def read(content: bytes) -> Reading:
    """Everything the document says, or every fault in it, in the order of its lines."""
    reading = Reading()
    try:
        root = read_nodes(content)
    except Unread as error:
        reading.fault(error.line, str(error))
        return reading
    _whole(reading, root)
    _check_ids(reading)
    _check_parents(reading)
    reading.faults.sort(key=lambda fault: fault.line)
    return reading


def _whole(reading: Reading, root: Node) -> None:
    top = _keys_of(reading, root, ("format", "strategy", "sections", "decisions"), _("the document"))
    if top is None:
        return
    if "format" not in top or top["format"].value != FORMAT:
        line = top["format"].line if "format" in top else root.line
        words = _("This is no strategy that Samspill can read: “format” must be “%(format)s”.")
        reading.fault(line, words % {"format": FORMAT})
        return
    if "strategy" not in top:
        reading.fault(root.line, _("“strategy” is missing: it says at least the title."))
    else:
        _about(reading, top["strategy"])
    sections = _keys_of(reading, top["sections"], EVERY_SECTION, "sections") if "sections" in top else None
    for key, node in (sections or {}).items():
        _section(reading, key, node)
    if "decisions" in top:
        _decisions(reading, top["decisions"])


def _about(reading: Reading, node: Node) -> None:
    found = _keys_of(reading, node, ("id", *(each.name for each in ABOUT)), "strategy")
    if found is None:
        return
    if "id" in found:
        reading.id = _tried(reading, read_id, found["id"])
    reading.about = _values(reading, ABOUT, found, node.line)
    reading.about_lines = node.key_lines or {}


def _section(reading: Reading, key: str, node: Node) -> None:
    section = EVERY_SECTION[key]
    kinds = {kind.key: kind for kind in section.kinds}
    for name, line in (node.key_lines or {}).items():
        if name in KINDS and name not in kinds:
            words = _("“%(kind)s” belongs in “%(section)s”. Move it there.")
            reading.fault(line, words % {"kind": name, "section": SECTION_OF[name].key})
    known = _keys_of(reading, node, (*kinds, *(name for name in KINDS if name not in kinds)), key) or {}
    for name, each in known.items():
        if name in kinds:
            _rows(reading, kinds[name], each)


def _rows(reading: Reading, kind: Kind, node: Node) -> None:
    if kind.single:
        _row(reading, kind, node)
        return
    if not isinstance(node.value, list):
        reading.fault(node.line, _("“%(kind)s” takes a list.") % {"kind": kind.key})
        return
    for each in node.value:
        if len(reading.rows) >= MOST_ROWS:
            words = _("The document has more than %(most)s rows, which no strategy has.")
            reading.fault(each.line, words % {"most": MOST_ROWS})
            return
        _row(reading, kind, each)


def _row(reading: Reading, kind: Kind, node: Node) -> None:
    fields = sized(kind)
    names = {each.name for each in fields}
    moments = MOMENTS.get(kind.key, ())
    more = ("presences",) if kind.key == "audience" else ()
    extra = () if "source" in names else ("source",)
    found = _keys_of(reading, node, ("id", *names, *moments, *more, *extra), kind.key)
    if found is None:
        return
    given = _tried(reading, read_id, found["id"]) if "id" in found else None
    row = ReadRow(kind, given or uuid.uuid4(), node.line, lines=node.key_lines or {})
    row.values = _values(reading, fields, found, node.line)
    row.moments = {
        name: _tried(reading, lambda each, name=name: read_moment(name, each), found[name])
        for name in moments
        if name in found
    }
    if extra and "source" in found:
        row.source = _tried(reading, lambda each: read_value(SOURCE, each), found["source"]) or ""
    if more and "presences" in found:
        row.presences = _presences(reading, found["presences"])
    reading.rows.append(row)


def sized(kind: Kind) -> Sequence[Field]:
    """The kind's fields with the lengths that its table has."""
    return [_sized(kind, each) for each in kind.fields]


def _sized(kind: Kind, each: Field) -> Field:
    if kind.model is None or not (each.is_words or each.type is Type.LINK):
        return each
    try:
        most = getattr(kind.model._meta.get_field(each.name), "max_length", None)
    except FieldDoesNotExist:
        most = None
    return Field(each.name, each.type, choices=each.choices, needed=each.needed, most=most or 0)


def _presences(reading: Reading, node: Node) -> list[dict[str, Any]]:
    if not isinstance(node.value, list):
        reading.fault(node.line, _("“%(kind)s” takes a list.") % {"kind": "presences"})
        return []
    made, seen = [], set()
    for each in node.value:
        found = _keys_of(reading, each, PRESENCE, "presences")
        if found is None:
            continue
        values = _values(reading, PRESENCE_FIELDS.values(), found, each.line)
        key = tuple(values.get(name) for name in ("place", "use", "year"))
        if key in seen:
            words = _("The same place, kind of use and year stand here twice. Keep one of them.")
            reading.fault(each.line, words)
        seen.add(key)
        made.append(values)
    return made


def _decisions(reading: Reading, node: Node) -> None:
    if not isinstance(node.value, list):
        reading.fault(node.line, _("“%(kind)s” takes a list.") % {"kind": "decisions"})
        return
    for each in node.value:
        found = _keys_of(reading, each, ("id", *(one.name for one in DECISION)), "decisions")
        if found is None:
            continue
        given = _tried(reading, read_id, found["id"]) if "id" in found else None
        reading.decisions.append((given or uuid.uuid4(), _values(reading, DECISION, found, each.line)))
        reading.decision_lines.append((each.key_lines or {}).get("id", each.line))


def _values(reading: Reading, fields: Iterable[Field], found: dict[str, Node], line: int) -> dict[str, Any]:
    """The fields that say something; a needed one that says nothing is a fault."""
    values = {}
    for each in fields:
        if each.name in found:
            value = _tried(reading, lambda node, each=each: read_value(each, node), found[each.name])
            if value not in (None, ""):
                values[each.name] = value
                continue
        if each.needed and not (each.name in found and found[each.name].value):
            at = found[each.name].line if each.name in found else line
            reading.fault(
                at, _("“%(field)s” is missing. Write it, or take the row away.") % {"field": each.name}
            )
    return values


def _keys_of(reading: Reading, node: Node, known: Iterable[str], where: str) -> dict[str, Node] | None:
    """The mapping's own; what is not known, or stands twice, is a fault. None where it is no mapping."""
    if not isinstance(node.value, dict):
        reading.fault(
            node.line,
            _("Here stands something else than names with values (in %(where)s).") % {"where": where},
        )
        return None
    known = list(known)
    for key, line in (node.key_lines or {}).items():
        if key not in known:
            words = _("“%(key)s” is not known in %(where)s. %(hint)s")
            reading.fault(line, words % {"key": key[:60], "where": where, "hint": _hint(key, known)})
    for key, line in node.twice:
        reading.fault(
            line, _("“%(key)s” stands twice in %(where)s. Keep one of them.") % {"key": key, "where": where}
        )
    return {key: value for key, value in node.value.items() if key in known}


def _hint(key: str, known: Sequence[str]) -> str:
    near = get_close_matches(key, known, n=1)
    if near:
        return _("Did you mean “%(key)s”?") % {"key": near[0]}
    return _("Take it away, or see what the format knows.")


def _tried(reading: Reading, act: Any, node: Node) -> Any:
    try:
        return act(node)
    except Wrong as error:
        reading.fault(error.line, str(error))
        return None


def _check_ids(reading: Reading) -> None:
    _check_once(reading, [(row.id, row.lines.get("id", row.line)) for row in reading.rows])
    _check_once(
        reading, [(each, reading.decision_lines[at]) for at, (each, _said) in enumerate(reading.decisions)]
    )


def _check_once(reading: Reading, ids: Iterable[tuple[uuid.UUID, int]]) -> None:
    seen: dict[uuid.UUID, int] = {}
    for each, line in ids:
        if each in seen:
            words = _("The id stands already in line %(line)s. Take one of them away.")
            reading.fault(line, words % {"line": seen[each]})
        seen[each] = line


def _check_parents(reading: Reading) -> None:
    """A goal is not its own larger goal, however long the way round."""
    goals = {row.id: row for row in reading.rows if row.kind.key == "goal"}
    told: set[uuid.UUID] = set()
    for row in goals.values():
        way: list[uuid.UUID] = []
        at: uuid.UUID | None = row.id
        while at in goals and at not in way and at not in told:
            way.append(at)
            at = goals[at].values.get("parent")
        if at in way:
            told.update(way)
            words = _("This goal is a part of itself, by way of the larger goal it serves. Choose another.")
            reading.fault(row.lines.get("parent", row.line), words)
