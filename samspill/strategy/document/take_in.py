"""Take a document in: what it names is found here, its rows become ours, and what it no longer has goes.

All or nothing. People, channels and passages that are not here are told; with `leave_open` their places stay
open. Rows keep their ids; where an id belongs to another strategy already, the document is a copy and all its
rows get new ones.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samspill.accounts.models import User
from samspill.networks.models import Channel
from samspill.strategy.document.read import Fault, Reading, ReadRow
from samspill.strategy.document.write import ABOUT, Plain, document
from samspill.strategy.models import Decision, Goal, Passage, Presence, Row, Strategy
from samspill.strategy.sections import KINDS, Field, Kind, Type

NAMED = (Type.PERSON, Type.CHANNEL, Type.PASSAGE)
REFERS = (Type.ROW, Type.ROWS)


@dataclass
class Absent:
    """Something the document names that is not here, and how often it does."""

    what: str  # person, channel or passage
    name: str
    line: int
    count: int = 1


@dataclass
class Outcome:
    """What taking in did, or would do."""

    before: Plain
    after: Plain
    is_copy: bool
    absent: list[Absent] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def try_in(reading: Reading, strategy: Strategy, by: User | None) -> Outcome:
    """What would change, without changing anything."""
    with transaction.atomic():
        outcome = take_in(reading, strategy, by, leave_open=True)
        transaction.set_rollback(True)
    strategy.refresh_from_db()
    return outcome


def take_in(
    reading: Reading, strategy: Strategy, by: User | None, *, leave_open: bool, as_copy: bool = False
) -> Outcome:
    """`reading` has no faults, `strategy` is kept. With faults here, or something absent that may not be left
    open, nothing changes. `as_copy`: all rows get new ids, whether theirs are taken or not.
    """
    with transaction.atomic():
        taker = _Taker(reading, strategy, by, as_copy)
        outcome = Outcome(document(strategy), {}, taker.is_copy)
        taker.check_references()
        taker.find_named()
        outcome.absent, outcome.faults = list(taker.absent.values()), taker.faults
        if taker.faults or (taker.absent and not leave_open):
            return outcome
        taker.write()
        outcome.after = document(Strategy.objects.get(pk=strategy.pk))
    return outcome


class _Taker:
    def __init__(self, reading: Reading, strategy: Strategy, by: User | None, as_copy: bool) -> None:
        self.reading, self.strategy, self.by = reading, strategy, by
        self.faults: list[Fault] = []
        self.absent: dict[tuple[str, str], Absent] = {}
        self.found: dict[tuple[str, str], Any] = {}
        self.is_copy = as_copy or self._has_ids_elsewhere()
        self.new_ids = {row.id: uuid.uuid4() for row in reading.rows} if self.is_copy else {}
        self.rows: dict[uuid.UUID, Row] = {}  # by the id the document has

    # --- before anything is written

    def _has_ids_elsewhere(self) -> bool:
        ids = [row.id for row in self.reading.rows]
        others = [model._default_manager.exclude(strategy_id=self.strategy.pk) for model in _models()]
        return any(rows.filter(uuid__in=some).exists() for rows in others for some in _chunks(ids))

    def check_references(self) -> None:
        """Every row that is pointed at is in the document, or is another strategy's of this workspace."""
        here = {(row.kind.key, row.id) for row in self.reading.rows}
        wanted = [
            (row, each, ref)
            for row in self.reading.rows
            for each in row.kind.fields
            if each.type in REFERS
            for ref in _references(row.values.get(each.name))
            if (each.of, ref) not in here
        ]
        outside = self._outside(
            {each.of for _row, each, _ref in wanted}, [ref for _row, _each, ref in wanted]
        )
        for row, each, ref in wanted:
            if (each.of, ref) not in outside:
                words = _("“%(field)s” points to %(id)s, and there is no such row here. Take it away.")
                line = row.lines.get(each.name, row.line)
                self.faults.append(Fault(line, words % {"field": each.name, "id": ref}))
        self.outside = outside

    def _outside(self, kinds: Iterable[str], ids: list[uuid.UUID]) -> dict[tuple[str, uuid.UUID], Row]:
        """Rows of the workspace's other strategies; those of this one go with the document, or not at all."""
        found: dict[tuple[str, uuid.UUID], Row] = {}
        for key in kinds:
            rows: models.QuerySet[Any] = KINDS[key].table._default_manager.filter(
                strategy__workspace=self.strategy.workspace
            )
            for some in _chunks(ids):
                others = rows.exclude(strategy_id=self.strategy.pk).filter(uuid__in=some)
                found |= {(key, row.uuid): row for row in others}
        return found

    def find_named(self) -> None:
        """People, channels and passages, each looked up once."""
        self._find("owner", self.reading.about.get("owner"), Type.PERSON, 1)
        for row in self.reading.rows:
            for each in row.kind.fields:
                if each.type in NAMED and each.name in row.values:
                    self._find(
                        each.name, row.values[each.name], each.type, row.lines.get(each.name, row.line)
                    )

    def _find(self, name: str, value: dict[str, str] | None, kind: Type, line: int) -> None:
        if value is None:
            return
        key = _named(kind, value)
        if key in self.found:
            return
        if key in self.absent:
            self.absent[key].count += 1
            return
        row = {Type.PERSON: self._person, Type.CHANNEL: self._channel, Type.PASSAGE: self._passage}[kind](
            value
        )
        if row is None:
            self.absent[key] = Absent(str(kind), _called(kind, value), line)
        else:
            self.found[key] = row

    def _person(self, value: dict[str, str]) -> User | None:
        people = User.objects.filter(memberships__workspace=self.strategy.workspace)
        if value.get("email"):
            return people.filter(email__iexact=value["email"]).first()
        same = list(people.filter(name=value["name"])[:2])
        return same[0] if len(same) == 1 else None

    def _channel(self, value: dict[str, str]) -> Channel | None:
        channels = Channel.objects.in_workspace(self.strategy.workspace)
        return channels.filter(**value).order_by(models.F("closed_at").desc(nulls_first=True)).first()

    def _passage(self, value: dict[str, str]) -> Passage | None:
        rows = Passage.objects.in_workspace(self.strategy.workspace)
        same = rows.filter(document__title=value["document"], text=value["text"])
        return same.order_by(models.F("gone_in").asc(nulls_first=True), "position", "pk").first()

    # --- writing

    def write(self) -> None:
        self._write_about()
        standing: dict[tuple[str, uuid.UUID], Row] = {}
        for kind in KINDS.values():
            for row in _own(kind, self.strategy):
                standing[kind.key, row.uuid] = row
        self._clear_moved(standing)
        places: dict[str, int] = defaultdict(int)
        for read in self.reading.rows:
            places[read.kind.key] += 1
            row = standing.pop((read.kind.key, self.new_ids.get(read.id, read.id)), None)
            self.rows[read.id] = self._write_row(read, row, places[read.kind.key])
        for read in self.reading.rows:
            self._tie(read, self.rows[read.id])
        for row in standing.values():
            self._let_go(row)
        self._write_decisions()

    def _clear_moved(self, standing: dict[tuple[str, uuid.UUID], Row]) -> None:
        """A row that became one of another kind leaves its id before the new one takes it."""
        kinds = {row.id: row.kind.key for row in self.reading.rows}
        for key, each in list(standing):
            if KINDS[key].model is None and kinds.get(each, key) != key:
                standing.pop((key, each)).delete()

    def _write_about(self) -> None:
        strategy, about = self.strategy, self.reading.about
        for each in ABOUT:
            if each.name == "scope" and strategy.is_main != (
                about.get("scope", "organisation") == "organisation"
            ):
                continue  # where it stands among the others is not the document's to say
            value = about.get(each.name)
            if each.type is Type.PERSON:
                value = self.found.get(_named(each.type, value)) if value else None
            setattr(strategy, each.name, _empty(each, strategy) if value is None else value)
        if (
            self.reading.id
            and not self.is_copy
            and not Strategy.objects.filter(uuid=self.reading.id).exists()
        ):
            strategy.uuid = self.reading.id
        strategy.version += 1
        strategy.save()

    def _write_row(self, read: ReadRow, row: Any, place: int) -> Row:
        if row is None:
            row = read.kind.table(strategy=self.strategy, uuid=self.new_ids.get(read.id, read.id), version=0)
        if read.kind.model is None:
            row.kind, row.source = read.kind.key, read.source
            row.data = {
                each.name: _as_data(read.values[each.name])
                for each in read.kind.fields
                if each.name in read.values
            }
        for each in read.kind.fields if read.kind.model else ():
            if each.type not in REFERS:
                setattr(row, each.name, self._value(each, read.values.get(each.name), row))
        for name, moment in read.moments.items():
            setattr(row, name, moment)
        row.position, row.changed_by, row.version = place, self.by, row.version + 1
        row.save()
        if read.kind.key == "audience":
            row.presences.all().delete()
            Presence.objects.bulk_create(Presence(audience=row, **each) for each in read.presences)
        return row  # type: ignore[no-any-return]

    def _value(self, each: Field, value: Any, row: Any) -> Any:
        if each.type in NAMED:
            return self.found.get(_named(each.type, value)) if value else None
        return _empty(each, row) if value is None else value

    def _tie(self, read: ReadRow, row: Any) -> None:
        """What points to other rows, when all of them stand."""
        changed = []
        for each in read.kind.fields:
            if each.type is Type.ROWS:
                getattr(row, each.name).set([self._row(each, ref) for ref in read.values.get(each.name, [])])
            elif each.type is Type.ROW:
                ref = read.values.get(each.name)
                setattr(row, each.name, self._row(each, ref) if ref else None)
                changed.append(each.name)
        if changed:
            row.save(update_fields=changed)

    def _row(self, each: Field, ref: uuid.UUID) -> Row:
        return self.rows[ref] if ref in self.rows else self.outside[each.of, ref]

    def _let_go(self, row: Row) -> None:
        """What the document does not have: a goal is closed, as on its page; other rows go."""
        if not isinstance(row, Goal):
            row.delete()
        elif row.closed_at is None:
            row.close()

    def _write_decisions(self) -> None:
        """The log is written once: what stands stays as it is, what is new is added."""
        ids = [each for each, _values in self.reading.decisions]
        known = set(Decision.objects.filter(uuid__in=ids).values_list("uuid", flat=True))
        for each, values in self.reading.decisions:
            if each not in known and not self.is_copy:
                said = {"decided_on": timezone.localdate(), **values}
                Decision.objects.create(strategy=self.strategy, uuid=each, written_by=self.by, **said)


