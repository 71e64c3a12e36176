import uuid
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from samspill.accounts.models import Member
from samspill.conversations.models import Conversation
from samspill.measurement.models import Sample
from samspill.measurement.tests import rows
from samspill.networks.models import Channel
from samspill.publishing.models import Delivery, Draft
from samspill.strategy.models import Goal, GoverningDocument
from samspill.today import words
from samspill.today.needs import Needs, needs

MORNING = datetime(2025, 11, 24, 7, 30, tzinfo=UTC)  # half past eight in Oslo
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture(autouse=True)
def morning():
    with time_machine.travel(MORNING, tick=False) as clock:
        yield clock


@pytest.fixture
def ours(cast):
    return rows.channel(cast.fjord, cast.olga)


def waits(ours: Channel, hours_left: float, text: str = "Gjelder det oss?") -> Conversation:
    since = MORNING + timedelta(hours=hours_left) - DAY
    said = rows.message(ours, since, text)
    talk = said.conversation
    talk.state, talk.waiting_people = Conversation.State.OPEN, 1
    talk.waiting_since, talk.answer_by = since, since + DAY
    talk.save()
    return talk


def goes_out(ours: Channel, author, at: datetime, title: str = "Spørretime") -> Delivery:
    return rows.post(
        ours,
        author,
        at,
        title,
        state=Delivery.State.SCHEDULED,
        published_at=None,
        remote_id="",
        key=uuid.uuid4().hex,
    )


def of(user, cast) -> Needs:
    return needs(Member.objects.get(user=user, workspace=cast.fjord), MORNING)


def page(client) -> str:
    return str(client.get(reverse("today:today", args=("fjord",))).content.decode())


def test_the_two_lines_say_who_waits_and_how_long_is_left(cast, ours, as_person):
    waits(ours, 9)
    waits(ours, 2, "Men hva med oss som bor i borettslag?")
    text = page(as_person(cast.bob))
    assert "<strong>Two wait for an answer</strong>, the first: 2 h left." in text
    assert text.index("borettslag") < text.index("Gjelder det oss?")


def test_the_message_that_has_waited_longest_is_shown(cast, ours, as_person):
    talk = waits(ours, 2, "Det første spørsmålet")
    later = rows.message(ours, MORNING - HOUR, "Det andre spørsmålet")
    later.conversation = talk
    later.save()
    text = page(as_person(cast.bob))
    assert "Det første" in text
    assert "Det andre" not in text


def test_one_who_waits_too_long_is_said_so(cast, ours, as_person):
    waits(ours, -3)
    text = page(as_person(cast.bob))
    assert "<strong>One waits for an answer</strong>, 3 h too late." in text
    assert 'class="left late"' in text


def test_nobody_waits(cast, ours, as_person):
    assert "Nobody waits for an answer" in page(as_person(cast.bob))


@pytest.mark.parametrize(
    ("hour", "said"),
    [
        (4, "Good morning"),
        (8, "Good morning"),
        (9, "Hello"),
        (16, "Hello"),
        (17, "Good evening"),
        (3, "Good evening"),
    ],
)
def test_the_greeting_follows_the_clock_where_the_person_is(cast, as_person, morning, hour, said):
    """Oslo is an hour ahead of UTC in November."""
    morning.move_to(MORNING.replace(hour=hour, minute=0))
    assert f"{said}, Bob" in page(as_person(cast.bob))


def test_the_first_steps_go_away_when_they_are_done(cast, as_person):
    bob = as_person(cast.bob)
    assert "Four steps to begin" in page(bob)
    assert "Four steps, and the strategy runs" in page(bob)
    GoverningDocument.objects.create(workspace=cast.fjord, title="Strategisk plan")
    Goal.objects.create(strategy=cast.strategy, statement="Bli hørt")
    ours = rows.channel(cast.fjord, cast.olga)
    assert "Four steps to begin" in page(bob)
    rows.post(ours, cast.alice, MORNING - DAY)
    assert "Four steps to begin" not in page(bob)


def test_a_neighbours_things_are_not_shown(cast, ours, as_person):
    theirs = rows.channel(cast.utland, cast.charlie, "utland")
    waits(theirs, 2, "Hemmelig")
    goes_out(theirs, cast.charlie, MORNING + HOUR, "Utlands sak")
    rows.post(ours, cast.alice, MORNING - DAY)
    text = page(as_person(cast.bob))
    assert "Nobody waits for an answer" in text
    assert "Hemmelig" not in text
    assert "Utlands sak" not in text


