"""Both clocks of the tests: the wall's, which anybody can set, and the one that counts from the boot."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from samspill.lib import due

START = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


class Clock:
    def __init__(self, wall: Any, boot_id: Path) -> None:
        self.wall = wall
        self.boot_id = boot_id
        self.seconds = 1000.0
        self.boots = 0
        self.boot()

    def monotonic(self) -> float:
        return self.seconds

    def advance(self, seconds: float) -> None:
        """Time goes by."""
        self.seconds += seconds
        self.wall.shift(seconds)

    def set_wall(self, seconds: float) -> None:
        """Somebody sets the clock on the wall."""
        self.wall.shift(seconds)

    def boot(self) -> None:
        """The machine starts anew, and counts from nothing."""
        self.boots += 1
        self.seconds = 10.0 * self.boots
        self.boot_id.write_text(f"boot-{self.boots}")
        due._this_boot.cache_clear()