def _models() -> list[type[Row]]:
    return [model for model in apps.get_app_config("strategy").get_models() if issubclass(model, Row)]


def _own(kind: Kind, strategy: Strategy) -> models.QuerySet[Any]:
    rows: models.QuerySet[Any] = kind.table._default_manager.filter(strategy_id=strategy.pk)
    return rows if kind.model else rows.filter(kind=kind.key)


def _chunks(ids: list[uuid.UUID], size: int = 500) -> Iterable[list[uuid.UUID]]:
    return (ids[at : at + size] for at in range(0, len(ids), size))


def _references(value: Any) -> list[uuid.UUID]:
    return value if isinstance(value, list) else [value] if value else []


def _named(kind: Type, value: dict[str, str]) -> tuple[str, str]:
    return str(kind), "\n".join(f"{key}={value[key]}" for key in sorted(value))


def _called(kind: Type, value: dict[str, str]) -> str:
    if kind is Type.PERSON:
        return value.get("email") or value["name"]
    if kind is Type.CHANNEL:
        return value["handle"]
    return f"{value['document']}: {value['text'][:80]}"


def _empty(each: Field, row: Any) -> Any:
    """What the column holds where nothing is said."""
    column: Any = row._meta.get_field(each.name)
    if column.null:
        return None
    return column.get_default()


def _as_data(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