def test_what_went_wrong_asks_for_me(cast, ours, as_person):
    rows.post(
        ours,
        cast.alice,
        MORNING - DAY,
        "Ledig lærlingplass",
        state=Delivery.State.UNCERTAIN,
        published_at=None,
        last_error="The network did not answer.",
    )
    Channel.objects.filter(pk=ours.pk).update(state=Channel.State.RECONNECT, last_error="Sign in again.")
    text = page(as_person(cast.bob))
    assert "One post needs a look." in text
    assert "sent, not confirmed" in text
    assert "Sign in again." in text


def test_i_am_asked_for_my_yes_and_nobody_elses(cast, ours):
    mine = Draft.objects.create(
        workspace=cast.fjord, title="Nettleie", author=cast.alice, state=Draft.State.ASKED, approver=cast.bob
    )
    anybody = Draft.objects.create(
        workspace=cast.fjord, title="Apent hus", author=cast.alice, state=Draft.State.ASKED
    )
    assert set(of(cast.bob, cast).to_approve) == {mine, anybody}
    assert of(cast.olga, cast).to_approve == [anybody]
    assert of(cast.alice, cast).to_approve == []  # a contributor cannot approve


def test_a_draft_on_two_channels_is_one_row_and_one_post(cast, ours, as_person):
    first = goes_out(ours, cast.alice, MORNING + HOUR)
    second = rows.channel(cast.fjord, cast.olga, "nabolaget")
    version = first.version.draft.versions.create(channel=second, text="x")
    Delivery.objects.create(version=version, channel=second, key="k2", due_at=first.due_at)
    found = of(cast.bob, cast)
    assert len(found.going_out) == found.out_today == 1
    assert [channel.handle for channel in found.going_out[0].channels] == ["fjordkraftlaget", "nabolaget"]


def test_today_ends_at_midnight_where_the_person_is(cast, ours, as_person):
    goes_out(ours, cast.alice, datetime(2025, 11, 24, 22, 59, tzinfo=UTC))
    goes_out(ours, cast.alice, datetime(2025, 11, 24, 23, 0, tzinfo=UTC))  # already tomorrow in Oslo
    assert "One post goes out today." in page(as_person(cast.bob))


def test_the_goal_that_moved_is_named(cast, ours, as_person):
    goal = Goal.objects.create(
        strategy=cast.strategy,
        statement="Kritisk masse på Bluesky",
        measure="followers",
        baseline=100,
        target=500,
    )
    levels = [100 + 5 * week + week % 2 for week in range(20)] + [400]
    for back, level in enumerate(reversed(levels)):
        Sample.objects.create(channel=ours, what="followers", at=MORNING - timedelta(weeks=back), value=level)
    assert [status.goal for status in of(cast.bob, cast).moved] == [goal]
    text = page(as_person(cast.bob))
    assert "The goal “Kritisk masse på Bluesky” has moved." in text
    assert "400 " in text


def test_a_full_page_takes_a_handful_of_queries(cast, ours, as_person, django_assert_max_num_queries):
    for number in range(12):
        waits(ours, number - 2)
        goes_out(ours, cast.alice, MORNING + (number + 1) * HOUR, f"Sak {number}")
        rows.post(ours, cast.alice, MORNING - number * DAY, state=Delivery.State.FAILED, published_at=None)
        Goal.objects.create(strategy=cast.strategy, statement=f"Mål {number}", measure="response_rate")
        Draft.objects.create(workspace=cast.fjord, title=f"U {number}", author=cast.alice, state="asked")
    bob = as_person(cast.bob)
    page(bob)
    with django_assert_max_num_queries(22):
        page(bob)


def test_no_more_than_four_sentences_stand_on_top(cast, ours):
    waits(ours, 2)
    goes_out(ours, cast.alice, MORNING + HOUR)
    rows.post(ours, cast.alice, MORNING - DAY, state=Delivery.State.FAILED, published_at=None)
    Draft.objects.create(workspace=cast.fjord, title="U", author=cast.alice, state="asked")
    said = words.first(of(cast.bob, cast)) + words.then(of(cast.bob, cast))
    assert said.count(".") == 4
