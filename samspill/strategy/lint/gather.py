"""Gather what the rules look at: a dozen queries or so for a whole strategy, however large."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import models

from samspill.networks.models import Channel
from samspill.strategy.lint.facts import Facts, Links, Pairs
from samspill.strategy.models import (
    Audience,
    ChannelChoice,
    Goal,
    GoverningDocument,
    LaunchAction,
    Presence,
    Record,
    Strategy,
)
from samspill.strategy.sections import KINDS, SECTION_OF, Kind
from samspill.strategy.sections.rows import every_record


def gather(strategy: Strategy, today: date) -> Facts:
    """Of the strategy with what it inherits."""
    chains = _Chains(strategy)
    rows: dict[str, Sequence[Any]] = {
        key: chains.rows(kind, kind.model) for key, kind in KINDS.items() if kind.model is not None
    }
    return Facts(
        strategy=strategy,
        today=today,
        answer_within=strategy.workspace.answer_within.total_seconds() / 3600,
        rows=rows | every_record(strategy),
        links=_links(chains.all),
        presences=list(Presence.objects.filter(audience__strategy_id__in=chains.all)),
        documents=_documents(strategy),
        channels=list(Channel.objects.in_workspace(strategy.workspace).filter(closed_at=None)),
    )


def gather_goal(goal: Goal, today: date) -> Facts:
    """What the rules of a goal look at, for one of them: its page shows no others."""
    strategy = goal.strategy
    audiences = list(goal.audiences.all())
    choices = list(goal.channel_choices.all())
    active = ChannelChoice.objects.of(strategy).filter(choice__in=("use", "pilot"))
    return Facts(
        strategy=strategy,
        today=today,
        rows={
            "goal": [goal],
            "audience": audiences,
            "channelchoice": choices or list(active[:1]),
            "exception": list(Record.objects.of(strategy).filter(kind="exception")),
        },
        links=Links(
            goal_audience=frozenset((goal.pk, audience.pk) for audience in audiences),
            choice_goal=frozenset((choice.pk, goal.pk) for choice in choices),
        ),
    )


class _Chains:
    """Whose rows each section shows. Strategies are read once, and given to their rows."""

    def __init__(self, strategy: Strategy) -> None:
        self.strategy = strategy
        self.known = {each.pk: each for each in (strategy, *strategy.above())}
        self.all = [pk for pk in self.known if pk]

    def of(self, kind: Kind) -> list[int]:
        section = SECTION_OF[kind.key]
        chain = self.strategy.chain(section.key) if section.inherits else [self.strategy]
        return [each.pk for each in chain if each.pk]

    def rows(self, kind: Kind, model: type[models.Model]) -> list[Any]:
        """Of a kind with a table: its own first."""
        chain = self.of(kind)
        found = list(_plain(model).filter(strategy_id__in=chain))
        for row in found:
            row.strategy = self.known[row.strategy_id]
        return sorted(found, key=lambda row: chain.index(row.strategy_id))


def _plain(model: type[models.Model]) -> models.QuerySet[Any]:
    if model is Goal:
        passages = ("passage__document", "passage__changed_in", "passage__gone_in")
        long = ("passage__text", "passage__folded", "passage__previous_text")
        return Goal.objects.open().select_related(*passages).defer(*long)
    return model._default_manager.all()


def _links(strategies: list[int]) -> Links:
    return Links(
        goal_audience=_pairs(Audience.goals.through, "goal", "audience", strategies),
        choice_audience=_pairs(ChannelChoice.audiences.through, "channelchoice", "audience", strategies),
        choice_goal=_pairs(ChannelChoice.goals.through, "channelchoice", "goal", strategies),
        action_goal=_pairs(LaunchAction.goals.through, "launchaction", "goal", strategies),
    )


def _pairs(through: Any, first: str, second: str, strategies: list[int]) -> Pairs:
    """Either side may be inherited."""
    ours = models.Q(**{f"{first}__strategy__in": strategies}) | models.Q(
        **{f"{second}__strategy__in": strategies}
    )
    return frozenset(through.objects.filter(ours).values_list(f"{first}_id", f"{second}_id"))


def _documents(strategy: Strategy) -> list[GoverningDocument]:
    rows = GoverningDocument.objects.in_workspace(strategy.workspace).standing()
    return list(rows.counted())
