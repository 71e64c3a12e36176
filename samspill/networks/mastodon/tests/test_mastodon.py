"""Mastodon keeps the contract, and its odd corners and those of its kin."""

from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine

from samspill.networks import http
from samspill.networks.base import Image, Kind, Limits, Ref
from samspill.networks.contract import NetworkContract, faulty, png
from samspill.networks.errors import OutcomeUnknown, Reconnect, Refused, TryLater, WrongAnswer
from samspill.networks.mastodon.limits import limits_of
from samspill.networks.mastodon.network import Mastodon
from samspill.networks.mastodon.tests.server import REVOKED, SERVER, TOKEN, Neighbour, Server, answer, no
from samspill.networks.plain_html import plain

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


@pytest.fixture
def server():
    world = Server()
    with http.replaced(world):
        yield world


@pytest.fixture
def network():
    return Mastodon()


@pytest.fixture
def account(network, server):
    return network.sign_in({"server": SERVER, "token": TOKEN}).account


@pytest.fixture
def somebody(server):
    return Neighbour(server)


class TestMastodon(NetworkContract):
    @pytest.fixture
    def network(self, server):
        return Mastodon()

    @pytest.fixture
    def answers(self, server):
        return {"server": "@fjordkraft@mastodon.example", "token": TOKEN}

    @pytest.fixture
    def wrong(self, server):
        return {"server": "mastodon.example", "token": "not the one"}

    @pytest.fixture
    def somebody(self, server):
        return Neighbour(server)


contract = TestMastodon()


@contextmanager
def at(path: str, given: http.Answer):
    """Let the server answer this at one path only."""

    def fault(line, sent, limit, seconds):
        return given if urlsplit(sent.url).path.endswith(path) else line(sent, limit, seconds)

    with faulty(fault):
        yield


# --- signing in


def test_person_says_yes_on_the_server_and_brings_a_code(network, server):
    step = network.begin({"server": "mastodon.example", "token": ""})
    assert step is not None
    query = parse_qs(urlsplit(step.url).query)
    assert step.url.startswith(f"{SERVER}/oauth/authorize?")
    assert query["redirect_uri"] == ["urn:ietf:wg:oauth:2.0:oob"]
    assert query["code_challenge_method"] == ["S256"]
    assert step.carry["verifier"] not in step.url
    assert "hush" not in repr(step)
    server.codes["the code"] = "yes"
    signed_in = network.sign_in({**step.carry, "code": " the code "})
    assert signed_in.name == "Fjordkraftlaget"
    assert signed_in.url == f"{SERVER}/@fjordkraft"
    assert signed_in.account.handle == "fjordkraft@mastodon.example"
    assert signed_in.account.remote_id == "1@mastodon.example"
    assert signed_in.account.secrets["token"] == TOKEN


def test_code_holds_once(network, server):
    step = network.begin({"server": "mastodon.example"})
    server.codes["the code"] = "yes"
    network.sign_in({**step.carry, "code": "the code"})
    with pytest.raises(WrongAnswer, match="no longer holds") as caught:
        network.sign_in({**step.carry, "code": "the code"})
    assert caught.value.field == "code"


def test_pasted_token_needs_no_second_step(network, server):
    assert network.begin({"server": "mastodon.example", "token": TOKEN}) is None


def test_handle_may_lie_under_a_shorter_name_than_the_server(network, server):
    server.instance["domain"] = "example.org"
    assert network.sign_in({"server": SERVER, "token": TOKEN}).account.handle == "fjordkraft@example.org"


def test_name_that_leads_on_to_the_server_is_followed(network, server):
    def leads_on(line, sent, limit, seconds):
        if sent.url.startswith("https://short.example"):
            return http.Answer(301, {"location": sent.url.replace("short.example", "mastodon.example")}, b"")
        return line(sent, limit, seconds)

    with faulty(leads_on):
        assert network.sign_in({"server": "short.example", "token": TOKEN}).account.server == SERVER


@pytest.mark.parametrize(
    ("typed", "says_so"),
    [
        ("", "Write the server's name"),
        ("@fjordkraft@", "Write the server's name"),
        ("not a server", "not a web address"),
        ("mastodon.example:3000", "usual ports"),
        ("https://user:pw@mastodon.example", "name and password out"),
    ],
)
def test_wrong_server_is_said_beside_it(network, server, typed, says_so):
    for sign_in in (network.begin, network.sign_in):
        with pytest.raises(WrongAnswer, match=says_so) as caught:
            sign_in({"server": typed})
        assert caught.value.field == "server"


