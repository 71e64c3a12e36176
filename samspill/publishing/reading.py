"""The page a draft is read on: what goes out where, who said yes, and what may be done now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from samspill.accounts.access import MemberRequest
from samspill.accounts.models import Role
from samspill.networks.models import Channel
from samspill.publishing.approve import standing_approval
from samspill.publishing.check import Count, count, problems
from samspill.publishing.forms import ScheduleForm
from samspill.publishing.models import Delivery, Draft, Picture, Stage


@dataclass(frozen=True)
class Reading:
    """A version as it will stand, and its delivery if it has one."""

    channel: Channel
    text: str
    count: Count
    pictures: list[Picture]
    delivery: Delivery | None


def readings(draft: Draft) -> list[Reading]:
    pictures = list(draft.pictures.all())
    deliveries = {
        each.version_id: each
        for each in Delivery.objects.filter(version__draft=draft).living().select_related("channel")
    }
    return [
        Reading(each.channel, each.text, count(each.text, each.channel), pictures, deliveries.get(each.pk))
        for each in draft.versions.select_related("channel").order_by("channel__name", "pk")
    ]


def reading_page(
    request: MemberRequest, draft: Draft, form: ScheduleForm | None = None, *, status: int = 200, **more: Any
) -> HttpResponse:
    shown = readings(draft)
    living = [each.delivery for each in shown if each.delivery]
    gone, stage = draft.has_gone(), Draft.objects.stage_of(draft)
    may_publish = request.member.role >= Role.EDITOR
    context = {
        "draft": draft,
        "stage": stage,
        "goal": draft.goal,
        "readings": shown,
        "living": living,
        "busy": any(each.state == Delivery.State.SENDING or each.is_due for each in living),
        "has_gone": gone,
        "may_change": not gone and request.member.role >= Role.CONTRIBUTOR,
        "may_publish": may_publish,
        "may_time": may_publish and not gone and (stage in (Stage.APPROVED, Stage.GOING) or form is not None),
        "approval": draft.last_approval(),
        "stands": standing_approval(draft) is not None,
        "approvals": draft.approvals.select_related("by").order_by("-pk"),
        "still": problems(draft),
        "form": form or ScheduleForm.of(draft),
        **more,
    }
    return render(request, "publishing/draft.html", context, status=status)
