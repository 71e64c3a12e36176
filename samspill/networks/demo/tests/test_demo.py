"""The network of invented people: keeps the contract, and lives the same life twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine

from samspill.networks.base import Account, Kind, Ref
from samspill.networks.contract import NetworkContract
from samspill.networks.demo.life import Life
from samspill.networks.demo.network import Demo
from samspill.networks.demo.people import REPLIES, THANKS, Person
from samspill.networks.demo.store import world
from samspill.networks.errors import OutcomeUnknown, Refused, TryLater, WrongAnswer


class Neighbour:
    """Somebody in the same file."""

    def __init__(self, demo, account):
        self.demo, self.account = demo, account
        self.number = 0

    def do(self, what):
        self.number += 1
        person = Person(f"nabo{self.number}", f"Nabo {self.number}")
        now = datetime.now(UTC).timestamp()
        with world(self.demo.path()) as db:
            row = db.execute("SELECT * FROM account WHERE id = ?", (self.account.remote_id,)).fetchone()
            return what(db, Life(db, self.demo.seed, row, now), person, now)

    def reply(self, to, text):
        def say(db, life, person, now):
            post = db.execute("SELECT * FROM post WHERE id = ?", (to.id,)).fetchone()
            return life.answer(post, person, text, now)

        return self.do(say)

    def mention(self, account, text):
        return self.do(
            lambda db, life, person, now: life.mention(
                f"demo:m{self.number}", person, f"@{account.handle} {text}", now
            )
        )

    def follow(self, account):
        self.do(lambda db, life, person, now: life.happen("follow", person, now))

    def like(self, post):
        self.do(lambda db, life, person, now: life.happen("reaction", person, now, post.id))


@pytest.fixture
def demo(tmp_path):
    return Demo(lambda: tmp_path / "demo.sqlite3")


class TestDemo(NetworkContract):
    speaks_http = False

    @pytest.fixture
    def network(self, demo):
        return demo

    @pytest.fixture
    def answers(self):
        return {"handle": "fjordkraftlaget", "name": "Fjordkraftlaget"}

    @pytest.fixture
    def wrong(self):
        return {"handle": "fjord kraft!", "name": ""}

    @pytest.fixture
    def somebody(self, demo, account):
        return Neighbour(demo, account)


MORNING = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
contract = TestDemo()


def signed_in(demo: Demo) -> Account:
    return demo.sign_in({"handle": "fjordkraftlaget"}).account


def say(demo: Demo, account: Account, text: str, **more: Any) -> Ref:
    """Publish under a key that is the same each time, so that people take it the same each time."""
    outgoing = replace(contract.outgoing(text), key=f"key of {text}", **more)
    return demo.send(account, demo.prepare(account, outgoing), outgoing.key)


def heard(demo: Demo, account: Account, cursor: str = "") -> list[tuple[Kind, str, datetime]]:
    items, _cursor = contract.collect(demo, account, cursor)
    return [(item.kind, item.text, item.at) for item in items]


def test_people_answer_within_minutes_and_more_come_later(demo):
    with time_machine.travel(MORNING, tick=False) as clock:
        account = signed_in(demo)
        post = say(demo, account, "Nettleia går ned fra nyttår.")
        assert demo.thread(account, post) == []
        clock.shift(timedelta(minutes=10))
        assert demo.thread(account, post)
        clock.shift(timedelta(days=3))
        kinds = {kind for kind, _text, _at in heard(demo, account)}
        (numbers,) = demo.post_numbers(account, [post])
    assert {Kind.REPLY, Kind.FOLLOW} <= kinds
    assert numbers.reactions
    assert numbers.replies


def test_same_seed_tells_the_same_story(tmp_path):
    stories = []
    for name in "ab":
        demo = Demo((tmp_path / name).absolute)
        with time_machine.travel(MORNING, tick=False) as clock:
            account = signed_in(demo)
            for number in range(3):
                say(demo, account, f"Innlegg {number}")
            clock.shift(timedelta(days=20))
            stories.append((heard(demo, account), demo.numbers(account)))
    assert stories[0] == stories[1]
    assert len(stories[0][0]) > 10


def test_life_goes_on_while_nobody_looks(demo):
    with time_machine.travel(MORNING, tick=False) as clock:
        account = signed_in(demo)
        first = demo.numbers(account).followers
        clock.shift(timedelta(days=60))
        later = demo.numbers(account).followers
        items = heard(demo, account)
    assert later - first == sum(kind == Kind.FOLLOW for kind, _text, _at in items) > 20
    assert any(kind == Kind.MENTION for kind, _text, _at in items)
    assert all(MORNING <= at <= MORNING + timedelta(days=60) for _kind, _text, at in items)


def test_post_of_the_past_is_taken_up_in_the_past_and_still_collected(demo):
    with time_machine.travel(MORNING, tick=False):
        account = signed_in(demo)
        _items, cursor = contract.collect(demo, account, "")
        say(demo, account, "Fra i fjor", due_at=MORNING - timedelta(days=300))
        items = heard(demo, account, cursor)
    assert items
    assert all(at < MORNING - timedelta(days=250) for _kind, _text, at in items)


def test_some_say_thank_you_for_an_answer(demo):
    with time_machine.travel(MORNING, tick=False) as clock:
        account = signed_in(demo)
        for number in range(8):
            post = say(demo, account, f"Spør oss om nettleie {number}")
            clock.shift(timedelta(minutes=9))
            question = demo.thread(account, post)[0]
            say(demo, account, f"Svar {number}: ja.", reply_to=question.ref, root=post)
        clock.shift(timedelta(days=1))
        texts = {text for kind, text, _at in heard(demo, account) if kind == Kind.REPLY}
    assert texts & set(THANKS["nb"])


def test_people_speak_the_language_of_the_post(demo):
    with time_machine.travel(MORNING, tick=False) as clock:
        account = signed_in(demo)
        english = say(demo, account, "Good morning.", language="en-GB")
        norwegian = say(demo, account, "God morgen.", language="nb")
        clock.shift(timedelta(days=2))
        for post, language in ((english, "en"), (norwegian, "nb")):
            known = {text for texts in REPLIES[language].values() for text in texts}
            assert {item.text for item in demo.thread(account, post)} <= known


def test_deleted_post_is_not_answered_later(demo):
    with time_machine.travel(MORNING, tick=False) as clock:
        account = signed_in(demo)
        post = say(demo, account, "Dette angrer vi på")
        demo.delete(account, post)
        clock.shift(timedelta(days=5))
        kinds = {kind for kind, _text, _at in heard(demo, account)}
        assert demo.thread(account, post) == []
    assert not kinds & {Kind.REPLY, Kind.REACTION, Kind.SHARE}


@pytest.mark.parametrize("handle", ["", " ", "a b", "kari!", "x" * 41, "…"])
def test_handle_that_cannot_be_is_refused(demo, handle):
    with pytest.raises(WrongAnswer) as caught:
        demo.sign_in({"handle": handle})
    assert caught.value.field == "handle"


def test_longest_handle_is_taken(demo):
    assert demo.sign_in({"handle": "@" + "X" * 40}).account.handle == "x" * 40


def test_empty_post_is_refused(demo):
    account = signed_in(demo)
    with pytest.raises(Refused):
        say(demo, account, "  ")


def test_file_that_cannot_be_opened_is_tried_later(tmp_path):
    demo = Demo(lambda: tmp_path / "gone" / "demo.sqlite3")
    account = Account("", "fjord", "fjord", {})
    with pytest.raises(TryLater):
        demo.fetch(account, "")
    with pytest.raises(OutcomeUnknown):
        say(demo, account, "Hei")
