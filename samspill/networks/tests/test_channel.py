"""A channel: keeps its secrets sealed, renews them one at a time, says how it is."""

from __future__ import annotations

import json
import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import asdict

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.db import connection, connections

from samspill.accounts.adapter import MFAAdapter
from samspill.accounts.models import Workspace
from samspill.lib import crypto
from samspill.networks.base import Account, Limits, SignedIn
from samspill.networks.errors import Reconnect, TryLater
from samspill.networks.models import Channel
from samspill.networks.registry import NETWORKS


@pytest.fixture
def channel(cast):
    return made(cast.fjord, cast.olga)


def made(workspace, by, name="fjordkraftlaget", network="demo", **secrets):
    account = Account("", name, name, secrets or {"access": "a1", "refresh": "r1", "password": "hush"})
    channel = Channel(workspace=workspace, network=network)
    channel.take(SignedIn(account, name.title(), ""), Limits(500, "graphemes"), by)
    channel.save()
    return channel


def test_secrets_are_sealed_in_the_database(channel):
    with connection.cursor() as cursor:
        cursor.execute("SELECT secrets FROM networks_channel")
        (stored,) = cursor.fetchone()
    assert "hush" not in stored
    assert Channel.objects.get().account().secrets == {"access": "a1", "refresh": "r1", "password": "hush"}


def test_secrets_moved_to_another_channel_do_not_open(cast, channel):
    other = made(cast.fjord, cast.olga, "annen")
    Channel.objects.filter(pk=other.pk).update(secrets=channel.secrets)
    other.refresh_from_db()
    with pytest.raises(crypto.Unreadable):
        other.account()


def test_secrets_do_not_show_where_an_account_is_shown(channel):
    assert "hush" not in repr(channel.account())
    assert "hush" not in str(channel)


def test_kept_secrets_are_there_at_once_and_empty_ones_change_nothing(channel):
    channel.account().keep({"access": "a2", "refresh": ""})
    assert Channel.objects.get().account().secrets == {"access": "a2", "refresh": "r1", "password": "hush"}


def test_renewed_secrets_are_taken_over_and_not_renewed_again(channel):
    stale = Channel.objects.get().account()
    Channel.objects.get().account().keep({"access": "a2", "refresh": "r2"})
    found = stale.renew(stale.secrets, lambda secrets: pytest.fail("somebody else has done it"))
    assert found["access"] == "a2"


def test_renewal_that_fails_lets_the_next_one_try(channel):
    account = channel.account()

    def fail(secrets):
        raise TryLater("no answer")

    with pytest.raises(TryLater):
        account.renew(account.secrets, fail)
    assert account.renew(account.secrets, lambda secrets: {**secrets, "access": "a2"})["access"] == "a2"
    assert Channel.objects.get().open_secrets()["access"] == "a2"


def test_renewal_under_way_does_not_open_a_closed_channel_again(channel):
    account = channel.account()

    def close_meanwhile(secrets):
        Channel.objects.get().shut()
        return {**secrets, "access": "a2"}

    account.renew(account.secrets, close_meanwhile)
    assert Channel.objects.get().secrets == ""


def test_renewal_under_way_yields_to_a_new_sign_in(cast, channel):
    account = channel.account()

    def connect_meanwhile(secrets):
        Channel.objects.get().keep_secrets({"access": "new", "refresh": "new"})
        return {**secrets, "access": "a2", "refresh": "r2"}

    account.renew(account.secrets, connect_meanwhile)
    assert Channel.objects.get().open_secrets()["refresh"] == "new"


def test_renewal_outlives_a_change_of_keys(channel):
    account = channel.account()

    def rotate_meanwhile(secrets):
        call_command("rotate_keys", "--new", "--forget")
        return {**secrets, "access": "a2"}

    account.renew(account.secrets, rotate_meanwhile)
    assert Channel.objects.get().open_secrets()["access"] == "a2"


def test_a_sign_in_that_ran_out_says_nothing_of_a_newer_one(channel):
    old = Channel.objects.get()
    Channel.objects.get().keep_secrets({"access": "new"})
    old.failed(Reconnect("gone"))
    assert Channel.objects.get().state == Channel.State.WORKING
    Channel.objects.get().failed(Reconnect("gone"))
    assert Channel.objects.get().state == Channel.State.RECONNECT


@pytest.fixture
def on_disk(db, tmp_path):
    """A database file of this test's own, for its threads: in memory they lock each other out at once."""
    if connection.vendor != "sqlite":
        pytest.skip("the threads of a test share its transaction on SQLite only")
    connection.ensure_connection()
    with closing(sqlite3.connect(tmp_path / "channel.sqlite3")) as file:
        file.executescript("\n".join(connection.connection.iterdump()))
    place = connections.settings["default"]
    before, place["NAME"] = place["NAME"], str(tmp_path / "channel.sqlite3")
    yield
    place["NAME"] = before


def in_threads(*work):
    """Do each in a thread with its own connection; what they return, in order."""

    def alone(do):
        try:
            return do()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(work)) as pool:
        return [each.result(30) for each in [pool.submit(alone, do) for do in work]]


