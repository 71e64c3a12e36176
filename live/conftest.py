"""The servers that the live tests talk to: started once for all of them, and stopped however the tests end.

A server that is missing or does not start fails the tests that need it; it never skips them.
"""

from __future__ import annotations

import logging
import signal
from collections.abc import Iterator

import pytest

from live.servers.bluesky import Bluesky
from live.servers.bluesky.network import running_bluesky
from live.servers.mastodon import Mastodon
from live.servers.mastodon.server import running_mastodon


def pytest_configure() -> None:
    """End on SIGTERM as on Ctrl-C, so that the servers are stopped."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    logging.getLogger("httpx").setLevel(logging.WARNING)  # every call of other people is a line otherwise


@pytest.fixture(scope="session")
def bluesky() -> Iterator[Bluesky]:
    with running_bluesky() as network:
        yield network


@pytest.fixture(scope="session")
def mastodon() -> Iterator[Mastodon]:
    with running_mastodon() as server:
        yield server
