from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse

from samspill.accounts.models import Event
from samspill.conversations import views
from samspill.conversations.models import Conversation, Message, Note
from samspill.conversations.reply import answer, confirm
from samspill.conversations.tests.talk import MARTE, NOW, PER, US, hear, make_channel, make_post, said
from samspill.conversations.tests.test_inbox import words
from samspill.networks.base import Kind
from samspill.publishing.models import Delivery
from samspill.strategy.models import Goal

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def question(channel, post):
    return hear(channel, said("r1", parent_id="at://us/post", text="And in flats?", hours_ago=3))


def at(name: str, talk: Conversation | Message | Goal) -> str:
    return reverse(f"conversations:{name}", args=["fjord", talk.pk])


def typed(question: Message, text: str = "Yes, also in flats.", **given: object) -> dict[str, object]:
    return {"text": text, "to": question.pk, "seen": question.pk, "request_id": str(uuid.uuid4())} | given


def test_our_post_stands_on_top_and_messages_oldest_first(as_person, cast, channel, question):
    hear(channel, said("r2", PER, parent_id="at://us/post", text="Me too", hours_ago=1))
    page = words(as_person(cast.vera).get(at("conversation", question.conversation)))
    assert page.index("Hva koster en kald januar?") < page.index("And in flats?") < page.index("Me too")
    assert "2 people wait for an answer , the first is Marte Lien: 21 h left" in page


def test_our_post_is_not_shown_twice(as_person, cast, channel, post, question):
    hear(
        channel,
        said("at://us/post", US, text="Hva koster en kald januar?", hours_ago=5),
    )
    page = as_person(cast.vera).get(at("conversation", question.conversation)).content.decode()
    assert page.count('<div class="said" dir="auto">Hva koster en kald januar?') == 1


def test_answer_is_sent_and_shown_as_being_sent(as_person, cast, question):
    client = as_person(cast.alice)
    talk = question.conversation
    response = client.post(at("reply", talk), typed(question))
    reply = Message.objects.get(is_ours=True)
    assert response.status_code == 302
    assert response.url == f"{at('conversation', talk)}#message-{reply.pk}"
    page = client.get(at("conversation", talk)).content.decode()
    assert "being sent" in page
    assert at("message", reply) in page, "it asks for itself until it is sent"
    assert Event.objects.filter(action="reply.send").count() == 1
    row = Delivery.objects.filter(message=reply)
    row.update(state="published", remote_id="a1", published_at=NOW + timedelta(minutes=2))
    confirm()
    line = client.get(at("message", reply))
    assert "sent 13:02" in words(line)
    assert "hx-trigger" not in line.content.decode()
    assert "Everyone here has been answered." in words(client.get(at("conversation", talk)))


def test_double_click_sends_once(as_person, cast, question):
    client, data = as_person(cast.alice), typed(question)
    for _click in range(2):
        assert client.post(at("reply", question.conversation), data).status_code == 302
    assert Delivery.objects.filter(version__draft__is_reply=True).count() == 1


@pytest.mark.parametrize(
    ("text", "sentence"), [("", "Write an answer first."), ("x" * 301, "1 characters too long")]
)
def test_what_was_typed_stays_with_a_sentence_beside_it(as_person, cast, question, text, sentence):
    data = typed(question, text)
    response = as_person(cast.alice).post(at("reply", question.conversation), data)
    assert response.status_code == 422
    page = response.content.decode()
    assert sentence in page
    assert text in page
    assert str(data["request_id"]) in page
    assert not Message.objects.filter(is_ours=True).exists()


def test_text_of_full_length_is_sent(as_person, cast, question):
    response = as_person(cast.alice).post(at("reply", question.conversation), typed(question, "x" * 300))
    assert response.status_code == 302


def test_colleagues_answer_meanwhile_is_shown_before_another_goes_out(as_person, cast, question):
    answer(question, by=cast.bob, text="Bob was first.", seen=question.pk, request_id=uuid.uuid4())
    client, data = as_person(cast.alice), typed(question, "Alice too.")
    response = client.post(at("reply", question.conversation), data)
    assert response.status_code == 422
    page = response.content.decode()
    assert "Bob has answered while you wrote" in page
    assert "Bob was first." in page
    assert "Alice too." in page
    newest = Message.objects.order_by("pk").last()
    assert newest is not None
    assert f'name="seen" value="{newest.pk}"' in page
    again = client.post(at("reply", question.conversation), data | {"seen": newest.pk})
    assert again.status_code == 302


