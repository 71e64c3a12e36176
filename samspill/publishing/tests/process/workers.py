"""The workers, forked from one process that has loaded the product, and forked anew whenever one dies.

    python -m samspill.publishing.tests.process.workers FOLDER WAY COUNT DELIVERIES SEED

makes the rows to deliver, then works as WAY says: "product", or one of two ways that are known to be wrong
and show that this test sees both kinds of fault: "insist" (again until there is an answer, no key, no
look-up) and "mark" (mark as published, then send). FOLDER/pids lists the workers, FOLDER/history.jsonl what
was asked for.
"""

from __future__ import annotations

import ctypes
import json
import os
import random
import signal
import sys
import time
import uuid
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import django
import httpcore

WALLS = (0.0, 0.0, 0.0, 5.0, -5.0, 3600.0, -3600.0)  # seconds by which a worker's wall clock is wrong
SOCKET_POINTS = ("connected", "request_written", "answer_read")
PATIENCE = 0.8  # seconds for a whole request
LIFE = 2.0  # seconds that a worker with a wrong clock lives
DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG


def main(folder: Path, way: str, count: int, deliveries: int, seed: int) -> None:
    die_with_parent()
    chance = random.Random(seed)
    make_rows(folder, deliveries)
    (folder / "ready").touch()
    from django.db import connections

    connections.close_all()
    points = points_to_die_at(chance) if way == "product" else iter(lambda: "", None)
    pids: set[int] = set()
    number = 0
    while True:
        while len(pids) < count:
            number += 1
            pids.add(fork(folder, way, next(points), chance.randrange(2**32), number))
        half = folder / "pids.half"
        half.write_text(" ".join(map(str, pids)))
        half.rename(folder / "pids")
        pids.discard(os.wait()[0])


def die_with_parent() -> None:
    ctypes.CDLL(None).prctl(DIE_WITH_PARENT, signal.SIGKILL)


def points_to_die_at(chance: random.Random) -> Any:
    """Every second worker dies by itself at a named point, each in turn; the others wait to be killed."""
    from samspill.publishing.crash import POINTS

    points = [*POINTS, *SOCKET_POINTS]
    while True:
        chance.shuffle(points)
        for point in points:
            yield point
            yield ""


def make_rows(folder: Path, deliveries: int) -> None:
    """A workspace with both channels and what is due on them; what is asked goes into the history first."""
    from django.db import transaction

    from samspill.accounts.models import Member, Role, User, Workspace

    ports = json.loads((folder / "ports.json").read_text())
    bob = User.objects.create_user("bob@example.org", None, name="Bob")
    house = Workspace.objects.create(name="Fjord", slug="fjord")
    Member.objects.create(workspace=house, user=bob, role=Role.EDITOR)
    channels = [connect(house, bob, key, ports[key]) for key in ("bluesky", "mastodon")]
    texts = [(channels[number % 2], f"post {number:05d} {uuid.uuid4()}") for number in range(deliveries)]
    with (folder / "history.jsonl").open("a", encoding="utf-8") as history:
        for channel, text in texts:
            history.write(json.dumps({"asked": text, "network": channel.network}) + "\n")
    with transaction.atomic():
        for channel, text in texts:
            let_go(house, bob, channel, text)


def connect(house: Any, by: Any, key: str, port: int) -> Any:
    from samspill.networks.models import Channel
    from samspill.networks.registry import NETWORKS
    from samspill.publishing.tests.conftest import ANSWERS

    signed_in = NETWORKS[key].sign_in({**ANSWERS[key], "server": f"http://127.0.0.1:{port}"})
    channel = Channel(workspace=house, network=key)
    channel.take(signed_in, NETWORKS[key].limits(signed_in.account), by)
    channel.save()
    return channel


def let_go(house: Any, by: Any, channel: Any, text: str) -> None:
    from django.utils import timezone

    from samspill.publishing.models import Draft
    from samspill.publishing.schedule import plan

    draft = Draft.objects.create(workspace=house, title=text, text=text, author=by, state="approved")
    version = draft.versions.create(channel=channel, text=text)
    draft.approvals.create(by=by, yes=True, content_sha256=draft.content_sha256())
    plan(version, due_at=timezone.now())


def fork(folder: Path, way: str, point: str, seed: int, number: int) -> int:
    pid = os.fork()
    if pid:
        return pid
    die_with_parent()
    try:
        work(folder, way, point, random.Random(seed), number)
    finally:
        os._exit(0)


