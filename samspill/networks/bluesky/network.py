"""Bluesky and every other server of the AT Protocol."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from samspill.lib.text import bluesky_length
from samspill.networks.base import (
    Account,
    Ask,
    Can,
    Image,
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
from samspill.networks.bluesky import incoming, records
from samspill.networks.bluesky.signin import sign_in
from samspill.networks.bluesky.xrpc import Said, Session, ask, outcome
from samspill.networks.errors import OutcomeUnknown, Refused, TryLater
from samspill.networks.said import inside, things, whole, words

# Servers do not tell; these stand in the lexicons app.bsky.feed.post and app.bsky.embed.images.
LIMITS = Limits(text=300, unit="graphemes", images=4, image_bytes=1_000_000, alt_text=2000)
AT_ONCE = 25  # posts that getPosts takes


class Bluesky(Network):
    """`plc` is the directory of accounts, `appview` a public view of the network that knows every handle."""

    key = "bluesky"
    name = "Bluesky"
    about = _("An open network for short posts. Works with bsky.social and with servers of your own.")
    can = frozenset({Can.PUBLISH, Can.INBOX, Can.NUMBERS})
    asks = (
        Ask("handle", _("Handle"), _("Your whole handle, with its dots."), placeholder="name.bsky.social"),
        Ask(
            "password",
            _("App password"),
            _("Not your ordinary password: make one in Bluesky, under Settings, Privacy and security."),
            secret=True,
            placeholder="xxxx-xxxx-xxxx-xxxx",
        ),
        Ask(
            "server",
            _("Server"),
            _("Only if your account lies on a server that cannot be found from the handle."),
            required=False,
        ),
    )
    idempotent = True

    def __init__(
        self, plc: str = "https://plc.directory", appview: str = "https://public.api.bsky.app"
    ) -> None:
        self.plc = plc
        self.appview = appview

    def sign_in(self, answers: Mapping[str, str]) -> SignedIn:
        return sign_in(answers, self.plc, self.appview)

    def limits(self, account: Account) -> Limits:
        return LIMITS

    def length(self, text: str, limits: Limits) -> int:
        return bluesky_length(text)

    def prepare(self, account: Account, outgoing: Outgoing) -> Payload:
        if bluesky_length(outgoing.text) > LIMITS.text:
            raise Refused(_("The text is longer than Bluesky takes."))
        session = Session(account)
        blobs = [(image, self._upload(session, image)) for image in outgoing.images]
        record = records.post_record(
            outgoing,
            blobs,
            did_of=lambda handle: self._did_of(session, handle),
            reference=lambda ref: self._reference(session, ref),
        )
        rkey = records.tid(outgoing.key, outgoing.due_at)
        body = records.put(account.remote_id, rkey, record)
        return Payload(body, f"at://{account.remote_id}/{records.POST}/{rkey}")

    def send(self, account: Account, payload: Payload, key: str) -> Ref:
        try:
            said = outcome(Session(account).publish("com.atproto.repo.putRecord", payload.body))
        except Said as error:
            if error.error != "InvalidSwap":
                raise
            return self._in_our_place(account, payload, error)
        return _ref(said)

    def _in_our_place(self, account: Account, payload: Payload, error: Said) -> Ref:
        """The place is taken. It follows from our key, so whatever stands there is this delivery."""
        try:
            found = self._look(account, payload)
        except TryLater as later:
            raise OutcomeUnknown(error.args[0], status=error.status) from later
        if found is None:
            raise OutcomeUnknown(error.args[0], status=error.status) from error
        return found

    def find(self, account: Account, payload: Payload, key: str, since: datetime) -> Ref | None:
        return self._look(account, payload)

    def _look(self, account: Account, payload: Payload) -> Ref | None:
        """Ask the PDS itself: the view of the network lags behind."""
        did, collection, rkey = records.split(payload.id)
        place = {"repo": did, "collection": collection, "rkey": rkey}
        try:
            return _ref(ask(account.server, "com.atproto.repo.getRecord", place))
        except Said as error:
            # The name RecordNotFound is newer than the sentence.
            if error.error == "RecordNotFound" or str(error).startswith("Could not locate record"):
                return None
            raise TryLater(error.args[0], status=error.status) from error

    def delete(self, account: Account, ref: Ref) -> None:
        did, collection, rkey = records.split(ref.id)
        if did != account.remote_id:
            raise Refused(_("This post is not ours to delete."))
        place = {"repo": did, "collection": collection, "rkey": rkey}
        Session(account).call("com.atproto.repo.deleteRecord", json=place)

    def fetch(self, account: Account, cursor: str) -> Page:
        session = Session(account)

        def listing(page: str) -> dict[str, Any]:
            params = {"limit": "100", **({"cursor": page} if page else {})}
            return session.get("app.bsky.notification.listNotifications", params)

        return incoming.fetch(cursor, account.remote_id, listing)

    def thread(self, account: Account, ref: Ref) -> Sequence[Incoming]:
        params = {"uri": ref.id, "depth": "100", "parentHeight": "0"}
        try:
            said = Session(account).get("app.bsky.feed.getPostThread", params)
        except Said as error:
            if error.error == "NotFound":
                return []
            raise
        return sorted(incoming.below(said), key=lambda item: item.at)

    def numbers(self, account: Account) -> Numbers:
        said = Session(account).get("app.bsky.actor.getProfile", {"actor": account.remote_id})
        return Numbers(
            followers=whole(said, "followersCount"),
            following=whole(said, "followsCount"),
            posts=whole(said, "postsCount"),
        )

    def post_numbers(self, account: Account, refs: Sequence[Ref]) -> Sequence[PostNumbers]:
        session, found = Session(account), []
        for start in range(0, len(refs), AT_ONCE):
            uris = [("uris", ref.id) for ref in refs[start : start + AT_ONCE]]
            found += things(session.get("app.bsky.feed.getPosts", uris), "posts")
        return [_post_numbers(post) for post in found]

    def _upload(self, session: Session, image: Image) -> dict[str, Any]:
        said = session.call("com.atproto.repo.uploadBlob", content=image.content, media_type=image.media_type)
        blob = inside(said, "blob")
        if not isinstance(blob, dict):
            raise TryLater(_("The server did not take the picture."))
        return blob

    def _did_of(self, session: Session, handle: str) -> str:
        try:
            return words(session.get("com.atproto.identity.resolveHandle", {"handle": handle}), "did")
        except Said:
            return ""

    def _reference(self, session: Session, ref: Ref) -> dict[str, str]:
        if ref.token:
            return {"uri": ref.id, "cid": ref.token}
        posts = things(session.get("app.bsky.feed.getPosts", [("uris", ref.id)]), "posts")
        if not posts:
            raise Refused(_("The post that this answers is gone."))
        return {"uri": ref.id, "cid": words(posts[0], "cid")}


def _ref(said: Mapping[str, Any]) -> Ref:
    uri, cid = words(said, "uri"), words(said, "cid")
    if not uri or not cid:
        raise TryLater(_("The server did not answer as a Bluesky server does."))
    return Ref(uri, records.post_url(uri), cid)


def _post_numbers(post: dict[str, Any]) -> PostNumbers:
    shares = [count for name in ("repostCount", "quoteCount") if (count := whole(post, name)) is not None]
    return PostNumbers(
        id=words(post, "uri"),
        reactions=whole(post, "likeCount"),
        shares=sum(shares) if shares else None,
        replies=whole(post, "replyCount"),
    )
