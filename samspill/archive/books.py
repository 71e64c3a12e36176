"""Where the streams note what people must know: gaps, and what could not be read. Twice the same is once."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from django.db.models import F, Q
from django.utils import timezone

from samspill.archive.arrivals import Filled, Hole, Letter
from samspill.archive.models import LARGEST_LETTER, MOST_LETTERS, DeadLetter, Gap, Stream
from samspill.archive.pace import Pace
from samspill.networks.bluesky.frames import micros

GIVE_UP = timedelta(days=7)  # no server has more; the gap stays, for everyone to see


class Books:
    """In the main database. A stream that has been removed meanwhile has no books any more."""

    def __init__(self, pace: Pace | None = None) -> None:
        self.pace = pace or Pace()

    def put_aside(self, key: str, letters: Sequence[Letter]) -> None:
        """Keep frames that nobody could read; of very many the newest."""
        stream = _stream(key)
        if stream is None:
            return
        rows = [_row(stream, letter) for letter in letters]
        DeadLetter.objects.bulk_create(rows, ignore_conflicts=True)
        last = stream.letters.order_by("-pk").values_list("pk", flat=True)[MOST_LETTERS : MOST_LETTERS + 1]
        if oldest := list(last):
            stream.letters.filter(pk__lte=oldest[0]).delete()

    def note_hole(self, key: str, hole: Hole) -> None:
        """A gap, or more of one that is known."""
        stream = _stream(key)
        if stream is None:
            return
        until = moment(hole.until)
        gap, is_new = Gap.objects.get_or_create(
            stream=stream, since=moment(hole.since), defaults={"until": until}
        )
        if not is_new and gap.until < until:
            Gap.objects.filter(pk=gap.pk).update(until=until, closed_at=None)

    def close_hole(self, key: str, filled: Filled, posts: int) -> None:
        Gap.objects.filter(stream=_stream(key), since=moment(filled.since)).update(
            closed_at=timezone.now(), filled_by=filled.by[:255], filled_posts=F("filled_posts") + posts
        )

    def due_holes(self, key: str) -> list[Hole]:
        """The gaps that are to be filled now; to ask is to try."""
        now = timezone.now()
        rested = now - timedelta(seconds=self.pace.fill_every)
        gaps = Gap.objects.filter(stream=_stream(key), closed_at=None, found_at__gt=now - GIVE_UP)
        due = list(gaps.filter(Q(tried_at=None) | Q(tried_at__lte=rested)).order_by("since"))
        Gap.objects.filter(pk__in=[gap.pk for gap in due]).update(tried_at=now, tries=F("tries") + 1)
        return [Hole(micros(gap.since), micros(gap.until)) for gap in due]


def moment(micros: int) -> datetime:
    """The time that so many microseconds since 1970 UTC are."""
    return datetime.fromtimestamp(micros // 1_000_000, UTC) + timedelta(microseconds=micros % 1_000_000)


def _stream(key: str) -> Stream | None:
    return Stream.objects.filter(uuid=key.rpartition("/")[2]).first()


def _row(stream: Stream, letter: Letter) -> DeadLetter:
    return DeadLetter(
        stream=stream,
        cursor=letter.cursor[:255],
        raw=letter.raw[:LARGEST_LETTER],
        size=len(letter.raw),
        digest=hashlib.sha256(letter.raw).hexdigest(),
        error=letter.error.replace("\0", "")[:1000],
    )
