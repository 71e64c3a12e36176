"""Publishing under fire: 800 deliveries, kill -9 again and again, one request in five faulty."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from samspill.publishing.crash import POINTS
from samspill.publishing.tests.process.run import database, run
from samspill.publishing.tests.process.workers import SOCKET_POINTS


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return database(tmp_path_factory.mktemp("empty"))


def test_800_deliveries_are_out_once_each(empty: Path) -> None:
    seed = random.randrange(2**32)
    done = run(empty, deliveries=800, kills=60, seed=seed, workers=4, patience=600)
    print(f"\nseed {seed}: {done}; died at {dict(done.points)}")
    assert done.verdict.holds, str(done)
    assert done.states == {"published": 800}, str(done)
    assert done.kills >= 40, str(done)
    assert done.kills + done.points.total() >= 60, str(done)
    assert set(done.points) == {*POINTS, *SOCKET_POINTS}, str(done)
    assert done.verdict.counts["faults"] >= 0.15 * done.verdict.counts["requests"], str(done)


@pytest.mark.parametrize(("way", "fault"), [("insist", "doubled"), ("mark", "lost")])
def test_the_judge_sees_what_two_wrong_ways_do(empty: Path, way: str, fault: str) -> None:
    done = run(empty, deliveries=200, kills=10, way=way, seed=random.randrange(2**32), patience=300)
    print(f"\n{way}: {done}")
    assert getattr(done.verdict, fault), str(done)
