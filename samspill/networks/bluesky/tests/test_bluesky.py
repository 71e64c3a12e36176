"""Bluesky keeps the contract, and its odd corners."""

from __future__ import annotations

import json
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine

from samspill.networks import http
from samspill.networks.base import Account, Image, Kind, Ref
from samspill.networks.bluesky import records
from samspill.networks.bluesky.network import Bluesky
from samspill.networks.bluesky.tests.pds import APPVIEW, DID, HANDLE, PLC, SERVER, Neighbour, Pds, answer
from samspill.networks.contract import NetworkContract, faulty, png
from samspill.networks.errors import OutcomeUnknown, Reconnect, Refused, TryLater, WrongAnswer

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


@pytest.fixture
def pds():
    world = Pds()
    with http.replaced(world):
        yield world


@pytest.fixture
def network():
    return Bluesky(plc=PLC, appview=APPVIEW)


@pytest.fixture
def answers(pds):
    return {"handle": f"@{HANDLE.upper()} ", "password": pds.password, "server": ""}


@pytest.fixture
def account(network, answers):
    return network.sign_in(answers).account


@pytest.fixture
def somebody(pds):
    return Neighbour(pds)


class TestBluesky(NetworkContract):
    @pytest.fixture
    def network(self, pds):
        return Bluesky(plc=PLC, appview=APPVIEW)

    @pytest.fixture
    def answers(self, pds):
        return {"handle": HANDLE, "password": pds.password, "server": ""}

    @pytest.fixture
    def wrong(self, pds):
        return {"handle": HANDLE, "password": "not the one", "server": ""}

    @pytest.fixture
    def somebody(self, pds):
        return Neighbour(pds)


contract = TestBluesky()


def says(said: object, status: int = 200, **headers: str):
    """Let the server answer this, whatever it is asked."""
    return faulty(lambda line, sent, limit, seconds: answer(said, status, **headers))


def html(status: int):
    return faulty(lambda line, sent, limit, seconds: http.Answer(status, {}, b"<html>"))


@contextmanager
def at(method: str, given: http.Answer):
    """Let the server answer this to one method only."""

    def fault(line, sent, limit, seconds):
        return given if sent.url.split("?")[0].endswith(method) else line(sent, limit, seconds)

    with faulty(fault):
        yield


# --- signing in


def test_sign_in_finds_the_server_behind_the_handle(network, answers):
    signed_in = network.sign_in(answers)
    assert signed_in.account.server == SERVER
    assert (signed_in.account.handle, signed_in.account.remote_id) == (HANDLE, DID)
    assert signed_in.name == "Fjordkraftlaget"
    assert "abcd" not in repr(signed_in)


def test_sign_in_at_a_server_of_ones_own_asks_no_directory(network, pds, answers):
    assert network.sign_in({**answers, "server": "pds.example"}).account.server == SERVER
    assert pds.asked[0] == "com.atproto.server.createSession"


def test_address_of_the_profile_is_a_handle(network, pds, answers):
    typed = f"https://bsky.app/profile/{HANDLE}/"
    assert network.sign_in({**answers, "handle": typed}).account.remote_id == DID
    assert network.sign_in({**answers, "handle": DID}).account.remote_id == DID


@pytest.mark.parametrize(
    ("change", "field", "says_so"),
    [
        ({"handle": ""}, "handle", "not a handle"),
        ({"handle": "kari"}, "handle", "whole handle with its dots"),
        ({"handle": "kari nordmann"}, "handle", "not a handle"),
        ({"handle": "nobody.example"}, "handle", "Nobody has this handle"),
        ({"password": ""}, "password", "Paste the app password"),
        ({"password": "wrong"}, "password", "do not belong together"),
        ({"server": "http://user:pw@pds.example"}, "server", "name and password out"),
        ({"server": "pds.example:8080"}, "server", "usual ports"),
        ({"server": "other.example"}, "server", "no Bluesky server"),
    ],
)
def test_wrong_answer_is_said_beside_its_field(network, pds, answers, change, field, says_so):
    class Other(Pds):
        def __call__(self, sent, limit, seconds):
            if "other.example" in sent.url:
                return http.Answer(200, {}, b"<html>Welcome</html>")
            return pds(sent, limit, seconds)

    with http.replaced(Other()), pytest.raises(WrongAnswer, match=says_so) as caught:
        network.sign_in({**answers, **change})
    assert caught.value.field == field


