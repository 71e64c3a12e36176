"""The strategy as a file to keep in git: written out, and read in after one has seen what would change."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.core import signing
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _

from samspill.accounts import access, log
from samspill.accounts.access import MemberRequest, door
from samspill.accounts.models import Role
from samspill.lib.uploads import was_cut
from samspill.strategy.document.compare import compare, counted
from samspill.strategy.document.copies import content_of
from samspill.strategy.document.editions import Damaged, opened
from samspill.strategy.document.forms import DocumentFileForm
from samspill.strategy.document.nodes import read as read_nodes
from samspill.strategy.document.read import Reading, read
from samspill.strategy.document.schema import schema
from samspill.strategy.document.take_in import Outcome, take_in, try_in
from samspill.strategy.document.write import as_json, digest, document
from samspill.strategy.document.yaml_text import as_yaml
from samspill.strategy.forms import posted
from samspill.strategy.models import Edition, Strategy
from samspill.strategy.views.chosen import address, chosen, to_write

WRITERS = {"json": (as_json, "application/json"), "yaml": (as_yaml, "application/yaml")}
SALT = "samspill.strategy.document"
FRESH = 24 * 3600  # seconds a document may wait for a yes


@door(read=Role.VIEWER)
def data(request: MemberRequest, strategy: int | None = None) -> HttpResponse:
    about = chosen(request, strategy)
    may_edit = request.member.role >= Role.EDITOR
    return render(
        request, "strategy/data.html", {"strategy": about, "form": DocumentFileForm(), "may_edit": may_edit}
    )


@door(read=Role.VIEWER)
def download(request: MemberRequest, form: str, strategy: int | None = None) -> HttpResponse:
    """As a file; people's e-mail addresses are left out on request."""
    write, kind = WRITERS[form]
    about = chosen(request, strategy)
    text = write(document(about, addresses=request.GET.get("addresses") != "no"))
    return _file(text, kind, f"{slugify(about.title) or 'strategy'}.{form}")


@door(read=Role.VIEWER)
def format_schema(request: MemberRequest) -> HttpResponse:
    """What a document may hold, as JSON Schema, for editors that check while one types."""
    return _file(
        json.dumps(schema(), ensure_ascii=False, indent=2),
        "application/schema+json",
        "samspill-strategy.schema.json",
    )


@door(write=Role.EDITOR)
def look(request: MemberRequest, strategy: int | None = None) -> HttpResponse:
    """Read a file and show what it would change; nothing is stored."""
    about = to_write(request, strategy)
    form = DocumentFileForm(*posted(request), was_cut=was_cut(request))
    if not form.is_valid():
        return render(
            request, "strategy/data.html", {"strategy": about, "form": form, "may_edit": True}, status=422
        )
    content: bytes = form.cleaned_data["file"]
    reading = read(content)
    return _look(request, about, reading, content.decode("utf-8-sig", "replace"))


@door(write=Role.EDITOR)
def restore(request: MemberRequest, pk: int) -> HttpResponse:
    """An old edition is read like any document: one sees first what it would change."""
    rows = Edition.objects.in_workspace(request.workspace).select_related("strategy__workspace")
    edition = access.get(rows, request, pk=pk)
    try:
        text = as_json(opened(edition))
    except Damaged:
        messages.error(request, _("This edition is damaged and cannot be read."))
        return redirect("strategy:editions", *address(edition.strategy))
    return _look(request, edition.strategy, read(text.encode()), text)


@door(write=Role.EDITOR)
def lay(request: MemberRequest) -> HttpResponse:
    """Lay a template into the organisation's strategy, by way of what it would change. Its name stays."""
    about = Strategy.kept(request.workspace)
    content = content_of(request.POST.get("begin_from", ""), about, request.user)
    if content is None:
        return redirect("strategy:templates", request.workspace.slug)
    said = read_nodes(content).plain()
    said["strategy"]["title"] = about.title
    text = as_json(said)
    return _look(request, about, read(text.encode()), text)


def _look(
    request: MemberRequest, strategy: Strategy, reading: Reading, text: str, **more: Any
) -> HttpResponse:
    outcome = None if reading.faults else try_in(reading, strategy, request.user)
    faults = reading.faults or (outcome.faults if outcome else [])
    context: dict[str, Any] = {
        "strategy": strategy,
        "faults": faults,
        "more_faults": reading.more_faults,
        **more,
    }
    if outcome is not None and not faults:
        parts = compare(outcome.before, outcome.after)
        context |= {
            "outcome": outcome,
            "compared": {"parts": parts, "counted": counted(parts), "any": bool(parts)},
            "token": signing.dumps(
                {"text": text, "strategy": strategy.pk, "stood": digest(outcome.before)},
                salt=SALT,
                compress=True,
            ),
        }
    return render(
        request, "strategy/data_look.html", context, status=422 if faults else more.get("status", 200)
    )


@door(write=Role.EDITOR)
def take(request: MemberRequest, strategy: int | None = None) -> HttpResponse:
    """Take in what was shown, if the strategy still stands as it stood then."""
    about = to_write(request, strategy)
    try:
        said = signing.loads(request.POST.get("token", ""), salt=SALT, max_age=FRESH)
    except signing.BadSignature:
        said = {}
    if said.get("strategy") != about.pk:
        messages.error(request, _("What you looked at has waited too long. Choose the file again."))
        return redirect("strategy:data", *address(about))
    reading = read(said["text"].encode())
    with transaction.atomic():
        about = Strategy.objects.select_for_update().select_related("workspace", "parent").get(pk=about.pk)
        if digest(document(about)) != said["stood"]:
            return _look(request, about, reading, said["text"], changed_meanwhile=True)
        outcome = take_in(reading, about, request.user, leave_open=request.POST.get("leave_open") == "yes")
        if not outcome.after:
            return _look(request, about, reading, said["text"], must_choose=True)
        _record(request, about, outcome)
    messages.success(request, _("The document is taken in."))
    return redirect("strategy:strategy", *address(about))


def _record(request: MemberRequest, strategy: Strategy, outcome: Outcome) -> None:
    changes = counted(compare(outcome.before, outcome.after))
    log.record(
        "strategy.take_in",
        workspace=request.workspace,
        user=request.user,
        subject=strategy,
        row=strategy.pk,
        **changes,
    )


def _file(text: str, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(text, content_type=f"{kind}; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
