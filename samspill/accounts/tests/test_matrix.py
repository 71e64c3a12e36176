"""Every address × everybody × own and foreign × method, against the reviewed file matrix.csv.

A new address fails here until it has its line: address, read, write, with, answers. `read` and `write` are
the smallest role let in (viewer, contributor, editor, owner), "signed-in", "public", or "-" where the method
is not allowed; "contributor>editor" is a door for contributors behind which the view asks for more. `with`
fills the variable parts: "pk=strategy.Goal" takes a row of that model (rows.py makes it), "key=followers" a
word. `answers` is what a GET gives: page, fragment, file, redirect, gone,
over, late, or - where nothing is read.
"""

from __future__ import annotations

import itertools
import re
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.http import HttpResponseBase
from django.test import Client
from django.test.utils import CaptureQueriesContext

from samspill.accounts.models import Member, User, Workspace
from samspill.accounts.tests.addresses import FILE, ROLES, Line, addresses, lines
from samspill.accounts.tests.rows import Rows

LINES = lines()
METHODS = ("GET", "POST", "PUT", "DELETE")
TO_LOGIN = "/account/login/?next="
STATUS = {"page": 200, "fragment": 200, "file": 200, "redirect": 302, "gone": 404, "over": 410, "late": 503}
# What the views ask of an address's query, found in the code, and what somebody may send instead.
ASKED = re.compile(r"""GET(?:\.get|\.getlist)?[(\[]"(\w+)\"""")
HOSTILE = ["9" * 30, "²", "1" * 5000, "-1' OR 1=1 -- %f0%28 {{ 7 }} " + "😀" * 200]
# What reading may write: the session, the counts of tries, and that recovery codes have been seen.
MAY_WRITE = re.compile(r'^(SAVEPOINT|RELEASE|ROLLBACK|\w+ (INTO |FROM )?"?(django_session|cache)\b)')
WRITES = re.compile(r"^(INSERT|UPDATE|DELETE|REPLACE|ALTER|DROP|CREATE)", re.IGNORECASE)


@dataclass
class House:
    """A workspace with one row of whatever is asked for, and who is in it."""

    workspace: Workspace
    rows: Rows
    roles: dict[int, int]  # user → role


@pytest.fixture
def world(cast, as_person):
    """The cast, one who is signed in and nowhere a member, and one who is not signed in."""
    nobody = User.objects.create_user("nobody@example.org", "correct horse", name="Nobody")
    houses = {}
    for workspace, owner in ((cast.fjord, cast.olga), (cast.utland, cast.charlie)):
        roles = dict(Member.objects.filter(workspace=workspace).values_list("user", "role"))
        houses[workspace.slug] = House(workspace, Rows(workspace, owner), roles)
    people = [cast.vera, cast.alice, cast.bob, cast.olga, cast.charlie, nobody]
    return houses, [(None, Client()), *((user, as_person(user)) for user in people)]


def test_every_address_has_its_line_and_no_line_is_left_over():
    found = {address for address, _name, _view in addresses()}
    listed = [line.address for line in LINES]
    new, gone = found - set(listed), set(listed) - found
    assert not new, f"Add a line to {FILE.name} for: {', '.join(sorted(new))}"
    assert not gone, f"Take out of {FILE.name}, or put back as an address: {', '.join(sorted(gone))}"
    assert len(listed) == len(set(listed))


def test_everything_in_a_workspace_stands_behind_a_door():
    open_air = [
        address
        for address, _name, view in addresses()
        if address.startswith("w/") and not hasattr(view, "door")
    ]
    assert not open_air, f"Put @door on the views of: {', '.join(open_air)}"


@pytest.mark.parametrize("line", [line for line in LINES if line.in_workspace], ids=lambda line: line.address)
def test_the_doors_are_those_of_the_file(line):
    views: dict[str, Any] = {
        address: view for address, _name, view in addresses() if address.startswith("w/")
    }
    assert views[line.address].door == line.doors


def test_nothing_goes_without_the_csrf_check():
    exempt = [address for address, _name, view in addresses() if getattr(view, "csrf_exempt", False)]
    assert not exempt


def expected(line: Line, user: User | None, house: House, objects: House, method: str) -> str:
    """What the file says must happen below /w/."""
    if user is None:
        return "login"
    if user.pk not in house.roles:
        return "404"
    if line.need(method) == "-":
        return "405"
    door = line.doors[method == "POST"]
    if house.roles[user.pk] < (door or 0):
        return "403"
    if line.has_rows and objects is not house:
        return "404"
    return "403" if house.roles[user.pk] < ROLES[line.need(method)] else "in"


