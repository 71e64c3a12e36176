"""Mastodon, and every server that speaks its API."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from samspill.lib.text import mastodon_length
from samspill.networks.base import (
    Account,
    Ask,
    Can,
    Image,
    Incoming,
    Kind,
    Limits,
    Network,
    Numbers,
    Outgoing,
    Page,
    Payload,
    PostNumbers,
    Ref,
    SignedIn,
    Step,
)
from samspill.networks.errors import Refused, TryLater
from samspill.networks.mastodon import signin, statuses
from samspill.networks.mastodon.api import Line, Missing, outcome, understood
from samspill.networks.mastodon.find import find
from samspill.networks.mastodon.limits import instance, limits_of
from samspill.networks.said import moment, things, whole, words

PAGE = 40
TYPES = ("mention", "quote", "follow", "favourite", "reblog")
PICTURE_WAIT = 30.0  # seconds that a server may take to prepare a picture


class Mastodon(Network):
    key = "mastodon"
    name = "Mastodon"
    about = _("A network of many servers. Works with each of them, and with GoToSocial and others alike.")
    can = frozenset({Can.PUBLISH, Can.INBOX, Can.NUMBERS})
    asks = (
        Ask("server", _("Server"), _("Where your account is."), placeholder="mastodon.social"),
        Ask(
            "token",
            _("Access token"),
            _("Leave this empty to sign in on the server. For those who have made a token there by hand."),
            secret=True,
            required=False,
        ),
    )

    step_asks = (signin.CODE,)

    def begin(self, answers: Mapping[str, str]) -> Step | None:
        return signin.begin(answers)

    def sign_in(self, answers: Mapping[str, str]) -> SignedIn:
        return signin.sign_in(answers)

    def limits(self, account: Account) -> Limits:
        return limits_of(instance(account.server)[1])

    def length(self, text: str, limits: Limits) -> int:
        return mastodon_length(text, limits.link_length)

    def prepare(self, account: Account, outgoing: Outgoing) -> Payload:
        line = Line(account)
        said: dict[str, Any] = {"status": outgoing.text, "visibility": "public"}
        if outgoing.language:
            said["language"] = outgoing.language
        if outgoing.reply_to:
            said |= _answering(outgoing.text, outgoing.reply_to)
        if outgoing.images:
            said["media_ids"] = [_upload(line, image) for image in outgoing.images]
        return Payload(json.dumps(said, ensure_ascii=False, sort_keys=True).encode())

    def send(self, account: Account, payload: Payload, key: str) -> Ref:
        return statuses.ref(outcome(Line(account).publish("/api/v1/statuses", payload.body, key)))

    def find(self, account: Account, payload: Payload, key: str, since: datetime) -> Ref | None:
        return find(Line(account), account.remote_id, json.loads(payload.body), since)

    def delete(self, account: Account, ref: Ref) -> None:
        try:
            understood(Line(account).call("DELETE", f"/api/v1/statuses/{ref.id}"))
        except Missing:
            return

    def fetch(self, account: Account, cursor: str) -> Page:
        """Walks forward by min_id: since_id would give the newest and skip what lies between."""
        line = Line(account)
        params = [("limit", str(PAGE)), *(("types[]", each) for each in TYPES)]
        params += [("min_id", cursor)] if cursor else []
        page = things(line.get("/api/v1/notifications", params))
        roots = _Roots(line)
        found = [statuses.notice(each, account.remote_id, account.server, roots.of) for each in page]
        items = sorted((item for item in reversed(found) if item), key=lambda item: item.at)
        newest = max((words(each, "id") for each in page), key=_age, default=cursor)
        return Page(items, newest, more=bool(cursor) and len(page) >= PAGE)

    def thread(self, account: Account, ref: Ref) -> Sequence[Incoming]:
        try:
            context = Line(account).get(f"/api/v1/statuses/{ref.id}/context")
        except Missing:
            return []
        above = things(context, "ancestors")
        root = words(above[0], "id") if above else ref.id
        found = [
            statuses.post(status, Kind.REPLY, account.server, root)
            for status in things(context, "descendants")
            if words(status, "id")
        ]
        return sorted(found, key=lambda item: item.at)

    def numbers(self, account: Account) -> Numbers:
        me = Line(account).get("/api/v1/accounts/verify_credentials")
        return Numbers(
            followers=whole(me, "followers_count"),
            following=whole(me, "following_count"),
            posts=whole(me, "statuses_count"),
            last_post_at=moment(me, "last_status_at"),
        )

    def post_numbers(self, account: Account, refs: Sequence[Ref]) -> Sequence[PostNumbers]:
        line, found = Line(account), []
        for ref in refs:
            try:
                found.append(_post_numbers(line.get(f"/api/v1/statuses/{ref.id}")))
            except Missing:
                continue
        return found


class _Roots:
    """The first status of a thread; a notification does not tell it, so ask once for each thread."""

    def __init__(self, line: Line) -> None:
        self.line = line
        self.known: dict[str, str] = {}

    def of(self, status: dict[str, Any]) -> str:
        parent = words(status, "in_reply_to_id")
        if parent not in self.known:
            above = [words(each, "id") for each in self._above(words(status, "id"))]
            self.known |= dict.fromkeys([*above, parent], above[0] if above else parent)
        return self.known[parent]

    def _above(self, status: str) -> list[dict[str, Any]]:
        """A thread that cannot be shown must not hold back everything that comes after it."""
        try:
            return things(self.line.get(f"/api/v1/statuses/{status}/context"), "ancestors")
        except Refused:
            return []
        except TryLater as error:
            if error.status is None or error.status == 429:
                raise
            return []


def _age(identity: str) -> tuple[int, str]:
    """Ids grow: as numbers on Mastodon, as words of one length (ULID) on GoToSocial."""
    return len(identity), identity


def _answering(text: str, to: Ref) -> dict[str, str]:
    """Name the one we answer, or they will not hear of it, and say it to no more people than they did."""
    visibility, acct = statuses.read_token(to.token)
    said = {"in_reply_to_id": to.id, "visibility": visibility}
    if acct and f"@{acct}".lower() not in text.lower():
        said["status"] = f"@{acct} {text}"
    return said


def _upload(line: Line, image: Image) -> str:
    """Give the server a picture; it is not used up until a status carries it, so this may be done again."""
    name = f"picture.{image.media_type.rpartition('/')[2]}"
    answer = line.call(
        "POST",
        "/api/v2/media",
        files={"file": (name, image.content, image.media_type)},
        form={"description": image.alt},
    )
    said = understood(answer)
    if not words(said, "id"):
        raise TryLater(_("The server did not take the picture."))
    return _ready(line, words(said, "id")) if answer.status == 202 else words(said, "id")


def _ready(line: Line, picture: str) -> str:
    """Wait until the server has prepared the picture (206 while it works)."""
    pause, until = 0.1, time.monotonic() + PICTURE_WAIT
    while time.monotonic() < until:
        time.sleep(pause)
        answer = line.call("GET", f"/api/v1/media/{picture}")
        understood(answer)
        if answer.status == 200:
            return picture
        pause = min(2 * pause, 3.0)
    raise TryLater(_("The server takes long to prepare the picture."))


def _post_numbers(status: Any) -> PostNumbers:
    return PostNumbers(
        id=words(status, "id"),
        reactions=whole(status, "favourites_count"),
        shares=whole(status, "reblogs_count"),
        replies=whole(status, "replies_count"),
    )
