"""Channels on screen: connecting, connecting again without losing anything, closing, and what goes wrong."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise

from samspill.accounts.models import Event, Member, Role
from samspill.lib import crypto
from samspill.networks import http
from samspill.networks.bluesky.tests.pds import DID, HANDLE, SERVER, Pds
from samspill.networks.errors import Reconnect, TryLater, WrongAnswer
from samspill.networks.feed.tests.test_feed import Site, rss
from samspill.networks.mastodon.tests.server import Server
from samspill.networks.models import Channel, ChannelWork
from samspill.networks.registry import NETWORKS


def page(name, *args, workspace="fjord"):
    return reverse(f"networks:{name}", args=(workspace, *args))


@pytest.fixture
def editor(cast, as_person):
    return as_person(cast.bob)


@pytest.fixture
def pds():
    world = Pds()
    with http.replaced(world):
        yield world


@pytest.fixture
def server():
    world = Server()
    with http.replaced(world):
        yield world


def text(answer):
    return re.sub(r"\s+", " ", answer.content.decode())


def connect_demo(client, handle="fjordkraftlaget", **more):
    answer = client.post(page("connect", "demo"), {"handle": handle, "name": "Fjordkraftlaget", **more})
    assert answer.status_code == 302, text(answer)
    return Channel.objects.get(handle=handle)


def connect_bluesky(client, pds, **change):
    said = {"handle": HANDLE, "password": pds.password, "server": SERVER, **change}
    return client.post(page("connect", "bluesky"), said)


# --- connecting


def test_connecting_makes_a_channel_with_its_work(editor, cast):
    channel = connect_demo(editor)
    assert (channel.workspace, channel.name, channel.state) == (cast.fjord, "Fjordkraftlaget", "working")
    assert channel.connected_by == cast.bob
    assert set(channel.work.values_list("verb", flat=True)) == {"collect", "threads", "sample"}
    assert channel.known_limits().text == 500
    assert Event.objects.get(action="channel.connect").user == cast.bob


def test_feed_has_nothing_to_collect(editor):
    site = Site()
    site.gives("/feed", rss("En"))
    with http.replaced(site):
        editor.post(page("connect", "feed"), {"url": "blogg.example/feed"})
        shown = text(editor.post(page("check", Channel.objects.get().pk), follow=True))
    assert "It works. 1 post. The newest is of 1 Mar 2026." in shown
    assert list(Channel.objects.get().work.values_list("verb", flat=True)) == ["sample"]


def test_bluesky_is_connected_with_handle_and_app_password(editor, pds):
    answer = connect_bluesky(editor, pds)
    channel = Channel.objects.get()
    assert answer.url == page("channel", channel.pk)
    assert (channel.server, channel.handle, channel.remote_id) == (SERVER, HANDLE, DID)
    assert channel.open_secrets()["password"] == pds.password
    assert pds.password not in channel.secrets


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"handle": "kari"}, "Write the whole handle with its dots"),
        ({"handle": "Kari Nordmann"}, "This is not a handle"),
        ({"password": "feil"}, "do not belong together"),
        ({"server": "https://127.0.0.1"}, "private network"),
        ({"server": "example.org:22"}, "usual ports only"),
    ],
)
def test_wrong_answer_gets_a_sentence_beside_its_field_and_keeps_what_was_typed(
    editor, pds, change, sentence
):
    outside = http.carry if "127.0.0.1" in change.get("server", "") else pds
    with http.replaced(outside):
        answer = connect_bluesky(editor, pds, **change)
    (field,) = change
    shown = text(answer)
    assert re.search(rf'id="id_{field}_error">[^<]*{sentence}', shown)
    if field != "password":
        assert change[field] in shown
    assert pds.password not in shown
    assert not Channel.objects.exists()


def test_missing_answer_is_said_beside_its_field(editor):
    answer = editor.post(page("connect", "bluesky"), {"handle": "", "password": ""})
    assert 'id="id_handle_error"' in text(answer)
    assert 'id="id_password_error"' in text(answer)


def test_dead_server_is_said(editor):
    def dead(sent, limit, seconds):
        raise TryLater("The server does not answer.")

    with http.replaced(dead):
        answer = editor.post(page("connect", "mastodon"), {"server": "mastodon.example"})
    assert re.search(r'id="id_server_error">[^<]*The server does not answer', text(answer))


def test_server_that_sends_too_much_is_said(editor):
    def endless(sent, limit, seconds):
        raise http.NoAnswer("The server's answer is larger than we take in.")

    with http.replaced(endless):
        answer = editor.post(page("connect", "mastodon"), {"server": "mastodon.example"})
    assert "larger than we take in" in text(answer)


def test_sentence_waits_for_its_reader_to_choose_the_language():
    with pytest.raises(WrongAnswer) as caught:
        NETWORKS["bluesky"].sign_in({"handle": "kari", "password": "x"})
    assert isinstance(caught.value.args[0], Promise)


def test_unknown_network_is_not_here(editor):
    assert editor.get(page("connect", "myspace")).status_code == 404


def test_hostile_names_are_shown_as_words_and_hostile_links_not_at_all(editor, server):
    server.accounts["1"] |= {"display_name": "<script>alert(1)</script>\u202e", "url": "javascript:alert(1)"}
    editor.post(page("connect", "mastodon"), {"server": "mastodon.example", "token": "token-of-ours"})
    channel = Channel.objects.get()
    assert channel.url == ""
    shown = text(editor.get(page("channel", channel.pk)))
    assert "&lt;script&gt;" in shown
    assert "<script>alert" not in shown
    assert "\u202e" not in shown


# --- in two steps


def test_mastodon_is_connected_by_a_code_from_its_own_page(editor, server):
    answer = editor.post(page("connect", "mastodon"), {"server": "mastodon.example", "token": ""})
    assert answer.url == page("step", "mastodon")
    shown = text(editor.get(answer.url))
    assert "https://mastodon.example/oauth/authorize?" in shown
    assert "hush" not in shown
    server.codes["the code"] = "yes"
    editor.post(answer.url, {"code": "the code"})
    assert Channel.objects.get().handle == "fjordkraft@mastodon.example"
    assert editor.get(answer.url).url == page("connect", "mastodon")


def test_wrong_code_is_said_and_can_be_mended(editor, server):
    editor.post(page("connect", "mastodon"), {"server": "mastodon.example"})
    shown = text(editor.post(page("step", "mastodon"), {"code": "wrong"}))
    assert re.search(r'id="id_code_error">[^<]*no longer holds', shown)
    server.codes["the code"] = "yes"
    assert editor.post(page("step", "mastodon"), {"code": "the code"}).status_code == 302


def test_secrets_are_not_readable_in_the_session(editor, server):
    editor.post(page("connect", "mastodon"), {"server": "mastodon.example"})
    assert "hush" not in str(dict(editor.session))


def test_step_of_one_workspace_is_none_of_anothers(editor, server, cast):
    Member.objects.create(workspace=cast.utland, user=cast.bob, role=Role.EDITOR)
    editor.post(page("connect", "mastodon"), {"server": "mastodon.example"})
    answer = editor.get(page("step", "mastodon", workspace="utland"))
    assert answer.url == page("connect", "mastodon", workspace="utland")


def test_step_that_was_left_too_long_begins_again(editor, server):
    editor.post(page("connect", "mastodon"), {"server": "mastodon.example"})
    with time_machine.travel(timezone.now() + timedelta(minutes=59)):
        assert editor.get(page("step", "mastodon")).status_code == 200
    with time_machine.travel(timezone.now() + timedelta(minutes=61)):
        assert editor.get(page("step", "mastodon")).status_code == 302


# --- connecting again, closing


def test_reconnecting_keeps_the_row_and_all_that_hangs_on_it(editor, pds):
    connect_bluesky(editor, pds)
    channel = Channel.objects.get()
    ChannelWork.objects.filter(channel=channel, verb="collect").update(cursor="where we were")
    channel.failed(Reconnect("The app password is gone"))
    pds.password = "new-pass-word-here"
    answer = editor.post(
        page("reconnect", channel.pk), {"handle": HANDLE, "password": pds.password, "server": SERVER}
    )
    assert answer.url == page("channel", channel.pk)
    again = Channel.objects.get()
    assert (again.pk, again.uuid, again.state, again.last_error) == (channel.pk, channel.uuid, "working", "")
    assert again.open_secrets()["password"] == "new-pass-word-here"
    assert again.work.get(verb="collect").cursor == "where we were"
    assert again.work.count() == 3


def test_another_account_is_refused_with_a_sentence(editor):
    channel = connect_demo(editor)
    answer = editor.post(page("reconnect", channel.pk), {"handle": "en-annen"})
    assert "This is another account" in text(answer)
    assert Channel.objects.get().handle == "fjordkraftlaget"


def test_reconnecting_in_two_steps_is_for_the_same_channel(editor, server):
    editor.post(page("connect", "mastodon"), {"server": "mastodon.example", "token": "token-of-ours"})
    channel = Channel.objects.get()
    editor.post(page("reconnect", channel.pk), {"server": "mastodon.example"})
    server.accounts["1"]["id"] = "77"
    server.codes["the code"] = "yes"
    assert "This is another account" in text(editor.post(page("step", "mastodon"), {"code": "the code"}))
    assert Channel.objects.count() == 1


def test_what_is_known_need_not_be_typed_again(editor, server):
    editor.post(page("connect", "mastodon"), {"server": "mastodon.example", "token": "token-of-ours"})
    shown = text(editor.get(page("reconnect", Channel.objects.get().pk)))
    assert 'value="https://mastodon.example"' in shown
    assert "token-of-ours" not in shown


def test_connecting_the_same_account_twice_makes_one_channel(editor):
    connect_demo(editor)
    connect_demo(editor)
    assert Channel.objects.count() == 1


def test_closed_channel_keeps_its_history_and_forgets_its_secrets(editor, cast):
    channel = connect_demo(editor)
    assert "Close Fjordkraftlaget?" in text(editor.get(page("close", channel.pk)))
    assert editor.post(page("close", channel.pk)).url == page("channels")
    channel.refresh_from_db()
    assert channel.closed_at is not None
    assert channel.secrets == ""
    assert channel.work.count() == 3
    with pytest.raises(crypto.Unreadable):
        channel.account()
    assert list(Channel.objects.publishing()) == []
    assert Event.objects.filter(action="channel.close").count() == 1
    assert editor.post(page("close", channel.pk)).status_code == 404


def test_somebody_elses_closed_channel_is_opened_again_as_it_was(editor, cast, as_person):
    channel = connect_demo(editor)
    editor.post(page("close", channel.pk))
    connect_demo(as_person(cast.olga))
    again = Channel.objects.get()
    assert (again.pk, again.closed_at, again.connected_by) == (channel.pk, None, cast.olga)


def test_same_account_may_serve_two_workspaces(editor, as_person, cast):
    connect_demo(editor)
    as_person(cast.charlie).post(page("connect", "demo", workspace="utland"), {"handle": "fjordkraftlaget"})
    assert Channel.objects.count() == 2


# --- how it is


def test_list_says_first_how_the_channels_are(editor, cast):
    assert "Where do people meet you?" in text(editor.get(page("channels")))
    connect_demo(editor)
    assert "The channel works." in text(editor.get(page("channels")))
    connect_demo(editor, "en-til")
    assert "All 2 channels work." in text(editor.get(page("channels")))
    Channel.objects.get(handle="en-til").failed(Reconnect("The app password is gone"))
    shown = text(editor.get(page("channels")))
    assert "1 channel needs a look" in shown
    assert "The app password is gone" in shown
    assert page("reconnect", Channel.objects.get(handle="en-til").pk) in shown


def test_viewer_sees_how_it_is_and_no_buttons(editor, cast, as_person):
    channel = connect_demo(editor)
    viewer = as_person(cast.vera)
    for address in (page("channels"), page("channel", channel.pk)):
        shown = text(viewer.get(address))
        assert "Fjordkraftlaget" in shown
        assert page("connect", "demo") not in shown
        assert page("close", channel.pk) not in shown


def test_channel_page_tells_limits_and_health(editor):
    channel = connect_demo(editor)
    shown = text(editor.get(page("channel", channel.pk)))
    assert "500 characters" in shown
    assert "It works." in shown
    channel.failed(TryLater("The server does not answer."))
    shown = text(editor.get(page("channel", channel.pk)))
    assert "It does not answer just now." in shown
    assert "The server does not answer." in shown


def test_trying_it_tells_what_the_network_says(editor):
    channel = connect_demo(editor)
    Channel.objects.update(state="failing", last_error="x", limits={})
    shown = text(editor.post(page("check", channel.pk), follow=True))
    assert re.search(r"It works\. \d+ followers\. 0 posts\.", shown)
    channel.refresh_from_db()
    assert (channel.state, channel.limits["text"]) == ("working", 500)


def test_trying_it_in_vain_says_why(editor, pds):
    connect_bluesky(editor, pds)
    channel = Channel.objects.get()
    pds.access.clear()
    pds.refresh.clear()
    pds.password = "other"
    shown = text(editor.post(page("check", channel.pk), follow=True))
    assert "It does not work: Bluesky no longer takes the app password" in shown
    assert Channel.objects.get().state == "reconnect"


def test_lost_key_is_said_and_mended_by_connecting_again(editor, settings):
    channel = connect_demo(editor)
    (settings.DATA_DIR / "keys.json").unlink()
    shown = text(editor.post(page("check", channel.pk), follow=True))
    assert "can no longer be read here" in shown
    connect_demo(editor)
    assert Channel.objects.get().state == "working"


def test_channel_of_another_workspace_is_not_here(editor, cast, as_person):
    as_person(cast.charlie).post(page("connect", "demo", workspace="utland"), {"handle": "utland"})
    theirs = Channel.objects.get()
    for name in ("channel", "reconnect", "close"):
        assert editor.get(page(name, theirs.pk)).status_code == 404
    for name in ("reconnect", "close", "check"):
        assert editor.post(page(name, theirs.pk), {"handle": "utland"}).status_code == 404
    theirs.refresh_from_db()
    assert theirs.closed_at is None
