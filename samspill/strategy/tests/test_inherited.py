"""A strategy below another shows what holds there too, and can leave it out, a part at a time."""

from __future__ import annotations

import pytest

from samspill.accounts.models import Event
from samspill.strategy.answers import answers
from samspill.strategy.models import (
    Audience,
    ChannelChoice,
    Goal,
    LaunchAction,
    Record,
    Strategy,
    Tactic,
    Trait,
)
from samspill.strategy.questions import QUESTIONS

THEIRS = {
    "audiences": (Audience, {"name": "Huseierne"}),
    "tactics": (Tactic, {"step": "sees", "what": "Bilder fra linja"}),
    "voice": (Trait, {"name": "Rett fram"}),
    "channel_choices": (ChannelChoice, {"name": "Nabopraten", "choice": "use"}),
}


@pytest.fixture
def campaign(cast) -> Strategy:
    return Strategy.objects.create(workspace=cast.fjord, parent=cast.strategy, title="Varm vinter")


@pytest.fixture
def below(page, campaign):
    """The address of a page of the campaign."""
    return lambda name, *args: page(name, campaign.pk, *args)


@pytest.mark.parametrize("question", THEIRS)
def test_what_the_one_above_answers_holds_below_and_is_changed_above(question, below, editor, cast):
    model, said = THEIRS[question]
    row = model._default_manager.create(strategy=cast.strategy, **said)
    text = editor.get(below(question)).content.decode()
    assert f"From “{cast.strategy.title}”" in text
    assert str(row) in text
    assert f"/{row.pk}/edit/" not in text.split('id="gaps"')[0], "not editable here"
    editor.post(below("section_own", question), {"own": "yes"})
    assert str(row) not in editor.get(below(question)).content.decode()
    editor.post(below("section_own", question), {"own": "no"})
    assert str(row) in editor.get(below(question)).content.decode()
    assert [event.action for event in Event.objects.order_by("pk")] == [
        "strategy.part_alone",
        "strategy.part_inherits",
    ]


@pytest.mark.parametrize(
    ("question", "model", "said"),
    [
        ("goals", Goal, {"statement": "Alle får svar"}),
        ("launch", LaunchAction, {"phase": "soft", "what": "Ring"}),
    ],
)
def test_goals_and_the_start_are_its_own(question, model, said, below, editor, cast):
    row = model.objects.create(strategy=cast.strategy, **said)
    text = editor.get(below(question)).content.decode()
    assert (str(row) in text, "holds here too" in text) == (False, False)


def test_what_is_inherited_counts_as_an_answer(campaign, cast):
    ours = Audience.objects.create(strategy=campaign, name="Studenter")
    theirs = Audience.objects.create(strategy=cast.strategy, name="Huseierne")
    goal = Goal.objects.create(strategy=cast.strategy, statement="Alle får svar")
    found = answers(campaign)
    assert (found.audiences, found.goals) == ([ours, theirs], [])
    assert answers(cast.strategy).goals == [goal]
    assert QUESTIONS["audiences"].rows(campaign) == [ours]


def test_one_inherits_from_all_above_until_one_stands_alone(cast, campaign):
    week = Strategy.objects.create(workspace=cast.fjord, parent=campaign, title="Uke 7")
    for strategy, name in ((cast.strategy, "Huseierne"), (campaign, "Studenter"), (week, "Foreldre")):
        Audience.objects.create(strategy=strategy, name=name)
    names = [row.name for row in answers(week).audiences]
    assert names == ["Foreldre", "Studenter", "Huseierne"]
    campaign.own_sections = ["audiences"]
    campaign.save()
    week = Strategy.objects.get(pk=week.pk)
    assert [row.name for row in answers(week).audiences] == ["Foreldre", "Studenter"]


def test_records_come_down_and_say_where_they_are_from(below, editor, campaign, cast):
    theirs = Record.objects.create(strategy=cast.strategy, kind="risk", data={"what": "Et rykte"})
    ours = Record.objects.create(strategy=campaign, kind="risk", data={"what": "For få påmeldte"})
    text = editor.get(below("section", "situation")).content.decode()
    assert text.index("For få påmeldte") < text.index("Et rykte")
    assert f"/records/{ours.pk}/edit/" in text
    assert f"/records/{theirs.pk}/edit/" not in text
    editor.post(below("section_own", "situation"), {"own": "yes"})
    assert "Et rykte" not in editor.get(below("section", "situation")).content.decode()


def test_whoever_writes_their_own_begins_with_what_they_inherit(below, editor, campaign, cast):
    Record.objects.create(strategy=cast.strategy, kind="voicerules", data={"signature": "Fornavn"})
    text = editor.get(below("voice")).content.decode()
    assert "Write our own" in text
    asked = editor.get(below("record_add", "voicerules")).content.decode()
    assert 'value="Fornavn"' in asked
    editor.post(below("record_add", "voicerules"), {"signature": "Hele navnet"})
    shown = editor.get(below("voice")).content.decode()
    assert ("Hele navnet" in shown, "Fornavn" in shown) == (True, False)
    assert Record.objects.get(strategy=cast.strategy).data == {"signature": "Fornavn"}


def test_the_organisations_own_strategy_has_nothing_to_leave_out(page, editor, viewer, cast, below):
    assert editor.post(page("section_own", cast.strategy.pk, "voice"), {"own": "yes"}).status_code == 302
    assert Strategy.objects.get(pk=cast.strategy.pk).own_sections == []
    assert viewer.post(below("section_own", "voice"), {"own": "yes"}).status_code == 403
    assert editor.post(below("section_own", "nothing"), {"own": "yes"}).status_code == 404
    assert editor.post(below("section_own", "goals"), {"own": "yes"}).status_code == 302
    assert not Event.objects.exists()


def test_channels_are_not_too_early_when_people_are_inherited(below, editor, campaign, cast):
    warning = "Channels come last for a reason"
    Goal.objects.create(strategy=campaign, statement="Mål")
    assert warning in editor.get(below("channel_choices")).content.decode()
    Audience.objects.create(strategy=cast.strategy, name="Huseierne")
    assert warning not in editor.get(below("channel_choices")).content.decode()
