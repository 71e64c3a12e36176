"""What is being written, what waits for whom, what goes out next, what failed."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.paginator import Paginator
from django.db.models import F, Prefetch
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from samspill.accounts.access import MemberRequest, door
from samspill.accounts.models import Role
from samspill.lib.numbers import row_number
from samspill.networks.models import Channel
from samspill.publishing.models import Delivery, Draft, DraftQuerySet, Stage, Version
from samspill.strategy.models import Goal

FIRST = 8  # rows of a group before "all"
PAGE = 50
RECENT = timedelta(days=30)


@dataclass(frozen=True)
class Group:
    """The drafts of one stage, the first of them shown."""

    stage: Stage
    title: str
    rows: list[Draft]
    count: int


@door(read=Role.VIEWER)
def drafts(request: MemberRequest) -> HttpResponse:
    """Grouped by where they stand; with a filter, one list by pages."""
    found = Draft.objects.in_workspace(request.workspace).listed()
    chosen = {name: request.GET.get(name, "") for name in ("stage", "goal", "channel")}
    context = {
        "chosen": chosen,
        "stages": Stage.choices,
        "goals": Goal.objects.in_workspace(request.workspace).open(),
        "channels": Channel.objects.in_workspace(request.workspace).publishing().order_by("name"),
        "troubled": Delivery.TROUBLED,
        "anything": found.exists(),
        "mine": found.to_approve(request.user).count() if request.member.role >= Role.EDITOR else 0,
    }
    if any(chosen.values()):
        rows = narrowed(found.staged(), chosen).in_order(chosen["stage"])
        context["page"] = Paginator(with_versions(rows), PAGE).get_page(request.GET.get("page"))
        return render(request, "publishing/drafts_filtered.html", context)
    groups = grouped(found)
    context["trouble"] = sum(group.count for group in groups if group.stage == Stage.TROUBLED)
    context |= {"groups": groups, "next": going_next(request)}
    return render(request, "publishing/drafts.html", context)


def narrowed(rows: DraftQuerySet, chosen: dict[str, str]) -> DraftQuerySet:
    if chosen["stage"] in Stage.values:
        rows = rows.at(chosen["stage"])
    goal, channel = row_number(chosen["goal"]), row_number(chosen["channel"])
    if goal is not None:
        rows = rows.filter(goal=goal)
    if channel is not None:
        rows = rows.filter(versions__channel=channel)
    return rows


def grouped(found: DraftQuerySet) -> list[Group]:
    """The stages in the order in which they want somebody; empty ones are left out."""
    titles = {
        Stage.TROUBLED: _("Needs a look"),
        Stage.ASKED: _("Waits for approval"),
        Stage.GOING: _("Goes out next"),
        Stage.APPROVED: _("Approved, no time set"),
        Stage.RETURNED: _("Sent back"),
        Stage.WRITING: _("Being written"),
        Stage.OUT: _("Out the last 30 days"),
    }
    keys: dict[str, list[tuple[datetime, int]]] = defaultdict(list)
    recent = timezone.now() - RECENT
    for pk, stage, shown_at in found.staged().values_list("pk", F("stage"), F("shown_at")):
        if stage != Stage.OUT or shown_at >= recent:
            keys[stage].append((shown_at, pk))
    first = {stage: sorted(those, reverse=stage != Stage.GOING)[:FIRST] for stage, those in keys.items()}
    wanted = [pk for those in first.values() for _at, pk in those]
    rows = {row.pk: row for row in with_versions(found.staged().filter(pk__in=wanted))}
    return [
        Group(stage, title, [rows[pk] for _at, pk in first[stage]], len(keys[stage]))
        for stage, title in titles.items()
        if stage in first
    ]


def with_versions(rows: DraftQuerySet) -> DraftQuerySet:
    """With what a row shows, in three queries however many rows."""
    living = Prefetch("deliveries", Delivery.objects.living().order_by("pk"), to_attr="living")
    versions = Version.objects.select_related("channel").prefetch_related(living).order_by("channel__name")
    return rows.select_related("goal", "author", "approver").prefetch_related(Prefetch("versions", versions))


def going_next(request: MemberRequest) -> Delivery | None:
    going = Delivery.objects.in_workspace(request.workspace)
    since = timezone.now() - timedelta(days=1)
    return going.going_out(since, since + timedelta(days=800)).first()
