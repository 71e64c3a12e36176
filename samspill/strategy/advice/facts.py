"""What the advice goes by, read from the strategy: audiences, goals, channels, hours, figures and rules."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from samspill.strategy.advice import fits, gates, hours, reach
from samspill.strategy.advice.figures import ANY, Figure, figures
from samspill.strategy.advice.weights import AudienceWeight, audience_weights, goal_weights
from samspill.strategy.models import Audience, ChannelChoice, Goal, Record, Strategy, UsageFigure
from samspill.strategy.places import PLACES
from samspill.strategy.sections.rows import every_record

COUNTRY = "NO"
FITS = {"0": 0.0, "half": fits.HALF, "1": 1.0}


@dataclass(frozen=True)
class Candidate:
    """A channel one may be on. `key`: of places.PLACES, or a name of one's own. `also`: other decisions about
    the same place, whose people are the same. `fits`: by sub-goal, of those that the goals ask for."""

    key: str
    name: str
    choice: ChannelChoice | None
    also: Sequence[ChannelChoice]
    hours: hours.Hours
    fits: Mapping[str, fits.Fit]
    reaches: Sequence[reach.Reach]
    gates: Sequence[gates.Gate]

    @property
    def is_active(self) -> bool:
        return self.choice is not None and self.choice.is_active

    @property
    def is_shut(self) -> bool:
        return any(gate.is_shut for gate in self.gates)

    @property
    def is_reach_known(self) -> bool:
        return any(each.counted is not None for each in self.reaches)

    def fit(self, goals: Mapping[str, float]) -> float | None:
        """F = Σ v · f over the sub-goals. 1 where no goal names one; None where nothing is known of it."""
        if not goals:
            return 1.0
        return sum(goals[key] * fit.value for key, fit in self.fits.items()) if self.fits else None


@dataclass(frozen=True)
class Facts:
    """`goals`: the weight of each sub-goal. `capacity`: hours a week, None where nobody has said."""

    strategy: Strategy
    audiences: Sequence[AudienceWeight]
    goals: Mapping[str, float]
    goals_without: int
    capacity: float | None
    candidates: Sequence[Candidate]
    country: str
    today: date


def read(strategy: Strategy, country: str = COUNTRY) -> Facts:
    """Everything, in a handful of queries however large the strategy is."""
    today = timezone.localdate()
    audiences = audience_weights(_audiences(strategy))
    goals = list(Goal.objects.of(strategy).open().only("sub_goal", "strategy"))
    weights = goal_weights(goals)
    kept = every_record(strategy, ("fit", "placerule", "capacity"))
    usage = figures(UsageFigure.objects.filter(workspace=strategy.workspace, country=country))
    by_place: dict[str, list[Figure]] = defaultdict(list)
    for figure in usage.standing:
        if figure.country == country and figure.place != ANY:
            by_place[figure.place].append(figure)
    make = _Maker(
        strategy,
        audiences,
        weights,
        own_fits(kept.get("fit", [])),
        own_rules(kept.get("placerule", [])),
        by_place,
        today,
    )
    return Facts(
        strategy,
        audiences,
        weights,
        sum(1 for goal in goals if goal.sub_goal not in weights),
        _hours_a_week(kept.get("capacity", [])),
        make.candidates(_choices(strategy)),
        country,
        today,
    )


def _audiences(strategy: Strategy) -> list[Audience]:
    chain = [each.pk for each in strategy.chain("audiences") if each.pk]
    rows = list(Audience.objects.filter(strategy_id__in=chain).prefetch_related("presences"))
    return sorted(rows, key=lambda row: chain.index(row.strategy_id))


def _choices(strategy: Strategy) -> list[ChannelChoice]:
    """The nearest strategy's first, those in use before the others."""
    chain = [each.pk for each in strategy.chain("channel_choices") if each.pk]
    rows = list(ChannelChoice.objects.filter(strategy_id__in=chain).select_related("channel"))
    return sorted(rows, key=lambda row: (chain.index(row.strategy_id), not row.is_active))


def _hours_a_week(rows: Sequence[Record]) -> float | None:
    said = rows[0].data.get("hours_a_week") if rows else None
    return None if said is None else float(said)


