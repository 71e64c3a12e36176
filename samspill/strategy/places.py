"""Where people are, and where we may be: what channel choices, audiences and usage figures call places."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Place:
    """`key` is what usage figures call it. `is_open`: anyone can read it without an account. `is_ours`: we
    run it ourselves, or could."""

    key: str
    name: Promise | str
    is_open: bool = False
    is_ours: bool = False

    def __str__(self) -> str:
        return str(self.name)


PLACES: dict[str, Place] = {
    place.key: place
    for place in (
        Place("facebook", "Facebook"),
        Place("instagram", "Instagram"),
        Place("snapchat", "Snapchat"),
        Place("tiktok", "TikTok"),
        Place("youtube", "YouTube", is_open=True),
        Place("x", "X"),
        Place("linkedin", "LinkedIn"),
        Place("messenger", "Messenger"),
        Place("whatsapp", "WhatsApp"),
        Place("reddit", "Reddit", is_open=True),
        Place("pinterest", "Pinterest"),
        Place("twitch", "Twitch", is_open=True),
        Place("threads", "Threads"),
        Place("bluesky", "Bluesky", is_open=True),
        Place("mastodon", "Mastodon", is_open=True),
        Place("bereal", "BeReal"),
        Place("truthsocial", "Truth Social"),
        Place("discord", "Discord"),
        Place("telegram", "Telegram"),
        Place("website", _("Our own website"), is_open=True, is_ours=True),
        Place("blog", _("A blog"), is_open=True, is_ours=True),
        Place("newsletter", _("Newsletter by e-mail"), is_open=True, is_ours=True),
        Place("feed", _("A feed (RSS or Atom)"), is_open=True, is_ours=True),
        Place("podcast", _("Podcast"), is_open=True, is_ours=True),
        Place("intranet", _("Intranet or staff chat"), is_ours=True),
    )
}
PLACE_CHOICES: tuple[tuple[str, Promise | str], ...] = tuple(
    (key, place.name) for key, place in PLACES.items()
)


@dataclass(frozen=True)
class Block:
    """One of the seven blocks of the honeycomb: what a channel is built for, and what that asks of us."""

    key: str
    name: Promise
    means: Promise

    def __str__(self) -> str:
        return str(self.name)


# Kietzmann, Hermkens, McCarthy and Silvestre: "Social media? Get serious! Understanding the functional
# building blocks of social media", Business Horizons 54 (2011), 241–251.
BLOCKS: dict[str, Block] = {
    block.key: block
    for block in (
        Block("identity", _("Identity"), _("People show who they are.")),
        Block("conversations", _("Conversations"), _("People talk with one another.")),
        Block("sharing", _("Sharing"), _("People pass on what others have made.")),
        Block("presence", _("Presence"), _("People see who is there now, and where.")),
        Block("relationships", _("Relationships"), _("People are tied to one another: friends, followers.")),
        Block("reputation", _("Reputation"), _("People see what standing others have.")),
        Block("groups", _("Groups"), _("People gather around something they share.")),
    )
}
BLOCK_CHOICES: tuple[tuple[str, Promise], ...] = tuple((key, block.name) for key, block in BLOCKS.items())
