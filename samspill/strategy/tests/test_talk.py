"""Comments on any part of the strategy, until they are settled."""

from __future__ import annotations

import pytest

from samspill.accounts.models import Event
from samspill.strategy.models import Comment, Decision, Goal, Pattern, Record, Strategy, Trait

HTMX = {"HX-Request": "true"}


@pytest.fixture
def writer(as_person, cast):
    return as_person(cast.alice)


@pytest.fixture
def goal(cast):
    return Goal.objects.create(strategy=cast.strategy, statement="Everyone gets an answer")


def say(strategy, part, text="What about Sundays?", **more):
    return Comment.objects.create(strategy=strategy, part=part, text=text, **more)


def test_a_contributor_comments_on_a_part_and_sees_it_there(cast, writer, viewer, page, goal):
    answer = writer.post(page("part_talk", goal.part), {"text": "What about Sundays?"}, headers=HTMX)
    assert answer.status_code == 200
    assert "What about Sundays?" in answer.content.decode()
    row = Comment.objects.get()
    assert (row.strategy, row.part, row.by, row.settled_at) == (cast.strategy, goal.part, cast.alice, None)
    event = Event.objects.get()
    assert (event.action, event.subject) == ("comment.create", goal.statement)
    read = viewer.get(page("part_talk", goal.part), headers=HTMX).content.decode()
    assert "What about Sundays?" in read
    assert "<form" not in read, "who reads does not write"
    assert "<html" not in read


def test_it_works_without_a_script(cast, writer, page, goal):
    answer = writer.post(page("part_talk", goal.part), {"text": "Plainly"}, follow=True)
    assert "Plainly" in answer.content.decode()
    assert "<html" in answer.content.decode()


def test_every_page_of_a_part_fetches_what_is_said_about_it(cast, viewer, page, goal):
    assert page("part_talk", goal.part) in viewer.get(page("goal", goal.pk)).content.decode()
    for name, key in (("section", "crisis"), ("goals", None), ("emergence", None)):
        text = viewer.get(page(name, *([key] if key else []))).content.decode()
        assert page("part_talk", f"section/{key or name}") in text


@pytest.mark.parametrize(("n", "status"), [(4000, 200), (4001, 422), (0, 422)])
def test_the_length_of_a_comment(cast, writer, page, n, status):
    answer = writer.post(page("part_talk", "section/voice"), {"text": "å" * n}, headers=HTMX)
    assert answer.status_code == status
    assert Comment.objects.count() == (status == 200)
    if n > 4000:
        assert "å" * n in answer.content.decode(), "what was typed stays"


def test_what_is_said_is_shown_as_text(cast, viewer, page):
    say(cast.strategy, "section/voice", "<img src=x onerror=alert(1)> مرحبا 👩‍🚒")
    text = viewer.get(page("part_talk", "section/voice")).content.decode()
    assert "&lt;img src=x" in text
    assert 'dir="auto">&lt;img' in text


@pytest.mark.parametrize(
    "part", ["goal/7", "section/nowhere", "goal/5bcf688e-0c36-41a5-8421-f55516843323", "²"]
)
def test_nobody_comments_on_what_is_not_there(cast, writer, page, part):
    assert writer.post(page("part_talk", part), {"text": "x"}).status_code == 404
    assert writer.get(page("part_talk", part)).status_code == 404
    assert not Comment.objects.exists()


def test_another_workspace_s_part_is_not_there(cast, writer, page):
    foreign = Goal.objects.create(strategy=cast.abroad, statement="Theirs")
    say(cast.abroad, foreign.part, "Secret")
    assert writer.get(page("part_talk", foreign.part)).status_code == 404
    assert writer.post(page("part_talk", foreign.part), {"text": "x"}).status_code == 404


def test_a_comment_is_settled_and_opened_again_by_whoever_may_write(cast, writer, viewer, page, goal):
    row = say(cast.strategy, goal.part, by=cast.bob)
    assert viewer.post(page("comment_settle", row.pk), {"settled": "yes"}).status_code == 403
    answer = writer.post(page("comment_settle", row.pk), {"settled": "yes"}, headers=HTMX)
    row.refresh_from_db()
    assert row.settled_by == cast.alice
    assert "1 settled comment" in answer.content.decode()
    assert "settled by Alice" in answer.content.decode()
    writer.post(page("comment_settle", row.pk), {"settled": "no"})
    row.refresh_from_db()
    assert (row.settled_at, row.settled_by) == (None, None)
    assert list(Event.objects.values_list("action", flat=True)) == ["comment.settle", "comment.reopen"]