def own_fits(rows: Iterable[Record]) -> dict[tuple[str, str], fits.Fit]:
    """The fits that the workspace has written; the nearest strategy's where two say the same."""
    found: dict[tuple[str, str], fits.Fit] = {}
    for row in rows:
        said = row.data
        value = FITS.get(str(said.get("fit")))
        if value is not None:
            key = (str(said.get("place")), str(said.get("sub_goal")))
            found.setdefault(key, fits.Fit(value, str(said.get("why", "")), own=row.pk))
    return found


def own_rules(rows: Iterable[Record]) -> dict[str, gates.OwnRule]:
    found: dict[str, gates.OwnRule] = {}
    for row in rows:
        rule = gates.OwnRule(str(row.data.get("verdict")), str(row.data.get("because", "")), row.source)
        found.setdefault(str(row.data.get("place")), rule)
    return found


def place_of(choice: ChannelChoice) -> str:
    """The key of the place it is about; where that is not decided, what its network or its name says."""
    if choice.place:
        return choice.place
    if choice.channel is not None and choice.channel.network in PLACES:
        return str(choice.channel.network)
    said = choice.name.strip().casefold()
    return next((key for key, place in PLACES.items() if str(place.name).casefold() == said), said)


@dataclass(frozen=True)
class _Maker:
    """Makes candidates of places and decisions."""

    strategy: Strategy
    audiences: Sequence[AudienceWeight]
    goals: Mapping[str, float]
    own_fits: Mapping[tuple[str, str], fits.Fit]
    rules: Mapping[str, gates.OwnRule]
    figures: Mapping[str, Sequence[Figure]]
    today: date

    def candidates(self, choices: Sequence[ChannelChoice]) -> list[Candidate]:
        """Every place there is, and what is decided about besides."""
        decided: dict[str, list[ChannelChoice]] = defaultdict(list)
        for choice in choices:
            decided[place_of(choice)].append(choice)
        return [self._candidate(key, decided.get(key, [])) for key in dict.fromkeys([*PLACES, *decided])]

    def _candidate(self, key: str, choices: Sequence[ChannelChoice]) -> Candidate:
        ordered = sorted(choices, key=lambda choice: not choice.is_active)
        first, also = (ordered[0], ordered[1:]) if ordered else (None, [])
        ticked = [block for choice in choices for block in choice.blocks]
        found = {goal: fits.fit(key, goal, self.own_fits, dict.fromkeys(ticked)) for goal in self.goals}
        reaches = [self._reach(key, first, each.audience) for each in self.audiences]
        shut = gates.gates(key, first, self.strategy.profile, self.rules, self.today)
        if reaches and all(each.origin == reach.From.TOO_YOUNG for each in reaches):
            shut.insert(0, gates.too_young(key))
        return Candidate(
            key,
            str(PLACES[key].name) if key in PLACES else choices[0].name,
            first,
            also,
            self._hours(key, choices),
            {goal: fit for goal, fit in found.items() if fit is not None},
            reaches,
            shut,
        )

    def _hours(self, key: str, choices: Sequence[ChannelChoice]) -> hours.Hours:
        """Of several accounts at one place the hours add up, and the quickest promise is the one to keep."""
        active = [choice for choice in choices if choice.is_active] or list(choices[:1])
        written = [choice.hours_a_week for choice in active if choice.hours_a_week is not None]
        promises = [choice.reply_within for choice in active if choice.reply_within]
        promise = min(promises, default=self.strategy.workspace.answer_within.total_seconds() / 3600)
        return hours.hours(key, promise, sum(written) if written else None)

    def _reach(self, key: str, choice: ChannelChoice | None, audience: Audience) -> reach.Reach:
        if reach.is_below(audience.segment, gates.age_limit(key, self.rules)):
            return reach.Reach(reach.From.TOO_YOUNG)
        names = {key.casefold(), *([choice.name.casefold()] if choice else [])}
        names |= {str(PLACES[key].name).casefold()} if key in PLACES else set()
        ours = [
            (each.use, each.share, each.year, each.source)
            for each in audience.presences.all()
            if each.place.casefold() in names
        ]
        return reach.reach(audience.segment, ours, self.figures.get(key, ()), self.today.year)