def test_server_of_another_kind_is_said(network):
    page = http.Answer(200, {}, b"<html>Hei</html>")
    with (
        http.replaced(lambda sent, limit, seconds: page),
        pytest.raises(WrongAnswer, match="no Mastodon server") as caught,
    ):
        network.begin({"server": "example.org"})
    assert caught.value.field == "server"


def test_dead_server_is_said(network):
    def dead(sent, limit, seconds):
        raise TryLater("The server does not answer.")

    with http.replaced(dead), pytest.raises(WrongAnswer, match="does not answer"):
        network.begin({"server": "example.org"})


def test_private_address_is_not_visited(network):
    with pytest.raises(WrongAnswer, match="private network") as caught:
        network.begin({"server": "https://127.0.0.1"})
    assert caught.value.field == "server"


def test_server_that_lets_no_program_in_is_said(network, server):
    with at("/api/v1/apps", no(403, "This server is closed")), pytest.raises(WrongAnswer, match="closed"):
        network.begin({"server": "mastodon.example"})
    with at("/api/v1/apps", answer({})), pytest.raises(WrongAnswer, match="does not let new programs in"):
        network.begin({"server": "mastodon.example"})


# --- limits


def test_limits_are_the_servers(network, server, account):
    assert network.limits(account) == Limits(500, "characters", 23, 4, 16_777_216, 1500)


def test_older_and_other_servers_tell_their_limits_in_their_own_way(network, server, account):
    pleroma = {"uri": "https://mastodon.example", "max_toot_chars": 5000, "description_limit": 300}
    with at("/api/v2/instance", no(404, "Not Found")), at("/api/v1/instance", answer(pleroma)):
        limits = network.limits(account)
    assert (limits.text, limits.alt_text, limits.link_length) == (5000, 300, 23)


@pytest.mark.parametrize(
    "odd", [{}, {"configuration": []}, {"configuration": {"statuses": {"max_characters": -1}}}]
)
def test_odd_limits_fall_back_on_mastodons(odd):
    assert limits_of(odd).text == 500


# --- publishing


def body(network, account, text, **more):
    return json.loads(network.prepare(account, contract.outgoing(text, **more)).body)


def test_request_as_it_leaves(network, server, account):
    sent = []

    def watch(line, request, limit, seconds):
        sent.append(request)
        return line(request, limit, seconds)

    payload = network.prepare(account, contract.outgoing("Hei på deg"))
    with faulty(watch):
        network.send(account, payload, "a key")
    (request,) = sent
    assert (request.method, request.url) == ("POST", f"{SERVER}/api/v1/statuses")
    assert request.headers["idempotency-key"] == "a key"
    assert request.headers["content-type"] == "application/json"
    assert json.loads(request.body) == {"status": "Hei på deg", "language": "nb", "visibility": "public"}


def test_answer_names_the_one_it_answers(network, server, account):
    to = Ref("5", "", "public kari@other.example")
    assert body(network, account, "Ja!", reply_to=to)["status"] == "@kari@other.example Ja!"
    assert (
        body(network, account, "Ja, @Kari@Other.Example!", reply_to=to)["status"]
        == "Ja, @Kari@Other.Example!"
    )
    assert body(network, account, "Ja!", reply_to=to)["in_reply_to_id"] == "5"


@pytest.mark.parametrize("visibility", ["unlisted", "private", "direct"])
def test_answer_is_no_more_public_than_the_question(network, server, account, visibility):
    assert (
        body(network, account, "Ja!", reply_to=Ref("5", "", f"{visibility} kari"))["visibility"] == visibility
    )


def test_question_of_unknown_visibility_is_answered_in_public(network, server, account):
    assert body(network, account, "Ja!", reply_to=Ref("5"))["visibility"] == "public"


def test_slow_picture_is_waited_for(network, server, account):
    server.slow_pictures = 3
    picture = Image(png(), "image/png", "Fjorden", 4, 3)
    said = body(network, account, "Se", images=[picture])
    assert len(said["media_ids"]) == 1
    assert server.asked.count(f"GET /api/v1/media/{said['media_ids'][0]}") == 3


