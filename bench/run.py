"""Run every benchmark, one after the other: `make bench`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
NOT_BENCHES = {"__init__", "run", "results"}


def main() -> int:
    failed = 0
    for path in sorted(FOLDER.glob("*.py")):
        if path.stem in NOT_BENCHES:
            continue
        print(f"\n== {path.stem}", flush=True)
        failed += (
            subprocess.run([sys.executable, "-m", f"bench.{path.stem}"], cwd=FOLDER.parent).returncode != 0
        )
    return failed


if __name__ == "__main__":
    sys.exit(main())
