"""The red thread at one place of the strategy: all that hangs on it, from the passage to the action.

Work, what was said and figures belong to apps on the left; the page asks them for theirs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspill.strategy.measures import MEASURES
from samspill.strategy.models import Audience, ChannelChoice, Goal, GoalQuerySet, LaunchAction, Passage

SHORT = 48  # characters of a name on the thread


@dataclass(frozen=True)
class Thread:
    """What belongs together, each once, in the order of the rows."""

    passages: Sequence[Passage] = ()
    goals: Sequence[Goal] = ()
    audiences: Sequence[Audience] = ()
    channels: Sequence[ChannelChoice] = ()
    actions: Sequence[LaunchAction] = ()

    @property
    def measures(self) -> list[str]:
        """Keys of what the goals are measured by."""
        return list(dict.fromkeys(goal.measure for goal in self.goals if goal.measure in MEASURES))


def woven(goals: GoalQuerySet) -> GoalQuerySet:
    """With all that hangs on each goal, in a handful of queries however many there are."""
    audiences = Audience.objects.order_by("position", "pk")
    channels = ChannelChoice.objects.order_by("position", "pk")
    actions = LaunchAction.objects.all()
    return goals.with_passage().prefetch_related(
        Prefetch("audiences", audiences),
        Prefetch("channel_choices", channels),
        Prefetch("launch_actions", actions),
    )


def of_goals(goals: Iterable[Goal]) -> Thread:
    """`goals`: woven."""
    goals = list(goals)
    return Thread(
        passages=_once(goal.passage for goal in goals if goal.passage),
        goals=goals,
        audiences=_once(row for goal in goals for row in goal.audiences.all()),
        channels=_once(row for goal in goals for row in goal.channel_choices.all()),
        actions=_once(row for goal in goals for row in goal.launch_actions.all()),
    )


def of_goal(goal: Goal) -> Thread:
    return of_goals([goal])


def of_passage(passage: Passage) -> Thread:
    return replace(of_goals(woven(passage.goals.open())), passages=[passage])


def of_audience(audience: Audience) -> Thread:
    """Its channels are those meant for it, not all that its goals use."""
    found = of_goals(woven(audience.goals.open()))
    return replace(found, audiences=[audience], channels=list(audience.channel_choices.all()))


def of_channel(choice: ChannelChoice) -> Thread:
    """Its audiences are those it is meant for, its actions those that happen there."""
    found = of_goals(woven(choice.goals.open()))
    audiences, actions = list(choice.audiences.all()), list(choice.launch_actions.all())
    return replace(found, audiences=audiences, channels=[choice], actions=actions)


def of_action(action: LaunchAction) -> Thread:
    found = of_goals(woven(action.goals.open()))
    channels = [action.channel_choice] if action.channel_choice else []
    return replace(found, channels=channels, actions=[action])


def _once(rows: Iterable[Any]) -> list[Any]:
    return list(dict.fromkeys(rows))


@dataclass(frozen=True)
class Knot:
    """A node of the thread as the page draws it: in bold what it is, beneath it what more there is to say."""

    key: str
    says: str
    more: str
    href: str = ""
    is_here: bool = False
    is_open: bool = False  # nothing there yet


Count = Callable[[int], str]
_NOTHING: dict[str, Callable[[], tuple[str, str]]] = {
    "passages": lambda: (_("No passage yet"), _("Nothing decided asks for it.")),
    "goals": lambda: (_("No goal yet"), _("It serves none.")),
    "audiences": lambda: (_("No audience yet"), _("Whom is it for?")),
    "channels": lambda: (_("No channel yet"), _("Where is it said?")),
    "actions": lambda: (_("No action yet"), _("How does it start?")),
}
_ONE: dict[str, tuple[str, Callable[[], str]]] = {
    "passages": ("passage", lambda: _("passage")),
    "goals": ("goal", lambda: _("goal")),
    "audiences": ("audience", lambda: _("audience")),
    "channels": ("channel_choice", lambda: _("channel choice")),
    "actions": ("launch_action", lambda: _("action")),
}
_MANY: dict[str, Count] = {
    "passages": lambda n: ngettext("%(n)d passage", "%(n)d passages", n),
    "goals": lambda n: ngettext("%(n)d goal", "%(n)d goals", n),
    "audiences": lambda n: ngettext("%(n)d audience", "%(n)d audiences", n),
    "channels": lambda n: ngettext("%(n)d channel", "%(n)d channels", n),
    "actions": lambda n: ngettext("%(n)d action", "%(n)d actions", n),
}


# What the form of a row ties it to, so that a loose end leads there.
_TIED = {
    "goals": {"passages", "audiences"},
    "audiences": {"goals"},
    "channels": {"goals", "audiences"},
    "actions": {"goals", "channels"},
}


def knots(thread: Thread, slug: str, here: str, *, may_edit: bool = False) -> list[Knot]:
    """The thread's nodes up to the actions; `here`: which of them the page is about."""
    found = [_knot(key, list(getattr(thread, key)), slug, is_here=key == here) for key in _ONE]
    tied = _TIED.get(here, set())
    if not may_edit or not tied:
        return found
    row = getattr(thread, here)[0]
    form = reverse(f"strategy:{_ONE[here][0]}_edit", args=(slug, row.pk))
    return [replace(knot, href=form) if knot.is_open and knot.key in tied else knot for knot in found]


def _knot(key: str, rows: Sequence[Any], slug: str, *, is_here: bool) -> Knot:
    if not rows:
        return Knot(key, *_NOTHING[key](), is_open=True)
    if len(rows) > 1:
        says = _MANY[key](len(rows)) % {"n": len(rows)}
        return Knot(key, says, _short(", ".join(dict.fromkeys(name(row) for row in rows))), f"#{key}")
    page, kind = _ONE[key]
    row = rows[0]
    more = f"{row.document.title}, {row.place}" if isinstance(row, Passage) else kind()
    href = "" if is_here else reverse(f"strategy:{page}", args=(slug, row.pk))
    return Knot(key, _short(name(row)), more, href, is_here)


def name(row: Any) -> str:
    """What a row is called in a line: of a passage its heading, or where it stands."""
    return str(capfirst(row.heading or row.place)) if isinstance(row, Passage) else str(row)


def _short(words: str) -> str:
    return Truncator(words).chars(SHORT)


def figures(thread: Thread, slug: str) -> Knot:
    """The last node: what the goals are measured by."""
    keys = thread.measures
    if not keys:
        return Knot("figure", _("No figure yet"), _("no measure yet"), is_open=True)
    if len(keys) > 1:
        says = ngettext("%(n)d measure", "%(n)d measures", len(keys)) % {"n": len(keys)}
        return Knot("figure", says, _short(", ".join(str(MEASURES[key].name) for key in keys)), "#goals")
    href = reverse("measurement:measure", args=(slug, keys[0]))
    return Knot("figure", str(MEASURES[keys[0]].name), _("the figure"), href)
