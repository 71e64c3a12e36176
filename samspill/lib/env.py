"""Read SAMSPILL_* settings from the environment; a wrong value stops the start with a sentence."""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterable
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

# Every setting there is. docs/settings.md explains each; a test compares both with what the code reads.
NAMES = frozenset(
    [
        *("DATA", "DATABASE", "ADDRESS", "BIND", "PORT", "HOSTS", "BEHIND_PROXY", "WEB_WORKERS"),
        *("SECRET_KEY", "KEYS", "PRIVATE_HOSTS", "PLC", "DEBUG", "LOG_LEVEL"),
        *("INBOX_SECONDS", "FIGURES_MINUTES"),
        *("SMTP_HOST", "SMTP_PORT", "SMTP_USER", "SMTP_PASSWORD", "SMTP_TLS", "MAIL_FROM"),
    ]
)


def text(name: str, default: str) -> str:
    """SAMSPILL_<name>, or what the file named by SAMSPILL_<name>_FILE holds (for secrets), else default."""
    key = f"SAMSPILL_{name}"
    path = os.environ.get(f"{key}_FILE")
    if path and key in os.environ:
        raise ImproperlyConfigured(f"Both {key} and {key}_FILE are set. Keep one of them.")
    if path:
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise ImproperlyConfigured(
                f"{key}_FILE names {path}, which cannot be read: {error.strerror}."
            ) from error
    return os.environ.get(key, default)


def flag(name: str, *, default: bool) -> bool:
    raw = text(name, "yes" if default else "no").lower()
    if raw in {"1", "yes", "true", "on"}:
        return True
    if raw in {"0", "no", "false", "off", ""}:
        return False
    raise ImproperlyConfigured(f"SAMSPILL_{name} is {raw!r}; write yes or no.")


def whole(name: str, default: int, *, least: int = 0, most: int = 2**31) -> int:
    raw = text(name, str(default))
    try:
        value = int(raw)
    except ValueError as error:
        raise ImproperlyConfigured(f"SAMSPILL_{name} is {raw!r}; write a whole number.") from error
    if not least <= value <= most:
        raise ImproperlyConfigured(f"SAMSPILL_{name} is {value}; it must be from {least} to {most}.")
    return value


def words(name: str, default: str) -> list[str]:
    """A list with commas between."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def choice(name: str, default: str, of: Iterable[str]) -> str:
    """One of a few words, in capitals or not."""
    raw, known = text(name, default), list(of)
    if raw.upper() not in known:
        raise ImproperlyConfigured(f"SAMSPILL_{name} is {raw!r}; write one of {', '.join(known)}.")
    return raw.upper()


def unknown() -> list[str]:
    """A sentence about each SAMSPILL_ name that is set and read by nobody: most often it is misspelt."""
    known = {f"SAMSPILL_{name}{ending}" for name in NAMES for ending in ("", "_FILE")}
    found = []
    for name in sorted(os.environ):
        if name.startswith("SAMSPILL_") and name not in known:
            near = difflib.get_close_matches(name, known, 1)
            hint = f"Did you mean {near[0]}?" if near else "docs/settings.md lists them all."
            found.append(f"{name} is set, but it is no setting. {hint}")
    return found
