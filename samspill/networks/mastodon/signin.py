"""Sign in on any server: Samspill registers itself there, the person says yes and brings back a code."""

from __future__ import annotations

import base64
import hashlib
import secrets
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _

from samspill.networks import http
from samspill.networks.base import Account, Ask, SignedIn, Step
from samspill.networks.errors import NetworkError, TryLater, WrongAnswer
from samspill.networks.mastodon.api import Line, refusal, remote_id, understood
from samspill.networks.mastodon.limits import domain_of, instance
from samspill.networks.said import words

BY_HAND = "urn:ietf:wg:oauth:2.0:oob"  # the server shows the code, and the person carries it over
SCOPES = "read:accounts read:notifications read:statuses write:media write:statuses"
CODE = Ask("code", _("Code"), _("The server shows it once you have said yes."))


def begin(answers: Mapping[str, str]) -> Step | None:
    """Register with the server and send the person there; nothing to do where a token was pasted."""
    if answers.get("token", "").strip():
        return None
    server, _said = _home(answers.get("server", ""))
    form = {"client_name": "Samspill", "redirect_uris": BY_HAND, "scopes": SCOPES}
    try:
        app = understood(http.request("POST", f"{server}/api/v1/apps", form=form, timeout=http.READ))
    except NetworkError as error:
        raise WrongAnswer(error.args[0], field="server") from error
    verifier = secrets.token_urlsafe(48)
    carry = {
        "server": server,
        "client_id": words(app, "client_id"),
        "client_secret": words(app, "client_secret"),
        "verifier": verifier,
    }
    if not carry["client_id"]:
        raise WrongAnswer(_("The server does not let new programs in."), field="server")
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    query = {
        "client_id": carry["client_id"],
        "redirect_uri": BY_HAND,
        "response_type": "code",
        "scope": SCOPES,
        "code_challenge": challenge,
        "code_challenge_method": "S256",
    }
    return Step(f"{server}/oauth/authorize?{urlencode(query)}", carry)


def sign_in(answers: Mapping[str, str]) -> SignedIn:
    server, said = _home(answers.get("server", ""))
    pasted = answers.get("token", "").strip()
    token = pasted or _token(server, answers)
    kept = {name: answers[name] for name in ("client_id", "client_secret") if answers.get(name)}
    account = Account(server, "", "", {"token": token, **kept})
    try:
        me = Line(account).get("/api/v1/accounts/verify_credentials")
    except TryLater as error:
        raise WrongAnswer(error.args[0], field="server") from error
    except NetworkError as error:
        raise WrongAnswer(
            _("The server does not know this access token."), field="token" if pasted else "code"
        ) from error
    name, identity = words(me, "username"), words(me, "id")
    if not name or not identity:
        raise WrongAnswer(_("There is no Mastodon server at this address."), field="server")
    account = Account(
        server, f"{name}@{domain_of(said, server)}", remote_id(identity, server), account.secrets
    )
    return SignedIn(account, words(me, "display_name") or name, words(me, "url"))


def _home(typed: str) -> tuple[str, dict[str, Any]]:
    """The server in what a person typed, which may be their whole handle, and what it says of itself."""
    typed = typed.strip()
    if "://" not in typed:
        typed = typed.rpartition("@")[2]
    if not typed:
        raise WrongAnswer(_("Write the server's name, such as mastodon.social."), field="server")
    try:
        return instance(http.server_address(typed))
    except TryLater as error:
        raise WrongAnswer(error.args[0], field="server") from error


def _token(server: str, answers: Mapping[str, str]) -> str:
    """Give the code for a token; the code holds once and for a few minutes."""
    code = answers.get("code", "").strip()
    if not code or not answers.get("client_id"):
        raise WrongAnswer(_("Paste the code that the server shows, or an access token."), field="code")
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "client_id": answers["client_id"],
        "client_secret": answers.get("client_secret", ""),
        "redirect_uri": BY_HAND,
        "scope": SCOPES,
        "code_verifier": answers.get("verifier", ""),
    }
    answer = http.request("POST", f"{server}/oauth/token", form=form, timeout=http.READ)
    token = words(answer.json(), "access_token")
    if answer.ok and token:
        return token
    if isinstance(refusal(answer), TryLater) or answer.status >= 500:
        raise TryLater(_("The server has trouble of its own."), status=answer.status)
    raise WrongAnswer(_("The code no longer holds. Begin again to get a new one."), field="code")
