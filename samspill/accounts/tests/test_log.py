"""The event log: only added to, and whoever gets round that is found out."""

import ast
import csv
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from conftest import guard_log
from samspill.accounts import log
from samspill.accounts.event_words import done
from samspill.accounts.models import Event

TOGETHER = """
import sys, threading, django
django.setup()
from django.core.management import call_command
from django.db import connection, transaction
from samspill.accounts import log
from samspill.accounts.event_words import done
from samspill.accounts.models import Event, Workspace
call_command("migrate", "accounts", verbosity=0)
house = Workspace.objects.create(name="Fjord", slug=f"fjord-{Workspace.objects.count()}")
before = Event.objects.count()
start = threading.Barrier(4)
def write():
    start.wait()
    for number in range(10):
        with transaction.atomic():
            log.record("goal.create", workspace=house, user=None, number=number)
            Event.objects.count()
    connection.close()
threads = [threading.Thread(target=write) for _writer in range(4)]
[thread.start() for thread in threads], [thread.join() for thread in threads]
verdict = log.verify()
print(verdict.whole, verdict.count - before)
"""


@pytest.fixture
def three(cast):
    """Three events, the guards taken down so that a test can do what the database refuses."""
    for number in range(3):
        log.record(
            "goal.create", workspace=cast.fjord, user=cast.bob, subject=f"Goal {number}", number=number
        )
    guard_log("DOWN")
    return list(Event.objects.order_by("pk"))


def test_the_database_refuses_to_change_an_event(cast):
    event = log.record("goal.create", workspace=cast.fjord, user=cast.bob)
    with pytest.raises(DatabaseError, match="only added to"), transaction.atomic():
        Event.objects.filter(pk=event.pk).update(action="goal.delete")
    event.refresh_from_db()
    assert event.action == "goal.create"


def test_the_database_refuses_to_remove_an_event(cast):
    event = log.record("goal.create", workspace=cast.fjord, user=cast.bob)
    with pytest.raises(DatabaseError, match="only added to"), transaction.atomic():
        event.delete()
    assert Event.objects.filter(pk=event.pk).exists()


def test_each_event_carries_the_link_of_the_one_before(three):
    assert three[0].previous == ""
    assert [event.previous for event in three[1:]] == [event.digest for event in three[:-1]]
    verdict = log.verify()
    assert verdict.whole
    assert (verdict.count, verdict.last) == (3, three[-1].digest)


@pytest.mark.parametrize(
    "change",
    [
        {"action": "goal.delete"},
        {"subject": "Another"},
        {"detail": {"number": 7}},
        {"user": None},
        {"workspace": None},
        {"at": "2020-01-01T00:00Z"},
    ],
)
def test_a_changed_event_is_found(three, change):
    Event.objects.filter(pk=three[1].pk).update(**change)
    assert log.verify().changed == [three[1].pk]


def test_a_removed_event_is_found(three):
    Event.objects.filter(pk=three[1].pk).delete()
    assert log.verify().loose == [three[2].pk]


def test_a_removed_first_event_is_found(three):
    Event.objects.filter(pk=three[0].pk).delete()
    assert log.verify().loose == [three[1].pk]


def test_events_cut_off_at_the_end_are_found_by_a_link_kept_outside(three):
    kept = log.verify().last
    Event.objects.filter(pk=three[2].pk).delete()
    assert log.verify().whole
    assert log.verify(kept).links_lost == [kept]


def test_an_event_put_in_between_is_found(three):
    first, second, third = three
    Event.objects.filter(pk=second.pk).delete()
    second.previous = first.digest
    second.subject = "Another"
    second.digest = log.digest(second)
    second.save(force_insert=True)
    assert log.verify().loose == [third.pk]


def test_details_come_back_as_they_went_in(cast, three):
    event = log.record(
        "goal.create",
        workspace=cast.fjord,
        user=cast.bob,
        subject="æ" * 300,
        amount=1e20,
        share=0.1,
        lines="one\r\ntwo\x00three",
        names=("a", "b"),
        when=None,
        on=True,
    )
    event.refresh_from_db()
    assert event.subject == "æ" * 200
    assert event.detail == {
        "amount": "1e+20",
        "share": "0.1",
        "lines": "one  two three",
        "names": ["a", "b"],
        "when": None,
        "on": True,
    }
    assert log.verify().whole


def test_what_is_rolled_back_leaves_no_gap(cast):
    log.record("goal.create", workspace=cast.fjord, user=cast.bob)
    with transaction.atomic():
        log.record("goal.change", workspace=cast.fjord, user=cast.bob)
        transaction.set_rollback(True)
    log.record("goal.close", workspace=cast.fjord, user=cast.bob)
    assert log.verify().whole
    assert Event.objects.count() == 2


