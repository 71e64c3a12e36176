"""What the figures and the work say of a strategy; a part of the page of its check."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from samspill.accounts.access import MemberRequest, door
from samspill.accounts.models import Role
from samspill.measurement.strategy_check import with_data
from samspill.strategy.lint import RULES
from samspill.strategy.lint.gather import gather
from samspill.strategy.lint.report import report
from samspill.strategy.views.chosen import chosen


@door(read=Role.VIEWER)
def check(request: MemberRequest, strategy: int | None = None) -> HttpResponse:
    """A fragment: what the rules find that need the data."""
    about = chosen(request, strategy)
    facts = with_data(gather(about, timezone.localdate()), timezone.now())
    found = report(facts, [rule for rule in RULES.values() if rule.needs])
    context = {
        "strategy": about,
        "report": found,
        "rules": found.by_rule,
        "may_edit": request.member.role >= Role.EDITOR,
    }
    return render(request, "measurement/_strategy_check.html", context)
