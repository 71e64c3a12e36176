"""A strategy in which every field says whose it is, and the content as strangers and insiders see it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict

import pytest

from samspill.face.blocks import Content
from samspill.face.tests.filled import canary, fill
from samspill.strategy.models import Strategy


@pytest.fixture
def filled(cast) -> Strategy:
    cast.bob.name = "canary-person"
    cast.bob.save()
    return fill(cast.strategy, cast.bob, canary)


@pytest.fixture
def editor(as_person, cast):
    return as_person(cast.bob)


@pytest.fixture
def viewer(as_person, cast):
    return as_person(cast.vera)


def told(content: Content) -> set[str]:
    """Every text in it."""
    return set(_texts(asdict(content)))


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _texts(each)
