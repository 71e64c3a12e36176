from __future__ import annotations

import json
import uuid
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db.models import F

from samspill.accounts.models import User
from samspill.conversations.models import Conversation, Follow, Message
from samspill.flows import incoming
from samspill.flows.incoming import attend, attend_due, due_work, plan_work
from samspill.flows.tests.conftest import NOW
from samspill.lib import due
from samspill.measurement.models import Sample
from samspill.networks import http
from samspill.networks.base import Outgoing
from samspill.networks.models import Channel, ChannelWork
from samspill.publishing.models import Delivery, Draft, Version

pytestmark = pytest.mark.django_db
Verb = ChannelWork.Verb
State = Channel.State


def claim(channel: Channel, verb: str) -> ChannelWork:
    rows = ChannelWork.objects.filter(channel=channel, verb=verb)
    ChannelWork.objects.get_or_create(channel=channel, verb=verb)
    work = due.claim(rows)
    assert work is not None
    return work


def publish(channel: Channel, demo, text: str = "Hva koster en kald januar?", **given) -> Delivery:
    """A post of ours that is out on the demonstration's network."""
    draft = Draft.objects.create(workspace=channel.workspace, title=text, author=User.objects.get(name="Bob"))
    version = Version.objects.create(draft=draft, channel=channel, text=text)
    key = str(uuid.uuid4())
    account = channel.account()
    payload = demo.prepare(account, Outgoing(key=key, due_at=NOW, text=text))
    ref = demo.send(account, payload, key)
    row = {"state": "published", "remote_id": ref.id, "published_at": NOW}
    return Delivery.objects.create(version=version, channel=channel, key=key, due_at=NOW, **(row | given))


def world() -> Path:
    return Path(settings.DATA_DIR) / "demo-network.sqlite3"


def break_world() -> None:
    for part in world().parent.glob("demo-network.sqlite3*"):
        part.unlink()
    world().write_bytes(b"this is no database" * 100)


def test_what_reached_us_is_kept_with_its_cursor(channel, demo, now):
    publish(channel, demo)
    now.shift(timedelta(days=2))
    work = claim(channel, Verb.COLLECT)
    attend(work)
    assert Message.objects.filter(is_ours=False).exists()
    assert Follow.objects.exists()
    work = ChannelWork.objects.get(pk=work.pk)
    assert work.cursor
    assert work.due_at == NOW + timedelta(days=2) + timedelta(seconds=30)
    channel.refresh_from_db()
    assert channel.last_ok_at == NOW + timedelta(days=2)
    before = Message.objects.count()
    ChannelWork.objects.update(cursor="")
    attend(claim(channel, Verb.COLLECT))
    assert Message.objects.count() == before


def test_more_to_come_is_fetched_at_once(channel, demo, now):
    for number in range(30):
        publish(channel, demo, text=f"Innlegg {number} #strøm")
    now.shift(timedelta(days=10))
    work = claim(channel, Verb.COLLECT)
    attend(work)
    later = ChannelWork.objects.get(pk=work.pk)
    assert later.due_at == NOW + timedelta(days=10)
    assert due_work(NOW + timedelta(days=10)).exists()


def test_who_lost_the_row_keeps_nothing(channel, demo, now):
    publish(channel, demo)
    now.shift(timedelta(days=2))
    work = claim(channel, Verb.COLLECT)
    ChannelWork.objects.filter(pk=work.pk).update(fence=F("fence") + 1)
    attend(work)
    assert not Message.objects.exists()
    assert ChannelWork.objects.get(pk=work.pk).cursor == ""


def test_lost_notifications_are_found_below_our_posts(channel, demo, now):
    post = publish(channel, demo)
    now.shift(timedelta(days=2))
    attend(claim(channel, Verb.THREADS))
    talk = Conversation.objects.get()
    assert talk.about == post
    assert talk.lines > 0


def test_new_posts_are_looked_below_more_often_than_old_ones(channel, demo, now):
    young = publish(channel, demo)
    old = publish(channel, demo, text="Gammelt", published_at=NOW - timedelta(days=2))
    ended = publish(channel, demo, text="Utgått", published_at=NOW - timedelta(days=14))
    work = claim(channel, Verb.THREADS)
    attend(work)
    first = ChannelWork.objects.get(pk=work.pk)
    assert json.loads(first.cursor) == {str(young.pk): NOW.timestamp(), str(old.pk): NOW.timestamp()}
    assert str(ended.pk) not in first.cursor
    assert first.due_at == NOW + timedelta(minutes=2)
    now.shift(timedelta(minutes=2))
    attend(claim(channel, Verb.THREADS))
    looked = json.loads(ChannelWork.objects.get(pk=work.pk).cursor)
    assert looked[str(young.pk)] > looked[str(old.pk)] == NOW.timestamp()


def test_many_posts_take_turns(channel, demo, now):
    for number in range(incoming.AT_ONCE + 1):
        publish(channel, demo, text=f"Innlegg {number}")
    work = claim(channel, Verb.THREADS)
    attend(work)
    row = ChannelWork.objects.get(pk=work.pk)
    assert len(json.loads(row.cursor)) == incoming.AT_ONCE
    assert row.due_at == NOW + incoming.SOON
    attend(claim(channel, Verb.THREADS))
    assert len(json.loads(ChannelWork.objects.get(pk=work.pk).cursor)) == incoming.AT_ONCE + 1


def test_clock_that_was_ahead_does_not_stop_the_looking(channel, demo, now):
    post = publish(channel, demo)
    ahead = (NOW + timedelta(days=300)).timestamp()
    ChannelWork.objects.create(channel=channel, verb=Verb.THREADS, cursor=json.dumps({str(post.pk): ahead}))
    attend(claim(channel, Verb.THREADS))
    assert ChannelWork.objects.get(channel=channel).due_at == NOW + timedelta(minutes=2)


