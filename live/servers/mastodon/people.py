"""Somebody on Mastodon who is not us: writes, answers, likes, follows, and lets a program in."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import httpx

if TYPE_CHECKING:
    from live.servers.mastodon.server import Mastodon


@dataclass(frozen=True)
class Person:
    """A post is named by its id on the server."""

    server: Mastodon = field(repr=False)
    id: str
    username: str
    token: str = field(repr=False)

    def post(self, text: str, **more: str) -> str:
        data = {"status": text, "language": "nb", **more}
        return str(self.call("POST", "/api/v1/statuses", data=data)["id"])

    def reply(self, post: str, text: str) -> str:
        """Begins with the name of the one who is answered, as every app does it."""
        author = self.call("GET", f"/api/v1/statuses/{post}")["account"]["acct"]
        return self.post(f"@{author} {text}", in_reply_to_id=post)

    def like(self, post: str) -> None:
        self.call("POST", f"/api/v1/statuses/{post}/favourite")

    def repost(self, post: str) -> None:
        self.call("POST", f"/api/v1/statuses/{post}/reblog")

    def follow(self, account: str) -> None:
        self.call("POST", f"/api/v1/accounts/{account}/follow")

    def posts(self) -> list[str]:
        """The newest first."""
        found = self.server.client.get(f"{self.server.url}/api/v1/accounts/{self.id}/statuses")
        return [each["id"] for each in found.raise_for_status().json()]

    def source(self, post: str) -> str:
        """A post of this person's own, as it was written."""
        return str(self.call("GET", f"/api/v1/statuses/{post}/source")["text"])

    def delete(self, post: str) -> None:
        self.call("DELETE", f"/api/v1/statuses/{post}")

    def authorise(self, address: str) -> str:
        """Open the address a program sent us to, say yes, and return where the browser is sent back to."""
        answer = self._say_yes(address)
        if not answer.is_redirect:
            raise AssertionError(f"sent nowhere: {answer.status_code} {answer.text}")
        return answer.headers["location"]

    def code(self, address: str) -> str:
        """The same for a program that nobody can be sent back to: the page shows a code to carry over."""
        found = re.search(r"Authorization code: (\S+)</p>", self._say_yes(address).text)
        if not found:
            raise AssertionError("no code is shown")
        return found.group(1)

    def _say_yes(self, address: str) -> httpx.Response:
        page = self.server.client.get(address).raise_for_status().text
        hidden = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page)
        form = {name: html.unescape(value) for name, value in hidden}
        return self.server.client.post(
            f"{self.server.url}/oauth/authorize", data={**form, "username": self.username}
        )

    def call(self, method: str, path: str, **more: Any) -> dict[str, Any]:
        return self.server.call(method, path, self.token, **more)
