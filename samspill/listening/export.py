"""What was found, as a file: the newest ten thousand, one post a line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime

from django.utils.translation import gettext as _

from samspill.archive.posts import Post
from samspill.archive.query import Node
from samspill.archive.store import Store
from samspill.lib.spreadsheet import csv_lines

MOST = 10_000
AT_ONCE = 500


def found(store: Store, node: Node) -> Iterator[Post]:
    """The newest first, asked for in pages, so that no question is long."""
    before: int | None = None
    for _page in range(MOST // AT_ONCE):
        page = store.find(node, before=before, limit=AT_ONCE)
        for hit in page.hits:
            yield hit.post
        if not page.more:
            return
        before = page.hits[-1].id


def ndjson(store: Store, node: Node) -> Iterator[str]:
    for post in found(store, node):
        yield json.dumps(_row(post), ensure_ascii=False) + "\n"


def csv(store: Store, node: Node) -> Iterator[str]:
    head = [
        _("Time"),
        _("Network"),
        _("Handle"),
        _("Name"),
        _("Text"),
        _("Language"),
        _("Hashtags"),
        _("Links"),
        _("Address"),
    ]
    rows = (
        [
            row["at"],
            row["network"],
            row["handle"],
            row["name"],
            row["text"],
            row["language"],
            " ".join(f"#{tag}" for tag in post.tags),
            " ".join(post.links),
            row["url"],
        ]
        for post in found(store, node)
        for row in [_row(post)]
    )
    return csv_lines(head, rows)


def _row(post: Post) -> dict[str, object]:
    return {
        "at": datetime.fromtimestamp(post.at / 1000, UTC).isoformat(),
        "network": post.network,
        "id": post.key,
        "author": post.author,
        "handle": post.handle,
        "name": post.name,
        "text": post.text,
        "language": post.lang,
        "hashtags": list(post.tags),
        "links": list(post.links),
        "url": post.url,
    }
