"""Each of the six questions is a page with rows that editors write, change, move and remove."""

from __future__ import annotations

import pytest

from samspill.accounts.models import Event
from samspill.networks.models import Channel
from samspill.strategy.models import Audience, ChannelChoice, Goal, LaunchAction, Tactic, Trait
from samspill.strategy.questions import QUESTIONS

WRITTEN = {
    "goals": {"statement": "Alle får svar"},
    "audiences": {"name": "Nye huseiere", "size": "4,200", "size_source": "SSB 2025"},
    "tactics": {"step": "answers", "what": "Still ett spørsmål"},
    "voice": {"name": "Rett fram", "we_are": "Vi sier det som det er"},
    "channel_choices": {"name": "Bluesky", "choice": "pilot", "hours_a_week": "3.5"},
    "launch": {"phase": "soft", "what": "Inviter de tjue", "on": "2027-01-12", "expected_followers": "15"},
}


@pytest.fixture(params=WRITTEN)
def question(request):
    return QUESTIONS[request.param]


def row_of(question, strategy, **more):
    said = {name: value for name, value in WRITTEN[question.key].items() if name not in ("size", "on")}
    said.pop("hours_a_week", None)
    return question.model.objects.create(strategy=strategy, **said, **more)


def test_an_empty_question_invites(question, page, editor, viewer):
    said = editor.get(page(question.key)).content.decode()
    assert str(question.asks) in said
    assert str(question.purpose) in said
    assert "For example" in said
    assert page(f"{question.row}_add") in said
    assert page(f"{question.row}_add") not in viewer.get(page(question.key)).content.decode()


def test_an_editor_writes_a_row(question, page, editor, viewer, cast):
    answer = editor.post(page(f"{question.row}_add"), WRITTEN[question.key])
    row = question.model.objects.get()
    assert answer.status_code == 302
    assert (row.workspace, row.position, row.version) == (cast.fjord, 1, 1)
    assert str(row) in viewer.get(page(question.key)).content.decode()
    event = Event.objects.get()
    assert (event.action, event.subject) == (f"{row._meta.model_name}.create", str(row))
    assert (event.user, event.detail) == (cast.bob, {"row": row.pk})


def test_what_was_typed_stays_when_something_is_wrong(question, page, editor):
    long = "æ" * 201
    first = next(iter(WRITTEN[question.key]))
    name = "what" if question.key in ("tactics", "launch") else first
    answer = editor.post(page(f"{question.row}_add"), WRITTEN[question.key] | {name: long})
    assert answer.status_code == 422
    assert long in answer.content.decode()
    assert answer.context["form"].errors.keys() == {name}
    assert not question.model.objects.exists()


def test_a_row_is_changed_and_its_version_rises(question, page, editor, cast):
    row = row_of(question, cast.strategy)
    said = WRITTEN[question.key]
    assert editor.get(page(f"{question.row}_edit", row.pk)).status_code == 200
    editor.post(page(f"{question.row}_edit", row.pk), said | {"version": "1"})
    row.refresh_from_db()
    assert row.version == 2
    assert Event.objects.get().action == f"{row._meta.model_name}.change"


def test_a_row_is_removed_after_a_question(question, page, editor, cast):
    row = row_of(question, cast.strategy)
    assert str(row) in editor.get(page(f"{question.row}_remove", row.pk)).content.decode()
    assert question.rows(cast.strategy) == [row]
    editor.post(page(f"{question.row}_remove", row.pk))
    assert question.rows(cast.strategy) == []
    assert Event.objects.count() == 1


def test_rows_move_one_place_at_a_time(question, page, editor, cast):
    first, second = (row_of(question, cast.strategy, position=at) for at in (1, 2))
    editor.post(page(f"{question.row}_move", second.pk), {"way": "up"})
    assert question.rows(cast.strategy) == [second, first]
    editor.post(page(f"{question.row}_move", second.pk), {"way": "down"})
    assert question.rows(cast.strategy) == [first, second]
    before = Event.objects.count()
    editor.post(page(f"{question.row}_move", first.pk), {"way": "up"})
    assert question.rows(cast.strategy) == [first, second]
    assert Event.objects.count() == before


def test_two_people_change_the_same_row_and_nothing_is_lost(question, page, editor, as_person, cast):
    row = row_of(question, cast.strategy)
    said = WRITTEN[question.key] | {"version": "1"}
    name = "what" if question.key in ("tactics", "launch") else next(iter(said))
    as_person(cast.olga).post(page(f"{question.row}_edit", row.pk), said | {name: "Olgas ord"})
    answer = editor.post(page(f"{question.row}_edit", row.pk), said | {name: "Bobs ord"})
    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "<strong>Olga</strong>" in shown
    assert ("Olgas ord" in shown, shown.count("Bobs ord")) == (True, 2), "in the table, and in the form"
    assert getattr(question.model.objects.get(), name) == "Olgas ord"
    version = answer.context["form"]["version"].value()
    editor.post(page(f"{question.row}_edit", row.pk), said | {name: "Bobs ord", "version": version})
    assert getattr(question.model.objects.get(), name) == "Bobs ord"


def test_a_form_without_its_version_overwrites_nothing(page, editor, cast):
    row = Audience.objects.create(strategy=cast.strategy, name="Unge")
    assert editor.post(page("audience_edit", row.pk), {"name": "Gamle"}).status_code == 409
    assert Audience.objects.get().name == "Unge"


