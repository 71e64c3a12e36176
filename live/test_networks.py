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
from live.servers.mastodon import Mastodon as MastodonServer
from live.servers.mastodon import Person as Neighbour
from live.servers.mastodon.server import Trouble
from samspill.networks.base import Account, Kind, Network, Ref
from samspill.networks.bluesky.network import Bluesky
from samspill.networks.contract import NetworkContract
from samspill.networks.errors import OutcomeUnknown, Reconnect, TryLater, WrongAnswer
from samspill.networks.mastodon.network import Mastodon

PUT = "/xrpc/com.atproto.repo.putRecord"
POST = "/api/v1/statuses"


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


class OnMastodon:
    """A person who is not us, on the stand-in."""

    def __init__(self, person: Neighbour) -> None:
        self.person = person

    def reply(self, to: Ref, text: str) -> str:
        return self.person.reply(to.id, text)

    def mention(self, account: Account, text: str) -> str:
        return self.person.post(f"@{account.handle.partition('@')[0]} {text}")

    def follow(self, account: Account) -> None:
        self.person.follow(account.remote_id.partition("@")[0])

    def like(self, post: Ref) -> None:
        self.person.like(post.id)


class TestMastodon(NetworkContract):
    patience = 10

    @pytest.fixture(autouse=True)
    def _may_visit(self, settings, mastodon: MastodonServer) -> None:
        allowed(settings, mastodon.url)

    @pytest.fixture
    def network(self) -> Network:
        return Mastodon()

    @pytest.fixture
    def us(self, mastodon: MastodonServer) -> Neighbour:
        return mastodon.create_account("fjord")

    @pytest.fixture
    def answers(self, us: Neighbour, mastodon: MastodonServer) -> Mapping[str, str]:
        return {"server": mastodon.url, "token": us.token}

    @pytest.fixture
    def wrong(self, mastodon: MastodonServer) -> Mapping[str, str]:
        return {"server": mastodon.url, "token": "not the one"}

    @pytest.fixture
    def somebody(self, mastodon: MastodonServer) -> OnMastodon:
        return OnMastodon(mastodon.create_account("ola"))

    def test_code_that_the_server_shows_signs_in(
        self, network: Network, us: Neighbour, mastodon: MastodonServer
    ) -> None:
        step = network.begin({"server": mastodon.url})
        assert step is not None
        signed_in = network.sign_in({**step.carry, "code": us.code(step.url)})

        assert signed_in.account.remote_id.partition("@")[0] == us.id
        assert signed_in.account.secrets["token"] not in ("", us.token)

    def test_answer_that_is_lost_on_the_way_is_found_and_the_post_is_there_once(
        self, network: Network, account: Account, us: Neighbour, door: Door
    ) -> None:
        outgoing = self.outgoing("Svaret blir borte, innlegget ikke")
        payload = network.prepare(account, outgoing)
        through = replace(account, server=door.url)

        with door.losing_answers("POST", POST), pytest.raises(OutcomeUnknown):
            network.send(through, payload, outgoing.key)

        assert door.lost == 1
        found = network.find(through, payload, outgoing.key, outgoing.due_at)
        assert found is not None
        assert network.send(through, payload, outgoing.key).id == found.id
        assert us.posts() == [found.id]

    def test_same_payload_twice_is_one_status(
        self, network: Network, account: Account, us: Neighbour
    ) -> None:
        outgoing = self.outgoing("Én gang")
        payload = network.prepare(account, outgoing)

        first, second = (network.send(account, payload, outgoing.key) for _time in range(2))

        assert first == second
        assert us.posts() == [first.id]

    def test_everything_that_others_do_arrives_once(
        self, network: Network, account: Account, somebody: OnMastodon
    ) -> None:
        post = self.publish(network, account, "Hva synes dere?")
        _before, cursor = self.collect(network, account, "")
        answer = somebody.reply(post, "Bra!")
        mention = somebody.mention(account, "ser dere dette?")
        somebody.like(post)
        somebody.person.repost(post.id)
        somebody.follow(account)

        items, cursor = self.until_seen(network, account, cursor, lambda item: item.kind == Kind.FOLLOW)
        items += self.collect(network, account, cursor)[0]

        kinds = [Kind.REPLY, Kind.MENTION, Kind.REACTION, Kind.SHARE, Kind.FOLLOW]
        assert sorted(item.kind for item in items) == sorted(kinds)
        assert [item.id for item in items if item.kind in (Kind.REPLY, Kind.MENTION)] == [answer, mention]

    @pytest.mark.parametrize(
        ("effect", "more", "error"),
        [
            ("ratelimit", {}, TryLater),
            ("status", {"status": 503}, OutcomeUnknown),
            ("malformed", {}, OutcomeUnknown),
        ],
    )
    def test_server_in_trouble_is_told_by_what_comes_next(
        self,
        network: Network,
        account: Account,
        mastodon: MastodonServer,
        effect: Trouble,
        more: Mapping[str, int],
        error: type[Exception],
    ) -> None:
        outgoing = self.outgoing("Når tjeneren har det vondt")
        payload = network.prepare(account, outgoing)

        with mastodon.trouble(effect, "POST", POST, **more), pytest.raises(error):
            network.send(account, payload, outgoing.key)

        assert network.find(account, payload, outgoing.key, outgoing.due_at) is None
        assert network.send(account, payload, outgoing.key).id

    @pytest.fixture
    def door(self, settings, mastodon: MastodonServer) -> Iterator[Door]:
        with door_to(mastodon.url) as door:
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
