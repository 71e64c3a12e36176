"""Watches: made, changed, and what they have heard by the day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median

from django.db import transaction

from samspill.accounts import log
from samspill.accounts.models import User
from samspill.archive.store import Store
from samspill.listening.asked import zone
from samspill.listening.days import DAYS, HOUR, begins
from samspill.listening.models import FormerLabel, Spike, Watch, WatchVersion

WEEK = 7


@dataclass(frozen=True)
class Heard:
    """What a watch has met: posts a day for the last 28 days, today last."""

    watch: Watch
    version: WatchVersion
    days: Sequence[int]
    spike: Spike | None = None

    @property
    def today(self) -> int:
        return self.days[-1]

    @property
    def week(self) -> int:
        """The last seven days."""
        return sum(self.days[-WEEK:])

    @property
    def usual(self) -> float | None:
        """A week, in the median of the three weeks before; None where nothing came in any of them."""
        weeks = [sum(self.days[-WEEK * (n + 1) : -WEEK * n]) for n in (1, 2, 3)]
        return median(weeks) if any(weeks) else None

    @property
    def bars(self) -> list[tuple[int, float, float]]:
        """For a small drawing, 100 wide and 24 high: x, y and height of each day's bar."""
        most = max(self.days) or 1
        found = []
        for at, posts in enumerate(self.days):
            high = max(round(posts / most * 24, 1), 1.5 if posts else 0.0)
            found.append((round(at * 100 / len(self.days)), round(24 - high, 1), high))
        return found


def heard(store: Store, watches: Iterable[Watch], today: date) -> list[Heard]:
    """One question to the archive, however many they are."""
    rows = list(watches)
    versions = {watch: watch.version for watch in rows}
    days = by_day(store, [version.pk for version in versions.values()], today)
    spikes = {
        spike.watch_id: spike for spike in Spike.objects.filter(watch__in=rows, judged="").order_by("since")
    }
    return [
        Heard(watch, version, days[version.pk], spikes.get(watch.pk)) for watch, version in versions.items()
    ]


def by_day(store: Store, labels: Sequence[int], today: date) -> Mapping[int, Sequence[int]]:
    """Posts on each of the reader's last 28 days, today last."""
    first = today - timedelta(days=DAYS - 1)
    since, until = begins(first), begins(today + timedelta(days=1))
    places = [
        (datetime.fromtimestamp(at / 1000, zone()).date() - first).days for at in range(since, until, HOUR)
    ]
    found: dict[int, Sequence[int]] = {}
    for label, hours in store.tally(labels, since, until, HOUR).items():
        days = [0] * DAYS
        for place, posts in zip(places, hours, strict=True):
            if 0 <= place < DAYS:
                days[place] += posts
        found[label] = days
    return found


def save(watch: Watch, query: str, user: User, why: str = "") -> None:
    """Keep a watch, new or changed; another query is another version."""
    is_new = watch.pk is None
    with transaction.atomic():
        watch.save()
        last = None if is_new else watch.version
        if last is None or last.query != query:
            number = last.number + 1 if last else 1
            watch.versions.create(number=number, query=query, why=why, made_by=user)
        verb = "create" if is_new else "change"
        log.record(f"watch.{verb}", workspace=watch.workspace, user=user, subject=watch, query=query)


def remove(watch: Watch, user: User) -> None:
    """With all its versions and spikes; the archive forgets its labels within minutes."""
    with transaction.atomic():
        labels = watch.versions.values_list("pk", flat=True)
        FormerLabel.objects.bulk_create(FormerLabel(label=label) for label in labels)
        log.record("watch.remove", workspace=watch.workspace, user=user, subject=watch)
        watch.delete()