def test_picture_that_is_refused_is_refused(network, server, account):
    picture = Image(png(), "image/png", "Fjorden", 4, 3)
    too_large = no(422, "Validation failed: File must be less than 16 MB")
    with at("/api/v2/media", too_large), pytest.raises(Refused, match="less than 16 MB"):
        body(network, account, "Se", images=[picture])


@pytest.mark.parametrize(
    ("given", "error"),
    [
        (no(401, "The access token is invalid"), Reconnect),
        (no(403, "This action is outside the authorized scopes"), Reconnect),
        (no(422, "Validation failed: Text can't be blank"), Refused),
        (no(404, "Record not found"), Refused),
        (no(400, "Bad Request: status too long, 5001 characters provided"), Refused),
        (no(413, "Payload too large"), Refused),
        (no(429, "Too many requests"), TryLater),
        (no(409, "Conflict: idempotency key is being processed"), OutcomeUnknown),
        (no(500, "Something went wrong"), OutcomeUnknown),
        (no(503, "There was a temporary problem"), OutcomeUnknown),
        (http.Answer(502, {}, b"<html>Bad Gateway"), OutcomeUnknown),
        (http.Answer(504, {}, b""), OutcomeUnknown),
        (http.Answer(403, {}, b"<html>Just a moment"), OutcomeUnknown),
        (http.Answer(422, {}, b"<html>"), OutcomeUnknown),
        (http.Answer(408, {}, b""), OutcomeUnknown),
        (http.Answer(302, {"location": "/auth/sign_in"}, b""), OutcomeUnknown),
        (http.Answer(200, {}, b""), OutcomeUnknown),
        (http.Answer(200, {}, b'{"id": '), OutcomeUnknown),
        (answer({"scheduled_at": "2026-01-01"}), OutcomeUnknown),
        (answer([]), OutcomeUnknown),
    ],
)
def test_every_answer_to_a_publication_has_its_name(network, server, account, given, error):
    payload = network.prepare(account, contract.outgoing("Hei"))
    with at("/api/v1/statuses", given), pytest.raises(error) as caught:
        network.send(account, payload, "k")
    assert str(caught.value)
    assert caught.value.status == given.status


def test_full_server_says_when_to_come_back(network, server, account):
    reset = (datetime.now(UTC) + timedelta(minutes=4)).isoformat()
    limited = answer({"error": "Too many requests"}, 429, **{"x-ratelimit-reset": reset})
    with at("verify_credentials", limited), pytest.raises(TryLater) as caught:
        network.numbers(account)
    assert caught.value.retry_at is not None
    assert timedelta(minutes=3) < caught.value.retry_at - datetime.now(UTC) < timedelta(minutes=5)


# --- finding what went out


def out(network, server, account, text, **more):
    """Publish past our key, as a request whose answer was lost an hour ago."""
    outgoing = contract.outgoing(text, **more)
    payload = network.prepare(account, outgoing)
    sent = network.send(account, payload, outgoing.key)
    server.keys.clear()
    return payload, sent


def test_text_is_compared_as_it_was_written(network, server, account):
    for text in ("  Linje\n\nto & <tre>  ", "Hei @kari@other.example", "https://example.org/" + "x" * 90):
        payload, sent = out(network, server, account, text)
        assert network.find(account, payload, "k", datetime.now(UTC)) == sent


def test_server_without_a_source_is_compared_by_what_it_shows(network, server, account):
    for text in ("Linje\n\nto & <tre>", "Hei @kari@other.example, takk"):
        payload, sent = out(network, server, account, text)
        with at("/source", no(404, "Not Found")):
            assert network.find(account, payload, "k", datetime.now(UTC)) == sent


def test_other_words_other_thread_and_other_pictures_are_other_posts(network, server, account, somebody):
    question = Ref(somebody.mention(account, "hei"), "", "public nabo")
    picture = Image(png(), "image/png", "Fjorden", 4, 3)
    out(network, server, account, "Takk!")
    for more in ({"reply_to": question}, {"images": [picture]}):
        payload = network.prepare(account, contract.outgoing("Takk!", **more))
        assert network.find(account, payload, "k", datetime.now(UTC)) is None
    payload = network.prepare(account, contract.outgoing("Takk"))
    assert network.find(account, payload, "k", datetime.now(UTC)) is None


