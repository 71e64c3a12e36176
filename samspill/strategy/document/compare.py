"""Two documents side by side: which rows came and went, and which words of the others changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from samspill.strategy.document.write import ABOUT, DECISION, Plain
from samspill.strategy.match import words_changed
from samspill.strategy.models import Decision, Strategy
from samspill.strategy.sections import EVERY_SECTION, KINDS, Field, Kind, Type
from samspill.strategy.sections.shown import words

REFERRED = {field.of for kind in KINDS.values() for field in kind.fields if field.of}
LONGEST_MARKED = 4000  # characters of a text in which words are marked; a longer one is shown whole, twice


class What(StrEnum):
    NEW = "new"
    GONE = "gone"
    CHANGED = "changed"


@dataclass(frozen=True)
class FieldChange:
    """What a field said before and says after, in words; `runs` where both are text to be read as one."""

    label: str
    before: str
    after: str
    runs: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True)
class Change:
    """A row that is new, gone or changed. `title`: what it is called."""

    what: What
    kind: str  # its name, "goal"
    title: str
    fields: Sequence[FieldChange]
    moved: bool = False  # only its place among the others has changed


@dataclass(frozen=True)
class Part:
    """The changes in one section."""

    title: Promise | str
    changes: Sequence[Change]


def compare(old: Plain, new: Plain) -> list[Part]:
    """The sections in which something differs, in the order they are read."""
    names = _names(old) | _names(new)
    parts = [Part(_("The strategy itself"), list(_about(old, new, names)))]
    for section in EVERY_SECTION.values():
        before, after = _section(old, section.key), _section(new, section.key)
        changes = [
            change
            for kind in section.kinds
            for change in _kind(kind, before.get(kind.key, []), after.get(kind.key, []), names)
        ]
        parts.append(Part(section.title, changes))
    parts.append(Part(_("Decisions"), list(_decisions(old, new, names))))
    return [part for part in parts if part.changes]


def counted(parts: Sequence[Part]) -> dict[str, int]:
    """How many rows are new, gone and changed."""
    found = dict.fromkeys((what.value for what in What), 0)
    for part in parts:
        for change in part.changes:
            found[change.what.value] += 1
    return found


def _section(said: Plain, key: str) -> Plain:
    found = said.get("sections", {}).get(key, {})
    return {kind: rows if isinstance(rows, list) else [rows] for kind, rows in found.items()}


def _names(said: Plain) -> dict[str, str]:
    """What the rows that others refer to are called, by their ids."""
    found = {}
    for section in EVERY_SECTION.values():
        for kind in section.kinds:
            if kind.key not in REFERRED:
                continue
            for row in _section(said, section.key).get(kind.key, []):
                found[row["id"]] = _title(kind, row)
    return found


def _title(kind: Kind, row: Plain) -> str:
    if kind.single:
        return str(kind.title)
    field = next((each for each in kind.fields if each.is_words and row.get(each.name)), None)
    return str(row[field.name]).split("\n")[0][:120] if field else str(capfirst(str(kind.name)))


def _about(old: Plain, new: Plain, names: dict[str, str]) -> Iterator[Change]:
    fields = list(_fields(ABOUT, old["strategy"], new["strategy"], _about_label, names))
    if fields:
        yield Change(What.CHANGED, _("strategy"), new["strategy"]["title"], fields)


def _about_label(field: Field) -> str:
    if field.name == "own_sections":
        return _("Parts of its own")
    return str(capfirst(str(Strategy._meta.get_field(field.name).verbose_name)))  # type: ignore[union-attr]


def _kind(kind: Kind, old: Sequence[Plain], new: Sequence[Plain], names: dict[str, str]) -> Iterator[Change]:
    before, after = {row["id"]: row for row in old}, {row["id"]: row for row in new}
    if kind.single and old and new:  # the one is the other, whatever its id
        before, after = {"": old[0]}, {"": new[0]}
    stayed = {key: place for place, key in enumerate(key for key in before if key in after)}
    order = {key: place for place, key in enumerate(key for key in after if key in before)}
    for key, row in after.items():
        if key not in before:
            yield Change(What.NEW, str(kind.name), _title(kind, row), list(_row_fields(kind, {}, row, names)))
            continue
        fields = list(_row_fields(kind, before[key], row, names))
        moved = not fields and stayed[key] != order[key]
        if fields or moved:
            yield Change(What.CHANGED, str(kind.name), _title(kind, row), fields, moved)
    for key, row in before.items():
        if key not in after:
            yield Change(
                What.GONE, str(kind.name), _title(kind, row), list(_row_fields(kind, row, {}, names))
            )


def _row_fields(kind: Kind, old: Plain, new: Plain, names: dict[str, str]) -> Iterator[FieldChange]:
    if old == new:
        return
    yield from _fields(kind.fields, old, new, kind.label, names)
    if old.get("closed_at") != new.get("closed_at"):
        yield FieldChange(_("Closed"), _moment(old.get("closed_at")), _moment(new.get("closed_at")))
    if old.get("done_at") != new.get("done_at"):
        yield FieldChange(_("Done"), _moment(old.get("done_at")), _moment(new.get("done_at")))
    before, after = _presences(old), _presences(new)
    if before != after:
        yield FieldChange(_("Where they are"), before, after)


def _fields(
    fields: Sequence[Field], old: Plain, new: Plain, label: Any, names: dict[str, str]
) -> Iterator[FieldChange]:
    for field in fields:
        before, after = old.get(field.name), new.get(field.name)
        if before == after:
            continue
        said = _said(field, before, names), _said(field, after, names)
        runs = (
            words_changed(*said)
            if field.is_words and all(said) and max(map(len, said)) <= LONGEST_MARKED
            else ()
        )
        yield FieldChange(label(field), *said, runs)


def _said(field: Field, value: Any, names: dict[str, str]) -> str:
    if value in (None, "", [], {}):
        return ""
    match field.type:
        case Type.PERSON:
            return str(value["name"])
        case Type.CHANNEL:
            return str(value["handle"])
        case Type.PASSAGE:
            return f"{value['document']}: {value['text']}"
        case Type.ROW:
            return names.get(value, _("something in another strategy"))
        case Type.ROWS:
            return ", ".join(names.get(each, _("something in another strategy")) for each in value)
        case Type.CHECKS:
            labels = dict(field.choices)
            done = [str(labels.get(key, key)) for key, yes in value.items() if yes]
            left = [str(labels.get(key, key)) for key, yes in value.items() if not yes]
            return "; ".join([*done, *(_("not %(what)s") % {"what": each} for each in left)])
    return words(field, value)


def _moment(value: str | None) -> str:
    return words(Field("", Type.DAY), value[:10]) if value else ""


def _presences(row: Plain) -> str:
    return "; ".join(
        _("%(place)s: %(share)s%% (%(use)s, %(year)s)") % each for each in row.get("presences", [])
    )


def _decisions(old: Plain, new: Plain, names: dict[str, str]) -> Iterator[Change]:
    known = {each["id"] for each in old.get("decisions", [])}
    for each in new.get("decisions", []):
        if each["id"] not in known:
            fields = _fields(DECISION[1:-1], {}, each, _decision_label, names)
            yield Change(What.NEW, _("decision"), each["title"], list(fields))


def _decision_label(field: Field) -> str:
    if field.name == "verdict":
        return _("Verdict")
    return str(capfirst(str(Decision._meta.get_field(field.name).verbose_name)))  # type: ignore[union-attr]
