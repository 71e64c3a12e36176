"""A stand-in for a hashtag's timeline on a Mastodon server, at the transport."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

from samspill.networks.http import Answer, Request
from samspill.networks.mastodon.tests.server import SERVER, answer

BEGIN = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


class Timeline:
    """Call it as a transport. Ids are numbers that grow; a page has the newest first, as servers give it."""

    def __init__(self) -> None:
        self.statuses: list[dict[str, Any]] = []
        self.asked: list[str] = []
        self.answers: list[Answer] = []  # given before all others

    def say(self, text: str, **more: Any) -> dict[str, Any]:
        number = 1000 + len(self.statuses)
        account = {
            "id": "7",
            "acct": "nabo@annet.example",
            "display_name": "Nabo",
            "url": "https://annet.example/@nabo",
            "uri": "https://annet.example/users/nabo",
            "noindex": False,
        }
        said = {
            "id": str(number),
            "uri": f"https://annet.example/users/nabo/statuses/{number}",
            "url": f"https://annet.example/@nabo/{number}",
            "created_at": (BEGIN + timedelta(minutes=number)).isoformat().replace("+00:00", "Z"),
            "edited_at": None,
            "visibility": "public",
            "language": "nb",
            "spoiler_text": "",
            "content": f"<p>{text}</p>",
            "account": account | more.pop("account", {}),
            "tags": [{"name": "blåbær", "url": f"{SERVER}/tags/blåbær"}],
            "mentions": [],
            "media_attachments": [],
            "favourites_count": 3,
            "reblogs_count": 2,
            "replies_count": 1,
            **more,
        }
        self.statuses.append(said)
        return said

    def __call__(self, sent: Request, limit: int, seconds: float) -> Answer:
        self.asked.append(sent.url)
        if self.answers:
            return self.answers.pop(0)
        asked = {name: values[0] for name, values in parse_qs(urlsplit(sent.url).query).items()}
        count = int(asked["limit"])
        least, most = int(asked.get("min_id", 0)), int(asked.get("max_id", 10**18))
        after = [each for each in self.statuses if least < int(each["id"]) < most]
        shown = after[:count] if "min_id" in asked else after[-count:]
        return answer(list(reversed(shown)))
