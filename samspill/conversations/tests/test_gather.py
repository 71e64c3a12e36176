from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from samspill.conversations.gather import gather
from samspill.conversations.models import Conversation, Follow, Message, Note
from samspill.conversations.tests.talk import NOW, PER, US, hear, make_channel, make_post, said
from samspill.networks.base import Author, Kind, Ref

pytestmark = pytest.mark.django_db


def test_reply_to_our_post_waits_a_day_in_a_conversation_about_it(channel, post):
    row = hear(channel, said("r1", hours_ago=22, parent_id="at://us/post", root_id="at://us/post"))
    talk = row.conversation
    assert talk.about == post
    assert talk.state == Conversation.State.OPEN
    assert talk.waiting_since == NOW - timedelta(hours=22)
    assert talk.answer_by == NOW + timedelta(hours=2)
    assert (talk.lines, talk.waiting_people) == (1, 1)
    assert row.needs_answer
    assert row.is_waiting


def test_same_post_as_notification_and_from_the_thread_is_one(channel, post):
    hear(channel, said("r1", kind=Kind.MENTION, parent_id="at://us/post"))
    hear(channel, said("r1", kind=Kind.REPLY, parent_id="at://us/post", root_id="at://us/post"))
    row = hear(channel, said("r1", kind=Kind.MENTION, parent_id="at://us/post"))
    assert Message.objects.count() == 1
    assert Conversation.objects.count() == 1
    assert row.kind == Kind.REPLY
    assert row.root_id == "at://us/post"


def test_answer_from_here_or_from_the_networks_own_app_answers(channel, post):
    hear(channel, said("r1", parent_id="at://us/post", root_id="at://us/post", hours_ago=5))
    hear(channel, said("a1", US, parent_id="r1", root_id="at://us/post", hours_ago=3))
    row = Message.objects.get(remote_id="r1")
    assert row.answered_at == NOW - timedelta(hours=3)
    assert not row.is_waiting
    assert row.conversation.state == Conversation.State.ANSWERED
    assert row.conversation.answer_by is None
    assert Message.objects.get(remote_id="a1").is_ours


def test_conversation_opens_again_when_they_write_again(channel, post):
    hear(
        channel,
        said("r1", parent_id="at://us/post", hours_ago=5),
        said("a1", US, parent_id="r1", hours_ago=3),
    )
    talk = hear(channel, said("r2", parent_id="a1", hours_ago=1)).conversation
    assert talk.state == Conversation.State.OPEN
    assert talk.waiting_since == NOW - timedelta(hours=1)


def test_one_answer_answers_all_that_its_reader_had_said_and_nobody_else(channel, post):
    hear(
        channel,
        said("r1", parent_id="at://us/post", hours_ago=6),
        said("p1", PER, parent_id="at://us/post", hours_ago=6),
        said("r2", parent_id="r1", hours_ago=5),
        said("a1", US, parent_id="r2", hours_ago=4),
        said("r3", parent_id="a1", hours_ago=3),
    )
    waiting = set(Message.objects.filter(is_waiting=True).values_list("remote_id", flat=True))
    assert waiting == {"p1", "r3"}
    talk = Conversation.objects.get()
    assert talk.waiting_people == 2
    assert talk.waiting_since == NOW - timedelta(hours=6)


def test_going_on_after_our_own_answer_is_for_the_same_person(channel, post):
    hear(
        channel,
        said("r1", parent_id="at://us/post", hours_ago=6),
        said("a1", US, parent_id="r1", hours_ago=5),
        said("r2", parent_id="r1", hours_ago=4),
        said("a2", US, parent_id="a1", hours_ago=3),
    )
    assert not Message.objects.filter(is_waiting=True).exists()


def test_a_thread_of_our_own_posts_answers_nobody(channel, post):
    hear(
        channel,
        said("r1", parent_id="at://us/post", hours_ago=6),
        said("more", US, parent_id="at://us/post", hours_ago=5),
    )
    assert Message.objects.get(remote_id="r1").is_waiting


def test_answer_whose_clock_is_behind_still_answers(channel, post):
    hear(
        channel,
        said("r1", parent_id="at://us/post", hours_ago=2),
        said("a1", US, parent_id="r1", hours_ago=3),
    )
    row = Message.objects.get(remote_id="r1")
    assert row.answered_at == row.at


@pytest.mark.parametrize("kind", [Kind.REACTION, Kind.SHARE])
def test_reactions_and_shares_need_no_answer_and_make_no_conversation_to_read(channel, post, kind):
    talk = hear(channel, said("l1", kind=kind, text="", parent_id="at://us/post")).conversation
    assert talk.about == post
    assert talk.state == Conversation.State.DONE
    assert not Conversation.objects.said().exists()


