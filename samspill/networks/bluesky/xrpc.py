"""Talk with a PDS: ask, understand what it says, and renew the session when it has run out."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from samspill.networks import http
from samspill.networks.base import Account, Secrets
from samspill.networks.errors import NetworkError, OutcomeUnknown, Reconnect, Refused, TryLater
from samspill.networks.said import retry_at, words

RENEWING = 20.0  # seconds for each of the two ways to a new session
RUN_OUT = {"ExpiredToken", "InvalidToken", "AuthMissing", "AuthenticationRequired"}
Params = Mapping[str, Any] | Sequence[tuple[str, str]]


class Said(Refused):
    """The server's own refusal; `error` is the name that the lexicon gives it."""

    def __init__(self, message: Any, *, error: str, status: int) -> None:
        super().__init__(message, status=status)
        self.error = error


def address(server: str, method: str) -> str:
    return f"{server}/xrpc/{method}"


def ask(server: str, method: str, params: Params) -> dict[str, Any]:
    """A public question, without a session."""
    return understood(http.request("GET", address(server, method), params=params))


class Session:
    """One account's line to its server, for one call of ours."""

    def __init__(self, account: Account) -> None:
        self.account = account
        self.secrets: Secrets = account.secrets

    def get(self, method: str, params: Params) -> dict[str, Any]:
        return understood(self._send("GET", method, params=params))

    def call(self, method: str, **body: Any) -> dict[str, Any]:
        """A procedure that may be repeated without harm."""
        return understood(self._send("POST", method, **body))

    def publish(self, method: str, body: bytes) -> http.Answer:
        """A procedure that is carried out once; OutcomeUnknown when no answer came."""
        return self._send("POST", method, content=body, once=True)

    def _send(self, verb: str, method: str, **parts: Any) -> http.Answer:
        """Once more with a new session when the server says that ours has run out; one time-out for all."""
        until = time.monotonic() + (http.READ if verb == "GET" else http.SEND)
        answer = self._one(verb, method, parts, until)
        if answer.status in (400, 401) and words(answer.json(), "error") in RUN_OUT:
            self.secrets = self.account.renew(self.secrets, self._renewed)
            answer = self._one(verb, method, parts, max(until, time.monotonic() + 5))
        return answer

    def _one(self, verb: str, method: str, parts: dict[str, Any], until: float) -> http.Answer:
        headers = {"authorization": f"Bearer {self.secrets.get('access', '')}"}
        if "content" in parts:
            headers["content-type"] = parts.get("media_type", "application/json")
        more = {name: value for name, value in parts.items() if name != "media_type"}
        timeout = until - time.monotonic()
        return http.request(
            verb, address(self.account.server, method), headers=headers, timeout=timeout, **more
        )

    def _renewed(self, stale: Secrets) -> Secrets:
        headers = {"authorization": f"Bearer {stale.get('refresh', '')}"}
        place = address(self.account.server, "com.atproto.server.refreshSession")
        answer = http.request("POST", place, headers=headers, timeout=RENEWING)
        if answer.status in (400, 401) and words(answer.json(), "error") in RUN_OUT:
            return create_session(self.account.server, self.account.remote_id, stale.get("password", ""))
        return tokens(understood(answer), stale)


def create_session(server: str, identifier: str, password: str) -> Secrets:
    """Sign in anew with the app password; only a plain no asks a person to come back."""
    said = {"identifier": identifier, "password": password}
    place = address(server, "com.atproto.server.createSession")
    answer = http.request("POST", place, json=said, timeout=RENEWING)
    if answer.status in (400, 401, 403) and words(answer.json(), "error"):
        raise Reconnect(_("Bluesky no longer takes the app password. Make a new one and connect again."))
    return tokens(understood(answer), {"password": password})


def tokens(session: Mapping[str, Any], known: Secrets) -> Secrets:
    access, refresh = words(session, "accessJwt"), words(session, "refreshJwt")
    if not access:
        raise TryLater(_("The server did not answer as a Bluesky server does."))
    return {**known, "access": access, "refresh": refresh or known.get("refresh", "")}


def understood(answer: http.Answer) -> dict[str, Any]:
    """The answer to a question that changes nothing, or that may be asked again."""
    said = answer.json()
    if answer.ok and (isinstance(said, dict) or not answer.body):
        return said or {}
    raise refusal(answer) or TryLater(_trouble(answer), status=answer.status)


def outcome(answer: http.Answer) -> dict[str, Any]:
    """The answer to a request that published: what is no clear yes and no clear no is unknown."""
    said = answer.json()
    if answer.ok and words(said, "uri") and words(said, "cid"):
        return dict(said)
    raise refusal(answer) or OutcomeUnknown(_trouble(answer), status=answer.status)


def refusal(answer: http.Answer) -> NetworkError | None:
    """What the server clearly said no with, if it did."""
    said = answer.json()
    error, message = words(said, "error"), words(said, "message")
    if answer.status == 429:
        wait = retry_at(answer.headers, datetime.now(UTC))
        return TryLater(_("The server asks us to wait."), retry_at=wait, status=429)
    if not error or not 400 <= answer.status < 500:
        return None
    if answer.status == 401 or error in RUN_OUT or error in {"AccountTakedown", "AccountDeactivated"}:
        return Reconnect(message or error, status=answer.status)
    return Said(message or error, error=error, status=answer.status)


def _trouble(answer: http.Answer) -> Any:
    if answer.status >= 500:
        return _("The server has trouble of its own.")
    return _("The server did not answer as a Bluesky server does.")
