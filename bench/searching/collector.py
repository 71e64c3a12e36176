"""The product's process for streams, with a watch on how long each transaction takes.

    python -m bench.searching.collector FOLDER

FOLDER/longest holds the longest so far, in milliseconds, and the most memory it has had, in megabytes.
"""

from __future__ import annotations

import resource
import sys
import time
from pathlib import Path
from typing import Any

import django


class Watched:
    """A store whose `keep` is timed."""

    def __init__(self, store: Any, path: Path) -> None:
        self.store, self.path = store, path
        self.longest, self.told = 0.0, 0.0

    def keep(self, *events: Any, **more: Any) -> Any:
        begun = time.perf_counter()
        kept = self.store.keep(*events, **more)
        now = time.perf_counter()
        self.longest = max(self.longest, now - begun)
        if now - self.told > 1:
            self.told = now
            memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            self.path.write_text(f"{self.longest * 1000:.1f} {memory:.0f}")
        return kept

    def __getattr__(self, name: str) -> Any:
        return getattr(self.store, name)


def main(folder: Path) -> None:
    from samspill.archive.open import open_archive
    from samspill.flows.streams import Streams

    store: Any = Watched(open_archive(), folder / "longest")
    Streams(store).run()


if __name__ == "__main__":
    django.setup()
    main(Path(sys.argv[1]))
