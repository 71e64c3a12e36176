from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import time_machine

from conftest import Cast
from samspill.accounts.models import User
from samspill.lib import due
from samspill.networks import http
from samspill.networks.bluesky.tests import pds
from samspill.networks.mastodon.tests import server
from samspill.networks.models import Channel
from samspill.networks.registry import NETWORKS
from samspill.publishing import write
from samspill.publishing.models import Delivery, Draft
from samspill.publishing.schedule import schedule
from samspill.publishing.tests.clock import START, Clock
from samspill.publishing.tests.outside import Outside

ANSWERS = {
    "bluesky": {"handle": pds.HANDLE, "password": "abcd-efgh-ijkl-mnop", "server": pds.SERVER},
    "mastodon": {"server": server.SERVER, "token": server.TOKEN},
}


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Clock]:
    boot_id = tmp_path / "boot_id"
    monkeypatch.setattr(due, "BOOT_ID", boot_id)
    with time_machine.travel(START, tick=False) as wall:
        clock = Clock(wall, boot_id)
        monkeypatch.setattr(due, "time", clock)
        yield clock
    due._this_boot.cache_clear()


@pytest.fixture
def outside() -> Iterator[Outside]:
    outside = Outside()
    with http.replaced(by=outside):
        yield outside


@pytest.fixture
def connect(cast: Cast, outside: Outside) -> Callable[..., Channel]:
    """Connect a channel of fjord: connect("bluesky")."""

    def connecting(key: str, **more: Any) -> Channel:
        network = NETWORKS[key]
        signed_in = network.sign_in(ANSWERS[key])
        channel = Channel(workspace=cast.fjord, network=key, **more)
        channel.take(signed_in, network.limits(signed_in.account), cast.olga)
        channel.save()
        return channel

    return connecting


@pytest.fixture
def bluesky(connect: Callable[..., Channel]) -> Channel:
    return connect("bluesky")


@pytest.fixture
def mastodon(connect: Callable[..., Channel]) -> Channel:
    return connect("mastodon")


@pytest.fixture(params=["bluesky", "mastodon"])
def channel(request: pytest.FixtureRequest, connect: Callable[..., Channel]) -> Channel:
    """Either network: what is true of one is true of both."""
    return connect(request.param)


@pytest.fixture
def drafted(cast: Cast) -> Callable[..., Draft]:
    """A draft of alice's: drafted("Hei", channel)."""

    def drafting(text: str, *channels: Channel, by: User | None = None, **more: Any) -> Draft:
        by = by or cast.alice
        draft = write.begin(cast.fjord, by=by, id_=uuid.uuid4())
        words = write.Words(text=text, versions=dict.fromkeys(channels), **more)
        return write.save(draft, words, by=by, version=1, page="test")

    return drafting


@pytest.fixture
def going(cast: Cast, drafted: Callable[..., Draft]) -> Callable[..., Delivery]:
    """A delivery that is due now, let go by bob."""

    def letting_go(text: str, channel: Channel) -> Delivery:
        draft = drafted(text, channel)
        return schedule(draft, by=cast.bob, when=None, request_id=uuid.uuid4())[0]

    return letting_go
