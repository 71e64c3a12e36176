"""The product itself, started as a user starts it, and a browser that looks at it."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@dataclass
class Product:
    address: str
    data: Path
    log: Path
    process: subprocess.Popen[bytes]

    @property
    def code(self) -> str:
        """The one-time set-up code that the terminal shows."""
        found = re.search(r"/setup/ .*: ([a-z0-9-]+)$", self.log.read_text(encoding="utf-8"), re.MULTILINE)
        assert found, f"no set-up code in the output:\n{self.log.read_text(encoding='utf-8')}"
        return found.group(1)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running_product(
    data: Path, *, command: str = "run", env: Mapping[str, str] | None = None
) -> Iterator[Product]:
    """`manage.py <command>` on a data folder of its own, until the block ends; Ctrl-C must end all of it."""
    port = free_port()
    address = f"http://localhost:{port}"
    words = {
        "SAMSPILL_DATA": str(data),
        "SAMSPILL_PORT": str(port),
        "SAMSPILL_ADDRESS": address,
        **(env or {}),
    }
    log = data.with_suffix(".log")
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "manage.py", command],
            cwd=ROOT,
            env={**os.environ, **words},
            stdout=out,
            stderr=out,
        )
    try:
        _wait(address, process, log)
        yield Product(address, data, log, process)
    finally:
        process.send_signal(signal.SIGINT)
        assert process.wait(20) in (0, 130, -signal.SIGINT), log.read_text(encoding="utf-8")[-2000:]


def _wait(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(600):
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{address}/health", timeout=2):
                return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"the product did not start:\n{log.read_text(encoding='utf-8')[-4000:]}")


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


def sign_in(page: Page, demo: Product, who: str) -> None:
    """As one of the people of the demonstration, with the password that it prints."""
    said = re.search(rf"({who}@\S+)\s+(\S+)", demo.log.read_text(encoding="utf-8"))
    assert said, "the demonstration prints no such person"
    page.goto(f"{demo.address}/account/login/")
    page.fill("input[name=login]", said.group(1))
    page.fill("input[name=password]", said.group(2))
    page.press("input[name=password]", "Enter")
    page.wait_for_url("**/w/**")
