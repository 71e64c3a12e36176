"""The only doors: who may come in where. Every view below /w/<workspace>/ stands behind one of them.

A view says what reading and writing take: `@door(read=Role.VIEWER, write=Role.EDITOR)`. Who is not a member
meets the same 404 as at an address that does not exist; a member with too small a role is told which role it
takes. Membership is looked up at every request, so a change of role or a removal holds at once. Rows are
fetched with `get`, which never finds another workspace's. tests/matrix.csv says what each address expects; a
test walks them all.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar
from urllib.parse import urlencode

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails

from samspill.accounts.middleware import zone_of
from samspill.accounts.models import Member, Role, User, Workspace

P = ParamSpec("P")
M = TypeVar("M", bound=models.Model)
READING = ("GET", "HEAD")
LAST_WORKSPACE = "workspace"  # in the session: where "/" leads


class MemberRequest(HttpRequest):
    """A request that has come through a door."""

    user: User
    workspace: Workspace
    member: Member
    htmx: HtmxDetails


class PersonRequest(HttpRequest):
    """A request of somebody signed in, outside any workspace."""

    user: User
    htmx: HtmxDetails


def door(
    *, read: Role | None = None, write: Role | None = None
) -> Callable[[Callable[Concatenate[MemberRequest, P], HttpResponseBase]], Callable[..., HttpResponseBase]]:
    """Let in members with at least the role: `read` for GET and HEAD, `write` for POST; None: not allowed.

    Strangers to the workspace get 404, members with too small a role 403, the signed-out the login page.
    """

    def wrap(
        view: Callable[Concatenate[MemberRequest, P], HttpResponseBase],
    ) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def guarded(request: Any, workspace: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return _to_login(request)
            member = _member(request.user, workspace)
            need = read if request.method in READING else write if request.method == "POST" else None
            if need is None:
                return HttpResponseNotAllowed([*(READING if read else ()), *(("POST",) if write else ())])
            if member.role < need:
                raise PermissionDenied(
                    _("Your role here is %(role)s; this takes %(need)s. Ask an owner.")
                    % {"role": member.get_role_display(), "need": Role(need).label}
                )
            _enter(request, member)
            return view(request, *args, **kwargs)

        guarded.door = (read, write)  # type: ignore[attr-defined]
        return guarded

    return wrap


def _member(user: User, slug: str) -> Member:
    found = Member.objects.select_related("workspace", "user").filter(workspace__slug=slug, user=user).first()
    if found is None:
        raise Http404
    return found


def _to_login(request: Any) -> HttpResponseBase:
    """The login page, which leads back to the page one was on; a fragment asks the whole page to go there."""
    if request.htmx:
        back = request.htmx.current_url_abs_path or "/"
        return HttpResponseClientRedirect(f"{resolve_url('account_login')}?{urlencode({'next': back})}")
    return redirect_to_login(request.get_full_path() if request.method in READING else "/")


def _enter(request: Any, member: Member) -> None:
    request.member, request.workspace = member, member.workspace
    if not request.user.time_zone:
        timezone.activate(zone_of(member.workspace.time_zone) or timezone.get_default_timezone())
    if request.session.get(LAST_WORKSPACE) != member.workspace_id:
        request.session[LAST_WORKSPACE] = member.workspace_id


def last_used(request: HttpRequest) -> Member | None:
    """The membership the person last worked in, else the oldest, else None."""
    if not request.user.is_authenticated:
        return None
    mine = Member.objects.select_related("workspace", "user").filter(user=request.user).order_by("pk")
    return mine.filter(workspace=request.session.get(LAST_WORKSPACE, 0)).first() or mine.first()


def get(rows: type[M] | models.QuerySet[M], request: MemberRequest, **lookup: object) -> M:
    """The row of this workspace, or 404. `rows` has a `workspace` field, or is already narrowed by one."""
    if isinstance(rows, models.QuerySet):
        return get_object_or_404(rows, **lookup)
    return get_object_or_404(rows._default_manager.filter(workspace=request.workspace), **lookup)