def test_nonsense_in_hidden_fields_sends_nothing(as_person, cast, question, channel):
    elsewhere = hear(channel, said("other", kind=Kind.MENTION))
    client = as_person(cast.alice)
    for wrong in (
        {"to": elsewhere.pk},
        {"to": "x"},
        {"seen": "x"},
        {"seen": 2**63},
        {"request_id": "x"},
        {"request_id": ""},
    ):
        response = client.post(at("reply", question.conversation), typed(question, **wrong))
        assert response.status_code == 422
        assert "Yes, also in flats." in response.content.decode()
    assert not Message.objects.filter(is_ours=True).exists()


@pytest.mark.parametrize(
    ("state", "shown"),
    [
        ("uncertain", "sent, not confirmed"),
        ("failed", "The network refused it: Too many words"),
        ("needs_human", "needs you"),
    ],
)
def test_answer_that_did_not_go_as_it_should_says_so(as_person, cast, question, state, shown):
    reply = answer(question, by=cast.alice, text="My words.", seen=question.pk, request_id=uuid.uuid4())
    Delivery.objects.filter(message=reply).update(state=state, last_error="Too many words")
    page = words(as_person(cast.alice).get(at("conversation", question.conversation)))
    assert shown in page
    assert "My words." in page


def test_refused_words_can_be_written_again(as_person, cast, question, channel):
    hear(channel, said("r2", PER, parent_id="at://us/post", hours_ago=9))
    reply = answer(question, by=cast.alice, text="My words.", seen=question.pk, request_id=uuid.uuid4())
    Delivery.objects.filter(message=reply).update(state="failed")
    page = as_person(cast.alice).get(f"{at('conversation', question.conversation)}?again={reply.pk}")
    assert ">My words.</textarea>" in page.content.decode()
    assert page.context["target"] == question


def test_live_length(as_person, cast, question):
    client = as_person(cast.alice)
    for text, shown in (("x" * 300, "300 of 300"), ("x" * 301, "1 character too long")):
        page = client.post(at("length", question.conversation), {"text": text}, headers=HTMX)
        assert shown in words(page)


def test_chosen_person_is_answered(as_person, cast, channel, question):
    per = hear(channel, said("r2", PER, parent_id="at://us/post", hours_ago=1))
    address = at("conversation", question.conversation)
    assert as_person(cast.alice).get(address).context["target"] == question
    assert as_person(cast.alice).get(f"{address}?to={per.pk}").context["target"] == per


def test_private_words_are_answered_in_private(as_person, cast, channel):
    row = hear(channel, said("dm", kind=Kind.MENTION, public=False))
    page = words(as_person(cast.alice).get(at("conversation", row.conversation)))
    assert "your answer is just as private" in page


def test_what_cannot_be_pointed_at_is_left_to_the_network(as_person, cast, channel):
    row = hear(channel, said("x", kind=Kind.MENTION, ref=None))
    client = as_person(cast.alice)
    page = client.get(at("conversation", row.conversation))
    assert "This can only be answered on the network itself." in words(page)
    assert page.context["form"] is None
    response = client.post(at("reply", row.conversation), typed(row))
    assert response.status_code == 422
    assert "This can only be answered on the network itself." in words(response)


def test_needs_no_answer_and_undo(as_person, cast, question):
    client, talk = as_person(cast.alice), question.conversation
    response = client.post(at("done", talk), {"seen": question.pk, "from": "inbox"})
    assert response.url == f"/w/fjord/conversations/?done={talk.pk}"
    assert "Undo" in words(client.get(response.url))
    assert client.post(at("reopen", talk), {"from": "inbox"}).url == "/w/fjord/conversations/"
    talk.refresh_from_db()
    assert talk.state == Conversation.State.OPEN
    assert talk.waiting_since == question.at


@pytest.mark.parametrize("seen", ["", "x", "-1", "٣", "9" * 5000])
def test_nonsense_instead_of_what_was_seen_closes_nothing(as_person, cast, question, seen):
    as_person(cast.alice).post(at("done", question.conversation), {"seen": seen})
    assert Message.objects.get(pk=question.pk).is_waiting


def test_row_closes_and_opens_in_place(as_person, cast, question):
    client, talk = as_person(cast.alice), question.conversation
    closed = client.post(at("done", talk), {"seen": question.pk}, headers=HTMX)
    assert f'id="talk-{talk.pk}"' in closed.content.decode()
    assert "Undo" in closed.content.decode()
    opened = client.post(at("reopen", talk), headers=HTMX)
    assert "Needs none" in opened.content.decode()


def test_closing_does_not_close_what_came_meanwhile(as_person, cast, channel, question):
    hear(channel, said("r2", PER, parent_id="at://us/post", hours_ago=0))
    client = as_person(cast.alice)
    response = client.post(at("done", question.conversation), {"seen": question.pk}, follow=True)
    assert "Somebody has written meanwhile" in words(response)
    row = client.post(at("done", question.conversation), {"seen": question.pk}, headers=HTMX)
    assert "Needs none" in row.content.decode()


