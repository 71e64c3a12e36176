"""A delivery: what is known of it, every attempt, and what a person can decide."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from samspill.accounts import access
from samspill.accounts.access import MemberRequest, door
from samspill.accounts.models import Role
from samspill.publishing import decide
from samspill.publishing.forms import LinkForm
from samspill.publishing.models import Delivery, DeliveryQuerySet


@door(read=Role.VIEWER)
def delivery(request: MemberRequest, pk: int) -> HttpResponse:
    return _page(request, access.get(_deliveries(request), request, pk=pk), LinkForm())


def _page(request: MemberRequest, row: Delivery, form: LinkForm, *, status: int = 200) -> HttpResponse:
    draft = row.version.draft
    needed = Role.CONTRIBUTOR if draft.is_reply else Role.EDITOR
    context = {
        "delivery": row,
        "draft": draft,
        "goal": draft.goal,
        "attempts": row.attempts.select_related("by"),
        "pictures": draft.pictures.all(),
        "form": form,
        "busy": row.is_due,
        "may_decide": request.member.role >= needed,
        "can_confirm": row.state in Delivery.TROUBLED,
        "can_resend": row.state in Delivery.CLOSED,
        "can_cancel": row.can_be_cancelled,
    }
    return render(request, "publishing/delivery.html", context, status=status)


def _deliveries(request: MemberRequest) -> DeliveryQuerySet:
    rows = Delivery.objects.in_workspace(request.workspace)
    return rows.select_related(
        "channel", "version__draft__goal__passage__document", "version__draft__workspace"
    )


@door(write=Role.CONTRIBUTOR)
def confirm(request: MemberRequest, pk: int) -> HttpResponse:
    row = access.get(_deliveries(request), request, pk=pk)
    form = LinkForm(request.POST)
    if not form.is_valid():
        return _page(request, row, form, status=422)
    url = form.cleaned_data["url"]
    return _decided(
        request, row, lambda: decide.confirm(row, by=request.user, url=url), _("Noted: it is out.")
    )


@door(write=Role.CONTRIBUTOR)
def resend(request: MemberRequest, pk: int) -> HttpResponse:
    row = access.get(_deliveries(request), request, pk=pk)
    return _decided(request, row, lambda: decide.resend(row, by=request.user), _("It is on its way again."))


@door(write=Role.CONTRIBUTOR)
def cancel(request: MemberRequest, pk: int) -> HttpResponse:
    row = access.get(_deliveries(request), request, pk=pk)
    return _decided(request, row, lambda: decide.cancel(row, by=request.user), _("Left as it is."))


def _decided(request: MemberRequest, row: Delivery, decision: Callable[[], None], done: str) -> HttpResponse:
    try:
        decision()
        messages.success(request, done)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("publishing:delivery", request.workspace.slug, row.pk)
