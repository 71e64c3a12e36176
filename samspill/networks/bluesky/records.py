"""A post as Bluesky keeps it: the record with its links, tags and mentions, and a place for each key."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

from samspill.lib.text import Span, bluesky_cashtags, bluesky_links, bluesky_mentions, bluesky_tags
from samspill.networks.base import Image, Outgoing, Ref

POST = "app.bsky.feed.post"
FACET = "app.bsky.richtext.facet"
DIGITS = "234567abcdefghijklmnopqrstuvwxyz"


def tid(key: str, due_at: datetime) -> str:
    """A record key that follows from the delivery alone (atproto.com/specs/tid), so it can be made again.

    53 bits of microseconds: the due second and 20 bits of the key's hash; 10 bits of clock: the hash again.
    """
    digest = int.from_bytes(hashlib.sha256(key.encode()).digest()[:4], "big")
    second = int(due_at.replace(microsecond=0).timestamp())
    number = ((second * 1_000_000 + (digest >> 12)) & (2**53 - 1)) << 10 | digest & 1023
    return "".join(DIGITS[number >> shift & 31] for shift in range(60, -1, -5))


def post_record(
    outgoing: Outgoing,
    blobs: Sequence[tuple[Image, dict[str, Any]]],
    did_of: Callable[[str], str],
    reference: Callable[[Ref], dict[str, str]],
) -> dict[str, Any]:
    record: dict[str, Any] = {
        "$type": POST,
        "text": outgoing.text,
        "createdAt": outgoing.due_at.astimezone(UTC)
        .isoformat(timespec="milliseconds")
        .replace("+00:00", "Z"),
    }
    if outgoing.language:
        record["langs"] = [outgoing.language]
    if found := facets(outgoing.text, did_of):
        record["facets"] = found
    if outgoing.reply_to:
        root = outgoing.root or outgoing.reply_to
        record["reply"] = {"root": reference(root), "parent": reference(outgoing.reply_to)}
    if blobs:
        record["embed"] = {"$type": "app.bsky.embed.images", "images": [_picture(*each) for each in blobs]}
    return record


def put(did: str, rkey: str, record: dict[str, Any]) -> bytes:
    """The request: put the record in its place, which must be empty or hold this very record."""
    body = {"repo": did, "collection": POST, "rkey": rkey, "record": record, "swapRecord": None}
    return json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def facets(text: str, did_of: Callable[[str], str]) -> list[dict[str, Any]]:
    """Mark links, tags, and the mentions of people who exist; positions are bytes of UTF-8, end exclusive."""
    marks = [(span, {"$type": f"{FACET}#link", "uri": span.says}) for span in bluesky_links(text)]
    tags = [*bluesky_tags(text), *bluesky_cashtags(text)]
    marks += [(span, {"$type": f"{FACET}#tag", "tag": span.says}) for span in tags]
    for span in bluesky_mentions(text):
        if did := did_of(span.says):
            marks.append((span, {"$type": f"{FACET}#mention", "did": did}))
    found: list[dict[str, Any]] = []
    end = 0
    for span, feature in sorted(marks, key=lambda mark: mark[0].start):
        if span.start >= end:
            found.append({"index": _bytes(text, span), "features": [feature]})
            end = span.end
    return found


def split(uri: str) -> tuple[str, str, str]:
    """at://did/collection/rkey in its parts."""
    did, collection, rkey = (*uri.removeprefix("at://").split("/"), "", "", "")[:3]
    return did, collection, rkey


def post_url(uri: str) -> str:
    did, _collection, rkey = split(uri)
    return f"https://bsky.app/profile/{did}/post/{rkey}"


def _bytes(text: str, span: Span) -> dict[str, int]:
    return {
        "byteStart": len(text[: span.start].encode()),
        "byteEnd": len(text[: span.end].encode()),
    }


def _picture(image: Image, blob: dict[str, Any]) -> dict[str, Any]:
    return {"alt": image.alt, "image": blob, "aspectRatio": {"width": image.width, "height": image.height}}
