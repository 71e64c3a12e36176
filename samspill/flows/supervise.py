"""One process that keeps a few others up, and takes them with it when it goes, whatever it is they do."""

from __future__ import annotations

import ctypes
import logging
import os
import select
import signal
import sys
import time
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import NoReturn

log = logging.getLogger(__name__)
STOP = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
HEALTHY = 60.0  # seconds; who lived as long may come back at once
LONGEST_PAUSE = 30.0
GRACE = 25.0  # seconds to end in; afterwards they are ended
DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG, Linux


@dataclass
class Child:
    """A process by what it does. `pid` 0: it is down, and comes back at `again_at`."""

    name: str
    main: Callable[[], None]
    pid: int = 0
    started: float = 0.0
    falls: int = 0
    again_at: float = 0.0


class Supervisor:
    """Run the children until a signal says stop. Each has a process group of its own: its children go too."""

    def __init__(self, children: Sequence[Child], grace: float = GRACE) -> None:
        self.children = children
        self.grace = grace
        self.told = 0
        self.awake, self.wakes = os.pipe()

    def run(self) -> None:
        """Come back when all children have ended."""
        os.set_blocking(self.wakes, False)
        os.set_blocking(self.awake, False)
        signal.set_wakeup_fd(self.wakes, warn_on_full_buffer=False)
        for each in STOP:
            signal.signal(each, self._told)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        while not self.told:
            self._start()
            pauses = [child.again_at - time.monotonic() for child in self.children if not child.pid]
            self._sleep(min(pauses, default=3600.0))
            self._reap()
        self._end()

    def _told(self, *_: object) -> None:
        self.told += 1

    def _start(self) -> None:
        for child in self.children:
            if not child.pid and time.monotonic() >= child.again_at:
                self._fork(child)

    def _fork(self, child: Child) -> None:
        parent = os.getpid()
        child.started = time.monotonic()
        child.pid = os.fork()
        if child.pid == 0:
            self._be(child, parent)
        with suppress(ProcessLookupError, PermissionError):  # it has done so itself, or has ended already
            os.setpgid(child.pid, child.pid)

    def _be(self, child: Child, parent: int) -> NoReturn:
        """In the child: no signal goes by, the group is its own, and no parent means no child."""
        code = 1
        try:
            signal.set_wakeup_fd(-1)
            os.close(self.awake)
            os.close(self.wakes)
            for each in (*STOP, signal.SIGCHLD):
                signal.signal(each, signal.SIG_DFL)
            os.setpgid(0, 0)
            die_with_parent(parent)
            child.main()
            code = 0
        except SystemExit as error:
            code = error.code if isinstance(error.code, int) else 1
        except BaseException:
            traceback.print_exc()
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)

    def _sleep(self, seconds: float) -> None:
        """Until a signal comes, or that long."""
        select.select([self.awake], [], [], max(seconds, 0.0))
        with suppress(BlockingIOError):
            os.read(self.awake, 4096)

    def _reap(self) -> None:
        for child, status in self._ended():
            code = os.waitstatus_to_exitcode(status)
            how = f"was killed by signal {-code}" if code < 0 else f"stopped with code {code}"
            _kill_group(child, signal.SIGKILL)
            lived = time.monotonic() - child.started
            child.falls = 1 if lived > HEALTHY else child.falls + 1
            pause = min(2.0 ** (child.falls - 1), LONGEST_PAUSE)
            child.pid, child.again_at = 0, time.monotonic() + pause
            log.warning("The process for %s %s. It starts again in %d s.", child.name, how, pause)

    def _ended(self) -> list[tuple[Child, int]]:
        """The children that have ended since, with their status. Whatever else there is to bury is buried."""
        ended: list[tuple[Child, int]] = []
        while True:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return ended
            if pid == 0:
                return ended
            ended += [(child, status) for child in self.children if child.pid == pid]

    def _end(self) -> None:
        """Tell them to end, give them time, then end what is left. A second signal takes away the time."""
        told, until = self.told, time.monotonic() + self.grace
        for child in self.children:
            if child.pid:
                os.kill(child.pid, signal.SIGTERM)
        while any(child.pid for child in self.children) and time.monotonic() < until and self.told == told:
            self._sleep(until - time.monotonic())
            for child, _status in self._ended():
                _kill_group(child, signal.SIGKILL)
                child.pid = 0
        for child in self.children:
            if child.pid:
                _kill_group(child, signal.SIGKILL)
                os.waitpid(child.pid, 0)


def die_with_parent(parent: int, how: signal.Signals = signal.SIGTERM) -> None:
    """Let the kernel send this process a signal as soon as its parent is gone, however that came about."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(DIE_WITH_PARENT, how)
    if os.getppid() != parent:
        os.kill(os.getpid(), how)


def _kill_group(child: Child, how: signal.Signals) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, how)
