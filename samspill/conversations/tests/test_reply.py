from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from samspill.conversations.models import Conversation, Message
from samspill.conversations.reply import answer, confirm
from samspill.conversations.tests.talk import MARTE, NOW, US, hear, make_post, said
from samspill.networks.base import Ref
from samspill.publishing.models import Delivery

pytestmark = pytest.mark.django_db
ID = uuid.UUID("00000000-0000-4000-8000-000000000001")


@pytest.fixture
def question(channel, post):
    return hear(
        channel,
        said(
            "r1",
            parent_id="at://us/post",
            root_id="at://us/post",
            root=Ref("at://us/post", token="p"),
            hours_ago=3,
        ),
    )


def taken(reply: Message, remote_id: str = "a1") -> None:
    """The network has taken the answer."""
    Delivery.objects.filter(message=reply).update(
        state="published",
        remote_id=remote_id,
        remote_url="https://example.org/a1",
        published_at=NOW - timedelta(minutes=20),
    )


def test_answer_is_on_its_way_and_counts_only_when_the_network_took_it(question, cast):
    reply = answer(question, by=cast.alice, text="Ja, den gjelder.", seen=question.pk, request_id=ID)
    assert reply.remote_id is None
    assert reply.standing == "sending"
    assert Delivery.objects.get(message=reply).reply_to == {
        "parent": {"id": "r1", "url": "", "token": "cid"},
        "root": {"id": "at://us/post", "url": "", "token": "p"},
    }
    assert Conversation.objects.get().state == Conversation.State.OPEN
    assert confirm() == 0
    taken(reply)
    assert confirm() == 1
    assert confirm() == 0
    reply = Message.objects.get(pk=reply.pk)
    assert (reply.remote_id, reply.url, reply.standing) == ("a1", "https://example.org/a1", "sent")
    assert Conversation.objects.get().state == Conversation.State.ANSWERED
    assert Message.objects.get(pk=question.pk).answered_at == NOW - timedelta(minutes=20)


def test_double_click_sends_once(question, cast):
    first = answer(question, by=cast.alice, text="Ja.", seen=question.pk, request_id=ID)
    again = answer(question, by=cast.alice, text="Ja.", seen=question.pk, request_id=ID)
    assert again == first
    assert Delivery.objects.filter(version__draft__is_reply=True).count() == 1
    assert Message.objects.filter(is_ours=True).count() == 1


def test_answer_that_comes_back_from_the_network_is_the_same_message(question, channel, cast):
    reply = answer(question, by=cast.alice, text="Ja.", seen=question.pk, request_id=ID)
    taken(reply)
    row = hear(channel, said("a1", US, parent_id="r1", text="Ja.", hours_ago=0.5))
    assert row == reply
    assert row.written_by == cast.alice
    assert row.at == NOW - timedelta(hours=0.5)
    assert confirm() == 0
    assert Message.objects.count() == 2


def test_answer_the_network_shows_before_it_confirms_becomes_one_message(question, channel, cast):
    reply = answer(question, by=cast.alice, text="Ja.", seen=question.pk, request_id=ID)
    seen = hear(channel, said("a1", US, parent_id="r1", text="Ja.", hours_ago=0.5))
    assert Conversation.objects.get().state == Conversation.State.ANSWERED
    taken(reply)
    confirm()
    row = Message.objects.get(is_ours=True)
    assert row == seen
    assert row.written_by == cast.alice
    assert row.delivery_id == reply.delivery_id
    assert Conversation.objects.get().messages.count() == 2


def test_reply_to_an_answer_not_yet_confirmed_finds_its_conversation(question, channel, cast):
    reply = answer(question, by=cast.alice, text="Ja.", seen=question.pk, request_id=ID)
    hear(channel, said("r2", MARTE, parent_id="a1", hours_ago=0.1))
    assert Conversation.objects.count() == 2
    taken(reply)
    confirm()
    talk = Conversation.objects.get()
    assert talk.messages.count() == 3
    assert talk.waiting_since == NOW - timedelta(minutes=6)


def test_answer_that_a_person_saw_is_out_counts_and_is_known_when_it_comes_in(question, channel, cast):
    reply = answer(question, by=cast.alice, text="Ja.", seen=question.pk, request_id=ID)
    Delivery.objects.filter(message=reply).update(
        state="published", published_at=NOW, remote_url="https://x.example/1"
    )
    assert confirm() == 1
    assert confirm() == 0
    assert not Message.objects.get(pk=question.pk).is_waiting
    row = hear(channel, said("a1", US, parent_id="r1", text="Ja.", hours_ago=0.2))
    assert row == reply
    assert Message.objects.filter(is_ours=True).count() == 1


def test_what_its_writer_had_not_read_is_not_answered_by_it(question, channel, cast):
    also = hear(channel, said("r2", MARTE, parent_id="r1", hours_ago=2))
    unseen = hear(channel, said("r3", MARTE, parent_id="r1", hours_ago=2))
    reply = answer(question, by=cast.alice, text="Ja.", seen=also.pk, request_id=ID)
    taken(reply)
    confirm()
    assert Message.objects.get(is_waiting=True) == unseen


def test_refused_answer_keeps_the_question_waiting(question, cast):
    reply = answer(question, by=cast.alice, text="Ja.", seen=question.pk, request_id=ID)
    Delivery.objects.filter(message=reply).update(state="failed", last_error="Too rude.")
    confirm()
    reply = Message.objects.get(pk=reply.pk)
    assert reply.standing == "failed"
    assert Message.objects.get(pk=question.pk).is_waiting


@pytest.mark.parametrize("text", ["", "  \n", "x" * 301])
def test_empty_or_too_long_text_is_refused_beside_the_field(question, cast, text):
    with pytest.raises(ValidationError) as refused:
        answer(question, by=cast.alice, text=text, seen=question.pk, request_id=ID)
    assert "text" in refused.value.message_dict
    assert not Delivery.objects.filter(version__draft__is_reply=True).exists()


def test_text_of_full_length_is_taken(question, cast):
    assert answer(question, by=cast.alice, text="x" * 300, seen=question.pk, request_id=ID).text == "x" * 300


def test_viewer_cannot_answer(question, cast):
    with pytest.raises(PermissionDenied):
        answer(question, by=cast.vera, text="Ja.", seen=question.pk, request_id=ID)


def test_what_cannot_be_pointed_at_or_is_closed_is_not_answered(channel, cast):
    row = hear(channel, said("x", ref=None))
    with pytest.raises(ValidationError):
        answer(row, by=cast.alice, text="Ja.", seen=row.pk, request_id=ID)
    row = hear(channel, said("y"))
    row.channel.closed_at = NOW
    with pytest.raises(ValidationError):
        answer(row, by=cast.alice, text="Ja.", seen=row.pk, request_id=ID)


def test_thread_of_our_own_answer_known_only_as_delivery(channel, cast):
    make_post(
        channel,
        cast.bob,
        remote_id="a9",
        is_reply=True,
        reply_to={"parent": {"id": "q"}, "root": {"id": "t"}},
    )
    assert hear(channel, said("r9", parent_id="a9")).conversation.root_id == "t"
