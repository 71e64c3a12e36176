"""Start a server as a child of the tests, and be sure that it ends with them."""

from __future__ import annotations

import os
import pwd
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from pathlib import Path

CACHE = Path(os.environ.get("SAMSPILL_LIVE_CACHE") or Path.home() / ".cache" / "samspill-live")


class Process:
    """One running server: stopped by its own process id, and by the kernel if the tests are killed."""

    def __init__(
        self,
        name: str,
        command: list[str],
        folder: Path,
        *,
        settings: Mapping[str, str] | None = None,
        as_user: str | None = None,
        stop_with: signal.Signals = signal.SIGTERM,
    ) -> None:
        self.name = name
        self.log = folder / f"{name}.log"
        self.stop_with = stop_with
        with self.log.open("wb") as log:
            self.child = subprocess.Popen(
                [*tied_to_us(stop_with, as_user), *command],
                cwd=folder,
                env={**os.environ, **(settings or {})},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # Ctrl-C reaches the tests only; they stop the servers in order
            )

    def wait_until(self, ready: Callable[[], bool], seconds: float = 60) -> None:
        """Raise RuntimeError, with the end of the log, if the server ends or is not ready in time."""
        deadline = time.monotonic() + seconds
        while not ready():
            if self.child.poll() is not None:
                raise RuntimeError(f"{self.name} ended with {self.child.returncode}:\n{self.last_lines()}")
            if time.monotonic() > deadline:
                raise RuntimeError(f"{self.name} was not ready after {seconds:.0f} s:\n{self.last_lines()}")
            time.sleep(0.05)

    def says(self, words: str) -> bool:
        return words in self.log.read_text(errors="replace")

    def last_lines(self, count: int = 30) -> str:
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-count:])

    def stop(self, seconds: float = 15) -> None:
        if self.child.poll() is None:
            self.child.send_signal(self.stop_with)
            try:
                self.child.wait(seconds)
            except subprocess.TimeoutExpired:
                self.child.kill()
                self.child.wait()


def tied_to_us(stop_with: signal.Signals, as_user: str | None) -> list[str]:
    """A prefix for a command: end with the process that started it; run as another user if we are root."""
    prefix = ["setpriv", "--pdeathsig", stop_with.name.removeprefix("SIG")]
    if as_user and os.geteuid() == 0:
        person = pwd.getpwnam(as_user)
        prefix += [f"--reuid={person.pw_uid}", f"--regid={person.pw_gid}", "--init-groups"]
    return [*prefix, "--"]


def free_ports(count: int) -> list[int]:
    """Different ports that nobody listens on just now."""
    with ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(count)]
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in sockets]


def answers(port: int) -> bool:
    """Whether something on this machine accepts connections on the port."""
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True
