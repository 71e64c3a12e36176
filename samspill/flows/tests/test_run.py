"""`manage.py run` as real processes: it starts, mends itself, and leaves nobody behind."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings

pytestmark = [
    pytest.mark.enable_socket,
    pytest.mark.skipif(sys.platform != "linux", reason="reads /proc"),
]


class Group:
    """A started Samspill."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as found:
            found.bind(("127.0.0.1", 0))
            self.port = found.getsockname()[1]
        self.folder = folder
        self.log = (folder / "log").open("w+")
        self.process = self.start(stdout=self.log, stderr=subprocess.STDOUT)

    def start(self, **how) -> subprocess.Popen[str]:
        kept = {key: value for key, value in os.environ.items() if not key.startswith("SAMSPILL_")}
        env = kept | {"SAMSPILL_DATA": str(self.folder), "SAMSPILL_PORT": str(self.port)}
        command = [sys.executable, "manage.py", "run"]
        return subprocess.Popen(command, cwd=settings.BASE_DIR, env=env, text=True, **how)

    def said(self) -> str:
        return Path(self.log.name).read_text()

    def health(self) -> str:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/health", timeout=5) as answer:
                return str(answer.read(), "utf-8").strip()
        except urllib.error.HTTPError as error:
            with error:
                return error.read().decode().strip()
        except OSError:
            return "no answer"

    def children(self) -> list[int]:
        return below(self.process.pid)

    def end(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(30)
        self.log.close()


def below(pid: int) -> list[int]:
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except FileNotFoundError:
        return []
    return [each for child in children for each in (int(child), *below(int(child)))]


def alive(pids: list[int]) -> list[int]:
    def is_alive(pid: int) -> bool:
        try:
            return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
        except (FileNotFoundError, ProcessLookupError):
            return False

    return [pid for pid in pids if is_alive(pid)]


def until(what: Callable[[], bool], seconds: float = 30) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if what():
            return True
        time.sleep(0.05)
    return False


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("data")


@pytest.fixture
def group(folder: Path) -> Iterator[Group]:
    group = Group(folder)
    try:
        until(lambda: group.health() == "ok" or group.process.poll() is not None)
        assert group.health() == "ok", group.said()
        assert until(lambda: len(group.children()) == 5), group.said()
        yield group
    finally:
        group.end()


def test_one_word_opens_the_door_and_ctrl_c_closes_it(group):
    assert f"Samspill is open at http://localhost:{group.port}" in group.said()
    assert "with this code:" in group.said()
    second = group.start(stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    _out, refused = second.communicate(timeout=30)
    assert second.returncode == 1
    assert f"already running on the data folder {group.folder} (process {group.process.pid})" in refused
    everyone = group.children()
    group.process.send_signal(signal.SIGINT)
    assert group.process.wait(30) == 0
    assert not alive(everyone)
    assert "Samspill has ended." in group.said()


def test_killed_children_come_back_and_a_killed_parent_takes_them_along(group):
    first = group.children()
    for pid in first:
        if alive([pid]):
            os.kill(pid, signal.SIGKILL)
    assert until(lambda: len(alive(group.children())) == 5), group.said()
    assert not set(first) & set(group.children())
    assert until(lambda: group.health() == "ok"), group.said()
    assert "was killed by signal 9. It starts again in 1 s." in group.said()
    everyone = group.children()
    group.process.kill()
    group.process.wait(30)
    assert until(lambda: not alive(everyone)), group.said()


@pytest.mark.parametrize(
    ("setting", "sentence"),
    [
        ({"SAMSPILL_DATA": "{file}/data"}, "The data folder {file}/data cannot be made"),
        ({"SAMSPILL_DATA": "{folder}", "SAMSPILL_PORT": "eighty"}, "SAMSPILL_PORT is 'eighty'"),
    ],
)
def test_what_cannot_start_says_why_in_a_sentence(tmp_path, setting, sentence):
    names = {"file": tmp_path / "file", "folder": tmp_path}
    names["file"].touch()
    env = os.environ | {key: value.format(**names) for key, value in setting.items()}
    command = [sys.executable, "manage.py", "run"]
    done = subprocess.run(command, cwd=settings.BASE_DIR, env=env, capture_output=True, text=True, timeout=30)
    assert done.returncode == 1
    assert sentence.format(**names) in done.stderr
    assert "Traceback" not in done.stderr
