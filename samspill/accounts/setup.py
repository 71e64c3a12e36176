"""The first start: a one-time code proves that whoever opens the page also sees the terminal."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from pathlib import Path

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from samspill.accounts import log
from samspill.accounts.found import found_workspace
from samspill.accounts.models import Member, User

SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that look alike
FILE = "setup-code"


def setup_code() -> str | None:
    """A new code that opens /setup/, 79 bits; older ones end. None when somebody lives here already."""
    if not is_open():
        return None
    code = "-".join("".join(secrets.choice(SIGNS) for _sign in range(4)) for _group in range(4))
    _write(_hash(code))
    return code


def is_open() -> bool:
    """Nobody lives here yet."""
    return not User.objects.exists()


def is_right(code: str) -> bool:
    try:
        kept = _path().read_text(encoding="utf-8")
    except FileNotFoundError:
        return False
    return hmac.compare_digest(_hash(code), kept)


def move_in(
    code: str, *, organisation: str, name: str, email: str, password: str, language: str, time_zone: str
) -> Member:
    """Make the first person and workspace. The code's file is the lock: whoever removes it first moves in."""
    if not is_right(code):
        raise PermissionDenied(_("The code is not right, or somebody else has used it."))
    with transaction.atomic():
        user = User.objects.create_user(email, password, name=name, language=language)
        member = found_workspace(organisation, user, time_zone)
        log.record("setup.done", workspace=member.workspace, user=user, subject=organisation)
        try:
            _path().unlink()
        except FileNotFoundError:
            raise PermissionDenied(_("The code is not right, or somebody else has used it.")) from None
    return member


def _path() -> Path:
    return Path(settings.DATA_DIR) / FILE


def _hash(code: str) -> str:
    """Small and capital letters, spaces and dashes do not matter to a person who types."""
    signs = "".join(sign for sign in code.lower() if sign in SIGNS)
    return hashlib.sha256(signs.encode()).hexdigest()


def _write(text: str) -> None:
    """Whole or not at all, and for nobody else's eyes."""
    new = _path().with_suffix(".new")
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
    new.replace(_path())
