"""The ladder counts people, step by step, and says what it does not know."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from samspill.measurement.ladder import Rung, ladder
from samspill.measurement.measures import Span
from samspill.measurement.tests import rows
from samspill.measurement.tests.test_measures import DAY, HOUR, NOW, asked, in_order, record


def rungs(**held) -> dict[str, Rung]:
    return {rung.step.value: rung for rung in ladder(record(**held), NOW)}


def test_the_steps_stand_from_the_bottom():
    assert list(rungs()) == ["sees", "follows", "answers", "contributes"]


def test_nobody_knows_how_many_have_seen_us():
    assert rungs(said=in_order(asked(DAY)))["sees"].people is None


def test_followers_of_all_channels_are_added():
    held = rungs(
        channels=[Span(1, NOW - 90 * DAY), Span(2, NOW - 90 * DAY)],
        followers={1: [(NOW - HOUR, 110)], 2: [(NOW - HOUR, 40)]},
    )
    assert (held["follows"].people, held["follows"].n) == (150, 2)
    assert rungs()["follows"].people is None, "no channel has told its followers"


def test_different_people_of_the_last_28_days_answer():
    told = in_order(asked(DAY), asked(2 * DAY), asked(3 * DAY, author="ola"))
    found = rungs(said=told)["answers"]
    assert (found.people, found.n) == (2, 3), "kari twice, and ola"


@pytest.mark.parametrize(
    ("ago", "counts"),
    [(28 * DAY, True), (28 * DAY + timedelta(seconds=1), False), (timedelta(0), False), (HOUR, True)],
)
def test_the_28_days_end_before_now(ago, counts):
    assert rungs(said=[asked(ago)])["answers"].people == counts


def test_they_contribute_who_write_in_two_months_of_the_last_half_year():
    told = [asked(DAY), asked(60 * DAY), asked(2 * DAY, author="ola"), asked(3 * DAY, author="ola")]
    told += [asked(190 * DAY, author="per"), asked(DAY, author="per")]
    found = rungs(said=in_order(*told))["contributes"]
    assert (found.people, found.n) == (1, 3), "kari; ola wrote in one month, per too long ago"


def test_nobody_is_zero_and_no_channel_is_no_figures():
    quiet = rungs()
    assert (quiet["answers"].people, quiet["contributes"].people) == (0, 0)
    assert all(rung.people is None for rung in rungs(channels=[]).values())


def test_the_page_of_tactics_shows_the_ladder(cast, as_person):
    vera = as_person(cast.vera)
    assert 'hx-get="/w/fjord/measurement/ladder/"' in vera.get("/w/fjord/strategy/tactics/").content.decode()
    bare = vera.get("/w/fjord/measurement/ladder/").content.decode()
    assert bare.count(">no figures<") == 4
    assert "When a channel is connected" in bare
    rows.message(rows.channel(cast.fjord, cast.olga), timezone.now() - DAY)
    shown = vera.get("/w/fjord/measurement/ladder/").content.decode()
    assert "1 person answered us in the last 28 days." in shown
    assert shown.count(">no figures<") == 2, "seen, and followers that nobody has told"
