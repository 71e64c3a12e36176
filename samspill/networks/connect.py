"""Connect an account, connect it again, close it: a channel keeps its history through all of them.

The outside is asked first, with no transaction open; then the row, its work and the log are one.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samspill.accounts import log
from samspill.accounts.models import User, Workspace
from samspill.lib import crypto
from samspill.networks.base import Can, Limits, Network, Numbers, SignedIn
from samspill.networks.errors import NetworkError, Reconnect, WrongAnswer
from samspill.networks.models import Channel, ChannelWork

WORK = {
    ChannelWork.Verb.COLLECT: Can.INBOX,
    ChannelWork.Verb.THREADS: Can.INBOX,
    ChannelWork.Verb.SAMPLE: Can.NUMBERS,
}
LOST_KEY = _("The channel's credentials can no longer be read here. Connect it again.")


def ask(network: Network, answers: Mapping[str, str]) -> tuple[SignedIn, Limits]:
    """Sign in outside. Raises WrongAnswer, which names the field, or another of errors.py."""
    signed_in = network.sign_in(answers)
    if max(len(signed_in.account.remote_id), len(signed_in.account.server)) > 255:
        raise WrongAnswer(_("The server gives longer names than we can keep."))
    return signed_in, network.limits(signed_in.account)


def connect(workspace: Workspace, network: Network, signed_in: SignedIn, limits: Limits, by: User) -> Channel:
    """A new channel; or the one that this account was here before, open or closed, with all its history."""
    with transaction.atomic():
        channel = (
            Channel.objects.in_workspace(workspace)
            .select_for_update()
            .filter(network=network.key, remote_id=signed_in.account.remote_id)
            .first()
        )
        known = channel is not None
        channel = channel or Channel(workspace=workspace, network=network.key)
        _take(channel, signed_in, limits, by)
        action = "channel.reconnect" if known else "channel.connect"
        log.record(action, workspace=workspace, user=by, subject=channel, network=network.key)
    return channel


def reconnect(channel: Channel, signed_in: SignedIn, limits: Limits, by: User) -> None:
    """Give the channel new credentials. Raises WrongAnswer when they are another account's."""
    if signed_in.account.remote_id != channel.remote_id:
        raise WrongAnswer(
            _("This is another account. Sign in with the channel's own, or connect this as a new channel.")
        )
    with transaction.atomic():
        _take(channel, signed_in, limits, by)
        log.record("channel.reconnect", workspace=channel.workspace, user=by, subject=channel)


def close(channel: Channel, by: User) -> None:
    with transaction.atomic():
        channel.shut()
        log.record("channel.close", workspace=channel.workspace, user=by, subject=channel)


def check(channel: Channel) -> Numbers:
    """Ask the network how the account stands and what it takes now; the channel says what came of it.

    Raises one of errors.py, which stands on the channel then.
    """
    try:
        account = channel.account()
        numbers = channel.adapter().numbers(account)
        channel.refresh_limits()
    except crypto.Unreadable as error:
        lost = Reconnect(LOST_KEY)
        channel.failed(lost)
        raise lost from error
    except NetworkError as error:
        channel.failed(error)
        raise
    channel.worked()
    return numbers


def _take(channel: Channel, signed_in: SignedIn, limits: Limits, by: User) -> None:
    channel.take(signed_in, limits, by)
    channel.save()
    able = channel.adapter().can
    rows = [ChannelWork(channel=channel, verb=verb) for verb, need in WORK.items() if need in able]
    ChannelWork.objects.bulk_create(rows, ignore_conflicts=True)
