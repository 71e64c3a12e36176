from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from samspill.conversations.models import Message
from samspill.conversations.overdue import WEEK, in_time, is_closed, prove, prove_weeks
from samspill.conversations.tests.talk import NOW, PER, US, hear, said

DAY = timedelta(hours=24)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(("ago", "closed"), [(DAY, True), (DAY - SECOND, False)])
def test_window_closes_when_the_promised_time_is_over(ago, closed):
    assert is_closed((NOW - ago, None), DAY, NOW) is closed


@pytest.mark.parametrize(
    ("answered_at", "kept"), [(NOW + DAY, True), (NOW + DAY + SECOND, False), (NOW, True), (None, False)]
)
def test_answer_is_in_time_up_to_the_last_second(answered_at, kept):
    assert in_time((NOW, answered_at), DAY) is kept


def test_proof_counts_only_what_was_due_in_the_stretch():
    start = NOW - WEEK
    cases: list[tuple[datetime, datetime | None]] = [
        (start - DAY - SECOND, None),  # due before it
        (start - DAY, start - DAY + SECOND),  # due on its first second: in time
        (start, None),  # never answered
        (start, start + DAY + SECOND),  # too late
        (NOW - DAY, NOW - SECOND),  # due on its last second, which belongs to the next stretch
    ]
    proof = prove(cases, DAY, start, NOW)
    assert (proof.cases, proof.in_time, proof.answered) == (3, 1, 2)
    assert proof.share == pytest.approx(1 / 3)


def test_no_case_is_no_figure():
    assert prove([], DAY, NOW - WEEK, NOW).share is None


@pytest.mark.django_db
def test_proof_of_the_week_from_what_was_said(channel, post):
    hear(
        channel,
        said("in-time", parent_id="at://us/post", hours_ago=50),
        said("a", US, parent_id="in-time", hours_ago=30),
        said("waits", PER, parent_id="at://us/post", hours_ago=24.5),
        said("has time", PER, parent_id="at://us/post", hours_ago=23),
        said("before", PER, parent_id="at://us/post", hours_ago=24 * 9),
    )
    this, last, *_older = prove_weeks(channel.workspace, NOW)
    assert (this.cases, this.in_time) == (2, 1)
    assert (last.cases, last.in_time) == (1, 0)


@pytest.mark.django_db
def test_what_needs_no_answer_is_no_case(channel, post, cast):
    row = hear(channel, said("r1", hours_ago=30))
    found = Message.objects.needing_answer(cast.fjord, NOW - WEEK, NOW)
    assert list(found.values_list("at", "answered_at")) == [(row.at, None)]
    Message.objects.update(waived_at=NOW)
    assert not found.all().exists()
    assert not Message.objects.needing_answer(cast.utland, NOW - WEEK, NOW).exists()
