"""Whatever a strategy may hold by its declaration, the document holds, as JSON and as YAML."""

from __future__ import annotations

import uuid

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samspill.strategy.document.read import PRESENCE_FIELDS, read, sized
from samspill.strategy.document.take_in import take_in
from samspill.strategy.document.write import ABOUT, DECISION, FORMAT, as_json
from samspill.strategy.document.yaml_text import as_yaml
from samspill.strategy.models import Strategy
from samspill.strategy.sections import EVERY_SECTION, Type

SIGNS = st.characters(exclude_categories=["Cs"], exclude_characters="\0")


def value(field):
    """A strategy of values for a field; None for what points at something else."""
    if field.type in (Type.LINE, Type.TEXT):
        return st.text(SIGNS, min_size=1, max_size=min(field.longest or 80, 80))
    if field.type is Type.CHOICE:
        return st.sampled_from([key for key, _name in field.choices if key != ""] or [None])
    if field.type is Type.KEYS:
        return st.lists(st.sampled_from([key for key, _name in field.choices]), min_size=1, unique=True)
    if field.type is Type.CHECKS:
        keys = st.sampled_from([key for key, _name in field.choices])
        return st.dictionaries(keys, st.booleans(), min_size=1)
    return {
        Type.COUNT: st.integers(0, min(field.most or 30_000, 30_000)),
        Type.FIGURE: st.floats(0, min(field.most or 1e9, 1e9), allow_nan=False),
        Type.DAY: st.dates().map(str),
        Type.YES: st.just(True),
        Type.LINK: st.integers(0, 9).map("https://example.org/{}".format),
    }.get(field.type)


def row(fields):
    known = {field.name: value(field) for field in fields}
    needed = {field.name: known[field.name] for field in fields if field.needed}
    maybe = {name: each for name, each in known.items() if each is not None and name not in needed}
    return st.fixed_dictionaries(needed, optional=maybe)


def with_id(fields):
    return row(fields).map(lambda said: {"id": str(uuid.uuid4()), **said})


@st.composite
def documents(draw):
    sections: dict[str, dict[str, object]] = {}
    for section in EVERY_SECTION.values():
        for kind in section.kinds:
            if draw(st.booleans()):
                rows = draw(st.lists(with_id(sized(kind)), min_size=1, max_size=2))
                sections.setdefault(section.key, {})[kind.key] = rows[0] if kind.single else rows
    about = draw(row([field for field in ABOUT if field.name not in ("scope", "language")]))
    said = {"format": FORMAT, "strategy": {"id": str(uuid.uuid4()), **about, "scope": "organisation"}}
    decisions = draw(st.lists(with_id([field for field in DECISION if field.name != "verdict"]), max_size=2))
    return {**said, "sections": sections, **({"decisions": decisions} if decisions else {})}


def folded(said):
    """Without what differs by itself: the order of keys, the order of the log, moments nobody typed."""
    said = {**said, "decisions": sorted(said.get("decisions", []), key=lambda each: each["id"])}
    for goal in said["sections"].get("goals", {}).get("goal", []):
        goal.pop("created_at", None)
    return said


@pytest.mark.django_db
@given(said=documents())
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_document_is_taken_in_and_written_the_same(said, cast):
    for text in (as_json(said), as_yaml(said)):
        with transaction.atomic():
            strategy = Strategy.objects.create(workspace=cast.fjord, title="Tom")
            reading = read(text.encode())
            assert reading.faults == []
            after = take_in(reading, strategy, cast.bob, leave_open=False).after
            assert folded(after) == folded(said)
            transaction.set_rollback(True)


def test_a_presence_has_all_its_fields():
    assert {"place", "use", "share", "year", "source"} == set(PRESENCE_FIELDS)
