"""A stand-in for a Bluesky network, at the transport: hand-written after the lexicons.

Read from the reference PDS: a taken place is InvalidSwap, the same record again changes nothing, a session
runs out with 400 ExpiredToken, and a refresh token holds once.
"""

from __future__ import annotations

import hashlib
import itertools
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from samspill.lib.text import graphemes
from samspill.networks.base import Account, Ref
from samspill.networks.http import Answer, Request

SERVER = "https://pds.example"
PLC = "https://plc.example"
APPVIEW = "https://view.example"
DID = "did:plc:" + "a" * 24
HANDLE = "fjordkraft.example"


class No(Exception):
    def __init__(self, status: int, error: str, message: str = "") -> None:
        super().__init__(message)
        self.answer = answer({"error": error, "message": message or error}, status)


def answer(said: Any, status: int = 200, **headers: str) -> Answer:
    body = json.dumps(said).encode()
    return Answer(status, {"content-type": "application/json; charset=utf-8", **headers}, body)


class Pds:
    """Call it as a transport. Time stands still here only if the test's clock does."""

    def __init__(self) -> None:
        self.handles = {HANDLE: DID}
        self.password = "abcd-efgh-ijkl-mnop"
        self.names = {DID: "Fjordkraftlaget"}
        self.records: dict[str, dict[str, Any]] = {}
        self.moments: dict[str, str] = {}
        self.notices: list[dict[str, Any]] = []
        self.follows = 0
        self.number = itertools.count(1)
        self.access: set[str] = set()
        self.refresh: set[str] = set()
        self.asked: list[str] = []
        self.sessions = itertools.count(1)

    def __call__(self, sent: Request, limit: int, seconds: float) -> Answer:
        url = urlsplit(sent.url)
        method = url.path.removeprefix("/xrpc/")
        self.asked.append(method)
        if url.netloc == "plc.example":
            return self.document(url.path.removeprefix("/"))
        if url.path == "/.well-known/atproto-did":
            return Answer(404, {}, b"not here")
        do = getattr(self, method.rpartition(".")[2], None)
        if do is None or not url.path.startswith("/xrpc/"):
            return Answer(404, {}, b"Cannot GET")
        try:
            given: Answer = do(sent, dict(parse_qsl(url.query)) if sent.method == "GET" else _body(sent))
        except No as no:
            return no.answer
        return given

    # --- who and where

    def document(self, did: str) -> Answer:
        if did not in self.handles.values():
            return answer({"message": f"DID not registered: {did}"}, 404)
        names = [f"at://{handle}" for handle, owner in self.handles.items() if owner == did]
        service = {"id": "#atproto_pds", "type": "AtprotoPersonalDataServer", "serviceEndpoint": SERVER}
        return answer({"id": did, "alsoKnownAs": names, "service": [service]})

    def resolveHandle(self, sent: Request, params: Mapping[str, Any]) -> Answer:  # noqa: N802
        if params["handle"] not in self.handles:
            raise No(400, "InvalidRequest", "Unable to resolve handle")
        return answer({"did": self.handles[params["handle"]]})

    def createSession(self, sent: Request, said: dict[str, Any]) -> Answer:  # noqa: N802
        if said["identifier"] not in (DID, HANDLE) or said["password"] != self.password:
            raise No(401, "AuthenticationRequired", "Invalid identifier or password")
        return self.session()

    def refreshSession(self, sent: Request, said: dict[str, Any]) -> Answer:  # noqa: N802
        token = sent.headers["authorization"].removeprefix("Bearer ")
        if token not in self.refresh:
            raise No(400, "ExpiredToken", "Token has been revoked")
        self.refresh.discard(token)
        return self.session()

    def session(self) -> Answer:
        number = next(self.sessions)
        self.access, self.refresh = {f"access-{number}"}, {*self.refresh, f"refresh-{number}"}
        return answer(
            {"did": DID, "handle": HANDLE, "accessJwt": f"access-{number}", "refreshJwt": f"refresh-{number}"}
        )

    def check(self, sent: Request) -> None:
        token = sent.headers.get("authorization", "").removeprefix("Bearer ")
        if not token:
            raise No(401, "AuthMissing", "Authentication Required")
        if token not in self.access:
            raise No(400, "ExpiredToken", "Token has expired")

    # --- records

    def uploadBlob(self, sent: Request, said: Any) -> Answer:  # noqa: N802
        self.check(sent)
        link = "bafkrei" + hashlib.sha256(sent.body).hexdigest()[:20]
        return answer(
            {
                "blob": {
                    "$type": "blob",
                    "ref": {"$link": link},
                    "mimeType": sent.headers["content-type"],
                    "size": len(sent.body),
                }
            }
        )

    def putRecord(self, sent: Request, said: dict[str, Any]) -> Answer:  # noqa: N802
        self.check(sent)
        if len(said["rkey"]) != 13 or said["collection"] != "app.bsky.feed.post":
            raise No(400, "InvalidRequest", "Invalid record key")
        if graphemes(said["record"]["text"]) > 300:
            raise No(400, "InvalidRequest", "Record/text must not be longer than 300 graphemes")
        uri = f"at://{said['repo']}/{said['collection']}/{said['rkey']}"
        there = self.records.get(uri)
        if there is not None and there != said["record"]:
            raise No(400, "InvalidSwap", "Record was at another place")
        if there is None:
            self.keep(uri, said["record"])
        return answer({"uri": uri, "cid": cid(said["record"]), "validationStatus": "valid"})

    def getRecord(self, sent: Request, params: Mapping[str, Any]) -> Answer:  # noqa: N802
        uri = f"at://{params['repo']}/{params['collection']}/{params['rkey']}"
        if uri not in self.records:
            raise No(400, "RecordNotFound", f"Could not locate record: {uri}")
        return answer({"uri": uri, "cid": cid(self.records[uri]), "value": self.records[uri]})

    def deleteRecord(self, sent: Request, said: dict[str, Any]) -> Answer:  # noqa: N802
        self.check(sent)
        self.records.pop(f"at://{said['repo']}/{said['collection']}/{said['rkey']}", None)
        return answer({})

    def keep(self, uri: str, record: dict[str, Any]) -> None:
        self.records[uri] = record
        self.moments[uri] = now()

    # --- what people see

    def getProfile(self, sent: Request, params: Mapping[str, Any]) -> Answer:  # noqa: N802
        self.check(sent)
        mine = [uri for uri in self.records if uri.startswith(f"at://{DID}/")]
        return answer(
            {
                "did": DID,
                "handle": HANDLE,
                "displayName": self.names[DID],
                "followersCount": self.follows,
                "followsCount": 3,
                "postsCount": len(mine),
            }
        )

    def getPosts(self, sent: Request, params: Mapping[str, Any]) -> Answer:  # noqa: N802
        self.check(sent)
        uris = [value for name, value in parse_qsl(urlsplit(sent.url).query) if name == "uris"]
        assert len(uris) <= 25
        return answer({"posts": [self.view(uri) for uri in uris if uri in self.records]})

    def getPostThread(self, sent: Request, params: Mapping[str, Any]) -> Answer:  # noqa: N802
        self.check(sent)
        if params["uri"] not in self.records:
            raise No(400, "NotFound", f"Post not found: {params['uri']}")
        return answer({"thread": self.node(params["uri"])})

    def listNotifications(self, sent: Request, params: Mapping[str, Any]) -> Answer:  # noqa: N802
        self.check(sent)
        ordered = sorted(self.notices, key=lambda notice: notice["indexedAt"], reverse=True)
        start, size = int(params.get("cursor", 0)), min(int(params["limit"]), 100)
        page = ordered[start : start + size]
        more = {"cursor": str(start + size)} if start + size < len(ordered) else {}
        return answer({"notifications": page, "priority": False, **more})

    def node(self, uri: str) -> dict[str, Any]:
        children = [
            each for each, record in self.records.items() if inside(record, "reply", "parent", "uri") == uri
        ]
        return {
            "$type": "app.bsky.feed.defs#threadViewPost",
            "post": self.view(uri),
            "replies": [self.node(child) for child in children],
        }

    def view(self, uri: str) -> dict[str, Any]:
        replies = sum(inside(record, "reply", "parent", "uri") == uri for record in self.records.values())
        likes = sum(n["reason"] == "like" and n["reasonSubject"] == uri for n in self.notices)
        did = uri.split("/")[2]
        return {
            "uri": uri,
            "cid": cid(self.records[uri]),
            "author": self.author(did),
            "record": self.records[uri],
            "indexedAt": self.moments[uri],
            "replyCount": replies,
            "repostCount": 0,
            "likeCount": likes,
            "quoteCount": 0,
        }

    def author(self, did: str) -> dict[str, str]:
        handle = HANDLE if did == DID else f"nabo-{did[-3:]}.example"
        return {"did": did, "handle": handle, "displayName": self.names.get(did, "")}


