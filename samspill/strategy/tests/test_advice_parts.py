"""What the advice goes by, part by part: reach, fit, hours, gates and weights."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from samspill.strategy.advice.figures import Figure
from samspill.strategy.advice.fits import BUILT_FOR, FITS, HALF, NEEDS, Fit, derived, fit
from samspill.strategy.advice.gates import AGE, OwnRule, age_limit, gates, needs_account
from samspill.strategy.advice.hours import MAKING, hours, looks
from samspill.strategy.advice.numbers import factor, figure, percent
from samspill.strategy.advice.numbers import hours as hours_in_words
from samspill.strategy.advice.reach import BROADER, From, discount, is_below, reach
from samspill.strategy.advice.weights import audience_weights, goal_weights
from samspill.strategy.models import Audience, ChannelChoice, Goal, Strategy
from samspill.strategy.places import BLOCKS, PLACES
from samspill.strategy.subgoals import SUB_GOALS

TODAY = date(2026, 6, 1)
PUBLIC = Strategy.Profile.PUBLIC_SECTOR


def said(value: float, segment: str = "all", period: str = "2025", **more: str) -> Figure:
    asked: dict[str, Any] = {
        "country": "NO",
        "population": "18+",
        "use": "daily",
        "place": "facebook",
        "source": "Ipsos",
    }
    asked |= {"segment": segment, "period": period, **more}
    return Figure(**asked, value=value)


# ---- reach


@pytest.mark.parametrize(
    ("year", "expected"), [(2027, 1), (2026, 1), (2025, 1), (2024, 0.9), (2022, 0.9**3), (2019, 0.9**6)]
)
def test_a_figure_loses_a_tenth_for_each_year_beyond_the_first(year, expected):
    assert discount(year, 2026) == pytest.approx(expected)


def test_what_is_written_of_the_audience_itself_goes_first():
    ours = [("daily", 30.0, 2023, "Old"), ("daily", 40.0, 2025, "Ours"), ("profile", 90.0, 2026, "Other")]
    found = reach("18-29", ours, [said(53, "18-29")], 2026)
    assert (found.origin, found.share, found.source) == (From.OURS, 0.4, "Ours")
    assert found.counted == pytest.approx(0.4)


def test_the_very_group_counts_in_full_and_by_its_age():
    found = reach("18-29", [], [said(67), said(53, "18-29", "2022Q1"), said(76, "40-49")], 2026)
    assert (found.origin, found.share, found.penalty) == (From.SAME, 0.53, 1)
    assert found.counted == pytest.approx(0.53 * 0.9**3)


def test_else_the_nearest_broader_group_counts_less():
    found = reach("20-24", [], [said(67), said(53, "18-29"), said(60, "18-40")], 2026)
    assert (found.origin, found.segment, found.penalty) == (From.BROADER, "18-29", BROADER)
    assert found.counted == pytest.approx(0.53 * 0.8)


def test_a_group_that_does_not_hold_the_audience_says_nothing_of_it():
    young, adults = said(53, "18-29"), said(67)
    assert reach("16-24", [], [young, adults], 2026).counted is None
    assert reach("30-39", [], [young], 2026).counted is None


def test_of_several_years_the_newest_and_of_those_that_differ_the_lowest():
    found = reach(
        "all", [], [said(69, period="2020Q3"), said(55, period="2022Q1"), said(49, period="2022Q1")], 2026
    )
    assert (found.share, found.year, found.beside) == (0.49, 2022, (0.55,))
    assert found.origin == From.SAME


def test_an_audience_that_says_no_group_is_held_by_everyone():
    assert reach("", [], [said(67), said(53, "18-29")], 2026).origin == From.BROADER
    assert reach("students", [], [said(67)], 2026).penalty == BROADER
    assert reach("women", [], [said(73, "women"), said(67)], 2026).share == 0.73


@pytest.mark.parametrize("use", ["profile", "quarterly", "news", "uses", "ever"])
def test_only_use_every_day_is_counted_and_the_other_is_named(use):
    found = reach("all", [], [said(82, use=use)], 2026)
    assert (found.counted, found.other_use) == (None, use)
    assert reach("18-29", [(use, 82.0, 2025, "x")], [], 2026).counted is None


def test_nothing_known_is_not_zero_and_zero_is_known():
    assert reach("all", [], [], 2026).counted is None
    assert reach("all", [("daily", 0.0, 2026, "x")], [], 2026).counted == 0


def test_who_is_below_an_age():
    assert is_below("9-11", 13)
    assert not is_below("9-18", 13)
    assert not is_below("", 13)


# ---- fit


def value(place: str, sub_goal: str, own: dict[tuple[str, str], Fit], blocks: Sequence[str] = ()) -> float:
    found = fit(place, sub_goal, own, blocks)
    assert found is not None
    return found.value


def test_every_place_and_every_sub_goal_has_a_fit_with_a_reason():
    assert set(BUILT_FOR) == set(PLACES) == set(MAKING)
    assert set(NEEDS) == set(SUB_GOALS)
    for place, blocks in BUILT_FOR.items():
        assert set(blocks) <= set(BLOCKS)
        for sub_goal in SUB_GOALS:
            found = fit(place, sub_goal, {})
            assert found is not None
            assert found.value in (0, HALF, 1)
            assert found.why or found.is_derived
    assert {key[0] for key in FITS} <= set(PLACES)
    assert {key[1] for key in FITS} <= set(SUB_GOALS)


def test_the_fits_that_everyone_begins_with():
    assert value("linkedin", "position", {}) == 1
    assert value("facebook", "customers", {}) == 1
    assert value("youtube", "search", {}) == 1
    assert value("intranet", "internal", {}) == 1
    assert value("x", "internal", {}) == 0


def test_a_fit_is_derived_from_what_the_channel_is_built_for():
    assert derived(["conversations", "groups"], "ideas").value == 1
    assert derived(["conversations", "identity"], "ideas") == Fit(
        0.5, blocks=("conversations",), is_derived=True
    )
    assert derived(["reputation"], "ideas").value == 0
    assert value("our forum", "ideas", {}, ["groups"]) == HALF
    assert fit("our forum", "ideas", {}) is None


def test_what_the_workspace_says_goes_first():
    own = {("facebook", "search"): Fit(1, "Our group is found.", own=7)}
    assert value("facebook", "search", own) == 1
    assert value("facebook", "search", {}) == 0
    # What is proposed in so many words stands against ticked blocks; what is derived does not.
    assert value("facebook", "search", {}, ["sharing", "reputation"]) == 0
    assert value("bluesky", "position", {}, ["identity", "reputation"]) == 1


# ---- hours


@pytest.mark.parametrize(
    ("promise", "times"),
    [(1, 40), (2, 20), (4, 10), (8, 5), (23, 5), (24, 5), (48, 3), (120, 1), (720, 1), (0, 160)],
)
def test_how_often_one_must_look_to_keep_a_promise(promise, times):
    assert looks(promise) == times


def test_the_least_hours_are_making_and_answering():
    facebook = hours("facebook", 24)
    assert (facebook.making, facebook.looks, facebook.least) == (2, 5, 3)
    assert facebook.counted == 3
    assert hours("facebook", 24, 1.5).counted == 1.5
    assert hours("website", 1).least == 1, "nobody writes to us there"


def test_a_promise_that_the_hours_cannot_keep():
    assert hours("facebook", 1).keeps_promise, "the least is as much as it takes"
    assert not hours("facebook", 1, 7.9).keeps_promise
    assert hours("facebook", 1, 8).keeps_promise
    assert hours("feed", 1, 0).keeps_promise


# ---- gates


def words(found) -> list[tuple[str, bool]]:
    return [(gate.words, gate.is_shut) for gate in found]


def choice(**more) -> ChannelChoice:
    return ChannelChoice(**{"name": "Facebook", "choice": "use", "risk": "use", "archive": "Ja", **more})


def test_a_channel_in_order_passes_every_gate():
    assert gates("facebook", choice(), PUBLIC, {}, TODAY) == []


def test_a_no_shuts_the_gate():
    (risk,) = gates("facebook", choice(risk="not"), "", {}, TODAY)
    assert risk.is_shut
    (design,) = gates("facebook", choice(design={"captions": False, "alt_text": True}), "", {}, TODAY)
    assert design.is_shut
    assert "captions" in design.words
    assert "alternative" not in design.words
    rule = {"facebook": OwnRule("not_now", "Vedtak i mars.", "Sak 12/26")}
    (own,) = gates("facebook", choice(), "", rule, TODAY)
    assert (own.words, own.is_shut, own.source) == ("Vedtak i mars.", True, "Sak 12/26")


def test_what_nobody_has_answered_is_a_condition():
    assert words(gates("facebook", None, "", {}, TODAY)) == [("There is no risk assessment of it.", False)]
    found = gates("facebook", choice(risk="", archive=""), PUBLIC, {}, TODAY)
    assert [gate.is_shut for gate in found] == [False, False]
    assert gates("facebook", choice(archive=""), "", {}, TODAY) == [], "only a public body must archive"
    late = choice(risk_review_on=date(2026, 5, 31))
    assert [gate.is_shut for gate in gates("facebook", late, "", {}, TODAY)] == [False]
    assert gates("facebook", choice(risk_review_on=TODAY), "", {}, TODAY) == []
    assert len(gates("facebook", choice(risk="measures"), "", {}, TODAY)) == 1
    assert gates("facebook", choice(risk="measures", risk_measures="Ja"), "", {}, TODAY) == []


def test_what_is_ours_needs_no_risk_assessment_of_others():
    assert gates("newsletter", None, PUBLIC, {}, TODAY) == []


def test_advice_from_authorities_binds_the_public_sector_and_yields_to_its_own_rule():
    (gate,) = gates("tiktok", choice(), PUBLIC, {}, TODAY)
    assert not gate.is_shut
    assert gate.link.startswith("https://nsm.no/")
    assert gates("tiktok", choice(), "", {}, TODAY) == []
    assert gates("tiktok", choice(), PUBLIC, {"tiktok": OwnRule("may", "")}, TODAY) == []


def test_the_shut_gates_stand_first():
    found = gates("tiktok", choice(design={"captions": False}), PUBLIC, {}, TODAY)
    assert [gate.is_shut for gate in found] == [True, False]


def test_an_age_limit_holds_where_one_needs_an_account():
    assert needs_account("snapchat")
    assert not needs_account("newsletter")
    assert not needs_account("mastodon")
    assert age_limit("snapchat", {}) == AGE == 13
    assert age_limit("youtube", {}) == 0
    assert age_limit("snapchat", {"snapchat": OwnRule("may", "With their parents")}) == 0


# ---- weights


def test_audiences_weigh_by_priority_and_size():
    first, third = Audience(name="a", priority=1, size=100), Audience(name="b", priority=3, size=200)
    found = audience_weights([first, third, Audience(name="not", priority=1, size=9999, is_not=True)])
    assert [(each.priority, each.size) for each in found] == [(3, 100), (1, 200)]
    assert [each.weight for each in found] == pytest.approx([0.6, 0.4])


def test_a_size_that_is_not_known_is_the_mean_of_the_others():
    sizes = audience_weights([Audience(size=100), Audience(size=300), Audience(), Audience(size=0)])
    assert [(each.size, each.is_size_known) for each in sizes] == [
        *((100, True), (300, True), (200, False), (200, False)),
    ]
    assert [each.weight for each in audience_weights([Audience(), Audience()])] == [0.5, 0.5]
    assert audience_weights([]) == []


def test_goals_weigh_by_how_many_ask_for_the_same():
    rows = [Goal(sub_goal=key) for key in ("crisis", "customers", "customers", "", "gone")]
    assert goal_weights(rows) == pytest.approx({"customers": 2 / 3, "crisis": 1 / 3})
    assert goal_weights([Goal()]) == {}


# ---- numbers


def test_numbers_are_rounded_and_not_cut_off():
    assert percent(0.66666) == "66.7%"
    assert percent(0.66666, 0) == "67%"
    assert percent(0.58) == "58.0%"
    assert (factor(0.7290001), factor(1.0), factor(0.5)) == ("0.729", "1", "0.5")
    assert (figure(2.25), figure(3.0), figure(0)) == ("2.25", "3", "0")
    assert (hours_in_words(1), hours_in_words(1.5)) == ("1 hour", "1.5 hours")