def test_many_workers_renew_once(on_disk):
    calls, start = [], threading.Barrier(4)

    def prepare():
        made(Workspace.objects.create(name="Fjord", slug="fjord"), None)

    def renew(secrets):
        calls.append(secrets["refresh"])
        return {**secrets, "access": "a2", "refresh": "r2"}

    def work():
        account = Channel.objects.get().account()
        start.wait(10)
        return account.renew(account.secrets, renew)["access"]

    in_threads(prepare)
    assert in_threads(work, work, work, work) == ["a2"] * 4
    assert calls == ["r1"]


def test_channel_says_how_it_is(channel):
    channel.failed(TryLater("The server does not answer."))
    assert (channel.state, channel.last_error) == ("failing", "The server does not answer.")
    channel.failed(Reconnect("The access token is invalid"))
    assert Channel.objects.get().state == "reconnect"
    channel.worked()
    found = Channel.objects.get()
    assert (found.state, found.last_error) == ("working", "")
    assert found.last_ok_at is not None


def test_limits_are_those_the_server_last_told(channel):
    assert channel.known_limits() == Limits(500, "graphemes")
    Channel.objects.update(limits={**asdict(Limits(300, "graphemes")), "new": "field of tomorrow"})
    assert Channel.objects.get().known_limits().text == 300


def test_limits_are_asked_anew(cast):
    account = NETWORKS["demo"].sign_in({"handle": "fjord"})
    channel = Channel(workspace=cast.fjord, network="demo")
    channel.take(account, Limits(1, "graphemes"), cast.olga)
    channel.save()
    assert channel.refresh_limits().text == 500
    assert Channel.objects.get().known_limits().text == 500
    assert channel.length("blåbær") == 6


def test_only_open_channels_that_can_publish_are_published_on(cast, channel):
    made(cast.fjord, cast.olga, "feed", network="feed")
    closed = made(cast.fjord, cast.olga, "gammel")
    Channel.objects.filter(pk=closed.pk).update(closed_at=closed.connected_at)
    assert list(Channel.objects.in_workspace(cast.fjord).publishing()) == [channel]


def test_every_network_in_the_registry_is_known_by_its_key():
    assert set(NETWORKS) == {"bluesky", "mastodon", "feed", "demo"}
    assert all(key == network.key for key, network in NETWORKS.items())


# --- changing keys


def keys_in_use():
    return {crypto.key_of(sealed) for sealed in Channel.objects.values_list("secrets", flat=True)}


def test_rotation_seals_all_under_a_new_key(cast, channel, capsys):
    made(cast.utland, cast.charlie, "annen")
    first = crypto.keys().newest
    call_command("rotate_keys", "--new", "--forget")
    assert keys_in_use() == {crypto.keys().newest}
    assert set(crypto.keys().keys) == {crypto.keys().newest}
    assert first not in crypto.keys().keys
    assert Channel.objects.get(pk=channel.pk).open_secrets()["password"] == "hush"
    assert "2 sealed again" in capsys.readouterr().out


def test_rotation_that_was_stopped_goes_on(cast, channel):
    made(cast.fjord, cast.olga, "annen")
    crypto.add_key()
    Channel.objects.get(pk=channel.pk).keep_secrets({"access": "a2"})
    assert len(keys_in_use()) == 2
    call_command("rotate_keys")
    call_command("rotate_keys")
    assert keys_in_use() == {crypto.keys().newest}
    assert len(crypto.keys().keys) == 2


def test_second_steps_are_sealed_again_too(cast, channel):
    adapter = MFAAdapter()
    totp = Authenticator.objects.create(user=cast.olga, type="totp", data={"secret": adapter.encrypt("seed")})
    codes = {"used_mask": 3, "migrated_codes": [adapter.encrypt("12345678")]}
    recovery = Authenticator.objects.create(user=cast.olga, type="recovery_codes", data=codes)
    key = Authenticator.objects.create(
        user=cast.olga, type="webauthn", data={"name": "Key", "credential": {}}
    )
    call_command("rotate_keys", "--new", "--forget")
    for row in (totp, recovery, key):
        row.refresh_from_db()
    assert adapter.decrypt(totp.data["secret"]) == "seed"
    assert adapter.decrypt(recovery.data["migrated_codes"][0]) == "12345678"
    assert recovery.data["used_mask"] == 3
    assert key.data == {"name": "Key", "credential": {}}
    assert len(crypto.keys().keys) == 1


def test_closed_channels_have_nothing_to_seal(cast, channel):
    channel.shut()
    call_command("rotate_keys", "--new", "--forget")
    channel.refresh_from_db()
    assert channel.secrets == ""


def test_key_that_is_still_needed_is_not_forgotten(channel, settings):
    ring = json.loads((settings.DATA_DIR / "keys.json").read_text())
    crypto.add_key()
    Channel.objects.update(secrets=channel.secrets[:-8] + "AAAAAAA=")
    with pytest.raises(CommandError, match=f"Channel {channel.pk}"):
        call_command("rotate_keys", "--forget")
    assert ring["newest"] in crypto.keys().keys
