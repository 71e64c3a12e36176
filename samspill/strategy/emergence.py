"""Light steering, open senses: which patterns of observations are candidates, by a stated rule.

An umbrella strategy in the sense of Mintzberg and Waters (1985, Strategic Management Journal 6:257-272):
leaders set the boundaries, others act within them, and what grows there is seen and decided about.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspill.strategy.models import Observation, Pattern, Strategy, fold
from samspill.strategy.sections.emergence import EMERGENCE, EMERGENCE_RULE, OBSERVATIONS, PEOPLE, WEEKS
from samspill.strategy.sections.rows import single

Sight = tuple[int | None, datetime]  # who saw it (None: somebody who is gone), and when


@dataclass(frozen=True)
class Rule:
    """At least so many observations, from at least so many people or over at least so many ISO weeks."""

    observations: int = OBSERVATIONS
    people: int = PEOPLE
    weeks: int = WEEKS

    def __str__(self) -> str:
        numbers = {"observations": self.observations, "people": self.people, "weeks": self.weeks}
        return (
            _(
                "A pattern becomes a candidate when it has %(observations)d or more observations, from"
                " %(people)d or more people or over %(weeks)d or more calendar weeks."
            )
            % numbers
        )


@dataclass(frozen=True)
class Gathered:
    """A pattern and what has been seen of it since somebody last decided about it."""

    pattern: Pattern
    rule: Rule
    count: int
    people: int
    weeks: int
    total: int  # observations in all, also from before the decision

    @property
    def is_open(self) -> bool:
        """What is adopted or stopped is not offered again by itself."""
        return self.pattern.state in (Pattern.State.OPEN, Pattern.State.WATCHED)

    @property
    def is_candidate(self) -> bool:
        """Offered for a decision."""
        enough = self.is_open and self.count >= self.rule.observations
        return enough and (self.people >= self.rule.people or self.weeks >= self.rule.weeks)

    @property
    def basis(self) -> str:
        """5 observations from 3 people over 4 weeks."""
        if not self.count:
            return _("nothing new since the decision") if self.total else _("no observations yet")
        n = ngettext("%(n)d observation", "%(n)d observations", self.count) % {"n": self.count}
        people = ngettext("from %(n)d person", "from %(n)d people", self.people) % {"n": self.people}
        weeks = ngettext("over %(n)d week", "over %(n)d weeks", self.weeks) % {"n": self.weeks}
        said = f"{n} {people} {weeks}"
        return said if self.count == self.total else _("%(seen)s since the decision") % {"seen": said}

    @property
    def lacks(self) -> str:
        """What would make a candidate of it; "" where it is one, or is no longer offered."""
        if self.is_candidate or not self.is_open:
            return ""
        more = self.rule.observations - self.count
        if more > 0:
            words = ngettext("%(n)d more makes it a candidate", "%(n)d more make it a candidate", more)
            return words % {"n": more}
        return _("one more person or week makes it a candidate")


def rule(strategy: Strategy) -> Rule:
    """The strategy's own, or the one it inherits; what nobody has decided is as it usually is."""
    said = single(strategy, EMERGENCE, EMERGENCE_RULE)
    usual = {"observations": OBSERVATIONS, "people": PEOPLE, "weeks": WEEKS}
    return Rule(**{name: int(said.get(name) or number) for name, number in usual.items()})


def gathered(strategy: Strategy) -> list[Gathered]:
    """Every pattern of the strategy with how much has been seen of it; candidates first, then the fullest."""
    found = list(Pattern.objects.of(strategy).annotate(decided_at=Max("decisions__written_at")))
    sights: dict[int, list[Sight]] = defaultdict(list)
    seen = Observation.objects.of(strategy).exclude(pattern=None).order_by()
    for pattern, by, at in seen.values_list("pattern_id", "by_id", "seen_at"):
        sights[pattern].append((by, at))
    asked = rule(strategy)
    rows = [gather(pattern, sights[pattern.pk], pattern.decided_at, asked) for pattern in found]
    return sorted(rows, key=lambda row: (not row.is_candidate, -row.count, row.pattern.name.casefold()))


def gather(pattern: Pattern, sights: Sequence[Sight], decided_at: datetime | None, asked: Rule) -> Gathered:
    fresh = [sight for sight in sights if decided_at is None or sight[1] > decided_at]
    return Gathered(pattern, asked, len(fresh), _people(fresh), _weeks(fresh), len(sights))


def one(pattern: Pattern) -> Gathered:
    """The same for one pattern."""
    sights = list(pattern.observations.values_list("by_id", "seen_at"))
    decided_at = pattern.decisions.aggregate(at=Max("written_at"))["at"]
    return gather(pattern, sights, decided_at, rule(pattern.strategy))


def _people(sights: Iterable[Sight]) -> int:
    return len({by for by, _at in sights})


def _weeks(sights: Iterable[Sight]) -> int:
    """ISO weeks, in the reader's time zone; a year's last days may be in the next one's first."""
    return len({timezone.localtime(at).isocalendar()[:2] for _by, at in sights})


def named(strategy: Strategy, name: str) -> Pattern | None:
    """The pattern of the name, capitals or not."""
    wanted = fold(name)
    return next((row for row in Pattern.objects.of(strategy) if fold(row.name) == wanted), None)
