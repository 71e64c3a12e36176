"""What of a post is found by the index of words: its text without links, and marks for all that is not text.

A mark is a word that begins with a private-use character, which no text keeps: so `tag and language and not
word` is one question to one index. The same post always gives the same words: they are taken out by them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum
from functools import lru_cache
from hashlib import blake2b
from urllib.parse import urlsplit

from samspill.archive.posts import Post
from samspill.lib.tags import tag_key

LONGEST = 40  # characters of a mark that is kept as it stands
_LINK = re.compile(r"https?://\S+", re.IGNORECASE)
_PRIVATE = re.compile("[\ue000-\uf8ff\x00]")


class Mark(StrEnum):
    """What a mark says; the value is the character it begins with."""

    TAG = "\ue000"
    LANG = "\ue001"
    NETWORK = "\ue002"
    AUTHOR = "\ue003"
    SITE = "\ue004"
    TO = "\ue005"
    HAS = "\ue006"
    THREAD = "\ue007"
    HASHED = "\ue008"


@lru_cache(maxsize=100_000)
def mark(what: Mark, value: str) -> str:
    """One word of the index, whatever the value holds."""
    if value.isalnum() and len(value) <= LONGEST:
        return what + value
    return what + Mark.HASHED + blake2b(value.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def readable(text: str) -> str:
    """The text as words: links and private-use characters away."""
    return _PRIVATE.sub(" ", _LINK.sub(" ", text))


def thread_mark(network: str, root: str) -> str:
    return mark(Mark.THREAD, f"{network}\0{root}")


@lru_cache(maxsize=100_000)
def author_mark(network: str, author: str) -> str:
    return mark(Mark.AUTHOR, f"{network}\0{author}")


def domains(links: tuple[str, ...]) -> list[str]:
    """The hosts that are linked to, without www, each once."""
    found = dict.fromkeys(host(link) for link in links)
    return [domain for domain in found if domain]


@lru_cache(maxsize=20_000)
def host(link: str) -> str:
    try:
        return (urlsplit(link).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def sites(domain: str) -> list[str]:
    """The host and what it lies under: tv.nrk.no, nrk.no."""
    parts = domain.split(".")
    return [".".join(parts[at:]) for at in range(max(len(parts) - 1, 1))]


def indexed(post: Post, tags: Sequence[str]) -> str:
    """`tags`: its keys, which whoever asks has already."""
    return f"{readable(post.text)} {' '.join(marks(post, tags))}"


def marks(post: Post, tags: Sequence[str]) -> list[str]:
    """All that is not text, as words; `tags` as for `indexed`."""
    found = [mark(Mark.NETWORK, post.network), author_mark(post.network, post.author)]
    if post.lang:
        found.append(mark(Mark.LANG, post.lang))
    found += [mark(Mark.TAG, key) for key in tags]
    found += [mark(Mark.SITE, site) for domain in domains(post.links) for site in sites(domain)]
    found += [mark(Mark.TO, who.casefold()) for who in dict.fromkeys(post.mentions)]
    found += [mark(Mark.HAS, what) for what in has(post)]
    if post.root:
        found.append(thread_mark(post.network, post.root))
    return found


def has(post: Post) -> list[str]:
    """What `has:` finds it by."""
    return ["link"] * bool(post.links) + ["repost"] * bool(post.repost_of)


def keys(post: Post) -> list[str]:
    """The exact keys of its hashtags, each once, in the order they are written."""
    return list(dict.fromkeys(tag_key(tag) for tag in post.tags))
