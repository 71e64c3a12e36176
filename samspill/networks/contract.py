"""What every network must do: tests that each inherits, against a stand-in here, a real server in live/.

class TestMine(NetworkContract):
    the fixtures network, answers, wrong and somebody, and, on a real server, patience = 20
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any, ClassVar, Protocol, TypeVar

import pytest
from PIL import Image as Picture

from samspill.networks import http
from samspill.networks.base import Account, Can, Image, Incoming, Kind, Network, Outgoing, Page, Ref
from samspill.networks.errors import OutcomeUnknown, Reconnect, Refused, TryLater, WrongAnswer

T = TypeVar("T")


class Somebody(Protocol):
    """A person on the network who is not us. Each verb returns once the network knows of it."""

    def reply(self, to: Ref, text: str) -> str:
        """Answer the post; the id of the answer as `Incoming.id` will show it."""

    def mention(self, account: Account, text: str) -> str:
        """Write a post that mentions the account and holds the text; its id."""

    def follow(self, account: Account) -> None: ...

    def like(self, post: Ref) -> None: ...


class NetworkContract:
    patience: ClassVar[float] = 0  # seconds until what was done must be seen
    speaks_http: ClassVar[bool] = True
    nobody: ClassVar[str] = "nobody"  # an id of the form the network gives, that no account has

    @pytest.fixture
    def network(self) -> Network:
        raise NotImplementedError("Give the network.")

    @pytest.fixture
    def answers(self) -> Mapping[str, str]:
        raise NotImplementedError("Give answers that sign in.")

    @pytest.fixture
    def wrong(self) -> Mapping[str, str]:
        raise NotImplementedError("Give answers that do not.")

    @pytest.fixture
    def somebody(self, account: Account) -> Somebody:
        raise NotImplementedError("Give a person who is not us.")

    @pytest.fixture
    def account(self, network: Network, answers: Mapping[str, str]) -> Account:
        return network.sign_in(answers).account

    # --- what the tests say it with

    def eventually(self, ask: Callable[[], T], enough: Callable[[T], bool]) -> T:
        """The first answer that is enough, or after our patience the last one."""
        deadline = time.monotonic() + self.patience
        while True:
            found = ask()
            if enough(found) or time.monotonic() >= deadline:
                return found
            time.sleep(0.2)

    def outgoing(self, text: str, **more: Any) -> Outgoing:
        now = datetime.now(UTC)
        return Outgoing(key=str(uuid.uuid4()), due_at=now, text=text, language="nb", **more)

    def publish(self, network: Network, account: Account, text: str, **more: Any) -> Ref:
        outgoing = self.outgoing(text, **more)
        return network.send(account, network.prepare(account, outgoing), outgoing.key)

    def collect(self, network: Network, account: Account, cursor: str) -> tuple[list[Incoming], str]:
        """Everything since the cursor, as the collecting verb reads it."""
        items: list[Incoming] = []
        for _page in range(50):
            page: Page = network.fetch(account, cursor)
            items += page.items
            cursor = page.cursor
            if not page.more:
                return items, cursor
        raise AssertionError("the network never says that this is all")

    def until_seen(
        self, network: Network, account: Account, cursor: str, wanted: Callable[[Incoming], bool]
    ) -> tuple[list[Incoming], str]:
        items: list[Incoming] = []

        def ask() -> list[Incoming]:
            nonlocal cursor
            more, cursor = self.collect(network, account, cursor)
            items.extend(more)
            return items

        self.eventually(ask, lambda found: any(wanted(item) for item in found))
        return items, cursor

    # --- signing in

    def test_right_answers_sign_in(self, network: Network, answers: Mapping[str, str]) -> None:
        signed_in = network.sign_in(answers)
        assert signed_in.name
        assert signed_in.account.handle
        assert signed_in.account.remote_id == network.sign_in(answers).account.remote_id

    def test_wrong_answers_say_which_and_why(self, network: Network, wrong: Mapping[str, str]) -> None:
        with pytest.raises(WrongAnswer) as caught:
            network.sign_in(wrong)
        assert caught.value.field in {ask.name for ask in network.asks}
        assert str(caught.value)

    def test_empty_answers_are_refused(self, network: Network) -> None:
        with pytest.raises(WrongAnswer):
            network.sign_in({ask.name: "" for ask in network.asks})

    def test_lost_credentials_ask_for_a_reconnect(self, network: Network, account: Account) -> None:
        stranger = replace(account, remote_id=self.nobody, secrets=dict.fromkeys(account.secrets, "nothing"))
        with pytest.raises(Reconnect):
            network.numbers(stranger)

    # --- what it takes

    def test_limits_are_told(self, network: Network, account: Account) -> None:
        limits = network.limits(account)
        assert limits.text > 0
        assert limits.unit in {"graphemes", "characters"}
        assert network.length("blåbær", limits) == 6

    def test_text_at_the_limit_is_published(self, network: Network, account: Account) -> None:
        limits = network.limits(account)
        text = "å" * limits.text
        assert network.length(text, limits) == limits.text
        assert self.publish(network, account, text).id

    def test_text_over_the_limit_is_refused(self, network: Network, account: Account) -> None:
        limits = network.limits(account)
        text = "å" * (limits.text + 1)
        assert network.length(text, limits) == limits.text + 1
        with pytest.raises(Refused) as caught:
            self.publish(network, account, text)
        assert str(caught.value)

    # --- publishing exactly once

    def test_same_key_makes_the_same_bytes(self, network: Network, account: Account) -> None:
        outgoing = self.outgoing("Hei fra fjorden #blåbær https://example.org/a")
        assert network.prepare(account, outgoing) == network.prepare(account, outgoing)
        other = replace(outgoing, key=str(uuid.uuid4()))
        assert network.prepare(account, outgoing).id == "" or (
            network.prepare(account, outgoing).id != network.prepare(account, other).id
        )

    def test_post_is_found_only_after_it_was_sent(self, network: Network, account: Account) -> None:
        outgoing = self.outgoing(f"Første melding {uuid.uuid4()}")
        payload, since = network.prepare(account, outgoing), datetime.now(UTC)
        assert network.find(account, payload, outgoing.key, since) is None
        sent = network.send(account, payload, outgoing.key)
        found = network.find(account, payload, outgoing.key, since)
        assert found is not None
        assert found == sent

    def test_sending_twice_makes_one_post(self, network: Network, account: Account) -> None:
        outgoing = self.outgoing("Bare én gang")
        payload = network.prepare(account, outgoing)
        first = network.send(account, payload, outgoing.key)
        assert network.send(account, payload, outgoing.key).id == first.id

    def test_same_words_under_another_key_are_another_post(self, network: Network, account: Account) -> None:
        words = f"Takk for i dag {uuid.uuid4()}"
        assert self.publish(network, account, words).id != self.publish(network, account, words).id

    def test_picture_goes_with_its_alt_text(self, network: Network, account: Account) -> None:
        picture = Image(png(), "image/png", "Fjorden i morgenlys", 4, 3)
        assert self.publish(network, account, "Med bilde", images=[picture]).id

    def test_lost_answer_is_unknown_and_then_found(self, network: Network, account: Account) -> None:
        outgoing, payload = self.ready(network, account)
        since = datetime.now(UTC)
        with faulty(lost), pytest.raises(OutcomeUnknown):
            network.send(account, payload, outgoing.key)
        found = network.find(account, payload, outgoing.key, since)
        assert found is not None
        assert network.send(account, payload, outgoing.key).id == found.id

    @pytest.mark.parametrize("fault", ["cut", "broken"])
    def test_request_that_never_arrived_is_unknown_and_not_found(
        self, network: Network, account: Account, fault: str
    ) -> None:
        outgoing, payload = self.ready(network, account)
        since = datetime.now(UTC)
        with faulty({"cut": cut, "broken": broken}[fault]), pytest.raises(OutcomeUnknown):
            network.send(account, payload, outgoing.key)
        assert network.find(account, payload, outgoing.key, since) is None
        assert network.send(account, payload, outgoing.key).id

    def test_unreachable_server_means_that_nothing_was_sent(self, network: Network, account: Account) -> None:
        outgoing, payload = self.ready(network, account)
        with faulty(down):
            with pytest.raises(TryLater):
                network.send(account, payload, outgoing.key)
            with pytest.raises(TryLater):
                network.find(account, payload, outgoing.key, datetime.now(UTC))
            with pytest.raises(TryLater):
                network.numbers(account)

    def ready(self, network: Network, account: Account) -> tuple[Outgoing, Any]:
        if not self.speaks_http:
            pytest.skip("this network does not speak HTTP")
        outgoing = self.outgoing(f"Ett innlegg {uuid.uuid4()}")
        return outgoing, network.prepare(account, outgoing)

    # --- what reaches us

    def test_reply_reaches_us_once(self, network: Network, account: Account, somebody: Somebody) -> None:
        post = self.publish(network, account, "Hva synes dere?")
        _before, cursor = self.collect(network, account, "")
        reply = somebody.reply(post, "Gjelder det <borettslag> & hytter også?")
        items, cursor = self.until_seen(network, account, cursor, lambda item: item.id == reply)
        (item,) = [item for item in items if item.id == reply]
        assert item.kind == Kind.REPLY
        assert "Gjelder det <borettslag> & hytter også?" in item.text
        assert item.parent_id == item.root_id == post.id
        assert item.author.remote_id != account.remote_id
        assert item.author.handle
        assert item.ref is not None
        assert item.public
        assert self.close_to_now(item.at)
        again, _cursor = self.collect(network, account, cursor)
        assert reply not in [item.id for item in again]

    def test_mention_and_follow_reach_us(
        self, network: Network, account: Account, somebody: Somebody
    ) -> None:
        _before, cursor = self.collect(network, account, "")
        mention = somebody.mention(account, "har dere åpent i romjula?")
        somebody.follow(account)
        items, _cursor = self.until_seen(network, account, cursor, lambda item: item.kind == Kind.FOLLOW)
        (heard,) = [item for item in items if item.id == mention]
        assert heard.kind == Kind.MENTION
        assert "har dere åpent i romjula?" in heard.text
        assert (heard.parent_id, heard.root_id) == ("", mention)
        (follow,) = [item for item in items if item.kind == Kind.FOLLOW]
        assert follow.id
        assert follow.text == ""
        assert follow.ref is None

    def test_each_thing_is_given_once_and_oldest_first(
        self, network: Network, account: Account, somebody: Somebody
    ) -> None:
        post = self.publish(network, account, "Spør oss")
        _before, cursor = self.collect(network, account, "")
        replies = [somebody.reply(post, f"Spørsmål {number}") for number in range(3)]
        items, _cursor = self.until_seen(network, account, cursor, lambda item: item.id == replies[-1])
        assert [item.id for item in items if item.id in replies] == replies
        assert sorted(item.at for item in items) == [item.at for item in items]

    def test_thread_holds_every_answer_and_ours(
        self, network: Network, account: Account, somebody: Somebody
    ) -> None:
        post = self.publish(network, account, "Hva koster en kald januar?")
        question = somebody.reply(post, "Hva med hytta?")
        found = self.thread(network, account, post, {question})
        (item,) = [item for item in found if item.id == question]
        assert item.ref is not None
        answer = self.publish(
            network, account, "Hytta regnes likt.", reply_to=item.ref, root=item.root or post
        )
        deeper = somebody.reply(answer, "Takk!")
        found = self.thread(network, account, post, {question, answer.id, deeper})
        assert {(item.id, item.parent_id, item.root_id) for item in found} == {
            (question, post.id, post.id),
            (answer.id, question, post.id),
            (deeper, answer.id, post.id),
        }
        (ours,) = [item for item in found if item.author.remote_id == account.remote_id]
        assert ours.id == answer.id

    def thread(self, network: Network, account: Account, post: Ref, wanted: set[str]) -> Sequence[Incoming]:
        return self.eventually(
            lambda: network.thread(account, post), lambda found: wanted <= {item.id for item in found}
        )

    def close_to_now(self, moment: datetime) -> bool:
        return abs(datetime.now(UTC) - moment) < timedelta(minutes=5)

    # --- figures

    def test_numbers_follow_what_happens(
        self, network: Network, account: Account, somebody: Somebody
    ) -> None:
        before = network.numbers(account)
        assert before.followers is not None
        assert before.posts is not None
        self.publish(network, account, "Et innlegg til")
        somebody.follow(account)
        wanted = (before.followers + 1, before.posts + 1)
        after = self.eventually(
            lambda: network.numbers(account), lambda found: (found.followers, found.posts) == wanted
        )
        assert (after.followers, after.posts) == wanted

    def test_post_numbers_follow_what_happens(
        self, network: Network, account: Account, somebody: Somebody
    ) -> None:
        post, quiet = (self.publish(network, account, text) for text in ("Liker dere dette?", "Og dette?"))
        somebody.reply(post, "Ja!")
        somebody.like(post)

        def told(posts: Sequence[Any]) -> dict[str, tuple[int | None, int | None]]:
            return {each.id: (each.replies, each.reactions) for each in posts}

        wanted = {post.id: (1, 1), quiet.id: (0, 0)}
        found = self.eventually(
            lambda: network.post_numbers(account, [post, quiet]), lambda posts: told(posts) == wanted
        )
        assert told(found) == wanted

    def test_deleted_post_is_gone_and_deleting_again_is_harmless(
        self, network: Network, account: Account
    ) -> None:
        outgoing = self.outgoing(f"Dette angrer vi på {uuid.uuid4()}")
        payload = network.prepare(account, outgoing)
        ref = network.send(account, payload, outgoing.key)
        network.delete(account, ref)
        assert network.find(account, payload, outgoing.key, datetime.now(UTC)) is None
        network.delete(account, ref)

    def test_network_says_what_it_can(self, network: Network) -> None:
        assert network.can <= set(Can)
        assert {Can.PUBLISH, Can.INBOX, Can.NUMBERS} <= network.can


def png() -> bytes:
    file = BytesIO()
    Picture.new("RGB", (4, 3), "navy").save(file, "PNG")
    return file.getvalue()


Fault = Callable[[http.Transport, http.Request, int, float], http.Answer]


@contextmanager
def faulty(fault: Fault) -> Iterator[None]:
    """Let the line between us and the server, real or not, be at fault."""
    line = http.transport
    with http.replaced(lambda sent, limit, seconds: fault(line, sent, limit, seconds)):
        yield


def lost(line: http.Transport, sent: http.Request, limit: int, seconds: float) -> http.Answer:
    """The request arrives; its answer does not."""
    line(sent, limit, seconds)
    raise http.NoAnswer("The answer was lost.")


def cut(line: http.Transport, sent: http.Request, limit: int, seconds: float) -> http.Answer:
    raise http.NoAnswer("The line was cut.")


def broken(line: http.Transport, sent: http.Request, limit: int, seconds: float) -> http.Answer:
    return http.Answer(502, {"content-type": "text/html"}, b"<h1>Bad gateway</h1>")


def down(line: http.Transport, sent: http.Request, limit: int, seconds: float) -> http.Answer:
    raise TryLater("The server does not answer.")
