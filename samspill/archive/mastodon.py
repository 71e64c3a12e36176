"""From a public status of Mastodon's to what is kept of it."""

from __future__ import annotations

from datetime import UTC, datetime

from samspill.archive.posts import Post, language
from samspill.networks.mastodon.tag import Status


def post(status: Status) -> Post:
    """The same, whichever server tells of it: its key is its lasting name."""
    return Post(
        network="mastodon",
        key=status.uri,
        at=_millis(status.at),
        author=status.author,
        handle=status.handle,
        name=status.name,
        text=status.text,
        lang=language(status.lang),
        tags=status.tags,
        links=status.links,
        mentions=status.mentions,
        url=status.url,
        edited=_millis(status.edited) if status.edited else 0,
        likes=status.likes,
        shares=status.shares,
        replies=status.replies,
    )


def _millis(at: datetime) -> int:
    return int(at.astimezone(UTC).timestamp() * 1000)
