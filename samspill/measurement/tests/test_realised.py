"""Planned, grown or unlinked, and the days from sign to decision: counted by hand and on the page."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from samspill.measurement import realised_words as words
from samspill.measurement.realised import Post, Realised, Signal, Way, realised, signal, stretches
from samspill.measurement.realised_chart import spec
from samspill.measurement.tests.rows import channel, post
from samspill.publishing.models import Delivery, Draft, Version
from samspill.strategy.models import Decision, Goal, Observation, Pattern

START, END = date(2026, 3, 1), date(2026, 3, 31)
NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)


def found(*ways: Way, signals: list[Signal] | None = None) -> Realised:
    posts = [Post(n, f"Post {n}", NOON, way) for n, way in enumerate(ways)]
    return Realised(START, END, posts, signals or [])


P, G, U = Way.PLANNED, Way.GROWN, Way.UNLINKED


@pytest.fixture
def fjord(cast):
    """A channel with a post each way, and one that waits."""
    on = channel(cast.fjord, cast.olga)
    pattern = Pattern.objects.create(strategy=cast.strategy, name="Grown", state="adopted")
    goals = {
        P: Goal.objects.create(strategy=cast.strategy, statement="Planned"),
        G: Goal.objects.create(strategy=cast.strategy, statement="Grown", pattern=pattern),
    }
    for n, way in enumerate((P, P, G, U)):
        out = post(on, cast.olga, NOON + timedelta(hours=n), title=f"{way} {n}")
        Draft.objects.filter(pk=out.version.draft_id).update(goal=goals.get(way))
    post(on, cast.olga, NOON, title="Waits", state=Delivery.State.SCHEDULED, published_at=None, remote_id="")
    return on


def test_what_was_published_is_told_by_what_it_serves(cast, fjord):
    report = realised(cast.fjord, START, END)
    assert [(share.way, share.n, share.of) for share in report.shares] == [(P, 2, 4), (G, 1, 4), (U, 1, 4)]
    assert report.share(P).value == 0.5
    assert [post.title for post in report.posts] == ["unlinked 3", "grown 2", "planned 1", "planned 0"]


def test_a_draft_on_two_channels_is_one_post_on_the_day_it_was_first_out(cast, fjord):
    draft = Draft.objects.get(title="planned 0")
    other = channel(cast.fjord, cast.olga, "another")
    version = Version.objects.create(draft=draft, channel=other, text="x")
    later = NOON + timedelta(days=60)
    Delivery.objects.create(
        version=version,
        channel=other,
        state="published",
        published_at=later,
        due_at=later,
        key="k",
        remote_id="r",
    )
    assert len(realised(cast.fjord, START, END).posts) == 4
    assert realised(cast.fjord, date(2026, 5, 1), date(2026, 5, 31)).posts == []


def test_answers_are_no_posts(cast, fjord):
    Draft.objects.filter(title="unlinked 3").update(is_reply=True)
    assert len(realised(cast.fjord, START, END).posts) == 3


def test_both_days_of_the_period_count_in_where_people_are(cast, fjord):
    day = date(2026, 3, 10)
    assert len(realised(cast.fjord, day, day).posts) == 4
    assert realised(cast.fjord, day + timedelta(days=1), END).posts == []
    Delivery.objects.filter(state="published").update(published_at=datetime(2026, 3, 10, 23, 30, tzinfo=UTC))
    with timezone.override("Europe/Oslo"):
        assert realised(cast.fjord, day, day).posts == []


def test_another_workspace_s_posts_are_not_counted(cast, fjord):
    assert realised(cast.utland, START, END).posts == []


def test_the_interval_is_wilson_s():
    """81 of 263: Newcombe 1998, table I."""
    low, high = found(*[P] * 81, *[U] * 182).share(P).interval or (0, 0)
    assert (round(low, 4), round(high, 4)) == (0.2553, 0.3662)


def test_no_posts_is_no_share():
    report = found()
    assert report.share(P).value is None
    assert report.share(P).interval is None
    assert words.percent(None) == "no figures"
    assert words.lead(report).startswith("Nothing was published")
    assert words.findings(report) == []


@pytest.mark.parametrize(
    ("ways", "says"),
    [
        ([P] * 10, "Everything that was published served a goal that was planned."),
        ([U] * 10, "Nothing that was published serves a goal."),
        ([P] * 9, "Only 9 posts"),
        ([U] * 9, "Only 9 posts"),
        ([P], "Only 1 post:"),
        ([P] * 9 + [U], ""),
        ([U] * 9 + [G], ""),
        ([G] * 10, ""),
    ],
)
def test_all_or_nothing_is_a_finding_once_there_is_enough_to_see(ways, says):
    said = " ".join(words.findings(found(*ways)))
    assert said.startswith(says)
    assert bool(said) == bool(says)


def test_the_answer_in_a_sentence():
    assert words.lead(found(P, P, G, U)) == (
        "Of 4 posts, 2 serve a goal that was planned, 1 a goal that grew by itself, and 1 no goal."
    )


# ---------- from sign to decision ----------


def sign(seen: int, decided: int | None) -> Signal:
    return Signal(date(2026, 3, seen), None if decided is None else date(2026, 3, decided))


def test_the_median_is_of_the_signs_that_led_to_a_decision():
    report = found(signals=[sign(1, 3), sign(2, 12), sign(5, 6), sign(7, None)])
    assert (report.days, report.median_days, report.waiting, report.seen) == ([1, 2, 10], 2, 1, 4)
    assert words.sensitivity(report) == (
        "3 signs from outside led to a decision; half of them within 2 days."
    )
    assert "2.5 days" in words.sensitivity(found(signals=[sign(1, 3), sign(1, 4)]))
    assert words.sensitivity(found(signals=[sign(1, 1)])).endswith("it took 0 days.")


def test_without_decisions_there_is_no_figure():
    report = found(signals=[sign(1, None)])
    assert report.median_days is None
    assert "no figure" in words.sensitivity(report)


def test_only_decisions_of_the_period_count_and_what_came_later_still_waited():
    late = Signal(date(2026, 3, 30), date(2026, 4, 2))
    early = Signal(date(2026, 1, 1), date(2026, 3, 1))
    report = found(signals=[late, early])
    assert (report.days, report.waiting, report.seen) == ([59], 1, 1)


def test_a_sign_leads_to_the_first_decision_that_did_not_come_before_it():
    decided = [date(2026, 3, 1), date(2026, 3, 8), date(2026, 3, 20)]
    assert signal(date(2026, 3, 8), decided).decided_on == date(2026, 3, 8)
    assert signal(date(2026, 3, 9), decided).decided_on == date(2026, 3, 20)
    assert signal(date(2026, 3, 21), decided).decided_on is None


def test_signs_are_read_from_the_rows_and_unplanned_uses_are_not_signs(cast):
    pattern = Pattern.objects.create(strategy=cast.strategy, name="p")
    for sort, of in (("signal", pattern), ("use", pattern), ("signal", None)):
        Observation.objects.create(strategy=cast.strategy, sort=sort, pattern=of, text="x", seen_at=NOON)
    Decision.objects.create(
        strategy=cast.strategy, pattern=pattern, title="p", verdict="watch", decided_on=date(2026, 3, 15)
    )
    report = realised(cast.fjord, START, END)
    assert (report.days, report.waiting) == ([5], 1)
    assert realised(cast.utland, START, END).signals == []


# ---------- the chart and the page ----------


def test_the_period_is_cut_in_weeks_months_or_years_also_empty_ones():
    unit, rows = stretches(found(P, U))
    assert (unit, len(rows), rows[0].start) == ("week", 6, date(2026, 2, 23))
    assert [row.total for row in rows] == [0, 0, 2, 0, 0, 0]
    year = Realised(date(2025, 11, 30), date(2026, 12, 1), [Post(1, "x", NOON, P)], [])
    unit, rows = stretches(year)
    assert (unit, len(rows)) == ("month", 14)
    assert next(row.total for row in rows if row.start == date(2026, 3, 1)) == 1
    unit, rows = stretches(Realised(date(2019, 5, 5), date(2026, 12, 1), [Post(1, "x", NOON, P)], []))
    assert (unit, len(rows)) == ("year", 8)


def test_every_post_is_drawn_once_and_named_in_words():
    unit, rows = stretches(found(P, P, G, U))
    drawn = spec(unit, rows, "said")
    assert sum(row["n"] for row in drawn["data"]["values"]) == 4
    assert '"description": "said"' in json.dumps(drawn)
    assert "serves no goal" in json.dumps(drawn)
    assert spec(*stretches(found()), "") == {}


@pytest.fixture
def page(cast):
    return reverse("measurement:realised", args=(cast.fjord.slug,))


@pytest.mark.parametrize("language", ["en", "nb"])
def test_the_page_tells_shares_with_intervals_and_a_table(cast, fjord, page, as_person, language):
    with translation.override(language):
        said = words.lead(found(P, P, G, U))
    asked = {"start": "2026-03-01", "end": "2026-03-31"}
    text = as_person(cast.vera).get(page, asked, headers={"Accept-Language": language}).content.decode()
    assert said in text
    assert "<table" in text
    assert "unlinked 3" in text, "what serves nothing can be opened"
    assert ("15% to 85%" if language == "en" else "15\xa0% til 85\xa0%") in text


@pytest.mark.parametrize(
    ("start", "end", "wrong"),
    [
        ("2026-03-02", "2026-03-01", "comes before the first"),
        ("2010-01-01", "2026-03-01", "more than ten years"),
        ("x", "2026-03-01", "valid date"),
        ("2026-03-02", "", "required"),
    ],
)
def test_a_period_that_cannot_be_is_said_beside_the_field(cast, page, as_person, start, end, wrong):
    answer = as_person(cast.vera).get(page, {"start": start, "end": end})
    assert answer.status_code == 422
    assert wrong in answer.content.decode()


def test_hours_are_not_made_up(cast, page, as_person):
    assert "for hours is not shown" in as_person(cast.vera).get(page).content.decode()


def test_the_page_of_what_grows_asks_for_the_sentence(cast, fjord, as_person):
    viewer = as_person(cast.vera)
    short = reverse("measurement:realised_short", args=(cast.fjord.slug,))
    assert short in viewer.get(reverse("strategy:emergence", args=(cast.fjord.slug,))).content.decode()
    assert "The last 90 days" in viewer.get(short).content.decode()


def test_a_year_of_posts_costs_no_more_queries_than_one(
    cast, fjord, page, as_person, django_assert_max_num_queries
):
    viewer = as_person(cast.vera)
    for n in range(30):
        post(fjord, cast.olga, timezone.now() - timedelta(days=n))
    with django_assert_max_num_queries(14):
        viewer.get(page, {"days": "365"})
