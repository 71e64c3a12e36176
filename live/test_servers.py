"""The servers and the people in them do what the other live tests build on."""

from __future__ import annotations

from collections import Counter
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
import pytest

from live.servers.bluesky import Bluesky
from live.servers.bluesky import Person as BlueskyPerson
from live.servers.door import door_to
from live.servers.mastodon import Mastodon
from live.servers.mastodon.server import Trouble


def reasons(network: Bluesky, person: BlueskyPerson) -> Counter[str]:
    answer = network.client.get(
        f"{network.url}/xrpc/app.bsky.notification.listNotifications",
        params={"limit": 100},
        headers={"Authorization": f"Bearer {person.token}"},
    )
    return Counter(each["reason"] for each in answer.raise_for_status().json()["notifications"])


def test_bluesky_tells_of_everything_that_others_do(bluesky: Bluesky) -> None:
    kari, ola = bluesky.create_account("kari"), bluesky.create_account("ola")
    post = kari.post("Åpningstider i påsken, se https://example.org/påske #vann")
    answer = ola.reply(post, "Takk!")
    ola.like(post)
    ola.repost(post)
    ola.quote(post, "Les dette")
    ola.follow(kari.did)
    ola.post(f"Hei @{kari.handle}")

    told = Counter(["reply", "like", "repost", "quote", "follow", "mention"])
    bluesky.wait_for(lambda: reasons(bluesky, kari) == told or None)
    assert bluesky.find_post(answer)["record"]["reply"]["root"]["uri"] == post


def test_bluesky_loses_no_answer_when_many_come(bluesky: Bluesky) -> None:
    kari, ola = bluesky.create_account("kari"), bluesky.create_account("ola")
    for number in range(20):
        ola.reply(kari.post(f"Innlegg {number}"), f"Svar {number}")

    bluesky.wait_for(lambda: reasons(bluesky, kari) == {"reply": 20} or None)


def test_bluesky_lets_a_program_in_with_an_app_password(bluesky: Bluesky) -> None:
    kari = bluesky.create_account("kari")

    session = bluesky.write(
        "com.atproto.server.createSession", {"identifier": kari.handle, "password": kari.app_password()}
    )

    assert session["did"] == kari.did


def test_bluesky_forgets_what_is_deleted(bluesky: Bluesky) -> None:
    kari = bluesky.create_account("kari")
    post = kari.post("Feil tekst")

    kari.delete(post)

    bluesky.wait_for(lambda: bluesky.read("app.bsky.feed.getPosts", uris=[post]) == {"posts": []} or None)


def test_mastodon_tells_of_everything_that_others_do(mastodon: Mastodon) -> None:
    kari, ola = mastodon.create_account("kari"), mastodon.create_account("ola")
    post = kari.post("Åpningstider i påsken #vann")
    answer = ola.reply(post, "Takk!")
    ola.like(post)
    ola.repost(post)
    ola.follow(kari.id)

    notifications = httpx.get(
        f"{mastodon.url}/api/v1/notifications", headers={"Authorization": f"Bearer {kari.token}"}
    ).json()
    thread = kari.call("GET", f"/api/v1/statuses/{post}/context")

    assert {each["type"] for each in notifications} == {"mention", "favourite", "reblog", "follow"}
    assert [each["id"] for each in thread["descendants"]] == [answer]


def test_mastodon_lets_a_program_in_by_oauth(mastodon: Mastodon) -> None:
    kari = mastodon.create_account("kari")
    back = "http://127.0.0.1:8000/back"
    program = mastodon.call(
        "POST", "/api/v1/apps", data={"client_name": "Test", "redirect_uris": back, "scopes": "read write"}
    )
    asked = {"client_id": program["client_id"], "redirect_uri": back, "response_type": "code", "state": "a b"}

    address = kari.authorise(f"{mastodon.url}/oauth/authorize?{urlencode(asked)}")
    given = parse_qs(urlsplit(address).query)
    form = {"grant_type": "authorization_code", "code": given["code"][0], "redirect_uri": back}
    keys = {"client_id": program["client_id"], "client_secret": program["client_secret"]}
    token = mastodon.call("POST", "/oauth/token", data={**form, **keys})["access_token"]

    assert given["state"] == ["a b"]
    assert mastodon.call("GET", "/api/v1/accounts/verify_credentials", token)["id"] == kari.id


def test_mastodon_posts_once_for_one_idempotency_key(mastodon: Mastodon) -> None:
    kari = mastodon.create_account("kari")
    headers = {"Authorization": f"Bearer {kari.token}", "Idempotency-Key": "one"}
    path = "/api/v1/statuses"

    with door_to(mastodon.url) as door:
        with door.losing_answers("POST", path), pytest.raises(httpx.RemoteProtocolError):
            httpx.post(f"{door.url}{path}", data={"status": "En gang"}, headers=headers)
        posted = kari.posts()
        again = httpx.post(f"{door.url}{path}", data={"status": "En gang"}, headers=headers).json()

    assert posted == [again["id"]] == kari.posts()


@pytest.mark.parametrize(("effect", "status"), [("status", 503), ("ratelimit", 429)])
def test_mastodon_fails_when_told_to(mastodon: Mastodon, effect: Trouble, status: int) -> None:
    kari = mastodon.create_account("kari")

    refused = pytest.raises(AssertionError, match=str(status))
    with mastodon.trouble(effect, "POST", "/api/v1/statuses", status=status), refused:
        kari.post("Hei")

    assert kari.post("Hei")
