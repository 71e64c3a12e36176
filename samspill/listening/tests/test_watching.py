"""Watches run on all that comes, count what was here before, and choose what a stream keeps."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone

from samspill.archive.open import open_archive
from samspill.archive.query import Tag
from samspill.archive.store.contract import AT, HOUR, post
from samspill.archive.store.sqlite import SqliteStore
from samspill.listening.models import FormerLabel, Watch
from samspill.listening.watches import remove, save
from samspill.listening.watching import Watching


@pytest.fixture
def store() -> Iterator[SqliteStore]:
    made = open_archive()
    yield made
    made.close()


@pytest.fixture
def watching(store) -> Watching:
    return Watching(store)


def watch(cast, query: str, name: str = "") -> Watch:
    row = Watch(workspace=cast.fjord, name=name or query, made_by=cast.alice)
    save(row, query, cast.alice)
    return row


def hours(store, row: Watch) -> list[int]:
    label = row.version.pk
    return list(store.tally([label], AT, AT + 3 * HOUR, HOUR)[label])


def test_counts_what_comes_and_what_was_here_before_each_once(cast, store, watching):
    store.keep([post(n, "#strøm") for n in range(100)])
    row = watch(cast, "#strøm")
    watching.refresh()
    store.keep([post(n, "#strøm") for n in range(95, 130)], labels=watching.labels)
    while watching.catch_up(0):
        pass
    assert hours(store, row) == [60, 60, 10]
    row.refresh_from_db()
    assert row.version.labelled_at is not None


def test_another_query_is_another_version_and_the_old_one_is_asked_no_more(cast, store, watching):
    row = watch(cast, "#strøm")
    watching.refresh()
    store.keep([post(1, "#strøm")], labels=watching.labels)
    first = row.version
    save(row, "#vind", cast.alice, "for the wind")
    row = Watch.objects.prefetch_related("versions").get(pk=row.pk)
    watching.refresh()
    store.keep([post(2, "#strøm"), post(3, "#vind")], labels=watching.labels)
    assert (row.version.number, row.version.why) == (2, "for the wind")
    assert sum(hours(store, row)) == 1
    assert sum(store.tally([first.pk], AT, AT + HOUR, HOUR)[first.pk]) == 1, "the old figure stands"


def test_the_same_query_again_makes_no_version(cast):
    row = watch(cast, "#strøm")
    row.purpose = "To know"
    save(row, "#strøm", cast.alice)
    assert row.versions.count() == 1


def test_what_is_paused_hears_nothing(cast, store, watching):
    row = watch(cast, "#strøm")
    Watch.objects.update(paused_at=timezone.now())
    watching.refresh()
    store.keep([post(1, "#strøm")], labels=watching.labels)
    assert sum(hours(store, row)) == 0


def test_the_archive_forgets_the_labels_of_a_watch_that_is_removed(cast, store, watching):
    row = watch(cast, "#strøm")
    label = row.version.pk
    watching.refresh()
    store.keep([post(n, "#strøm") for n in range(30)], labels=watching.labels)
    remove(row, cast.alice)
    assert FormerLabel.objects.count() == 1
    watching.refresh()
    watching.catch_up(1)
    assert sum(store.tally([label], AT, AT + HOUR, HOUR)[label]) == 0
    assert not FormerLabel.objects.exists()
    assert store.count(Tag("strøm")) == 30


def test_only_watches_of_the_streams_workspace_decide_what_it_keeps(cast, watching):
    watch(cast, "#strøm")
    watching.refresh()
    assert watching.meets(post(1, "#strøm"), cast.fjord.pk)
    assert not watching.meets(post(1, "#vind"), cast.fjord.pk)
    assert not watching.meets(post(1, "#strøm"), cast.fjord.pk + 1)


def test_a_query_that_can_no_longer_be_read_does_not_stop_the_others(cast, store, watching):
    bad, good = watch(cast, "#strøm", "bad"), watch(cast, "#vind", "good")
    bad.versions.update(query="((")
    watching.refresh()
    store.keep([post(1, "#vind")], labels=watching.labels)
    while watching.catch_up(0):
        pass
    assert sum(hours(store, good)) == 1


def test_labels_are_given_a_step_at_a_time_and_go_on_where_they_were(cast, store, monkeypatch):
    monkeypatch.setattr("samspill.listening.watching.STEP", 10)
    store.keep([post(n, "#strøm") for n in range(35)])
    row = watch(cast, "#strøm")
    first = Watching(store)
    first.refresh()
    assert first.catch_up(0) is True
    second = Watching(store)  # as after a kill
    second.refresh()
    turns = 1
    while second.catch_up(0):
        turns += 1
    assert turns >= 3
    assert hours(store, row) == [35, 0, 0]


def test_a_moment_in_the_past_is_no_reason_to_forget(cast, store, watching):
    row = watch(cast, "#strøm")
    row.versions.update(made_at=timezone.now() - timedelta(days=400))
    watching.refresh()
    store.keep([post(1, "#strøm")], labels=watching.labels)
    assert sum(hours(store, row)) == 1
