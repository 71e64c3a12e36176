"""Answers that Mastodon.py recorded from Mastodon 4.0 to 4.8: find one, and let it stand for the outside."""

from __future__ import annotations

import json
from collections import deque
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import yaml

from live.servers.process import CACHE
from samspill.networks.base import Account, Outgoing, Payload
from samspill.networks.http import Answer, Request
from samspill.networks.mastodon.network import Mastodon

FOLDER = CACHE / "recorded"
SERVER = "http://localhost:3000"  # where most of it was recorded
NOW = datetime(2026, 10, 14, 19, 5, tzinfo=UTC)  # when

US = "117440810532227399"  # in whose name most was recorded
SOCIAL = "https://mastodon.social"  # where the rest was
INSTANCE, ME = "/api/v2/instance", "/api/v1/accounts/verify_credentials"
STATUSES, MEDIA, NOTIFICATIONS = "/api/v1/statuses", "/api/v2/media", "/api/v1/notifications"

Thing = dict[str, Any]  # one object of Mastodon's JSON


@cache
def _interactions(name: str) -> list[Thing]:
    found: list[Thing] = yaml.load((FOLDER / f"{name}.yaml").read_bytes(), Loader=yaml.CSafeLoader)[
        "interactions"
    ]
    return found


def recorded(name: str, method: str, path: str, *, nth: int = 0) -> Answer:
    """The nth answer to this method and path in `<name>.yaml`; a path may end in … for any rest."""
    found = [each for each in _interactions(name) if _is_it(each["request"], method, path)]
    response = found[nth]["response"]
    headers = {name.lower(): ", ".join(values) for name, values in response["headers"].items()}
    headers.pop("content-encoding", None)  # the recorder has unpacked it
    body = response["body"]["string"]
    return Answer(
        response["status"]["code"],
        headers,
        body.encode() if isinstance(body, str) else body,
        found[nth]["request"]["uri"],
    )


def _is_it(request: Thing, method: str, path: str) -> bool:
    asked = _path(request["uri"])
    same = asked.startswith(path.removesuffix("…")) if path.endswith("…") else asked == path
    return bool(request["method"] == method and same)


def _path(url: str) -> str:
    return urlsplit(url).path.rstrip("/")


def with_json(answer: Answer, value: object) -> Answer:
    """The answer with its recorded parts put together anew."""
    return replace(answer, body=json.dumps(value).encode())


def says(answer: Answer) -> Any:
    return answer.json()


def missing() -> Answer:
    return recorded("cassettes/test_status_missing", "GET", f"{STATUSES}/0")


def revoked() -> Answer:
    return recorded("cassettes_pre_4_4_0/test_zzz_revoke", "POST", STATUSES, nth=-1)


def payload_of(text: str) -> Payload:
    """The request that publishes the text, as our adapter makes it."""
    outgoing = Outgoing(key="our key", due_at=NOW, text=text)
    return Mastodon().prepare(Account(SERVER, "", "", {}), outgoing)


class Replay:
    """The outside as it was recorded: a request gets the next answer of its method and path; the last stays.

    What nobody recorded for the test is a failure of the test, never an empty answer.
    """

    def __init__(self) -> None:
        self.waiting: dict[tuple[str, str], deque[Answer | Exception]] = {}
        self.asked: list[Request] = []

    def answers(self, method: str, path: str, *answers: Answer | Exception) -> None:
        self.waiting.setdefault((method, path), deque()).extend(answers)

    def __call__(self, request: Request, limit: int, seconds: float) -> Answer:
        self.asked.append(request)
        place = (request.method, _path(request.url))
        waiting = self.waiting.get(place)
        assert waiting, f"nothing was recorded for {place}; recorded: {list(self.waiting)}"
        answer = waiting.popleft() if len(waiting) > 1 else waiting[0]
        if isinstance(answer, Exception):
            raise answer
        assert len(answer.body) <= limit, (
            f"the adapter takes in {limit} bytes; this answer has {len(answer.body)}"
        )
        return answer

    def count(self, method: str, path: str) -> int:
        return sum(1 for each in self.asked if (each.method, _path(each.url)) == (method, path))
