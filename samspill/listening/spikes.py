"""Spikes: noticed from counts, told once however long they go on, grouped where watches hear the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from samspill.archive.query import And, Node
from samspill.archive.store import Store
from samspill.listening.alarm import DAY, HOURS, LIMITS, Rule, alarms
from samspill.listening.models import Spike, Watch, WatchVersion
from samspill.listening.reasons import Stretch, reasons, stretch
from samspill.listening.statistics.bursts import bursts
from samspill.listening.watching import node_of

HOUR_MS = 3_600_000
FEWEST_PEOPLE = 3
OVER_AFTER = timedelta(hours=6)  # without an alarm
BEFORE = timedelta(days=7)  # that the reasons are held against
WEEK = timedelta(days=7)
SAME = 0.5  # of a spike's posts that another has too: they are about the same


def notice(store: Store, now: datetime, of: QuerySet[Watch] | None = None) -> list[Spike]:
    """Look at all watches that are to alert, or at these; the spikes that are new."""
    rows = Watch.objects.on() if of is None else of
    watches = list(rows.exclude(alert=Watch.Alert.NONE).prefetch_related("versions"))
    if not watches:
        return []
    versions = {watch: watch.version for watch in watches}
    until = (int(now.timestamp() * 1000) // HOUR_MS + 1) * HOUR_MS
    since = until - HOURS * HOUR_MS
    elapsed = max((int(now.timestamp() * 1000) % HOUR_MS) / HOUR_MS, 0.02)
    kept = [bar.posts for bar in store.histogram(And(()), since, until, HOUR_MS)]
    counts = store.tally([version.pk for version in versions.values()], since, until, HOUR_MS)
    new = []
    for watch, version in versions.items():
        if version.labelled_at is None:
            continue  # what came before is not counted yet, so nothing is known to be usual
        found = alarms(counts[version.pk], kept, elapsed, LIMITS[watch.alert])
        if found and (spike := _take_in(store, version, found, now)):
            new.append(spike)
    _end(now)
    return new


def _take_in(store: Store, version: WatchVersion, rules: Sequence[Rule], now: datetime) -> Spike | None:
    """Begin a spike, or let the one that is on go on; None where it is no new one."""
    node = node_of(version)
    before = Spike.objects.filter(watch=version.watch, ended_at=None).first()
    if before is not None:
        _measure(store, before, node, now)
        before.rules = [asdict(rule) for rule in rules]
        before.save()
        return None
    since = _began(store, node, now, rules[0])
    spike = Spike(watch=version.watch, version=version, since=since, until=now, posts=0, usual=0, people=0)
    if _measure(store, spike, node, now).people < FEWEST_PEOPLE:
        return None
    spike.rules = [asdict(rule) for rule in rules]
    spike.usual = rules[0].usual * (spike.lasted / timedelta(hours=rules[0].hours))
    with transaction.atomic():
        spike.under = _same(store, spike)
        spike.save()
    return spike


def _measure(store: Store, spike: Spike, node: Node, now: datetime) -> Stretch:
    """Count the spike again until now, with its reasons."""
    during = stretch(store, node, _ms(spike.since), _ms(now))
    before = stretch(store, node, _ms(spike.since - BEFORE), _ms(spike.since))
    if spike.posts:
        spike.usual *= (now - spike.since) / max(spike.lasted, timedelta(minutes=1))
    spike.until, spike.people, spike.alike = now, during.people, during.alike
    spike.posts = len(during.hits) if during.whole else store.count(during.asked)
    spike.reasons = reasons(during, before)
    return during


def _began(store: Store, node: Node, now: datetime, rule: Rule) -> datetime:
    """From when on it comes thicker (Kleinberg's first state above the lowest), within the last two days; or
    as far back as the rule looked."""
    looked = stretch(store, node, _ms(now - timedelta(hours=2 * DAY)), _ms(now))
    moments = [hit.post.at / 1000 for hit in reversed(looked.hits)]
    last = [each for each in bursts(moments) if each.level == 1 and each.last >= len(moments) - 3]
    if last:
        return datetime.fromtimestamp(moments[last[-1].first], UTC)
    return now - timedelta(hours=rule.hours)


def _same(store: Store, spike: Spike) -> Spike | None:
    """The spike of another watch of the workspace that is on and about the same posts."""
    mine = set(spike.reasons["posts"])
    for other in Spike.objects.filter(
        watch__workspace=spike.watch.workspace, ended_at=None, under=None
    ).exclude(watch=spike.watch):
        theirs = set(other.reasons.get("posts", ()))
        if mine and len(mine & theirs) >= SAME * min(len(mine), len(theirs) or 1):
            return other
    return None


def _end(now: datetime) -> None:
    """What has had no alarm for a while is over."""
    Spike.objects.filter(ended_at=None, until__lt=now - OVER_AFTER).update(ended_at=now)


def _ms(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)


def to_judge(watches: QuerySet[Watch], now: datetime) -> list[Spike]:
    """The spikes of the last week nobody has looked at: first those that go on, then the largest. Those that
    are about the same as another stand there."""
    rows = Spike.objects.filter(watch__in=watches, judged="", under=None, until__gt=now - WEEK)
    return sorted(rows.select_related("watch"), key=lambda spike: (spike.ended_at is not None, -spike.posts))
