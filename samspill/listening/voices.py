"""Share of voice: of all that is said about us and others, how much is about each, and what is not known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspill.accounts.models import Workspace
from samspill.archive.models import Gap, Stream
from samspill.archive.query import And, Field, Node, Not, Since, Until
from samspill.archive.store import Store
from samspill.listening.models import ShareOfVoice, Watch
from samspill.listening.statistics.shares import Share, shares
from samspill.listening.watching import node_of
from samspill.networks.registry import NETWORKS, network_name

COUNTED = 1_000_000


@dataclass(frozen=True)
class Voice:
    """`share` is of `posts` people wrote themselves; `reposts` stand apart; `query` as it was counted."""

    watch: Watch
    query: str
    posts: int
    reposts: int
    share: Share | None
    is_own: bool


@dataclass(frozen=True)
class Heard:
    voices: Sequence[Voice]
    total: int
    holes: Sequence[str]

    @property
    def own(self) -> Voice | None:
        return next((voice for voice in self.voices if voice.is_own), None)


def heard(store: Store, asked: ShareOfVoice, days: int, now: datetime) -> Heard:
    """Over so many days until now, the largest first. A post about two counts for both."""
    watches = list(asked.watches.prefetch_related("versions"))
    since, until = now - timedelta(days=days), now
    counts = [_count(store, watch, since, until) for watch in watches]
    found: Sequence[Share | None] = shares([posts for posts, _n in counts]) or [None] * len(watches)
    voices = [
        Voice(watch, watch.version.query, posts, reposts, share, watch.pk == asked.own_id)
        for watch, (posts, reposts), share in zip(watches, counts, found, strict=True)
    ]
    voices.sort(key=lambda voice: (-voice.posts, voice.watch.name))
    return Heard(voices, sum(voice.posts for voice in voices), holes(store, asked.workspace, since, until))


def _count(store: Store, watch: Watch, since: datetime, until: datetime) -> tuple[int, int]:
    stretch = (Since(_ms(since)), Until(_ms(until)))
    asked: Node = And((node_of(watch.version), *stretch))
    every = store.count(asked, most=COUNTED)
    repost: Node = Field("has", "repost")
    own = store.count(And((node_of(watch.version), Not(repost), *stretch)), most=COUNTED)
    return own, every - own


def holes(store: Store, workspace: Workspace, since: datetime, until: datetime) -> list[str]:
    """What these figures do not know of, a sentence each."""
    streams = list(Stream.objects.in_workspace(workspace))
    said = [*_uncovered(store, since), *_partly(streams, since)]
    gaps = Gap.objects.filter(stream__in=streams, closed_at=None, since__lt=until, until__gt=since).count()
    if gaps:
        said.append(
            ngettext(
                "In %(n)d stretch of this time something may be missing.",
                "In %(n)d stretches of this time something may be missing.",
                gaps,
            )
            % {"n": gaps}
        )
    return said


def _uncovered(store: Store, since: datetime) -> list[str]:
    at = Since(_ms(since))
    deaf = [
        network_name(key)
        for key in NETWORKS
        if key not in ("demo", "feed") and not store.count(And((Field("network", key), at)), most=1)
    ]
    never = ["Facebook", "Instagram", "LinkedIn", "TikTok", "Snapchat"]
    return [
        _("Not listened to: %(names)s. What is said there is not in these figures.")
        % {"names": ", ".join([*deaf, *never])}
    ]


def _ms(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)


def _partly(streams: Sequence[Stream], since: datetime) -> list[str]:
    said = []
    for stream in streams:
        name = stream.get_network_display() if stream.tag else stream.name
        if stream.keep == Stream.Keep.SAMPLE:
            said.append(
                _("Of %(name)s one post in %(n)d is kept, so the counts are so many times too low.")
                % {"name": name, "n": stream.one_in}
            )
        if stream.keep == Stream.Keep.MATCHES:
            said.append(
                _("Of %(name)s only what a watch asks for is kept, from when the watch was made.")
                % {"name": name}
            )
        if stream.tag:
            said.append(_("Of %(name)s only #%(tag)s is heard.") % {"name": name, "tag": stream.tag})
        if stream.added_at > since:
            day = date_format(stream.added_at, "DATE_FORMAT")
            said.append(_("%(name)s has been listened to only since %(day)s.") % {"name": name, "day": day})
        if stream.paused_at:
            said.append(_("%(name)s is paused.") % {"name": name})
        if stream.stopped_at:
            said.append(_("%(name)s has ended.") % {"name": name})
    return said
