"""Every address there is, and what matrix.csv expects of it."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from samspill.accounts.models import Role
from samspill.accounts.tests.rows import Rows

FILE = Path(__file__).with_name("matrix.csv")
ROLES = {role.name.lower(): role for role in Role}


@dataclass(frozen=True)
class Line:
    """One line of matrix.csv, as test_matrix.py explains it."""

    address: str
    read: str
    write: str
    with_: str  # what stands for the variable parts: "pk=strategy.Goal", "key=followers response_rate"
    answers: str  # what reading gives: page, fragment, file, or what it says elsewhere

    @property
    def in_workspace(self) -> bool:
        return self.address.startswith("w/")

    def need(self, method: str) -> str:
        """Who may: the role the view asks for where it is more than the door's, "contributor>editor"."""
        return {"GET": self.read, "POST": self.write}.get(method, "-").split(">")[-1]

    @property
    def doors(self) -> tuple[Role | None, Role | None]:
        return ROLES.get(self.read.split(">")[0]), ROLES.get(self.write.split(">")[0])

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
        return reverse(names()[self.address], kwargs=said)


def lines() -> list[Line]:
    with FILE.open(encoding="utf-8", newline="") as file:
        _head, *rows = csv.reader(file)
    return [Line(*row) for row in rows]


@cache
def names() -> dict[str, str]:
    """The name that each address is linked by."""
    return {address: name for address, name, _view in addresses()}


def addresses() -> Iterator[tuple[str, str, Callable[..., Any]]]:
    """Every address with its name and view, as Django resolves them."""
    yield from _below("", "", get_resolver().url_patterns)


def _below(
    before: str, space: str, found: list[URLPattern | URLResolver]
) -> Iterator[tuple[str, str, Callable[..., Any]]]:
    for one in found:
        address = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from _below(address, f"{one.namespace}:" if one.namespace else space, one.url_patterns)
        else:
            yield address, f"{space}{one.name}", one.callback
