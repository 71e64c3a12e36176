from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from samspill.measurement.models import PostSample, Sample
from samspill.measurement.sample import BATCH, sample_channel
from samspill.measurement.tests import rows
from samspill.networks.base import Outgoing
from samspill.networks.errors import Reconnect
from samspill.publishing.models import Delivery

NOON = datetime(2025, 11, 24, 12, 0, 30, tzinfo=UTC)


@pytest.fixture
def ours(cast):
    with time_machine.travel(NOON, tick=False):
        return rows.channel(cast.fjord, cast.olga)


def publish(ours, author, text: str) -> Delivery:
    """A post that the demo network really has."""
    post = rows.post(ours, author, datetime.now(UTC), text)
    network, account = ours.adapter(), ours.account()
    payload = network.prepare(account, Outgoing(post.key, post.due_at, text))
    post.remote_id = network.send(account, payload, post.key).id
    post.save()
    return post


def test_keeps_what_the_network_tells_with_its_moment(ours):
    with time_machine.travel(NOON, tick=False):
        sample_channel(ours)
    told = {sample.what: sample for sample in Sample.objects.all()}
    assert set(told) == {"followers", "following", "posts"}
    assert told["posts"].value == 0
    assert told["followers"].at == NOON.replace(second=0)


def test_asked_twice_at_the_same_moment_it_keeps_one_row(ours):
    with time_machine.travel(NOON, tick=False):
        sample_channel(ours)
        sample_channel(ours)
    assert Sample.objects.filter(what="followers").count() == 1
    with time_machine.travel(NOON + timedelta(minutes=1), tick=False):
        sample_channel(ours)
    assert Sample.objects.filter(what="followers").count() == 2


def test_a_posts_figures_are_kept_when_they_change(ours, cast):
    with time_machine.travel(NOON, tick=False) as clock:
        post = publish(ours, cast.alice, "Hva koster en kald januar?")
        sample_channel(ours)
        at_first = PostSample.objects.count()
        clock.shift(60)
        sample_channel(ours)
        assert PostSample.objects.count() == at_first == 3
        clock.shift(timedelta(days=3))
        sample_channel(ours)
    newest = PostSample.objects.latest_of([post.pk])
    assert newest[post.pk, "replies"] >= 1
    assert PostSample.objects.filter(what="replies").count() == 2


@pytest.mark.parametrize(
    ("age", "asked"), [(timedelta(days=28), True), (timedelta(days=28, seconds=1), False)]
)
def test_a_post_is_asked_about_for_four_weeks(ours, cast, age, asked):
    with time_machine.travel(NOON, tick=False) as clock:
        publish(ours, cast.alice, "Tre ting vi lærte")
        clock.shift(age)
        sample_channel(ours)
    assert PostSample.objects.exists() is asked


def test_more_posts_than_one_question_takes_are_all_asked_about(ours, cast):
    with time_machine.travel(NOON, tick=False):
        for number in range(BATCH + 1):
            publish(ours, cast.alice, f"Innlegg {number}")
        sample_channel(ours)
    assert PostSample.objects.values("delivery").distinct().count() == BATCH + 1


def test_a_post_the_network_no_longer_has_gets_no_row(ours, cast):
    with time_machine.travel(NOON, tick=False):
        rows.post(ours, cast.alice, NOON, remote_id="demo:gone")
        sample_channel(ours)
    assert not PostSample.objects.exists()


def test_a_network_that_says_no_writes_nothing_and_the_error_rises(ours, cast):
    ours.remote_id = "somebody-else"
    with pytest.raises(Reconnect):
        sample_channel(ours)
    assert not Sample.objects.exists()
