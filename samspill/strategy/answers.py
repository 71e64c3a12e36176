"""Each question answered in a sentence or two, from its rows; and all six together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspill.accounts.models import Workspace
from samspill.networks.models import Channel
from samspill.strategy.check import Answers
from samspill.strategy.models import Audience, ChannelChoice, Goal, LaunchAction, Strategy, Tactic, Trait
from samspill.strategy.needed import KINDS_BESIDE
from samspill.strategy.questions import QUESTIONS, Question
from samspill.strategy.sections.rows import every_record

NAMED = 4  # so many names in a sentence, then "and 3 more"


def answers(strategy: Strategy) -> Answers:
    """All rows that answer the six questions, also what it inherits, with what their lines need."""
    rows = {
        key: question.rows(strategy) + inherited(question, strategy) for key, question in QUESTIONS.items()
    }
    beside = every_record(strategy, KINDS_BESIDE)
    return Answers(**rows, channels=connected(strategy.workspace), records=beside)


def inherited(question: Question, strategy: Strategy) -> list[Any]:
    return [row for _above, rows in question.inherited(strategy) for row in rows]


def connected(workspace: Workspace) -> list[Channel]:
    return list(Channel.objects.in_workspace(workspace).filter(closed_at=None))


def in_short(question: str, rows: Sequence[Any], today: date) -> str:
    """The answer in words; nothing where there is none."""
    return _SAID[question](rows, today) if rows else ""


def listed(names: Sequence[str]) -> str:
    """a, b and c; or a, b, c, d and 3 more."""
    if len(names) <= NAMED:
        return get_text_list(list(names), _("and"))
    more = len(names) - NAMED
    words = ngettext("%(names)s and %(n)d more", "%(names)s and %(n)d more", more)
    return words % {"names": ", ".join(names[:NAMED]), "n": more}


def _goals(rows: Sequence[Goal], today: date) -> str:
    whole = sum(goal.measured is not None and None not in (goal.baseline, goal.target) for goal in rows)
    said = [
        ngettext("There is %(n)d goal.", "There are %(n)d goals.", len(rows)) % {"n": len(rows)},
        ngettext(
            "%(n)d says from where and to where.", "%(n)d say from where and to where.", whole
        ) % {"n": whole},
    ]  # fmt: skip
    ahead = [(goal.deadline, goal.statement) for goal in rows if goal.deadline and goal.deadline >= today]
    if ahead:
        day, statement = min(ahead)
        words = _("The next deadline is %(day)s, for “%(goal)s”.")
        said.append(words % {"day": date_format(day), "goal": statement})
    return " ".join(said)


def _audiences(rows: Sequence[Audience], today: date) -> str:
    return _("We want to reach %(names)s.") % {"names": listed([row.name for row in rows])}


def _tactics(rows: Sequence[Tactic], today: date) -> str:
    steps = {row.step for row in rows}
    words = ngettext(
        "We do %(n)d thing to bring people along, on %(steps)d of the four steps.",
        "We do %(n)d things to bring people along, on %(steps)d of the four steps.",
        len(rows),
    )
    said = words % {"n": len(rows), "steps": len(steps)}
    missing = next((step for step in Tactic.Step if step not in steps), None)
    if missing is None:
        return said
    return said + " " + _("Nothing brings them to the step “%(step)s” yet.") % {"step": missing.label}


def _voice(rows: Sequence[Trait], today: date) -> str:
    return _("We are %(names)s.") % {"names": listed([row.name.lower() for row in rows])}


def _channels(rows: Sequence[ChannelChoice], today: date) -> str:
    words = {
        ChannelChoice.Choice.USE: _("We use %(names)s."),
        ChannelChoice.Choice.PILOT: _("We try %(names)s."),
        ChannelChoice.Choice.WAIT: _("We wait with %(names)s."),
        ChannelChoice.Choice.END: _("We end %(names)s."),
        ChannelChoice.Choice.NOT: _("We are not on %(names)s."),
    }
    by_choice = {choice: [row.name for row in rows if row.choice == choice] for choice in words}
    return " ".join(words[choice] % {"names": listed(names)} for choice, names in by_choice.items() if names)


def _launch(rows: Sequence[LaunchAction], today: date) -> str:
    done = sum(row.done_at is not None for row in rows)
    words = ngettext("%(done)d of %(n)d action is done.", "%(done)d of %(n)d actions are done.", len(rows))
    said = [words % {"done": done, "n": len(rows)}]
    ahead = [(row.on, row.what) for row in rows if row.done_at is None and row.on]
    if ahead:
        day, what = min(ahead)
        said.append(_("The next is “%(what)s”, %(day)s.") % {"what": what, "day": date_format(day)})
    followers = sum(row.expected_followers or 0 for row in rows)
    if followers:
        words = ngettext(
            "Together they should bring %(n)d follower.",
            "Together they should bring %(n)d followers.",
            followers,
        )
        said.append(words % {"n": followers})
    return " ".join(said)


_SAID: dict[str, Callable[[Sequence[Any], date], str]] = {
    "goals": _goals,
    "audiences": _audiences,
    "tactics": _tactics,
    "voice": _voice,
    "channel_choices": _channels,
    "launch": _launch,
}
