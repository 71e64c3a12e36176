"""The first page's answer in two lines of plain words."""

from __future__ import annotations

from django.contrib.humanize.templatetags.humanize import apnumber
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspill.accounts.templatetags.screen import hours_left
from samspill.today.needs import Needs


def greeting(needs: Needs, name: str) -> str:
    """Good morning, Ingrid: by the clock where the person is."""
    hour, said = timezone.localtime(needs.now).hour, {"name": name.split()[0] if name.split() else name}
    if 5 <= hour < 10:
        return _("Good morning, %(name)s") % said
    if 10 <= hour < 18:
        return _("Hello, %(name)s") % said
    return _("Good evening, %(name)s") % said


def first(needs: Needs) -> str:
    """What matters most, in the fewest words."""
    if needs.people:
        return _count(
            ngettext("%(n)s waits for an answer", "%(n)s wait for an answer", needs.people), needs.people
        )
    if not needs.steps.done and not needs.steps.channel:
        left = needs.steps.left
        return _count(
            ngettext("%(n)s step, and the strategy runs", "%(n)s steps, and the strategy runs", left), left
        )
    return _("Nobody waits for an answer")


def then(needs: Needs) -> str:
    """The end of that sentence, and those that follow: at most four."""
    said = [_deadline(needs), *_rest(needs)]
    return " ".join(one for one in said if one)


def _deadline(needs: Needs) -> str:
    answer_by = needs.waiting[0].conversation.answer_by if needs.waiting else None
    if answer_by is None:
        return "."
    words = _(", %(time)s.") if needs.people == 1 else _(", the first: %(time)s.")
    return words % {"time": hours_left(answer_by)}


def _rest(needs: Needs) -> list[str]:
    said = []
    if n := len(needs.troubled):
        said.append(_count(ngettext("%(n)s post needs a look.", "%(n)s posts need a look.", n), n))
    if n := len(needs.to_approve):
        said.append(
            _count(ngettext("%(n)s draft waits for your yes.", "%(n)s drafts wait for your yes.", n), n)
        )
    if n := len(needs.spikes):
        said.append(
            _count(
                ngettext("%(n)s watch hears more than usual.", "%(n)s watches hear more than usual.", n), n
            )
        )
    if n := needs.out_today:
        said.append(_count(ngettext("%(n)s post goes out today.", "%(n)s posts go out today.", n), n))
    elif needs.steps.draft:
        said.append(_("Nothing more goes out today."))
    moved = needs.moved
    if len(moved) == 1:
        said.append(_("The goal “%(goal)s” has moved.") % {"goal": moved[0].goal.statement})
    elif moved:
        said.append(
            _count(ngettext("%(n)s goal has moved.", "%(n)s goals have moved.", len(moved)), len(moved))
        )
    return said[:3]


def _count(words: str, n: int) -> str:
    """Small numbers in words, the sentence with a capital."""
    return capfirst(words % {"n": apnumber(n)})
