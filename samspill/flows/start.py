"""Everything from one word: a data folder that stands, a database that fits, pages, and the clocks."""

from __future__ import annotations

import gc
import hashlib
import logging
import os
import signal
import socket
import tempfile
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import Error, connection, connections
from django.urls import get_resolver

from samspill.flows.clock import Clock, clocks
from samspill.flows.folder import CannotStart, prepare, sentence, take
from samspill.flows.streams import Streams, streams
from samspill.flows.supervise import Child, Supervisor
from samspill.flows.web import serve

log = logging.getLogger(__name__)


def start(say: Callable[[str], object]) -> None:
    """Serve until told to stop. Raises CannotStart with what is wrong."""
    folder = Path(settings.DATA_DIR)
    prepare(folder, sqlite=connection.vendor == "sqlite")
    held = take(folder)  # for as long as anyone of us lives
    os.environ["TMPDIR"] = tempfile.tempdir = str(folder / "tmp")
    door = open_door(settings.WEB_HOST, settings.WEB_PORT)
    try:
        make_ready()
    except (Error, OSError) as error:
        raise CannotStart(sentence(error) or f"The database cannot be made ready: {error}") from error
    welcome(say)
    connections.close_all()
    settle_memory()
    Supervisor(
        [
            Child("the pages", partial(serve, door.fileno())),
            *(Child(f"the {name}", partial(tick, clock)) for name, clock in clocks().items()),
            Child("the streams", listen),
        ]
    ).run()
    say("Samspill has ended.")
    held.close()


def settle_memory() -> None:
    """What is loaded by now stays shared by the children, and the collector looks less often.

    A page of a large strategy makes tens of thousands of objects that live until it is sent. With the usual
    thresholds the collector goes through them again and again in vain: a quarter of the page's time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 10, 10)


def open_door(host: str, port: int) -> socket.socket:
    """The socket that the pages are served on; ours before anything slow begins, and across restarts."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    door = socket.socket(family, socket.SOCK_STREAM)
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        door.bind((host, port))
    except OSError as error:
        door.close()
        raise CannotStart(
            f"Port {port} on {host} cannot be used: {error.strerror}. "
            "Stop what uses it, or choose another with SAMSPILL_PORT (and SAMSPILL_BIND)."
        ) from error
    door.listen(512)
    return door


def make_ready() -> None:
    """Bring database and static files in step with this version. Quick when they are.

    Side by side, because somebody waits; in processes of their own, as what they load is not needed later.
    """
    fork = get_context("fork")
    ignore = partial(
        signal.signal, signal.SIGINT, signal.SIG_IGN
    )  # a migration that has begun comes to its end
    with ProcessPoolExecutor(2, mp_context=fork, initializer=ignore) as pool:
        steps = [pool.submit(migrate), pool.submit(collect_static)]
        get_resolver().url_patterns  # noqa: B018 - loads all pages once, for all children
        for step in steps:
            step.result()


def migrate() -> None:
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)


def collect_static() -> None:
    """Copy what the pages need into the data folder, when it is not what lies there."""
    mark = Path(settings.STATIC_ROOT) / ".collected"
    now = _fingerprint()
    if mark.exists() and mark.read_text(encoding="utf-8") == now:
        return
    call_command("collectstatic", verbosity=0, interactive=False)
    mark.write_text(now, encoding="utf-8")


def _fingerprint() -> str:
    seen = hashlib.sha256(settings.VERSION.encode())
    for finder in get_finders():
        for path, storage in finder.list([]):
            stat = os.stat(storage.path(path))
            seen.update(f"{path} {stat.st_size} {stat.st_mtime_ns}\n".encode())
    return seen.hexdigest()


def welcome(say: Callable[[str], object]) -> None:
    """Where to go, and on the very first start the code that opens the door."""
    from samspill.accounts.setup import setup_code

    say(f"Samspill is open at {settings.ADDRESS}")
    if code := setup_code():
        say(f"Set it up at {settings.ADDRESS}/setup/ with this code: {code}")
    say("Ctrl-C ends it.")


def tick(work: Clock | Streams) -> None:
    """One clock as a child process. What has begun may end, but not take for ever."""

    def stop(*_: object) -> None:
        work.stop()
        signal.alarm(20)

    signal.signal(signal.SIGTERM, stop)
    work.run()


def listen() -> None:
    """The streams as a child process."""
    tick(streams())