def test_only_editors_write(question, page, as_person, cast):
    row = row_of(question, cast.strategy)
    alice = as_person(cast.alice)
    assert alice.get(page(question.key)).status_code == 200
    for verb, args in [("add", ()), ("edit", (row.pk,)), ("remove", (row.pk,)), ("move", (row.pk,))]:
        assert alice.post(page(f"{question.row}_{verb}", *args), WRITTEN[question.key]).status_code == 403


def test_another_workspace_is_out_of_reach(question, page, editor, as_person, cast):
    foreign = row_of(question, cast.abroad)
    for verb in ("edit", "remove", "move"):
        assert editor.post(page(f"{question.row}_{verb}", foreign.pk)).status_code == 404
    assert as_person(cast.charlie).get(page(question.key)).status_code == 404


def test_tactics_stand_on_the_ladder_and_actions_in_their_phase(page, viewer, cast):
    for step in ("contributes", "sees"):
        Tactic.objects.create(strategy=cast.strategy, step=step, what=step)
    LaunchAction.objects.create(strategy=cast.strategy, phase="launch", what="c", on="2026-01-01")
    LaunchAction.objects.create(strategy=cast.strategy, phase="listen", what="b")
    LaunchAction.objects.create(strategy=cast.strategy, phase="listen", what="a", on="2026-02-01")
    assert [row.step for row in QUESTIONS["tactics"].rows(cast.strategy)] == ["sees", "contributes"]
    assert [row.what for row in QUESTIONS["launch"].rows(cast.strategy)] == ["a", "b", "c"]
    assert viewer.get(page("tactics")).status_code == 200


def test_rows_move_only_among_those_they_stand_with(page, editor, cast):
    first = LaunchAction.objects.create(
        strategy=cast.strategy, phase="soft", what="a", on="2026-01-01", position=1
    )
    second = LaunchAction.objects.create(
        strategy=cast.strategy, phase="soft", what="b", on="2026-01-02", position=2
    )
    assert "Move “b” up" not in editor.get(page("launch")).content.decode()
    editor.post(page("launch_action_move", second.pk), {"way": "up"})
    assert not Event.objects.exists()
    LaunchAction.objects.update(on=None)
    assert "Move “b” up" in editor.get(page("launch")).content.decode()
    editor.post(page("launch_action_move", second.pk), {"way": "up"})
    assert QUESTIONS["launch"].rows(cast.strategy) == [second, first]


def test_channels_before_goals_and_people_get_a_soft_warning(page, editor, cast):
    warning = "Channels come last for a reason"
    assert warning in editor.get(page("channel_choices")).content.decode()
    Goal.objects.create(strategy=cast.strategy, statement="Mål")
    assert warning in editor.get(page("channel_choices")).content.decode()
    Audience.objects.create(strategy=cast.strategy, name="Unge")
    assert warning not in editor.get(page("channel_choices")).content.decode()


def test_a_connected_channel_can_be_chosen_and_one_of_others_not(page, editor, cast):
    ours, theirs = (
        Channel.objects.create(workspace=where, network="demo", handle="h", remote_id="h", name="Kanal")
        for where in (cast.fjord, cast.utland)
    )
    said = {"name": "Kanal", "choice": "use"}
    assert editor.post(page("channel_choice_add"), said | {"channel": theirs.pk}).status_code == 422
    assert editor.post(page("channel_choice_add"), said | {"channel": ours.pk}).status_code == 302
    assert ChannelChoice.objects.get().channel == ours


def test_an_audience_that_goes_leaves_its_tactics_to_everyone(page, editor, cast):
    audience = Audience.objects.create(strategy=cast.strategy, name="Unge")
    tactic = Tactic.objects.create(strategy=cast.strategy, step="sees", what="Spør", audience=audience)
    editor.post(page("audience_remove", audience.pk))
    tactic.refresh_from_db()
    assert tactic.audience is None


def test_an_action_is_ticked_off_and_back(page, editor, cast):
    action = LaunchAction.objects.create(strategy=cast.strategy, phase="soft", what="Inviter")
    editor.post(page("launch_action_done", action.pk), {"done": "yes"})
    assert LaunchAction.objects.get().done_at is not None
    editor.post(page("launch_action_done", action.pk), {"done": "no"})
    assert LaunchAction.objects.get().done_at is None
    assert [event.action for event in Event.objects.order_by("pk")] == [
        "launchaction.done",
        "launchaction.undone",
    ]


@pytest.mark.parametrize(("hours", "status"), [("168", 302), ("168.1", 422), ("0", 302), ("-0.1", 422)])
def test_a_week_has_168_hours(page, editor, hours, status):
    said = {"name": "Bluesky", "choice": "use", "hours_a_week": hours}
    assert editor.post(page("channel_choice_add"), said).status_code == status


@pytest.mark.parametrize(
    ("size", "status"),
    [("2147483647", 302), ("2147483648", 422), ("-1", 422), ("1.5", 422), ("4,2", 422), ("4,200", 302)],
)
def test_people_are_counted_in_whole_numbers(page, editor, size, status):
    assert editor.post(page("audience_add"), {"name": "Alle", "size": size}).status_code == status


def test_html_is_shown_as_it_was_typed(page, editor, cast):
    Trait.objects.create(strategy=cast.strategy, name="<b>Åpen</b>", we_are="<script>x</script>")
    shown = editor.get(page("voice")).content.decode()
    assert "&lt;b&gt;Åpen&lt;/b&gt;" in shown
    assert "<script>x" not in shown


@pytest.mark.parametrize("place", ["tactics", "launch"])
def test_what_is_not_chosen_yet_is_said_in_words(cast, as_person, place):
    text = as_person(cast.bob).get(f"/w/fjord/strategy/{place}/add/").content.decode()
    assert "not decided" in text
    assert "-----" not in text
