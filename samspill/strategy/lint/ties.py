"""Rules of what a goal is tied to: who asked for it, whom it is meant for, who sees to it, and where."""

from __future__ import annotations

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samspill.strategy.lint.facts import Facts
from samspill.strategy.lint.rule import Mend, Rule, Severity, Values
from samspill.strategy.models import Goal


def _closed_document(goal: Goal, facts: Facts) -> Values | None:
    if goal.passage is None:
        return None
    document = goal.passage.document
    over = document.valid_to is not None and document.valid_to < facts.today
    return {"title": document.title} if over or document.closed_at is not None else None


def _stands(goal: Goal) -> bool:
    """Its passage is there, in a document still in force."""
    return goal.passage is not None and goal.passage.document.closed_at is None


def _passage_gone(goal: Goal, facts: Facts) -> bool:
    return _stands(goal) and goal.is_touched and goal.passage.gone_in_id is not None  # type: ignore[union-attr]


def _passage_changed(goal: Goal, facts: Facts) -> bool:
    return _stands(goal) and goal.is_touched and goal.passage.gone_in_id is None  # type: ignore[union-attr]


def _decided(goal: Goal, facts: Facts) -> str:
    if not _stands(goal) or goal.is_touched or _closed_document(goal, facts):
        return ""
    return gettext("The organisation has decided what it builds on.")


def _no_audience(goal: Goal, facts: Facts) -> bool:
    return not facts.audiences_of_goal.get(goal.pk)


def _meant_for(goal: Goal, facts: Facts) -> str:
    names = [facts.names[pk] for pk in sorted(facts.audiences_of_goal.get(goal.pk, ())) if pk in facts.names]
    return gettext("It is meant for %(names)s.") % {"names": ", ".join(names)} if names else ""


def _no_channel(goal: Goal, facts: Facts) -> bool:
    """Asked where there are channels in use at all."""
    return bool(facts.active) and goal.pk not in facts.carried


RULES = (
    Rule(
        "goal-passage",
        "goals",
        Severity.WEAK,
        _("Goal nobody asked for"),
        _("No passage: nothing the organisation has decided asks for it."),
        _("A goal that serves nothing decided is the first to go when time is short."),
        _("Find the passage it serves, or ask whether you need the goal."),
        lambda goal, facts: goal.passage_id is None,
        each="goal",
        fine=_decided,
    ),
    Rule(
        "goal-document-expired",
        "goals",
        Severity.WRONG,
        _("Goal that builds on a document no longer in force"),
        _("The document it builds on, “%(title)s”, is no longer in force."),
        _("What carried the goal is gone, so somebody must decide whether it still holds."),
        _("Choose a passage of a document in force, or close the goal."),
        _closed_document,
        each="goal",
    ),
    Rule(
        "goal-passage-gone",
        "goals",
        Severity.WRONG,
        _("Goal whose passage is gone"),
        _("The passage it serves is gone from the newest version. Choose another, or say that it holds."),
        _("The organisation no longer says what the goal was to serve."),
        _("Choose another passage, or say on the passage's page that the goal holds."),
        _passage_gone,
        each="goal",
        mend=lambda goal: Mend("passage", (goal.passage_id,), is_row=True),
    ),
    Rule(
        "goal-passage-changed",
        "goals",
        Severity.WEAK,
        _("Goal whose passage has changed"),
        _("The passage it serves has changed. See whether the goal still holds."),
        _("The organisation says it in other words than when the goal was tied to it."),
        _("Read what changed; then say that the goal holds, or change it."),
        _passage_changed,
        each="goal",
        mend=lambda goal: Mend("passage", (goal.passage_id,), is_row=True),
    ),
    Rule(
        "goal-audience",
        "goals",
        Severity.WEAK,
        _("Goal for nobody"),
        _("No audience: whom is it meant for?"),
        _("Whoever speaks to everyone reaches nobody."),
        _("Tick the audiences it is meant for."),
        _no_audience,
        each="goal",
        fine=_meant_for,
    ),
    Rule(
        "goal-owner",
        "goals",
        Severity.WEAK,
        _("Goal nobody owns"),
        _("Nobody owns it."),
        _("What everybody sees to, nobody sees to."),
        _("Choose one person, also when many help."),
        lambda goal, facts: goal.owner_id is None,
        each="goal",
    ),
    Rule(
        "goal-channel",
        "goals",
        Severity.WEAK,
        _("Goal no channel serves"),
        _("None of the channels in use is there for it."),
        _("A goal without a channel gets no work."),
        _("Tick the goal in the decision about a channel, or write why it needs none."),
        _no_channel,
        each="goal",
        mend=Mend("channel_choices"),
    ),
)
