"""What a server said, read without trusting its shape: what is missing or odd is empty, never an error."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

LARGEST = 2**53
LONGEST_WAIT = timedelta(hours=24)


def inside(value: Any, *path: str) -> Any:
    """What stands at the end of the path of names, or None."""
    for name in path:
        if not isinstance(value, dict):
            return None
        value = value.get(name)
    return value


def words(value: Any, *path: str) -> str:
    found = inside(value, *path)
    return found if isinstance(found, str) else ""


def whole(value: Any, *path: str) -> int | None:
    """A count; Mastodon and its kin write some of them as text."""
    found = inside(value, *path)
    if isinstance(found, str) and found.isascii() and found.isdigit() and len(found) < 16:
        found = int(found)
    return found if isinstance(found, int) and not isinstance(found, bool) and 0 <= found <= LARGEST else None


def things(value: Any, *path: str) -> list[dict[str, Any]]:
    """The objects of a list."""
    found = inside(value, *path) if path else value
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def moment(value: Any, *path: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(words(value, *path))
        return found.replace(tzinfo=found.tzinfo or UTC).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def retry_at(headers: Mapping[str, str], now: datetime) -> datetime | None:
    """When the server would like to be asked again, as it says in one of four ways; within a day."""
    names = ("retry-after", "x-ratelimit-reset", "ratelimit-reset")
    said = next((headers[name] for name in names if name in headers), "")
    when = _when(said.strip(), now)
    return None if when is None else max(now, min(when, now + LONGEST_WAIT))


def _when(said: str, now: datetime) -> datetime | None:
    try:
        if said.isascii() and said.isdigit():
            seconds = int(said[:15])
            since_1970 = 10**9 < seconds < 10**11
            return (
                datetime.fromtimestamp(seconds, UTC)
                if since_1970
                else now + timedelta(seconds=min(seconds, 10**6))
            )
        return moment({"at": said}, "at") or parsedate_to_datetime(said).astimezone(UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