def test_assignment(as_person, cast, question):
    client, talk = as_person(cast.alice), question.conversation
    assert "Bob has this conversation now." in words(
        client.post(at("assign", talk), {"to": cast.bob.pk}, follow=True)
    )
    assert "Nobody in particular" in words(client.post(at("assign", talk), {"to": ""}, follow=True))
    for stranger in (cast.charlie.pk, cast.vera.pk, "x"):
        response = client.post(at("assign", talk), {"to": stranger})
        assert response.status_code == 422
        assert "This person cannot answer here." in words(response)
    talk.refresh_from_db()
    assert talk.assigned_to is None


def test_note_is_for_us_alone(as_person, cast, question):
    client, talk = as_person(cast.alice), question.conversation
    assert client.post(at("note", talk), {"text": "x" * 5000}).status_code == 302
    assert "x" * 5000 in client.get(at("conversation", talk)).content.decode()
    for wrong in ("", "y" * 5001):
        response = client.post(at("note", talk), {"text": wrong})
        assert response.status_code == 422
        assert wrong in response.content.decode()
    note = Note.objects.get()
    assert (note.by, note.conversation) == (cast.alice, talk)
    assert Event.objects.filter(action="conversation.note").count() == 1
    assert not Delivery.objects.filter(version__draft__is_reply=True).exists()


@pytest.mark.parametrize("verb", ["reply", "length", "assign", "note", "done", "reopen"])
def test_viewer_and_stranger_change_nothing(as_person, cast, question, verb):
    assert as_person(cast.vera).post(at(verb, question.conversation), typed(question)).status_code == 403
    assert as_person(cast.charlie).post(at(verb, question.conversation), typed(question)).status_code == 404
    assert as_person(cast.alice).get(at(verb, question.conversation)).status_code == 405


@pytest.mark.parametrize("name", ["conversation", "message", "goal_said"])
def test_other_workspaces_see_nothing(as_person, cast, question, name):
    goal = Goal.objects.create(strategy=cast.strategy, statement="Be heard")
    row = {"conversation": question.conversation, "message": question, "goal_said": goal}[name]
    address = reverse(f"conversations:{name}", args=["utland", row.pk])
    assert as_person(cast.charlie).get(address).status_code == 404
    assert as_person(cast.vera).get(at(name, row)).status_code == 200


def test_what_the_same_person_said_before(as_person, cast, channel, question):
    hear(channel, said("b1", MARTE, kind=Kind.MENTION, text="I asked last year", hours_ago=900))
    hear(channel, said("b2", PER, kind=Kind.MENTION, text="Somebody else", hours_ago=900))
    other = make_channel(cast.fjord, remote_id="did:us2")
    hear(other, said("b3", MARTE, kind=Kind.MENTION, text="On another channel", hours_ago=900))
    page = words(as_person(cast.vera).get(at("conversation", question.conversation)))
    before = page.split("Said before")[1]
    assert "I asked last year" in before
    assert "Somebody else" not in before
    assert "On another channel" not in before


def test_long_conversation_shows_the_newest_and_all_that_waits(as_person, cast, channel):
    many = views.LINES + 1
    old = said("old", PER, root_id="t", hours_ago=23, text="The oldest waits")
    lines = [said(f"r{n}", root_id="t", hours_ago=22 - n / 50, text=f"line {n}") for n in range(many)]
    last = hear(channel, old, *lines, said("a", US, root_id="t", parent_id=f"r{many - 1}", hours_ago=1))
    address = at("conversation", last.conversation)
    page = words(as_person(cast.vera).get(address))
    assert "The oldest waits" in page
    assert "2 earlier messages are not shown." in page
    assert "line 0 " not in page
    assert "line 0 " in words(as_person(cast.vera).get(f"{address}?all=yes"))


def test_goal_page_shows_what_was_said_to_its_posts(as_person, cast, channel):
    goal = Goal.objects.create(strategy=cast.strategy, statement="Be heard")
    make_post(channel, cast.bob, remote_id="g1", goal=goal)
    client = as_person(cast.vera)
    assert "Nobody has answered a post that serves this goal yet." in words(client.get(at("goal_said", goal)))
    for n in range(4):
        hear(channel, said(f"r{n}", parent_id="g1", root_id="g1", hours_ago=9 - n, text=f"Thought {n}"))
    hear(channel, said("a", US, parent_id="r3", root_id="g1", text="Our answer"))
    hear(channel, said("l", PER, kind=Kind.REACTION, parent_id="g1"))
    page = words(client.get(at("goal_said", goal)))
    assert "4 answers to our posts" in page
    assert page.index("Thought 3") < page.index("Thought 1")
    assert "Thought 0" not in page
    assert "Our answer" not in page
