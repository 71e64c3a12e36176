"""Two Jetstream servers as one process, with the faults that befall such servers.

    python -m samspill.flows.tests.streams.servers FOLDER SEED EVENTS RATE

FOLDER/ports.json says where they answer, and FOLDER/truth.json what must be kept in the end. Time begins when
somebody connects, at RATE events a second. At SIGTERM FOLDER/counts.json says what went wrong.
"""

from __future__ import annotations

import asyncio
import json
import signal
import sys
import time
from pathlib import Path
from typing import Any

from samspill.flows.tests.streams.world import Maker
from samspill.networks.bluesky.tests.firehose import Faults, Firehose

CUTS = (400, 3000)  # events until a connection ends, in a small world
MANY, LONGER_CUTS = 50_000, (2000, 20_000)  # the same in one of so many events
CUT_OVER = (0, 60)  # events that are left out where the replay meets the present


async def main(folder: Path, seed: int, count: int, rate: float) -> None:
    begin = time.time_ns() // 1000
    world = Maker(seed, begin, int(1e6 / rate)).make(count)
    cuts = CUTS if count < MANY else LONGER_CUTS
    faults = Faults(cuts=cuts, silences=0.1, cut_over=CUT_OVER, refusals=0.1)
    hoses = [Firehose(world.events, rate=rate, faults=faults, seed=seed + each) for each in (0, 1)]
    doors = [await asyncio.start_server(hose.serve, "127.0.0.1", 0, backlog=100) for hose in hoses]
    ports = [door.sockets[0].getsockname()[1] for door in doors]
    loop, ended = asyncio.get_running_loop(), asyncio.Event()
    loop.add_signal_handler(signal.SIGTERM, ended.set)
    truth = {
        "posts": world.posts,
        "tags": world.tags(),
        "words": world.words(),
        "poison": world.poison,
        "events": world.counted,
        "begin": begin,
        "last": world.events[world.counted - 1].at,
    }
    put(folder / "truth.json", truth)
    put(folder / "ports.json", ports)
    while not any(hose.asked for hose in hoses):
        await asyncio.sleep(0.005)
    for hose in hoses:
        hose.hurry(0)
    await ended.wait()
    put(folder / "counts.json", [hose.counts for hose in hoses])


def put(path: Path, said: Any) -> None:
    half = path.with_suffix(".half")
    half.write_text(json.dumps(said), encoding="utf-8")
    half.rename(path)


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4])))
