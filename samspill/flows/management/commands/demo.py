"""The demonstration from one word: `manage.py demo`."""

from __future__ import annotations

import os
import secrets
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections

from samspill.flows.demo.seed import is_seeded, seed
from samspill.flows.folder import CannotStart, prepare, take
from samspill.flows.start import make_ready, start

NOT_HERE = ("SAMSPILL_DATA_FILE", "SAMSPILL_DATABASE", "SAMSPILL_DATABASE_FILE")
KEPT = "demo-sign-in"
HOSTS = {
    "ingrid@fjordkraftlaget.example": "leads Fjordkraftlaget, and helps Rivermouth Council",
    "alex@rivermouth.example": "leads Rivermouth Council",
}


class Command(BaseCommand):
    help = "Open two invented organisations with a year behind them, in a folder of their own, until Ctrl-C."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--anew", action="store_true", help="forget what was tried, and begin again")
        parser.add_argument("--here", action="store_true", help="the data folder is the demonstration's own")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["here"]:
            return _move_over(anew=options["anew"])
        try:
            _open(lambda line: print(line, flush=True))
        except KeyboardInterrupt:
            print("The demonstration has ended before it was open.")
        except CannotStart as error:
            raise CommandError(str(error)) from error


def _move_over(*, anew: bool) -> None:
    """Begin again in the folder `demo` of the data folder, where nothing real is within reach."""
    folder = Path(settings.DATA_DIR) / "demo"
    if anew and (folder / KEPT).exists():
        shutil.rmtree(folder)
    words = {name: value for name, value in os.environ.items() if name not in NOT_HERE}
    words["SAMSPILL_DATA"] = str(folder)
    os.execve(sys.executable, [sys.executable, sys.argv[0], "demo", "--here"], words)  # noqa: S606 - ourselves


def _open(say: Callable[[str], object]) -> None:
    folder = Path(settings.DATA_DIR)
    prepare(folder, sqlite=True)
    with take(folder):
        make_ready()
        if not is_seeded():
            say("Inventing two organisations and a year for each ...")
            seed(_password(folder))
        connections.close_all()
    say("Sign in with one of these:")
    for email, what in HOSTS.items():
        say(f"  {email:<32} {_password(folder)}  {what}")
    say("Nothing leaves this machine. To begin again: manage.py demo --anew")
    start(say)


def _password(folder: Path) -> str:
    """The same at each start of the same demonstration, and another on the next machine."""
    path = folder / KEPT
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(f"samspill-{secrets.token_hex(4)}", encoding="ascii")
    return path.read_text(encoding="ascii")
