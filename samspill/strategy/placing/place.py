"""Place a piece where a person says, leave it out, or take it back; the log says each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from samspill.accounts import log
from samspill.accounts.models import User
from samspill.strategy import parts
from samspill.strategy.models import Import, Piece, Record
from samspill.strategy.placing.spots import Spot
from samspill.strategy.sections import KINDS
from samspill.strategy.sections.fields import Type


@dataclass
class Placed:
    """How many found their place, and what is wrong with the others, in a sentence each."""

    done: int = 0
    wrong: dict[int, str] = field(default_factory=dict)  # by the piece's key


def place(taken: Import, user: User, keys: Sequence[int], spot: Spot) -> Placed:
    """Each piece, in the document's order, becomes a new row, or is written on in the field."""
    result = Placed()
    with transaction.atomic():
        row = None if spot.row is None else _locked(spot.row)
        if spot.row is not None and row is None:
            gone = _("The row was removed meanwhile. Choose another place.")
            return Placed(wrong=dict.fromkeys(keys, gone))
        for piece in _open(taken, keys):
            if sentence := _too_long(spot, row, piece.text):
                result.wrong[piece.pk] = sentence
                continue
            if spot.row is None and not spot.kind.single:
                row = _made(taken, user, spot, piece)
            else:
                row = _written_on(taken, user, spot, row, piece)
            _say(piece, user, placed_in=row.part, placed_field=spot.field.name)
            _record(taken, user, "piece.place", piece, part=row.part, field=spot.field.name)
            result.done += 1
    return result


def leave_out(taken: Import, user: User, keys: Sequence[int]) -> int:
    """Looked at, and not wanted."""
    with transaction.atomic():
        rows = _open(taken, keys)
        for piece in rows:
            piece.left_out_at, piece.placed_by = timezone.now(), user
            piece.save(update_fields=["left_out_at", "placed_by"])
            _record(taken, user, "piece.leave_out", piece)
    return len(rows)


def take_back(piece: Piece, user: User) -> bool:
    """The piece is not placed any more. False where its words stay in the row, which somebody changed."""
    taken = piece.taken
    with transaction.atomic():
        went = True
        if piece.placed_in:
            part = parts.find(taken.strategy, piece.placed_in)
            if not part.is_gone:
                went = _taken_out(taken, user, part.row, piece)
        piece.placed_in, piece.placed_field = "", ""
        piece.placed_by, piece.placed_at, piece.left_out_at = None, None, None
        piece.save()
        _record(taken, user, "piece.take_back", piece)
    return went


def _open(taken: Import, keys: Sequence[int]) -> list[Piece]:
    """Those of the keys that nobody has placed or left out meanwhile."""
    rows = Piece.objects.select_for_update().filter(taken=taken, pk__in=keys)
    return list(rows.filter(placed_in="", left_out_at=None).order_by("position", "pk"))


def _too_long(spot: Spot, row: Any, text: str) -> str:
    before = (
        "" if row is None or (spot.row is None and not spot.kind.single) else said_in(row, spot.field.name)
    )
    length = len(_joined(before, text, spot))
    if length <= spot.longest:
        return ""
    if before:
        words = _(
            "“%(field)s” would have %(n)d characters with this, and holds %(most)d. Choose another place, or"
            " make room there first."
        )
    else:
        words = _(
            "This has %(n)d characters, and “%(field)s” holds %(most)d. Choose a place for longer texts, or"
            " write it in your own words."
        )
    return words % {"field": spot.field_label, "n": length, "most": spot.longest}


def _joined(before: str, text: str, spot: Spot) -> str:
    if not before:
        return text
    return f"{before}\n{text}" if spot.field.type is Type.TEXT else f"{before} {text}"


def _made(taken: Import, user: User, spot: Spot, piece: Piece) -> Any:
    """A new row, last among its own, that says where it is from."""
    model: Any = spot.kind.model or Record
    mine = model._default_manager.filter(strategy=taken.strategy)
    mine = mine if spot.kind.model else mine.filter(kind=spot.kind.key)
    row = model(strategy=taken.strategy, changed_by=user, source=_source(taken, piece))
    row.position = (mine.aggregate(last=Max("position"))["last"] or 0) + 1
    said = {spot.field.name: piece.text} | (dict([spot.choice]) if spot.choice else {})
    if spot.kind.model is None:
        row.kind, row.data = spot.kind.key, said
    else:
        for name, value in said.items():
            setattr(row, name, value)
    row.save()
    _record_row(taken, user, "create", row)
    return row