def test_network_that_does_not_answer_is_asked_again_later_and_later_still(channel, now):
    break_world()
    work = claim(channel, Verb.COLLECT)
    attend(work)
    channel.refresh_from_db()
    assert channel.state == State.FAILING
    assert "does not answer" in channel.last_error
    first = ChannelWork.objects.get(pk=work.pk)
    assert first.tries == 1
    assert timedelta(seconds=30) <= first.due_at - NOW <= timedelta(seconds=38)
    attend(claim(channel, Verb.COLLECT))
    second = ChannelWork.objects.get(pk=work.pk)
    assert second.tries == 2
    assert timedelta(seconds=60) <= second.due_at - NOW <= timedelta(seconds=75)


def test_channel_works_again_when_nothing_on_it_fails(channel, demo, now):
    break_world()
    attend(claim(channel, Verb.COLLECT))
    attend(claim(channel, Verb.SAMPLE))
    world().unlink()
    demo.sign_in({"handle": "fjordkraftlaget"})
    attend(claim(channel, Verb.SAMPLE))
    channel.refresh_from_db()
    assert channel.state == State.FAILING, "its inbox still fails, as far as we know"
    attend(claim(channel, Verb.COLLECT))
    channel.refresh_from_db()
    assert (channel.state, channel.last_error) == (State.WORKING, "")
    assert Sample.objects.filter(channel=channel, what="followers").exists()


def test_channel_that_must_be_connected_again_is_left_alone_until_it_is(channel, demo, now):
    world().unlink()
    work = claim(channel, Verb.COLLECT)
    attend(work)
    channel.refresh_from_db()
    assert channel.state == State.RECONNECT
    assert channel.last_error
    assert not due_work(NOW + timedelta(days=1)).exists()
    assert not attend_due()
    channel.take(
        demo.sign_in({"handle": "fjordkraftlaget"}), demo.limits(channel.account()), channel.connected_by
    )
    channel.save()
    assert due_work(NOW + timedelta(days=1)).exists()


def test_credentials_that_cannot_be_read_must_be_given_again(channel, now):
    Channel.objects.update(secrets="v1:nonsense")
    attend(claim(channel, Verb.COLLECT))
    channel.refresh_from_db()
    assert channel.state == State.RECONNECT


def test_closed_channel_is_not_asked(channel, now):
    plan_work()
    assert due_work(NOW).count() == 3
    Channel.objects.update(closed_at=NOW)
    assert not due_work(NOW).exists()


def test_each_open_channel_gets_its_work_once(channel, now):
    plan_work()
    plan_work()
    assert set(ChannelWork.objects.values_list("verb", flat=True)) == set(Verb.values)


def test_attending_takes_the_one_that_waited_longest(channel, demo, now):
    plan_work()
    ChannelWork.objects.filter(verb=Verb.SAMPLE).update(due_at=NOW - timedelta(hours=1))
    assert attend_due()
    assert ChannelWork.objects.get(verb=Verb.SAMPLE).last_run_at == NOW
    assert ChannelWork.objects.get(verb=Verb.COLLECT).last_run_at is None


def test_answer_counts_as_post_of_ours_to_look_below(channel, demo, now):
    answer = publish(channel, demo, text="Ja, den gjelder.", reply_to={"parent": {"id": "q"}, "root": None})
    attend(claim(channel, Verb.THREADS))
    assert str(answer.pk) in ChannelWork.objects.get(channel=channel).cursor


@pytest.mark.parametrize(
    ("asked_for", "least", "most"),
    [
        (timedelta(minutes=10), timedelta(minutes=10), timedelta(minutes=12.5)),
        (timedelta(seconds=1), timedelta(seconds=30), timedelta(seconds=37.5)),
        (timedelta(days=400), timedelta(days=1), timedelta(days=1.25)),
    ],
)
def test_server_that_asks_for_patience_gets_it_within_reason(cast, now, monkeypatch, asked_for, least, most):
    channel = Channel.objects.create(
        workspace=cast.fjord,
        network="mastodon",
        server="https://mastodon.example",
        handle="us",
        remote_id="1",
    )
    channel.keep_secrets({"token": "secret"})
    reset = {"x-ratelimit-reset": (NOW + asked_for).isoformat()}
    monkeypatch.setattr(
        http, "transport", lambda *_: http.Answer(429, reset, b'{"error": "Too many requests"}')
    )
    work = claim(channel, Verb.COLLECT)
    attend(work)
    assert least <= ChannelWork.objects.get(pk=work.pk).due_at - NOW <= most
    channel.refresh_from_db()
    assert channel.last_error == "The server asks us to wait."


def test_refusal_is_not_repeated_for_an_hour(cast, now, monkeypatch):
    channel = Channel.objects.create(
        workspace=cast.fjord,
        network="mastodon",
        server="https://mastodon.example",
        handle="us",
        remote_id="1",
    )
    channel.keep_secrets({"token": "secret"})
    monkeypatch.setattr(http, "transport", lambda *_: http.Answer(422, {}, b'{"error": "Not here"}'))
    work = claim(channel, Verb.COLLECT)
    attend(work)
    assert ChannelWork.objects.get(pk=work.pk).due_at - NOW >= timedelta(hours=1)
    channel.refresh_from_db()
    assert (channel.state, channel.last_error) == (State.FAILING, "Not here")


def test_limits_follow_the_server(channel, demo, now):
    Channel.objects.update(limits={**channel.limits, "text": 5})
    attend(claim(channel, "sample"))
    channel.refresh_from_db()
    assert channel.known_limits().text == demo.limits(channel.account()).text
