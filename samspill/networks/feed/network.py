"""A feed of our own, RSS or Atom: only read, to see how often we say something there."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import NoReturn
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _

from samspill.networks.base import (
    Account,
    Ask,
    Can,
    Incoming,
    Limits,
    Network,
    Numbers,
    Outgoing,
    Page,
    Payload,
    PostNumbers,
    Ref,
    SignedIn,
)
from samspill.networks.errors import Refused, TryLater, WrongAnswer
from samspill.networks.feed.find import discover
from samspill.networks.feed.read import Look, look
from samspill.networks.said import moment, whole, words

EVERY = timedelta(hours=1)  # at most, as feed readers should


@dataclass(frozen=True)
class Seen:
    """What we know of the feed since we began to read it."""

    etag: str = ""
    modified: str = ""
    looked_at: str = ""
    last_at: str = ""
    count: int = 0
    entries: tuple[str, ...] = ()

    def after(self, visit: Look, now: datetime) -> Seen:
        if visit.feed is None:
            return Seen(**{**asdict(self), "looked_at": now.isoformat()})
        new = set(visit.feed.entries) - set(self.entries)
        last = visit.feed.last_at.isoformat() if visit.feed.last_at else self.last_at
        return Seen(
            visit.etag, visit.modified, now.isoformat(), last, self.count + len(new), visit.feed.entries
        )


class Feed(Network):
    """Posts are counted from the entries that the feed showed when we came, and every new one since."""

    key = "feed"
    name = "RSS"
    about = _("The feed of your own site or blog. It is only read, to count what you publish there.")
    can = frozenset({Can.READ, Can.NUMBERS})
    asks = (
        Ask(
            "url",
            _("Web address"),
            _("Of the feed, or of the page that it belongs to."),
            placeholder="https://example.org/blogg",
        ),
    )

    def sign_in(self, answers: Mapping[str, str]) -> SignedIn:
        typed = answers.get("url", "").strip()
        if not typed:
            raise WrongAnswer(_("Write the address of the feed."), field="url")
        found = discover(typed)
        place, visit, feed = urlsplit(found.url), found.visit, found.feed
        seen = Seen().after(visit, datetime.now(UTC))
        account = Account(
            server=f"{place.scheme}://{place.netloc}",
            handle=f"{place.netloc}{place.path}".rstrip("/")[:255],
            remote_id=visit.url,
            secrets={"seen": json.dumps(asdict(seen))},
        )
        return SignedIn(account, feed.title or place.netloc, feed.link or visit.url)

    def numbers(self, account: Account) -> Numbers:
        seen = _read(account.secrets.get("seen", ""))
        now = datetime.now(UTC)
        looked = moment({"at": seen.looked_at}, "at")
        if looked is None or now - looked >= EVERY:
            visit = look(account.remote_id, seen.etag, seen.modified)
            if visit.feed is None and visit.body:
                raise TryLater(_("There is no feed at this address any more."))
            seen = seen.after(visit, now)
            account.keep({"seen": json.dumps(asdict(seen))})
        return Numbers(posts=seen.count, last_post_at=moment({"at": seen.last_at}, "at"))

    def limits(self, account: Account) -> Limits:
        return Limits(text=0, unit="characters", images=0)

    def length(self, text: str, limits: Limits) -> int:
        return len(text)

    def fetch(self, account: Account, cursor: str) -> Page:
        return Page((), cursor)

    def thread(self, account: Account, ref: Ref) -> Sequence[Incoming]:
        return ()

    def post_numbers(self, account: Account, refs: Sequence[Ref]) -> Sequence[PostNumbers]:
        return ()

    def prepare(self, account: Account, outgoing: Outgoing) -> Payload:
        _only_read()

    def send(self, account: Account, payload: Payload, key: str) -> Ref:
        _only_read()

    def find(self, account: Account, payload: Payload, key: str, since: datetime) -> Ref | None:
        _only_read()

    def delete(self, account: Account, ref: Ref) -> None:
        _only_read()


def _only_read() -> NoReturn:
    raise Refused(_("A feed is only read; nothing is published to it from here."))


def _read(kept: str) -> Seen:
    said = json.loads(kept) if kept else {}
    entries = said.get("entries", [])
    texts = {name: words(said, name) for name in ("etag", "modified", "looked_at", "last_at")}
    return Seen(**texts, count=whole(said, "count") or 0, entries=tuple(str(each) for each in entries))
