"""The only doors: who may come in where. Every view below /w/<workspace>/ stands behind one of them."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django_htmx.middleware import HtmxDetails

from samspill.accounts.models import Member, Role, User, Workspace

P = ParamSpec("P")
M = TypeVar("M", bound=models.Model)
READING = ("GET", "HEAD")


class MemberRequest(HttpRequest):
    """A request that has come through a door."""

    user: User
    workspace: Workspace
    member: Member
    htmx: HtmxDetails


def door(
    *, read: Role | None = None, write: Role | None = None
) -> Callable[[Callable[Concatenate[MemberRequest, P], HttpResponse]], Callable[..., HttpResponse]]:
    """Let in members with at least the role: `read` for GET and HEAD, `write` for POST; None: method not allowed.

    Strangers to the workspace get 404, members with too small a role 403, the signed-out the login page.
    """

    def wrap(view: Callable[Concatenate[MemberRequest, P], HttpResponse]) -> Callable[..., HttpResponse]:
        @login_required
        @wraps(view)
        def guarded(request: Any, workspace: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            member = _member(request.user, workspace)
            need = read if request.method in READING else write if request.method == "POST" else None
            if need is None:
                allowed = [*(READING if read else ()), *(("POST",) if write else ())]
                return HttpResponseNotAllowed(allowed)
            if member.role < need:
                raise PermissionDenied(_("Your role here is %(role)s; this takes %(need)s. Ask an owner.") % {
                    "role": member.get_role_display(), "need": Role(need).label})
            request.member, request.workspace = member, member.workspace
            return view(request, *args, **kwargs)

        guarded.door = (read, write)  # type: ignore[attr-defined]
        return guarded

    return wrap


def _member(user: User, slug: str) -> Member:
    found = Member.objects.select_related("workspace", "user").filter(workspace__slug=slug, user=user).first()
    if found is None:
        raise Http404
    return found


def get(rows: type[M] | models.QuerySet[M], request: MemberRequest, **lookup: object) -> M:
    """The row of this workspace, or 404. `rows` has a `workspace` field, or is already narrowed by one."""
    if isinstance(rows, models.QuerySet):
        return get_object_or_404(rows, **lookup)
    return get_object_or_404(rows._default_manager.filter(workspace=request.workspace), **lookup)
