from datetime import timedelta

import pytest
from django.utils import timezone

from samspill.measurement.measures import Record, figure
from samspill.measurement.models import PostSample, Sample
from samspill.measurement.record import gather
from samspill.measurement.tests import rows

DAY = timedelta(days=1)


@pytest.fixture
def ours(cast):
    return rows.channel(cast.fjord, cast.olga)


def held(cast) -> Record:
    return gather(cast.fjord, timezone.now())


def value(cast, key: str) -> float | None:
    return figure(held(cast), key, timezone.now()).value


def test_answers_to_others_are_not_posts(cast, ours):
    now = timezone.now()
    rows.post(ours, cast.alice, now - DAY)
    answer = rows.post(ours, cast.alice, now - DAY)
    answer.version.draft.is_reply = True
    answer.version.draft.save()
    assert value(cast, "posts") == 1


def test_what_somebody_has_said_needs_no_answer_is_left_out(cast, ours):
    now = timezone.now()
    rows.message(ours, now - 3 * DAY, answered_at=now - 2.5 * DAY)
    waived = rows.message(ours, now - 3 * DAY)
    assert value(cast, "response_rate") == 50
    waived.waived_at = now
    waived.save()
    assert value(cast, "response_rate") == 100


def test_likes_and_our_own_words_are_not_replies(cast, ours):
    now = timezone.now()
    like = rows.message(ours, now - DAY)
    like.kind = "reaction"
    like.save()
    own = rows.message(ours, now - DAY)
    own.is_ours = True
    own.save()
    assert value(cast, "replies") == 0
    assert value(cast, "conversations") == 0


def test_a_conversation_begins_once(cast, ours):
    now = timezone.now()
    old = rows.message(ours, now - 40 * DAY)
    again = rows.message(ours, now - DAY)
    again.conversation = old.conversation
    again.save()
    assert value(cast, "conversations") == 0
    assert value(cast, "replies") == 1


def test_connected_anew_a_channel_keeps_its_past(cast, ours):
    now = timezone.now()
    Sample.objects.create(channel=ours, what="followers", at=now - 100 * DAY, value=10)
    ours.connected_at = now - DAY
    ours.save()
    assert figure(held(cast), "followers", now - 50 * DAY).value == 10
    assert figure(held(cast), "posts", now).since is None


def test_a_day_is_as_its_last_sample_says(cast, ours):
    noon = timezone.now().replace(hour=12) - 3 * DAY
    for hour in range(3):
        Sample.objects.create(
            channel=ours, what="followers", at=noon + timedelta(hours=hour), value=100 + hour
        )
        Sample.objects.create(channel=ours, what="following", at=noon + timedelta(hours=hour), value=7)
    assert list(held(cast).followers.values()) == [[(noon + timedelta(hours=2), 102)]]


def test_only_this_workspace_and_only_a_year(cast, ours):
    now = timezone.now()
    theirs = rows.channel(cast.utland, cast.charlie, "utland")
    for channel, age in ((theirs, DAY), (ours, 54 * 7 * DAY + DAY)):
        Sample.objects.create(channel=channel, what="followers", at=now - age, value=5)
        PostSample.objects.create(
            delivery=rows.post(channel, cast.olga, now - age), what="reactions", at=now - age, value=1
        )
        rows.message(channel, now - age)
    found = held(cast)
    assert (found.followers, list(found.posts), list(found.said), list(found.began)) == ({}, [], [], [])


def test_six_queries_whatever_the_size(cast, ours, django_assert_num_queries):
    for n in range(1, 20):
        rows.message(ours, timezone.now() - n * DAY)
        rows.post(ours, cast.alice, timezone.now() - n * DAY)
    with django_assert_num_queries(6):
        held(cast)


def test_only_what_the_measures_need_is_read(cast, ours, django_assert_num_queries):
    rows.message(ours, timezone.now() - DAY)
    rows.post(ours, cast.alice, timezone.now() - DAY)
    with django_assert_num_queries(2):
        found = gather(cast.fjord, timezone.now(), ["answered_in_time"])
    assert len(found.said) == 1
    assert not found.posts