def work(folder: Path, way: str, point: str, chance: random.Random, number: int) -> None:
    import time_machine

    arm(folder, point, chance.randrange(4))
    wall = chance.choice(WALLS) if way == "product" and number > 4 else 0.0
    until = time.monotonic() + (LIFE if wall else 1e9)
    once = WAYS[way]
    with time_machine.travel(time.time() + wall, tick=True):
        while time.monotonic() < until:
            if not once():
                time.sleep(0.02)


def arm(folder: Path, point: str, spare: int) -> None:
    """Let this process kill itself when it reaches the point, having let it pass `spare` times."""
    from samspill.publishing import crash

    left = spare

    def kill(name: str) -> None:
        nonlocal left
        if name != point:
            return
        left -= 1
        if left < 0:
            with (folder / "points").open("a") as file:
                file.write(f"{name}\n")
            os.kill(os.getpid(), signal.SIGKILL)

    crash.reached = kill
    watch_sockets(kill)


def watch_sockets(kill: Callable[[str], None]) -> None:
    """The points that lie inside a request, at the socket."""
    connect = httpcore.SyncBackend.connect_tcp

    class Watched:
        def __init__(self, stream: httpcore.NetworkStream) -> None:
            self.stream = stream

        def write(self, buffer: bytes, timeout: float | None = None) -> None:
            self.stream.write(buffer, timeout)
            kill("request_written")

        def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
            answer = self.stream.read(max_bytes, timeout)
            kill("answer_read")
            return answer

        def __getattr__(self, name: str) -> Any:
            return getattr(self.stream, name)

    def connect_tcp(self: Any, *args: Any, **more: Any) -> Any:
        stream = connect(self, *args, **more)
        kill("connected")
        return Watched(stream)

    httpcore.SyncBackend.connect_tcp = connect_tcp  # type: ignore[method-assign]


# ---------- the three ways ----------


def as_the_product_does() -> bool:
    from samspill.publishing.deliver import Pace, deliver_due

    pace = Pace(
        lease=4.0,
        settle=lambda network: 3.0,  # more than the freshest intent and the oldest request together
        back_off=(0.1, 0.3, 1.0),
        reconnect=0.5,
        fresh=1.0,
        upload=1.0,
        rounds=40,
        give_up=timedelta(hours=24),
    )
    return deliver_due(pace) is not None


def insisting() -> bool:
    """As a plain task queue does it: again until there is an answer."""
    from django.utils import timezone

    from samspill.lib import due
    from samspill.networks.base import Outgoing
    from samspill.networks.errors import NetworkError
    from samspill.publishing.models import Delivery

    row = due.claim(Delivery.objects.due(), lease=4.0)
    while row is not None:
        channel = row.channel
        outgoing = Outgoing(str(uuid.uuid4()), timezone.now(), row.version.text)
        try:
            payload = channel.adapter().prepare(channel.account(), outgoing)
            channel.adapter().send(channel.account(), payload, outgoing.key)
        except NetworkError:
            continue
        Delivery.objects.filter(pk=row.pk).update(state=Delivery.State.PUBLISHED)
        return True
    return False


def marking_first() -> bool:
    """As one that is afraid of doubles does it: never look back."""
    from samspill.lib import due
    from samspill.networks.base import Outgoing
    from samspill.networks.errors import NetworkError
    from samspill.publishing.models import Delivery

    row = due.claim(Delivery.objects.due(), lease=4.0)
    if row is None:
        return False
    Delivery.objects.filter(pk=row.pk).update(state=Delivery.State.PUBLISHED)
    channel = row.channel
    try:
        payload = channel.adapter().prepare(
            channel.account(), Outgoing(row.key, row.due_at, row.version.text)
        )
        channel.adapter().send(channel.account(), payload, row.key)
    except NetworkError:
        pass
    return True


WAYS = {"product": as_the_product_does, "insist": insisting, "mark": marking_first}


def outside(sent: Any, limit: int, seconds: float) -> Any:
    """The product's own client with little patience, and the time of sending for the networks' books."""
    from dataclasses import replace

    from samspill.networks import http

    headers = {**sent.headers, "x-sent": str(time.monotonic())}
    return http.carry(replace(sent, headers=headers), limit, min(seconds, PATIENCE))


if __name__ == "__main__":
    django.setup()
    from samspill.networks import http

    with http.replaced(by=outside):
        main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4]), int(sys.argv[5]))
