"""The report of planned and realised: a page, and a sentence for the page of what grows by itself."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samspill.accounts.access import MemberRequest, door
from samspill.accounts.models import Role
from samspill.measurement import realised_words as words
from samspill.measurement.bundle import bundle_version
from samspill.measurement.realised import Realised, Way, realised, stretches
from samspill.measurement.realised_chart import spec
from samspill.strategy.forms import DayInput
from samspill.strategy.models import Strategy

USUAL = 90  # days
PERIODS = (28, 90, 365)
LONGEST = timedelta(days=3660)
LOOSE_SHOWN = 10


class PeriodForm(forms.Form):
    """From one day to another, both counted in."""

    start = forms.DateField(label=_("From"), widget=DayInput())
    end = forms.DateField(label=_("To"), widget=DayInput())

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        start, end = said.get("start"), said.get("end")
        if start and end:
            if end < start:
                raise ValidationError({"end": _("This day comes before the first. Choose a later one.")})
            if end - start > LONGEST:
                raise ValidationError({"start": _("This is more than ten years. Choose a later first day.")})
        return said


def last_days(days: int) -> tuple[date, date]:
    today = timezone.localdate()
    return today - timedelta(days=days - 1), today


@door(read=Role.VIEWER)
def report(request: MemberRequest) -> HttpResponse:
    """What was published, by what it serves, and how long it takes from a sign to a decision."""
    asked = request.GET.get("days", "")
    days = int(asked) if asked in {str(period) for period in PERIODS} else USUAL
    start, end = last_days(days)
    form = PeriodForm(request.GET if "start" in request.GET else None, initial={"start": start, "end": end})
    if form.is_bound:
        days = 0
        if form.is_valid():
            start, end = form.cleaned_data["start"], form.cleaned_data["end"]
    found = realised(request.workspace, start, end)
    context = {
        "strategy": Strategy.of(request.workspace),
        "form": form,
        "periods": PERIODS,
        "days": days,
        "found": found,
        "lead": words.lead(found),
        "findings": words.findings(found),
        "half": words.days(found.median_days or 0),
        "sensitivity": words.sensitivity(found),
        "shares": [
            (words.name(one.way), one, words.percent(one.value), words.interval(one)) for one in found.shares
        ],
        "loose": [post for post in found.posts if post.way is Way.UNLINKED][:LOOSE_SHOWN],
        **_chart(found),
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "measurement/realised.html", context, status=status)


def _chart(found: Realised) -> dict[str, Any]:
    unit, rows = stretches(found)
    said = words.lead(found)
    table = [
        (words.first_day(row.start, unit), [row.counts[way] for way in Way], row.total)
        for row in reversed(rows)
    ]
    return {
        "spec": spec(unit, rows, said),
        "said": said,
        "unit": words.stretch(unit),
        "ways": [words.name(way) for way in Way],
        "table": table,
        "vega_version": bundle_version(),
    }


@door(read=Role.VIEWER)
def short(request: MemberRequest) -> HttpResponse:
    """The answer for the last 90 days in a sentence: a fragment."""
    found = realised(request.workspace, *last_days(USUAL))
    context = {"lead": words.lead(found), "findings": words.findings(found), "days": USUAL}
    return render(request, "measurement/_realised.html", context)
