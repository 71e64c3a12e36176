"""One audience, channel or action: what it says in full, and all that hangs on it in both directions."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import F, Prefetch
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from samspill.accounts import access, log
from samspill.accounts.access import MemberRequest, door
from samspill.accounts.models import Role
from samspill.lib.numbers import row_number
from samspill.networks.models import Channel
from samspill.strategy import thread
from samspill.strategy.duties import DESIGN
from samspill.strategy.facts import facts
from samspill.strategy.models import Audience, ChannelChoice, Goal, LaunchAction, Tactic
from samspill.strategy.presence import by_use, shares_at
from samspill.strategy.presence_form import PresenceRows, initial, offered, written

GOALS_SHOWN = 12  # with their figures; the others by name


def threaded(request: MemberRequest, found: thread.Thread, here: str) -> dict[str, Any]:
    """What the templates of the thread need."""
    slug, may_edit = request.workspace.slug, request.member.role >= Role.EDITOR
    return {
        "thread": found,
        "knots": thread.knots(found, slug, here, may_edit=may_edit),
        "figure": thread.figures(found, slug),
        "goals_first": found.goals[:GOALS_SHOWN],
        "goals_more": found.goals[GOALS_SHOWN:],
        "may_edit": may_edit,
    }


def _row(request: MemberRequest, model: type[Any], pk: int, *, prefetch: tuple[Any, ...] = ()) -> Any:
    rows = model.objects.in_workspace(request.workspace).prefetch_related(*prefetch)
    return access.get(rows.select_related("strategy__workspace", "strategy__parent"), request, pk=pk)


@door(read=Role.VIEWER)
def audience(request: MemberRequest, pk: int) -> HttpResponse:
    row = _row(request, Audience, pk, prefetch=("channel_choices", "presences", "tactics"))
    tactics = sorted(row.tactics.all(), key=lambda tactic: Tactic.Step.values.index(tactic.step))
    context = {
        "audience": row,
        "strategy": row.strategy,
        "about": facts(row, "needs", "today", "wanted", "access_needs"),
        "known": facts(row, "profile", "segment", "ladder", "source"),
        "presences": by_use(row.presences.all()),
        "today": timezone.localdate(),
        "tactics": tactics,
        **threaded(request, thread.of_audience(row), "audiences"),
    }
    return render(request, "strategy/audience.html", context)


def _design(said: dict[str, bool]) -> dict[str, Any] | None:
    """The checklist of universal design, sorted by what is said of each; None where nobody has looked."""
    if not said:
        return None
    by_answer: dict[bool | None, list[Promise]] = {True: [], False: [], None: []}
    for key, sentence in DESIGN.items():
        by_answer[said.get(key)].append(sentence)
    return {
        "in_place": by_answer[True],
        "missing": by_answer[False],
        "unseen": by_answer[None],
        "all": len(DESIGN),
    }


@door(read=Role.EDITOR, write=Role.EDITOR)
def presences(request: MemberRequest, pk: int) -> HttpResponse:
    """Write where an audience is, all rows at once; whoever comes second sees the first one's rows."""
    row = _row(request, Audience, pk)
    before = initial(row)
    rows = PresenceRows(request.POST if request.method == "POST" else None, initial=before)
    clash = False
    if request.method == "POST" and rows.is_valid():
        with transaction.atomic():
            version = row_number(request.POST.get("version", "")) or 0
            clash = not Audience.objects.filter(pk=pk, version=version).update(
                version=F("version") + 1, changed_by=request.user
            )
            if not clash:
                row.presences.all().delete()
                row.presences.bulk_create(written(rows, row))
                _record(request, "presence", row)
        if not clash:
            messages.success(request, _("Saved."))
            return redirect(row)
    context = {
        "audience": row,
        "strategy": row.strategy,
        "rows": rows,
        "places": offered(),
        "saved": by_use(row.presences.all()) if clash else None,
        "clash": clash,
        "is_wrong": rows.is_bound and not rows.is_valid(),
    }
    status = 409 if clash else 422 if context["is_wrong"] else 200
    return render(request, "strategy/presences.html", context, status=status)


def _record(request: MemberRequest, verb: str, row: Audience) -> None:
    name = f"audience.{verb}"
    log.record(name, workspace=request.workspace, user=request.user, subject=row, row=row.pk)


@door(read=Role.VIEWER)
def channel_choice(request: MemberRequest, pk: int) -> HttpResponse:
    audiences = Prefetch("audiences", Audience.objects.prefetch_related("presences"))
    row = _row(request, ChannelChoice, pk, prefetch=(audiences, "launch_actions"))
    woven = thread.of_channel(row)
    context = {
        "choice": row,
        "strategy": row.strategy,
        "keeps": facts(
            row, "responsible", "hours_a_week", "reply_within", "staffed", "review_on", "exit_when"
        ),
        "does": facts(row, "place", "blocks", "formats", "frequency", "source"),
        "risk": facts(row, "risk", "risk_on", "risk_measures", "risk_review_on", "risk_link"),
        "kept": facts(row, "archive", "web_twin"),
        "design": _design(row.design),
        "shares": [(each, shares_at(each.presences.all(), row.place)) for each in woven.audiences],
        "is_late": row.review_on is not None and row.review_on < timezone.localdate(),
        **threaded(request, woven, "channels"),
    }
    return render(request, "strategy/channel_choice.html", context)


@door(read=Role.VIEWER)
def decision(request: MemberRequest, pk: int) -> HttpResponse:
    """A fragment for a connected channel's page: what was decided about it, and which goals it serves."""
    channel = access.get(Channel.objects.in_workspace(request.workspace), request, pk=pk)
    choices = ChannelChoice.objects.in_workspace(request.workspace).filter(channel=channel)
    goals = Prefetch("goals", Goal.objects.open())
    context = {"choices": choices.prefetch_related(goals), "may_edit": request.member.role >= Role.EDITOR}
    return render(request, "strategy/_channel_decision.html", context)


@door(read=Role.VIEWER)
def launch_action(request: MemberRequest, pk: int) -> HttpResponse:
    row = _row(request, LaunchAction, pk)
    context = {
        "action": row,
        "strategy": row.strategy,
        **threaded(request, thread.of_action(row), "actions"),
    }
    return render(request, "strategy/launch_action.html", context)
