"""Sources that are asked again and again, and what one question to one brings."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import Protocol

from msgspec import Struct

from samspill.archive.mastodon import post
from samspill.archive.posts import Event
from samspill.networks.errors import NetworkError
from samspill.networks.mastodon import tag as tags


class Fetched(Struct):
    """The events of one question, in order, and the cursor that is kept with them.

    `more`: it has more for us at once. `wait`: seconds that it wants to be left alone for, where it says so.
    """

    events: Sequence[Event]
    cursor: str
    more: bool = False
    wait: float = 0.0


class Fetch(Protocol):
    """One question to a source, from a cursor on; '' is the beginning. Raises one of networks/errors.py;
    Reconnect ends the stream until a person says otherwise."""

    def __call__(self, cursor: str) -> Fetched: ...


LOOK_BACK = 10  # pages of what was said before, for a stream that is new


class HashtagFetch:
    """What is said under a hashtag on a server of the Mastodon API: `min_id` walks on and skips nothing. At
    the beginning it looks back over what the server has."""

    def __init__(self, server: str, tag: str) -> None:
        self.server, self.tag = server, tag

    def __call__(self, cursor: str) -> Fetched:
        if not cursor:
            return self._look_back()
        found = tags.page(self.server, self.tag, after=cursor)
        return Fetched([post(each) for each in found.statuses], found.last or cursor, more=bool(found.last))

    def _look_back(self) -> Fetched:
        """The newest pages, the oldest first. One that does not come ends the look back, no more."""
        found = [tags.page(self.server, self.tag)]
        with suppress(NetworkError):
            while found[-1].first and len(found) < LOOK_BACK:
                found.append(tags.page(self.server, self.tag, before=found[-1].first))
        statuses = [status for each in reversed(found) for status in each.statuses]
        return Fetched([post(each) for each in statuses], found[0].last)
