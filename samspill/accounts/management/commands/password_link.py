"""manage.py password_link <e-mail>: print a one-time link to a new password."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from samspill.accounts import log
from samspill.accounts.models import User
from samspill.accounts.password_link import password_link


class Command(BaseCommand):
    help = (
        "Print a link with which the person with this e-mail makes a new password. It works once, for a day."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="the e-mail the person signs in with")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(email=options["email"].strip().lower()).first()
        if user is None:
            raise CommandError(f"Nobody signs in with {options['email']}.")
        log.record("password_link.create", workspace=None, user=None, subject=user, by="manage.py")
        self.stdout.write(password_link(user))
