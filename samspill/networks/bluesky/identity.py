"""From a handle to the account behind it and the server that keeps it (atproto.com/specs/handle, /did)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

import regex
from django.utils.translation import gettext_lazy as _

from samspill.lib.text import is_handle
from samspill.networks import http
from samspill.networks.bluesky.xrpc import Said, ask
from samspill.networks.errors import Blocked, TryLater, WrongAnswer
from samspill.networks.said import inside, things, words

DID = regex.compile(r"did:(?:plc:[a-z2-7]{24}|web:[a-z0-9.-]+(?:%3A\d{1,5})?)")
SMALL = 64 * 1024  # bytes; such documents are a few hundred


@dataclass(frozen=True)
class Identity:
    did: str
    server: str  # https://host of the PDS


def typed_handle(typed: str) -> str:
    """The handle or DID in what a person typed: with @, in capitals, or as the address of their profile."""
    text = (
        typed.strip()
        .rstrip("/")
        .rpartition("/profile/")[2]
        .removeprefix("@")
        .strip("\u200e\u200f\u202a\u202c")
    )
    if DID.fullmatch(text):
        return text
    text = text.lower()
    if is_handle(text):
        return text
    if is_handle(f"{text}.bsky.social"):
        raise WrongAnswer(
            _("Write the whole handle with its dots, such as name.bsky.social."), field="handle"
        )
    raise WrongAnswer(_("This is not a handle. One looks like name.bsky.social."), field="handle")


def resolve(handle: str, plc: str, appview: str) -> Identity:
    """Who has the handle, and where; the account must say that the handle is its own."""
    did = handle if DID.fullmatch(handle) else did_of(handle, appview)
    try:
        document = _document(did, plc)
    except TryLater as error:
        raise TryLater(_("The directory of accounts does not answer. Try again in a while.")) from error
    if handle != did and f"at://{handle}" not in _names(document):
        raise WrongAnswer(_("The handle points to an account that does not call itself so."), field="handle")
    server = _server(document)
    if not server:
        raise WrongAnswer(_("The account behind this handle has no server."), field="handle")
    return Identity(did, server)


def did_of(handle: str, appview: str) -> str:
    """Ask the handle's own site, then, for those that answer in the DNS only, the view of the network."""
    try:
        answer = http.request("GET", f"https://{handle}/.well-known/atproto-did", limit=SMALL)
        found = answer.body.decode("ascii", "replace").strip()
        if answer.ok and DID.fullmatch(found):
            return found
    except TryLater:
        pass
    try:
        found = words(ask(appview, "com.atproto.identity.resolveHandle", {"handle": handle}), "did")
    except Said as error:
        raise WrongAnswer(
            _("Nobody has this handle. Look for a spelling mistake."), field="handle"
        ) from error
    if not DID.fullmatch(found):
        raise WrongAnswer(_("Nobody has this handle. Look for a spelling mistake."), field="handle")
    return found


def _document(did: str, plc: str) -> Any:
    if did.startswith("did:web:"):
        place = f"https://{unquote(did.removeprefix('did:web:'))}/.well-known/did.json"
    else:
        place = f"{plc}/{did}"
    answer = http.request("GET", place, limit=SMALL)
    document = answer.json()
    if answer.status in (404, 410):
        raise WrongAnswer(_("The account behind this handle is gone."), field="handle")
    if not answer.ok or words(document, "id") != did:
        raise TryLater(_("The directory of accounts does not answer. Try again in a while."))
    return document


def _names(document: Any) -> list[Any]:
    found = inside(document, "alsoKnownAs")
    return [str(each).lower() for each in found] if isinstance(found, list) else []


def _server(document: Any) -> str:
    for service in things(document, "service"):
        is_pds = words(service, "type") == "AtprotoPersonalDataServer"
        if is_pds and words(service, "id").endswith("#atproto_pds"):
            try:
                return http.server_address(words(service, "serviceEndpoint"))
            except Blocked as error:
                raise WrongAnswer(error.args[0], field="handle") from error
    return ""
