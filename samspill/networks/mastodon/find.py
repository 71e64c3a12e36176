"""Is it out already? Mastodon forgets our key after an hour, so we read our own newest statuses."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import regex
from django.utils.translation import gettext_lazy as _

from samspill.lib.text import MASTODON_MENTION
from samspill.networks.base import Ref
from samspill.networks.errors import Reconnect, Refused, TryLater
from samspill.networks.mastodon.api import Line, local_id
from samspill.networks.mastodon.statuses import ref
from samspill.networks.plain_html import plain
from samspill.networks.said import moment, things, words

SLACK = timedelta(minutes=5)  # their clock and ours
TRIES = 3  # of one page: on a line that fails now and then, many would never all come
PAGES = 25  # of 40, so that a whole day of a busy account can be looked through


def find(line: Line, us: str, said: dict[str, Any], since: datetime) -> Ref | None:
    """The status that says `said` (the JSON we sent), not older than `since`."""
    for status in _newest(line, local_id(us), since - SLACK):
        if _alike(status, said) and _same_words(line, status, said["status"]):
            return ref(status)
    return None


def _newest(line: Line, account: str, oldest: datetime) -> Iterator[dict[str, Any]]:
    """Our own statuses from the newest back to the moment. TryLater when that is further than we look."""
    last = ""
    for _page in range(PAGES):
        params = {"limit": "40", "exclude_reblogs": "true", **({"max_id": last} if last else {})}
        page = _statuses(line, account, params)
        for status in page:
            if (moment(status, "created_at") or oldest) >= oldest:
                yield status
        times = [at for status in page if (at := moment(status, "created_at"))]
        last = words(page[-1], "id") if page else ""
        if not last or (times and min(times) < oldest):
            return
    raise TryLater(_("There are too many posts to look through."))


def _statuses(line: Line, account: str, params: dict[str, str]) -> list[dict[str, Any]]:
    for left in reversed(range(TRIES)):
        try:
            return things(line.get(f"/api/v1/accounts/{account}/statuses", params))
        except TryLater as error:
            if not left or error.status == 429:
                raise
    return []


def _alike(status: dict[str, Any], said: dict[str, Any]) -> bool:
    """What is cheap to see: the same number of pictures, in answer to the same status, about the same words.

    It spares us asking for the source of every other status.
    """
    pictures = len(things(status, "media_attachments")) == len(said.get("media_ids", []))
    if not pictures or words(status, "in_reply_to_id") != said.get("in_reply_to_id", ""):
        return False
    ours, theirs = _vocabulary(said["status"]), _vocabulary(plain(words(status, "content")))
    return 2 * len(ours & theirs) >= len(ours)


def _vocabulary(text: str) -> set[str]:
    return set(regex.findall(r"\w+", text.casefold()))


def _same_words(line: Line, status: dict[str, Any], text: str) -> bool:
    """By the source as it was written; servers without one are compared by what they show."""
    try:
        source = line.get(f"/api/v1/statuses/{words(status, 'id')}/source")
    except (Refused, Reconnect):
        return _shown(plain(words(status, "content"))) == _shown(text)
    return _written(words(source, "text")) == _written(text)


def _written(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def _shown(text: str) -> str:
    """A server shows @name@server as @name, and spaces as it pleases."""
    return regex.sub(r"\s+", " ", MASTODON_MENTION.sub(r"@\g<name>", text)).strip()
