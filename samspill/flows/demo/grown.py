"""What was decided, seen and said about the strategy while the year went."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from samspill.flows.demo.numbers import part_of, row_of
from samspill.flows.demo.organisation import Verdict
from samspill.flows.demo.place import House
from samspill.strategy.models import Comment, Decision, Observation, Pattern, Strategy

DAY = timedelta(days=1)


def decide(strategy: Strategy, house: House, now: datetime, until: int = 0) -> None:
    """The decisions made up to that day which are not written down yet, but for those about a pattern."""
    done = set(Decision.objects.of(strategy).values_list("title", flat=True))
    for each in house.organisation.decisions:
        if each.days <= until and each.title not in done and each.pattern is None:
            _decision(strategy, house, each, now).save()


def _decision(strategy: Strategy, house: House, each: Verdict, now: datetime) -> Decision:
    at = now + each.days * DAY
    return Decision(
        strategy=strategy,
        title=each.title,
        reason=each.reason.strip(),
        verdict=each.verdict,
        decided_on=timezone.localdate(at),
        decided_by=each.who,
        part=part_of(strategy, each.part),
        written_by=house.people[each.by],
        written_at=at,
    )


def gather_patterns(house: House, now: datetime) -> None:
    """Observations, the patterns they gathered into, and what was decided about those."""
    said, strategy = house.organisation, Strategy.of(house.workspace)
    patterns = [
        Pattern.objects.create(
            strategy=strategy,
            name=each.name,
            what=each.what.strip(),
            state=each.state,
            created_by=house.people[each.by],
            created_at=now + each.days * DAY,
        )
        for each in said.patterns
    ]
    for each, pattern in zip(said.patterns, patterns, strict=True):
        if each.adopted is not None:
            goal = row_of(strategy, f"goal/{each.adopted}")
            goal.pattern = pattern
            goal.save(update_fields=["pattern"])
    Observation.objects.bulk_create(
        Observation(
            strategy=strategy,
            text=seen.text,
            sort=seen.sort,
            pattern=None if seen.pattern is None else patterns[seen.pattern],
            link=seen.link,
            by=house.people[seen.by],
            seen_at=now + seen.days * DAY,
        )
        for seen in said.seen
    )
    for verdict in said.decisions:
        if verdict.pattern is not None:
            decision = _decision(strategy, house, verdict, now)
            decision.pattern = patterns[verdict.pattern]
            decision.save()


def comment(house: House, now: datetime) -> None:
    strategy = Strategy.of(house.workspace)
    Comment.objects.bulk_create(
        Comment(
            strategy=strategy,
            part=part_of(strategy, each.part),
            text=each.text.strip(),
            by=house.people[each.by],
            at=now + each.days * DAY,
            settled_by=house.people.get(each.settled_by),
            settled_at=now + each.settled * DAY if each.settled_by else None,
        )
        for each in house.organisation.comments
    )
