"""While a person is away on the network's own page: where they were, sealed in their session."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

from samspill.accounts.access import MemberRequest
from samspill.lib import crypto
from samspill.networks.base import Network, Step

LIFE = 3600  # seconds; the code itself lives ten minutes or so


@dataclass(frozen=True)
class Away:
    """`channel`: the one that is connected again, 0 for a new one."""

    url: str
    channel: int
    carry: Mapping[str, str] = field(repr=False)


def leave(request: MemberRequest, network: Network, step: Step, channel: int) -> None:
    said = {"url": step.url, "carry": dict(step.carry), "channel": channel, "at": time.time()}
    request.session[_name(network)] = crypto.seal(json.dumps(said), *_place(request, network))


def back(request: MemberRequest, network: Network) -> Away | None:
    """Where the person was, or None when they were never sent, or too long ago."""
    try:
        said = json.loads(crypto.unseal(request.session.get(_name(network), ""), *_place(request, network)))
    except crypto.Unreadable:
        return None
    if not 0 <= time.time() - said["at"] < LIFE:
        return None
    return Away(said["url"], said["channel"], said["carry"])


def forget(request: MemberRequest, network: Network) -> None:
    request.session.pop(_name(network), None)


def _name(network: Network) -> str:
    return f"connect:{network.key}"


def _place(request: MemberRequest, network: Network) -> tuple[str, ...]:
    return ("session", network.key, request.workspace.slug, str(request.user.pk))
