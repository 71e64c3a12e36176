"""Where a post's key stands among all keys: near those of its time, so that new ones stand side by side."""

from __future__ import annotations

import re
from functools import lru_cache
from hashlib import blake2b

from samspill.archive.store.sqlite.schema import EPOCH, LAST

SPREAD = 23  # bits that tell keys of one millisecond apart
_TID = re.compile(r"[234567abcdefghij][234567a-z]{12}")  # atproto.com/specs/tid
_SORTED = "234567abcdefghijklmnopqrstuvwxyz"
_AS_DIGITS = str.maketrans(_SORTED, "0123456789abcdefghijklmnopqrstuv")  # as int() reads base 32
_SNOWFLAKE = re.compile(
    r"\d{17,19}"
)  # Mastodon: milliseconds since 1970 in the upper bits, lib/mastodon/snowflake.rb


@lru_cache(maxsize=8192)  # asked twice of each post of a batch
def place_of(network: str, key: str) -> int:
    """A number of 63 bits, always the same for a key; two keys may share one: the caller must mind."""
    spread = int.from_bytes(
        blake2b(f"{network}\0{key}".encode("utf-8", "surrogatepass"), digest_size=8).digest()
    )
    at = _moment(key.rpartition("/")[2])
    if 0 <= at <= LAST:
        return (at << SPREAD) | (spread & ((1 << SPREAD) - 1))
    return spread >> 1


def _moment(last: str) -> int:
    """Milliseconds since 2010 that the last part of a key tells; -1 where it tells none."""
    if len(last) == 13 and _TID.fullmatch(last):
        return (int(last.translate(_AS_DIGITS), 32) >> 10) // 1000 - EPOCH
    if _SNOWFLAKE.fullmatch(last):
        return (int(last) >> 16) - EPOCH
    return -1
