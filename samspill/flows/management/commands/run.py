"""Samspill from one word: `manage.py run`."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from samspill.flows.folder import CannotStart
from samspill.flows.start import start


class Command(BaseCommand):
    help = "Make everything ready, then serve the pages and do what is due, until Ctrl-C."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            start(lambda line: print(line, flush=True))
        except KeyboardInterrupt:
            print("Samspill has ended before it was open.")
        except CannotStart as error:
            raise CommandError(str(error)) from error
