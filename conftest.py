"""The cast (alice writes, bob approves, charlie is outside), the clock, no network."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import translation

from samspill.accounts.models import Member, Role, User, Workspace
from samspill.strategy.models import Strategy

# The same examples each time, so that who breaks something sees it, and nobody else. To hunt for new ones:
# pytest --hypothesis-profile=default
hypothesis.settings.register_profile("repeatable", derandomize=True)
hypothesis.settings.load_profile("repeatable")


@pytest.fixture(autouse=True)
def _house(settings, tmp_path: Path) -> Iterator[None]:
    """Fast hashing, a data folder of the test's own, plain static names, English unless asked."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    settings.DATA_DIR = tmp_path
    settings.STORAGES = {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "files"},
        },
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    cache.clear()
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def _log_steps_aside(request: pytest.FixtureRequest) -> Iterator[None]:
    """After a test that commits, Django empties every table; the event log's guards step aside for it."""
    marker = request.node.get_closest_marker("django_db")
    commits = {"transactional_db", "live_server"} & set(request.fixturenames)
    if not (commits or (marker and marker.kwargs.get("transaction"))):
        yield
        return
    request.getfixturevalue("transactional_db")
    guard_log("UP")
    yield
    guard_log("DOWN")


def guard_log(which: str) -> None:
    """Put the event log's guards UP, or take them DOWN."""
    guards = import_module("samspill.accounts.migrations.0002_event_log_is_only_added_to")
    with connection.cursor() as cursor:
        for statement in getattr(guards, which)[connection.vendor]:
            cursor.execute(statement)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """A database kept from the last run may lack the guards of the event log: put them up again."""
    with django_db_blocker.unblock():
        guard_log("UP")


@dataclass
class Cast:
    """Workspace fjord: alice (contributor), bob (editor), olga (owner), vera (viewer). Utland: charlie."""

    fjord: Workspace
    utland: Workspace
    alice: User
    bob: User
    olga: User
    vera: User
    charlie: User

    @cached_property
    def strategy(self) -> Strategy:
        """Fjord's own, written down when a test first asks for it."""
        return Strategy.kept(self.fjord)

    @cached_property
    def abroad(self) -> Strategy:
        """Utland's."""
        return Strategy.kept(self.utland)


@pytest.fixture
def cast(db: None) -> Cast:
    fjord = Workspace.objects.create(name="Fjordkraftlaget", slug="fjord")
    utland = Workspace.objects.create(name="Utland", slug="utland")
    roles = {"alice": Role.CONTRIBUTOR, "bob": Role.EDITOR, "olga": Role.OWNER, "vera": Role.VIEWER}
    people = {}
    for name, role in roles.items():
        people[name] = User.objects.create_user(f"{name}@example.org", "correct horse", name=name.title())
        Member.objects.create(workspace=fjord, user=people[name], role=role)
    charlie = User.objects.create_user("charlie@example.org", "correct horse", name="Charlie")
    Member.objects.create(workspace=utland, user=charlie, role=Role.OWNER)
    return Cast(fjord=fjord, utland=utland, charlie=charlie, **people)


@pytest.fixture
def as_person():
    """A client signed in as a person: as_person(cast.alice).get(...)."""

    def sign_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return sign_in
