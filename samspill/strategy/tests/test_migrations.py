"""A database that was there before strategies had rows of their own keeps every row, there and back."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from django.conf import settings

BEFORE, AFTER = "0001", "0004"
ROWS = {
    "goal": (
        "uuid, statement, why, sub_goal, measure, created_at, updated_at",
        "'{n:032}', 'Mål {n}', '', '', ''",
        2,
    ),
    "audience": ("name, description, size_source, needs", "'Unge {n}', '', '', ''", 0),
    "tactic": ("step, what, why_follow", "'sees', 'Spør {n}', ''", 0),
    "trait": ("name, we_are, we_are_not, good_example, bad_example", "'Åpen {n}', '', '', '', ''", 0),
    "channelchoice": ("name, choice, purpose, evidence", "'Bluesky {n}', 'use', '', ''", 0),
    "launchaction": ("phase, what", "'soft', 'Inviter {n}'", 0),
}
NOW = "'2026-01-01 00:00:00'"


@pytest.fixture
def migrate(tmp_path: Path):
    """Take a database of its own to a state of the strategy's tables."""

    def to(state: str) -> sqlite3.Connection:
        made = {
            "SAMSPILL_DATA": str(tmp_path),
            "SAMSPILL_DATABASE": f"sqlite:///{tmp_path / 'old.sqlite3'}",
        }
        subprocess.run(
            [sys.executable, "manage.py", "migrate", "-v", "0", "strategy", state],
            cwd=settings.BASE_DIR,
            env={**os.environ, **made},
            check=True,
        )
        return sqlite3.connect(tmp_path / "old.sqlite3")

    return to


def test_rows_from_before_belong_to_their_workspaces_strategy_and_may_go_back(migrate):
    with closing(migrate(BEFORE)) as database, database:
        for n, slug in ((1, "fjord"), (2, "utland")):
            database.execute(
                "INSERT INTO accounts_workspace"
                " (id, name, slug, time_zone, answer_within, created_at, is_demo, version)"
                f" VALUES ({n}, 'Laget {n}', '{slug}', 'Europe/Oslo', 1, {NOW}, 0, 1)"
            )
            for model, (names, values, moments) in ROWS.items():
                said = values.format(n=n) + f", {NOW}" * moments
                database.execute(
                    f"INSERT INTO strategy_{model} (workspace_id, position, version, {names})"
                    f" VALUES ({n}, 0, 1, {said})"
                )
        database.execute(
            "INSERT INTO strategy_strategy (title, updated_at, version, workspace_id)"
            f" VALUES ('Vår', {NOW}, 1, 1)"
        )
    with closing(migrate(AFTER)) as database:
        titles = "SELECT workspace_id, title FROM strategy_strategy ORDER BY workspace_id"
        assert database.execute(titles).fetchall() == [(1, "Vår"), (2, "Laget 2")]
        for model in ROWS:
            owners = (
                "SELECT s.workspace_id, length(r.uuid) FROM strategy_{0} r"
                " JOIN strategy_strategy s ON s.id = r.strategy_id ORDER BY r.id"
            )
            assert database.execute(owners.format(model)).fetchall() == [(1, 32), (2, 32)], model
    with closing(migrate(BEFORE)) as database:
        for model in ROWS:
            found = database.execute(f"SELECT workspace_id FROM strategy_{model} ORDER BY id").fetchall()
            assert found == [(1,), (2,)], model
