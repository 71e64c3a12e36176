"""What the law asks of a public body: seen before it is taken in, and how far the strategy does it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspill.accounts import log
from samspill.accounts.access import MemberRequest, door
from samspill.accounts.models import Role
from samspill.strategy import public_sector
from samspill.strategy.lint import RULES, Facts, Finding, Rule
from samspill.strategy.lint.checklist import CHECKLIST, SOURCE
from samspill.strategy.lint.gather import gather
from samspill.strategy.lint.report import Aside, report
from samspill.strategy.models import ChannelChoice, Strategy
from samspill.strategy.views.chosen import address, chosen, to_write

# What a public body answers for on each channel, as the check's rules ask it.
ON_CHANNELS = ("choice-risk", "choice-web-twin", "choice-archive", "choice-design")
PUBLIC = Strategy.Profile.PUBLIC_SECTOR


@dataclass(frozen=True)
class Cell:
    """One rule on one channel: it holds, or what was found, or put aside."""

    rule: Rule
    finding: Finding | None = None
    aside: Aside | None = None


@door(read=Role.VIEWER)
def duties(request: MemberRequest, strategy: int | None = None) -> HttpResponse:
    about = chosen(request, strategy)
    facts = gather(about, timezone.localdate())
    rows = facts.records(public_sector.KIND)
    context = {
        "strategy": about,
        "is_chosen": about.profile == PUBLIC,
        "waiting": public_sector.missing(rows),
        "rows": rows,
        "done": sum(bool(row.data.get("how")) for row in rows),
        "policy_waits": not public_sector.has_policy(about),
        "policy": public_sector.policy_passages(),
        "policy_title": public_sector.POLICY_TITLE,
        "policy_link": public_sector.POLICY_LINK,
        "as_of": public_sector.AS_OF,
        "rules": [RULES[key] for key in ON_CHANNELS],
        "channels": _channels(facts) if about.profile == PUBLIC else [],
        "checklist": [(point, point.is_met(facts)) for point in CHECKLIST],
        "checklist_source": SOURCE,
        "may_edit": request.member.role >= Role.EDITOR,
    }
    return render(request, "strategy/duties.html", context)


def _channels(facts: Facts) -> list[tuple[ChannelChoice, Sequence[Cell]]]:
    """Each channel in use with what holds there and what does not."""
    rules = [RULES[key] for key in ON_CHANNELS]
    found = report(facts, rules)
    standing = {one.key: one for one in found.standing}
    aside = {one.finding.key: one for one in found.aside}
    return [
        (
            row,
            [
                Cell(rule, standing.get((rule.key, row.part)), aside.get((rule.key, row.part)))
                for rule in rules
            ],
        )
        for row in facts.active
        if facts.is_own(row)
    ]


@door(write=Role.EDITOR)
def take_in(request: MemberRequest, strategy: int | None = None) -> HttpResponseRedirect:
    """Take what is ticked into the strategy; from then on the check knows that it is a public body."""
    about, asked = to_write(request, strategy), request.POST.getlist("take")
    _choose(request, about)
    if public_sector.POLICY in asked:
        _take_in_policy(request, about)
    with transaction.atomic():
        wanted = [duty for key, duty in public_sector.DUTIES.items() if key in asked]
        made = public_sector.take_in_duties(about, wanted, request.user)
        for row in made:
            _record(request, "record.create", row.data["rule"], row=row.pk, kind=row.kind)
    if made:
        said = ngettext(
            "%(n)d duty is taken in. Write how you do it.",
            "%(n)d duties are taken in. Write how you do each.",
            len(made),
        )
        messages.success(request, said % {"n": len(made)})
    return redirect("strategy:duties", *address(about))


def _choose(request: MemberRequest, about: Strategy) -> None:
    with transaction.atomic():
        rows = Strategy.objects.filter(pk=about.pk).exclude(profile=PUBLIC)
        if rows.update(profile=PUBLIC, version=F("version") + 1):
            _record(request, "strategy.change", about, row=about.pk, fields=["profile"])


def _take_in_policy(request: MemberRequest, about: Strategy) -> None:
    try:
        document = public_sector.take_in_policy(about, request.user)
    except ValidationError as error:
        messages.warning(request, " ".join(error.messages))
        return
    _record(request, "governingdocument.upload", document, row=document.pk)
    messages.success(request, _("“%(name)s” is read. Goals can point to its passages.") % {"name": document})


def _record(request: MemberRequest, action: str, subject: object, **detail: Any) -> None:
    log.record(action, workspace=request.workspace, user=request.user, subject=subject, **detail)
