"""The contract of every network, against servers: the real Bluesky, and a stand-in with Mastodon's API."""

from __future__ import annotations

import base64
import hmac
import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from urllib.parse import urlsplit

import pytest

from live.servers.bluesky import Bluesky as Servers
from live.servers.bluesky import Person
from live.servers.door import Door, door_to
from samspill.networks.base import Account, Kind, Network, Ref
from samspill.networks.bluesky.network import Bluesky
from samspill.networks.contract import NetworkContract
from samspill.networks.errors import OutcomeUnknown, Reconnect, WrongAnswer

PUT = "/xrpc/com.atproto.repo.putRecord"


def allowed(settings, *urls: str) -> None:
    """What an operator does who keeps a server on a private network."""
    settings.PRIVATE_HOSTS = [*settings.PRIVATE_HOSTS, *(urlsplit(url).netloc for url in urls)]


class OnBluesky:
    """A person who is not us, as the contract asks for one."""

    def __init__(self, person: Person) -> None:
        self.person = person

    def reply(self, to: Ref, text: str) -> str:
        return self.person.reply(to.id, text)

    def mention(self, account: Account, text: str) -> str:
        return self.person.post(f"@{account.handle} {text}")

    def follow(self, account: Account) -> None:
        self.person.follow(account.remote_id)

    def like(self, post: Ref) -> None:
        self.person.like(post.id)


