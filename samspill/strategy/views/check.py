"""The check: what should be better in the strategy, why, and how it is mended or put aside."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from samspill.accounts import log
from samspill.accounts.access import MemberRequest, door
from samspill.accounts.models import Role
from samspill.strategy import conflict
from samspill.strategy.aside_form import AsideForm
from samspill.strategy.forms import posted
from samspill.strategy.lint import RULES, Rule
from samspill.strategy.lint.gather import gather
from samspill.strategy.lint.report import Report, report
from samspill.strategy.lint.said import begin_with, in_short
from samspill.strategy.models import Record, Strategy
from samspill.strategy.sections import KINDS, SECTIONS
from samspill.strategy.views.chosen import address, chosen, to_write

PAGE = 100
HALF_A_YEAR = timedelta(days=182)


def _report(strategy: Strategy) -> tuple[Report, int]:
    """What is found without the data, and how many rules were asked: none while nothing is written."""
    facts = gather(strategy, timezone.localdate())
    is_written = any(facts.rows.values())
    asked = [rule for rule in RULES.values() if is_written and rule.is_for(facts)]
    return report(facts, asked), len(asked)


@door(read=Role.VIEWER)
def check(request: MemberRequest, strategy: int | None = None) -> HttpResponse:
    """All that the rules find, the gravest first."""
    about = chosen(request, strategy)
    found, asked = _report(about)
    context = {
        "strategy": about,
        "report": found,
        "lead": in_short(found, asked),
        "first": begin_with(found),
        "may_edit": request.member.role >= Role.EDITOR,
    }
    return render(request, "strategy/check.html", context)


@door(read=Role.VIEWER)
def count(request: MemberRequest, strategy: int | None = None) -> HttpResponse:
    """A fragment for the overview: how many findings, in a sentence."""
    about = chosen(request, strategy)
    context = {"strategy": about, "lead": in_short(*_report(about))}
    return render(request, "strategy/_check_count.html", context)


@door(read=Role.VIEWER)
def rules(request: MemberRequest, strategy: int | None = None) -> HttpResponse:
    """Every rule with its reason, as the strategy is read."""
    about = chosen(request, strategy)
    here = [rule for rule in RULES.values() if rule.profile in ("", about.profile)]
    sections = [
        (SECTIONS[key].title if key else _("The strategy as a whole"), mine)
        for key in ("", *SECTIONS)
        if (mine := [rule for rule in here if rule.section == key])
    ]
    context = {"strategy": about, "sections": sections, "count": len(here)}
    return render(request, "strategy/rules.html", context)


@door(read=Role.VIEWER)
def rule(request: MemberRequest, rule: str, strategy: int | None = None) -> HttpResponse:
    """One rule, and every part of the strategy in which it does not hold."""
    asked, about = _rule(rule), chosen(request, strategy)
    found = report(gather(about, timezone.localdate()), [asked])
    context = {
        "strategy": about,
        "rule": asked,
        "page": Paginator(found.standing, PAGE).get_page(request.GET.get("page")),
        "aside": found.aside,
        "may_edit": request.member.role >= Role.EDITOR,
    }
    return render(request, "strategy/rule.html", context)


@door(read=Role.EDITOR, write=Role.EDITOR)
def put_aside(request: MemberRequest, rule: str, part: str, strategy: int | None = None) -> HttpResponse:
    """Say why a finding can wait, and until when."""
    asked = _rule(rule)
    about = to_write(request, strategy) if request.method == "POST" else chosen(request, strategy)
    name = _named(about, asked, part)
    row = _exception(about, asked, part)
    form = AsideForm(*posted(request), strategy=about, instance=row, about=(asked.key, part))
    if row is None:
        form.initial["until"] = timezone.localdate() + HALF_A_YEAR
    clash = None
    if request.method == "POST" and form.is_valid():
        form.instance.changed_by = request.user
        with transaction.atomic():
            if row is None:
                form.save()
            else:
                clash = conflict.save(form)
            if clash is None:
                _record(request, "aside", form.instance, name or asked.title)
        if clash is None:
            messages.success(request, _("Put aside. It comes back on the day, unless it is mended."))
            return redirect("strategy:check", *address(about))
    context = {
        "strategy": about,
        "rule": asked,
        "name": name,
        "title": _("Put a finding aside"),
        "form": clash.form if clash else form,
    }
    status = 409 if clash else 422 if form.is_bound and form.errors else 200
    return render(request, "strategy/aside.html", context | {"clash": clash}, status=status)


@door(write=Role.EDITOR)
def take_up(
    request: MemberRequest, rule: str, part: str, strategy: int | None = None
) -> HttpResponseRedirect:
    """Let a finding that was put aside stand again."""
    asked, about = _rule(rule), chosen(request, strategy)
    name = _named(about, asked, part)
    row = _exception(about, asked, part)
    if row is not None:
        with transaction.atomic():
            _record(request, "take_up", row, name or asked.title)
            row.delete()
        messages.success(request, _("It stands among the findings again."))
    return redirect("strategy:check", *address(about))


def _rule(key: str) -> Rule:
    found = RULES.get(key)
    if found is None:
        raise Http404
    return found


def _named(strategy: Strategy, rule: Rule, part: str) -> str:
    """The name of the row the rule speaks of, "" where it is the whole; 404 where there is no such part."""
    kind, _slash, name = part.partition("/")
    if not rule.each:
        if part != rule.whole:
            raise Http404
        return ""
    if kind != rule.each:
        raise Http404
    model = KINDS[kind].model
    rows: Any = model._default_manager if model else Record.objects.filter(kind=kind)
    try:
        row = rows.filter(strategy_id=strategy.pk, uuid=uuid.UUID(name)).first()
    except (ValueError, ValidationError):
        row = None
    if row is None:
        raise Http404
    return str(row)


def _exception(strategy: Strategy, rule: Rule, part: str) -> Record | None:
    rows = Record.objects.of(strategy).filter(kind="exception")
    found: Record | None = rows.filter(data__rule=rule.key, data__part=part).first()
    return found


def _record(request: MemberRequest, verb: str, row: Record, subject: object) -> None:
    log.record(
        f"record.{verb}",
        workspace=request.workspace,
        user=request.user,
        subject=subject,
        row=row.pk,
        rule=row.data.get("rule", ""),
    )
