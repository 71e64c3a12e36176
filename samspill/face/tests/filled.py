"""A strategy in which every field of every kind says something, as the test wants it said."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from samspill.accounts.models import User
from samspill.strategy.models import (
    Audience,
    DocumentVersion,
    Edition,
    GoverningDocument,
    Passage,
    Presence,
    Record,
    Strategy,
)
from samspill.strategy.sections import SECTIONS, Field, Kind
from samspill.strategy.sections.fields import Type

DAY = date(2026, 6, 1)
Say = Callable[[str, str, int], str]  # kind, field and how long it may be → the text


def fill(strategy: Strategy, by: User, say: Say) -> Strategy:
    """One row of every kind, each tied to the others."""
    strategy.ambition, strategy.summary = say("strategy", "ambition", 1000), say("strategy", "summary", 4000)
    strategy.title, strategy.approver = say("strategy", "title", 200), say("strategy", "approver", 120)
    strategy.owner, strategy.review_on = by, DAY
    strategy.save()
    passage = _passage(strategy, by, say)
    made: dict[str, Any] = {}
    for section in SECTIONS.values():
        for kind in section.kinds:
            made[kind.key] = _row(strategy, kind, made, by, passage, say)
    note = say("edition", "note", 300)
    Edition.objects.create(
        strategy=strategy,
        number=3,
        document=b"",
        note=note,
        adopted_by=say("edition", "by", 120),
        adopted_on=DAY,
    )
    return strategy


def _passage(strategy: Strategy, by: User, say: Say) -> Passage:
    document = GoverningDocument.objects.create(
        workspace=strategy.workspace,
        title=say("document", "title", 200),
        adopted=say("document", "adopted", 120),
    )
    version = DocumentVersion.objects.create(
        document=document, number=1, file="documents/1.md", file_name="plan.md", kind="md", uploaded_by=by
    )
    return Passage.objects.create(
        document=document,
        first_version=version,
        last_version=version,
        position=1,
        paragraph=1,
        heading=say("passage", "heading", 300),
        text=say("passage", "text", 4000),
    )


def _row(strategy: Strategy, kind: Kind, made: dict[str, Any], by: User, passage: Passage, say: Say) -> Any:
    if kind.model is None:
        data = {
            field.name: _value(kind, field, field.longest, made, by, passage, say) for field in kind.fields
        }
        return Record.objects.create(
            strategy=strategy, kind=kind.key, data=data, source=say(kind.key, "source", 500)
        )
    plain: dict[str, Any] = {}
    many: dict[str, Any] = {}
    for field in kind.fields:
        longest = getattr(kind.model._meta.get_field(field.name), "max_length", None) or 0
        value = _value(kind, field, longest, made, by, passage, say)
        (many if field.type is Type.ROWS else plain)[field.name] = value
    plain = {name: value for name, value in plain.items() if value is not None}
    row: Any = kind.model._default_manager.create(strategy=strategy, **plain)
    for name, rows in many.items():
        getattr(row, name).set(rows)
    if isinstance(row, Audience):
        Presence.objects.create(
            audience=row, place="facebook", share=63, year=2025, source=say("presence", "source", 300)
        )
    return row


def _value(
    kind: Kind, field: Field, longest: int, made: dict[str, Any], by: User, passage: Passage, say: Say
) -> Any:
    if field.is_words:
        return "" if field.name == "segment" else say(kind.key, field.name, longest)
    first = field.choices[0][0] if field.choices else ""
    other = made.get(field.of)
    return {
        Type.LINK: f"https://example.org/{kind.key}-{field.name}",
        Type.COUNT: min(2025, field.most or 2025),
        Type.FIGURE: 12.5,
        Type.DAY: DAY if kind.model else DAY.isoformat(),
        Type.CHOICE: "response_rate" if field.name == "measure" else first,
        Type.KEYS: [first],
        Type.CHECKS: {first: False},
        Type.YES: False,
        Type.PERSON: by,
        Type.PASSAGE: passage,
        Type.ROW: other,
        Type.ROWS: [other] if other else [],
    }.get(field.type)


def canary(kind: str, field: str, longest: int) -> str:
    """A text that says whose it is: canary-risk-what."""
    return f"canary-{kind}-{field}"[: longest or None]
