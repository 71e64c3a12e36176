"""Seal what is secret under the newest key. May be stopped at any moment and started again."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError

from samspill.lib import crypto
from samspill.networks.models import Channel


class Command(BaseCommand):
    help = "Seal every channel's credentials under the newest key; with --new, under a new one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--new", action="store_true", help="make a new key first")
        parser.add_argument(
            "--forget", action="store_true", help="drop keys that nothing is sealed under any more"
        )

    def handle(self, *args: Any, new: bool, forget: bool, **options: Any) -> None:
        try:
            ring = crypto.add_key() if new else crypto.keys()
            sealed = sum(_seal_again(channel) for channel in self._behind(ring.newest))
            self.stdout.write(f"{sealed} sealed again; all {_all().count()} are under the key {ring.newest}.")
            if forget:
                used = {crypto.key_of(words) for words in _all().values_list("secrets", flat=True)}
                self.stdout.write(f"Forgotten: {', '.join(crypto.forget_keys(used)) or 'none'}.")
        except (crypto.Unreadable, ImproperlyConfigured) as error:
            raise CommandError(str(error)) from error

    def _behind(self, newest: str) -> list[Channel]:
        """Those under an older key. One that cannot be read stops the work before any key is forgotten."""
        behind = [channel for channel in _all() if crypto.key_of(channel.secrets) != newest]
        for channel in behind:
            try:
                channel.open_secrets()
            except crypto.Unreadable as error:
                raise crypto.Unreadable(f"Channel {channel.pk} ({channel.name}): {error}") from error
        return behind


def _all() -> Any:
    return Channel.objects.exclude(secrets="").order_by("pk")


def _seal_again(channel: Channel) -> bool:
    """Nothing where somebody has stored newer secrets meanwhile: those are under the newest key already."""
    same = Channel.objects.filter(pk=channel.pk, secrets=channel.secrets)
    return bool(same.update(secrets=channel.sealed_again()))
