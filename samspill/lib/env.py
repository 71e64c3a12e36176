"""Read SAMSPILL_* settings from the environment; a wrong value stops the start with a sentence."""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


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
            raise ImproperlyConfigured(f"{key}_FILE names {path}, which cannot be read: {error.strerror}.") from error
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