def what_happened(response: HttpResponseBase) -> str:
    if response.status_code in (403, 404, 405):
        return str(response.status_code)
    if response.status_code == 302 and response.headers["Location"].startswith(TO_LOGIN):
        return "login"
    return (
        "in" if response.status_code < 500 or response.status_code == 503 else f"error {response.status_code}"
    )


def ask(client: Client, method: str, path: str) -> HttpResponseBase:
    """The request, and nothing of what it changed: neither in the database nor in the browser."""
    cookies = deepcopy(client.cookies)
    with transaction.atomic():
        response: HttpResponseBase = client.generic(method, path, "", "application/x-www-form-urlencoded")
        body(response)
        transaction.set_rollback(True)
    client.cookies = cookies
    return response


def body(response: Any) -> str:
    """Read to the end, so that the test client closes what it opened."""
    return str(response.getvalue().decode("utf-8", "replace"))


@pytest.mark.parametrize("line", [line for line in LINES if line.in_workspace], ids=lambda line: line.address)
def test_who_comes_in_where(line, world):
    houses, people = world
    fjord, utland = houses["fjord"], houses["utland"]
    wrong = []
    for house, objects, methods in (
        (fjord, fjord, METHODS),
        (fjord, utland, METHODS[:2] if line.has_rows else ()),
        (utland, utland, METHODS[:2]),
    ):
        path = line.path(house.workspace.slug, objects.rows)
        for (user, client), method in itertools.product(people, methods):
            got, must = what_happened(ask(client, method, path)), expected(line, user, house, objects, method)
            if got != must:
                wrong.append(f"{method} {path} as {user or 'anybody'}: {got}, not {must}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    "line", [line for line in LINES if not line.in_workspace], ids=lambda line: line.address
)
def test_who_comes_in_outside_any_workspace(line, world):
    houses, people = world
    path, wrong = line.path("", houses["fjord"].rows), []
    for user, client in people:
        roles = Member.objects.filter(user=user).values_list("role", flat=True) if user else []
        for method in METHODS:
            need = line.need(method)
            got = what_happened(ask(client, method, path))
            if need == "-":
                good = got in {"405"} | ({"login"} if user is None else set())
            elif need == "public":
                good = got in {"in", "login", "404"}
            elif user is None:
                good = got == "login"
            elif need == "signed-in":
                good = got in {"in", "404"}
            else:
                good = got == ("in" if max(roles, default=0) >= ROLES[need] else "403")
            if not good:
                wrong.append(f"{method} {path} as {user or 'anybody'}: {got}, but the file says {need}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("line", [line for line in LINES if line.read != "-"], ids=lambda line: line.address)
def test_every_page_speaks_both_languages_and_reading_changes_nothing(line, world):
    """As an owner, or signed out where everybody comes; `answers` says what is to be read."""
    houses, people = world
    name = "" if line.read == "public" else "Olga"
    client = next(client for user, client in people if (user.name if user else "") == name)
    path = line.path("fjord", houses["fjord"].rows)
    client.get("/w/fjord/settings/")  # this workspace is now the one last used
    for language in ("nb", "en"):
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(path, headers={"Accept-Language": language})
            said = body(answer)
        assert answer.status_code == STATUS[line.answers]
        assert answer.headers["Content-Language"] == language
        if line.answers in {"page", "gone", "over"}:
            assert f'<html lang="{language}">' in said
        elif line.answers == "fragment":
            assert "<html" not in said
        written = [one["sql"] for one in queries.captured_queries if WRITES.match(one["sql"])]
        assert [sql for sql in written if not MAY_WRITE.match(sql)] == []


def asked_for() -> set[str]:
    files = (path for path in Path(settings.BASE_DIR, "samspill").rglob("*.py") if "tests" not in path.parts)
    return {name for path in files for name in ASKED.findall(path.read_text(encoding="utf-8"))}


@pytest.mark.parametrize("line", [line for line in LINES if line.read != "-"], ids=lambda line: line.address)
def test_a_hostile_address_breaks_nothing(line, world):
    houses, people = world
    client = next(client for user, client in people if user and user.name == "Olga")
    path = line.path("fjord", houses["fjord"].rows)
    for value in HOSTILE:
        answer = ask(client, "GET", f"{path}?{urlencode(dict.fromkeys(asked_for(), value))}")
        assert answer.status_code < 500 or line.answers == "late", value
    far = re.sub(r"/\d+(?=/|$)", f"/{'9' * 30}", path)
    assert ask(client, "GET", far).status_code < 500 or line.answers == "late"