def test_private_address_is_said_beside_the_server(network, answers):
    with http.replaced(http.carry), pytest.raises(WrongAnswer, match="private network") as caught:
        network.sign_in({**answers, "server": "https://127.0.0.1"})
    assert caught.value.field == "server"


def test_account_that_lies_in_a_private_network_is_not_visited(network, pds, answers, monkeypatch):
    monkeypatch.setattr("samspill.networks.bluesky.tests.pds.SERVER", "http://10.0.0.7:2583")
    with pytest.raises(WrongAnswer) as caught:
        network.sign_in(answers)
    assert caught.value.field == "handle"
    assert "com.atproto.server.createSession" not in pds.asked


def test_handle_that_the_account_does_not_own_up_to_is_refused(network, pds, answers):
    document = {"id": DID, "alsoKnownAs": ["at://other.example"], "service": []}
    with at(DID, answer(document)), pytest.raises(WrongAnswer, match="does not call itself so"):
        network.sign_in(answers)


def test_ordinary_password_with_a_code_is_told_apart(network, answers):
    asks = answer({"error": "AuthFactorTokenRequired", "message": "A sign in code has been sent"}, 401)
    with at("createSession", asks), pytest.raises(WrongAnswer, match="app password instead") as caught:
        network.sign_in(answers)
    assert caught.value.field == "password"


def test_too_many_tries_say_when_to_come_back(network, answers):
    reset = str(int(datetime.now(UTC).timestamp()) + 300)
    limited = answer({"error": "RateLimitExceeded"}, 429, **{"ratelimit-reset": reset})
    with at("createSession", limited), pytest.raises(TryLater) as caught:
        network.sign_in(answers)
    assert caught.value.retry_at is not None


def test_dead_directory_is_said(network, answers):
    with at(DID, http.Answer(503, {}, b"")), pytest.raises(TryLater, match="directory"):
        network.sign_in(answers)


def test_server_without_a_view_signs_in_under_the_handle(network, answers):
    with at("getProfile", answer({"error": "UpstreamFailure"}, 502)):
        assert network.sign_in(answers).name == HANDLE


# --- sessions


def kept(account: Account) -> tuple[Account, dict[str, str]]:
    """The account with a place where renewed secrets are kept."""
    place: dict[str, str] = {}
    return replace(account, keep=place.update), place


def test_session_that_ran_out_is_renewed_once_and_kept(network, pds, account):
    pds.access.clear()
    account, place = kept(account)
    assert network.numbers(account).posts == 0
    assert place["access"] != account.secrets["access"]
    assert place["refresh"] != account.secrets["refresh"]
    assert place["password"] == pds.password
    assert pds.asked.count("com.atproto.server.refreshSession") == 1


def test_used_refresh_token_falls_back_on_the_app_password(network, pds, account):
    pds.access.clear()
    pds.refresh.clear()
    account, place = kept(account)
    network.numbers(account)
    assert place["access"]
    assert pds.asked[-2:] == ["com.atproto.server.createSession", "app.bsky.actor.getProfile"]


def test_withdrawn_app_password_asks_a_person(network, pds, account):
    pds.access.clear()
    pds.refresh.clear()
    pds.password = "new"
    with pytest.raises(Reconnect, match="app password"):
        network.numbers(account)


def test_trouble_while_renewing_never_disconnects(network, pds, account):
    pds.access.clear()
    account, place = kept(account)
    for trouble in (http.Answer(503, {}, b""), http.Answer(400, {}, b"<html>"), answer({}, 200)):
        with at("refreshSession", trouble), pytest.raises(TryLater):
            network.numbers(account)
    assert place == {}


def test_empty_refresh_token_does_not_take_the_place_of_a_full_one(network, pds, account):
    pds.access.clear()
    account, place = kept(account)
    pds.access.add("access-new")
    with at("refreshSession", answer({"accessJwt": "access-new", "did": DID})):
        network.numbers(account)
    assert place["refresh"] == account.secrets["refresh"]


def test_session_that_somebody_else_renewed_is_taken_over(network, pds, account):
    stale = replace(account, secrets={**account.secrets, "access": "old", "refresh": "old"})
    network.numbers(replace(stale, alone=lambda: nullcontext(account.secrets)))
    assert "com.atproto.server.refreshSession" not in pds.asked


