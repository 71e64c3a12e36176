"""manage.py verify_log: has anybody changed or removed a line of the log?"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from samspill.accounts import log


class Command(BaseCommand):
    help = "Check the whole event log. Keep the link it prints elsewhere, and give it at the next check."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "link", nargs="*", help="links printed by earlier checks; they must still be there"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        verdict = log.verify(*options["link"])
        found = [
            *(f"Event {number} does not say what it said." for number in verdict.changed),
            *(f"Before event {number} something was taken out or put in." for number in verdict.loose),
            *(f"The link {link} is gone: the newest events were cut off." for link in verdict.links_lost),
        ]
        if found:
            raise CommandError("\n".join(found))
        self.stdout.write(
            f"The log is whole: {verdict.count} events. The last link is {verdict.last or 'none'}."
        )
