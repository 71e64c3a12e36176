"""What decks tell: the strategy's content in words, and beside it the figures slides count and draw with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.formats import date_format, number_format

from samspill.face.blocks import Content, Row
from samspill.face.content import Choices, content
from samspill.measurement.ladder import Rung, ladder
from samspill.measurement.record import gather as measured
from samspill.strategy.emergence import Gathered, gathered
from samspill.strategy.models import (
    ChannelChoice,
    Decision,
    LaunchAction,
    Presence,
    Record,
    Strategy,
)
from samspill.strategy.places import PLACES
from samspill.strategy.sections import SECTION_OF

GOALS_SHOWN = 6  # each with a slide and a chart of its own
COUNTED = ("capacity", "criticalmass", "crisisplan", "evaluation", "exercise", "pillar", "promise", "risk")


@dataclass(frozen=True)
class Share:
    """Where an audience is: the place, and the share of them there, with its kind of use, year and source."""

    place: str
    share: float
    use: str
    year: int
    source: str


@dataclass(frozen=True)
class Facts:
    """`actions`, `choices`, `shares` and `data` by what their rows are called (`part`)."""

    content: Content
    strategy: Strategy
    now: datetime
    actions: dict[str, LaunchAction]
    choices: dict[str, ChannelChoice]
    shares: dict[str, list[Share]]  # of audiences
    decisions: Sequence[Decision]
    candidates: Sequence[Gathered]  # what has grown by itself and waits for a decision
    rungs: Sequence[Rung]  # how many people stand on each step of the ladder
    data: dict[str, dict[str, Any]]  # what records say, as it is kept

    @property
    def today(self) -> date:
        return timezone.localdate(self.now)

    def rows(self, kind: str) -> Sequence[Row]:
        return self.content.rows(kind)

    def short(self, section: str) -> str:
        """The answer to one of the six questions in a sentence or two."""
        part = self.content.part(section)
        return part.short if part else ""

    def number(self, row: Row | None, field: str) -> float | None:
        """A figure a record says; None for no record."""
        value = self.data.get(row.part, {}).get(field) if row else None
        return value if isinstance(value, int | float) and not isinstance(value, bool) else None

    def day(self, row: Row | None, field: str) -> date | None:
        value = self.data.get(row.part, {}).get(field) if row else None
        return _day(value) if isinstance(value, str) else None

    def only(self, kind: str) -> Row | None:
        """The record of a kind that a strategy has one of."""
        rows = self.rows(kind)
        return rows[0] if rows else None


def _day(said: str) -> date | None:
    try:
        return parse_date(said)
    except ValueError:
        return None


def gather(strategy: Strategy, language: str, now: datetime) -> Facts:
    """Read all that the slides need, in a number of queries that does not grow with the strategy."""
    told = content(strategy, Choices(language=language, people=True, inside=True, charts=GOALS_SHOWN), now)
    chains = {kind: _chain(strategy, kind) for kind in ("launchaction", "channelchoice", "audience")}
    record = measured(strategy.workspace, now, ["followers", "voices_returning"])
    actions = LaunchAction.objects.filter(strategy_id__in=chains["launchaction"])
    choices = ChannelChoice.objects.filter(strategy_id__in=chains["channelchoice"])
    return Facts(
        content=told,
        strategy=strategy,
        now=now,
        actions={row.part: row for row in actions},
        choices={row.part: row for row in choices},
        shares=_shares(chains["audience"]),
        decisions=list(Decision.objects.of(strategy)[:40]),
        candidates=[row for row in gathered(strategy) if row.is_candidate] if strategy.pk else [],
        rungs=ladder(record, now),
        data=_data(strategy),
    )


def _chain(strategy: Strategy, kind: str) -> list[int]:
    """Whose rows of a kind hold for the strategy."""
    section = SECTION_OF[kind]
    chain = strategy.chain(section.key) if section.inherits else [strategy]
    return [each.pk for each in chain if each.pk]


def _shares(strategies: Sequence[int]) -> dict[str, list[Share]]:
    """By audience, the largest first."""
    found: dict[str, list[Share]] = defaultdict(list)
    rows = Presence.objects.filter(audience__strategy_id__in=strategies).select_related("audience")
    for row in sorted(rows, key=lambda row: (-row.share, row.place)):
        place = PLACES.get(row.place)
        found[row.audience.part].append(
            Share(str(place or row.place), row.share, row.get_use_display(), row.year, row.source)
        )
    return dict(found)


def _data(strategy: Strategy) -> dict[str, dict[str, Any]]:
    """Of its records and of those it may inherit."""
    whose = [each.pk for each in (strategy, *strategy.above()) if each.pk]
    rows = Record.objects.filter(strategy_id__in=whose, kind__in=COUNTED)
    return {row.part: row.data for row in rows}


def count(number: float) -> str:
    """12 000, as the reader writes it."""
    whole = round(number, 1)
    return str(number_format(int(whole) if whole == int(whole) else whole, force_grouping=True))


def day(when: date) -> str:
    return str(date_format(when, "DATE_FORMAT"))


def short_day(when: date, today: date) -> str:
    """Without the year where it is this one."""
    return str(date_format(when, "MONTH_DAY_FORMAT" if when.year == today.year else "DATE_FORMAT"))
