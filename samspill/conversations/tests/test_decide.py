from __future__ import annotations

from datetime import timedelta

import pytest

from samspill.accounts.models import Event
from samspill.conversations.decide import assign, close, reopen
from samspill.conversations.models import Conversation, Message
from samspill.conversations.settle import settle
from samspill.conversations.tests.talk import NOW, PER, US, hear, said

pytestmark = pytest.mark.django_db
State = Conversation.State


def test_closed_conversation_waits_no_more_and_undo_brings_its_hours_back(channel, cast):
    row = hear(channel, said("r1", hours_ago=3))
    talk = row.conversation
    assert close(talk, by=cast.alice, seen=row.pk) == 1
    assert talk.state == State.DONE
    assert not Conversation.objects.in_workspace(cast.fjord).waiting().exists()
    reopen(talk, by=cast.alice)
    assert talk.state == State.OPEN
    assert talk.waiting_since == NOW - timedelta(hours=3)
    actions = set(Event.objects.values_list("action", flat=True))
    assert actions == {"conversation.done", "conversation.reopen"}


def test_what_came_after_the_page_was_opened_is_not_closed_unseen(channel, cast):
    seen = hear(channel, said("r1", root_id="t"))
    hear(channel, said("r2", PER, root_id="t"))
    talk = Conversation.objects.get()
    close(talk, by=cast.alice, seen=seen.pk)
    assert talk.state == State.OPEN
    assert talk.waiting_people == 1


def test_closed_conversation_opens_when_they_write_again(channel, cast):
    row = hear(channel, said("r1", root_id="t", hours_ago=3))
    close(row.conversation, by=cast.alice, seen=row.pk)
    hear(channel, said("r1", root_id="t", hours_ago=3))
    assert Conversation.objects.get().state == State.DONE, "the same again is nothing new"
    talk = hear(channel, said("r2", parent_id="r1")).conversation
    assert talk.state == State.OPEN
    assert talk.waiting_since == NOW - timedelta(hours=1)


def test_reopened_answer_waits_from_now_and_the_first_answer_stands(channel, cast, now):
    row = hear(channel, said("a", US, parent_id="r1", hours_ago=3), said("r1", hours_ago=5))
    talk = row.conversation
    reopen(talk, by=cast.alice)
    row.refresh_from_db()
    assert talk.state == State.OPEN
    assert talk.answer_by == NOW + timedelta(hours=24)
    assert row.answered_at == NOW - timedelta(hours=3)
    now.shift(60)
    later = hear(channel, said("b", US, parent_id="r1", hours_ago=-1 / 60))
    assert later.conversation.state == State.ANSWERED


def test_opening_what_waits_already_changes_nothing(channel, cast):
    talk = hear(channel, said("r1", hours_ago=5)).conversation
    reopen(talk, by=cast.alice)
    assert talk.waiting_since == NOW - timedelta(hours=5)


def test_opening_again_after_a_closed_question_was_answered_later(channel, cast):
    row = hear(channel, said("r1", root_id="t", hours_ago=5))
    close(row.conversation, by=cast.alice, seen=row.pk)
    hear(
        channel,
        said("r2", root_id="t", parent_id="r1", hours_ago=4),
        said("a", US, parent_id="r2", hours_ago=3),
    )
    talk = Conversation.objects.get()
    assert talk.state == State.ANSWERED
    reopen(talk, by=cast.alice)
    assert Message.objects.get(is_waiting=True).remote_id == "r2"


def test_history_can_be_opened(channel, cast):
    talk = hear(channel, said("old", hours_ago=24 * 100)).conversation
    assert talk.state == State.DONE
    reopen(talk, by=cast.alice)
    assert talk.state == State.OPEN


def test_assignment(channel, cast):
    talk = hear(channel, said("r1")).conversation
    assign(talk, cast.bob, by=cast.alice)
    assert talk.assigned_to == cast.bob
    assign(talk, None, by=cast.alice)
    assert Conversation.objects.get().assigned_to is None


def test_overdue_begins_with_the_second_after_the_promise(channel, cast, now):
    hear(channel, said("r1", hours_ago=24))
    talks = Conversation.objects.in_workspace(cast.fjord)
    assert not talks.overdue().exists()
    now.shift(1)
    assert talks.overdue().count() == 1


def test_people_who_wait_are_counted_once_each(channel, cast):
    hear(
        channel,
        said("r1", root_id="t"),
        said("r2", root_id="t"),
        said("p1", PER, root_id="t"),
        said("p2", PER),
    )
    assert Conversation.objects.in_workspace(cast.fjord).waiting().people() == 3
    assert Conversation.objects.in_workspace(cast.utland).waiting().people() == 0


def test_changed_promise_changes_the_hours_left(channel, cast):
    hear(channel, said("r1", hours_ago=3))
    cast.fjord.answer_within = timedelta(hours=4)
    cast.fjord.save()
    assert Conversation.objects.follow_promise(cast.fjord) == 1
    assert Conversation.objects.follow_promise(cast.fjord) == 0
    talk = Conversation.objects.get()
    assert talk.answer_by == NOW + timedelta(hours=1)
    settle(talk)
    assert talk.answer_by == NOW + timedelta(hours=1)
