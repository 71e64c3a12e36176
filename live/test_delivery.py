"""A delivery over a line that loses answers: it is on the network once, never twice."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from urllib.parse import urlsplit

import pytest

from conftest import Cast
from live.servers.bluesky import Bluesky
from live.servers.door import Door, door_to
from live.servers.mastodon import Mastodon
from samspill.networks import connect
from samspill.networks.models import Channel
from samspill.networks.registry import NETWORKS
from samspill.publishing.deliver import Pace, deliver_due
from samspill.publishing.models import Attempt, Delivery, Draft, Version
from samspill.publishing.schedule import schedule

TEXT = "Vi er her, og svarer innen et døgn"
QUICK = Pace(back_off=(0,), settle=lambda network: 0)  # nothing here stays on its way
Outcome, State = Attempt.Outcome, Delivery.State

pytestmark = pytest.mark.django_db


@pytest.fixture
def through(settings) -> Iterator[Callable[[str], Door]]:
    """Opens a door to a server, until the test ends."""
    with ExitStack() as doors:

        def open_to(server: str) -> Door:
            door = doors.enter_context(door_to(server))
            settings.PRIVATE_HOSTS = [*settings.PRIVATE_HOSTS, urlsplit(door.url).netloc]
            return door

        yield open_to


def connected(cast: Cast, network: str, answers: dict[str, str]) -> Channel:
    signed_in, limits = connect.ask(NETWORKS[network], answers)
    return connect.connect(cast.fjord, NETWORKS[network], signed_in, limits, cast.olga)


def scheduled(cast: Cast, channel: Channel) -> Delivery:
    draft = Draft.objects.create(workspace=cast.fjord, title="Vi er her", text=TEXT, author=cast.alice)
    Version.objects.create(draft=draft, channel=channel, text=TEXT)
    (delivery,) = schedule(draft, by=cast.bob, when=None, request_id=uuid.uuid4())
    return delivery


def outcomes(delivery: Delivery) -> list[str]:
    return [attempt.outcome for attempt in delivery.attempts.exclude(step=Attempt.Step.SEND)]


def test_bluesky_takes_the_same_request_again(
    cast: Cast, bluesky: Bluesky, through: Callable[[str], Door]
) -> None:
    us, door = bluesky.create_account("fjord"), through(bluesky.url)
    answers = {"handle": us.handle, "password": us.app_password(), "server": door.url}
    delivery = scheduled(cast, connected(cast, "bluesky", answers))

    with door.losing_answers("POST", "/xrpc/com.atproto.repo.putRecord"):
        for _round in range(3):
            deliver_due(QUICK)
            delivery.refresh_from_db()
            assert delivery.state == State.UNCERTAIN
    deliver_due(QUICK)

    delivery.refresh_from_db()
    assert (delivery.state, door.lost) == (State.PUBLISHED, 3)
    assert delivery.remote_id == us.post_uris()[0]
    assert [record["text"] for record in us.records()] == [TEXT]
    assert outcomes(delivery) == [Outcome.UNKNOWN, Outcome.UNKNOWN, Outcome.UNKNOWN, Outcome.OK]


def test_mastodon_is_looked_through_before_anything_is_sent_again(
    cast: Cast, mastodon: Mastodon, through: Callable[[str], Door]
) -> None:
    us, door = mastodon.create_account("fjord"), through(mastodon.url)
    channel = connected(cast, "mastodon", {"server": door.url, "token": us.token})
    delivery = scheduled(cast, channel)

    with door.losing_answers("POST", "/api/v1/statuses"):
        deliver_due(QUICK)
        delivery.refresh_from_db()
        assert delivery.state == State.UNCERTAIN
    deliver_due(QUICK)

    delivery.refresh_from_db()
    assert (delivery.state, door.lost) == (State.PUBLISHED, 1)
    assert us.posts() == [delivery.remote_id]
    assert outcomes(delivery) == [Outcome.UNKNOWN, Outcome.FOUND]


def test_channel_whose_server_is_away_is_waited_for(
    cast: Cast, bluesky: Bluesky, through: Callable[[str], Door]
) -> None:
    us, door = bluesky.create_account("fjord"), through(bluesky.url)
    answers = {"handle": us.handle, "password": us.app_password(), "server": door.url}
    channel = connected(cast, "bluesky", answers)
    Channel.objects.filter(pk=channel.pk).update(server="http://localhost:1")
    delivery = scheduled(cast, channel)

    deliver_due(QUICK)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.first_sent_at) == (State.SCHEDULED, None)
    assert Channel.objects.get().state == Channel.State.FAILING

    Channel.objects.filter(pk=channel.pk).update(server=door.url)
    deliver_due(QUICK)
    delivery.refresh_from_db()
    assert delivery.state == State.PUBLISHED
    assert Channel.objects.get().state == Channel.State.WORKING
    assert [record["text"] for record in us.records()] == [TEXT]
