"""Show what was measured, and keep it beside the goal."""

from __future__ import annotations

import json
import os
import platform
import statistics
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

FOLDER = Path(__file__).resolve().parent / "results"


def show(measured: Mapping[str, Sequence[float]], goals: Mapping[str, float]) -> None:
    """A table: median, lowest, highest, goal, and whether the median keeps it."""
    print(f"{'':34}{'median':>9}{'lowest':>9}{'highest':>9}{'goal':>9}")
    for name, values in measured.items():
        goal = goals.get(name)
        middle = statistics.median(values)
        verdict = "" if goal is None else f"{goal:9.1f}  {'kept' if middle <= goal else 'MISSED'}"
        print(f"{name:34}{middle:9.2f}{min(values):9.2f}{max(values):9.2f}{verdict}")


def keep(name: str, measured: Mapping[str, object]) -> None:
    """Write bench/results/<name>.json, with the machine it was measured on."""
    machine = {"cores": os.cpu_count(), "python": platform.python_version(), "system": platform.system()}
    said = {"at": datetime.now(UTC).isoformat(timespec="seconds"), "machine": machine, **measured}
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / f"{name}.json").write_text(json.dumps(said, indent=1) + "\n", encoding="utf-8")