class Neighbour:
    """Somebody else on the stand-in network."""

    def __init__(self, pds: Pds) -> None:
        self.pds = pds

    def reply(self, to: Ref, text: str) -> str:
        parent = {"uri": to.id, "cid": to.token}
        root = inside(self.pds.records[to.id], "reply", "root") or parent
        return self.say(text, "reply", to.id, reply={"root": root, "parent": parent})

    def mention(self, account: Account, text: str) -> str:
        return self.say(f"@{account.handle} {text}", "mention", "")

    def follow(self, account: Account) -> None:
        self.pds.follows += 1
        uri, record = self.place("app.bsky.graph.follow"), {"subject": account.remote_id}
        self.notify(uri, record, "follow", "")

    def like(self, post: Ref) -> None:
        self.notify(self.place("app.bsky.feed.like"), {"subject": {"uri": post.id}}, "like", post.id)

    def say(self, text: str, reason: str, subject: str, **more: Any) -> str:
        uri = self.place("app.bsky.feed.post")
        record = {"$type": "app.bsky.feed.post", "text": text, "createdAt": now(), **more}
        self.pds.keep(uri, record)
        self.notify(uri, record, reason, subject)
        return uri

    def place(self, collection: str) -> str:
        number = next(self.pds.number)
        return f"at://did:plc:{'b' * 20}{number % 10000:04d}/{collection}/3k{number:011d}"

    def notify(
        self, uri: str, record: dict[str, Any], reason: str, subject: str, at: str | None = None
    ) -> None:
        notice = {
            "uri": uri,
            "cid": cid(record),
            "author": self.pds.author(uri.split("/")[2]),
            "reason": reason,
            "record": record,
            "isRead": False,
            "indexedAt": at or now(),
            "labels": [],
        }
        self.pds.notices.append({**notice, "reasonSubject": subject} if subject else notice)


def cid(record: Any) -> str:
    return "bafyrei" + hashlib.sha256(json.dumps(record, sort_keys=True).encode()).hexdigest()[:20]


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def inside(value: Any, *path: str) -> Any:
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def _body(sent: Request) -> Any:
    return json.loads(sent.body) if sent.headers.get("content-type") == "application/json" else sent.body
