"""Somebody on Bluesky who is not us: writes, answers, likes, follows."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from live.servers.bluesky.network import Bluesky

MARKED = re.compile(r"(?<!\w)(?:#(?P<tag>\w+)|@(?P<handle>[\w-]+(?:\.[\w-]+)+)|(?P<link>https?://[^\s]+))")


@dataclass(frozen=True)
class Person:
    """A post is named by its at:// URI. Each verb returns when the whole network has seen what it acts on."""

    network: Bluesky = field(repr=False)
    did: str
    handle: str
    password: str
    token: str = field(repr=False)

    def post(self, text: str, **more: Any) -> str:
        """Hashtags, links and @handles in the text become what an app makes of them."""
        record = {"text": text, "langs": ["nb"], "facets": self.facets(text), **more}
        uri = self.create("app.bsky.feed.post", record)
        self.network.find_post(uri)
        return uri

    def reply(self, uri: str, text: str) -> str:
        parent = self.network.find_post(uri)
        root = parent["record"].get("reply", {}).get("root") or reference(parent)
        return self.post(text, reply={"root": root, "parent": reference(parent)})

    def quote(self, uri: str, text: str) -> str:
        quoted = reference(self.network.find_post(uri))
        return self.post(text, embed={"$type": "app.bsky.embed.record", "record": quoted})

    def like(self, uri: str) -> str:
        return self.create("app.bsky.feed.like", {"subject": reference(self.network.find_post(uri))})

    def repost(self, uri: str) -> str:
        return self.create("app.bsky.feed.repost", {"subject": reference(self.network.find_post(uri))})

    def follow(self, did: str) -> str:
        self.network.wait_for(lambda: self.network.read("app.bsky.actor.getProfile", actor=did))
        return self.create("app.bsky.graph.follow", {"subject": did})

    def delete(self, uri: str) -> None:
        collection, rkey = uri.split("/")[-2:]
        place = {"repo": self.did, "collection": collection, "rkey": rkey}
        self.network.write("com.atproto.repo.deleteRecord", place, self.token)

    def app_password(self, name: str = "samspill") -> str:
        """What a person makes in the settings of the app, and gives to a program such as ours."""
        answer = self.network.write("com.atproto.server.createAppPassword", {"name": name}, self.token)
        return str(answer["password"])

    def revoke_app_password(self, name: str = "samspill") -> None:
        self.network.write("com.atproto.server.revokeAppPassword", {"name": name}, self.token)

    def records(self) -> list[dict[str, Any]]:
        """The posts as they stand on the person's own server, newest first."""
        return [each["value"] for each in self._listed()]

    def post_uris(self) -> list[str]:
        return [each["uri"] for each in self._listed()]

    def _listed(self) -> list[dict[str, Any]]:
        place: dict[str, str | int] = {"repo": self.did, "collection": "app.bsky.feed.post", "limit": 100}
        method = "com.atproto.repo.listRecords"
        answer = self.network.client.get(f"{self.network.url}/xrpc/{method}", params=place)
        found: list[dict[str, Any]] = answer.raise_for_status().json()["records"]
        return found

    def create(self, collection: str, record: dict[str, Any]) -> str:
        now = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        record = {"$type": collection, "createdAt": now, **record}
        place = {"repo": self.did, "collection": collection, "record": record}
        return str(self.network.write("com.atproto.repo.createRecord", place, self.token)["uri"])

    def facets(self, text: str) -> list[dict[str, Any]]:
        """Mark tags, links and known handles; positions are bytes of UTF-8 (app.bsky.richtext.facet)."""
        found = []
        for match in MARKED.finditer(text):
            start, end = (len(text[:place].encode()) for place in match.span())
            if feature := self.feature(match):
                found.append({"index": {"byteStart": start, "byteEnd": end}, "features": [feature]})
        return found

    def feature(self, match: re.Match[str]) -> dict[str, str] | None:
        if tag := match["tag"]:
            return {"$type": "app.bsky.richtext.facet#tag", "tag": tag}
        if link := match["link"]:
            return {"$type": "app.bsky.richtext.facet#link", "uri": link}
        known = self.network.read("app.bsky.actor.getProfile", actor=match["handle"])
        return {"$type": "app.bsky.richtext.facet#mention", "did": known["did"]} if known else None


def reference(post: dict[str, Any]) -> dict[str, str]:
    return {"uri": post["uri"], "cid": post["cid"]}