def test_post_from_before_the_first_try_is_another_post(network, server, account):
    with time_machine.travel(NOW, tick=False) as clock:
        payload, sent = out(network, server, account, "God morgen!")
        clock.shift(timedelta(minutes=4))
        assert network.find(account, payload, "k", NOW + timedelta(minutes=4)) == sent
        assert network.find(account, payload, "k", NOW + timedelta(minutes=6)) is None


def test_post_is_found_behind_many_newer_ones(network, server, account):
    payload, sent = out(network, server, account, "Den vi leter etter")
    for number in range(100):
        server.keep("1", f"Senere {number}")
    assert network.find(account, payload, "k", datetime.now(UTC)) == sent


def test_busy_account_is_looked_through_to_the_end(network, server, account):
    payload = network.prepare(account, contract.outgoing("Finnes ikke"))
    for number in range(420):
        server.keep("1", f"Senere {number}")
    assert network.find(account, payload, "k", datetime.now(UTC)) is None


def test_search_that_would_never_end_is_not_absence(network, server, account):
    payload = network.prepare(account, contract.outgoing("Finnes ikke"))
    for number in range(1020):
        server.keep("1", f"Senere {number}")
    with pytest.raises(TryLater, match="too many posts"):
        network.find(account, payload, "k", datetime.now(UTC))


def test_look_that_fails_is_never_absence(network, server, account):
    payload, _sent = out(network, server, account, "Hei")
    for path in ("/api/v1/accounts/1/statuses", "/source"):
        for given in (http.Answer(502, {}, b""), http.Answer(200, {}, b"<html>"), no(429, "Slow down")):
            with at(path, given), pytest.raises(TryLater):
                network.find(account, payload, "k", datetime.now(UTC))
    with at("/api/v1/accounts/1/statuses", REVOKED), pytest.raises(Reconnect):
        network.find(account, payload, "k", datetime.now(UTC))


# --- what reaches us


def test_long_absence_is_walked_through_and_nothing_is_lost(network, server, account, somebody):
    somebody.mention(account, "først")
    _items, cursor = contract.collect(network, account, "")
    wanted = [somebody.mention(account, f"nummer {number}") for number in range(210)]
    items, cursor = contract.collect(network, account, cursor)
    assert [item.id for item in items] == wanted
    assert contract.collect(network, account, cursor)[0] == []


def test_nothing_yet_keeps_the_cursor(network, server, account, somebody):
    page = network.fetch(account, "")
    assert (list(page.items), page.cursor, page.more) == ([], "", False)
    reply = somebody.mention(account, "hei")
    assert [item.id for item in network.fetch(account, page.cursor).items] == [reply]


def test_answer_deep_in_a_thread_knows_its_root_with_one_question(network, server, account, somebody):
    post = contract.publish(network, account, "Hva synes dere?")
    _items, cursor = contract.collect(network, account, "")
    first = somebody.reply(post, "Bra")
    ours = contract.publish(network, account, "Takk!", reply_to=Ref(first, "", "public nabo"))
    deep = [somebody.reply(ours, f"Nummer {number}") for number in range(3)]
    before = len(server.asked)
    items, _cursor = contract.collect(network, account, cursor)
    assert {item.id: (item.parent_id, item.root_id, item.kind) for item in items} == {
        first: (post.id, post.id, Kind.REPLY),
        **dict.fromkeys(deep, (ours.id, post.id, Kind.REPLY)),
    }
    assert sum("context" in asked for asked in server.asked[before:]) == 1


@pytest.mark.parametrize("given", [no(404, "Record not found"), http.Answer(500, {}, b"")])
def test_thread_that_cannot_be_shown_does_not_hold_the_rest_back(network, server, account, somebody, given):
    post = contract.publish(network, account, "Hva synes dere?")
    somebody.reply(post, "Bra")
    with at("/context", given):
        (item,) = network.fetch(account, "").items
    assert item.root_id == post.id


def test_full_server_stops_the_reading_and_nothing_is_skipped(network, server, account, somebody):
    somebody.reply(contract.publish(network, account, "Hva synes dere?"), "Bra")
    with at("/context", no(429, "Slow down")), pytest.raises(TryLater):
        network.fetch(account, "")