def test_publishing_with_a_session_that_ran_out_publishes_once(network, pds, account):
    pds.access.clear()
    account, _place = kept(account)
    contract.publish(network, account, "Hei")
    assert pds.asked.count("com.atproto.repo.putRecord") == 2
    assert len(pds.records) == 1


# --- publishing


def test_record_key_is_a_tid_of_the_due_second():
    first = records.tid("a", NOW)
    assert first == records.tid("a", NOW.replace(microsecond=999_999))
    assert len(first) == 13
    assert set(first) <= set(records.DIGITS)
    assert first[0] in "234567abcdefghij"
    number = 0
    for letter in first:
        number = number * 32 + records.DIGITS.index(letter)
    micros = number >> 10
    assert 0 <= micros - NOW.timestamp() * 1_000_000 < 2**20
    assert len({records.tid(f"key {each}", NOW) for each in range(5000)}) == 5000
    assert records.tid("a", NOW) < records.tid("a", NOW + timedelta(seconds=3))


def test_record_as_it_leaves(network, pds, account):
    outgoing = replace(
        contract.outgoing(
            "Takk @per.example! Blåbær 🫐 #bærtur på fjordkraft.example/a og https://example.org/å."
        ),
        key="fixed",
        due_at=NOW,
        images=[Image(png(), "image/png", "Et bær", 4, 3)],
        reply_to=Ref("at://did:plc:x/app.bsky.feed.post/2", "", "cid2"),
        root=Ref("at://did:plc:x/app.bsky.feed.post/1", "", "cid1"),
    )
    pds.handles["per.example"] = "did:plc:" + "p" * 24
    payload = network.prepare(account, outgoing)
    body = json.loads(payload.body)
    assert payload.id == f"at://{DID}/app.bsky.feed.post/{body['rkey']}"
    assert (body["repo"], body["collection"], body["swapRecord"]) == (DID, "app.bsky.feed.post", None)
    record = body["record"]
    assert record["createdAt"] == "2026-03-02T08:00:00.000Z"
    assert record["langs"] == ["nb"]
    assert record["reply"]["root"] == {"uri": "at://did:plc:x/app.bsky.feed.post/1", "cid": "cid1"}
    assert record["reply"]["parent"]["cid"] == "cid2"
    (picture,) = record["embed"]["images"]
    assert (picture["alt"], picture["aspectRatio"]) == ("Et bær", {"width": 4, "height": 3})
    assert picture["image"]["mimeType"] == "image/png"
    text = record["text"].encode()
    shown = {
        text[facet["index"]["byteStart"] : facet["index"]["byteEnd"]].decode(): facet["features"][0]
        for facet in record["facets"]
    }
    assert {words: list(feature.values())[1] for words, feature in shown.items()} == {
        "@per.example": "did:plc:" + "p" * 24,
        "#bærtur": "bærtur",
        "https://example.org/å": "https://example.org/å",
    }


def test_ticker_symbol_is_marked_as_its_client_marks_it(network, pds, account):
    body = json.loads(network.prepare(account, contract.outgoing("Om $nhy i dag")).body)
    (facet,) = body["record"]["facets"]
    assert facet["features"] == [{"$type": "app.bsky.richtext.facet#tag", "tag": "$NHY"}]
    assert facet["index"] == {"byteStart": 3, "byteEnd": 7}


def test_mention_of_nobody_is_plain_text(network, pds, account):
    body = json.loads(network.prepare(account, contract.outgoing("Hei @ingen.example")).body)
    assert "facets" not in body["record"]


def test_reply_without_a_cid_looks_it_up(network, pds, account):
    post = contract.publish(network, account, "Først")
    payload = network.prepare(account, contract.outgoing("Så", reply_to=Ref(post.id)))
    assert json.loads(payload.body)["record"]["reply"]["parent"] == {"uri": post.id, "cid": post.token}
    with pytest.raises(Refused, match="is gone"):
        network.prepare(account, contract.outgoing("Så", reply_to=Ref(f"{post.id}x")))


def test_place_that_is_taken_is_our_own_earlier_post(network, pds, account):
    outgoing = contract.outgoing("Først")
    first = network.send(account, network.prepare(account, outgoing), outgoing.key)
    other = network.prepare(account, replace(outgoing, text="Noe annet"))
    assert network.send(account, other, outgoing.key) == first
    assert len(pds.records) == 1


