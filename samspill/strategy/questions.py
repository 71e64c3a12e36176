"""The six questions: what each is called, which rows answer it, and how a row is written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samspill.strategy.audience_form import AudienceForm
from samspill.strategy.channel_form import ChannelChoiceForm
from samspill.strategy.forms import RowForm, TacticForm, TraitForm
from samspill.strategy.goal_form import GoalForm
from samspill.strategy.launch_form import LaunchActionForm
from samspill.strategy.models import Audience, ChannelChoice, Goal, LaunchAction, Strategy, Tactic, Trait
from samspill.strategy.sections import SECTIONS, Section


def _together(row: Any) -> int:
    return 0


@dataclass(frozen=True)
class Question:
    """`key` names the page and its template, `row` the pages of one row: goal_add, goal_edit, goal_remove."""

    key: str
    row: str
    asks: Promise
    purpose: Promise  # what a good answer is, while there is none
    model: type[Any]
    form: type[RowForm]
    add: Promise  # the button, and the title of the page behind it
    change: Promise
    remove: Promise
    loses: Promise  # what goes with a row that is removed
    with_all: Callable[[QuerySet[Any]], QuerySet[Any]]
    group: Callable[[Any], Any] = _together  # rows are shown, and moved, among those of the same group

    @property
    def section(self) -> Section:
        return SECTIONS[self.key]

    def rows(self, strategy: Strategy) -> list[Any]:
        """All of the strategy's own, in the order they are shown, with what their lines need."""
        found = list(self.with_all(self.model._default_manager.filter(strategy_id=strategy.pk)))
        for row in found:
            row.strategy = strategy  # known already: no row has to ask for it
        return sorted(found, key=self.group)

    def inherited(self, strategy: Strategy) -> list[tuple[Strategy, list[Any]]]:
        """The rows of those above it that hold for it too, the nearest first; they are changed up there."""
        above = strategy.chain(self.key)[1:] if self.section.inherits else []
        found = [(each, self.rows(each)) for each in above]
        return [(each, rows) for each, rows in found if rows]


def _step(tactic: Tactic) -> int:
    return Tactic.Step.values.index(tactic.step)


def _phase_and_day(action: LaunchAction) -> tuple[int, date]:
    return LaunchAction.Phase.values.index(action.phase), action.on or date.max


_ALL = (
    Question(
        "goals",
        "goal",
        _("What shall we achieve?"),
        _(
            "A goal says what will be so, how you will know, by when, and why. Everything you publish"
            " serves one."
        ),
        Goal,
        GoalForm,
        _("Write a goal"),
        _("Change the goal"),
        _("Close the goal “%(name)s”?"),
        _("It leaves the strategy, and what served it stays. You can take it up again."),
        lambda rows: rows.filter(closed_at=None).with_thread(),  # type: ignore[attr-defined]
    ),
    Question(
        "audiences",
        "audience",
        _("Whom shall we reach?"),
        _(
            "Whom it is for, how many they are, and what they need. Whoever speaks to everyone reaches"
            " nobody."
        ),
        Audience,
        AudienceForm,
        _("Write an audience"),
        _("Change the audience"),
        _("Remove the audience “%(name)s”?"),
        _("Goals and channels that name it lose it; what was meant for it is meant for everyone."),
        lambda rows: rows.prefetch_related("goals"),
    ),
    Question(
        "tactics",
        "tactic",
        _("How do we get them along?"),
        _(
            "People climb a ladder: they see you, follow you, answer you, and at last contribute. Write"
            " what brings them up each step."
        ),
        Tactic,
        TacticForm,
        _("Write what we do"),
        _("Change what we do"),
        _("Remove “%(name)s”?"),
        _("Nothing else goes with it."),
        lambda rows: rows.select_related("audience"),
        _step,
    ),
    Question(
        "voice",
        "trait",
        _("Which personality do we show?"),
        _(
            "Three to five traits that anyone who writes for you can use: what you are, what you are not,"
            " and how each sounds."
        ),
        Trait,
        TraitForm,
        _("Write a trait"),
        _("Change the trait"),
        _("Remove the trait “%(name)s”?"),
        _("Nothing else goes with it."),
        lambda rows: rows,
    ),
    Question(
        "channel_choices",
        "channel_choice",
        _("On which channels do we belong?"),
        _(
            "A decision for each channel: use, pilot, wait, end or not, and why. A no saves you the same"
            " talk next year."
        ),
        ChannelChoice,
        ChannelChoiceForm,
        _("Write a decision"),
        _("Change the decision"),
        _("Remove the decision about “%(name)s”?"),
        _("The connected account stays; only the decision about it goes."),
        lambda rows: rows.select_related("channel", "responsible").prefetch_related("audiences", "goals"),
    ),
    Question(
        "launch",
        "launch_action",
        _("What is the plan for a successful start?"),
        _(
            "A good start is planned: listen, begin softly among friends, launch, follow up. The aim is"
            " the first critical mass of followers."
        ),
        LaunchAction,
        LaunchActionForm,
        _("Write an action"),
        _("Change the action"),
        _("Remove the action “%(name)s”?"),
        _("Nothing else goes with it."),
        lambda rows: rows.select_related("owner"),
        _phase_and_day,
    ),
)
QUESTIONS: dict[str, Question] = {question.key: question for question in _ALL}


def move(question: Question, rows: Sequence[Any], pk: int, step: int) -> bool:
    """Move a row one place up (-1) or down (1) within its group, if there is such a place."""
    at = next((at for at, row in enumerate(rows) if row.pk == pk), None)
    if at is None or not may_move(question, rows, at, step):
        return False
    order = list(rows)
    order[at], order[at + step] = order[at + step], order[at]
    for position, row in enumerate(order, start=1):
        row.position = position
    question.model._default_manager.bulk_update(order, ["position"])
    return True


def may_move(question: Question, rows: Sequence[Any], at: int, step: int) -> bool:
    return 0 <= at + step < len(rows) and question.group(rows[at]) == question.group(rows[at + step])
