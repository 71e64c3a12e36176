import os
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.management import call_command

from samspill.accounts.log import verify
from samspill.accounts.models import Member, User, Workspace
from samspill.conversations.models import Conversation, Follow, Message
from samspill.conversations.settle import settle
from samspill.flows.demo import organisation
from samspill.flows.demo.seed import FOLDERS, seed
from samspill.flows.demo.year import tell_year
from samspill.flows.incoming import attend
from samspill.flows.tests.strategy_looks import look_at_strategies
from samspill.lib.text import graphemes
from samspill.measurement.models import Sample
from samspill.measurement.record import gather
from samspill.measurement.status import statuses
from samspill.networks.models import Channel, ChannelWork
from samspill.publishing.models import Delivery, Draft
from samspill.strategy.models import Goal, GoverningDocument, Passage

NOW = datetime(2026, 11, 23, 13, 30, tzinfo=UTC)
OSLO = ZoneInfo("Europe/Oslo")
DAY = timedelta(days=1)


@pytest.fixture(params=FOLDERS)
def said(request):
    return organisation.read(request.param)


def test_the_same_moment_tells_the_same_year(said):
    assert tell_year(said, NOW, OSLO) == tell_year(said, NOW, OSLO)


def test_a_year_is_as_large_as_a_real_one_and_lies_behind_us(said):
    year = tell_year(said, NOW, OSLO)
    assert 240 <= len(year.posts) <= 260
    assert 1350 <= len(year.words) <= 1750
    moments = [post.at for post in year.posts]
    for word in year.words:
        moments += [word.at, *(at for at in (word.answered_at, word.thanked_at) if at)]
        assert word.post is None or word.at > word.post.at
        assert word.answered_at is None or word.answered_at >= word.at
    assert max(moments) < NOW
    assert min(moments) > NOW - 368 * DAY


def test_the_promise_is_kept_better_at_the_end_than_at_the_beginning(said):
    words = tell_year(said, NOW, OSLO).words

    def late(part):
        return sum(word.answered_at - word.at > DAY for word in part if word.answered_at) / len(part)

    third = len(words) // 3
    assert 0.08 < late(words[:third]) < 0.2
    assert late(words[-third:]) < 0.07


def test_pushes_are_seen_in_who_follows(said):
    follows = tell_year(said, NOW, OSLO).follows[said.accounts[0].key]
    assert all(a <= b for a, b in pairwise(follows))
    last_week = sum(moment > NOW - 7 * DAY for moment in follows)
    usual = sum(NOW - 35 * DAY < moment <= NOW - 7 * DAY for moment in follows) / 4
    assert last_week > 2 * usual


def test_every_text_is_whole_and_fits_the_network(said):
    year = tell_year(said, NOW, OSLO)
    texts = [post.text for post in year.posts] + [piece.text for piece in said.desk]
    texts += [text for word in year.words for text in (word.text, word.answer, word.thanks)]
    for text in texts:
        assert "{" not in text
        assert graphemes(text) <= 500
    assert len({(post.title, post.text) for post in year.posts}) > 0.75 * len(year.posts)


@pytest.fixture
def demo(db):
    with time_machine.travel(NOW, tick=False) as clock:
        seed("correct horse battery")
        yield clock


def test_the_demonstration_holds_together(demo, as_person):
    """One seeding, many looks: what was laid down is what the system itself would have made of it."""
    _the_lead_sees_both_houses(as_person)
    _every_question_is_answered(as_person)
    _every_goal_serves_a_passage_and_has_a_figure()
    look_at_strategies()
    _somebody_waits_and_the_hours_are_right()
    _conversations_stand_as_they_would_have_been_settled()
    _the_desk_has_something_in_every_state()
    _the_network_tells_the_same_figures()
    _asking_the_network_again_brings_nothing_twice()
    assert verify().whole


def _the_lead_sees_both_houses(as_person):
    ingrid = User.objects.get(email="ingrid@fjordkraftlaget.example")
    assert Member.objects.filter(user=ingrid).count() == 2
    for workspace in Workspace.objects.all():
        page = as_person(ingrid).get(f"/w/{workspace.slug}/")
        assert page.status_code == 200
        assert "Four steps" not in page.content.decode()


def _every_question_is_answered(as_person):
    alex = as_person(User.objects.get(email="alex@rivermouth.example"))
    assert "All six questions are answered in full" in alex.get("/w/rivermouth/strategy/").content.decode()


