"""The process for streams, forked from one that has loaded the product, and forked anew whenever it dies.

    python -m samspill.flows.tests.streams.worker FOLDER WAY

works as WAY says: "product", or one of two ways that are known to be wrong and show that this test sees what
is lost: "first" (the cursor is kept before the events) and "overlap" (no second reader). FOLDER/pid is the
one to kill.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import django

# Everything is in a hurry, and stands to each other as it does in the product.
HURRY: dict[str, Any] = {
    "pauses": (0.02, 0.1),
    "healthy": 2.0,
    "silent": 0.5,
    "overlap": 0.5,
    "overlap_elsewhere": 1.0,
    "verify_every": 0.3,
    "verify_behind": 0.5,
    "quiet": 0.5,
    "patience": 0.05,
    "batch": 200,  # small, so that there are many also on a machine that is busy
}
FALLS = 4  # the batch in which one falls who keeps the cursor first
LESS = {"first": 0.0, "overlap": 0.1}  # seconds by which the wrong ways begin again before their place


def main(folder: Path, way: str) -> None:
    from samspill.flows.supervise import die_with_parent

    die_with_parent(os.getppid(), signal.SIGKILL)
    make_stream(folder)
    from django.db import connections

    connections.close_all()
    while True:
        pid = os.fork()
        if pid == 0:
            die_with_parent(os.getppid(), signal.SIGKILL)
            work(way)
            os._exit(0)
        half = folder / "pid.half"
        half.write_text(str(pid))
        half.rename(folder / "pid")
        os.waitpid(pid, 0)


def make_stream(folder: Path) -> None:
    """A workspace with the stream, which begins where the world does."""
    from samspill.accounts.models import Workspace
    from samspill.archive.arrivals import verified
    from samspill.archive.models import Stream
    from samspill.archive.open import open_archive
    from samspill.networks.bluesky.jetstream import Place

    truth = json.loads((folder / "truth.json").read_text())
    servers = [f"ws://127.0.0.1:{port}" for port in json.loads((folder / "ports.json").read_text())]
    house = Workspace.objects.create(name="Fjord", slug="fjord")
    stream = Stream.objects.create(workspace=house, source="\n".join(servers))
    begin = Place(truth["begin"]).written()
    store = open_archive()
    for key in (stream.key, verified(stream.key)):
        store.keep([], stream=key, cursor=begin)
    store.close()
    (folder / "key").write_text(stream.key)


def work(way: str) -> None:
    from samspill.archive.open import open_archive
    from samspill.archive.pace import Pace
    from samspill.flows.streams import Streams

    pace = Pace(**HURRY)
    store: Any = open_archive()
    if way == "first":
        store = CursorFirst(store)
    if way in LESS:
        pace = replace(pace, verify_every=1e6, overlap=LESS[way], overlap_elsewhere=LESS[way])
    Streams(store, pace).run()


class CursorFirst:
    """As one who is in a hurry does it: the cursor, then what came before it. It falls between the two."""

    def __init__(self, store: Any) -> None:
        self.store = store
        self.batches = 0

    def keep(self, events: Sequence[Any], *, stream: str = "", cursor: str = "", labels: Any = None) -> Any:
        self.store.keep([], stream=stream, cursor=cursor)
        self.batches += bool(events)
        if self.batches == FALLS:
            os.kill(os.getpid(), signal.SIGKILL)
        return self.store.keep(events)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.store, name)


if __name__ == "__main__":
    django.setup()
    main(Path(sys.argv[1]), sys.argv[2])
