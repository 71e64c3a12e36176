"""What is kept of what people say in public, and what undoes it: the events that reach the archive.

Structs, not dataclasses: they are made a hundred thousand times a second at the most. gc=False: nothing in
them points back.
"""

from __future__ import annotations

import re

from msgspec import Struct

LANGUAGE = re.compile(r"[a-z]{2,3}(?![a-z])")


class Post(Struct, frozen=True, kw_only=True, array_like=True):
    """A public post. The same network and key again is the same post; of two, the one with the later `edited`
    counts: streams repeat what is old, and an old version never takes the place of a newer one.

    `key` is the network's own lasting id of the post, `author` its lasting id of whoever said it; `at` is
    when it was said, in milliseconds since 1970 UTC. Tags are as written, without their sign, in order;
    links are full addresses; mentions are handles or lasting ids without @. It is packed by the order of its
    fields: a new one stands last.
    """

    network: str
    key: str
    at: int
    author: str
    handle: str = ""
    name: str = ""
    text: str = ""
    lang: str = ""  # BCP 47, the language alone: nb, nn, no, en
    tags: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    reply_to: str = ""  # key of the post it answers
    root: str = ""  # key of the first post of its thread
    repost_of: str = ""  # key of the post it passes on
    url: str = ""
    edited: int = 0  # when this version was made, in milliseconds since 1970 UTC; 0: as it was first said
    likes: int = 0
    shares: int = 0
    replies: int = 0


def language(tag: str) -> str:
    """The language alone of a BCP 47 tag: nb of nb-NO; '' of what is none."""
    found = LANGUAGE.match(tag.lower())
    return found[0] if found else ""


class Gone(Struct, frozen=True, kw_only=True, gc=False):
    """Its author has deleted a post. A tombstone stays for 30 days: a late copy cannot bring it back."""

    network: str
    key: str
    at: int


class Closed(Struct, frozen=True, kw_only=True, gc=False):
    """An account is gone or taken down, and with it all it said until `at`: no late copy brings it back."""

    network: str
    author: str
    at: int


Event = Post | Gone | Closed
