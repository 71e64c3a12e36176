"""What is missing in the strategy, and what does not hold together: pure functions over its rows.

Completeness is that of the weakest question, never the mean: a strategy is as complete as its weakest answer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspill.networks.models import Channel
from samspill.strategy import needed
from samspill.strategy.models import Audience, ChannelChoice, Goal, LaunchAction, Record, Tactic, Trait

FEWEST_TRAITS = 3

Records = Mapping[str, Sequence[Record]]
Row = Goal | Audience | Tactic | Trait | ChannelChoice | LaunchAction


@dataclass(frozen=True)
class Gap:
    """Something missing: a sentence, the minutes it takes, and where to mend it."""

    question: str
    sentence: str
    minutes: int
    page: str  # a URL name of this app
    pk: int | None = None
    parts: int = 1  # of the answer
    kind: str = ""  # of the record to write, where `page` is record_add


@dataclass(frozen=True)
class Part:
    """How complete the answer to one question is."""

    question: str
    filled: int
    required: int
    gaps: list[Gap] = field(default_factory=list)

    @property
    def share(self) -> float:
        return self.filled / self.required

    @property
    def is_complete(self) -> bool:
        return self.filled == self.required


@dataclass(frozen=True)
class Answers:
    """The rows that answer the six questions, by question, also those inherited; beside them the records
    by kind, and the channels that are connected."""

    goals: Sequence[Goal] = ()
    audiences: Sequence[Audience] = ()
    tactics: Sequence[Tactic] = ()
    voice: Sequence[Trait] = ()
    channel_choices: Sequence[ChannelChoice] = ()
    launch: Sequence[LaunchAction] = ()
    channels: Sequence[Channel] = ()  # connected
    records: Mapping[str, Sequence[Record]] = field(default_factory=dict)


@dataclass(frozen=True)
class Completeness:
    parts: list[Part]

    @property
    def weakest(self) -> Part:
        """The first of the questions that are answered least."""
        return min(self.parts, key=lambda part: part.share)

    @property
    def gaps(self) -> list[Gap]:
        """Everything that is missing, the easiest first."""
        return sorted((gap for part in self.parts for gap in part.gaps), key=lambda gap: gap.minutes)

    @property
    def complete(self) -> list[Part]:
        return [part for part in self.parts if part.is_complete]

    def of(self, question: str) -> Part:
        return next(part for part in self.parts if part.question == question)


def completeness(answers: Answers) -> Completeness:
    return Completeness(
        [
            goals(answers.goals),
            audiences(answers.audiences),
            tactics(answers.tactics, answers.records),
            voice(answers.voice, answers.records),
            channel_choices(answers.channel_choices, answers.channels),
            launch(answers.launch, answers.records),
        ]
    )


def goals(rows: Sequence[Goal]) -> Part:
    nothing = Gap("goals", _("There is no goal yet."), 10, "goal_add")
    return _part("goals", rows, needed.GOAL, "goal_edit", nothing)


def audiences(rows: Sequence[Audience]) -> Part:
    nothing = Gap("audiences", _("Whom we want to reach is not written down."), 10, "audience_add")
    return _part("audiences", rows, needed.AUDIENCE, "audience_edit", nothing)


def tactics(rows: Sequence[Tactic], records: Records) -> Part:
    """Every step of the ladder needs something that brings people there; beside it, themes and a promise."""
    nothing = Gap("tactics", _("How we get people along is not written down."), 15, "tactic_add")
    taken = {row.step for row in rows}
    steps = [
        Gap(
            "tactics",
            _("Nothing brings people to the step “%(step)s”.") % {"step": step.label},
            5,
            "tactic_add",
        )
        for step in Tactic.Step
        if step not in taken
    ]
    beside = needed.beside("tactics", records)
    more = [*steps, *(_to_write("tactics", one) for one in beside.missing)]
    also = len(Tactic.Step) + beside.count
    return _part("tactics", rows, needed.TACTIC, "tactic_edit", nothing, more, also=also)


def voice(rows: Sequence[Trait], records: Records) -> Part:
    """At least three traits, each with both sides and an example of both; a tone for the hard hours."""
    nothing = Gap("voice", _("Which personality we show is not written down."), 20, "trait_add")
    few = FEWEST_TRAITS - len(rows)
    words = ngettext("One more trait makes a personality.", "%(n)d more traits make a personality.", few)
    more = [Gap("voice", words % {"n": few}, 8 * few, "trait_add", parts=0)] if few > 0 else []
    beside = needed.beside("voice", records)
    more += [_to_write("voice", one) for one in beside.missing]
    also = beside.count
    return _part("voice", rows, needed.TRAIT, "trait_edit", nothing, more, also=also, least=FEWEST_TRAITS)


def channel_choices(rows: Sequence[ChannelChoice], channels: Sequence[Channel]) -> Part:
    """Each channel that is connected needs a decision, too."""
    nothing = Gap(
        "channel_choices", _("On which channels we belong is not decided."), 10, "channel_choice_add"
    )
    decided = {row.channel_id for row in rows}
    loose = [
        Gap(
            "channel_choices",
            _("%(channel)s is connected, yet nothing says what we use it for.") % {"channel": channel.name},
            5,
            "channel_choice_add",
        )
        for channel in channels
        if channel.pk not in decided
    ]
    return _part(
        "channel_choices",
        rows,
        needed.CHANNEL_CHOICE,
        "channel_choice_edit",
        nothing,
        loose,
        also=len(channels),
    )


def launch(rows: Sequence[LaunchAction], records: Records) -> Part:
    """Every phase needs an action, and the plan says how many followers it should bring, out of how many."""
    nothing = Gap("launch", _("There is no plan for the start."), 20, "launch_action_add")
    taken = {row.phase for row in rows}
    more = [
        Gap(
            "launch",
            _("The phase “%(phase)s” has no action.") % {"phase": phase.label},
            5,
            "launch_action_add",
        )
        for phase in LaunchAction.Phase
        if phase not in taken
    ]
    if not any(row.expected_followers for row in rows):
        more.append(
            Gap("launch", _("The plan does not say how many followers it should bring."), 5, "launch")
        )
    beside = needed.beside("launch", records)
    more += [_to_write("launch", one) for one in beside.missing]
    return _part(
        "launch",
        rows,
        needed.LAUNCH_ACTION,
        "launch_action_edit",
        nothing,
        more,
        also=len(LaunchAction.Phase) + 1 + beside.count,
    )


def _to_write(question: str, one: needed.Beside) -> Gap:
    return Gap(question, str(one.sentence), one.minutes, "record_add", kind=one.kind)


def _part(
    question: str,
    rows: Sequence[Row],
    fields: Sequence[needed.Needed],
    page: str,
    nothing: Gap,
    more: Sequence[Gap] = (),
    *,
    also: int = 0,
    least: int = 1,
) -> Part:
    """`more`: what the answer as a whole lacks, out of `also` things; `least`: the fewest rows.

    Where there is no row, what stands beside them counts for nothing: begin with the answer itself.
    """
    each = len(fields) + 1  # and the row itself
    required = max(len(rows), least) * each + also
    if not rows:
        return Part(question, 0, required, [nothing])
    gaps = list(more)
    missing = sum(gap.parts for gap in more) + max(0, least - len(rows)) * each
    for lacks, minutes, sentence in fields:
        lacking = [row for row in rows if lacks(row)]
        if lacking:
            missing += len(lacking)
            words = sentence(len(lacking)) % {"n": len(lacking), "name": lacking[0]}
            gaps.append(Gap(question, words, minutes * len(lacking), page, lacking[0].pk))
    return Part(question, required - missing, required, sorted(gaps, key=lambda gap: gap.minutes))
