"""The mails of watches: an alert once for each spike, and summaries in the morning."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from samspill.accounts import mail
from samspill.accounts.middleware import zone_of
from samspill.accounts.models import Member, User, Workspace
from samspill.archive.query import And, Node, Since, Until
from samspill.archive.store import Store
from samspill.listening.models import Spike, Watch
from samspill.listening.watching import node_of

MORNING = time(7)
LATEST = timedelta(hours=12)  # after which an alert is news no longer
MOST = 100_000
QUOTED = 3  # posts of a watch


@dataclass(frozen=True)
class Line:
    """What a watch has heard since the last summary; `usual`: in as much time before."""

    watch: Watch
    posts: int
    usual: int
    quotes: Sequence[str]
    link: str


def alert(now: datetime) -> None:
    """Tell of the spikes nobody has been told of. Marked first: rather no mail than two."""
    for spike in Spike.objects.filter(told_at=None).select_related("watch__workspace"):
        Spike.objects.filter(pk=spike.pk).update(told_at=now)
        if spike.under is not None or spike.noticed_at < now - LATEST:
            continue
        link = settings.ADDRESS + reverse("listening:spike", args=(spike.watch.workspace.slug, spike.pk))
        for user in _followers(spike.watch):
            with translation.override(user.language or translation.get_language()):
                subject = _("More than usual: %(name)s") % {"name": spike.watch.name}
            words = {"spike": spike, "link": link}
            mail.send(user.email, subject, "listening/mail/spike.txt", language=user.language, **words)


def digest(store: Store, now: datetime) -> None:
    """Send the summaries that are due: after seven in the morning where the workspace is."""
    for workspace in Workspace.objects.filter(watches__digest__in=("daily", "weekly")).distinct():
        lines: dict[User, list[Line]] = {}
        for watch, due in _due(workspace, now):
            line = _line(store, watch, due)
            Watch.objects.filter(pk=watch.pk).update(digested_at=due)
            for user in _followers(watch):
                lines.setdefault(user, []).append(line)
        for user, mine in lines.items():
            with translation.override(user.language or translation.get_language()):
                subject = _("What people say: %(workspace)s") % {"workspace": workspace.name}
            words = {"lines": mine, "workspace": workspace}
            mail.send(user.email, subject, "listening/mail/digest.txt", language=user.language, **words)


def _due(workspace: Workspace, now: datetime) -> Iterator[tuple[Watch, datetime]]:
    zone = zone_of(workspace.time_zone) or timezone.get_default_timezone()
    watches = Watch.objects.in_workspace(workspace).on().exclude(digest="").prefetch_related("versions")
    for watch in watches:
        due = last_morning(now, zone, weekly=watch.digest == Watch.Digest.WEEKLY)
        if watch.digested_at < due:
            yield watch, due


def last_morning(now: datetime, zone: tzinfo, *, weekly: bool) -> datetime:
    """The last time it was seven in the morning there, or seven on a Monday morning."""
    day = now.astimezone(zone).date()
    if datetime.combine(day, MORNING, zone) > now:
        day -= timedelta(days=1)
    if weekly:
        day -= timedelta(days=day.weekday())
    return datetime.combine(day, MORNING, zone)


def _line(store: Store, watch: Watch, until: datetime) -> Line:
    node, since = node_of(watch.version), watch.digested_at
    asked = _between(node, since, until)
    found = store.find(asked, limit=QUOTED)
    return Line(
        watch,
        store.count(asked, most=MOST),
        store.count(_between(node, since - (until - since), since), most=MOST),
        [hit.post.text for hit in found.hits],
        settings.ADDRESS + reverse("listening:watch", args=(watch.workspace.slug, watch.pk)),
    )


def _between(node: Node, since: datetime, until: datetime) -> Node:
    return And((node, Since(int(since.timestamp() * 1000)), Until(int(until.timestamp() * 1000))))


def _followers(watch: Watch) -> list[User]:
    """Those who follow it and are still in its workspace."""
    members = Member.objects.filter(workspace=watch.workspace, user__in=watch.followers.all())
    return [member.user for member in members.select_related("user") if member.user.is_active]
