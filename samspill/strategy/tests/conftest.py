"""What the strategy's tests share: an editor's browser, a viewer's, and a document with passages."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from samspill.strategy.models import GoverningDocument
from samspill.strategy.take_in import new_document, open_upload

PLAN = "# Plan\n\n## Synlighet\n\n- Vi skal svare alle.\n- Vi skal dele det vi vet.\n- Vi skal lytte.\n"


@pytest.fixture
def editor(as_person, cast):
    return as_person(cast.bob)


@pytest.fixture
def viewer(as_person, cast):
    return as_person(cast.vera)


@pytest.fixture
def plan(cast) -> GoverningDocument:
    return new_document(cast.fjord, cast.bob, open_upload(PLAN.encode(), "plan.md"))


@pytest.fixture
def page(cast) -> Callable[..., str]:
    """The address of a page of fjord's strategy."""
    return lambda name, *args: reverse(f"strategy:{name}", args=(cast.fjord.slug, *args))


def upload(content: bytes | str, name: str = "plan.md") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content.encode() if isinstance(content, str) else content)
