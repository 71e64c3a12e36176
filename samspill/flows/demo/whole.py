"""The strategy as a whole: its answers and records in the order they were written, editions between them,
and the strategies below it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from samspill.accounts.models import User
from samspill.flows.demo import answers
from samspill.flows.demo.grown import decide
from samspill.flows.demo.numbers import part_of, row_of
from samspill.flows.demo.organisation import Below, Change, Kept, Organisation
from samspill.flows.demo.place import House
from samspill.measurement.record import gather
from samspill.strategy.document.editions import keep
from samspill.strategy.models import Edition, Goal, Record, Strategy
from samspill.strategy.sections import KINDS, Type

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
BASELINE = 182 * DAY  # so long ago the goals' baselines were taken
OURS = ("kind", "since", "author")  # what the data say of a record that is no field of it
DAYS = ("valid_from", "valid_to", "review_on")


def found_strategy(said: Organisation, house: House, now: datetime) -> list[Goal]:
    """The organisation's goals, on which the year's work hangs."""
    strategy = _strategy(house, said.strategy, said.about, now)
    return answers.set_goals(said, strategy, house, _written(said, now), now)


def _written(said: Organisation, now: datetime) -> datetime:
    """When most of it was written: a little before it was first adopted."""
    return now + (said.editions[0].days - 3) * DAY


def _strategy(
    house: House, title: str, about: Mapping[str, Any], now: datetime, parent: Strategy | None = None
) -> Strategy:
    today = timezone.localdate(now)
    days = {name: today + about[name] * DAY for name in DAYS if name in about}
    owner = {"owner": house.people[about["owner"]]} if "owner" in about else {}
    words = {name: value.strip() if isinstance(value, str) else value for name, value in about.items()}
    return Strategy.objects.create(
        **{"workspace": house.workspace, "title": title, "parent": parent, **words, **days, **owner}
    )


def write_strategy(house: House, now: datetime) -> None:
    """All of it, with an edition kept whenever somebody did."""
    said, strategy, goals = house.organisation, Strategy.of(house.workspace), list(house.goals)
    figures = gather(house.workspace, now)
    answers.aim_goals(goals, said.aims, figures, now)
    answers.answer_questions(said, strategy, house, now)
    _keep_records(strategy, house, said.records, 0, now)
    is_now = [_as_it_was(strategy, change, now) for change in said.changes]
    _sign(strategy, house, _written(said, now), now)
    for since, kept in enumerate(said.editions, 1):
        decide(strategy, house, now, until=kept.days)
        _keep_edition(strategy, house, kept, now)
        if since == 1:
            answers.measure_goals(Goal.objects.of(strategy), figures, now - BASELINE)
            answers.finish_actions(said, strategy, now)
        for change, value in zip(said.changes, is_now, strict=True):
            if change.since == since:
                _say(strategy, change, value)
        answers.speak(said, strategy, since)
        _keep_records(strategy, house, said.records, since, now)
        _sign(strategy, house, now + (kept.days // 2) * DAY, now)
    decide(strategy, house, now)
    for below in said.below:
        _write_below(strategy, house, below, now)


def _write_below(strategy: Strategy, house: House, said: Below, now: datetime) -> None:
    about = dict(said.about)
    editions = [Kept(**kept) for kept in about.pop("editions", ())]
    below = _strategy(house, said.title, about, now, parent=strategy)
    goals = answers.set_goals(said, below, house, now + about["valid_from"] * DAY, now)
    figures = gather(house.workspace, now)
    answers.measure_goals(goals, figures, now + about["valid_from"] * DAY)
    answers.aim_goals(goals, said.aims, figures, now)
    answers.answer_questions(said, below, house, now)
    answers.finish_actions(said, below, now)
    _keep_records(below, house, said.records, 0, now)
    _sign(below, house, now + about["valid_from"] * DAY, now)
    for kept in editions:
        _keep_edition(below, house, kept, now)


def _keep_records(
    strategy: Strategy, house: House, said: Iterable[Mapping[str, Any]], since: int, now: datetime
) -> None:
    """Those written after the edition of that number."""
    Record.objects.bulk_create(
        Record(
            strategy=strategy,
            kind=row["kind"],
            data=data(strategy, row, now),
            source=row.get("source", ""),
            position=place,
            changed_by=house.people.get(row.get("author", "")),
        )
        for place, row in enumerate(said)
        if row.get("since", 0) == since
    )


def data(strategy: Strategy, row: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """What a record keeps: days as dates, and a part by its lasting name."""
    kind, today = KINDS[row["kind"]], timezone.localdate(now)
    said: dict[str, Any] = {}
    for name in row.keys() - {*OURS, "source"}:
        value = row[name].strip() if isinstance(row[name], str) else row[name]
        if kind.field(name).type is Type.DAY:
            value = (today + value * DAY).isoformat()
        said[name] = part_of(strategy, value) if name == "part" else value
    return {field.name: said[field.name] for field in kind.fields if field.name in said}


def _as_it_was(strategy: Strategy, change: Change, now: datetime) -> Any:
    """Let a row say what it said once; what it says now is given back."""
    row, name = row_of(strategy, change.part), change.field
    is_day = KINDS[row.kind_key].field(name).type is Type.DAY
    was = timezone.localdate(now) + change.was * DAY if is_day else change.was
    if isinstance(row, Record):
        value = row.data.get(name)
        was = was.isoformat() if is_day else was
    else:
        value = getattr(row, name)
    _say(strategy, change, was)
    return value


def _say(strategy: Strategy, change: Change, value: Any) -> None:
    row = row_of(strategy, change.part)
    if isinstance(row, Record):
        row.data = {**row.data, change.field: value}
    else:
        setattr(row, change.field, value)
    row.save()


def _sign(strategy: Strategy, house: House, at: datetime, now: datetime) -> None:
    """Who wrote what is new, and when: a few rows an hour, as people do it beside all else."""
    writers = house.writers()
    for model in dict.fromkeys(kind.table for kind in KINDS.values()):
        rows = model._default_manager.filter(strategy=strategy, changed_at__gte=now)
        row: Any
        for number, row in enumerate(rows):
            by: User = row.changed_by or getattr(row, "owner", None) or writers[number % len(writers)]
            told = {"changed_by": by, "changed_at": at - number % 9 * HOUR}
            model._default_manager.filter(pk=row.pk).update(**told)


def _keep_edition(strategy: Strategy, house: House, kept: Kept, now: datetime) -> None:
    at = now + kept.days * DAY
    day = timezone.localdate(at) if kept.adopted_by else None
    by = house.people[kept.by]
    made = keep(strategy, by, note=kept.note, adopted_by=kept.adopted_by, adopted_on=day)
    Edition.objects.filter(pk=made.pk).update(made_at=at)
