"""Talk with a server of the Mastodon API: Mastodon itself, GoToSocial, Pleroma, Pixelfed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _

from samspill.networks import http
from samspill.networks.base import Account
from samspill.networks.errors import NetworkError, OutcomeUnknown, Reconnect, Refused, TryLater
from samspill.networks.said import retry_at, words

Params = Mapping[str, Any] | Sequence[tuple[str, str]]
REFUSALS = {400, 404, 405, 406, 410, 413, 415, 422}


class Missing(Refused):
    """There is no such thing on this server, or it is not for us to see."""


class Line:
    """One account's line to its server."""

    def __init__(self, account: Account) -> None:
        self.server = account.server
        self.headers = {"authorization": f"Bearer {account.secrets.get('token', '')}"}

    def get(self, path: str, params: Params = ()) -> Any:
        return understood(self._send("GET", path, params=params))

    def call(self, method: str, path: str, **parts: Any) -> http.Answer:
        """A request that may be repeated without harm, with its status."""
        return self._send(method, path, **parts)

    def publish(self, path: str, body: bytes, key: str) -> http.Answer:
        """A request that is carried out once; OutcomeUnknown when no answer came."""
        headers = {"content-type": "application/json", "idempotency-key": key}
        return self._send("POST", path, content=body, headers=headers, once=True)

    def _send(self, method: str, path: str, **parts: Any) -> http.Answer:
        headers = {**self.headers, **parts.pop("headers", {})}
        return http.request(method, f"{self.server}{path}", headers=headers, **parts)


def understood(answer: http.Answer) -> Any:
    """The answer to a question that changes nothing, or that may be asked again."""
    said = answer.json()
    if answer.ok and said is not None:
        return said
    raise refusal(answer) or TryLater(_trouble(answer), status=answer.status)


def outcome(answer: http.Answer) -> dict[str, Any]:
    """The answer to a request that published: what is no clear yes and no clear no is unknown."""
    said = answer.json()
    if answer.ok and words(said, "id"):
        return dict(said)
    raise refusal(answer) or OutcomeUnknown(_trouble(answer), status=answer.status)


def refusal(answer: http.Answer) -> NetworkError | None:
    """What the server itself clearly said no with; a page from something in between is no such answer."""
    said = answer.json()
    error = words(said, "error_description") or words(said, "error")
    if answer.status == 429:
        wait = retry_at(answer.headers, datetime.now(UTC))
        return TryLater(_("The server asks us to wait."), retry_at=wait, status=429)
    if not error:
        return None
    if answer.status in (401, 403):
        return Reconnect(error, status=answer.status)
    if answer.status in (404, 410):
        return Missing(error, status=answer.status)
    return Refused(error, status=answer.status) if answer.status in REFUSALS else None


def _trouble(answer: http.Answer) -> Any:
    if answer.status >= 500:
        return _("The server has trouble of its own.")
    return _("The server did not answer as a Mastodon server does.")


def host_of(server: str) -> str:
    return urlsplit(server).netloc


def local_id(remote_id: str) -> str:
    """Ids are the server's own; ours carry its name, since two servers have the same ones."""
    return remote_id.partition("@")[0]


def remote_id(local: str, server: str) -> str:
    return f"{local}@{host_of(server)}"
