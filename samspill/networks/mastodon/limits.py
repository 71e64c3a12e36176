"""What a server takes, as it says itself: /api/v2/instance, and the older v1 with what others add to it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from samspill.networks import http
from samspill.networks.base import Limits
from samspill.networks.errors import TryLater
from samspill.networks.said import inside, whole, words

DEFAULT = Limits(text=500, unit="characters", link_length=23, images=4, image_bytes=8_000_000)


def instance(server: str) -> tuple[str, dict[str, Any]]:
    """What the server says of itself, and the address it says it at. Raises TryLater where nobody does."""
    for version in ("v2", "v1"):
        answer = http.request("GET", f"{server}/api/{version}/instance")
        said = answer.json()
        if answer.ok and isinstance(said, dict) and (words(said, "domain") or words(said, "uri")):
            return http.server_address(answer.url), said
        if answer.status >= 500:
            raise TryLater(_("The server has trouble of its own."), status=answer.status)
    raise TryLater(_("There is no Mastodon server at this address."))


def limits_of(said: dict[str, Any]) -> Limits:
    statuses, media = (inside(said, "configuration", name) for name in ("statuses", "media_attachments"))
    return Limits(
        text=whole(statuses, "max_characters") or whole(said, "max_toot_chars") or DEFAULT.text,
        unit=DEFAULT.unit,
        link_length=whole(statuses, "characters_reserved_per_url") or DEFAULT.link_length,
        images=whole(statuses, "max_media_attachments") or DEFAULT.images,
        image_bytes=whole(media, "image_size_limit") or DEFAULT.image_bytes,
        alt_text=whole(media, "description_limit") or whole(said, "description_limit") or DEFAULT.alt_text,
    )


def domain_of(said: dict[str, Any], server: str) -> str:
    """The name that handles end in, which may be shorter than where the server answers."""
    name = words(said, "domain") or words(said, "uri").removeprefix("https://").removeprefix("http://")
    return name.strip("/") or server.partition("://")[2]
