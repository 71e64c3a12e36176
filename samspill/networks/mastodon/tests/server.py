"""A stand-in for a Mastodon server, at the transport: written by hand after the documented entities."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from email.parser import BytesParser
from html import escape
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from samspill.lib.text import mastodon_length
from samspill.networks.base import Account, Ref
from samspill.networks.http import Answer, Request

SERVER = "https://mastodon.example"
TOKEN = "token-of-ours"


def answer(said: Any, status: int = 200, **headers: str) -> Answer:
    return Answer(
        status, {"content-type": "application/json; charset=utf-8", **headers}, json.dumps(said).encode()
    )


def no(status: int, error: str, **more: str) -> Answer:
    return answer({"error": error, **more}, status)


class Server:
    """Call it as a transport."""

    def __init__(self) -> None:
        self.number = itertools.count(109_000)
        self.accounts = {
            "1": self.account("1", "fjordkraft", "Fjordkraftlaget"),
            "2": self.account("2", "nabo", ""),
        }
        self.tokens = {TOKEN: "1"}
        self.codes: dict[str, str] = {}
        self.statuses: dict[str, dict[str, Any]] = {}
        self.sources: dict[str, str] = {}
        self.keys: dict[str, str] = {}
        self.notices: list[dict[str, Any]] = []
        self.media: dict[str, int] = {}
        self.slow_pictures = 0
        self.asked: list[str] = []
        self.instance = {
            "domain": "mastodon.example",
            "version": "4.4.1",
            "configuration": {
                "statuses": {
                    "max_characters": 500,
                    "max_media_attachments": 4,
                    "characters_reserved_per_url": 23,
                },
                "media_attachments": {"image_size_limit": 16_777_216, "description_limit": 1500},
            },
        }
        self.routes: list[tuple[str, str, Callable[..., Answer]]] = [
            ("GET", "/api/v2/instance", lambda sent: answer(self.instance)),
            ("POST", "/api/v1/apps", self.register),
            ("POST", "/oauth/token", self.grant),
            ("GET", "/api/v1/accounts/verify_credentials", self.me),
            ("GET", r"/api/v1/accounts/(\w+)/statuses", self.of_account),
            ("GET", "/api/v1/notifications", self.notifications),
            ("POST", "/api/v2/media", self.upload),
            ("GET", r"/api/v1/media/(\w+)", self.picture),
            ("POST", "/api/v1/statuses", self.publish),
            ("GET", r"/api/v1/statuses/(\w+)", self.status),
            ("DELETE", r"/api/v1/statuses/(\w+)", self.delete),
            ("GET", r"/api/v1/statuses/(\w+)/source", self.source),
            ("GET", r"/api/v1/statuses/(\w+)/context", self.context),
        ]

    def __call__(self, sent: Request, limit: int, seconds: float) -> Answer:
        path = urlsplit(sent.url).path
        self.asked.append(f"{sent.method} {path}")
        for method, route, do in self.routes:
            found = re.fullmatch(route, path)
            if method == sent.method and found:
                open_to_all = path in ("/api/v2/instance", "/api/v1/apps", "/oauth/token")
                return do(sent, *found.groups()) if open_to_all or self.who(sent) else REVOKED
        return no(404, "Not Found")

    def who(self, sent: Request) -> str:
        return self.tokens.get(sent.headers.get("authorization", "").removeprefix("Bearer "), "")

    # --- letting in

    def register(self, sent: Request) -> Answer:
        form = dict(parse_qsl(sent.body.decode()))
        assert form["redirect_uris"] == "urn:ietf:wg:oauth:2.0:oob"
        return answer(
            {"id": "7", "name": form["client_name"], "client_id": "client", "client_secret": "hush"}
        )

    def grant(self, sent: Request) -> Answer:
        form = dict(parse_qsl(sent.body.decode()))
        if (
            self.codes.pop(form["code"], None) is None
            or form["client_secret"] != "hush"
            or not form["code_verifier"]
        ):
            return no(400, "invalid_grant", error_description="The provided authorization grant is invalid")
        return answer(
            {"access_token": TOKEN, "token_type": "Bearer", "scope": form["scope"], "created_at": 1}
        )

    # --- statuses

    def publish(self, sent: Request) -> Answer:
        said, us = json.loads(sent.body), self.who(sent)
        key = sent.headers["idempotency-key"]
        if key in self.keys:
            return answer(self.statuses[self.keys[key]])
        if not said["status"].strip() and not said.get("media_ids"):
            return no(422, "Validation failed: Text can't be blank")
        if mastodon_length(said["status"]) > 500:
            return no(422, "Validation failed: Text character limit of 500 exceeded")
        to = said.get("in_reply_to_id")
        if to and to not in self.statuses:
            return no(404, "Record not found")
        status = self.keep(us, said["status"], to, said["visibility"], said.get("media_ids", []))
        self.keys[key] = status["id"]
        return answer(status)

    def keep(
        self,
        author: str,
        text: str,
        to: str | None = None,
        visibility: str = "public",
        media: list[str] | None = None,
    ) -> dict[str, Any]:
        identity = str(next(self.number))
        parent = self.statuses.get(to or "")
        shown = re.sub(
            r"@(\w+)@[\w.]+", r'<a href="#">@<span>\1</span></a>', escape(text.strip(), quote=False)
        )
        status = {
            "id": identity,
            "created_at": now(),
            "in_reply_to_id": to,
            "in_reply_to_account_id": parent["account"]["id"] if parent else None,
            "spoiler_text": "",
            "visibility": visibility,
            "uri": f"{SERVER}/users/x/statuses/{identity}",
            "url": f"{SERVER}/@x/{identity}",
            "content": "<p>" + shown.replace("\n\n", "</p><p>").replace("\n", "<br />") + "</p>",
            "account": self.accounts[author],
            "media_attachments": [{"id": each, "type": "image"} for each in media or []],
            "replies_count": 0,
            "reblogs_count": 0,
            "favourites_count": 0,
        }
        self.statuses[identity], self.sources[identity] = status, text.strip()
        self.accounts[author]["statuses_count"] += 1
        if parent:
            parent["replies_count"] += 1
        return status

    def status(self, sent: Request, identity: str) -> Answer:
        found = self.statuses.get(identity)
        return answer(found) if found else no(404, "Record not found")

    def delete(self, sent: Request, identity: str) -> Answer:
        if identity not in self.statuses:
            return no(404, "Record not found")
        del self.sources[identity]
        return answer(self.statuses.pop(identity))

    def source(self, sent: Request, identity: str) -> Answer:
        if identity not in self.statuses:
            return no(404, "Record not found")
        return answer({"id": identity, "text": self.sources[identity], "spoiler_text": ""})

    def context(self, sent: Request, identity: str) -> Answer:
        if identity not in self.statuses:
            return no(404, "Record not found")
        above: list[dict[str, Any]] = []
        parent = self.statuses[identity]["in_reply_to_id"]
        while parent:
            above.insert(0, self.statuses[parent])
            parent = self.statuses[parent]["in_reply_to_id"]
        below, known = [], {identity}
        for status in self.statuses.values():
            if status["in_reply_to_id"] in known:
                known.add(status["id"])
                below.append(status)
        return answer({"ancestors": above, "descendants": below})

    def of_account(self, sent: Request, account: str) -> Answer:
        params = dict(parse_qsl(urlsplit(sent.url).query))
        mine = [each for each in reversed(self.statuses.values()) if each["account"]["id"] == account]
        older = [each for each in mine if "max_id" not in params or int(each["id"]) < int(params["max_id"])]
        return answer(older[: int(params["limit"])])

    # --- pictures

    def upload(self, sent: Request) -> Answer:
        kind = f"Content-Type: {sent.headers['content-type']}\r\n\r\n".encode()
        parts = BytesParser().parsebytes(kind + sent.body).get_payload()
        names = [part.get_param("name", header="content-disposition") for part in parts]  # type: ignore[union-attr]
        assert set(names) == {"file", "description"}
        identity = str(next(self.number))
        self.media[identity] = self.slow_pictures
        return answer({"id": identity, "type": "image", "url": None}, 202 if self.slow_pictures else 200)

    def picture(self, sent: Request, identity: str) -> Answer:
        self.media[identity] -= 1
        return answer({"id": identity, "type": "image"}, 206 if self.media[identity] > 0 else 200)

    # --- what reaches us

    def me(self, sent: Request) -> Answer:
        return answer({**self.accounts[self.who(sent)], "source": {"note": ""}})

    def notifications(self, sent: Request) -> Answer:
        params = parse_qsl(urlsplit(sent.url).query)
        first, limit = dict(params).get("min_id"), int(dict(params)["limit"])
        kinds = {value for name, value in params if name == "types[]"}
        mine = [each for each in self.notices if each["type"] in kinds]
        if first is None:
            return answer(mine[-limit:][::-1])
        return answer([each for each in mine if int(each["id"]) > int(first)][:limit][::-1])

    def notify(self, kind: str, account: str, status: dict[str, Any] | None = None) -> dict[str, Any]:
        notice = {
            "id": str(next(self.number)),
            "type": kind,
            "created_at": now(),
            "account": self.accounts[account],
            "status": status,
        }
        self.notices.append(notice if status else {k: v for k, v in notice.items() if k != "status"})
        return notice

    @staticmethod
    def account(identity: str, username: str, name: str) -> dict[str, Any]:
        return {
            "id": identity,
            "username": username,
            "acct": username,
            "display_name": name,
            "url": f"{SERVER}/@{username}",
            "followers_count": 0,
            "following_count": 3,
            "statuses_count": 0,
            "last_status_at": "2026-03-01",
        }


class Neighbour:
    """Somebody else on the stand-in server."""

    def __init__(self, server: Server) -> None:
        self.server = server

    def reply(self, to: Ref, text: str) -> str:
        acct = self.server.statuses[to.id]["account"]["acct"]
        status = self.server.keep("2", f"@{acct} {text}", to.id)
        self.server.notify("mention", "2", status)
        return str(status["id"])

    def mention(self, account: Account, text: str) -> str:
        status = self.server.keep("2", f"@{account.handle} {text}")
        self.server.notify("mention", "2", status)
        return str(status["id"])

    def follow(self, account: Account) -> None:
        self.server.accounts["1"]["followers_count"] += 1
        self.server.notify("follow", "2")

    def like(self, post: Ref) -> None:
        status = self.server.statuses[post.id]
        status["favourites_count"] += 1
        self.server.notify("favourite", "2", status)


REVOKED = no(401, "The access token is invalid")


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
