from __future__ import annotations

import re
import uuid
from datetime import timedelta

import pytest

from samspill.conversations.decide import assign
from samspill.conversations.models import Conversation
from samspill.conversations.reply import answer
from samspill.conversations.rows import rows
from samspill.conversations.tests.talk import MARTE, NOW, PER, US, hear, make_channel, said
from samspill.networks.base import Author, Kind
from samspill.publishing.models import Delivery

pytestmark = pytest.mark.django_db
INBOX = "/w/fjord/conversations/"


def words(response) -> str:
    """The page's text, without tags, on one line."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode())).replace(" .", ".")


@pytest.fixture
def three(channel, post):
    """Marte has 2 hours left, Per 9; one is answered."""
    hear(channel, said("r1", MARTE, hours_ago=22, parent_id="at://us/post", text="And in flats?"))
    hear(channel, said("m1", PER, hours_ago=15, kind=Kind.MENTION, text="Thanks, @fjord"))
    hear(channel, said("o1", PER, hours_ago=40, kind=Kind.MENTION, text="Old question"))
    hear(channel, said("a1", US, hours_ago=30, parent_id="o1"))


def test_says_at_once_who_waits_and_how_long_is_left(as_person, cast, three):
    page = words(as_person(cast.vera).get(INBOX))
    assert "2 people wait for an answer , the first: 2 h left" in page
    assert "In the last seven days 1 of 1 was answered within 24 hours." in page
    assert page.index("And in flats?") < page.index("Thanks, @fjord")
    assert "about “Hva koster en kald januar?”" in page
    assert "Old question" not in page


@pytest.mark.parametrize(
    ("show", "seen", "unseen"),
    [
        ("?show=answered", ["Old question"], ["And in flats?"]),
        ("?show=all", ["Old question", "And in flats?", "Thanks"], []),
        ("?show=mine", ["Thanks"], ["And in flats?", "Old question"]),
        ("?show=nonsense&channel=x&page=99&done=" + "9" * 5000, ["And in flats?"], ["Old question"]),
    ],
)
def test_filters(as_person, cast, three, show, seen, unseen):
    assign(Conversation.objects.get(root_id="m1"), cast.alice, by=cast.alice)
    page = words(as_person(cast.alice).get(INBOX + show))
    assert all(each in page for each in seen)
    assert not any(each in page for each in unseen)


def test_one_channel_alone(as_person, cast, three):
    other = make_channel(cast.fjord, remote_id="did:us2", name="Second")
    hear(other, said("s1", text="On the second"))
    page = words(as_person(cast.vera).get(f"{INBOX}?channel={other.pk}"))
    assert "On the second" in page
    assert "And in flats?" not in page


def test_another_workspaces_channel_is_no_filter(as_person, cast, three):
    other = make_channel(cast.utland, remote_id="did:them")
    hear(other, said("s1", text="Not for fjord"))
    page = words(as_person(cast.vera).get(f"{INBOX}?channel={other.pk}&show=all"))
    assert "Not for fjord" not in page


def test_pages(as_person, cast, channel):
    for number in range(26):
        hear(
            channel,
            said(f"m{number}", kind=Kind.MENTION, text=f"Question {number:02}", hours_ago=20 - number / 2),
        )
    client = as_person(cast.vera)
    first, second = words(client.get(INBOX)), words(client.get(INBOX + "?page=2"))
    assert "Page 1 of 2" in first
    assert "Question 24" in first
    assert "Question 25" not in first
    assert "Question 25" in second


def test_others_who_wait_in_the_same_conversation_are_counted(as_person, cast, channel):
    hear(channel, said("r1", root_id="t"), said("p1", PER, root_id="t"))
    assert "and 1 other waits" in words(as_person(cast.vera).get(INBOX))


def test_colleagues_see_that_an_answer_is_on_its_way(as_person, cast, channel):
    row = hear(channel, said("r1"))
    reply = answer(row, by=cast.alice, text="Yes.", seen=row.pk, request_id=uuid.uuid4())
    for state, shown in (("scheduled", "scheduled"), ("failed", "refused by the network")):
        Delivery.objects.filter(message=reply).update(state=state)
        assert f"our answer: {shown}" in words(as_person(cast.bob).get(INBOX))


def test_viewer_reads_and_is_offered_nothing_to_do(as_person, cast, three):
    assert b"Needs none" not in as_person(cast.vera).get(INBOX).content
    assert b"Needs none" in as_person(cast.alice).get(INBOX).content


def test_empty_inbox_teaches(as_person, cast, now):
    client = as_person(cast.alice)
    assert "Connect a channel" in words(client.get(INBOX))
    make_channel(cast.fjord)
    assert "Nobody has written to you yet" in words(client.get(INBOX))


def test_all_answered(as_person, cast, channel):
    hear(channel, said("o1", hours_ago=5), said("a1", US, hours_ago=3, parent_id="o1"))
    page = words(as_person(cast.vera).get(INBOX))
    assert "Nobody waits for an answer." in page
    assert "All is answered here." in page


def test_strangers_words_are_only_words(as_person, cast, channel):
    crafty = Author("did:x", "x", '<script>alert(1)</script>"', "javascript:alert(1)")
    hear(channel, said("x1", crafty, text="<img src=x onerror=alert(1)>\u202e", url="javascript:alert(1)"))
    talk = Conversation.objects.get()
    for address in (INBOX, f"{INBOX}{talk.pk}/"):
        page = as_person(cast.alice).get(address).content.decode()
        assert "<script>alert" not in page
        assert "<img" not in page
        assert "javascript:" not in page
        assert "\u202e" not in page
        assert "<bdi>&lt;script&gt;" in page


@pytest.mark.parametrize(("hours", "left"), [(0, 100), (12, 50), (24, 0), (30, 0)])
def test_share_of_the_time_that_is_left(channel, hours, left):
    hear(channel, said("r1", hours_ago=hours))
    (row,) = rows(Conversation.objects.all())
    assert row.left(NOW) == left


def test_rows_take_two_queries(channel, django_assert_num_queries):
    for number in range(5):
        hear(channel, said(f"m{number}", kind=Kind.MENTION))
    with django_assert_num_queries(2):
        rows(Conversation.objects.all())


def test_inbox_in_norwegian(as_person, cast, three):
    page = as_person(cast.vera).get(INBOX, headers={"accept-language": "nb"})
    assert page.status_code == 200


def test_promise_of_another_length_is_said(as_person, cast, three):
    cast.fjord.answer_within = timedelta(hours=48)
    cast.fjord.save()
    assert "within 48 hours" in words(as_person(cast.vera).get(INBOX))
