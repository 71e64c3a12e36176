"""The outside as it was recorded, and our account in it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from live.recorded.mastodon import INSTANCE, ME, SERVER, Replay, recorded
from samspill.networks import http
from samspill.networks.base import Account
from samspill.networks.mastodon.network import Mastodon


@pytest.fixture
def outside(settings) -> Iterator[Replay]:
    settings.PRIVATE_HOSTS = ["localhost:3000"]
    replay = Replay()
    with http.replaced(replay):
        yield replay


@pytest.fixture
def us(outside: Replay) -> Account:
    """Signed in on the server where it was recorded."""
    outside.answers("GET", INSTANCE, recorded("cassettes/test_instance", "GET", INSTANCE))
    outside.answers("GET", ME, recorded("cassettes/test_verify_credentials", "GET", ME))
    return Mastodon().sign_in({"server": SERVER, "token": "a token"}).account
