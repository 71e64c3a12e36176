"""The answers to the six questions, of the organisation's strategy and of those below it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from django.utils import timezone

from samspill.flows.demo.organisation import Action, Aim, Below, Move, Organisation
from samspill.flows.demo.organisation import Audience as Group
from samspill.flows.demo.organisation import Place as Where
from samspill.flows.demo.place import House
from samspill.measurement.measures import Record as Figures
from samspill.measurement.measures import figure
from samspill.strategy.models import (
    Audience,
    ChannelChoice,
    Goal,
    LaunchAction,
    Passage,
    Presence,
    Strategy,
    Tactic,
    Trait,
)

DAY = timedelta(days=1)
Said = Organisation | Below
R = TypeVar("R", Audience, Goal, ChannelChoice)
# What a row says in the same words as its data.
GOAL = (
    *("statement", "why", "sub_goal", "measure", "target", "level", "stance", "data_source", "cadence"),
    *("leading", "assumptions", "strength", "passage_why"),
)
AUDIENCE = (
    *("name", "description", "profile", "segment", "size", "needs", "today", "wanted", "ladder"),
    *("access_needs", "priority", "is_not"),
)
CHOICE = (
    *("name", "place", "link", "choice", "purpose", "evidence", "blocks", "formats", "frequency"),
    *("reply_within", "staffed", "risk", "risk_measures", "risk_link", "design", "archive", "web_twin"),
    "exit_when",
)


def _same(said: object, names: Sequence[str]) -> dict[str, Any]:
    return {name: getattr(said, name) for name in names}


def _day(today: date, days: int | None) -> date | None:
    return None if days is None else today + days * DAY


def set_goals(said: Said, strategy: Strategy, house: House, made_at: datetime, now: datetime) -> list[Goal]:
    """Goals that serve their passages; their figures follow when there are some."""
    passages = list(Passage.objects.in_workspace(house.workspace).standing())
    today = timezone.localdate(now)
    return Goal.objects.bulk_create(
        Goal(
            strategy=strategy,
            channel=house.channels.get(aim.channel),
            deadline=today + aim.days_ahead * DAY,
            owner=house.people[aim.owner],
            passage=next(passage for passage in passages if aim.passage in passage.text),
            position=place,
            created_at=made_at,
            **_same(aim, GOAL),
        )
        for place, aim in enumerate(said.aims)
    )


def aim_goals(goals: Sequence[Goal], aims: Sequence[Aim], figures: Figures, now: datetime) -> None:
    """Targets from the figures where the documents name none."""
    for goal, aim in zip(goals, aims, strict=True):
        today = figure(_own(goal, figures), goal.measure, now).value
        known = [value for value in (today, goal.baseline) if value is not None]
        if goal.target is None and known:
            goal.target = float(round(max(known) * aim.better))
            goal.save()


def measure_goals(goals: Iterable[Goal], figures: Figures, at: datetime) -> None:
    """Baselines as they were then."""
    for goal in goals:
        before = figure(_own(goal, figures), goal.measure, at).value
        goal.baseline = None if before is None else round(before, 1)
        goal.baseline_at = timezone.localdate(at)
        goal.save()


def _own(goal: Goal, figures: Figures) -> Figures:
    return figures.only(goal.channel_id) if goal.channel_id else figures


def answer_questions(said: Said, strategy: Strategy, house: House, now: datetime) -> None:
    """Audiences, tactics, voice, channels and the plan for the start, as they were first written."""
    for place, group in enumerate(said.audiences):
        _audience(strategy, group, place)
    for place, where in enumerate(said.places):
        _choose(strategy, house, where, place, timezone.localdate(now))
    for place, action in enumerate(said.launch):
        _act(strategy, house, action, place, timezone.localdate(now))
    speak(said, strategy, since=0)


def speak(said: Said, strategy: Strategy, since: int) -> None:
    """What was written of tactics and voice after the edition of that number."""
    audiences = near(strategy, Audience)
    Tactic.objects.bulk_create(
        _tactic(strategy, audiences, move, place)
        for place, move in enumerate(said.moves)
        if move.since == since
    )
    Trait.objects.bulk_create(
        Trait(
            strategy=strategy,
            name=trait.name,
            we_are=trait.we_are,
            we_are_not=trait.we_are_not,
            good_example=trait.good,
            bad_example=trait.bad,
            position=place,
        )
        for place, trait in enumerate(said.voice)
        if trait.since == since
    )


def near(strategy: Strategy, model: type[R]) -> list[R]:
    """What the numbers in the data count: its own rows, then those of the strategy it is below."""
    found: list[R] = []
    for each in (strategy, *strategy.above()):
        found += model._default_manager.filter(strategy_id=each.pk).order_by("position", "pk")
    return found


def _tactic(strategy: Strategy, audiences: Sequence[Audience], move: Move, place: int) -> Tactic:
    said = _same(move, ("step", "what", "why_follow", "asks"))
    return Tactic(strategy=strategy, audience=audiences[move.audience], position=place, **said)


def _audience(strategy: Strategy, group: Group, place: int) -> None:
    audience = Audience.objects.create(
        strategy=strategy,
        size_source=group.source,
        size_year=group.year,
        position=place,
        **_same(group, AUDIENCE),
    )
    goals = near(strategy, Goal)
    audience.goals.set([goals[number] for number in group.aims])
    Presence.objects.bulk_create(
        Presence(audience=audience, place=where, share=share, use=use, year=year, source=source)
        for where, share, use, year, source in group.where
    )


def _choose(strategy: Strategy, house: House, where: Where, place: int, today: date) -> None:
    choice = ChannelChoice.objects.create(
        strategy=strategy,
        channel=house.channels.get(where.account),
        responsible=house.people.get(where.who),
        hours_a_week=where.hours,
        risk_on=_day(today, where.risk_on),
        risk_review_on=_day(today, where.risk_again),
        review_on=_day(today, where.again),
        position=place,
        **_same(where, CHOICE),
    )
    audiences, goals = near(strategy, Audience), near(strategy, Goal)
    choice.audiences.set([audiences[number] for number in where.audiences])
    choice.goals.set([goals[number] for number in where.aims])


def _act(strategy: Strategy, house: House, action: Action, place: int, today: date) -> None:
    low, high = action.likely or (None, None)
    made = LaunchAction.objects.create(
        strategy=strategy,
        phase=action.phase,
        what=action.what,
        on=today + action.days * DAY,
        owner=house.people[action.who],
        cost=action.cost or None,
        expected_followers=action.followers or None,
        expected_low=low,
        expected_high=high,
        channel_choice=None if action.place is None else near(strategy, ChannelChoice)[action.place],
        position=place,
    )
    goals = near(strategy, Goal)
    made.goals.set([goals[number] for number in action.aims])


def finish_actions(said: Said, strategy: Strategy, now: datetime) -> None:
    """What lies behind us is done, and brought what it brought."""
    for place, action in enumerate(said.launch):
        if action.days < 0:
            LaunchAction.objects.of(strategy).filter(position=place).update(
                done_at=now + action.days * DAY, result_followers=action.came, result=action.result
            )
