from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine

from samspill.networks.base import Network
from samspill.networks.models import Channel
from samspill.networks.registry import NETWORKS

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@pytest.fixture
def now():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def demo() -> Network:
    return NETWORKS["demo"]


@pytest.fixture
def channel(cast: Any, now: Any, demo: Network) -> Channel:
    """An account on the demonstration's network, connected now."""
    signed_in = demo.sign_in({"handle": "fjordkraftlaget", "name": "Fjordkraftlaget"})
    channel = Channel(workspace=cast.fjord, network="demo")
    channel.take(signed_in, demo.limits(signed_in.account), cast.olga)
    channel.save()
    return channel