@pytest.mark.parametrize(
    ("given", "error"),
    [
        (answer({"error": "InvalidRequest", "message": "Invalid record"}, 400), Refused),
        (answer({"error": "InvalidSwap", "message": "Record was at bafy"}, 400), OutcomeUnknown),
        (answer({"error": "AccountTakedown", "message": "Account has been taken down"}, 401), Reconnect),
        (answer({"error": "RateLimitExceeded"}, 429), TryLater),
        (answer({"error": "InternalServerError"}, 500), OutcomeUnknown),
        (answer({"error": "UpstreamFailure"}, 502), OutcomeUnknown),
        (http.Answer(503, {}, b""), OutcomeUnknown),
        (http.Answer(504, {}, b"<html>"), OutcomeUnknown),
        (http.Answer(400, {}, b"<html>"), OutcomeUnknown),
        (http.Answer(404, {}, b"<html>"), OutcomeUnknown),
        (http.Answer(307, {"location": "https://x.example"}, b""), OutcomeUnknown),
        (http.Answer(200, {}, b""), OutcomeUnknown),
        (http.Answer(200, {}, b"{"), OutcomeUnknown),
        (answer({"uri": "at://x"}), OutcomeUnknown),
        (answer([]), OutcomeUnknown),
    ],
)
def test_every_answer_to_a_publication_has_its_name(network, pds, account, given, error):
    outgoing = contract.outgoing("Hei")
    payload = network.prepare(account, outgoing)
    with at("putRecord", given), pytest.raises(error) as caught:
        network.send(account, payload, outgoing.key)
    assert str(caught.value)
    assert caught.value.status in (given.status, None)


def test_refusal_speaks_in_the_networks_words(network, account):
    payload = network.prepare(account, contract.outgoing("Hei"))
    said = answer({"error": "InvalidRequest", "message": "Invalid app.bsky.feed.post record"}, 400)
    with at("putRecord", said), pytest.raises(Refused, match=r"^Invalid app\.bsky\.feed\.post record$"):
        network.send(account, payload, "k")


def test_look_that_fails_is_never_absence(network, account):
    payload = network.prepare(account, contract.outgoing("Hei"))
    for given in (
        answer({"error": "RepoNotFound", "message": "Could not find repo"}, 400),
        http.Answer(502, {}, b"<html>"),
        http.Answer(200, {}, b"<html>"),
        answer({}),
    ):
        with at("getRecord", given), pytest.raises(TryLater):
            network.find(account, payload, "k", NOW)


def test_older_server_says_absence_in_words(network, account):
    payload = network.prepare(account, contract.outgoing("Hei"))
    with at(
        "getRecord", answer({"error": "InvalidRequest", "message": "Could not locate record: at://"}, 400)
    ):
        assert network.find(account, payload, "k", NOW) is None


def test_only_our_own_posts_are_deleted(network, account):
    with pytest.raises(Refused):
        network.delete(account, Ref("at://did:plc:other/app.bsky.feed.post/1"))


# --- what reaches us


def test_first_fetch_is_the_newest_stretch(network, pds, account, somebody):
    for number in range(130):
        somebody.mention(account, f"nummer {number}")
    page = network.fetch(account, "")
    assert len(page.items) == 100
    assert not page.more
    assert page.items[-1].text.endswith("nummer 129")


def test_long_absence_is_walked_through_and_nothing_is_lost(network, pds, account, somebody):
    somebody.mention(account, "først")
    _items, cursor = contract.collect(network, account, "")
    wanted = {somebody.mention(account, f"nummer {number}") for number in range(1150)}
    page = network.fetch(account, cursor)
    assert page.more
    items, cursor = contract.collect(network, account, cursor)
    assert {item.id for item in items} == wanted
    assert len(items) == 1150
    assert contract.collect(network, account, cursor)[0] == []


def test_what_comes_during_a_walk_is_not_lost(network, pds, account, somebody):
    _items, cursor = contract.collect(network, account, "")
    wanted = {somebody.mention(account, f"nummer {number}") for number in range(700)}
    page = network.fetch(account, cursor)
    found = {item.id for item in page.items}
    wanted |= {somebody.mention(account, f"under {number}") for number in range(3)}
    items, cursor = contract.collect(network, account, page.cursor)
    more, cursor = contract.collect(network, account, cursor)
    assert found | {item.id for item in [*items, *more]} == wanted


