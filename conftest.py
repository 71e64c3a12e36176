"""The cast (alice writes, bob approves, charlie is outside), the clock, no network."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.test import Client
from django.utils import translation

from samspill.accounts.models import Member, Role, User, Workspace


@pytest.fixture(autouse=True)
def _house(settings, tmp_path: Path) -> Iterator[None]:
    """Fast hashing, a data folder of the test's own, plain static names, English unless asked."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    settings.DATA_DIR = tmp_path
    settings.STORAGES = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path / "files"}},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    with translation.override("en"):
        yield


@dataclass
class Cast:
    """Two workspaces: fjord with alice (contributor), bob (editor), olga (owner), vera (viewer); utland with charlie."""

    fjord: Workspace
    utland: Workspace
    alice: User
    bob: User
    olga: User
    vera: User
    charlie: User


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
