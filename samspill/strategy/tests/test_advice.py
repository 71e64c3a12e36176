"""The page with advice on channels: sentences, numbers that can be followed, and nothing done by itself."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.utils import translation

from samspill.accounts.models import Event
from samspill.strategy.advice.advise import Verdict, advise
from samspill.strategy.advice.facts import place_of, read
from samspill.strategy.advice.telling import NEARLY, lead
from samspill.strategy.models import (
    Audience,
    ChannelChoice,
    Goal,
    Presence,
    Record,
    Strategy,
    UsageFigure,
)
from samspill.strategy.places import PLACES

TODAY = date(2026, 6, 1)


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to(TODAY, tick=False)


@pytest.fixture
def filled(cast) -> Strategy:
    """Two audiences, two goals, twelve hours."""
    strategy: Strategy = cast.strategy
    young = Audience.objects.create(strategy=strategy, name="Unge", segment="15-24", size=2000, priority=1)
    Audience.objects.create(strategy=strategy, name="Huseiere", segment="40-49", size=6000, priority=3)
    Presence.objects.create(audience=young, place="Diskusjonen.no", share=20, year=2026, source="Egen måling")
    for sub_goal in ("customers", "crisis"):
        Goal.objects.create(strategy=strategy, statement=sub_goal, sub_goal=sub_goal)
    capacity(strategy, 12)
    return strategy


def capacity(strategy: Strategy, hours: float) -> None:
    Record.objects.update_or_create(
        strategy=strategy, kind="capacity", defaults={"data": {"hours_a_week": hours}}
    )


def decide(strategy: Strategy, name: str, **more) -> ChannelChoice:
    said = {"choice": "use", "risk": "use", "place": name.lower() if name.lower() in PLACES else ""}
    return ChannelChoice.objects.create(strategy=strategy, name=name, **{**said, **more})


def verdicts(strategy: Strategy) -> dict[str, str]:
    return {each.candidate.key: each.verdict.value for each in advise(read(strategy)).judged}


def text(answer) -> str:
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", answer.content.decode()))


# ---- what is recommended


def test_the_hub_and_something_open_to_all_are_always_there(filled):
    found = verdicts(filled)
    assert (found["website"], found["feed"]) == ("hub", "open")
    decide(filled, "Newsletter", hours_a_week=2)
    assert verdicts(filled)["newsletter"] == "open", "what is in use already"
    decide(filled, "Mastodon", choice="not")
    assert verdicts(filled)["newsletter"] == "open"


def test_the_recommended_fit_into_the_hours_and_nothing_better_does(filled):
    found = advise(read(filled))
    assert found.hours <= 12
    assert found.problem.is_enumerated
    keys = {each.candidate.key for each in found.of(Verdict.USE, Verdict.FIRST)}
    assert keys == found.chosen.keys
    assert "facebook" in keys
    for each in found.of(Verdict.USE, Verdict.FIRST, Verdict.NO_ROOM):
        limit = each.turn.hours if each.turn else None
        assert (limit is not None and limit >= each.hours) == (each.candidate.key in keys)
    low, high = found.between
    assert low <= found.chosen.value <= high


def test_the_page_says_it_in_sentences_with_sources(filled, page, viewer):
    said = text(viewer.get(page("advice")))
    assert "Be on Facebook" in said
    assert "which nobody needs an account for" in said
    assert "a week of the 12 there are" in said
    assert "It falls out when it takes more than" in said
    assert "Ipsos SoMe-tracker, 2022" in said
    assert "however they overlap" in said.lower()
    assert "Every set of the" in said
    assert "Nor of these:" in said


def test_a_score_can_be_followed_by_hand(filled):
    """Facebook: 15–24 years 52 % (2025), 40–49 years 76 % (2022, three years too old: 0.729).

    Weights: 3 · 2 000 and 1 · 6 000, so a half each. Fits: customers 1, crisis 1.
    """
    (facebook,) = [each for each in advise(read(filled)).judged if each.candidate.key == "facebook"]
    assert facebook.reach == pytest.approx(0.5 * 0.52 + 0.5 * 0.76 * 0.9**3)
    assert facebook.fit == 1
    assert facebook.score == pytest.approx(facebook.reach)
    assert facebook.an_hour == pytest.approx((facebook.score or 0) / 3)


def test_the_newest_figure_of_our_own_counts_at_once(filled):
    asked = {"country": "NO", "population": "18+", "period": "2026", "use": "daily", "segment": "40-49"}
    UsageFigure.objects.create(workspace=filled.workspace, **asked, place="mastodon", value=60, source="Oss")
    found = verdicts(filled)
    assert found["mastodon"] == "open", "it reaches more an hour than the others that ask for no account"


def test_a_shut_gate_is_never_points(filled):
    facebook = decide(filled, "Facebook", risk="not", choice="wait")
    found = advise(read(filled))
    (judged,) = [each for each in found.judged if each.candidate.key == "facebook"]
    assert judged.verdict == Verdict.SHUT
    assert (judged.score or 0) > 0.5, "the score is what it is"
    facebook.risk = "use"
    facebook.save()
    assert verdicts(filled)["facebook"] == "use"


def test_a_condition_takes_nothing_out_but_is_said(filled, page, viewer):
    assert verdicts(filled)["facebook"] == "first"
    said = text(viewer.get(page("advice")))
    assert "not before There is no risk assessment of it." in said
    decide(filled, "Facebook")
    assert verdicts(filled)["facebook"] == "use"


def test_a_channel_that_cannot_keep_its_promise_is_recommended_closed(filled, page, viewer):
    decide(filled, "Facebook", hours_a_week=2, reply_within=1)
    assert verdicts(filled)["facebook"] == "close"
    said = text(viewer.get(page("advice")))
    assert "It has 2 hours a week. To answer within 1 hour takes 8 hours: 40 looks of twelve minutes." in said
    assert "You use Facebook, and the advice does not." in said


def test_more_hours_promised_than_there_are_is_said(filled, page, viewer):
    decide(filled, "Facebook", hours_a_week=9)
    decide(filled, "Instagram", hours_a_week=9)
    assert "are said to take 18 hours a week. You have 12 hours." in text(viewer.get(page("advice")))


def test_the_young_are_not_counted_where_they_may_not_be(cast):
    Audience.objects.create(strategy=cast.strategy, name="Barn", segment="9-11", size=10)
    capacity(cast.strategy, 20)
    found = verdicts(cast.strategy)
    assert found["snapchat"] == "shut"
    assert found["youtube"] == "unknown"
    Record.objects.create(
        strategy=cast.strategy, kind="placerule", data={"place": "snapchat", "verdict": "may"}
    )
    assert verdicts(cast.strategy)["snapchat"] == "unknown"


def test_a_rule_of_our_own_shuts_a_place(filled, page, viewer):
    rule = {"place": "instagram", "verdict": "not_now", "because": "Kommunestyret har sagt nei."}
    Record.objects.create(strategy=filled, kind="placerule", data=rule)
    assert verdicts(filled)["instagram"] == "shut"
    assert "Kommunestyret har sagt nei." in text(viewer.get(page("advice")))


def test_two_accounts_at_one_place_are_the_same_people(filled):
    decide(filled, "Facebook", hours_a_week=3)
    decide(filled, "Facebook kundesenter", place="facebook", hours_a_week=2)
    (judged,) = [each for each in advise(read(filled)).judged if each.candidate.key == "facebook"]
    assert judged.hours == 5
    assert len(judged.candidate.also) == 1


def test_a_place_of_ones_own_is_found_where_the_audience_is(filled):
    decide(filled, "Diskusjonen.no", hours_a_week=1, blocks=["conversations", "groups"])
    (judged,) = [each for each in advise(read(filled)).judged if each.candidate.name == "Diskusjonen.no"]
    # half the weight · 20 %; conversations is one of the blocks that customers and a crisis need: ½ each
    assert judged.score == pytest.approx(0.5 * 0.2 * 0.5)
    assert judged.is_partly_known


def test_which_place_a_decision_is_about(cast):
    with translation.override("nb"):
        assert place_of(ChannelChoice(name="Vårt eget nettsted")) == "website"
    assert place_of(ChannelChoice(name=" facebook ")) == "facebook"
    assert place_of(ChannelChoice(name="Veggavisa", place="newsletter")) == "newsletter"
    assert place_of(ChannelChoice(name="Veggavisa")) == "veggavisa"


def test_fewer_are_named_where_they_nearly_do(filled):
    capacity(filled, 30)
    found = advise(read(filled))
    use = found.of(Verdict.USE, Verdict.FIRST)
    whole = sum(each.adds or 0 for each in use)
    assert whole == pytest.approx(found.chosen.value)
    assert sum(each.adds or 0 for each in use[:-1]) > NEARLY * whole
    assert "Fewer would nearly do" in " ".join(lead(found))


# ---- with little to go by


def test_with_nothing_the_page_says_what_to_begin_with(page, viewer, editor):
    said = text(viewer.get(page("advice")))
    assert "Say whom you want to reach" in said
    assert "Nobody has said whom you want to reach." in said
    assert page("audience_add") in editor.get(page("advice")).content.decode()
    assert not Strategy.objects.exists(), "looking writes nothing"


def test_without_hours_it_is_only_an_order(filled, page, editor):
    Record.objects.all().delete()
    found = verdicts(filled)
    assert found["facebook"] == "ranked"
    assert "use" not in found.values()
    answer = editor.get(page("advice"))
    assert "nothing is recommended yet" in text(answer)
    assert page("record_add", "capacity") in answer.content.decode()
    assert "How steady it is" not in text(answer)
    assert "falls out" not in text(answer)


@pytest.mark.parametrize("hours", [0, 1])
def test_with_too_few_hours_nothing_is_opened(filled, page, viewer, hours):
    capacity(filled, hours)
    decide(filled, "Facebook", hours_a_week=3)
    found = verdicts(filled)
    assert found["facebook"] == "no_room"
    assert not {"use", "first"} & set(found.values())
    said = text(viewer.get(page("advice")))
    assert "less than the least" in said
    assert "close what nobody has time for" in said


def test_just_enough_hours_for_what_must_be_there(filled, page, viewer):
    capacity(filled, 1.5)
    said = text(viewer.get(page("advice")))
    assert "Keep to our own website and a feed" in said
    assert "There is no room for any other channel" in said


def test_one_audience_of_no_known_size(cast, page, viewer):
    Audience.objects.create(strategy=cast.strategy, name="Alle", segment="all")
    capacity(cast.strategy, 8)
    found = advise(read(cast.strategy))
    assert found.facts.audiences[0].weight == 1
    assert found.of(Verdict.USE, Verdict.FIRST)
    said = text(viewer.get(page("advice")))
    assert "No goal says which sub-goal" in said
    assert "as many as the others on average" not in said


def test_unknown_everywhere_is_said_and_not_counted_as_zero(filled, page, viewer):
    Audience.objects.update(segment="5-8")
    found = advise(read(filled))
    assert not found.problem.options
    assert all(each.score is None for each in found.of(Verdict.UNKNOWN))
    said = text(viewer.get(page("advice")))
    assert "Of no other channel that stands open to you is it known" in said
    assert "not taken for zero" in said


def test_a_profile_is_not_a_daily_visit(cast, page, viewer):
    Audience.objects.create(strategy=cast.strategy, name="Alle", segment="all")
    decide(cast.strategy, "BeReal")
    capacity(cast.strategy, 8)
    said = text(viewer.get(page("advice")))
    assert "Nothing is known of use every day. Others are known and not the same: have a profile." in said


def test_an_audience_we_do_not_speak_to_weighs_nothing(filled):
    before = advise(read(filled)).chosen.value
    Audience.objects.create(strategy=filled, name="Firma", segment="60+", size=10**6, is_not=True)
    assert advise(read(filled)).chosen.value == before


def test_another_country_has_its_own_figures(filled, page, viewer):
    said = {"population": "18+", "period": "2026", "use": "daily", "segment": "40-49", "source": "SCB"}
    UsageFigure.objects.create(workspace=filled.workspace, country="SE", place="facebook", value=31, **said)
    assert "31.0%" in text(viewer.get(page("advice"), {"country": "se"}))
    assert "31.0%" not in text(viewer.get(page("advice")))
    assert viewer.get(page("advice"), {"country": "<b>"}).status_code == 200


def test_a_strategy_below_goes_by_what_it_inherits(filled, page, viewer):
    below = Strategy.objects.create(workspace=filled.workspace, parent=filled, title="Kampanje")
    found = advise(read(below))
    assert [each.audience.name for each in found.facts.audiences] == ["Unge", "Huseiere"]
    assert found.facts.capacity == 12
    assert found.facts.goals == {}, "goals are its own"
    capacity(below, 5)
    assert read(below).capacity == 5
    assert viewer.get(page("advice", below.pk)).status_code == 200


# ---- how steady


def test_how_steady_it_is_comes_by_itself_and_without_scripts(filled, page, viewer):
    assert page("advice_steadiness") in viewer.get(page("advice")).content.decode()
    fragment = text(viewer.get(page("advice_steadiness")))
    assert "Facebook in the advice 100.0%" in fragment
    assert "a thousand times" in text(viewer.get(page("advice"), {"steady": "yes"}))


def test_how_steady_is_worked_out_once(filled, page, viewer, django_assert_max_num_queries):
    first = viewer.get(page("advice_steadiness")).content
    with django_assert_max_num_queries(30):
        assert viewer.get(page("advice_steadiness")).content == first


# ---- taking it


def test_the_advice_does_nothing_by_itself(filled, page, editor):
    editor.get(page("advice"))
    editor.get(page("channel_choice_add"), {"advice": "facebook"})
    assert not ChannelChoice.objects.exists()
    assert not Event.objects.exists()


def test_a_decision_begins_with_number_year_and_source(filled, page, editor):
    form = editor.get(page("channel_choice_add"), {"advice": "facebook"}).context["form"]
    assert form["name"].value() == "Facebook"
    assert form["place"].value() == "facebook"
    assert form["choice"].value() == "wait", "there is no risk assessment yet"
    assert form["hours_a_week"].value() == 3
    evidence = form["evidence"].value()
    assert "52.0% of 15–24 years use it every day (Kantar Media 'Medietrender Ung 2025', 2025)." in evidence
    assert "76.0% of 40–49 years use it every day (Ipsos SoMe-tracker, 2022)." in evidence
    unknown = editor.get(page("channel_choice_add"), {"advice": "nowhere"}).context["form"]
    assert not unknown["name"].value()


def test_a_decision_that_stands_keeps_its_words_and_gets_the_figures_below(filled, page, editor):
    row = decide(filled, "Facebook", evidence="Vi ser dem der.")
    form = editor.get(page("channel_choice_edit", row.pk), {"advice": "facebook"}).context["form"]
    said = form["evidence"].value()
    assert said.startswith("Vi ser dem der.\n52.0% of")
    row.evidence = said
    row.save()
    again = editor.get(page("channel_choice_edit", row.pk), {"advice": "facebook"}).context["form"]
    assert again["evidence"].value() == said
    row.evidence = "x" * 1000
    row.save()
    full = editor.get(page("channel_choice_edit", row.pk), {"advice": "facebook"}).context["form"]
    assert full["evidence"].value() == "x" * 1000
    assert editor.get(page("channel_choice_edit", row.pk), {"advice": "nowhere"}).status_code == 200


def test_only_who_may_edit_is_offered_the_decision(filled, page, viewer, editor):
    assert "Write the decision" not in text(viewer.get(page("advice")))
    assert "Write the decision" in text(editor.get(page("advice")))
    assert page("advice") in viewer.get(page("channel_choices")).content.decode()


# ---- fits


def test_the_fits_are_shown_with_reasons_one_sub_goal_at_a_time(filled, page, viewer):
    said = text(viewer.get(page("fits"), {"for": "position"}))
    assert "How well does each channel suit “Strengthen our position in the field”?" in said
    assert "People are there in the name of their work, and read about their field." in said
    assert "It is built for" in said
    asked = text(viewer.get(page("fits"), {"for": "nonsense"}))
    assert "Build customer relations”?" in asked, "one that a goal asks for"


def test_a_fit_is_changed_and_taken_back(filled, page, editor, viewer):
    before = advise(read(filled)).chosen.value
    where = page("fit", "facebook", "customers")
    assert "expect an answer" in text(editor.get(where))
    answer = editor.post(where, {"fit": "0", "why": "Ikke hos oss", "place": "x", "sub_goal": "search"})
    assert answer.status_code == 302
    row = Record.objects.get(kind="fit")
    assert row.data == {"place": "facebook", "sub_goal": "customers", "fit": "0", "why": "Ikke hos oss"}
    assert advise(read(filled)).chosen.value < before
    assert "Ikke hos oss" in text(viewer.get(page("fits"), {"for": "customers"}))
    assert editor.post(where, {"fit": "half", "version": "1"}).status_code == 302
    assert editor.post(where, {"fit": "1", "version": "1"}).status_code == 409
    row.refresh_from_db()
    assert (row.data["fit"], row.version) == ("half", 2)
    editor.post(where, {"as_proposed": "yes"})
    assert not Record.objects.filter(kind="fit").exists()
    assert advise(read(filled)).chosen.value == before
    actions = [event.action for event in Event.objects.order_by("pk")]
    assert actions == ["record.create", "record.change", "record.remove"]


def test_what_is_wrong_with_a_fit_is_said(page, editor, viewer, cast):
    where = page("fit", "facebook", "customers")
    answer = editor.post(where, {"fit": "2", "why": "x" * 201})
    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() == {"fit", "why"}
    assert editor.get(page("fit", "myspace", "customers")).status_code == 404
    assert editor.get(page("fit", "facebook", "fame")).status_code == 404
    assert viewer.post(where, {"fit": "1"}).status_code == 403


# ---- how quick


def test_the_page_asks_few_questions_of_the_database(filled, page, viewer, django_assert_max_num_queries):
    for n in range(30):
        Audience.objects.create(strategy=filled, name=f"Målgruppe {n}", size=10 + n, segment="18-29")
        decide(filled, f"Kanal {n}", hours_a_week=1)
    with django_assert_max_num_queries(30):
        assert viewer.get(page("advice")).status_code == 200
