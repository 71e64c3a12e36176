"""Let one clock, or the streams, run in this process: `manage.py clock deliveries`. `run` starts them all."""

from __future__ import annotations

import signal
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from samspill.flows.clock import STREAMS, clocks
from samspill.flows.streams import streams


class Command(BaseCommand):
    help = "Do what is due, until stopped. Only where something else than `run` keeps processes up."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", choices=sorted([*clocks(), STREAMS]))

    def handle(self, *args: Any, **options: Any) -> None:
        name = options["name"]
        clock = streams() if name == STREAMS else clocks()[name]
        for each in (signal.SIGTERM, signal.SIGINT):
            signal.signal(each, lambda *_: clock.stop())
        clock.run()
