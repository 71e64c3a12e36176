"""From a frame of Bluesky's to what is kept of it, or undone by it."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from datetime import UTC, datetime

from samspill.archive.posts import Closed, Event, Gone, Post, language
from samspill.networks.bluesky.frames import POST, Commit, Embed, Frame, Poison, Record, micros

NETWORK = "bluesky"
FIRST = micros(datetime(2010, 1, 1, tzinfo=UTC))  # before this nobody has posted anything
AHEAD = 5 * 60 * 1_000_000  # microseconds by which an author's clock may be ahead of the server's
TOMORROW = 24 * 3600 * 1_000_000
REMEMBERED = 50_000  # handles; an account's changes are rare, and a handle is for show only
LONGEST = 100  # tags, links or mentions of one post
# An account that is only throttled or out of step stands; any other that is not active is gone from view.
STANDS = ("throttled", "desynchronized")


class Handles:
    """The handles of accounts as they were last announced, the latest so many."""

    def __init__(self) -> None:
        self.known: OrderedDict[str, str] = OrderedDict()

    def of(self, did: str) -> str:
        return self.known.get(did, "")

    def learn(self, did: str, handle: str) -> None:
        self.known[did] = handle
        self.known.move_to_end(did)
        if len(self.known) > REMEMBERED:
            self.known.popitem(last=False)


def event(frame: Frame, handles: Handles, now: int) -> Event | None:
    """What is to be kept or undone, if anything. `now` in microseconds. Raises Poison: no date can be."""
    if frame.commit is not None:
        return _said(frame, frame.commit, handles, now)
    if frame.account is not None and not frame.account.active and frame.account.status not in STANDS:
        return Closed(network=NETWORK, author=frame.did, at=frame.time_us // 1000)
    if frame.identity is not None and frame.identity.handle:
        handles.learn(frame.did, frame.identity.handle)
    return None


def _said(frame: Frame, commit: Commit, handles: Handles, now: int) -> Event | None:
    key = f"at://{frame.did}/{commit.collection}/{commit.rkey}"
    record = commit.record
    if commit.operation == "delete":
        return Gone(network=NETWORK, key=key, at=frame.time_us // 1000)
    if commit.operation not in ("create", "update") or record is None:
        return None
    at, handle = moment(record.created, frame.time_us, now), handles.of(frame.did)
    if commit.collection != POST:
        passed_on = record.subject.uri if record.subject else ""
        if not passed_on:
            raise Poison("The repost does not say of what.")
        return Post(network=NETWORK, key=key, at=at, author=frame.did, handle=handle, repost_of=passed_on)
    return _post(frame, key, at, handle, record)


def _post(frame: Frame, key: str, at: int, handle: str, record: Record) -> Post:
    features = [feature for facet in record.facets for feature in facet.features]
    reply, embed = record.reply, record.embed
    return Post(
        network=NETWORK,
        key=key,
        at=at,
        author=frame.did,
        handle=handle,
        text=record.text or _pictures(embed),
        lang=language(record.langs[0]) if record.langs else "",
        edited=frame.time_us // 1000 if frame.commit and frame.commit.operation == "update" else 0,
        tags=_once([each.tag for each in features] + list(record.tags)) if features or record.tags else (),
        links=_once([each.uri for each in features] + _page(embed)) if features or embed else (),
        mentions=_once([each.did for each in features]) if features else (),
        reply_to=reply.parent.uri if reply else "",
        root=reply.root.uri if reply else "",
        url=f"https://bsky.app/profile/{frame.did}/post/{key.rpartition('/')[2]}",
    )


def moment(created: datetime | None, witnessed: int, now: int) -> int:
    """When it was said, in ms: as its author says, unless that lies before 2010 or after it was seen.

    The same frame gives the same moment whenever it comes. Raises Poison when no date in it can be.
    """
    said = 0 if created is None else micros(created)
    holds = said >= FIRST and (said <= witnessed + AHEAD or witnessed < FIRST)
    at = said if holds else witnessed
    if not FIRST <= at <= now + TOMORROW:
        raise Poison(f"No date in it can be: {created}, seen at {witnessed}.")
    return at // 1000


def _once(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, words)))[:LONGEST]


def _page(embed: Embed | None) -> list[str]:
    """The page that is shown below the post."""
    outer = embed.external if embed else None
    inner = embed.media.external if embed and embed.media else None
    return [each.uri for each in (outer, inner) if each]


def _pictures(embed: Embed | None) -> str:
    """A post of pictures alone is told by what they show."""
    shown = [*embed.images, *(embed.media.images if embed.media else ())] if embed else []
    return "\n".join(filter(None, (image.alt for image in shown)))
