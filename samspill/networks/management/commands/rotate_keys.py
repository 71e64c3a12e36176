"""Seal what is secret under the newest key. May be stopped at any moment and started again."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from allauth.mfa.models import Authenticator
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from samspill.accounts.adapter import SEALED_AT
from samspill.lib import crypto
from samspill.networks.models import Channel


class Command(BaseCommand):
    help = "Seal credentials and second steps under the newest key; with --new, under a new one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--new", action="store_true", help="make a new key first")
        parser.add_argument("--forget", action="store_true", help="drop keys that nothing is sealed under")

    def handle(self, *args: Any, new: bool, forget: bool, **options: Any) -> None:
        try:
            ring = crypto.add_key() if new else crypto.keys()
            sealed = sum(_channel(pk, ring.newest) for pk in _ids(Channel))
            sealed += sum(_second_step(pk, ring.newest) for pk in _ids(Authenticator))
            self.stdout.write(f"{sealed} sealed again under the key {ring.newest}.")
            if forget:
                self.stdout.write(f"Forgotten: {', '.join(crypto.forget_keys(_used())) or 'none'}.")
        except (crypto.Unreadable, ImproperlyConfigured) as error:
            raise CommandError(str(error)) from error


def _ids(model: Any) -> list[int]:
    return list(model.objects.order_by("pk").values_list("pk", flat=True))


def _channel(pk: int, newest: str) -> bool:
    """One row in a transaction of its own. One that cannot be read stops all before any key is forgotten."""
    with transaction.atomic():
        channel = Channel.objects.select_for_update().get(pk=pk)
        if not channel.secrets or crypto.key_of(channel.secrets) == newest:
            return False
        try:
            channel.keep_secrets({})
        except crypto.Unreadable as error:
            raise crypto.Unreadable(f"Channel {channel.pk} ({channel.name}): {error}") from error
    return True


def _second_step(pk: int, newest: str) -> bool:
    with transaction.atomic():
        row = Authenticator.objects.select_for_update().get(pk=pk)
        if {crypto.key_of(words) for words in _sealed(row.data)} <= {newest}:
            return False
        try:
            row.data = _again(row.data)
        except crypto.Unreadable as error:
            raise crypto.Unreadable(f"Second step {row.pk} of {row.user}: {error}") from error
        row.save(update_fields=["data"])
    return True


def _again(value: Any) -> Any:
    """The same data with every sealed word in it sealed anew."""
    if isinstance(value, dict):
        return {name: _again(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_again(each) for each in value]
    return crypto.seal(crypto.unseal(value, SEALED_AT), SEALED_AT) if crypto.is_sealed(value) else value


def _sealed(value: Any) -> list[str]:
    """Every sealed word in the data of a second step."""
    if isinstance(value, (dict, list)):
        parts = value.values() if isinstance(value, dict) else value
        return [words for part in parts for words in _sealed(part)]
    return [value] if crypto.is_sealed(value) else []


def _used() -> set[str]:
    words = list(Channel.objects.exclude(secrets="").values_list("secrets", flat=True))
    for data in Authenticator.objects.values_list("data", flat=True):
        words += _sealed(data)
    return {crypto.key_of(each) for each in words}
