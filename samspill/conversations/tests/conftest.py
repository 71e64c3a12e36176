from __future__ import annotations

import pytest
import time_machine

from samspill.conversations.tests.talk import NOW, make_channel, make_post


@pytest.fixture
def now():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def channel(cast, now):
    return make_channel(cast.fjord)


@pytest.fixture
def post(channel, cast):
    return make_post(channel, cast.bob, remote_id="at://us/post")