class TestBluesky(NetworkContract):
    patience = 20
    nobody = "did:plc:aaaaaaaaaaaaaaaaaaaaaaaa"

    @pytest.fixture(autouse=True)
    def _may_visit(self, settings, bluesky: Servers) -> None:
        allowed(settings, bluesky.url, bluesky.plc_url, bluesky.appview_url)

    @pytest.fixture
    def network(self, bluesky: Servers) -> Network:
        return Bluesky(plc=bluesky.plc_url, appview=bluesky.appview_url)

    @pytest.fixture
    def us(self, bluesky: Servers) -> Person:
        return bluesky.create_account("fjord")

    @pytest.fixture
    def answers(self, us: Person) -> Mapping[str, str]:
        return {"handle": us.handle, "password": us.app_password()}

    @pytest.fixture
    def wrong(self, us: Person) -> Mapping[str, str]:
        return {"handle": us.handle, "password": "aaaa-bbbb-cccc-dddd"}

    @pytest.fixture
    def somebody(self, bluesky: Servers) -> OnBluesky:
        return OnBluesky(bluesky.create_account("ola"))

    def test_answer_that_is_lost_on_the_way_is_found_and_the_post_is_there_once(
        self, network: Network, account: Account, us: Person, door: Door
    ) -> None:
        outgoing = self.outgoing("Svaret blir borte, innlegget ikke")
        payload = network.prepare(account, outgoing)
        through = replace(account, server=door.url)

        with door.losing_answers("POST", PUT), pytest.raises(OutcomeUnknown):
            network.send(through, payload, outgoing.key)

        assert door.lost == 1
        found = network.find(through, payload, outgoing.key, outgoing.due_at)
        assert found is not None
        assert network.send(through, payload, outgoing.key) == found
        assert texts(us) == [outgoing.text]

    def test_same_payload_twice_is_one_record(self, network: Network, account: Account, us: Person) -> None:
        outgoing = self.outgoing("Én gang")
        payload = network.prepare(account, outgoing)

        first, second = (network.send(account, payload, outgoing.key) for _time in range(2))

        assert first == second
        assert texts(us) == [outgoing.text]

    def test_session_that_has_run_out_is_renewed_and_kept(
        self, network: Network, account: Account, bluesky: Servers
    ) -> None:
        kept: list[Mapping[str, str]] = []
        old = {**account.secrets, "access": run_out(account.secrets["access"])}

        with pytest.raises(AssertionError, match="ExpiredToken"):
            bluesky.write("com.atproto.repo.createRecord", {}, old["access"])
        numbers = network.numbers(replace(account, secrets=old, keep=kept.append))

        assert numbers.posts == 0
        assert [secrets["access"] != old["access"] for secrets in kept] == [True]
        assert kept[0]["refresh"] not in ("", old["refresh"]), "a refresh token is good for one use"
        assert network.numbers(replace(account, secrets=kept[0])) == numbers

    def test_post_goes_out_once_though_the_session_has_run_out(
        self, network: Network, account: Account, us: Person
    ) -> None:
        outgoing = self.outgoing("Etter en lang natt")
        payload = network.prepare(account, outgoing)
        late = {**account.secrets, "access": run_out(account.secrets["access"])}

        network.send(replace(account, secrets=late), payload, outgoing.key)

        assert texts(us) == [outgoing.text]

    def test_app_password_that_was_taken_back_asks_for_a_reconnect(
        self, network: Network, account: Account, us: Person
    ) -> None:
        us.revoke_app_password()
        late = {**account.secrets, "access": run_out(account.secrets["access"])}

        with pytest.raises(Reconnect):
            network.numbers(replace(account, secrets=late))

    def test_server_is_found_from_the_handle_or_given(
        self, network: Network, answers: Mapping[str, str], us: Person, bluesky: Servers
    ) -> None:
        found = network.sign_in({**answers, "handle": f"@{us.handle.upper()}"}).account
        given = network.sign_in({**answers, "server": bluesky.url}).account

        assert found.server == given.server == bluesky.url
        assert found.remote_id == given.remote_id == us.did

    def test_handle_that_nobody_has_is_named_as_the_fault(self, network: Network) -> None:
        with pytest.raises(WrongAnswer) as caught:
            network.sign_in({"handle": "ingen-slik.test", "password": "aaaa-bbbb-cccc-dddd"})

        assert caught.value.field == "handle"

    def test_everything_that_others_do_arrives_once(
        self, network: Network, account: Account, somebody: OnBluesky
    ) -> None:
        post = self.publish(network, account, "Hva synes dere?")
        _before, cursor = self.collect(network, account, "")
        answer = somebody.reply(post, "Bra!")
        mention = somebody.mention(account, "ser dere dette?")
        quote = somebody.person.quote(post.id, "Les dette")
        somebody.like(post)
        somebody.person.repost(post.id)
        somebody.follow(account)

        items, cursor = self.until_seen(network, account, cursor, lambda item: item.kind == Kind.FOLLOW)
        items += self.collect(network, account, cursor)[0]

        assert sorted(item.kind for item in items) == sorted(
            [Kind.REPLY, Kind.MENTION, Kind.MENTION, Kind.REACTION, Kind.SHARE, Kind.FOLLOW]
        )
        assert {answer, mention, quote} <= {item.id for item in items}
        assert len({item.id for item in items}) == len(items)

    def test_links_tags_and_names_are_marked_as_the_network_marks_them(
        self, network: Network, account: Account, us: Person, somebody: OnBluesky
    ) -> None:
        text = f"Blåbærsyltetøy 🫐 fra @{somebody.person.handle}: https://example.org/påske #syltetøy"
        self.publish(network, account, text)

        record = us.records()[0]
        assert record["facets"] == us.facets(text)

    @pytest.fixture
    def door(self, settings, bluesky: Servers) -> Iterator[Door]:
        with door_to(bluesky.url) as door:
            allowed(settings, door.url)
            yield door


def texts(person: Person) -> list[str]:
    """What stands on the server itself, whichever way it came there."""
    return [record["text"] for record in person.records()]


def run_out(token: str) -> str:
    """The session's token as it is a day later: the development network signs with a key that is known."""
    head, body, _signature = token.split(".")
    said = json.loads(base64.urlsafe_b64decode(body + "=="))
    late = encoded(json.dumps({**said, "iat": said["iat"] - 86_400, "exp": said["exp"] - 86_400}).encode())
    signed = hmac.digest(b"jwt-secret", f"{head}.{late}".encode(), "sha256")
    return f"{head}.{late}.{encoded(signed)}"


def encoded(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
