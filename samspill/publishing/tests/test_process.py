"""A small one in every test run; the large one is live/test_publishing_process.py."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from samspill.publishing.tests.process.run import database, run

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


def test_nothing_is_lost_and_nothing_doubled(empty: Path) -> None:
    done = run(empty, deliveries=100, kills=12, seed=7, patience=120)
    assert done.verdict.holds, str(done)
    assert done.states == {"published": 100}, str(done)
    assert done.verdict.counts["faults"] >= 10, str(done)
    assert done.kills + done.points.total() >= 10, str(done)


def test_insisting_on_an_answer_doubles(empty: Path) -> None:
    """The first control: the judge sees doubles where there are some."""
    done = run(empty, deliveries=30, kills=2, rate=0.5, way="insist", seed=7, patience=60)
    assert done.verdict.doubled, str(done)


def test_marking_before_sending_loses(empty: Path) -> None:
    """The second control: the judge sees losses where there are some."""
    done = run(empty, deliveries=30, kills=2, rate=0.8, way="mark", seed=7, patience=60)
    assert done.verdict.lost, str(done)
    assert done.verdict.claimed == done.verdict.lost
