"""Where each figure stands, what it rests on, and how it has gone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_cache_control

from samspill.accounts import access
from samspill.accounts.access import MemberRequest, door
from samspill.accounts.models import Role
from samspill.measurement import words
from samspill.measurement.bundle import bundle, bundle_version
from samspill.measurement.chart import spec
from samspill.measurement.inputs import inputs
from samspill.measurement.measures import Figure, Record, daily, figure, series
from samspill.measurement.record import gather
from samspill.measurement.series_file import series_file
from samspill.measurement.status import Standing, status, statuses
from samspill.networks.models import Channel
from samspill.strategy.measures import MEASURES, Measure
from samspill.strategy.models import Goal

PERIODS = (7, 28, 90, 365)


@door(read=Role.VIEWER)
def figures(request: MemberRequest) -> HttpResponse:
    """Every measure at a glance, for all channels or one, and every goal."""
    now = timezone.now()
    record = gather(request.workspace, now)
    channels = _channels(request)
    chosen = next((one for one in channels if str(one.pk) == request.GET.get("channel")), None)
    asked = request.GET.get("days", "")
    days = int(asked) if asked in {str(period) for period in PERIODS} else 28
    goals = statuses(Goal.objects.in_workspace(request.workspace).open(), record, now)
    part = record.only(chosen.pk) if chosen else record
    return render(
        request,
        "measurement/figures.html",
        {
            "rows": [_row(part, measure, now, days) for measure in MEASURES.values()],
            "goals": goals,
            "on_time": sum(goal.standing in {Standing.ON_TIME, Standing.REACHED} for goal in goals),
            "behind": sum(goal.standing is Standing.BEHIND for goal in goals),
            "channels": channels,
            "chosen": chosen,
            "periods": PERIODS,
            "days": days,
        },
    )


def _channels(request: MemberRequest) -> list[Channel]:
    return list(Channel.objects.in_workspace(request.workspace).filter(closed_at=None).order_by("pk"))


def _row(record: Record, measure: Measure, now: datetime, days: int) -> dict[str, Any]:
    """The figure, the same for the stretch before it, and the half year behind it."""
    if measure.days != 28:  # a level, or something that takes its own time to show
        before = now - timedelta(days=measure.days or 28)
        pair = figure(record, measure.key, before), figure(record, measure.key, now)
    else:
        before = now - timedelta(days=days)
        pair = figure(record, measure.key, before, days=days), figure(record, measure.key, now, days=days)
    return {"measure": measure, "figure": pair[1], "pair": pair, "weeks": series(record, measure.key, now)}


@door(read=Role.VIEWER)
def measure(request: MemberRequest, key: str, channel: int | None = None) -> HttpResponse:
    """One figure opened: its formula, its inputs, how sure it is, how it has gone."""
    chosen = access.get(Channel, request, pk=channel) if channel is not None else None
    record = _part(request, chosen, key)
    line = _line(record, _known(key))
    now = line[-1]
    found = inputs(now, [span.pk for span in record.channels])
    page = Paginator(found.rows, 20).get_page(request.GET.get("page"))
    return render(
        request,
        "measurement/measure.html",
        {
            "measure": now.measure,
            "figure": now,
            "chosen": chosen,
            "channels": _channels(request),
            "goals": _measured_by(request, key, channel),
            "kind": found.kind,
            "page": page,
            **_chart(line, None, f"measure-{key}"),
        },
    )


def _measured_by(request: MemberRequest, key: str, channel: int | None) -> QuerySet[Goal]:
    """The goals in force that are read from this figure; of one channel, those that ask for just it."""
    goals: QuerySet[Goal] = Goal.objects.in_workspace(request.workspace).open().filter(measure=key)
    return goals.filter(channel=channel) if channel is not None else goals


def _known(key: str) -> Measure:
    try:
        return MEASURES[key]
    except KeyError:
        raise Http404 from None


def _part(request: MemberRequest, channel: Channel | None, key: str) -> Record:
    record = gather(request.workspace, timezone.now(), [key])
    return record.only(channel.pk) if channel else record


def _line(record: Record, measure: Measure) -> list[Figure]:
    """Half a year: by day for a level, by week for what looks back."""
    return (series if measure.days else daily)(record, measure.key, timezone.now())


def _chart(line: Sequence[Figure], target: float | None, name: str) -> dict[str, Any]:
    said = words.shown(line)
    rows = [one for one in reversed(line) if one.value is not None]
    every = 1 if len(rows) < 60 else 7  # a level has a figure a day: a week apart is enough to read
    drawn = spec(line, target, said)
    return {
        "spec": drawn,
        "said": said,
        "chart": name,
        "table": rows[::every],
        "vega_version": bundle_version(),
    }


@door(read=Role.VIEWER)
def measure_csv(request: MemberRequest, key: str) -> HttpResponse:
    """The series behind the chart."""
    asked = request.GET.get("channel")
    asked_for = [one for one in Channel.objects.in_workspace(request.workspace) if str(one.pk) == asked]
    if asked and not asked_for:
        raise Http404
    chosen = asked_for[0] if asked_for else None
    line = _line(_part(request, chosen, key), _known(key))
    lines = series_file(line, chosen.name if chosen else "")
    answer = HttpResponse("".join(lines), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{key}.csv"'
    return answer


@door(read=Role.VIEWER)
def goal_status(request: MemberRequest, pk: int) -> HttpResponse:
    """The part of a goal's page that shows its figures."""
    goal = access.get(Goal.objects.in_workspace(request.workspace), request, pk=pk)
    now = timezone.now()
    record = gather(request.workspace, now, [goal.measure])
    found = status(goal, record, now)
    context: dict[str, Any] = {"goal": goal, "status": found}
    if found:
        part = record.only(goal.channel_id) if goal.channel_id else record
        context |= _chart(_line(part, found.measure), goal.target, f"goal-{goal.pk}")
    return render(request, "measurement/_goal_status.html", context)


@door(read=Role.VIEWER)
def goal_row(request: MemberRequest, pk: int) -> HttpResponse:
    """A goal in two lines, with its small line."""
    goal = access.get(Goal.objects.in_workspace(request.workspace), request, pk=pk)
    now = timezone.now()
    found = status(goal, gather(request.workspace, now, [goal.measure]), now)
    return render(request, "measurement/_goal_row.html", {"goal": goal, "status": found})


@door(read=Role.VIEWER)
def vega(request: MemberRequest) -> HttpResponse:
    """The drawing library; its address names its version, so a browser may keep it for ever."""
    answer = HttpResponse(bundle(), content_type="text/javascript; charset=utf-8")
    answer["Content-Encoding"] = "gzip"
    patch_cache_control(answer, private=True, max_age=31_536_000, immutable=True)
    return answer
