"""Every address there is, and what matrix.csv expects of it."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from samspill.accounts.models import Role
from samspill.accounts.tests.rows import Rows

FILE = Path(__file__).with_name("matrix.csv")
ROLES = {role.name.lower(): role for role in Role}


@dataclass(frozen=True)
class Line:
    """One line of matrix.csv. `read`, `write`: a role, "signed-in", "public", or "-" for not allowed."""

    address: str
    read: str
    write: str
    with_: str  # what stands for the variable parts: "pk=strategy.Goal", "key=followers response_rate"
    answers: str  # what reading gives: page, fragment, file, or what it says elsewhere

    @property
    def in_workspace(self) -> bool:
        return self.address.startswith("w/")

    @property
    def has_rows(self) -> bool:
        return any("." in value for value in self.parts.values())

    @property
    def parts(self) -> dict[str, str]:
        return dict(part.split("=") for part in self.with_.split())

    def path(self, slug: str, rows: Rows) -> str:
        """The address with a workspace and its rows in place."""
        said: dict[str, Any] = {"workspace": slug} if self.in_workspace else {}
        for name, value in self.parts.items():
            said[name] = rows.of(value).pk if "." in value else value
        found = self.address
        for name, value in said.items():
            start = next(place for place in (f"<{name}>", *_converted(name)) if place in found)
            found = found.replace(start, str(value))
        return f"/{found}"


def _converted(name: str) -> list[str]:
    return [f"<{kind}:{name}>" for kind in ("int", "str", "slug", "uuid", "path")]


def lines() -> list[Line]:
    with FILE.open(encoding="utf-8", newline="") as file:
        return [
            Line(row["address"], row["read"], row["write"], row["with"], row["answers"])
            for row in csv.DictReader(file)
        ]


def patterns() -> Iterator[tuple[str, URLPattern]]:
    """Every address with its pattern, as Django resolves it."""
    yield from _below("", get_resolver().url_patterns)


def _below(before: str, found: list[URLPattern | URLResolver]) -> Iterator[tuple[str, URLPattern]]:
    for one in found:
        address = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from _below(address, one.url_patterns)
        else:
            yield address, one