def test_to_settle_twice_changes_nothing(cast, writer, page, goal, as_person):
    row = say(cast.strategy, goal.part)
    writer.post(page("comment_settle", row.pk), {"settled": "yes"})
    as_person(cast.bob).post(page("comment_settle", row.pk), {"settled": "yes"})
    row.refresh_from_db()
    assert row.settled_by == cast.alice
    assert Event.objects.count() == 1


def test_a_talk_about_a_removed_part_can_be_read_and_settled_but_not_gone_on_with(cast, writer, page, goal):
    part, row = goal.part, say(cast.strategy, goal.part)
    goal.delete()
    text = writer.get(page("part_talk", part)).content.decode()
    assert "What about Sundays?" in text
    assert "no longer part of the strategy" in text
    assert "<textarea" not in text
    assert "goal that is removed" in writer.get(page("comments")).content.decode()
    assert writer.post(page("part_talk", part), {"text": "more"}).status_code == 404
    assert writer.post(page("comment_settle", row.pk), {"settled": "yes"}, follow=True).status_code == 200


def test_all_open_comments_stand_on_a_page_with_the_part_each_is_about(cast, viewer, page, goal):
    trait = Trait.objects.create(strategy=cast.strategy, name="Open")
    say(cast.strategy, goal.part, "On the goal")
    say(cast.strategy, trait.part, "On the trait")
    say(cast.strategy, "section/crisis", "Settled long ago", settled_at="2026-01-01T00:00Z")
    text = viewer.get(page("comments")).content.decode()
    assert "2 comments wait" in text
    for words in ("On the goal", goal.get_absolute_url(), "On the trait", f"#row-{trait.pk}"):
        assert words in text
    assert "Settled long ago" not in text
    assert ">2 open<" in viewer.get(page("strategy")).content.decode()
    assert "Settled long ago" in viewer.get(page("comments"), {"show": "settled"}).content.decode()


def test_rows_say_how_many_comments_are_open_with_one_query_for_all(cast, editor, viewer, page):
    rows = [
        Record.objects.create(strategy=cast.strategy, kind="boundary", data={"what": f"Rule {n}"})
        for n in range(9)
    ]
    say(cast.strategy, rows[0].part)
    say(cast.strategy, rows[0].part)
    say(cast.strategy, rows[1].part, settled_at="2026-01-01T00:00Z")
    text = viewer.get(page("section", "rails")).content.decode()
    assert "2 comments<" in text
    assert page("part_talk", rows[0].part) in text
    assert page("part_talk", rows[1].part) not in text, "nothing waits there"
    assert page("part_talk", rows[1].part) in editor.get(page("section", "rails")).content.decode()


def test_a_long_talk_is_short_on_the_part_s_page_and_turned_on_its_own(
    cast, viewer, page, django_assert_max_num_queries
):
    for n in range(120):
        say(cast.strategy, "section/voice", f"Comment {n:03}.")
    with django_assert_max_num_queries(20):
        short = viewer.get(page("part_talk", "section/voice"), headers=HTMX).content.decode()
    assert short.count('class="said"') == 12
    assert short.index("Comment 118.") < short.index("Comment 119."), "read from the oldest on"
    assert "All 120" in short
    whole = viewer.get(page("part_talk", "section/voice"), {"page": 3}).content.decode()
    assert "Comment 000." in whole


def test_what_was_decided_stands_with_what_is_said(cast, viewer, page, goal):
    Decision.objects.create(strategy=cast.strategy, title="It stands", reason="We need it", part=goal.part)
    pattern = Pattern.objects.create(strategy=cast.strategy, name="Grown")
    Decision.objects.create(
        strategy=cast.strategy, title="Grown", reason="It grew by itself", pattern=pattern
    )
    text = viewer.get(page("part_talk", goal.part), headers=HTMX).content.decode()
    assert "We need it" in text
    assert "It grew by itself" not in text
    goal.pattern = pattern
    goal.save()
    assert "It grew by itself" in viewer.get(page("part_talk", goal.part), headers=HTMX).content.decode()


def test_an_inherited_row_is_talked_about_in_one_place(cast, writer, page, goal):
    below = Strategy.objects.create(workspace=cast.fjord, parent=cast.strategy, title="Summer")
    writer.post(page("part_talk", below.pk, goal.part), {"text": "From below"})
    assert Comment.objects.get().strategy == cast.strategy
    writer.post(page("part_talk", below.pk, "section/voice"), {"text": "Of the campaign"})
    assert Comment.objects.get(part="section/voice").strategy == below


def test_the_first_comment_on_a_strategy_nobody_has_named_keeps_it(cast, writer, page):
    assert writer.get(page("part_talk", "section/voice")).status_code == 200
    assert not Strategy.objects.filter(workspace=cast.fjord).exists()
    writer.post(page("part_talk", "section/voice"), {"text": "Begin"})
    assert Comment.objects.get().strategy.workspace == cast.fjord
