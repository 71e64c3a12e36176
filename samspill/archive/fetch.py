"""Sources that are asked again and again, and what one question to one brings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from msgspec import Struct

from samspill.archive.mastodon import post
from samspill.archive.posts import Event
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


class HashtagFetch:
    """What is said under a hashtag on a server of the Mastodon API: `min_id` walks on and skips nothing."""

    def __init__(self, server: str, tag: str) -> None:
        self.server, self.tag = server, tag

    def __call__(self, cursor: str) -> Fetched:
        statuses, last = tags.page(self.server, self.tag, cursor)
        is_all = last == cursor or not cursor
        return Fetched([post(status) for status in statuses], last, more=not is_all)
