"""One owner at a time, on a clock that nobody can set; who has lost the row writes nothing."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from conftest import Cast
from samspill.lib import due
from samspill.networks.models import Channel, ChannelWork


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> SimpleNamespace:
    clock = SimpleNamespace(seconds=1000.0)
    clock.monotonic = lambda: clock.seconds
    monkeypatch.setattr(due, "time", clock)
    return clock


@pytest.fixture
def rows(cast: Cast) -> list[ChannelWork]:
    channel = Channel.objects.create(workspace=cast.fjord, network="demo", remote_id="x")
    return [ChannelWork.objects.create(channel=channel, verb=verb) for verb in ("collect", "sample")]


def claim(lease: float = 60) -> ChannelWork | None:
    return due.claim(ChannelWork.objects.order_by("pk"), lease=lease)


def test_each_row_is_claimed_once(rows: list[ChannelWork], clock: SimpleNamespace) -> None:
    assert [claim(), claim(), claim()] == [*rows, None]


def test_a_lease_holds_until_its_end(rows: list[ChannelWork], clock: SimpleNamespace) -> None:
    claim()
    claim()
    clock.seconds += 60
    assert claim() is None
    clock.seconds += 0.1
    assert claim() == rows[0]


def test_a_lease_of_an_earlier_boot_holds_nobody(rows: list[ChannelWork], clock: SimpleNamespace) -> None:
    claim()
    ChannelWork.objects.update(lease_boot="an earlier boot", lease_until=1e9)
    assert claim() == rows[0]


def test_the_fence_moves_on_with_every_claim(rows: list[ChannelWork], clock: SimpleNamespace) -> None:
    first = claim()
    clock.seconds += 61
    second = claim()
    assert first is not None
    assert second is not None
    assert second.fence == first.fence + 1
    with pytest.raises(due.LeaseLost):
        due.write(first, cursor="mine")
    due.write(second, cursor="ours")
    assert second.cursor == "ours"
    rows[0].refresh_from_db()
    assert rows[0].cursor == "ours"


def test_given_back_it_is_free_at_once(rows: list[ChannelWork], clock: SimpleNamespace) -> None:
    row = claim()
    assert row is not None
    due.release(row, cursor="done")
    assert claim() == row
    rows[0].refresh_from_db()
    assert rows[0].cursor == "done"


def test_a_lease_can_be_made_longer(rows: list[ChannelWork], clock: SimpleNamespace) -> None:
    row = claim()
    claim()
    assert row is not None
    clock.seconds += 50
    due.extend(row, lease=60)
    clock.seconds += 59
    assert claim() == rows[1]
    assert claim() is None


def test_ripe_is_what_has_come_or_belongs_to_an_earlier_boot(
    rows: list[ChannelWork], clock: SimpleNamespace
) -> None:
    boot = due.boot()
    for until, lease_boot, is_ripe in (
        (None, boot, True),
        (1000.0, boot, True),
        (1000.1, boot, False),
        (1e9, "an earlier boot", True),
    ):
        ChannelWork.objects.filter(pk=rows[0].pk).update(lease_until=until, lease_boot=lease_boot)
        found = ChannelWork.objects.filter(due.ripe("lease_until"), pk=rows[0].pk).exists()
        assert found is is_ripe


def test_a_boot_has_one_name() -> None:
    due._this_boot.cache_clear()
    assert due.boot() == due.boot() != ""
