"""Our accounts on the networks, and the work that is due on each."""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, fields

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samspill.accounts.models import User, Workspace
from samspill.lib import crypto, due
from samspill.lib.plain import line, web_address
from samspill.networks.base import Account, Can, Limits, Network, Secrets, SignedIn
from samspill.networks.errors import NetworkError, Reconnect, TryLater

RENEWING = 90.0  # seconds that one renewal of secrets may take, and that others wait for it


class ChannelQuerySet(models.QuerySet["Channel"]):
    def in_workspace(self, workspace: Workspace) -> ChannelQuerySet:
        return self.filter(workspace=workspace)

    def open(self) -> ChannelQuerySet:
        return self.filter(closed_at=None)

    def publishing(self) -> ChannelQuerySet:
        """Those that a draft can go out on."""
        from samspill.networks.registry import NETWORKS

        able = [key for key, network in NETWORKS.items() if Can.PUBLISH in network.can]
        return self.open().filter(network__in=able)


class Channel(models.Model):
    """An account of ours on a network."""

    class State(models.TextChoices):
        WORKING = "working", _("works")
        RECONNECT = "reconnect", _("must be connected again")
        FAILING = "failing", _("does not answer")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="channels")
    network = models.CharField(max_length=20)
    server = models.CharField(max_length=255, blank=True)
    handle = models.CharField(max_length=255)
    remote_id = models.CharField(max_length=255)
    name = models.CharField(max_length=100)
    url = models.URLField(max_length=500, blank=True)
    secrets = models.TextField(blank=True)  # AES-256-GCM, see lib/crypto.py
    limits = models.JSONField(default=dict)  # base.Limits as the server last told it
    state = models.CharField(max_length=10, choices=State.choices, default=State.WORKING)
    last_error = models.TextField(blank=True)
    last_ok_at = models.DateTimeField(null=True)
    connected_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True)
    connected_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True)
    # one at a time renews the secrets: lease and fence, see lib/due.py
    lease_owner = models.CharField(max_length=60, blank=True)
    lease_boot = models.CharField(max_length=40, blank=True)
    lease_until = models.FloatField(null=True)
    fence = models.PositiveIntegerField(default=0)

    objects = ChannelQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "network", "remote_id"], name="one_channel_an_account"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.get_network_name()})"

    def get_network_name(self) -> str:
        return self.adapter().name

    def adapter(self) -> Network:
        from samspill.networks.registry import NETWORKS

        return NETWORKS[self.network]

    def account(self) -> Account:
        """What the adapter needs to work for this channel. Raises crypto.Unreadable when the key is lost."""
        return Account(
            self.server, self.handle, self.remote_id, self.open_secrets(), self.keep_secrets, self._alone
        )

    def open_secrets(self) -> Secrets:
        found = json.loads(self._opened())
        return {str(name): str(value) for name, value in found.items()}

    def _opened(self) -> str:
        """Remembered while they are the same: the key may be changed and forgotten while somebody works."""
        known: tuple[str, str] | None = self.__dict__.get("_known")
        if known is None or known[0] != self.secrets:
            known = self.secrets, crypto.unseal(self.secrets, *self._place())
            self.__dict__["_known"] = known
        return known[1]

    def keep_secrets(self, secrets: Secrets) -> None:
        """Seal and store in one commit. What is empty never takes the place of what is not.

        Where the channel was closed or connected again since ours were read, those that stand are right.
        """
        with transaction.atomic():
            stands = Channel.objects.select_for_update().values_list("secrets", flat=True).get(pk=self.pk)
            if self._are_outdated(stands):
                self.secrets = stands
                return
            known = self.open_secrets() if self.secrets else {}
            full = {**known, **{name: value for name, value in secrets.items() if value}}
            self.secrets = crypto.seal(json.dumps(full), *self._place())
            Channel.objects.filter(pk=self.pk).update(secrets=self.secrets)

    def take(self, signed_in: SignedIn, limits: Limits, by: User) -> None:
        """Stand connected with what the sign-in gave; what hangs on the row stays. Not yet saved."""
        account = signed_in.account
        self.server, self.handle, self.remote_id = (
            account.server,
            line(account.handle, 255),
            account.remote_id,
        )
        self.name = line(signed_in.name, 100) or self.handle[:100]
        self.url, self.limits = web_address(signed_in.url, 500), asdict(limits)
        self.secrets = crypto.seal(json.dumps(dict(account.secrets)), *self._place())
        self.state, self.last_error, self.last_ok_at = self.State.WORKING, "", timezone.now()
        if self.closed_at:
            self.connected_at = timezone.now()  # a new beginning; after a fault what was promised stands
        self.connected_by, self.closed_at = by, None

    def shut(self) -> None:
        """Ask nothing of it any more, and forget how to sign in. What was said there stays."""
        self.closed_at, self.secrets = timezone.now(), ""
        self.save(update_fields=["closed_at", "secrets"])

    def known_limits(self) -> Limits:
        """What the server takes, as it last told."""
        names = {each.name for each in fields(Limits)}
        told = {name: value for name, value in self.limits.items() if name in names}
        return Limits(**{"text": 500, "unit": "characters", **told})

    def refresh_limits(self) -> Limits:
        """Ask the server what it takes now, and keep the answer. Raises one of errors.py."""
        limits = self.adapter().limits(self.account())
        self.limits = asdict(limits)
        Channel.objects.filter(pk=self.pk).update(limits=self.limits)
        return limits

    def length(self, text: str) -> int:
        """The text's length as this channel's network counts it."""
        return self.adapter().length(text, self.known_limits())

    def worked(self) -> None:
        """The network has answered: the channel works."""
        self._is(self.State.WORKING, "", last_ok_at=timezone.now())

    def failed(self, error: NetworkError) -> None:
        """The network has not done what was asked: say so where people see it.

        A sign-in that ran out says nothing of one that was made since.
        """
        if isinstance(error, Reconnect):
            stands = Channel.objects.values_list("secrets", flat=True).get(pk=self.pk)
            if self._are_outdated(stands):
                return
        state = self.State.RECONNECT if isinstance(error, Reconnect) else self.State.FAILING
        self._is(state, str(error))

    def _is(self, state: str, error: str, **more: object) -> None:
        values = {"state": state, "last_error": error, **more}
        Channel.objects.filter(pk=self.pk).update(**values)
        for name, value in values.items():
            setattr(self, name, value)

    def _are_outdated(self, stands: str) -> bool:
        """Are our secrets others than those that stand? The same, sealed again under a new key, are not."""
        if stands == self.secrets:
            return False
        if not stands:
            return True
        try:
            return self._opened() != crypto.unseal(stands, *self._place())
        except crypto.Unreadable:
            return True

    def _place(self) -> tuple[str, str, str]:
        return ("networks_channel", "secrets", str(self.uuid))

    @contextmanager
    def _alone(self) -> Iterator[Secrets]:
        """Hold everyone else's renewal back; the secrets as they stand once it is our turn."""
        row = self._turn()
        self.secrets = row.secrets
        try:
            yield self.open_secrets()
        finally:
            Channel.objects.filter(pk=row.pk, fence=row.fence).update(lease_owner="", lease_until=None)

    def _turn(self) -> Channel:
        until = time.monotonic() + RENEWING
        while time.monotonic() < until:
            row = due.claim(Channel.objects.filter(pk=self.pk), lease=RENEWING)
            if row is not None:
                return row
            time.sleep(0.1)
        raise TryLater(_("The sign-in is being renewed; this waits for it."))


class ChannelWork(models.Model):
    """What must be asked of a channel again and again: its inbox, its threads, its numbers."""

    class Verb(models.TextChoices):
        COLLECT = "collect"  # notifications, by cursor
        THREADS = "threads"  # below our own recent posts
        SAMPLE = "sample"  # numbers

    channel = models.ForeignKey(Channel, models.CASCADE, related_name="work")
    verb = models.CharField(max_length=10, choices=Verb.choices)
    due_at = models.DateTimeField(default=timezone.now)
    cursor = models.TextField(blank=True)
    tries = models.PositiveIntegerField(default=0)
    last_run_at = models.DateTimeField(null=True)
    # lease and fence, see lib/due.py
    lease_owner = models.CharField(max_length=60, blank=True)
    lease_boot = models.CharField(max_length=40, blank=True)
    lease_until = models.FloatField(null=True)  # seconds on the monotonic clock
    fence = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["channel", "verb"], name="one_row_a_verb")]
        indexes = [models.Index(fields=["due_at"], name="channelwork_due")]
