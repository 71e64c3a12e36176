"""Signing in, what the server takes, and our figures, as real Mastodon servers answer."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from live.recorded.mastodon import (
    INSTANCE,
    ME,
    SERVER,
    SOCIAL,
    STATUSES,
    US,
    Replay,
    missing,
    recorded,
    revoked,
    says,
)
from samspill.networks.base import Account, Limits, Ref
from samspill.networks.errors import WrongAnswer
from samspill.networks.mastodon.network import Mastodon

mastodon = Mastodon()
APPS, TOKEN = "/api/v1/apps", "/oauth/token"


@pytest.fixture
def door(outside: Replay) -> Replay:
    outside.answers("GET", INSTANCE, recorded("cassettes/test_instance", "GET", INSTANCE))
    outside.answers("POST", APPS, recorded("cassettes/test_app_account_create", "POST", APPS))
    outside.answers("GET", ME, recorded("cassettes/test_verify_credentials", "GET", ME))
    return outside


def test_registers_itself_and_signs_in_by_a_code(door: Replay) -> None:
    token = recorded("cassettes_pre_4_4_0/test_log_in_password", "POST", TOKEN)
    door.answers("POST", TOKEN, token)

    step = mastodon.begin({"server": SERVER})
    assert step is not None
    assert step.url.startswith(f"{SERVER}/oauth/authorize?")
    signed_in = mastodon.sign_in({**step.carry, "code": "what the server shows"})

    account = signed_in.account
    assert account.secrets["token"] == says(token)["access_token"]
    assert (account.server, account.remote_id) == (SERVER, f"{US}@localhost:3000")
    assert account.handle == "mastodonpy_test@localhost:3000"
    assert (signed_in.name, signed_in.url) == ("mastodonpy_test", f"{SERVER}/@mastodonpy_test")


def test_server_says_where_people_say_yes(door: Replay) -> None:
    """We build the address ourselves; a server that knows its own must name the same."""
    path = "/.well-known/oauth-authorization-server"
    told = says(recorded("cassettes/test_auth_request_url", "GET", path))

    step = mastodon.begin({"server": SERVER})

    assert step is not None
    assert step.url.partition("?")[0] == told["authorization_endpoint"]
    query = parse_qs(urlsplit(step.url).query)
    assert query["code_challenge_method"][0] in told["code_challenge_methods_supported"]
    asked = door.asked[-1].body.decode().split("scopes=")[1].split("&")[0]
    assert set(asked.replace("%3A", ":").split("+")) <= set(told["scopes_supported"])


def test_code_that_no_longer_holds_is_the_code_at_fault(door: Replay) -> None:
    door.answers("POST", TOKEN, recorded("cassettes_pre_4_4_0/test_log_in_password_incorrect", "POST", TOKEN))
    step = mastodon.begin({"server": SERVER})
    assert step is not None

    with pytest.raises(WrongAnswer) as caught:
        mastodon.sign_in({**step.carry, "code": "old"})

    assert caught.value.field == "code"


def test_token_that_was_revoked_is_the_token_at_fault(outside: Replay) -> None:
    outside.answers("GET", INSTANCE, recorded("cassettes/test_instance", "GET", INSTANCE))
    outside.answers("GET", ME, revoked())

    with pytest.raises(WrongAnswer) as caught:
        mastodon.sign_in({"server": SERVER, "token": "old"})

    assert caught.value.field == "token"


def test_limits_of_a_new_server(us: Account, outside: Replay) -> None:
    assert mastodon.limits(us) == Limits(
        text=500, unit="characters", link_length=23, images=4, image_bytes=16_777_216, alt_text=10_000
    )


def test_limits_of_the_largest_server(outside: Replay) -> None:
    answer = recorded("cassettes_entity_tests/test_entity_instancev2", "GET", INSTANCE)
    outside.answers("GET", INSTANCE, answer)

    limits = mastodon.limits(Account(SOCIAL, "", "", {}))

    told = says(answer)["configuration"]
    assert limits.text == told["statuses"]["max_characters"] == 500
    assert limits.alt_text == told["media_attachments"]["description_limit"]


@pytest.mark.parametrize("name", ["cassettes/test_instance_v1", "cassettes_pre_4_0_0/test_media_post"])
def test_limits_of_an_older_server(outside: Replay, name: str) -> None:
    answer = recorded(name, "GET", "/api/v1/instance")
    outside.answers("GET", INSTANCE, missing())
    outside.answers("GET", "/api/v1/instance", answer)

    limits = mastodon.limits(Account(SERVER, "", "", {}))

    assert limits.image_bytes == says(answer)["configuration"]["media_attachments"]["image_size_limit"]
    assert (limits.text, limits.link_length, limits.images, limits.alt_text) == (500, 23, 4, 1500)


def test_numbers_of_an_account(outside: Replay) -> None:
    answer = recorded("cassettes_entity_tests/test_entity_account", "GET", ME)
    outside.answers("GET", ME, answer)

    numbers = mastodon.numbers(Account(SOCIAL, "", "43@mastodon.social", {"token": "a token"}))

    told = says(answer)
    assert (numbers.followers, numbers.following) == (told["followers_count"], told["following_count"])
    assert numbers.posts == told["statuses_count"]
    assert numbers.last_post_at is not None
    assert numbers.last_post_at.date().isoformat() == told["last_status_at"]


def test_account_without_posts_has_no_last_one(us: Account) -> None:
    numbers = mastodon.numbers(us)

    assert (numbers.followers, numbers.posts, numbers.last_post_at) == (0, 0, None)


def test_numbers_of_posts(outside: Replay) -> None:
    place = f"{STATUSES}/110446223051565765"
    outside.answers("GET", place, recorded("cassettes_entity_tests/test_entity_status", "GET", place))
    outside.answers("GET", f"{STATUSES}/0", missing())

    found = mastodon.post_numbers(Account(SOCIAL, "", "", {}), [Ref("110446223051565765"), Ref("0")])

    (numbers,) = found
    assert (numbers.reactions, numbers.shares, numbers.replies) == (1, 0, 0)
