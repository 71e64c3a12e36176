"""800 deliveries to Bluesky and Mastodon, a fifth of the requests at fault, by workers that are killed.

Afterwards a judge who knows only what was asked and what the networks hold counts what is lost and what is
doubled. Two ways that are known to be wrong show that the judge sees both. A small one runs with all tests.
"""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from samspill.publishing.tests.process.run import Run, database, run

DELIVERIES = 800
KILLS = 90  # from outside, at random moments; more workers die by themselves at named points


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return database(tmp_path_factory.mktemp("empty"))


@pytest.fixture
def seed() -> int:
    """A new one each time; a failure names it."""
    return random.SystemRandom().randrange(2**32)


def told(done: Run, seed: int, capsys: pytest.CaptureFixture[str]) -> str:
    with capsys.disabled():
        print(f"\nlive: {done} (seed {seed})")
    return f"{done} (seed {seed})"


def test_nothing_is_lost_and_nothing_doubled(
    empty: Path, seed: int, capsys: pytest.CaptureFixture[str]
) -> None:
    done = run(empty, deliveries=DELIVERIES, kills=KILLS, rate=0.2, seed=seed, patience=600)
    words = told(done, seed, capsys)
    assert done.verdict.asked == DELIVERIES, words
    assert done.verdict.holds, words
    assert done.states == {"published": DELIVERIES}, words
    assert done.kills + done.points.total() >= 60, words
    assert done.verdict.counts["faults"] >= 0.15 * done.verdict.counts["requests"], words


def test_insisting_on_an_answer_doubles(empty: Path, seed: int, capsys: pytest.CaptureFixture[str]) -> None:
    done = run(empty, deliveries=DELIVERIES, kills=20, rate=0.2, way="insist", seed=seed, patience=300)
    words = told(done, seed, capsys)
    assert done.verdict.doubled, words
    assert not done.verdict.lost, words


def test_marking_before_sending_loses(empty: Path, seed: int, capsys: pytest.CaptureFixture[str]) -> None:
    done = run(empty, deliveries=DELIVERIES, kills=20, rate=0.2, way="mark", seed=seed, patience=300)
    words = told(done, seed, capsys)
    assert done.verdict.lost, words
    assert done.verdict.claimed == done.verdict.lost, "and it says that they are out"