def test_notification_dated_before_what_we_have_seen_still_reaches_us(network, pds, account, somebody):
    with time_machine.travel(NOW, tick=False):
        somebody.mention(account, "nå")
        _items, cursor = contract.collect(network, account, "")
        late = (NOW - timedelta(minutes=20)).isoformat().replace("+00:00", "Z")
        somebody.notify(somebody.place("app.bsky.graph.follow"), {}, "follow", "", late)
        items, cursor = contract.collect(network, account, cursor)
        assert [item.kind for item in items] == [Kind.FOLLOW]
        assert contract.collect(network, account, cursor)[0] == []


def test_cursor_stays_small(network, pds, account, somebody):
    for number in range(2500):
        somebody.mention(account, str(number))
    _items, cursor = contract.collect(network, account, "")
    for number in range(2500):
        somebody.mention(account, str(number))
    _items, cursor = contract.collect(network, account, cursor)
    assert len(cursor) < 100_000


def test_every_reason_has_its_kind_and_strange_ones_are_left(network, pds, account, somebody):
    _items, cursor = contract.collect(network, account, "")
    for reason in ("like", "repost", "quote", "follow", "starterpack-joined", "verified", "tomorrow's"):
        somebody.notify(somebody.place("app.bsky.feed.post"), {"text": reason}, reason, "at://us")
    items, _cursor = contract.collect(network, account, cursor)
    assert [item.kind for item in items] == [Kind.REACTION, Kind.SHARE, Kind.MENTION, Kind.FOLLOW]
    assert items[0].parent_id == "at://us"


@pytest.mark.parametrize(
    "odd", [{}, {"uri": 1}, {"uri": "at://x", "reason": "reply"}, {"reason": []}, None, "x"]
)
def test_odd_notifications_break_nothing(network, account, odd):
    said = {"notifications": [odd, {"uri": "at://ok", "reason": "reply", "indexedAt": "2026-13-01"}]}
    with at("listNotifications", answer(said)):
        assert "at://ok" in [item.id for item in network.fetch(account, "").items]


def test_answer_that_also_names_us_is_an_answer(network, pds, account, somebody):
    post = contract.publish(network, account, "Hva synes dere?")
    _items, cursor = contract.collect(network, account, "")
    ref = {"uri": post.id, "cid": post.token}
    somebody.say(f"@{HANDLE} bra!", "mention", "", reply={"root": ref, "parent": ref})
    other = {"uri": "at://did:plc:other/app.bsky.feed.post/1", "cid": "c"}
    somebody.say(f"@{HANDLE} se her", "mention", "", reply={"root": other, "parent": other})
    items, _cursor = contract.collect(network, account, cursor)
    assert [item.kind for item in items] == [Kind.REPLY, Kind.MENTION]


def test_picture_without_words_is_told_by_its_alt_text(network, account):
    record = {"text": "", "embed": {"images": [{"alt": "En katt"}, {"alt": ""}, {"alt": "En hund"}]}}
    notice = {"uri": "at://x", "reason": "reply", "record": record, "indexedAt": "2026-03-02T08:00:00Z"}
    with at("listNotifications", answer({"notifications": [notice]})):
        assert network.fetch(account, "").items[0].text == "En katt\nEn hund"


def test_thread_leaves_what_is_hidden(network, account):
    hidden = {"$type": "app.bsky.feed.defs#blockedPost", "uri": "at://x", "blocked": True}
    with at("getPostThread", answer({"thread": {"post": {"uri": "at://us"}, "replies": [hidden, None]}})):
        assert network.thread(account, Ref("at://us")) == []


def test_thread_of_a_post_that_is_gone_is_empty(network, pds, account):
    assert network.thread(account, Ref("at://did:plc:x/app.bsky.feed.post/1")) == []


def test_figures_that_are_not_told_are_none(network, account):
    with at("getProfile", answer({"did": DID, "followersCount": "mange"})):
        assert network.numbers(account).followers is None


def test_posts_are_counted_twenty_five_at_a_time(network, pds, account):
    posts = [contract.publish(network, account, f"Nummer {number}") for number in range(26)]
    assert len(network.post_numbers(account, posts)) == 26
    assert network.post_numbers(account, []) == []


def test_module_folder_knows_no_django_models():
    for path in Path(records.__file__).parent.glob("*.py"):
        assert "models" not in path.read_text()