def test_writers_at_the_same_moment_make_one_chain(tmp_path):
    """In a process and a database file of its own: a test's database in memory has one connection only.

    Each holds its transaction open for a while after recording, as a view does. On PostgreSQL with
    SAMSPILL_DATABASE set.
    """
    env = {**os.environ, "SAMSPILL_DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "samspill.settings"}
    done = subprocess.run(
        [sys.executable, "-c", TOGETHER], env=env, capture_output=True, text=True, check=False
    )
    assert done.stdout.strip() == "True 40", done.stderr


def test_one_event_costs_one_reading_and_one_writing(cast, django_assert_num_queries):
    with transaction.atomic(), django_assert_num_queries(4 if connection.vendor == "sqlite" else 5):
        log.record(
            "goal.create", workspace=cast.fjord, user=cast.bob
        )  # savepoint, last link, insert, release


def test_verify_log_says_that_all_is_well(cast, capsys):
    log.record("goal.create", workspace=cast.fjord, user=cast.bob)
    call_command("verify_log")
    said = capsys.readouterr().out
    assert "The log is whole: 1 events." in said
    assert log.verify().last in said


def test_verify_log_says_what_is_wrong(three):
    kept = three[2].digest
    Event.objects.filter(pk=three[0].pk).update(subject="Another")
    Event.objects.filter(pk=three[2].pk).delete()
    with pytest.raises(CommandError) as error:
        call_command("verify_log", kept)
    assert f"Event {three[0].pk} does not say what it said." in str(error.value)
    assert "the newest events were cut off" in str(error.value)


def test_the_page_shows_this_workspace_newest_first(cast, as_person):
    log.record("workspace.create", workspace=cast.fjord, user=cast.olga, subject="Older")
    log.record("workspace.change", workspace=cast.fjord, user=cast.olga, subject="Newer")
    log.record("workspace.change", workspace=cast.utland, user=cast.charlie, subject="Foreign")
    page = as_person(cast.olga).get("/w/fjord/settings/events/").content.decode()
    assert page.index("Newer") < page.index("Older")
    assert "Foreign" not in page
    assert "changed workspace <strong>Newer</strong>" in page


@pytest.mark.parametrize(
    ("query", "seen"),
    [
        ({}, {"One", "Two", "Three"}),
        ({"by": "olga"}, {"One", "Two"}),
        ({"text": "two"}, {"Two"}),
        ({"text": "Removed"}, {"Two", "Three"}),
        ({"text": "role"}, {"One"}),
        ({"text": "member"}, {"One", "Two", "Three"}),
        ({"by": "bob", "text": "removed"}, {"Three"}),
        ({"by": "9" * 30}, {"One", "Two", "Three"}),
        ({"by": "x"}, {"One", "Two", "Three"}),
        ({"text": "%"}, set()),
    ],
)
def test_the_log_is_filtered_by_person_and_words(cast, as_person, query, seen):
    log.record("member.role", workspace=cast.fjord, user=cast.olga, subject="One")
    log.record("member.remove", workspace=cast.fjord, user=cast.olga, subject="Two")
    log.record("member.remove", workspace=cast.fjord, user=cast.bob, subject="Three")
    by = query.get("by", "")
    query = {**query, "by": getattr(cast, by).pk} if by in {"olga", "bob"} else query
    page = as_person(cast.olga).get("/w/fjord/settings/events/", query).content.decode()
    assert {name for name in ("One", "Two", "Three") if f"<strong>{name}</strong>" in page} == seen


def test_a_name_without_words_is_shown_as_it_is(cast, as_person):
    log.record("moon.land", workspace=cast.fjord, user=cast.olga, subject="Eagle")
    assert (
        "moon.land <strong>Eagle</strong>"
        in as_person(cast.olga).get("/w/fjord/settings/events/").content.decode()
    )


def recorded() -> set[str]:
    """Every name that the code writes out in full."""
    found = set()
    for path in Path(settings.BASE_DIR, "samspill").rglob("*.py"):
        if "tests" not in path.parts:
            for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                match call:
                    case ast.Call(
                        func=ast.Attribute(attr="record"), args=[ast.Constant(value=str(name)), *_more]
                    ):
                        found.add(name)
    return found


@pytest.mark.parametrize("name", sorted(name for name in recorded() if not name.startswith("person.")))
def test_what_is_done_in_a_workspace_has_words(name):
    """A line in event_words.py, for the verb or for the whole. A person's own events stand on no page."""
    assert done(name) != name


def test_the_log_is_paged(cast, as_person):
    for number in range(51):
        log.record("member.role", workspace=cast.fjord, user=cast.olga, subject=f"Number {number:02}")
    client = as_person(cast.olga)
    assert client.get("/w/fjord/settings/events/").content.decode().count("Number ") == 50
    second = client.get("/w/fjord/settings/events/", {"page": 2, "text": "Number"}).content.decode()
    assert second.count("<strong>Number ") == 1
    assert "Number 00" in second


def test_the_file_holds_the_same_and_no_cell_is_a_formula(cast, as_person):
    log.record("member.role", workspace=cast.fjord, user=cast.olga, subject="=cmd|' /C calc'!A0")
    cast.olga.name = "@SUM(1+1)"
    cast.olga.save()
    answer = as_person(cast.olga).get("/w/fjord/settings/events.csv")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="samspill-fjord-')
    rows = list(csv.reader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))
    assert rows[0][:4] == ["Time (UTC)", "Who", "E-mail", "What"]
    assert rows[1][1] == "'@SUM(1+1)"
    assert rows[1][3] == "changed the role of =cmd|' /C calc'!A0"
    assert rows[1][-1] == log.verify().last