def test_private_word_is_told_as_private_and_answered_so(network, server, account):
    status = server.keep("2", "@fjordkraft i fortrolighet", None, "direct")
    server.notify("mention", "2", status)
    (item,) = network.fetch(account, "").items
    assert not item.public
    assert body(network, account, "Takk", reply_to=item.ref)["visibility"] == "direct"


def test_warning_stands_before_the_words(network, server, account):
    status = server.keep("2", "@fjordkraft slutten")
    status["spoiler_text"] = "Film"
    server.notify("mention", "2", status)
    assert network.fetch(account, "").items[0].text == "Film\n\n@fjordkraft slutten"


def test_ids_that_are_words_grow_too(network, server, account):
    follow = {
        "type": "follow",
        "account": {"id": "01A", "acct": "per@far.example"},
        "created_at": NOW.isoformat(),
    }
    page = [{**follow, "id": "01HZZZZZZZZZZZZZZZZZZZZZZB"}, {**follow, "id": "01HZZZZZZZZZZZZZZZZZZZZZZA"}]
    with at("/api/v1/notifications", answer(page)):
        found = network.fetch(account, "")
    assert found.cursor == "01HZZZZZZZZZZZZZZZZZZZZZZB"
    assert found.items[0].author.handle == "per@far.example"
    assert found.items[0].author.remote_id == "01A@mastodon.example"


@pytest.mark.parametrize(
    "odd",
    [{}, None, "x", {"id": "5"}, {"id": "5", "type": "mention"}, {"id": "5", "type": "poll"}, {"type": []}],
)
def test_odd_notifications_break_nothing(network, server, account, odd):
    with at("/api/v1/notifications", answer([odd, {"id": "9", "type": "follow", "account": None}])):
        page = network.fetch(account, "")
    assert [item.kind for item in page.items] == [Kind.FOLLOW]
    assert page.cursor == "9"


def test_thread_from_the_middle_keeps_the_root(network, server, account, somebody):
    post = contract.publish(network, account, "Først")
    first = Ref(somebody.reply(post, "Bra"), "", "public nabo")
    deep = contract.publish(network, account, "Takk", reply_to=first)
    (item,) = network.thread(account, first)
    assert (item.id, item.parent_id, item.root_id) == (deep.id, first.id, post.id)


def test_thread_of_a_status_that_is_gone_is_empty(network, server, account):
    assert network.thread(account, Ref("404")) == []


def test_post_that_is_gone_has_no_figures(network, server, account):
    post = contract.publish(network, account, "Hei")
    assert [each.id for each in network.post_numbers(account, [Ref("404"), post])] == [post.id]


def test_last_post_is_told(network, server, account):
    assert network.numbers(account).last_post_at == datetime(2026, 3, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("", ""),
        ("Hei", "Hei"),
        ("<p>Hei<br />du</p><p>der</p>", "Hei\ndu\n\nder"),
        ("<p>a &amp; b &lt;c&gt; &quot;d&quot;</p>", 'a & b <c> "d"'),
        (
            '<a href="https://example.org/lang"><span class="invisible">https://</span>'
            '<span class="ellipsis">example.org/la</span><span class="invisible">ng</span></a>',
            "https://example.org/lang",
        ),
        ('<span class="h-card"><a href="https://x">@<span>kari</span></a></span> hei', "@kari hei"),
        ("<p>Liste:</p><ul><li>en</li><li>to</li></ul>", "Liste:\n\n• en\n• to"),
        ("<script>alert(1)</script><style>p{}</style><p>Hei</p>", "Hei"),
        ("<img src=x onerror=alert(1)>Hei", "Hei"),
        ("<p>ikke lukket", "ikke lukket"),
        ("<p>a</p><p></p><p></p><p>b</p>", "a\n\nb"),
    ],
)
def test_html_becomes_plain_text(html, text):
    assert plain(html) == text


def test_account_on_another_server_is_another_account(network, server):
    first = network.sign_in({"server": SERVER, "token": TOKEN}).account
    with faulty(lambda line, sent, limit, seconds: line(sent, limit, seconds)):
        second = network.sign_in({"server": "other.example", "token": TOKEN}).account
    assert first.remote_id != second.remote_id
    assert replace(first, remote_id=second.remote_id) != first