def test_follows_are_kept_once(channel):
    for _again in range(2):
        found = gather(
            channel, [said("f1", kind=Kind.FOLLOW, text=""), said("f2", PER, kind=Kind.FOLLOW, text="")]
        )
    assert found.follows == 0
    assert set(Follow.objects.values_list("author_handle", flat=True)) == {"marte.example", "per.example"}
    assert not Message.objects.exists()


def test_mention_in_a_thread_of_others_is_a_conversation_about_no_post(channel):
    talk = hear(channel, said("m1", kind=Kind.MENTION, parent_id="x2", root_id="x1")).conversation
    assert talk.root_id == "x1"
    assert talk.about is None
    assert talk.state == Conversation.State.OPEN


def test_a_thread_that_becomes_known_late_gathers_what_hung_loose(channel, post):
    late = hear(channel, said("r3", PER, parent_id="r2")).conversation
    Note.objects.create(conversation=late, by=post.version.draft.author, text="Ring him.")
    assert late.root_id == "r2"
    hear(channel, said("r2", parent_id="r1"))
    assert Message.objects.get(remote_id="r3").conversation == late, (
        "the row moves as a whole, its address stays"
    )
    hear(channel, said("r0", parent_id="at://us/post", root_id="at://us/post"))
    hear(channel, said("r1", parent_id="r0"))
    talk = Conversation.objects.get()
    assert talk.root_id == "at://us/post"
    assert talk.messages.count() == 4
    assert talk.notes.get().text == "Ring him."


def test_post_that_is_confirmed_late_is_found_when_its_thread_is_read_again(channel, cast):
    delivery = make_post(channel, cast.bob, state="uncertain")
    reply = said("r1", parent_id="at://us/late", root_id="at://us/late")
    assert hear(channel, reply).conversation.about is None
    delivery.remote_id, delivery.state = "at://us/late", "published"
    delivery.save()
    assert hear(channel, reply).conversation.about == delivery


def test_what_was_said_long_before_the_channel_was_connected_is_history(cast, now):
    channel = make_channel(cast.fjord, connected_at=NOW)
    assert hear(channel, said("r1", hours_ago=24)).is_waiting
    assert not hear(channel, said("r2", PER, hours_ago=24.1)).needs_answer


def test_changed_words_replace_the_old(channel):
    hear(channel, said("r1", text="Helo"))
    assert hear(channel, said("r1", text="Hello")).text == "Hello"


def test_two_channels_may_hear_the_same_post(cast, channel):
    other = make_channel(cast.utland, remote_id="did:them")
    hear(channel, said("r1"))
    hear(other, said("r1"))
    assert Message.objects.filter(remote_id="r1").count() == 2
    assert Message.objects.in_workspace(cast.utland).get().channel == other


def test_stranger_controls_neither_the_page_nor_the_order(channel):
    trickster = Author(
        "did:trick", "tr\u202eick", "Al\u200bice \u2066(official)\u2069\nStaff", "javascript:alert(1)"
    )
    gather(
        channel,
        [
            said(
                "x" * 900, trickster, hours_ago=-9000, url="data:text/html,x",
                text="\u202eno\x00 way\u200b " + "word " * 9000,
            )
        ],
    )  # fmt: skip
    row = Message.objects.get()
    assert row.author_name == "Alice (official) Staff"
    assert row.author_handle == "trick"
    assert (row.author_url, row.url) == ("", "")
    assert row.at == NOW
    assert len(row.remote_id or "") == 500
    assert row.text.startswith("no way word")
    assert len(row.text) == 20_000


def test_identities_too_long_to_keep_stay_apart(channel):
    gather(channel, [said("x" * 900 + "1"), said("x" * 900 + "2")])
    assert Message.objects.count() == 2


def test_how_to_answer_is_kept(channel):
    row = hear(channel, said("r1", root=Ref("at://root", "https://example.org/root", "rootcid")))
    assert row.ref == {"id": "r1", "url": "", "token": "cid"}
    assert row.root == {"id": "at://root", "url": "https://example.org/root", "token": "rootcid"}


def test_moments_and_identities_no_database_takes_are_mended(channel):
    early = datetime.min.replace(tzinfo=UTC)
    gather(channel, [replace(said("a\ud800\x00b", ref=None), at=early)])
    row = Message.objects.get()
    assert row.at.year == 2000
    assert row.remote_id == "a?b"