def _written_on(taken: Import, user: User, spot: Spot, row: Any, piece: Piece) -> Any:
    """The field with the piece at its end; what there is one of is made where nobody has written it."""
    if row is None:
        row = Record(strategy=taken.strategy, kind=spot.kind.key, source=_source(taken, piece), position=1)
        row.data, row.changed_by = {spot.field.name: piece.text}, user
        row.save()
        _record_row(taken, user, "create", row)
        return row
    _write(row, spot.field.name, _joined(said_in(row, spot.field.name), piece.text, spot), user)
    _record_row(taken, user, "change", row, fields=[spot.field.name])
    return row


def _locked(row: Any) -> Any:
    """The row as it stands now, kept from others until we are done; None where it is gone."""
    return type(row)._default_manager.select_for_update().filter(pk=row.pk).first()


def _taken_out(taken: Import, user: User, row: Any, piece: Piece) -> bool:
    """The row goes where the piece was all of it and nobody has touched it; else only the words go."""
    row = _locked(row)
    name, said = piece.placed_field, said_in(row, piece.placed_field)
    others = Piece.objects.filter(placed_in=piece.placed_in, taken__strategy=taken.strategy)
    is_all = said == piece.text and row.version == 1 and not others.exclude(pk=piece.pk).exists()
    if is_all and not _is_pointed_at(row):
        _record_row(taken, user, "remove", row)
        row.delete()
        return True
    rest = _without(said, piece.text)
    field = KINDS[row.kind_key].field(name)
    if rest is None or (field.needed and not rest):
        return False
    _write(row, name, rest, user)
    _record_row(taken, user, "change", row, fields=[name])
    return True


def _is_pointed_at(row: Any) -> bool:
    """Whether anything else builds on the row: drafts on a goal, audiences, channels."""
    ties = (getattr(row, tie.get_accessor_name()) for tie in row._meta.related_objects)
    return any(tie.exists() for tie in ties)


def _without(said: str, text: str) -> str | None:
    """What is left when the text goes, as a line of its own or at an end; None where it is not there so."""
    lines = said.split("\n")
    if text in lines:
        lines.remove(text)
        return "\n".join(lines)
    if said.endswith(f" {text}"):
        return said.removesuffix(f" {text}")
    if said.startswith(f"{text} "):
        return said.removeprefix(f"{text} ")
    return None


def said_in(row: Any, name: str) -> str:
    value = row.data.get(name) if isinstance(row, Record) else getattr(row, name, "")
    return str(value or "")


def _write(row: Any, name: str, value: str, user: User) -> None:
    """With a new version, so that whoever has the row's form open is told."""
    if isinstance(row, Record):
        row.data = {key: said for key, said in row.data.items() if key != name} | (
            {name: value} if value else {}
        )
    else:
        setattr(row, name, value)
    row.version += 1
    row.changed_by = user
    row.save()


def _say(piece: Piece, user: User, **where: str) -> None:
    piece.placed_in, piece.placed_field = where["placed_in"], where["placed_field"]
    piece.placed_by, piece.placed_at = user, timezone.now()
    piece.save(update_fields=["placed_in", "placed_field", "placed_by", "placed_at"])


def _source(taken: Import, piece: Piece) -> str:
    if piece.page is None:
        return taken.file_name
    words = _("%(file)s, slide %(page)d") if taken.kind == "pptx" else _("%(file)s, page %(page)d")
    return words % {"file": taken.file_name, "page": piece.page}


def _record(taken: Import, user: User, action: str, piece: Piece, **detail: Any) -> None:
    workspace = taken.strategy.workspace
    log.record(action, workspace=workspace, user=user, subject=piece, row=piece.pk, taken=taken.pk, **detail)


def _record_row(taken: Import, user: User, verb: str, row: Any, **detail: Any) -> None:
    if isinstance(row, Record):
        detail["kind"] = row.kind
    log.record(
        f"{row._meta.model_name}.{verb}",
        workspace=taken.strategy.workspace,
        user=user,
        subject=row,
        row=row.pk,
        taken=taken.pk,
        **detail,
    )