def _every_goal_serves_a_passage_and_has_a_figure():
    for workspace in Workspace.objects.all():
        goals = list(Goal.objects.in_workspace(workspace))
        for status in statuses(goals, gather(workspace, NOW), NOW):
            assert status.goal.passage_id, status.goal
            assert status.figure.value is not None, status.goal
            assert status.goal.target is not None, status.goal
            assert status.share is not None, status.goal
        assert Goal.objects.in_workspace(workspace).touched().count() == 1
        assert any(status.moved for status in statuses(goals, gather(workspace, NOW), NOW))
    assert GoverningDocument.objects.count() == 4
    assert Passage.objects.filter(changed_in__isnull=False).count() == 2


def _somebody_waits_and_the_hours_are_right():
    for folder in FOLDERS:
        said = organisation.read(folder)
        waiting = Conversation.objects.in_workspace(Workspace.objects.get(slug=said.slug)).waiting()
        left = sorted(
            round((talk.answer_by - NOW) / timedelta(hours=1), 1) for talk in waiting if talk.answer_by
        )
        assert left == sorted(each.left for each in said.waiting)


def _conversations_stand_as_they_would_have_been_settled():
    talks = list(Conversation.objects.order_by("?")[:60]) + list(Conversation.objects.filter(state="open"))
    talk_fields = ("state", "lines", "waiting_people", "waiting_since", "answer_by", "last_at", "about_id")
    line_fields = ("needs_answer", "answered_at", "is_waiting")
    for talk in talks:
        before = [getattr(talk, name) for name in talk_fields], list(talk.messages.values_list(*line_fields))
        settle(talk)
        talk.refresh_from_db()
        assert (
            [getattr(talk, name) for name in talk_fields],
            list(talk.messages.values_list(*line_fields)),
        ) == before


def _the_desk_has_something_in_every_state():
    drafts = Draft.objects.listed()
    assert {draft.state for draft in drafts} == set(Draft.State)
    states = set(Delivery.objects.values_list("state", flat=True))
    assert states == {"scheduled", "uncertain", "published", "failed"}
    assert not Delivery.objects.due().exists()  # nothing that a worker would change at once


def _the_network_tells_the_same_figures():
    for channel in Channel.objects.all():
        newest = Sample.objects.filter(channel=channel, what="followers").latest("at")
        told = channel.adapter().numbers(channel.account()).followers
        assert told is not None
        assert 0 <= told - newest.value <= 5  # some may have come since midnight


def _asking_the_network_again_brings_nothing_twice():
    before = Message.objects.filter(at__lt=NOW - DAY).count(), Follow.objects.filter(at__lt=NOW - DAY).count()
    for work in ChannelWork.objects.all():
        attend(work)
    assert {channel.state for channel in Channel.objects.all()} == {Channel.State.WORKING}
    after = Message.objects.filter(at__lt=NOW - DAY).count(), Follow.objects.filter(at__lt=NOW - DAY).count()
    assert after == before


def test_the_command_moves_over_to_a_folder_of_its_own(settings, monkeypatch):
    """Whatever database and folder are set, the demonstration has none of them within reach."""
    begun: dict[str, Any] = {}
    monkeypatch.setattr(os, "execve", lambda path, words, env: begun.update(words=words, env=env))
    monkeypatch.setenv("SAMSPILL_DATABASE", "postgres://real")
    monkeypatch.setenv("SAMSPILL_DATA_FILE", "/somewhere")
    settings.DATA_DIR = Path("/srv/samspill")
    call_command("demo")
    assert begun["env"]["SAMSPILL_DATA"] == "/srv/samspill/demo"
    assert "SAMSPILL_DATABASE" not in begun["env"]
    assert "SAMSPILL_DATA_FILE" not in begun["env"]
    assert begun["words"][-2:] == ["demo", "--here"]


def test_anew_forgets_the_demonstration_and_nothing_else(settings, monkeypatch, tmp_path):
    monkeypatch.setattr(os, "execve", lambda *words: None)
    settings.DATA_DIR = tmp_path
    (tmp_path / "demo").mkdir()
    (tmp_path / "demo" / "mine.txt").write_text("not a demonstration")
    call_command("demo", "--anew")
    assert (tmp_path / "demo" / "mine.txt").exists()
    (tmp_path / "demo" / "demo-sign-in").write_text("samspill-1")
    call_command("demo", "--anew")
    assert not (tmp_path / "demo").exists()
    assert tmp_path.exists()
