"""Find a feed from what a person typed: its own address, or that of a page that tells of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from django.utils.translation import gettext_lazy as _

from samspill.networks.errors import Reconnect, TryLater, WrongAnswer
from samspill.networks.feed.read import Feed, Look, look

TYPES = {"application/rss+xml", "application/atom+xml"}
LARGEST = 2**18  # bytes of a page that are looked through
# Where WordPress and Blogger keep the comments of a whole site.
COMMENTS = ("/comments/feed/", "/feeds/comments/default")


@dataclass(frozen=True)
class Discovered:
    """A feed that was found. `url` is its own address."""

    visit: Look
    feed: Feed

    @property
    def url(self) -> str:
        return self.visit.url

    @property
    def title(self) -> str:
        return self.feed.title or urlsplit(self.url).netloc


def discover(typed: str, *, comments: bool = False) -> Discovered:
    """The feed at the address, or the first one that the page there tells of: of articles, or of comments.

    Raises WrongAnswer for the field `url`, with a sentence.
    """
    address = typed if "://" in typed else f"https://{typed}"
    try:
        visit = look(address)
        if visit.feed:
            return Discovered(visit, visit.feed)
        for told in _places(visit, comments=comments):
            with suppress(TryLater, Reconnect):
                other = look(told)
                if other.feed:
                    return Discovered(other, other.feed)
    except (TryLater, Reconnect) as error:
        raise WrongAnswer(error.args[0], field="url") from error
    if comments:
        raise WrongAnswer(_("The page tells of no feed of its comments."), field="url")
    raise WrongAnswer(_("There is no feed here, and the page tells of none."), field="url")


def _places(visit: Look, *, comments: bool) -> Iterator[str]:
    """The addresses at which the feed may be."""
    told = list(_announced(visit.body))
    yield from (urljoin(visit.url, href) for href, about in told if about == comments)
    if comments:
        yield from (urljoin(visit.url, place) for place in COMMENTS)


def _announced(page: bytes) -> Iterator[tuple[str, bool]]:
    """The feeds that a web page tells of, and whether each is one of comments."""
    reader = _Links()
    reader.feed(page[:LARGEST].decode("utf-8", "replace"))
    yield from reader.found


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        is_feed = "alternate" in said.get("rel", "").lower().split() and said.get("type", "").lower() in TYPES
        if tag == "link" and is_feed and (href := said.get("href")):
            words = f"{href} {said.get('title', '')}".lower()
            self.found.append((href, "comment" in words or "kommentar" in words))
