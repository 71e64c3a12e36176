"""What grows by itself: whoever may write logs it, a stated rule offers it, a person decides and says why."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from samspill.accounts.models import Event
from samspill.strategy import emergence as grows
from samspill.strategy.decision_form import ReasonForm
from samspill.strategy.models import Decision, Goal, Observation, Pattern, Record, Strategy

MONDAY = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
def writer(as_person, cast):
    return as_person(cast.alice)


@pytest.fixture
def pattern(cast):
    return Pattern.objects.create(strategy=cast.strategy, name="People answer one another")


def see(pattern, *sights, strategy=None):
    """An observation for each (who, when)."""
    return [
        Observation.objects.create(
            strategy=strategy or pattern.strategy, pattern=pattern, by=by, seen_at=at, text=f"Saw it {n}"
        )
        for n, (by, at) in enumerate(sights)
    ]


def days(n: int) -> timedelta:
    return timedelta(days=n)


# ---------- the rule ----------


def test_three_observations_by_two_people_make_a_candidate(cast, pattern):
    see(pattern, (cast.alice, MONDAY), (cast.alice, MONDAY))
    assert not grows.one(pattern).is_candidate
    see(pattern, (cast.bob, MONDAY))
    assert grows.one(pattern).is_candidate


def test_one_person_is_enough_when_it_comes_back_another_week(cast, pattern):
    see(pattern, *[(cast.alice, MONDAY + days(n)) for n in (0, 3, 6)])
    row = grows.one(pattern)
    assert (row.count, row.people, row.weeks, row.is_candidate) == (3, 1, 1, False)
    see(pattern, (cast.alice, MONDAY + days(7)))
    assert grows.one(pattern).is_candidate


def test_weeks_are_iso_weeks_across_the_turn_of_the_year(cast, pattern):
    """Wednesday 31 December 2025 and Thursday 1 January 2026 lie in the same week, 2026-W01."""
    new_year = datetime(2025, 12, 31, 12, tzinfo=UTC)
    see(pattern, *[(cast.alice, new_year + days(n)) for n in (0, 1, 4)])
    assert grows.one(pattern).weeks == 1


def test_a_day_belongs_to_the_week_it_has_where_people_are(cast, pattern):
    """23.30 on a Sunday in UTC is Monday in Oslo."""
    late = datetime(2026, 3, 8, 23, 30, tzinfo=UTC)
    with timezone.override("Europe/Oslo"):
        see(pattern, (cast.alice, MONDAY + days(1)), (cast.alice, late))
        assert grows.one(pattern).weeks == 2


def test_the_numbers_are_the_strategy_s_own(cast, pattern, editor, page):
    see(pattern, (cast.alice, MONDAY), (cast.bob, MONDAY))
    said = {"observations": "2", "people": "2", "weeks": "5"}
    assert editor.post(page("record_add", "emergencerule"), said).status_code == 302
    assert grows.rule(cast.strategy) == grows.Rule(2, 2, 5)
    assert grows.one(pattern).is_candidate
    assert "2 or more observations" in editor.get(page("emergence")).content.decode()


def test_a_strategy_below_goes_by_the_rule_above_until_it_has_its_own(cast):
    below = Strategy.objects.create(workspace=cast.fjord, parent=cast.strategy, title="Summer")
    assert grows.rule(below) == grows.Rule(3, 2, 2)
    Record.objects.create(strategy=cast.strategy, kind="emergencerule", data={"observations": "5"})
    assert grows.rule(below) == grows.Rule(5, 2, 2)
    Record.objects.create(strategy=below, kind="emergencerule", data={"people": "4"})
    assert grows.rule(below) == grows.Rule(3, 4, 2)


def test_what_is_watched_counts_anew_from_the_decision(cast, pattern):
    see(pattern, (cast.alice, MONDAY), (cast.bob, MONDAY), (cast.bob, MONDAY))
    pattern.state = Pattern.State.WATCHED
    pattern.save()
    Decision.objects.create(
        strategy=cast.strategy, pattern=pattern, title="x", verdict="watch", written_at=MONDAY + days(1)
    )
    row = grows.one(pattern)
    assert (row.is_candidate, row.count, row.total) == (False, 0, 3)
    assert row.basis == "nothing new since the decision"
    see(pattern, (cast.alice, MONDAY + days(2)), (cast.bob, MONDAY + days(2)), (cast.bob, MONDAY + days(3)))
    row = grows.one(pattern)
    assert row.is_candidate
    assert row.basis == "3 observations from 2 people over 1 week since the decision"


@pytest.mark.parametrize("state", ["adopted", "stopped"])
def test_what_is_settled_is_not_offered_again(cast, pattern, state):
    see(pattern, *[(by, MONDAY + days(n)) for by in (cast.alice, cast.bob) for n in range(9)])
    pattern.state = state
    assert not grows.one(pattern).is_candidate


def test_what_is_lacking_is_said(cast, pattern):
    assert grows.one(pattern).lacks == "3 more make it a candidate"
    see(pattern, *[(cast.alice, MONDAY)] * 2)
    assert grows.one(pattern).lacks == "1 more makes it a candidate"
    see(pattern, (cast.alice, MONDAY))
    assert grows.one(pattern).lacks == "one more person or week makes it a candidate"


def test_candidates_come_first_and_the_page_needs_few_queries(
    cast, viewer, page, django_assert_max_num_queries
):
    for n in range(40):
        see(
            Pattern.objects.create(strategy=cast.strategy, name=f"Pattern {n:02}"),
            *[(cast.alice, MONDAY)] * (n % 5),
        )
    ripe = Pattern.objects.create(strategy=cast.strategy, name="Zebra")
    see(ripe, *[(by, MONDAY) for by in (cast.alice, cast.bob, cast.bob)])
    assert grows.gathered(cast.strategy)[0].pattern == ripe
    with django_assert_max_num_queries(30):
        text = viewer.get(page("emergence")).content.decode()
    assert text.index("Zebra") < text.index("Pattern 04")
    assert "1 pattern waits" in text


# ---------- observations ----------


def test_a_contributor_logs_what_they_saw(cast, writer, page):
    said = {"text": "Three asked about the same form", "sort": "signal", "about": "The form"}
    answer = writer.post(page("observe"), said, follow=True)
    row = Observation.objects.get()
    assert (row.text, row.sort, row.by) == (said["text"], "signal", cast.alice)
    assert str(row.pattern) == "The form"
    assert "Noted" in answer.content.decode()
    assert list(Event.objects.values_list("action", flat=True)) == ["pattern.create", "observation.create"]


def test_what_it_is_about_may_wait(cast, writer, page):
    writer.post(page("observe"), {"text": "Something", "sort": "use"})
    assert Observation.objects.get().pattern is None
    assert "1 observation belongs to no pattern yet" in writer.get(page("emergence")).content.decode()


def test_a_pattern_of_the_same_name_is_the_same(cast, writer, page, pattern):
    writer.post(page("observe"), {"text": "Again", "sort": "use", "about": "  people ANSWER  one another "})
    assert Observation.objects.get().pattern == pattern


def test_link_and_words_come_along_from_another_page_and_lead_back(cast, writer, page):
    where = "/w/fjord/conversations/7/"
    asked = writer.get(page("observe"), {"link": where, "text": "“When do you open?”"}).content.decode()
    assert "“When do you open?”" in asked
    assert f'value="{where}"' in asked
    answer = writer.post(page("observe"), {"text": "x", "sort": "signal", "link": where})
    assert answer.headers["Location"] == where


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "/w/utland/strategy/", "//evil.example", "ftp://x.no/"]
)
def test_a_link_that_leads_astray_is_refused(cast, writer, page, link):
    answer = writer.post(page("observe"), {"text": "Kept words", "sort": "signal", "link": link})
    assert answer.status_code == 422
    assert "Kept words" in answer.content.decode()
    assert not Observation.objects.exists()


def test_a_link_that_a_browser_would_run_is_never_one_to_click(cast, writer, page):
    text = writer.get(page("observe"), {"link": "javascript:alert(1)"}).content.decode()
    assert 'href="javascript' not in text
    assert (
        'href="/w/fjord/conversations/"'
        in writer.get(page("observe"), {"link": "/w/fjord/conversations/"}).content.decode()
    )


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({"text": "", "sort": "use"}, "Write what you saw"),
        ({"text": "x", "sort": "dream"}, "dream"),
        ({"text": "x" * 2001, "sort": "use"}, "at most 2000"),
        ({"text": "x", "sort": "use", "about": "n" * 121}, "at most 120"),
    ],
)
def test_bad_input_is_said_beside_the_field_and_kept(writer, page, cast, said, wrong):
    answer = writer.post(page("observe"), said)
    assert answer.status_code == 422
    assert wrong in answer.content.decode()
    assert said["text"] in answer.content.decode()
    assert not Observation.objects.exists()


def test_the_longest_that_is_allowed_is_kept_whole(cast, writer, page):
    writer.post(page("observe"), {"text": "ø" * 2000, "sort": "use", "about": "å" * 120})
    row = Observation.objects.get()
    assert (len(row.text), len(str(row.pattern))) == (2000, 120)


def test_several_are_gathered_at_once_into_an_old_or_a_new_pattern_and_out(cast, writer, page, pattern):
    rows = see(None, *[(cast.alice, MONDAY)] * 3, strategy=cast.strategy)
    keys = [row.pk for row in rows]
    writer.post(page("gather"), {"observation": keys[:2], "gather-about": pattern.name})
    assert pattern.observations.count() == 2
    writer.post(page("gather"), {"observation": keys[1:], "gather-about": "Something new"})
    assert [pattern.observations.count(), Pattern.objects.get(name="Something new").observations.count()] == [
        1,
        2,
    ]
    writer.post(page("gather"), {"observation": keys, "gather-about": ""})
    assert Observation.objects.filter(pattern=None).count() == 3


def test_another_workspace_s_observations_cannot_be_gathered(cast, writer, page):
    foreign = see(None, (cast.charlie, MONDAY), strategy=cast.abroad)[0]
    answer = writer.post(page("gather"), {"observation": [foreign.pk], "gather-about": "Mine"}, follow=True)
    assert "Choose first which" in answer.content.decode()
    assert not Pattern.objects.exists()


@pytest.mark.parametrize("key", ["x", "²", "9" * 40, "-1", ""])
def test_nonsense_for_keys_is_no_error(writer, page, cast, key):
    assert writer.post(page("gather"), {"observation": [key], "gather-about": "a"}).status_code == 302


def test_who_wrote_it_may_take_it_away_and_another_may_not(cast, writer, editor, page):
    mine, theirs = see(None, (cast.alice, MONDAY), (cast.bob, MONDAY), strategy=cast.strategy)
    assert writer.post(page("observation_remove", theirs.pk)).status_code == 403
    assert writer.post(page("observation_remove", mine.pk)).status_code == 302
    assert list(Observation.objects.all()) == [theirs]
    assert editor.post(page("observation_remove", theirs.pk)).status_code == 302


def test_readers_see_everything_and_write_nothing(cast, viewer, page, pattern):
    see(pattern, (cast.alice, MONDAY))
    see(None, (cast.alice, MONDAY), strategy=cast.strategy)
    text = (
        viewer.get(page("emergence")).content.decode()
        + viewer.get(page("pattern", pattern.pk)).content.decode()
    )
    assert 'method="post" action="/w/fjord/strategy/' not in text
    assert 'type="checkbox"' not in text


def test_what_is_written_is_shown_as_text(cast, viewer, page, pattern):
    Observation.objects.create(strategy=cast.strategy, text="<script>alert(1)</script>", pattern=pattern)
    assert "&lt;script&gt;" in viewer.get(page("pattern", pattern.pk)).content.decode()


# ---------- decisions ----------

DECIDED = {
    "reason": "It works better than ours",
    "decided_by": "The board",
    "decided_on": "2026-03-02",
    "seen": 1,
}


def test_to_adopt_leads_to_a_goal_that_remembers_its_pattern(cast, editor, page, pattern):
    pattern.what = "Neighbours help each other"
    pattern.save()
    answer = editor.post(page("pattern_decide", pattern.pk), {**DECIDED, "verdict": "adopt"})
    form_at = answer.headers["Location"]
    asked = editor.get(form_at).content.decode()
    assert pattern.name in asked
    assert "Neighbours help each other" in asked
    saved = editor.post(form_at, {"statement": "People answer one another", "sub_goal": ""})
    assert saved.status_code == 302
    assert Goal.objects.get().pattern == pattern
    pattern.refresh_from_db()
    assert pattern.state == "adopted"
    text = editor.get(page("pattern", pattern.pk)).content.decode()
    assert "What became of it" in text
    assert "yet no goal" not in text


def test_an_adopted_pattern_without_a_goal_says_so(cast, viewer, page, pattern):
    pattern.state = "adopted"
    pattern.save()
    assert "yet no goal is made of it" in viewer.get(page("pattern", pattern.pk)).content.decode()


def test_a_goal_cannot_claim_a_pattern_nobody_adopted(cast, editor, page, pattern):
    for key in (pattern.pk, "²", "9" * 30, "x"):
        editor.post(page("goal_add") + f"?sub_goal=&pattern={key}", {"statement": f"Goal {key}"})
    assert Goal.objects.count() == 4
    assert not Goal.objects.exclude(pattern=None).exists()


@pytest.mark.parametrize(("verdict", "state"), [("watch", "watched"), ("stop", "stopped")])
def test_every_decision_stands_in_the_log_with_its_reason(cast, editor, page, pattern, verdict, state):
    editor.post(page("pattern_decide", pattern.pk), {**DECIDED, "verdict": verdict})
    decision = Decision.objects.get()
    assert (decision.title, decision.verdict, decision.reason) == (pattern.name, verdict, DECIDED["reason"])
    assert (decision.decided_by, str(decision.decided_on), decision.written_by) == (
        "The board",
        "2026-03-02",
        cast.bob,
    )
    pattern.refresh_from_db()
    assert pattern.state == state
    assert Event.objects.get().action == "pattern.decide"


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({"reason": ""}, "Say why"),
        ({"verdict": ""}, "Choose one of the three"),
        ({"reason": "x" * 4001}, "at most 4000"),
        ({"decided_on": "1026-01-01"}, "four digits"),
    ],
)
def test_a_decision_without_a_reason_is_none(cast, editor, page, pattern, change, wrong):
    answer = editor.post(page("pattern_decide", pattern.pk), {**DECIDED, "verdict": "stop", **change})
    assert answer.status_code == 422
    assert wrong in answer.content.decode()
    assert not Decision.objects.exists()


def test_a_decision_is_not_made_in_the_future():
    today = timezone.localdate()
    said = {"reason": "y"}
    assert ReasonForm({**said, "decided_on": today.isoformat()}).is_valid()
    form = ReasonForm({**said, "decided_on": (today + days(1)).isoformat()})
    assert "still to come" in form.errors["decided_on"][0]


def test_two_who_decide_at_once_see_each_other(cast, editor, page, pattern, as_person):
    other = as_person(cast.olga)
    other.post(page("pattern_decide", pattern.pk), {**DECIDED, "verdict": "stop", "reason": "First come"})
    answer = editor.post(page("pattern_decide", pattern.pk), {**DECIDED, "verdict": "watch"})
    text = answer.content.decode()
    assert "Somebody changed this pattern" in text
    assert "First come" in text
    assert DECIDED["reason"] in text
    assert Decision.objects.count() == 1
    again = answer.context["form"]["seen"].value()
    editor.post(page("pattern_decide", pattern.pk), {**DECIDED, "verdict": "watch", "seen": again})
    assert Decision.objects.count() == 2


def test_a_pattern_is_renamed_by_whoever_may_write_and_never_twice_the_same(cast, writer, page, pattern):
    Pattern.objects.create(strategy=cast.strategy, name="Another")
    same = writer.post(page("pattern_edit", pattern.pk), {"name": "ANOTHER", "version": 1})
    assert same.status_code == 422
    saved = writer.post(page("pattern_edit", pattern.pk), {"name": "Neighbours", "what": "Why", "version": 1})
    assert saved.status_code == 302
    clash = writer.post(page("pattern_edit", pattern.pk), {"name": "Late", "version": 1})
    assert clash.status_code == 409
    assert "Neighbours" in clash.content.decode()


def test_boundaries_stand_beside(cast, viewer, page, pattern):
    for sort, what in (("always", "We answer"), ("never", "We mock")):
        Record.objects.create(strategy=cast.strategy, kind="boundary", data={"what": what, "sort": sort})
    for name, *args in (("emergence",), ("pattern", pattern.pk)):
        text = viewer.get(page(name, *args)).content.decode()
        assert (
            text.index("Always</h3>")
            < text.index("We answer")
            < text.index("Never</h3>")
            < text.index("We mock")
        )


def test_a_campaign_has_its_own_observations(cast, writer, viewer, page):
    below = Strategy.objects.create(workspace=cast.fjord, parent=cast.strategy, title="Summer")
    writer.post(page("observe", below.pk), {"text": "Only in summer", "sort": "use"})
    assert "Only in summer" in viewer.get(page("emergence", below.pk)).content.decode()
    assert "Only in summer" not in viewer.get(page("emergence")).content.decode()
