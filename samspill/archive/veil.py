"""Who said it, put away: a post whose author nobody can tell any more, while its words still count.

In the place of an account and of a post's key stands a keyed mark. The key lies in a file of its own beside
the archive, so that a deletion, an account that closes, or a person's request is still followed: whoever
comes with the account can be answered, and nobody can go the other way.
"""

from __future__ import annotations

import os
import re
import secrets
from hashlib import blake2b
from pathlib import Path

import msgspec

from samspill.archive.posts import Post

BEGINS = "~"  # no network's account or key does
_HANDLE = re.compile(r"(?<![\w/.])@\w[\w.-]*(?:@[\w.-]+)?")


class Veil:
    """`secret`: 32 bytes of this installation."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def author(self, network: str, author: str) -> str:
        return self._mark(f"a\0{network}\0{author}", author)

    def key(self, network: str, key: str) -> str:
        return self._mark(f"k\0{network}\0{key}", key)

    def _mark(self, what: str, plain: str) -> str:
        if not plain or plain.startswith(BEGINS):
            return plain
        digest = blake2b(what.encode("utf-8", "surrogatepass"), key=self._secret, digest_size=12)
        return BEGINS + digest.hexdigest()

    def over(self, post: Post) -> Post:
        """The same words, hashtags, pages and counts, by nobody; who is spoken to in it is left out, too."""
        network = post.network
        return msgspec.structs.replace(
            post,
            key=self.key(network, post.key),
            author=self.author(network, post.author),
            handle="",
            name="",
            text=_HANDLE.sub("@…", post.text),
            mentions=(),
            reply_to=self.key(network, post.reply_to),
            root=self.key(network, post.root),
            repost_of=self.key(network, post.repost_of),
            url="",
        )


def is_veiled(post: Post) -> bool:
    return post.key.startswith(BEGINS)


def veil_of(path: Path) -> Veil:
    """The installation's own; the file at `path` is made at the first use, for its owner alone."""
    try:
        return Veil(path.read_bytes())
    except FileNotFoundError:
        pass
    made = path.with_name(f"{path.name}.{os.getpid()}")
    made.touch(mode=0o600)
    made.write_bytes(secrets.token_bytes(32))
    try:
        os.link(made, path)  # whoever is second keeps what the first has made
    except FileExistsError:
        pass
    finally:
        made.unlink()
    return Veil(path.read_bytes())
