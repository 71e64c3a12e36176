"""Spikes: noticed once, with their reasons, grouped, told, judged."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.urls import reverse

from samspill.archive.open import store as opened
from samspill.archive.posts import Gone, Post
from samspill.archive.store.contract import HOUR
from samspill.archive.store.contract import post as said
from samspill.listening.models import Spike, Watch
from samspill.listening.spikes import notice, to_judge
from samspill.listening.tell import alert, digest, last_morning
from samspill.listening.watches import save
from samspill.listening.watching import Watching

NOW = datetime(2026, 11, 25, 12, 30, tzinfo=UTC)
MS = int(NOW.timestamp() * 1000)
DAY = 24 * HOUR
LINK = "https://vaer.example/varsel"


def post(number: int, text: str, at: int, **values: object) -> Post:
    values.setdefault("author", f"did:plc:{number % 40}")
    return said(number, text, at=at, **values)


def usual() -> list[Post]:
    """Five weeks with a post an hour about power, and one about something else."""
    found = []
    for hour in range(35 * 24):
        at = MS - 35 * DAY + hour * HOUR
        found.append(post(hour, "Noe annet i dag", at))
        found.append(post(10_000 + hour, "Om #strøm og regninga, som før", at + 1))
    return found


def storm(count: int = 40, *, at: int = MS, network: str = "bluesky") -> list[Post]:
    """So many posts in the last forty minutes, by different people, most with the same page."""
    return [
        post(
            20_000 + n,
            f"Helt mørkt på øya, {n} timer uten #strøm",
            at - 40 * 60_000 + n * 60_000,
            network=network,
            links=(LINK,) if n % 2 else (),
            shares=n,
        )
        for n in range(count)
    ]


@pytest.fixture
def archive() -> Iterator[object]:
    yield opened()
    opened().close()


def watch(cast, query: str, name: str = "Strøm", **values: object) -> Watch:
    row = Watch(workspace=cast.fjord, name=name, made_by=cast.alice, **values)
    save(row, query, cast.alice)
    row.followers.add(cast.alice)
    return row


def labelled() -> Watching:
    watching = Watching(opened())
    watching.refresh()
    while watching.catch_up(60):
        pass
    return watching


def test_a_spike_is_noticed_once_however_long_it_goes_on(cast, archive):
    row = watch(cast, "#strøm")
    archive.keep(usual())
    watching = labelled()
    assert notice(archive, NOW) == []
    archive.keep(storm(), labels=watching.labels)
    (spike,) = notice(archive, NOW)
    assert (spike.watch, spike.people) == (row, 40)
    assert spike.posts in (40, 41), "with the one it began after"
    assert spike.since <= NOW - timedelta(minutes=35)
    assert spike.times is not None
    assert spike.times > 10
    later = NOW + timedelta(hours=1)
    archive.keep(storm(60, at=MS + HOUR // 3 * 2)[40:], labels=watching.labels)
    assert notice(archive, later) == []
    (same,) = Spike.objects.all()
    assert same.posts == spike.posts + 20
    assert same.until == later
    notice(archive, NOW + timedelta(hours=30))
    assert Spike.objects.get().ended_at is not None


def test_it_says_why(cast, archive):
    watch(cast, "#strøm")
    archive.keep([*usual(), *storm()])
    labelled()
    (spike,) = notice(archive, NOW)
    words = [row[0] for row in spike.reasons["words"]]
    assert {"mørkt", "øya"} <= set(words)
    assert "strøm" not in words, "that is said as much as ever"
    assert spike.reasons["links"] == [[LINK, 20, 0, 20]]
    best = archive.post(spike.reasons["posts"][0])
    assert best is not None
    assert best.shares == 39
    assert not spike.alike


def test_one_person_alone_is_no_spike(cast, archive):
    watch(cast, "#strøm")
    archive.keep([*usual(), *(post(30_000 + n, "#strøm", MS - n * 1000, author="me") for n in range(50))])
    labelled()
    assert notice(archive, NOW) == []


def test_the_same_words_from_many_are_pointed_out(cast, archive):
    watch(cast, "#strøm")
    archive.keep([*usual(), *(post(30_000 + n, "Stem nei til #strøm", MS - n * 1000) for n in range(40))])
    labelled()
    (spike,) = notice(archive, NOW)
    assert spike.alike


def test_watches_that_hear_the_same_are_told_of_as_one(cast, archive):
    watch(cast, "#strøm")
    watch(cast, "mørkt", "Mørkt")
    archive.keep([*usual(), *storm()])
    labelled()
    assert len(notice(archive, NOW)) == 2
    first, second = Spike.objects.order_by("pk")
    assert (first.under, second.under) == (None, first)
    assert to_judge(Watch.objects.all(), NOW) == [first]


def test_a_watch_that_is_not_counted_yet_raises_nothing(cast, archive):
    watch(cast, "#strøm")
    archive.keep([*usual(), *storm()])
    assert notice(archive, NOW) == []


def test_no_alert_is_wished(cast, archive):
    watch(cast, "#strøm", alert=Watch.Alert.NONE)
    archive.keep([*usual(), *storm()])
    labelled()
    assert notice(archive, NOW) == []


def spiked(cast, archive) -> Spike:
    watch(cast, "#strøm")
    archive.keep([*usual(), *storm()])
    labelled()
    (spike,) = notice(archive, NOW)
    return spike


def test_followers_get_one_mail_in_their_language(cast, archive, settings):
    settings.CAN_MAIL = True
    cast.alice.language = "nb"
    cast.alice.save()
    spike = spiked(cast, archive)
    spike.watch.followers.add(cast.charlie)
    alert(NOW)
    alert(NOW)
    (sent,) = mail.outbox
    assert (sent.to, sent.subject) == ([cast.alice.email], "Mer enn vanlig: Strøm")
    assert LINK in sent.body
    assert reverse("listening:spike", args=(cast.fjord.slug, spike.pk)) in sent.body


def test_the_page_says_why_and_takes_what_we_make_of_it(cast, archive, as_person):
    spike = spiked(cast, archive)
    page = reverse("listening:spike", args=(cast.fjord.slug, spike.pk))
    client = as_person(cast.alice)
    shown = client.get(page).content.decode()
    assert f"{spike.posts} posts" in shown
    assert "mørkt" in shown
    assert LINK in shown
    assert "Poisson deviance" in shown
    assert client.post(page, {"judged": "", "note": ""}).status_code == 422
    assert client.post(page, {"judged": "acted", "note": "Ny side om bruddet"}).status_code == 302
    spike.refresh_from_db()
    assert (spike.judged, spike.note, spike.judged_by) == ("acted", "Ny side om bruddet", cast.alice)
    assert to_judge(Watch.objects.all(), NOW) == []


def test_what_its_author_deletes_is_gone_from_the_spike_too(cast, archive, as_person):
    spike = spiked(cast, archive)
    page = reverse("listening:spike", args=(cast.fjord.slug, spike.pk))
    archive.keep([Gone(network="bluesky", key=each.key, at=MS) for each in [*usual(), *storm()]])
    shown = as_person(cast.alice).get(page).content.decode()
    assert "39 timer" not in shown
    assert "None of them is kept any longer." in shown


def test_the_first_page_tells_of_it(cast, archive, as_person):
    spike = spiked(cast, archive)
    Spike.objects.update(until=datetime.now(UTC))
    shown = as_person(cast.alice).get(reverse("today:today", args=(cast.fjord.slug,))).content.decode()
    assert reverse("listening:spike", args=(cast.fjord.slug, spike.pk)) in shown
    assert "One watch hears more than usual." in shown


@pytest.mark.parametrize(
    ("now", "daily", "weekly"),
    [
        ("2026-11-25T06:30", "2026-11-25T06:00", "2026-11-23T06:00"),
        ("2026-11-25T05:30", "2026-11-24T06:00", "2026-11-23T06:00"),
        ("2026-11-23T05:59", "2026-11-22T06:00", "2026-11-16T06:00"),
        ("2026-11-23T06:00", "2026-11-23T06:00", "2026-11-23T06:00"),
    ],
)
def test_mornings_are_those_of_the_place(now, daily, weekly):
    at, oslo = datetime.fromisoformat(now).replace(tzinfo=UTC), ZoneInfo("Europe/Oslo")
    assert last_morning(at, oslo, weekly=False) == datetime.fromisoformat(daily).replace(tzinfo=UTC)
    assert last_morning(at, oslo, weekly=True) == datetime.fromisoformat(weekly).replace(tzinfo=UTC)


def test_a_summary_comes_once_a_morning_with_what_was_said(cast, archive, settings):
    settings.CAN_MAIL = True
    row = watch(cast, "#strøm", digest=Watch.Digest.DAILY, digested_at=NOW - timedelta(days=1))
    watch(cast, "#vind", "Vind", digest=Watch.Digest.DAILY, digested_at=NOW - timedelta(days=1))
    archive.keep(usual())
    digest(archive, NOW)
    digest(archive, NOW)
    (sent,) = mail.outbox
    assert sent.to == [cast.alice.email]
    assert "18 posts since the last summary" in sent.body
    assert "Vind" in sent.body
    row.refresh_from_db()
    assert row.digested_at < NOW
