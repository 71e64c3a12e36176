"""A small one in every test run; the large one is live/test_streams_process.py."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from samspill.flows.tests.streams.run import run
from samspill.publishing.tests.process.run import database

pytestmark = pytest.mark.django_db  # so that the tests' own database is made, whose tables are copied


@pytest.fixture(scope="module")
def empty(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tables of the tests' own database, as a file."""
    path = tmp_path_factory.mktemp("empty") / "samspill.sqlite3"
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        if connection.vendor != "sqlite":
            return database(path.parent)
        cursor.execute("VACUUM INTO %s", [str(path)])
    return path


def test_nothing_is_lost_and_nothing_kept_twice(empty: Path) -> None:
    done = run(empty, events=5000, kills=8, seed=7, patience=60)
    assert done.verdict.holds, str(done)
    assert done.kills == 8, str(done)
    assert done.faults["cuts"] >= 5, str(done)


def test_cursor_before_the_events_loses(empty: Path) -> None:
    """The first control: the judge sees what is lost by a kill at the wrong moment."""
    done = run(empty, events=3000, kills=1, way="first", seed=7, patience=40)
    assert done.verdict.lost, str(done)


def test_overlap_without_a_second_reader_loses(empty: Path) -> None:
    """The second control: the judge sees what a server loses where its replay meets the present."""
    done = run(empty, events=4000, kills=6, way="overlap", seed=7, patience=40)
    assert done.verdict.lost, str(done)
