"""Sign in with a handle and an app password, on whichever server keeps the account."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from samspill.networks import http
from samspill.networks.base import Account, SignedIn
from samspill.networks.bluesky.identity import Identity, resolve, typed_handle
from samspill.networks.bluesky.xrpc import Session, address, refusal, tokens
from samspill.networks.errors import Blocked, NetworkError, TryLater, WrongAnswer
from samspill.networks.said import words


def sign_in(answers: Mapping[str, str], plc: str, appview: str) -> SignedIn:
    handle = typed_handle(answers.get("handle", ""))
    password = answers.get("password", "").strip()
    if not password:
        raise WrongAnswer(_("Paste the app password here."), field="password")
    given = answers.get("server", "").strip()
    home = Identity(handle, _server(given)) if given else resolve(handle, plc, appview)
    session = _session(home, password, "server" if given else "handle")
    account = Account(
        server=home.server,
        handle=words(session, "handle") or handle,
        remote_id=words(session, "did"),
        secrets=tokens(session, {"password": password}),
    )
    url = f"https://bsky.app/profile/{account.remote_id}"
    return SignedIn(account, _name(account), url)


def _server(typed: str) -> str:
    try:
        return http.server_address(typed)
    except Blocked as error:
        raise WrongAnswer(error.args[0], field="server") from error


def _session(home: Identity, password: str, field: str) -> dict[str, Any]:
    said = {"identifier": home.did, "password": password}
    place = address(home.server, "com.atproto.server.createSession")
    try:
        answer = http.request("POST", place, json=said, timeout=http.READ)
    except TryLater as error:
        raise WrongAnswer(error.args[0], field=field) from error
    session = answer.json()
    if answer.ok and words(session, "accessJwt") and words(session, "did"):
        return dict(session)
    raise _why(answer, field)


def _why(answer: http.Answer, field: str) -> NetworkError:
    error, message = words(answer.json(), "error"), words(answer.json(), "message")
    if answer.status == 429:
        return refusal(answer) or TryLater()
    if error == "AuthFactorTokenRequired":
        return WrongAnswer(
            _("This is the ordinary password. Make an app password instead."), field="password"
        )
    if error == "AuthenticationRequired":
        return WrongAnswer(_("The handle and the app password do not belong together."), field="password")
    if error and 400 <= answer.status < 500:
        return WrongAnswer(message or error, field="handle")
    return WrongAnswer(_("There is no Bluesky server at this address."), field=field)


def _name(account: Account) -> str:
    """The name on the profile; a server that cannot show profiles just now is no reason not to sign in."""
    try:
        said = Session(account).get("app.bsky.actor.getProfile", {"actor": account.remote_id})
    except NetworkError:
        return account.handle
    return words(said, "displayName") or account.handle
